// covdir, a tree of folders as grcov writes it: each file with its hits by line, each folder with what its files add up to.
import type { Ratio } from '../../../model/evidence.ts'
import { countedFiles, headlineOf, noticeOf, totalOf } from '../../coverage/facts.ts'
import { ratio, settle } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asNumber, asObject, field, inside, type JsonObject } from '../../scan/json-fields.ts'

/**
 * - Read: `children` by their names, down to the files; `coverage` of each (hits, -1 for no code); of the whole `linesCovered`,
 *   `linesTotal` and `coveragePercent`, the headline. The sums of folders in between are not read.
 * - Where the stated total is not what the files make, the lower share counts, and it is said. There are lines alone.
 * - Refused: an entry that has neither `children` nor `coverage`, or both.
 */
export const covdir: Format<'coverage'> = {
  id: 'covdir',
  kind: 'coverage',
  title: 'covdir (JSON)',
  producers: ['`grcov -t covdir`'],
  discovers: ['**/covdir.json', '**/covdir'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' && jsonKeys?.has('children') === true && /"(?:coverage"\s*:\s*\[|coveragePercent"\s*:)/.test(text),
  read(source, limits): ReadResult<'coverage'> {
    const { path } = source
    const root = asObject(readJson(source, limits), 'the report')
    const store = new CoverageStore(path)
    addChildren(store, root, '')
    const files = countedFiles(store)
    const totals = totalOf(files)
    const lines = declaredIn(root, path)
    const settled = settle(lines, totals.lines)
    const percent = field(root, 'coveragePercent') ?? null
    return {
      facts: {
        kind: 'coverage',
        totals: { ...totals, lines: settled.ratio },
        declared: lines && { lines, branches: null, functions: null, statements: null },
        headline: headlineOf('lines', percent === null ? null : asNumber(percent, '"coveragePercent"')),
        files,
      },
      info: { producer: 'grcov', commit: null, createdAt: null },
      problems: noticeOf(settled, 'lines', lines, totals.lines, path),
    }
  },
}

/** null: it states none. */
function declaredIn(root: JsonObject, path: string): Ratio | null {
  const [covered, total] = ['linesCovered', 'linesTotal'].map((name) => field(root, name) ?? null)
  if (covered === null || total === null) return null
  return ratio(asCount(covered, '"linesCovered"'), asCount(total, '"linesTotal"'), 'lines', path)
}

function addChildren(store: CoverageStore, folder: JsonObject, above: string): void {
  for (const [name, value] of Object.entries(asObject(field(folder, 'children'), '"children"'))) {
    const path = above === '' || above.endsWith('/') ? `${above}${name}` : `${above}/${name}`
    const entry = asObject(value, 'the entry')
    const hits = field(entry, 'coverage')
    const isFolder = field(entry, 'children') !== undefined
    if (isFolder === (hits !== undefined))
      throw refused(
        'wrong_shape',
        `${JSON.stringify(path.slice(0, 200))} must have "children" or "coverage", and one of them alone`,
      )
    if (isFolder) addChildren(store, entry, path)
    else
      inside(
        () => path.slice(0, 200),
        () => addLines(store, path, asArray(hits, '"coverage"')),
      )
  }
}

function addLines(store: CoverageStore, path: string, hits: readonly unknown[]): void {
  store.begin(path)
  for (const [index, count] of hits.entries()) if (count !== -1) store.line(index + 1, asCount(count, `line ${index + 1}`))
}
