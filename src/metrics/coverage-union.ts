// Several coverage reports of one code base: files merged by path, each line with the most hits any report gives it.
import type { CoverageMeasure } from '../model/config.ts'
import type { CoverageTotals, FileCoverage, Ratio } from '../model/evidence.ts'
import type { BranchHits, Column, LineHits } from '../model/hits.ts'

/** The union of all reports' files, by path, in the order of their first mention; of one file the order of reports is no matter. */
export function union(reports: readonly (readonly FileCoverage[])[]): FileCoverage[] {
  const files = new Map<string, FileCoverage[]>()
  for (const report of reports) {
    for (const file of report) {
      const path = file.path.replace(/^(?:\.\/)+/, '')
      const before = files.get(path)
      if (before === undefined) files.set(path, [file])
      else before.push(file)
    }
  }
  return [...files].map(([path, all]) => (all.length === 1 ? { ...all[0]!, path } : merge(path, all)))
}

/** All line-level facts are united before the totals of those without any are looked at, whichever came first. */
function merge(path: string, files: readonly FileCoverage[]): FileCoverage {
  const [lined, bare] = parted(files, (file) => file.lines)
  const [branched, plain] = parted(files, (file) => file.branches)
  const lines = lined.length === 0 ? null : lined.reduce(mergeLines)
  const branches = branched.length === 0 ? null : branched.reduce(mergeBranches)
  const most = (of: readonly FileCoverage[], measure: keyof CoverageTotals, counted: Ratio | null = null): Ratio | null =>
    of.reduce((ratio, { totals }) => atLeast(ratio, totals[measure]), counted)
  const totals: CoverageTotals = {
    lines: most(bare, 'lines', lines && countLines(lines)),
    branches: most(plain, 'branches', branches && countBranches(branches)),
    functions: most(files, 'functions'),
    statements: most(files, 'statements'),
  }
  return { path, totals, lines: bare.length > 0 ? null : lines, branches: plain.length > 0 ? null : branches }
}

/** What is known of those that know it, and the files that do not. */
function parted<T>(files: readonly FileCoverage[], known: (file: FileCoverage) => T | null): [T[], FileCoverage[]] {
  return [files.flatMap((file) => known(file) ?? []), files.filter((file) => known(file) === null)]
}

/** Without line-level facts the union is not known; what one report covers of the larger whole is certain. */
function atLeast(a: Ratio | null, b: Ratio | null): Ratio | null {
  if (a === null || b === null) return a ?? b
  return { covered: Math.max(a.covered, b.covered), total: Math.max(a.total, b.total) }
}

function mergeLines(a: LineHits, b: LineHits): LineHits {
  const { lines, from } = zip(a.lines, b.lines)
  const hits = new Uint32Array(lines.length)
  from.forEach(([i, j], at) => {
    hits[at] = Math.max(i < 0 ? 0 : a.hits[i]!, j < 0 ? 0 : b.hits[j]!)
  })
  return { lines, hits }
}

function mergeBranches(a: BranchHits, b: BranchHits): BranchHits {
  const { lines, from } = zip(a.lines, b.lines)
  const most = (x: Column, y: Column): Column =>
    Uint32Array.from(from, ([i, j]) => Math.max(i < 0 ? 0 : x[i]!, j < 0 ? 0 : y[j]!))
  return { lines, covered: most(a.covered, b.covered), total: most(a.total, b.total) }
}

/** Two ascending lists of lines as one, with where each came from; -1: not in that list. */
function zip(a: Column, b: Column): { lines: Uint32Array; from: [number, number][] } {
  const from: [number, number][] = []
  const lines: number[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const x = i < a.length ? a[i]! : Number.POSITIVE_INFINITY
    const y = j < b.length ? b[j]! : Number.POSITIVE_INFINITY
    lines.push(Math.min(x, y))
    from.push([x <= y ? i++ : -1, y <= x ? j++ : -1])
  }
  return { lines: Uint32Array.from(lines), from }
}

function countLines({ hits }: LineHits): Ratio {
  let covered = 0
  for (const hit of hits) if (hit > 0) covered++
  return { covered, total: hits.length }
}

function countBranches({ covered, total }: BranchHits): Ratio {
  const sum = (list: Column): number => Array.from(list).reduce((a, b) => a + b, 0)
  return { covered: sum(covered), total: sum(total) }
}

/** Covered and total of one measure; null: the totals do not tell. Lines fall back to statements (decision 19). */
export function ratioOf(totals: CoverageTotals, measure: CoverageMeasure): { ratio: Ratio; what: string } | null {
  if (measure === 'combined') {
    if (totals.lines === null || totals.branches === null) return null
    return { ratio: add(totals.lines, totals.branches), what: 'lines and branches' }
  }
  const ratio = totals[measure]
  if (ratio !== null) return { ratio, what: measure }
  return measure === 'lines' && totals.statements !== null ? { ratio: totals.statements, what: 'statements' } : null
}

/**
 * The same of one file of a report that knows the measure: a file without any branch has none to cover, and its lines still
 * count. null: nothing of it is known.
 */
export function ratioOfFile(totals: CoverageTotals, measure: CoverageMeasure): { ratio: Ratio; what: string } | null {
  if (measure !== 'combined' || totals.lines === null) return ratioOf(totals, measure)
  return ratioOf({ ...totals, branches: totals.branches ?? { covered: 0, total: 0 } }, measure)
}

export function add(a: Ratio, b: Ratio): Ratio {
  return { covered: a.covered + b.covered, total: a.total + b.total }
}
