// Where a report's own totals and its entries do not agree: which of them counts, and the words that say so.
import type { Ratio } from '../../model/evidence.ts'
import type { Problem } from '../../model/problem.ts'
import { problem, refusal } from '../problems.ts'

export interface Settled {
  /** null: the report says nothing of it. */
  ratio: Ratio | null
  /** false: stated and counted differ. null: there is nothing to compare. */
  agree: boolean | null
}

/**
 * `counted` holds the ways in which tools count their entries, ours first; a stated total that equals one of them is
 * agreed. Where they differ, the lower share counts, so that no report gains by a header or by a piece cut out of it;
 * where the report lists no entries, what it states.
 */
export function settle(declared: Ratio | null, ...counted: (Ratio | null)[]): Settled {
  const [ours = null] = counted
  if (!declared) return { ratio: ours, agree: null }
  if (counted.some((way) => way && way.covered === declared.covered && way.total === declared.total)) {
    return { ratio: declared, agree: true }
  }
  if (!ours || ours.total === 0) return { ratio: declared, agree: declared.total === 0 }
  // covered/total compared crosswise: exact, and free of 0/0.
  const lower = ours.covered * declared.total < declared.covered * ours.total
  return { ratio: lower ? ours : declared, agree: false }
}

/** The notice that goes with `agree: false`. */
export function differs(what: string, declared: Ratio, counted: Ratio | null, used: Ratio, path: string): Problem {
  const found = counted ? `${counted.covered} of ${counted.total}` : 'none'
  const message = `the report states ${declared.covered} of ${declared.total} ${what}, its entries make ${found}: ${used.covered} of ${used.total} is used`
  return problem('declared_recount_differ', message, { path })
}

/** Throws `impossible_total` where more is covered than there is. */
export function ratio(covered: number, total: number, what: string, path: string, line?: number): Ratio {
  if (covered > total) {
    throw refusal('impossible_total', `states ${covered} covered of ${total} ${what}`, { path, ...(line && { line }) })
  }
  return { covered, total }
}

export function sumOf(ratios: Iterable<Ratio | null>): Ratio | null {
  const known = [...ratios].filter((one) => one !== null)
  if (known.length === 0) return null
  return known.reduce((sum, one) => ({ covered: sum.covered + one.covered, total: sum.total + one.total }))
}

/** null for the 0 of 0 with which tools say "does not apply". */
export function unlessEmpty(one: Ratio | null): Ratio | null {
  return one && one.total > 0 ? one : null
}
