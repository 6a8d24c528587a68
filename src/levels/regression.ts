// A criterion's regression test on this run's value. The line was drawn from the samples before (src/history/).
import type { MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { isRegression } from '../model/relative.ts'
import type { CriterionInput } from './criterion.ts'

export interface RegressionFinding {
  /** `waiting`: there is no line yet; that and why is said by withoutSamples. */
  state: 'none' | 'held' | 'regressed' | 'waiting' | 'error'
  reasons: Reason[]
}

export function judgeRegression({ criterion, baselines, history }: CriterionInput, metric: MetricValue): RegressionFinding {
  const test = criterion.regression
  const { value, unit } = metric
  if (test === null || value === null) return { state: 'none', reasons: [] }
  const found = baselines.regressions[criterion.id]
  if (found?.state !== 'found') return { state: 'waiting', reasons: [] }
  const { regression } = found
  const worse = isRegression(regression, value, unit)
  if (worse === null)
    return { state: 'error', reasons: [reason('unit_mismatch', { unit, limit: `samples in ${regression.unit}` })] }
  if (!worse) return { state: 'held', reasons: [] }
  const { line, median, samples } = regression
  const against = { value: median, samples, by: 'median', passing: criterion.baseline.select !== 'last', branch: history.branch }
  return {
    state: 'regressed',
    reasons: [reason('regressed', { actual: value, unit, test: test.test, boundary: test.boundary, line, against })],
  }
}
