// The closed notation of `check:` both ways: "tests.count:service >= 20" and the Check it stands for (docs/checks.md).
import type { Check } from '../model/check.ts'

export interface CheckContext {
  /** file:line of the text, for the limits in it. */
  origin: string
  /** Known metric ids with their units. */
  metrics: ReadonlyMap<string, string>
  /** Known criterion ids and checklist ids, for `criterion:` and `checklist:`; left out: any well-formed id. */
  criteria?: readonly string[]
  checklists?: readonly string[]
}

export type ParsedCheck = { check: Check } | { problem: string; hint?: string }

/** A check as the config writes it. `unbound` cannot be asked for. */
export function parseCheck(_text: string, _context: CheckContext): ParsedCheck {
  return { problem: 'not written yet' }
}

/** The notation of a check; parseCheck reads it back (all but `unbound`). */
export function formatCheck(check: Check): string {
  return check.fn
}
