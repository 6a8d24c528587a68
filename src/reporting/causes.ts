// When two reasons are one and the same matter: a gate that waits for the report a criterion lacks is no second thing to mend.
import { type Reason, reasonKey } from '../model/reason.ts'

const DERIVED: ReadonlySet<string> = new Set([
  'criteria_short',
  'gate_entry_failed',
  'gate_exit_failed',
  'gate_not_open',
  'level_below_not_reached',
  'level_reached',
])

/** It only repeats what other entries say: no reader needs it beside those. A gate names its deliverables without a file. */
export function isDerived(reason: Reason): boolean {
  return DERIVED.has(reason.code) || (reason.code === 'deliverable_missing' && reason.args.expected.length === 0)
}

/**
 * The same text for the same cause within a level. `subject`: the metric whose limit is meant; two metrics may well miss the
 * same limit by the same number. null: the reason stands without one.
 */
export function causeOf(reason: Reason, subject: string | null): string {
  switch (reason.code) {
    case 'evidence_missing':
      return JSON.stringify([reason.code, reason.args.expected.length > 0 ? [...reason.args.expected].sort() : reason.args.what])
    case 'tests_failed':
      return JSON.stringify([reason.code, reason.args.failed, reason.args.errors])
    case 'limit_not_met':
    case 'baseline_not_met':
      return JSON.stringify([own(reason), subject])
    default:
      return own(reason)
  }
}

/** Whatever it is said about. */
function own({ code, args }: Reason): string {
  return reasonKey({ code, args } as Reason)
}

/** The criterion or metric that a check's notation asks about: `criterion:x`, `x`, `x > 95 %`; null: something else. */
export function subjectOf(check: string): string | null {
  const match = /^(?:criterion:)?([a-z][a-z0-9_]{0,99})(?:\s*[<>=].{0,200})?$/i.exec(check.trim())
  return match?.[1] ?? null
}
