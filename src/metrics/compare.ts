// A number against the absolute terms of a limit.
import type { Comparator, Limit, Term } from '../model/limit.ts'
import { convert } from '../model/units.ts'
import { exact } from './known.ts'

export type Judged = 'holds' | 'fails' | 'needs_baseline' | 'other_unit'

/** All terms of all limits. An absolute term that fails decides; else a term that cannot be judged does. */
export function hold(limits: readonly Limit[], value: number, unit: string): Judged {
  const verdicts = limits.flatMap((limit) => limit.terms).map((term) => judge(term, value, unit))
  return (['fails', 'other_unit', 'needs_baseline'] as const).find((one) => verdicts.includes(one)) ?? 'holds'
}

function judge(term: Term, value: number, unit: string): Judged {
  if (term.mode !== 'absolute') return 'needs_baseline'
  const actual = convert(value, unit, term.unit)
  if (actual === null) return 'other_unit'
  return compare(exact(actual), term.op, exact(term.value)) ? 'holds' : 'fails'
}

function compare(a: number, op: Comparator, b: number): boolean {
  switch (op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '==':
      return a === b
    case '!=':
      return a !== b
  }
}
