// What each criterion and objective is compared with, by its baseline settings, and where it was looked for.
import { max, mean, median, min, quantile } from 'simple-statistics'
import { settle } from '../model/compare.ts'
import type { BaselineConfig, Config, CriterionConfig, MetricConfig } from '../model/config.ts'
import { type BaselineResult, type Baselines, type History, type PastRun, sliKey, sliOf } from '../model/history.ts'
import { hasRelative } from '../model/relative.ts'
import { regressionOf } from './regression.ts'
import { lookUp, type Wanted } from './samples.ts'

const DEFAULT: BaselineConfig = { select: 'last_passed', count: 1, aggregate: 'median', value: null, missing: 'pending' }

const AGGREGATES: Record<BaselineConfig['aggregate'], (values: number[]) => number> = {
  avg: mean,
  median,
  p90: (values) => quantile(values, 0.9),
  p95: (values) => quantile(values, 0.95),
  min,
  max,
}

/** Baselines and regression lines for everything in the config that may be held against history. Pure; never throws. */
export function baselinesOf(config: Config, history: History): Baselines {
  const criteria = config.levels.flatMap((level) => level.criteria)
  const metricOf = (id: string) => config.metrics.find((one) => one.id === id)
  return {
    criteria: Object.fromEntries(criteria.map((one) => [one.id, ofCriterion(one, metricOf(one.metric), history)])),
    slis: Object.fromEntries(
      config.metrics.flatMap((metric) => {
        const judging = criteria.find((one) => one.metric === metric.id)
        return namesOf(metric, config).map((sli) => [sliKey(metric.id, sli), ofSli(metric, sli, judging, history)])
      }),
    ),
    regressions: Object.fromEntries(
      criteria.flatMap((one) =>
        one.regression === null ? [] : [[one.id, regressionOf(one, one.regression, metricOf(one.metric), history)]],
      ),
    ),
  }
}

function ofCriterion(criterion: CriterionConfig, metric: MetricConfig | undefined, history: History): BaselineResult {
  const { id, baseline } = criterion
  const unit = metric?.unit ?? ''
  if (baseline.select === 'fixed') {
    if (baseline.value === null) return { state: 'none', steps: ['fixed by the policy, without a value'] }
    const { value } = baseline
    return { state: 'found', baseline: { value, unit, samples: [] }, steps: [`fixed by the policy: ${value} ${unit}`.trim()] }
  }
  const failedIt = (run: PastRun): boolean => run.criteria[id]?.outcome === 'fail'
  return collected(baseline, { pick: (run) => run.criteria[id], unit }, failedIt, history)
}

/** A fixed value is the criterion's own, so that its objectives are compared with what passed last. */
function ofSli(metric: MetricConfig, sli: string, judging: CriterionConfig | undefined, history: History): BaselineResult {
  const key = sliKey(metric.id, sli)
  const failedIt = (run: PastRun): boolean => judging !== undefined && run.criteria[judging.id]?.outcome === 'fail'
  return collected(judging?.baseline ?? DEFAULT, { pick: (run) => run.slis[key], unit: null }, failedIt, history)
}

function collected(
  { select, count, aggregate }: BaselineConfig,
  wanted: Pick<Wanted, 'pick' | 'unit'>,
  failedIt: (run: PastRun) => boolean,
  history: History,
): BaselineResult {
  const rule = select === 'last' ? ANY : passing(failedIt)
  const looked = lookUp(history, { ...wanted, ...rule })
  const steps = [...(select === 'certificate' ? ['no certificate yet'] : []), ...looked.steps]
  if (looked.state !== 'known') return { ...looked, steps }
  const samples = looked.samples.slice(0, count)
  if (samples.length === 0) return { state: 'none', steps }
  if (samples.length < count) return { state: 'few', found: samples.length, needed: count, steps }
  const value = settle(AGGREGATES[aggregate](samples.map((one) => one.value)))
  return { state: 'found', baseline: { value, unit: looked.unit, samples }, steps }
}

const ANY: Pick<Wanted, 'counts' | 'counted'> = { counts: () => true, counted: null }

/**
 * The run passed as a whole, or was stored as a baseline on purpose. One that passed although it failed this very criterion
 * (of a level above its target) is nothing to be as good as: twice merged, a regression would be the new normal.
 */
function passing(failedIt: (run: PastRun) => boolean): Pick<Wanted, 'counts' | 'counted'> {
  return { counts: (run) => run.baseline || (run.verdict === 'passed' && !failedIt(run)), counted: 'passed' }
}

/** Measurements of objectives with a limit against the baseline: of the whole, and of each component that may have its own. */
function namesOf(metric: MetricConfig, config: Config): string[] {
  const relative = metric.objectives.filter((one) => hasRelative(one.pass) || hasRelative(one.warn))
  const tags = [...config.evidence, ...metric.evidence].flatMap((entry) => entry.component ?? [])
  const components = new Set([...config.components.map((one) => one.id), ...tags])
  return relative.flatMap(({ sli }) => [null, ...components].map((component) => sliOf(sli, component)))
}
