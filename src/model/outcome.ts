// The states a judgement can end in. Anything that was not evaluated has a state of its own and never counts as passed.

/** A criterion's outcome. Only `pass`, `warn` and a declared, unexpired `not_applicable` let a level through. */
export type Outcome = 'pass' | 'warn' | 'fail' | 'no_evidence' | 'error' | 'pending' | 'not_applicable' | 'skipped'

export type LevelState =
  | 'passed'
  | 'passed_with_warnings'
  | 'failed'
  | 'blocked'
  | 'pending_review'
  | 'evidence_pending'
  | 'disabled'
  | 'not_applicable'
  | 'error'

export type GateState =
  | 'entry_failed'
  | 'exit_failed'
  | 'deliverables_missing'
  | 'evidence_pending'
  | 'awaiting_approval'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'open'
  | 'skipped'
  | 'error'

export type Verdict = 'passed' | 'pending' | 'failed' | 'error'

/** True where an outcome lets a level or gate through. The one place that says so. */
export function letsThrough(outcome: Outcome): boolean {
  return outcome === 'pass' || outcome === 'warn' || outcome === 'not_applicable'
}

/** Which verdicts fail the step, each including those before it: never < failed < pending < warn (decision 17). */
export type FailOn = 'never' | 'failed' | 'pending' | 'warn'
