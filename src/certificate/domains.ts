// The five domains of readiness with their completion, counted from criteria and checklist items; and what is open as issue, impact, action.
import { type Blocker, type CertificateCondition, type CertifiedDomain, DOMAINS, type DomainId } from '../model/certificate.ts'
import type { Config, MetricFamily } from '../model/config.ts'
import type { MetricValue } from '../model/metric.ts'
import { letsThrough } from '../model/outcome.ts'
import type { Result, ResultCriterion } from '../model/result.ts'
import { dateOf, shownValue } from './wording.ts'

const NAMES: Record<DomainId, string> = {
  functional: 'Functional Completeness',
  performance: 'Performance Standards',
  security: 'Security Compliance',
  operational: 'Operational Readiness',
  documentation: 'Documentation Completeness',
}

/** Which domain a criterion belongs to by how it is measured; null: its items are counted, and not it as well. */
const FAMILIES: Record<MetricFamily, DomainId | null> = {
  coverage: 'functional',
  tests: 'functional',
  scenario: 'functional',
  quality: 'functional',
  new_code: 'functional',
  composite: 'functional',
  performance: 'performance',
  value: 'performance',
  security: 'security',
  reliability: 'operational',
  continuity: 'operational',
  approval: 'operational',
  documentation: 'documentation',
  readiness: null,
  checklist: null,
}

/** Open items of a domain beyond these are only counted. */
const MOST = 100

export interface Judged {
  result: Pick<Result, 'levels' | 'gates'>
  metrics: readonly MetricValue[]
}

/** All five, in their order. What was not judged is open; only "not applicable" is left out. */
export function domainsOf({ result, metrics }: Judged, config: Pick<Config, 'metrics'>): CertifiedDomain[] {
  const found = new Map(DOMAINS.map((id) => [id, { done: 0, total: 0, open: [] as string[] }]))
  for (const level of result.levels.filter((one) => one.state !== 'disabled')) {
    for (const one of level.criteria.filter((criterion) => criterion.outcome !== 'not_applicable')) {
      const family = config.metrics.find((metric) => metric.id === one.metric)?.family
      const id = family === undefined ? 'functional' : FAMILIES[family]
      if (id === null) continue
      const domain = found.get(id)!
      domain.total++
      if (letsThrough(one.outcome)) domain.done++
      else domain.open.push(stand(one))
    }
  }
  const lists = config.metrics.filter((one) => one.family === 'readiness').map((one) => one.id)
  // What only tells how far things are holds nothing back, and is counted nowhere.
  const parts = metrics
    .filter((one) => lists.includes(one.id))
    .flatMap((one) => one.parts.filter((part) => part.progress !== true))
  for (const part of parts) {
    const domain = found.get((part.group === 'domain' ? part.name : part.of) as DomainId)
    if (domain === undefined) continue
    if (part.group === 'domain') {
      domain.done += part.ratio?.good ?? 0
      domain.total += part.ratio?.total ?? 1
    } else if (part.group === undefined && part.kind === 'item') domain.open.push(`${part.name}: ${part.detail}`)
  }
  return DOMAINS.map((id) => {
    const { done, total, open } = found.get(id)!
    return { id, name: NAMES[id], done, total, percent: total === 0 ? null : Math.floor((100 * done) / total), open: few(open) }
  })
}

function few(open: readonly string[]): string[] {
  return open.length <= MOST ? [...open] : [...open.slice(0, MOST), `and ${open.length - MOST} more`]
}

function stand({ id, value, unit, limit }: ResultCriterion): string {
  return `${id}: ${value === null ? 'not known' : shownValue(value, unit)}, ${limit.text} is asked for`
}

/** Every criterion and requirement of an enabled level that does not let it through, in the order of the levels. */
export function blockersOf(result: Pick<Result, 'levels'>, conditions: readonly CertificateCondition[] = []): Blocker[] {
  return result.levels
    .filter((one) => one.state !== 'disabled')
    .flatMap((level) => {
      const impact = `Level ${level.number} (${level.name}) is not certified.`
      const criteria = level.criteria.filter((one) => !letsThrough(one.outcome))
      const requirements = level.requirements.filter((one) => !one.optional && !letsThrough(one.outcome))
      return [
        ...criteria.map((one): Blocker => {
          const due = conditions.find((condition) => condition.id === one.id)?.due
          const step = one.steps[0]?.text ?? `Meet ${one.limit.text}`
          return { issue: stand(one), impact, action: due === undefined ? step : `${step} (by ${dateOf(due)})` }
        }),
        ...requirements.map((one): Blocker => ({ issue: one.text, impact, action: `Make it hold: ${one.check}` })),
      ]
    })
}
