// What a certified commit falls short of when it is judged again by what its certificate covers.
import type { Certificate } from '../model/certificate.ts'
import type { Config } from '../model/config.ts'
import { letsThrough } from '../model/outcome.ts'
import type { Result } from '../model/result.ts'
import { reachOf } from './covered.ts'

/** A criterion by its id, or an item of a gate in words. */
export interface Shortfall {
  text: string
  security: boolean
}

type Seen = Pick<Result, 'levels' | 'gates'>

/** What the levels of the certificate ask for and does not hold; empty: they are reached as they were. */
export function shortOf({ level }: Pick<Certificate, 'level'>, result: Seen, config: Config): Shortfall[] {
  const own = result.levels.filter((one) => one.number <= level && one.state !== 'disabled')
  const criteria = own.flatMap((one) =>
    one.criteria
      .filter((each) => !letsThrough(each.outcome))
      .map(({ id, metric }) => ({ text: id, security: familyOf(metric, config) === 'security' })),
  )
  if (criteria.length > 0 || reachOf(result, config).level >= level) return criteria
  const items = [
    ...own.flatMap((one) => one.requirements),
    ...result.gates
      .filter((one) => one.id <= level && one.state !== 'open')
      .flatMap((one) => [...one.entry, ...one.exit, ...one.deliverables]),
  ].filter((item) => !item.optional && !letsThrough(item.outcome))
  const texts = [...new Set(items.map((item) => item.text))]
  const told = texts.length > 0 ? texts : [`what the policy asks for up to level ${level}`]
  return told.map((text) => ({ text, security: false }))
}

/** Criteria of the certificate's levels that could not be told: then nothing is known of the commit. */
export function untold({ level }: Pick<Certificate, 'level'>, { levels }: Pick<Result, 'levels'>): string[] {
  return levels
    .filter((one) => one.number <= level)
    .flatMap((one) => one.criteria.filter((each) => each.outcome === 'error').map((each) => each.id))
}

/** Criteria that hold, of whatever level. */
export function holding({ levels }: Pick<Result, 'levels'>): string[] {
  return levels.flatMap((one) => one.criteria.filter((each) => letsThrough(each.outcome)).map((each) => each.id))
}

function familyOf(metric: string, { metrics }: Config): string | undefined {
  return metrics.find((one) => one.id === metric)?.family
}
