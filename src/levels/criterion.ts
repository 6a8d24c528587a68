// One metric against one criterion. Unknown is never a pass: every way of not knowing has an outcome of its own.
import { compareAll, settle } from '../model/compare.ts'
import type { Config, CriterionConfig } from '../model/config.ts'
import type { Baselines, History } from '../model/history.ts'
import type { CriterionResult } from '../model/judgement.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Outcome } from '../model/outcome.ts'
import { type Reason, reason } from '../model/reason.ts'
import { baselineValue, needsHistory, unreadable } from '../model/relative.ts'
import { exemption } from './exemption.ts'
import { limitReasons } from './limit-reasons.ts'
import { judgeRegression } from './regression.ts'
import { withoutSamples } from './without-samples.ts'

export interface CriterionInput {
  criterion: CriterionConfig
  /** The value of `criterion.metric`; undefined: nothing was measured under that id. */
  metric: MetricValue | undefined
  config: Config
  now: Date
  baselines: Baselines
  history: History
  /** A first run on the default branch: the only place where `baseline.missing: bootstrap` helps (decision 2). */
  onDefaultBranch: boolean
}

export interface Judged {
  outcome: Outcome
  reasons: Reason[]
}

/** Judges; never throws. Reasons explain every outcome but a plain `pass`. */
export function judgeCriterion(input: CriterionInput): CriterionResult {
  const { criterion, metric = null, now } = input
  const exempt = exemption(criterion, now)
  const baseline = baselineValue(input.baselines.criteria[criterion.id], metric?.unit ?? '')
  const judged: Judged = exempt.applies
    ? { outcome: 'not_applicable', reasons: exempt.reasons }
    : explained(judgeMetric(input, baseline), exempt.reasons, criterion)
  const actual = metric?.value ?? null
  const delta = actual === null || baseline === null ? null : settle(actual - baseline)
  return { criterion, outcome: judged.outcome, metric, actual, baseline, delta, reasons: judged.reasons }
}

/** Adds what is left of an exemption, and makes sure that nothing stands there unexplained. */
function explained(judged: Judged, notes: Reason[], criterion: CriterionConfig): Judged {
  const reasons = [...judged.reasons, ...notes]
  if (judged.outcome !== 'pass' && reasons.length === 0)
    reasons.push(reason('evidence_missing', { what: criterion.id, expected: [] }))
  return { outcome: judged.outcome, reasons }
}

function judgeMetric(input: CriterionInput, baseline: number | null): Judged {
  const { criterion, metric, config } = input
  const family = config.metrics.find((one) => one.id === criterion.metric)?.family
  if (!config.automatedValidation && family !== 'approval') {
    return { outcome: 'pending', reasons: [reason('automated_validation_off', {})] }
  }
  const { history, baselines } = input
  const blind = needsHistory(criterion)
    ? unreadable(history, baselines.criteria[criterion.id], baselines.regressions[criterion.id])
    : null
  if (blind !== null) return { outcome: 'error', reasons: [blind, ...(metric?.reasons ?? [])] }
  if (metric === undefined) return { outcome: 'error', reasons: [reason('not_declared', { what: criterion.metric })] }
  switch (metric.state) {
    case 'no_evidence':
      return { outcome: criterion.onMissing === 'pending' ? 'pending' : 'no_evidence', reasons: metric.reasons }
    case 'error':
    case 'pending':
    case 'not_applicable':
      return { outcome: metric.state, reasons: metric.reasons }
    case 'known':
      return downgraded(criterion, judgeValue(input, metric, baseline))
  }
}

function judgeValue(input: CriterionInput, metric: MetricValue, baseline: number | null): Judged {
  const { criterion } = input
  const { value, unit } = metric
  if (value === null)
    return { outcome: 'error', reasons: [reason('not_declared', { what: criterion.metric }), ...metric.reasons] }
  if (criterion.pass.length === 0) return { outcome: 'error', reasons: [reason('no_limit', { criterion: criterion.id })] }
  const pass = compareAll(criterion.pass, value, unit, baseline)
  const warn = criterion.warn.length === 0 ? 'broken' : compareAll(criterion.warn, value, unit, baseline)
  if (pass === 'incomparable' || warn === 'incomparable') {
    const limits = [...criterion.pass, ...criterion.warn].map((one) => one.text).join(', ')
    return { outcome: 'error', reasons: [reason('unit_mismatch', { unit, limit: limits }), ...metric.reasons] }
  }
  // An absolute term that fails, fails at once, and so does a regression; what is better than that waits for samples (decision 2).
  const best: Outcome = pass !== 'broken' ? 'pass' : warn !== 'broken' ? 'warn' : 'fail'
  const regression = judgeRegression(input, metric)
  if (regression.state === 'error') return { outcome: 'error', reasons: [...regression.reasons, ...metric.reasons] }
  const outcome = regression.state === 'regressed' ? 'fail' : best
  const waiting = withoutSamples(input, outcome, baseline)
  const reasons = [
    ...limitReasons(input, outcome, metric, baseline),
    ...regression.reasons,
    ...waiting.reasons,
    ...metric.reasons,
  ]
  return { outcome: capped(waiting.outcome, metric.capped), reasons }
}

/** A metric may forbid a good outcome whatever its number: failed tests, flaky tests. */
function capped(outcome: Outcome, cap: MetricValue['capped']): Outcome {
  if (cap === 'fail') return 'fail'
  return cap === 'warn' && outcome === 'pass' ? 'warn' : outcome
}

/** A `fail` for one of these is a part that nobody measured, not a bad number. */
const NOT_MEASURED: ReadonlySet<Reason['code']> = new Set<Reason['code']>([
  'objective_unknown',
  'objective_unit',
  'run_unfinished',
  'needs_more_samples',
  'no_baseline',
])

/** Severity softens a `fail` that was measured, and nothing else (decision 1); a key criterion is never softened. */
function downgraded(criterion: CriterionConfig, judged: Judged): Judged {
  if (judged.outcome !== 'fail' || criterion.severity === 'fail' || criterion.key) return judged
  if (judged.reasons.some(({ code }) => NOT_MEASURED.has(code))) return judged
  const reasons = [...judged.reasons, reason('severity_downgraded', { from: 'fail', to: criterion.severity })]
  return { outcome: 'warn', reasons }
}
