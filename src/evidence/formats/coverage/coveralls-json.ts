// The job that is sent to Coveralls, and Code Climate's form of it: per source file a list of hits, one entry a line.
import { addBranches } from '../../coverage/by-line.ts'
import { countedFiles, headlineOf, totalOf } from '../../coverage/facts.ts'
import { lineNumber } from '../../coverage/json-places.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, field, inside, isObject, type JsonObject } from '../../scan/json-fields.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'

/**
 * - Read: `source_files` with `coverage` (hits, or `null` for no code; Code Climate puts the list into a string) and
 *   `branches` (four numbers each: line, block, branch, hits); `git.head.id`, `commit_sha`; `run_at`.
 * - States no totals but Code Climate's `covered_percent`: the headline. Its `line_counts` contradict each other and do
 *   not count. A file that is named twice is one file.
 */
export const coverallsJson: Format<'coverage'> = {
  id: 'coveralls-json',
  kind: 'coverage',
  title: 'Coveralls job (JSON)',
  producers: ['`gcovr --coveralls`', 'grcov', 'coveralls-python', 'Code Climate test reporter'],
  discovers: ['**/coveralls.json', '**/codeclimate.json'],
  recognises: ({ jsonRoot, jsonKeys }) => jsonRoot === 'object' && jsonKeys?.has('source_files') === true,
  read(source, limits): ReadResult<'coverage'> {
    const root = asObject(readJson(source, limits), 'the report')
    const store = new CoverageStore(source.path)
    for (const [at, value] of asArray(field(root, 'source_files'), '"source_files"').entries()) {
      const file = asObject(value, `source file ${at}`)
      const name = field(file, 'name')
      if (typeof name !== 'string' || name === '') throw refused('wrong_shape', `source file ${at} has no name`)
      store.begin(name)
      inside(
        () => name.slice(0, 200),
        () => addFile(store, file),
      )
    }
    const files = countedFiles(store)
    const percent = field(root, 'covered_percent')
    return {
      facts: {
        kind: 'coverage',
        totals: totalOf(files),
        declared: null,
        headline: headlineOf('covered_percent', typeof percent === 'number' ? percent : null),
        files,
      },
      info: { producer: null, commit: commitIn(root), createdAt: timeOf(field(root, 'run_at')) },
      problems: [],
    }
  },
}

function addFile(store: CoverageStore, file: JsonObject): void {
  for (const [index, hits] of listOf(field(file, 'coverage')).entries()) {
    if (hits !== null) store.line(index + 1, asCount(hits, `line ${index + 1}`))
  }
  const branches = arrayAt(file, 'branches') ?? []
  if (branches.length % 4 !== 0) throw refused('wrong_shape', '"branches" does not hold four numbers for each branch')
  const byLine = new Map<number, [covered: number, total: number]>()
  for (let at = 0; at < branches.length; at += 4) {
    const hits = asCount(branches[at + 3], "a branch's hits")
    addBranches(byLine, lineNumber(branches[at], "a branch's line"), hits > 0 ? 1 : 0, 1)
  }
  for (const [line, [covered, total]] of byLine) store.branch(line, covered, total)
}

/** A list, or the same written into a string. */
function listOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return asArray(value, '"coverage"')
  const text = value.trim()
  if (!text.startsWith('[') || !text.endsWith(']')) throw refused('wrong_shape', '"coverage" is a text that holds no list')
  const items = text.slice(1, -1)
  return items.trim() === '' ? [] : items.split(',').map(itemOf)
}

function itemOf(text: string): number | null {
  const item = text.trim()
  if (item === 'null') return null
  if (/^\d{1,15}$/.test(item)) return Number(item)
  throw refused('bad_number', `${JSON.stringify(item.slice(0, 40))} is no number of hits`)
}

function commitIn(root: JsonObject): string | null {
  const git = field(root, 'git')
  const head = isObject(git) ? field(git, 'head') : null
  return commitOf(isObject(head) ? field(head, 'id') : head) ?? commitOf(field(root, 'commit_sha'))
}

/** `2026-11-26 06:11:34 UTC`, `... +0000`, or ISO. */
function timeOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  return isoOf(
    value
      .trim()
      .replace(/ ?(?:UTC|GMT)$/, 'Z')
      .replace(' ', 'T')
      .replace(/ (?=[+-]\d)/, ''),
  )
}
