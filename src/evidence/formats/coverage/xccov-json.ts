// Xcode's coverage as `xccov view --json` prints it: the report with targets, files and functions, or an archive's lines.
import type { CoverageTotals, FileCoverage, Ratio } from '../../../model/evidence.ts'
import { countedFiles, headlineOf, NO_TOTALS, noticeOf, totalOf } from '../../coverage/facts.ts'
import { lineNumber, statedRatio } from '../../coverage/json-places.ts'
import { settle, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, field, inside, type JsonObject } from '../../scan/json-fields.ts'

/** An archive: each file is a list of lines. */
const ARCHIVE = /^\s*\{\s*"(?:[^"\\]|\\.){1,4096}"\s*:\s*\[\s*\{[^{}[\]]{0,500}"(?:isExecutable|executionCount)"\s*:/

/**
 * - Read: of a report (`--report`) `coveredLines` of `executableLines` of the whole and of each target's files, and the
 *   functions that ran. Headline: `lineCoverage`. Targets of tests count, as Xcode counts them. The files are added up and
 *   compared with the whole; the lower share is used. No line facts.
 * - Of an archive (`--archive`) the hits of each executable line; it states no totals.
 * - Written without a run of xccov: its manual does not list the keys, which are as those who read its output name them.
 */
export const xccovJson: Format<'coverage'> = {
  id: 'xccov-json',
  kind: 'coverage',
  title: 'Xcode coverage (xccov JSON)',
  producers: ['`xcrun xccov view --report --json`', '`xcrun xccov view --archive --json`'],
  discovers: ['**/xccov.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ((jsonKeys?.has('targets') === true && jsonKeys.has('coveredLines')) ||
      (/"executableLines"\s*:/.test(text) && /"(?:lineCoverage|buildProductPath)"\s*:/.test(text)) ||
      ARCHIVE.test(text)),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    return field(root, 'targets') === undefined ? archive(root, source) : report(root, source, limits)
  },
}

function report(root: JsonObject, source: ByteSource, limits: Limits): ReadResult<'coverage'> {
  const files: FileCoverage[] = []
  for (const [at, value] of asArray(field(root, 'targets'), '"targets"').entries()) {
    const target = asObject(value, `target ${at}`)
    inside(
      () => `target ${at}`,
      () => {
        for (const file of asArray(field(target, 'files'), '"files"')) files.push(fileOf(asObject(file, 'a file'), limits))
      },
    )
  }
  const declared = linesOf(root)
  const counted = totalOf(files)
  const lines = settle(declared, counted.lines)
  const percent = field(root, 'lineCoverage')
  return {
    facts: {
      kind: 'coverage',
      totals: { ...NO_TOTALS, lines: lines.ratio, functions: counted.functions },
      declared: { ...NO_TOTALS, lines: declared },
      headline: declared.total > 0 ? headlineOf('lines', typeof percent === 'number' ? 100 * percent : null) : null,
      files,
    },
    info: { producer: 'xccov', commit: null, createdAt: null },
    problems: noticeOf(lines, 'lines', declared, counted.lines, source.path),
  }
}

function linesOf(object: JsonObject): Ratio {
  const lines = statedRatio(object, 'coveredLines', 'executableLines', 'lines')
  if (lines === null) throw refused('wrong_shape', 'lacks "coveredLines" or "executableLines"')
  return lines
}

function fileOf(file: JsonObject, limits: Limits): FileCoverage {
  const path = field(file, 'path') ?? field(file, 'name')
  if (typeof path !== 'string' || path === '') throw refused('wrong_shape', 'a file has neither path nor name')
  const totals: CoverageTotals = inside(
    () => path.slice(0, 200),
    () => {
      const functions = (arrayAt(file, 'functions') ?? []).map((one) => asObject(one, 'a function'))
      const ran = functions.filter((one) => asCount(field(one, 'executionCount'), '"executionCount"') > 0)
      return { ...NO_TOTALS, lines: linesOf(file), functions: unlessEmpty({ covered: ran.length, total: functions.length }) }
    },
  )
  return { path: path.slice(0, limits.textLength), totals, lines: null, branches: null }
}

function archive(root: JsonObject, source: ByteSource): ReadResult<'coverage'> {
  const store = new CoverageStore(source.path)
  for (const [path, list] of Object.entries(root)) {
    store.begin(path)
    inside(
      () => path.slice(0, 200),
      () => {
        for (const value of asArray(list, 'the entry')) addLine(store, asObject(value, 'a line'))
      },
    )
  }
  const files = countedFiles(store)
  return {
    facts: { kind: 'coverage', totals: totalOf(files), declared: null, headline: null, files },
    info: { producer: 'xccov', commit: null, createdAt: null },
    problems: [],
  }
}

function addLine(store: CoverageStore, entry: JsonObject): void {
  const executable = field(entry, 'isExecutable')
  if (typeof executable !== 'boolean') throw refused('wrong_shape', 'a line does not say whether it is executable')
  if (!executable) return
  const line = lineNumber(field(entry, 'line'), '"line"')
  store.line(line, asCount(field(entry, 'executionCount'), `"executionCount" of line ${line}`))
}
