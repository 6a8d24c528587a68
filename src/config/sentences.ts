// The seed's own prose, bound to checks: which sentence in which section means what (docs/checks.md).
import type { Check } from '../model/check.ts'
import type { LevelId } from '../model/level.ts'
import type { Limit } from '../model/limit.ts'

export type Section = 'requirement' | 'entry' | 'exit' | 'deliverable'

export interface Bound {
  check: Check
  /** The limit the sentence itself states (">95%"), origin `sentence`; null: it states none. */
  number: Limit | null
  /** The seed criterion it speaks of and whose limit `number` must agree with (decision 9); null: of none. */
  criterion: string | null
}

/** `level`: the level, or the gate's own level. null: prose that nothing is known of (the caller makes it `unbound`). */
export function bindSentence(_text: string, _place: { section: Section; level: LevelId }): Bound | null {
  return null
}
