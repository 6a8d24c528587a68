// Which evidence a metric is measured on: what its entries name, else what its level has.
import type { MetricConfig } from '../model/config.ts'
import { isDiscovered } from '../model/discovered.ts'
import type { Admitted } from '../model/evidence.ts'
import { type Reason, reason } from '../model/reason.ts'
import { usualName } from '../model/usual-name.ts'
import type { MeasureInput, Metric } from './metric.ts'

export interface Scope {
  evidence: Admitted[]
  tests: Admitted[]
  /** Files that are named for this metric and cannot serve it: too old for it, or of another kind. */
  unfit: Reason[]
}

export function scopeOf(metric: MetricConfig, family: Metric, { admitted }: MeasureInput): Scope {
  const named = admitted.filter((one) => one.declaredBy.metrics.includes(metric.id))
  const own = metric.evidence.length > 0 || named.length > 0
  const evidence = own
    ? [...named.filter((one) => family.accepts.includes(one.kind)), ...admitted.filter((one) => ofComponent(one, metric, family))]
    : admitted.filter((one) => one.level === metric.level && family.kinds.includes(one.kind))
  const unfit = [
    ...named.filter((one) => !family.accepts.includes(one.kind)).map((one) => wrongKind(one, metric)),
    ...evidence.filter((one) => tooOld(one, metric)).map((one) => old(one, metric)),
  ]
  const tests = admitted.filter((one) => one.kind === 'tests' && (one.level === metric.level || named.includes(one)))
  return { evidence, tests, unfit }
}

/** Coverage that a component declares as its own counts for it, also where the metric names reports of the whole (decision 23). */
function ofComponent({ kind, level, declaredBy }: Admitted, metric: MetricConfig, family: Metric): boolean {
  const { component, metrics } = declaredBy
  return (
    family.family === 'coverage' && kind === 'coverage' && component !== null && metrics.length === 0 && level === metric.level
  )
}

function tooOld(one: Admitted, { maxAgeSeconds }: MetricConfig): boolean {
  return (
    maxAgeSeconds !== null &&
    one.kind !== 'documentation' &&
    one.kind !== 'checklist' &&
    (one.ageSeconds === null || one.ageSeconds > maxAgeSeconds)
  )
}

function old(one: Admitted, { maxAgeSeconds }: MetricConfig): Reason {
  const hours = (seconds: number): string => `${Math.floor(seconds / 3600)} h`
  const age = one.ageSeconds === null ? 'not known how' : hours(one.ageSeconds)
  return reason('evidence_stale', { path: one.ref.path, age, max: hours(maxAgeSeconds ?? 0) })
}

function wrongKind(one: Admitted, metric: MetricConfig): Reason {
  return reason('evidence_rejected', {
    path: one.ref.path,
    why: `${one.kind === 'apidocs' ? 'an' : 'a'} ${one.kind} report cannot measure ${metric.id}`,
  })
}

/** Nothing to measure: which files were expected, what was found instead, and which jobs did not run. */
export function missing(metric: MetricConfig, family: Metric, hints: readonly Reason[], input: MeasureInput): Reason[] {
  const expected = metric.evidence.flatMap((entry) =>
    entry.paths.map((path) => (entry.artifact === null ? path : `${entry.artifact}/${path}`)),
  )
  const kinds = family.kinds.filter((kind) => usualName(kind, metric.level) !== null)
  const found = kinds.filter((kind) => isDiscovered(kind, input))
  const usual = (found.length > 0 ? found : kinds).map((kind) => usualName(kind, metric.level)!)
  return [
    expected.length > 0
      ? reason('evidence_missing', { what: metric.id, expected })
      : reason('evidence_missing', { what: metric.id, expected: usual, ...(found.length > 0 ? {} : { unnamed: 'metric' }) }),
    ...hints,
    ...input.producers
      .filter((one) => one.result !== 'success')
      .map((one) => reason('producer_not_run', { job: one.job, result: one.result })),
  ]
}
