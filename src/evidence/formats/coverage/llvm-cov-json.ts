// llvm-cov export's JSON: totals and, per file, a summary, segments and branches. Clang, Rust and Swift write it.
import type { CoverageTotals, FileCoverage } from '../../../model/evidence.ts'
import type { BranchHits } from '../../../model/hits.ts'
import { addBranches, branchHits } from '../../coverage/by-line.ts'
import { headlineOf, NO_TOTALS, noticeOf, totalOf } from '../../coverage/facts.ts'
import { lineNumber, statedRatio } from '../../coverage/json-places.ts'
import { settle, sumOf, unlessEmpty } from '../../coverage/settle.ts'
import { SpreadRoom } from '../../coverage/spread.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { linesOfSegments } from './llvm-segments.ts'

const TYPE = 'llvm.coverage.json.export'

/**
 * - Read: lines, functions and branches of `totals` and of each file's `summary`, with or without `-summary-only`.
 *   Headline: `totals.lines.percent`. Regions and instantiations stand for nothing here.
 * - Line facts: hits per line out of the segments, by LLVM's own rule (the same lines as `-format=lcov`); two outcomes per
 *   branch. LLVM's summary counts line by line within each function: a closure's lines twice, a generic's once. It is
 *   what the tool prints and what counts; the files are added up and compared with `totals`, and the lower share is used.
 * - Refused: any other `type`, more covered than there is, segments out of order.
 */
export const llvmCovJson: Format<'coverage'> = {
  id: 'llvm-cov-json',
  kind: 'coverage',
  title: 'llvm-cov export (JSON)',
  producers: ['`llvm-cov export`', '`cargo llvm-cov --json`', '`swift test --enable-code-coverage`'],
  discovers: ['**/llvm-cov.json', '**/*.llvm-cov.json'],
  recognises: ({ text, jsonKeys }) =>
    /^\s*\{\s*"data"\s*:\s*\[\s*\{\s*"files"\s*:\s*\[/.test(text) ||
    (jsonKeys?.has('type') === true && text.includes(`"${TYPE}"`)),
  read,
}

function read(source: ByteSource, limits: Limits): ReadResult<'coverage'> {
  const root = asObject(readJson(source, limits), 'the report')
  if (field(root, 'type') !== TYPE) throw refused('wrong_format', `"type" is not ${TYPE}`)
  const room = new SpreadRoom()
  const files: FileCoverage[] = []
  const stated: CoverageTotals[] = []
  let percent: number | null = null
  const units = asArray(field(root, 'data'), '"data"').map((unit, at) => asObject(unit, `entry ${at} of "data"`))
  for (const unit of units) {
    for (const value of asArray(field(unit, 'files'), '"files"')) files.push(fileOf(asObject(value, 'a file'), room, limits))
    const totals = objectAt(unit, 'totals')
    if (totals === null) continue
    stated.push(summaryOf(totals))
    const own = field(objectAt(totals, 'lines') ?? {}, 'percent')
    if (typeof own === 'number' && units.length === 1) percent = own
  }
  const counted = totalOf(files)
  const all = (measure: keyof CoverageTotals) =>
    stated.length === units.length ? sumOf(stated.map((one) => one[measure])) : null
  const declared = { ...NO_TOTALS, lines: all('lines'), branches: all('branches'), functions: all('functions') }
  const lines = settle(declared.lines, counted.lines)
  const branches = settle(declared.branches, counted.branches)
  const functions = settle(declared.functions, counted.functions)
  const problems = [
    ...noticeOf(lines, 'lines', declared.lines, counted.lines, source.path),
    ...noticeOf(branches, 'branches', declared.branches, counted.branches, source.path),
    ...noticeOf(functions, 'functions', declared.functions, counted.functions, source.path),
  ]
  return {
    facts: {
      kind: 'coverage',
      totals: { lines: lines.ratio, branches: branches.ratio, functions: functions.ratio, statements: null },
      declared: declared.lines ? declared : null,
      headline: headlineOf('lines', percent),
      files,
    },
    info: { producer: producerOf(root, limits), commit: null, createdAt: null },
    problems,
  }
}

function producerOf(root: JsonObject, limits: Limits): string | null {
  const cargo = objectAt(root, 'cargo_llvm_cov')
  const version = cargo && textAt(cargo, 'version', limits)
  return version === null ? 'llvm-cov' : `cargo llvm-cov ${version}`
}

function fileOf(file: JsonObject, room: SpreadRoom, limits: Limits): FileCoverage {
  const path = textAt(file, 'filename', limits)
  if (path === null || path === '') throw refused('wrong_shape', 'a file has no "filename"')
  return inside(
    () => path.slice(0, 200),
    () => {
      const [summary, segments, branches] = [objectAt(file, 'summary'), arrayAt(file, 'segments'), arrayAt(file, 'branches')]
      const lines = segments && linesOfSegments(segments, room)
      const totals = summary ? summaryOf(summary) : NO_TOTALS
      const counted = lines && { covered: lines.hits.filter((hits) => hits > 0).length, total: lines.lines.length }
      return {
        path: path.replaceAll('\\', '/'),
        totals: { ...totals, lines: totals.lines ?? counted },
        lines,
        branches: branches && branches.length > 0 ? branchesOf(branches) : null,
      }
    },
  )
}

function summaryOf(summary: JsonObject): CoverageTotals {
  const part = (name: string) => {
    const counts = objectAt(summary, name)
    return counts && statedRatio(counts, 'covered', 'count', name)
  }
  return {
    lines: part('lines'),
    branches: unlessEmpty(part('branches')),
    functions: unlessEmpty(part('functions')),
    statements: null,
  }
}

/** [line, column, end line, end column, times true, times false, ...]. */
function branchesOf(list: readonly unknown[]): BranchHits {
  const byLine = new Map<number, [covered: number, total: number]>()
  for (const value of list) {
    const [start, , , , yes, no] = asArray(value, 'a branch')
    const taken = [asCount(yes, "a branch's count"), asCount(no, "a branch's count")].filter((times) => times > 0).length
    addBranches(byLine, lineNumber(start, 'the first number of a branch'), taken, 2)
  }
  return branchHits(byLine)
}
