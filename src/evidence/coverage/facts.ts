// Putting together what the coverage formats share: facts from counted files, the totals stated, and the notices.
import type { CoverageFacts, CoverageTotals, Ratio } from '../../model/evidence.ts'
import type { Problem } from '../../model/problem.ts'
import { differs, type Settled } from './settle.ts'

export const NO_TOTALS: CoverageTotals = { lines: null, branches: null, functions: null, statements: null }

/** A percentage a tool states; null where it is none. */
export function headlineOf(metric: string, percent: number | null): CoverageFacts['headline'] {
  return percent !== null && Number.isFinite(percent) && percent >= 0 && percent <= 100 ? { metric, percent } : null
}

export function percentOf(ratio: Ratio | null): number | null {
  return ratio && ratio.total > 0 ? (100 * ratio.covered) / ratio.total : null
}

/** The notice for a total that is not what the entries make; none where they agree or cannot be compared. */
export function noticeOf(settled: Settled, what: string, declared: Ratio | null, counted: Ratio | null, path: string): Problem[] {
  return settled.agree === false && declared && settled.ratio ? [differs(what, declared, counted, settled.ratio, path)] : []
}
