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

/** Words of a list's headings: "1. Functional Requirements", "Security Compliance". */
const WORDS: readonly [RegExp, DomainId][] = [
  [/\bfunctional/i, 'functional'],
  [/\bperformance/i, 'performance'],
  [/\bsecurity/i, 'security'],
  [/\boperation/i, 'operational'],
  [/\bdocument/i, 'documentation'],
]

const COUNTS = /^(\d+) of (\d+) items?\b/

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
  for (const part of metrics.filter((one) => lists.includes(one.id)).flatMap((one) => one.parts)) {
    const [, done, total] = COUNTS.exec(part.detail) ?? []
    const id = WORDS.find(([word]) => word.test(part.name))?.[1]
    if (part.kind === 'item' || done === undefined || total === undefined || id === undefined) continue
    const domain = found.get(id)!
    domain.done += Number(done)
    domain.total += Number(total)
    if (done !== total) domain.open.push(`${part.name}: ${Number(total) - Number(done)} of ${total} items`)
  }
  return DOMAINS.map((id) => {
    const { done, total, open } = found.get(id)!
    return { id, name: NAMES[id], done, total, percent: total === 0 ? null : Math.floor((100 * done) / total), open }
  })
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
