// A measurement against limits that carry their own units.
import { compareAll } from '../model/compare.ts'
import type { Limit, Term } from '../model/limit.ts'
import { convert, unitOf } from '../model/units.ts'

export type Judged = 'holds' | 'fails' | 'needs_baseline' | 'other_unit'

/** A limit without a unit is in the measurement's; a measurement without one cannot be held against a limit that has one. */
export function hold(limits: readonly Limit[], value: number, unit: string, baseline: number | null): Judged {
  const terms = limits.flatMap((limit) => limit.terms)
  if (unit === '' && terms.some((term) => term.mode === 'absolute' && term.unit !== '')) return 'other_unit'
  const stated = limits.map((limit) => ({ ...limit, terms: limit.terms.map((term) => inUnit(term, unit)) }))
  switch (compareAll(stated, value, unit, baseline)) {
    case 'holds':
      return 'holds'
    case 'broken':
      return 'fails'
    case 'no_baseline':
      return 'needs_baseline'
    case 'incomparable':
      return 'other_unit'
  }
}

const PER_SECOND: Readonly<Record<string, string>> = { requests: 'req/s', operations: 'ops/s', files: 'files/s', iops: 'IOPS' }

/** k6 counts in `1/s` whatever it counts: what that is, the limit says. */
export function inUnit(term: Term, unit: string): Term {
  if (term.unit === '') return { ...term, unit }
  const dimension = unit === '1/s' ? unitOf(term.unit)?.dimension : undefined
  const perSecond = dimension === undefined ? undefined : PER_SECOND[dimension]
  const value = perSecond === undefined ? null : convert(term.value, term.unit, perSecond)
  return value === null ? term : { ...term, value, unit }
}
