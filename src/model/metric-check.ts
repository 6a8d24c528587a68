// A metric against a limit of its own, as a sentence or a gate states it: apart from the criterion, under the same rules of not knowing.
import { compareLimit } from './compare.ts'
import type { BaselineResult, Baselines, History } from './history.ts'
import type { CriterionResult } from './judgement.ts'
import type { Limit } from './limit.ts'
import type { MetricValue } from './metric.ts'
import type { Outcome } from './outcome.ts'
import { type Reason, reason } from './reason.ts'
import { baselineValue, hasRelative, lacking, unreadable } from './relative.ts'

export interface Finding {
  outcome: Outcome
  reasons: Reason[]
}

/** What a check on a metric may look at. `criteria`: those judged so far. */
export interface CheckedAgainst {
  metrics: readonly MetricValue[]
  criteria: readonly CriterionResult[]
  baselines: Baselines
  history: History
}

/**
 * What the criteria that judge the same metric say about it being unknown or not applicable holds here too, and their baseline
 * is this one's. A sentence has no warn band and no severity: its own limit holds or it does not.
 */
export function judgeMetricCheck(check: { id: string; limit: Limit }, against: CheckedAgainst): Finding {
  const { id, limit } = check
  const { metrics, criteria, baselines, history } = against
  const sharing = criteria.filter((one) => one.criterion.metric === id)
  const unjudged = sharing.find(switchedOff) ?? waived(sharing)
  if (unjudged !== undefined) return { outcome: unjudged.outcome, reasons: unjudged.reasons }
  const found = sharing[0] === undefined ? undefined : baselines.criteria[sharing[0].criterion.id]
  const blind = hasRelative([limit]) && found?.state !== 'found' ? unreadable(history, found) : null
  if (blind !== null) return { outcome: 'error', reasons: [blind] }
  const metric = metrics.find((one) => one.id === id)
  if (metric === undefined) return { outcome: 'error', reasons: [reason('not_declared', { what: id })] }
  if (metric.state === 'known') return judgeKnown(metric, limit, found)
  const said = sharing.find((one) => one.outcome === 'pending' || one.outcome === 'no_evidence' || one.outcome === 'error')
  const reasons = metric.reasons.length > 0 ? metric.reasons : [reason('evidence_missing', { what: id, expected: [] })]
  return { outcome: said?.outcome ?? metric.state, reasons }
}

/** One criterion that does apply keeps the metric judged, whatever is declared for another one. */
function waived(sharing: readonly CriterionResult[]): CriterionResult | undefined {
  return sharing.every((one) => one.outcome === 'not_applicable') ? sharing[0] : undefined
}

function switchedOff(result: CriterionResult): boolean {
  return result.reasons.some((one) => one.code === 'automated_validation_off')
}

function judgeKnown(metric: MetricValue, limit: Limit, found: BaselineResult | undefined): Finding {
  const { id, value, unit, capped, reasons } = metric
  if (value === null) return { outcome: 'error', reasons: [reason('not_declared', { what: id }), ...reasons] }
  switch (compareLimit(limit, value, unit, baselineValue(found, unit))) {
    case 'incomparable':
      return { outcome: 'error', reasons: [reason('unit_mismatch', { unit, limit: limit.text }), ...reasons] }
    case 'broken':
      return { outcome: 'fail', reasons: [reason('limit_not_met', { actual: value, unit, limit: limit.text }), ...reasons] }
    case 'no_baseline':
      return { outcome: capped === 'fail' ? 'fail' : 'pending', reasons: [lacking(id, found), ...reasons] }
    case 'holds':
      return { outcome: capped ?? 'pass', reasons }
  }
}
