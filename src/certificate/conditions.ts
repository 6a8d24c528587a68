// What may be left open for a while (decision 45): criteria that the policy names, none of them key or about security.
import { dayStart } from '../model/calendar.ts'
import type { CertificateCondition } from '../model/certificate.ts'
import type { Config, CriterionConfig } from '../model/config.ts'
import { letsThrough } from '../model/outcome.ts'
import type { Result, ResultCriterion, ResultGateItem, ResultLevel } from '../model/result.ts'
import type { Reach } from './covered.ts'
import { shownValue } from './wording.ts'

export interface Conditions {
  conditions: CertificateCondition[]
  /** By condition id: for the ledger's record alone. */
  owners: Record<string, string>
  /** Why what is open cannot be left open, each a sentence; empty: it can, or nothing is open. */
  problems: string[]
}

interface Open {
  level: ResultLevel
  result: ResultCriterion
  rule: CriterionConfig
}

/** Follows from something else that is open, or is a person's word that nobody was asked for yet. */
const FOLLOWS = /^(?:approval|go_live|manual)$|^level:/

/** `signed`: roles that signed, by gate. */
export function conditionsOf(
  result: Pick<Result, 'levels' | 'gates'>,
  config: Pick<Config, 'levels' | 'metrics' | 'certificate'>,
  reach: Reach,
  signed: readonly { role: string; gate: number }[],
  now: Date,
): Conditions {
  if (reach.level === reach.final && reach.level !== 0) return { conditions: [], owners: {}, problems: [] }
  const { conditional } = config.certificate
  const problems: string[] = []
  const open = openIn(result.levels, config, reach)
  if (reach.level === 0) problems.push('No level is passed with its gate open.')
  if (!conditional.enabled) problems.push('The policy allows no certificate with conditions.')
  const family = (one: Open): string => config.metrics.find((metric) => metric.id === one.rule.metric)?.family ?? 'unknown'
  const asked = open.filter((one) => family(one) !== 'approval')
  if (asked.length > conditional.maxConditions)
    problems.push(`${asked.length} criteria are open; at most ${conditional.maxConditions} may become conditions.`)
  const owners: Record<string, string> = {}
  const conditions = asked.flatMap((one): CertificateCondition[] => {
    const { id, key } = one.rule
    const promise = conditional.conditions.find((named) => named.criterion === id)
    if (key) problems.push(`${id} is a key criterion, and cannot be left open.`)
    else if (['security', 'unknown'].includes(family(one))) problems.push(`${id} is about security, and cannot be left open.`)
    else if (promise === undefined) problems.push(`${id} is open, and the policy names no condition for it.`)
    else if (!((dayStart(promise.due)?.getTime() ?? 0) > now.getTime()))
      problems.push(`The condition ${id} was due on ${promise.due}.`)
    else {
      owners[id] = promise.owner
      return [{ id, level: one.level.number, text: textOf(one.result), due: `${promise.due}T00:00:00.000Z` }]
    }
    return []
  })
  problems.push(...beside(result, config, reach, asked))
  if (conditions.length === 0 && problems.length === 0)
    problems.push(`Gate ${reach.level + 1} is not open, and no criterion is what keeps it shut.`)
  if (!signed.some((one) => one.role === 'final' && one.gate === reach.gate))
    problems.push(`Conditions need the role final to have signed at gate ${reach.gate ?? 1}.`)
  return problems.length > 0 ? { conditions: [], owners: {}, problems } : { conditions, owners, problems }
}

function openIn(levels: readonly ResultLevel[], config: Pick<Config, 'levels'>, reach: Reach): Open[] {
  return config.levels
    .filter((one) => one.enabled && one.number > reach.level)
    .flatMap(({ number, criteria }) => {
      const level = levels.find((one) => one.number === number)
      return criteria.flatMap((rule): Open[] => {
        const result = level?.criteria.find((one) => one.id === rule.id)
        return level === undefined || result === undefined || letsThrough(result.outcome) ? [] : [{ level, result, rule }]
      })
    })
}

/** What is open beside criteria is no condition: nothing would close it. */
function beside(
  { levels, gates }: Pick<Result, 'levels' | 'gates'>,
  config: Pick<Config, 'metrics'>,
  reach: Reach,
  open: readonly Open[],
): string[] {
  const items: { where: string; item: ResultGateItem }[] = [
    ...levels
      .filter((one) => one.number > reach.level && one.state !== 'disabled')
      .flatMap((one) => one.requirements.map((item) => ({ where: `level ${one.number}`, item }))),
    ...gates
      .filter((one) => one.id > reach.level && one.state !== 'skipped')
      .flatMap((one) => [...one.entry, ...one.exit, ...one.deliverables].map((item) => ({ where: `gate ${one.id}`, item }))),
  ]
  return items
    .filter(
      ({ item }) => !item.optional && !letsThrough(item.outcome) && !FOLLOWS.test(item.check) && !saysSame(item, open, config),
    )
    .map(({ where, item }) => `"${item.text}" (${where}) is open, and only criteria can become conditions.`)
}

/** The criterion by its id, its metric held against a limit, its checklist, or the report that it waits for. */
function saysSame({ check }: ResultGateItem, open: readonly Open[], config: Pick<Config, 'metrics'>): boolean {
  return open.some(({ rule }) => {
    const metric = config.metrics.find((one) => one.id === rule.metric)
    const same = [`criterion:${rule.id}`, ...(metric?.checklists ?? []).map((id) => `checklist:${id}`)]
    const begins = [`${rule.metric} `, `${rule.id} `, `evidence:${metric?.family}:${rule.level}`]
    return same.includes(check) || begins.some((one) => check.startsWith(one))
  })
}

function textOf({ value, unit, limit }: ResultCriterion): string {
  return `${value === null ? 'not known' : shownValue(value, unit)}; ${limit.text} is asked for`
}
