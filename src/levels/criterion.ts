// One metric against one criterion. Unknown is never a pass: every way of not knowing has an outcome of its own.
import { type Comparison, compareAll } from '../model/compare.ts'
import type { Config, CriterionConfig } from '../model/config.ts'
import type { CriterionResult } from '../model/judgement.ts'
import type { Limit } from '../model/limit.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Outcome } from '../model/outcome.ts'
import { type Reason, reason } from '../model/reason.ts'
import { exemption } from './exemption.ts'

export interface CriterionInput {
  criterion: CriterionConfig
  /** The value of `criterion.metric`; undefined: nothing was measured under that id. */
  metric: MetricValue | undefined
  config: Config
  now: Date
  /** A first run on the default branch: the only place where `baseline.missing: bootstrap` helps (decision 2). */
  onDefaultBranch: boolean
}

interface Judged {
  outcome: Outcome
  reasons: Reason[]
}

/** Judges; never throws. Reasons explain every outcome but a plain `pass`. */
export function judgeCriterion(input: CriterionInput): CriterionResult {
  const { criterion, metric = null, now } = input
  const exempt = exemption(criterion, now)
  const baseline = criterion.baseline.select === 'fixed' ? criterion.baseline.value : null
  const judged: Judged = exempt.applies
    ? { outcome: 'not_applicable', reasons: exempt.reasons }
    : explained(judgeMetric(input, baseline), exempt.reasons, criterion)
  const actual = metric?.value ?? null
  const delta = actual === null || baseline === null ? null : actual - baseline
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
  const missed = criterion.pass.filter((one) => compareAll([one], value, unit, baseline) === 'broken')
  const plain = withoutBaseline(criterion, pass, warn, input.onDefaultBranch)
  const reasons = [...limitReasons(plain.outcome, missed, value, unit), ...plain.reasons, ...metric.reasons]
  return { outcome: capped(plain.outcome, metric.capped), reasons }
}

/**
 * What the limits that can be judged say, then what a missing baseline makes of it. An absolute term that fails, fails at once;
 * anything better than that waits for the baseline, so that a worse value never comes out better than a good one (decision 2).
 */
function withoutBaseline(criterion: CriterionConfig, pass: Comparison, warn: Comparison, onDefaultBranch: boolean): Judged {
  const best: Outcome = pass !== 'broken' ? 'pass' : warn !== 'broken' ? 'warn' : 'fail'
  const unknown = hasRelative(criterion.pass) || (best === 'warn' && hasRelative(criterion.warn))
  if (best === 'fail' || !unknown || fixedBaseline(criterion)) return { outcome: best, reasons: [] }
  const { count, missing } = criterion.baseline
  const why =
    count > 1 ? reason('needs_more_samples', { found: 0, needed: count }) : reason('no_baseline', { metric: criterion.metric })
  if (missing === 'bootstrap' && onDefaultBranch) return { outcome: best, reasons: [why] }
  return { outcome: missing === 'fail' ? 'fail' : 'pending', reasons: [why] }
}

function hasRelative(limits: readonly Limit[]): boolean {
  return limits.some((one) => one.terms.some((term) => term.mode !== 'absolute'))
}

function fixedBaseline(criterion: CriterionConfig): boolean {
  return criterion.baseline.select === 'fixed' && criterion.baseline.value !== null
}

function limitReasons(outcome: Outcome, missed: readonly Limit[], actual: number, unit: string): Reason[] {
  const code = outcome === 'warn' ? 'in_warn_band' : 'limit_not_met'
  return missed.map((one) => reason(code, { actual, unit, limit: one.text }))
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
