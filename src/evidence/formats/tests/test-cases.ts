// Counting test cases the same way for every format, and the notice where a report's own numbers differ.
import type { TestCase, TestFacts, TestOutcome } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { problem } from '../../problems.ts'

/** A case is one thing only: an error counts above a failure, a failure above a skip. */
const WEIGHT: Record<TestOutcome, number> = { passed: 0, skipped: 1, failed: 2, error: 3 }

export function worse(a: TestOutcome, b: TestOutcome): TestOutcome {
  return WEIGHT[b] > WEIGHT[a] ? b : a
}

export function totalsOf(cases: readonly TestCase[]): TestFacts['totals'] {
  const totals = { total: cases.length, passed: 0, failed: 0, errors: 0, skipped: 0, flaky: 0 }
  for (const { outcome, flaky } of cases) {
    totals[outcome === 'error' ? 'errors' : outcome]++
    if (flaky) totals.flaky++
  }
  return totals
}

/** Sum of the cases' own times, seconds; null where there are cases and none has a time. */
export function secondsOf(cases: readonly TestCase[]): number | null {
  let sum = 0
  let known = cases.length === 0
  for (const { seconds } of cases) {
    if (seconds === null) continue
    known = true
    sum += seconds
  }
  return known ? sum : null
}

/** One notice that names every number stated otherwise than counted. */
export function noticeOf(declared: TestFacts['declared'], totals: TestFacts['totals'], path: string): Problem[] {
  if (!declared) return []
  const pairs = [
    ['tests', declared.total, totals.total],
    ['failures', declared.failed, totals.failed],
    ['errors', declared.errors, totals.errors],
    ['skipped', declared.skipped, totals.skipped],
  ] as const
  const off = pairs.flatMap(([what, stated, counted]) =>
    stated === null || stated === counted ? [] : [`${what} ${stated}, counted ${counted}`],
  )
  if (off.length === 0) return []
  return [problem('declared_recount_differ', `the report states ${off.join('; ')}: what is counted is used`, { path })]
}
