// How a criterion went over the branch's last runs (spec 8.3): a robust slope, and a direction only where it is more than noise.
import { max, median, medianAbsoluteDeviation, min } from 'simple-statistics'
import { settle } from '../model/compare.ts'
import type { Config, CriterionConfig } from '../model/config.ts'
import type { History, PastRun, Trend } from '../model/history.ts'
import { crossingOf } from './crossing.ts'
import { directionOf } from './direction.ts'

const RUNS = 30
const DAYS = 90
const ENOUGH = 5
const DAY_MS = 86_400_000

/** One for each criterion that has a value on record within the window, in the config's order; none without readable history. */
export function trendsOf(config: Config, history: History, now: Date): Trend[] {
  if (history.state !== 'known') return []
  return config.levels.flatMap((level) => level.criteria).flatMap((one) => trendOf(one, config, history.runs, now) ?? [])
}

/** The last 30 runs within 90 days that have a value in the metric's unit; null: there is none. */
export function trendOf(criterion: CriterionConfig, config: Config, runs: readonly PastRun[], now: Date): Trend | null {
  const metric = config.metrics.find((one) => one.id === criterion.metric)
  const unit = metric?.unit ?? ''
  const since = now.getTime() - DAYS * DAY_MS
  const recent = runs.filter((run) => valueIn(run, criterion.id, unit) !== null && Date.parse(run.at) >= since).slice(-RUNS)
  if (recent.length === 0) return null
  const points = recent.map((run) => ({ seq: run.seq, at: run.at, value: valueIn(run, criterion.id, unit)! }))
  const values = points.map((one) => one.value)
  const base = {
    criterion: criterion.id,
    unit,
    points,
    min: min(values),
    median: median(values),
    max: max(values),
    policyChanges: policyChanges(recent),
  }
  if (points.length < ENOUGH) return { ...base, direction: 'few', slope: null, noise: null, crossing: null }

  const { slope, intercept } = lineThrough(values)
  const noise = settle(medianAbsoluteDeviation(values.map((value, at) => value - (intercept + slope * at))))
  const change = settle(slope * (values.length - 1))
  if (Math.abs(change) <= noise) return { ...base, direction: 'stable', slope, noise, crossing: null }
  const better = directionOf(criterion, metric) === 'higher_is_better' ? change > 0 : change < 0
  const end = settle(intercept + change)
  const crossing = crossingOf({ limits: criterion.pass, unit, end, slope, times: points.map((one) => Date.parse(one.at)) })
  return { ...base, direction: better ? 'improving' : 'worsening', slope, noise, crossing }
}

function valueIn(run: PastRun, id: string, unit: string): number | null {
  const found = run.criteria[id]
  return found !== undefined && found.unit === unit && Number.isFinite(found.value) ? found.value : null
}

/** Theil-Sen: the median of the slopes between all pairs, in units a run; one wild point does not turn it. */
function lineThrough(values: readonly number[]): { slope: number; intercept: number } {
  const slopes = values.flatMap((from, at) => values.slice(at + 1).map((to, gap) => (to - from) / (gap + 1)))
  const slope = settle(median(slopes))
  return { slope, intercept: median(values.map((value, at) => value - slope * at)) }
}

/** Runs that were judged by another policy than the one before. */
function policyChanges(runs: readonly PastRun[]): number[] {
  return runs.flatMap((run, at) => {
    const before = runs[at - 1]?.policy ?? null
    return before !== null && run.policy !== null && run.policy !== before ? [run.seq] : []
  })
}
