// gcovr's own JSON, its tracefile: lines of each file with hits and branches, functions, and marks of what is excluded.
import type { Ratio } from '../../../model/evidence.ts'
import { addBranches } from '../../coverage/by-line.ts'
import { countedFiles, totalOf } from '../../coverage/facts.ts'
import { lineNumber } from '../../coverage/json-places.ts'
import { unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, field, inside, type JsonObject } from '../../scan/json-fields.ts'

/**
 * - Read: `lines` of each file with `count` and `branches`, and `functions`. What is marked `gcovr/excluded` (formerly
 *   `gcovr/noncode`) does not count. States no totals; a line counts once per file, whatever functions it belongs to.
 * - gcovr leaves files, branches and exceptions out by its options when it makes a report of this: its own figure is that
 *   of the summary that was made with the same options.
 */
export const gcovrJson: Format<'coverage'> = {
  id: 'gcovr-json',
  kind: 'coverage',
  title: 'gcovr (JSON)',
  producers: ['`gcovr --json`'],
  discovers: ['**/gcovr.json'],
  recognises: ({ jsonRoot, text }) => jsonRoot === 'object' && /"gcovr\/(?:format_version|noncode|excluded|md5)"\s*:/.test(text),
  read,
}

function read(source: ByteSource, limits: Limits): ReadResult<'coverage'> {
  const root = asObject(readJson(source, limits), 'the report')
  const version = field(root, 'gcovr/format_version')
  if (typeof version !== 'string') throw refused('wrong_format', 'says no gcovr/format_version')
  const store = new CoverageStore(source.path)
  const functions: Ratio[] = []
  for (const [at, value] of asArray(field(root, 'files'), '"files"').entries()) {
    const file = asObject(value, `file ${at}`)
    const path = field(file, 'file')
    if (typeof path !== 'string' || path === '') throw refused('wrong_shape', `file ${at} has no name`)
    const index = store.begin(path)
    inside(
      () => path.slice(0, 200),
      () => {
        addLines(store, asArray(field(file, 'lines'), '"lines"'))
        const own = functions[index] ?? { covered: 0, total: 0 }
        functions[index] = own
        addFunctions(own, arrayAt(file, 'functions') ?? [])
      },
    )
  }
  const files = countedFiles(store, (index) => ({ functions: unlessEmpty(functions[index] ?? null) }))
  return {
    facts: { kind: 'coverage', totals: totalOf(files), declared: null, headline: null, files },
    info: { producer: 'gcovr', commit: null, createdAt: null },
    problems: [],
  }
}

function addLines(store: CoverageStore, list: readonly unknown[]): void {
  const byLine = new Map<number, [covered: number, total: number]>()
  for (const value of list) {
    const entry = asObject(value, 'a line')
    if (excluded(entry)) continue
    const line = lineNumber(field(entry, 'line_number'), '"line_number"')
    store.line(line, asCount(field(entry, 'count'), `the count of line ${line}`))
    for (const one of arrayAt(entry, 'branches') ?? []) {
      const branch = asObject(one, `a branch of line ${line}`)
      if (excluded(branch)) continue
      addBranches(byLine, line, asCount(field(branch, 'count'), `the count of a branch of line ${line}`) > 0 ? 1 : 0, 1)
    }
  }
  for (const [line, [covered, total]] of byLine) store.branch(line, covered, total)
}

function addFunctions(sum: Ratio, list: readonly unknown[]): void {
  for (const value of list) {
    const entry = asObject(value, 'a function')
    if (excluded(entry)) continue
    sum.total++
    if (asCount(field(entry, 'execution_count') ?? 0, "a function's count") > 0) sum.covered++
  }
}

function excluded(entry: JsonObject): boolean {
  return field(entry, 'gcovr/excluded') === true || field(entry, 'gcovr/noncode') === true
}
