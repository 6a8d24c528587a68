// Holding a value against a limit. The one place that compares, so that rounding and units are treated alike everywhere.
import type { Limit, Term } from './limit.ts'
import { convert } from './units.ts'

/** `no_baseline`: a relative term has nothing to relate to. `incomparable`: not the same kind of quantity, or not a number. */
export type Comparison = 'holds' | 'broken' | 'no_baseline' | 'incomparable'

/** Fifteen significant digits: kills the noise of conversions and divisions (0.1 + 0.2) and nothing else (spec 2.2). */
export function settle(value: number): number {
  return Number(value.toPrecision(15))
}

/** The number a term asks for, in `unit`; null: no baseline; NaN: units that cannot be converted. */
export function bound(term: Term, unit: string, baseline: number | null): number | null {
  if (term.mode === 'relative') return baseline === null ? null : settle(baseline * (1 + term.value / 100))
  const samePoints = term.mode === 'delta' && term.unit === 'pp' && unit === '%'
  const value = term.unit === unit || samePoints ? term.value : (convert(term.value, term.unit, unit) ?? Number.NaN)
  if (term.mode === 'absolute') return value
  return baseline === null ? null : settle(baseline + value)
}

function satisfies(op: Term['op'], left: number, right: number): boolean {
  switch (op) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '==':
      return left === right
    case '!=':
      return left !== right
  }
}

function compareTerm(term: Term, value: number, unit: string, baseline: number | null): Comparison {
  const limit = bound(term, unit, baseline)
  if (limit === null) return 'no_baseline'
  if (!Number.isFinite(limit) || !Number.isFinite(value)) return 'incomparable'
  return satisfies(term.op, settle(value), settle(limit)) ? 'holds' : 'broken'
}

const WORST_FIRST: readonly Comparison[] = ['incomparable', 'broken', 'no_baseline', 'holds']

/** All terms of one limit together; the worst counts. A limit without terms says nothing and is `incomparable`. */
export function compareLimit(limit: Limit, value: number, unit: string, baseline: number | null): Comparison {
  if (limit.terms.length === 0) return 'incomparable'
  const found = new Set(limit.terms.map((term) => compareTerm(term, value, unit, baseline)))
  return WORST_FIRST.find((one) => found.has(one)) ?? 'incomparable'
}

/** All limits of a list together; an empty list is `incomparable`: nothing to hold against is never a pass. */
export function compareAll(limits: readonly Limit[], value: number, unit: string, baseline: number | null): Comparison {
  const found = new Set(limits.map((limit) => compareLimit(limit, value, unit, baseline)))
  return WORST_FIRST.find((one) => found.has(one)) ?? 'incomparable'
}
