// Which limits a value misses: against the baseline with what it was compared with, any other as it is written.
import { bound, compareAll, compareLimit } from '../model/compare.ts'
import type { Limit } from '../model/limit.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Outcome } from '../model/outcome.ts'
import { type Reason, reason } from '../model/reason.ts'
import { againstBaseline } from '../model/relative.ts'
import type { CriterionInput } from './criterion.ts'

/** One for each limit of `pass` that does not hold; none where all do. */
export function limitReasons(input: CriterionInput, outcome: Outcome, metric: MetricValue, baseline: number | null): Reason[] {
  const { value, unit } = metric
  if (value === null) return []
  const missed = input.criterion.pass.filter((one) => compareAll([one], value, unit, baseline) === 'broken')
  return missed.map((limit) => {
    if (outcome === 'warn') return reason('in_warn_band', { actual: value, unit, limit: limit.text })
    return behind(input, limit, metric, baseline) ?? reason('limit_not_met', { actual: value, unit, limit: limit.text })
  })
}

/** The limit is missed by a term against the baseline; null: by an absolute one. */
function behind(input: CriterionInput, limit: Limit, metric: MetricValue, baseline: number | null): Reason | null {
  const { criterion, baselines, history } = input
  const { value, unit } = metric
  const found = baselines.criteria[criterion.id]
  if (value === null || baseline === null || found?.state !== 'found') return null
  const broken = limit.terms.filter((term) => compareLimit({ ...limit, terms: [term] }, value, unit, baseline) === 'broken')
  const term = broken[0]
  if (term === undefined || broken.some((one) => one.mode === 'absolute')) return null
  return reason('baseline_not_met', {
    sli: null,
    actual: value,
    unit,
    limit: limit.text,
    bound: bound(term, unit, baseline) ?? baseline,
    against: againstBaseline(baseline, found.baseline, criterion.baseline, history),
  })
}
