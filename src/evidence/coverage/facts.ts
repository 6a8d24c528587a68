// Putting together what the coverage formats share: facts from counted files, the totals stated, and the notices.
import type { CoverageFacts, CoverageTotals, FileCoverage, Ratio } from '../../model/evidence.ts'
import type { Problem } from '../../model/problem.ts'
import { differs, type Settled, sumOf, unlessEmpty } from './settle.ts'
import type { CoverageStore } from './store.ts'

export const NO_TOTALS: CoverageTotals = { lines: null, branches: null, functions: null, statements: null }

/** Every file with what was counted of it; functions and statements are as the format says, if it does. */
export function countedFiles(
  store: CoverageStore,
  more: (index: number) => Partial<CoverageTotals> = () => ({}),
): FileCoverage[] {
  return store.finish().map((file, index) => ({
    path: file.path,
    totals: { ...NO_TOTALS, lines: file.lineRatio, branches: unlessEmpty(file.branchRatio), ...more(index) },
    lines: file.lines,
    branches: file.branches,
  }))
}

/** The files added up; lines are 0 of 0 where there are none, so that a report of nothing says so. */
export function totalOf(files: readonly FileCoverage[]): CoverageTotals {
  const sum = (measure: keyof CoverageTotals) => sumOf(files.map((file) => file.totals[measure]))
  return {
    lines: sum('lines') ?? { covered: 0, total: 0 },
    branches: unlessEmpty(sum('branches')),
    functions: unlessEmpty(sum('functions')),
    statements: sum('statements'),
  }
}

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
