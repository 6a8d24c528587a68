// Performance: the weighted share of objectives that are met (spec 2.4, 2.12). A failed key objective makes it 0.
import type { BaselineConfig, Objective } from '../model/config.ts'
import type { Admitted, PerformanceFacts } from '../model/evidence.ts'
import { sliKey, sliOf } from '../model/history.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Measuring, Metric } from './metric.ts'
import { judgeObjective, judgeThresholds, type ObjectiveResult, type Past } from './objectives.ts'
import { missing } from './scope.ts'
import { plural, shown } from './shown.ts'

export const performance: Metric = {
  family: 'performance',
  kinds: ['performance'],
  accepts: ['performance'],
  minds: [],
  rollsUp: true,
  measure(measuring) {
    const { metric, evidence, input } = measuring
    if (evidence.length === 0) {
      const none: Reason[] = metric.objectives.length === 0 ? [reason('no_objectives', {})] : []
      return unknown(metric, 'no_evidence', [...missing(metric, performance, [], input), ...none])
    }
    const results = resultsOf(measuring)
    if (results.length === 0) return unknown(metric, 'no_evidence', [reason('no_objectives', {})], { basis: refsOf(evidence) })
    return score(measuring, results)
  },
}

/** The configured objectives; without any, the thresholds that the load test itself held. */
function resultsOf(measuring: Measuring): ObjectiveResult[] {
  const { metric, evidence } = measuring
  if (metric.objectives.length > 0)
    return metric.objectives.map((objective) => judgeObjective(objective, evidence, pastOf(objective, measuring)))
  return evidence.flatMap((one) => judgeThresholds(one as Admitted<PerformanceFacts>))
}

/** A component is compared with its own past. The count and kind of samples are those of the criterion that judges the metric. */
function pastOf({ sli }: Objective, { metric, component, input }: Measuring): Past {
  const { config, baselines, history } = input
  const judging = config.levels.flatMap((level) => level.criteria).find((one) => one.metric === metric.id)
  const found = baselines.slis[sliKey(metric.id, sliOf(sli, component?.id ?? null))]
  return { found, config: judging?.baseline ?? ONE_PASSING, history }
}

const ONE_PASSING: BaselineConfig = { select: 'last_passed', count: 1, aggregate: 'median', value: null, missing: 'pending' }

const EARNS: Record<ObjectiveResult['outcome'], number> = { pass: 1, warn: 0.5, fail: 0, unknown: 0, pending: 0 }

function score({ metric, evidence, component }: Measuring, results: readonly ObjectiveResult[]): MetricValue {
  const basis = refsOf(evidence)
  const total = results.reduce((sum, one) => sum + one.weight, 0)
  const equal = results.every((one) => one.weight === results[0]!.weight && one.outcome !== 'warn')
  const lost = results.filter((one) => one.key && (one.outcome === 'fail' || one.outcome === 'unknown'))
  const counted = equal && lost.length === 0
  const parts = results.map((one) => partOf(one, counted ? 1 : (100 * one.weight) / total))
  const slis = results.flatMap(({ sli, measured }) =>
    measured === null ? [] : [{ sli: sliOf(sli, component?.id ?? null), ...measured }],
  )
  const reasons = results.flatMap((one) => (one.reason === null ? [] : [one.reason]))
  const failed = results.some((one) => one.outcome === 'fail')
  const open = results.filter((one) => one.outcome === 'unknown' || one.outcome === 'pending')
  if (results.every((one) => one.outcome === 'unknown')) return unknown(metric, 'no_evidence', reasons, { basis, parts, slis })
  // A relative limit waits for samples (decision 2), unless something else has failed for good.
  if (!failed && open.some((one) => one.outcome === 'pending')) return unknown(metric, 'pending', reasons, { basis, parts, slis })

  if (!(total > 0)) return unknown(metric, 'no_evidence', [reason('no_objectives', {}), ...reasons], { basis, parts, slis })
  const earned = results.reduce((sum, one) => sum + one.weight * EARNS[one.outcome], 0)
  const met = results.filter((one) => one.outcome === 'pass').length
  const share = (100 * earned) / total
  const value = lost.length > 0 ? 0 : share
  const sum = equal
    ? `${met} / ${plural(results.length, 'objective')}`
    : `${shown(earned)} / ${shown(total)} weight of ${plural(results.length, 'objective')}`
  const formula =
    lost.length > 0
      ? `${sum}, but a key objective ${lost.some((one) => one.outcome === 'fail') ? 'failed' : 'is unknown'} = 0 %`
      : `${sum} = ${shown(value)} %`
  return known(metric, value, formula, basis, {
    ratio: counted ? { good: met, total: results.length, what: 'objectives' } : null,
    // An objective that could not be told stops a pass even where the limit would leave room for it.
    capped: open.length > 0 ? 'fail' : null,
    reasons: [...lost.map(lostReason), ...reasons],
    parts,
    slis,
  })
}

function lostReason({ sli, outcome, reason: why }: ObjectiveResult): Reason {
  if (outcome === 'fail') return reason('key_objective_failed', { sli })
  return reason('key_objective_failed', { sli, unknown: why?.code === 'objective_unit' ? 'not comparable' : 'not measured' })
}

/** `worth`: what it earns when it is met, in the units that the whole is counted in. */
function partOf({ sli, outcome, detail, key }: ObjectiveResult, worth: number): MetricPart {
  const state = outcome === 'fail' ? 'short' : outcome === 'pending' ? 'unknown' : outcome
  const lacks = worth * (1 - EARNS[outcome])
  const must = (key && outcome === 'fail') || outcome === 'unknown' || outcome === 'pending'
  return {
    name: sli,
    state,
    detail,
    path: null,
    ranges: [],
    kind: 'objective',
    ...(lacks > 0 ? { lacks } : {}),
    ...(must ? { must } : {}),
  }
}
