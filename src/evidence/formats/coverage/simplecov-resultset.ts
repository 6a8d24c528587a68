// SimpleCov's .resultset.json: what each named run measured, before SimpleCov filters it and makes its report.
import { countedFiles, totalOf } from '../../coverage/facts.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { earliest } from '../../scan/epoch.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, field, inside, type JsonObject } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { SimplecovBranches } from './simplecov-branches.ts'

const START = /^\s*\{\s*"(?:[^"\\]|\\.){0,1000}"\s*:\s*\{\s*"coverage"\s*:\s*\{\s*(?:\}|"(?:[^"\\]|\\.){0,4096}"\s*:\s*[{[])/

/**
 * - Read: `coverage` of each command, its lines as a list (before SimpleCov 0.18) or below `lines`, its `branches`; the
 *   earliest `timestamp`. Hits of several commands are added up line by line and branch by branch, as SimpleCov merges them.
 * - `null` and `"ignored"` are no code. Methods are not read. States no totals.
 * - This is what was measured, not yet what SimpleCov shows: its filters and `:nocov:` come later, so that its own figure
 *   may differ.
 */
export const simplecovResultset: Format<'coverage'> = {
  id: 'simplecov-resultset',
  kind: 'coverage',
  title: 'SimpleCov result set',
  producers: ['SimpleCov'],
  discovers: ['**/.resultset.json'],
  recognises: ({ text }) => START.test(text),
  read,
}

function read(source: ByteSource, limits: Limits): ReadResult<'coverage'> {
  const store = new CoverageStore(source.path)
  const branches = new Map<string, SimplecovBranches>()
  const times: (string | null)[] = []
  for (const [command, value] of Object.entries(asObject(readJson(source, limits), 'the report'))) {
    const addCommand = () => {
      const result = asObject(value, 'the entry')
      times.push(timeOf(result))
      for (const [path, file] of Object.entries(asObject(field(result, 'coverage'), '"coverage"'))) {
        store.begin(path)
        inside(
          () => path.slice(0, 200),
          () => addFile(store, file, () => branchesAt(branches, path)),
        )
      }
    }
    inside(() => JSON.stringify(command.slice(0, 80)), addCommand)
  }
  for (const [path, own] of branches) {
    store.begin(path)
    for (const [line, [covered, total]] of own.byLine()) store.branch(line, covered, total)
  }
  const files = countedFiles(store)
  return {
    facts: { kind: 'coverage', totals: totalOf(files), declared: null, headline: null, files },
    info: { producer: 'SimpleCov', commit: null, createdAt: earliest(times) },
    problems: [],
  }
}

/** Seconds since 1970, with or without a fraction. */
function timeOf(result: JsonObject): string | null {
  const time = field(result, 'timestamp')
  return typeof time === 'number' ? isoOf(Math.round(time * 1000)) : null
}

function branchesAt(all: Map<string, SimplecovBranches>, path: string): SimplecovBranches {
  const own = all.get(path) ?? new SimplecovBranches()
  all.set(path, own)
  return own
}

function addFile(store: CoverageStore, value: unknown, branches: () => SimplecovBranches): void {
  const file = Array.isArray(value) ? { lines: value } : asObject(value, 'the entry')
  for (const [index, hits] of asArray(field(file, 'lines'), '"lines"').entries()) {
    if (hits === null || hits === 'ignored') continue
    if (typeof hits === 'string') throw refused('wrong_shape', `line ${index + 1} is ${JSON.stringify(hits.slice(0, 40))}`)
    store.line(index + 1, asCount(hits, `line ${index + 1}`))
  }
  const own = field(file, 'branches') ?? null
  if (own !== null) branches().add(own)
}
