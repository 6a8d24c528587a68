// A metric against a limit of its own, as a sentence or a gate states it: apart from the criterion, under the same rules of not knowing.
import { compareLimit } from './compare.ts'
import type { CriterionResult } from './judgement.ts'
import type { Limit } from './limit.ts'
import type { MetricValue } from './metric.ts'
import type { Outcome } from './outcome.ts'
import { type Reason, reason } from './reason.ts'

export interface Finding {
  outcome: Outcome
  reasons: Reason[]
}

/**
 * `criteria`: those that judge the same metric; what they say about it being unknown or not applicable holds here too.
 * A sentence has no warn band and no severity: its own limit holds or it does not.
 */
export function judgeMetricCheck(
  check: { id: string; limit: Limit },
  metrics: readonly MetricValue[],
  criteria: readonly CriterionResult[],
): Finding {
  const { id, limit } = check
  const sharing = criteria.filter((one) => one.criterion.metric === id)
  const unjudged = sharing.find(switchedOff) ?? waived(sharing)
  if (unjudged !== undefined) return { outcome: unjudged.outcome, reasons: unjudged.reasons }
  const metric = metrics.find((one) => one.id === id)
  if (metric === undefined) return { outcome: 'error', reasons: [reason('not_declared', { what: id })] }
  if (metric.state === 'known') return judgeKnown(metric, limit, sharing[0]?.baseline ?? null)
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

function judgeKnown(metric: MetricValue, limit: Limit, baseline: number | null): Finding {
  const { id, value, unit, capped, reasons } = metric
  if (value === null) return { outcome: 'error', reasons: [reason('not_declared', { what: id }), ...reasons] }
  switch (compareLimit(limit, value, unit, baseline)) {
    case 'incomparable':
      return { outcome: 'error', reasons: [reason('unit_mismatch', { unit, limit: limit.text }), ...reasons] }
    case 'broken':
      return { outcome: 'fail', reasons: [reason('limit_not_met', { actual: value, unit, limit: limit.text }), ...reasons] }
    case 'no_baseline':
      return { outcome: capped === 'fail' ? 'fail' : 'pending', reasons: [reason('no_baseline', { metric: id }), ...reasons] }
    case 'holds':
      return { outcome: capped ?? 'pass', reasons }
  }
}
