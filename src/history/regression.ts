// Where a regression test draws its line: from the samples alone, before the value to be judged is looked at (decision 43).
import { interquartileRange, median, quantile } from 'simple-statistics'
import { settle } from '../model/compare.ts'
import type { CriterionConfig, MetricConfig, RegressionConfig } from '../model/config.ts'
import type { Direction, History, PastRun, RegressionResult } from '../model/history.ts'
import { directionOf } from './direction.ts'
import { lookUp } from './samples.ts'

/**
 * `percentage`: the median, worse by `boundary` percent of its size. `iqr`: the quartile on the worse side, and `boundary`
 * interquartile ranges beyond it. Fewer than `minSamples` samples are `few`, also where there are none.
 */
export function regressionOf(
  criterion: CriterionConfig,
  test: RegressionConfig,
  metric: MetricConfig | undefined,
  history: History,
): RegressionResult {
  const { id, baseline } = criterion
  const any = baseline.select === 'last'
  const unit = metric?.unit ?? ''
  const looked = lookUp(history, {
    pick: (run) => run.criteria[id],
    counts: any ? () => true : (run) => countsFor(id, run),
    counted: any ? null : 'passed or waited for samples',
    unit,
  })
  if (looked.state !== 'known') return looked
  const { steps } = looked
  const values = looked.samples.slice(0, test.window).map((one) => one.value)
  if (values.length < test.minSamples) return { state: 'few', found: values.length, needed: test.minSamples, steps }
  const direction = directionOf(criterion, metric)
  const line = settle(lineOf(test, direction, values))
  return { state: 'found', regression: { line, unit, direction, median: median(values), samples: values.length }, steps }
}

function lineOf({ test, boundary }: RegressionConfig, direction: Direction, values: number[]): number {
  const worse = direction === 'higher_is_better' ? -1 : 1
  if (test === 'percentage') {
    const middle = median(values)
    return middle + (worse * Math.abs(middle) * boundary) / 100
  }
  const quartile = quantile(values, direction === 'higher_is_better' ? 0.25 : 0.75)
  return quartile + worse * boundary * interquartileRange(values)
}

/**
 * Passing runs, and those in which the criterion itself only waited for samples: its limits held, and without them the first
 * samples would never come together.
 */
function countsFor(id: string, run: PastRun): boolean {
  if (run.baseline) return true
  const outcome = run.criteria[id]?.outcome
  return run.verdict === 'passed' ? outcome !== 'fail' : run.verdict === 'pending' && outcome === 'pending'
}
