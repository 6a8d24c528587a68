// SimpleCov's coverage.json: the hits of each file by line, after SimpleCov's filters, as its JSON formatter writes them.
import { addBranches } from '../../coverage/by-line.ts'
import { countedFiles, totalOf } from '../../coverage/facts.ts'
import { lineNumber } from '../../coverage/json-places.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'

/**
 * - Read: `coverage` of each file, its `lines` (hits, `null` and `"ignored"` for no code) and `branches` (`start_line`, `coverage`);
 *   `meta.simplecov_version`. Groups are not read. States no totals.
 * - SimpleCov's filters and `:nocov:` are applied already, so that its own figure is this one.
 */
export const simplecovJson: Format<'coverage'> = {
  id: 'simplecov-json',
  kind: 'coverage',
  title: 'SimpleCov (JSON)',
  producers: ['simplecov_json_formatter'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' && jsonKeys?.has('meta') === true && /"simplecov_version"\s*:/.test(text),
  read(source, limits): ReadResult<'coverage'> {
    const root = asObject(readJson(source, limits), 'the report')
    const store = new CoverageStore(source.path)
    for (const [path, value] of Object.entries(asObject(field(root, 'coverage'), '"coverage"')))
      inside(
        () => path.slice(0, 200),
        () => addFile(store, path, asObject(value, 'the file')),
      )
    const files = countedFiles(store)
    const version = textAt(objectAt(root, 'meta') ?? {}, 'simplecov_version', limits)
    return {
      facts: { kind: 'coverage', totals: totalOf(files), declared: null, headline: null, files },
      info: { producer: version ? `SimpleCov ${version.slice(0, 100)}` : 'SimpleCov', commit: null, createdAt: null },
      problems: [],
    }
  },
}

function addFile(store: CoverageStore, path: string, file: JsonObject): void {
  store.begin(path)
  for (const [index, hits] of asArray(field(file, 'lines'), '"lines"').entries())
    if (hits !== null && hits !== 'ignored') store.line(index + 1, asCount(hits, `line ${index + 1}`))
  const byLine = new Map<number, [covered: number, total: number]>()
  for (const value of arrayAt(file, 'branches') ?? []) {
    const branch = asObject(value, 'a branch')
    const hits = field(branch, 'coverage')
    if (hits === 'ignored') continue
    addBranches(byLine, lineNumber(field(branch, 'start_line'), '"start_line"'), asCount(hits, "a branch's hits") > 0 ? 1 : 0, 1)
  }
  for (const [line, [covered, total]] of byLine) store.branch(line, covered, total)
}
