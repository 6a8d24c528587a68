// Istanbul's coverage-final.json: every statement, function and branch of every file with its hits.
import type { CoverageTotals, FileCoverage } from '../../../model/evidence.ts'
import type { BranchHits } from '../../../model/hits.ts'
import { addBranches, branchHits, lineHits } from '../../coverage/by-line.ts'
import type { Format, ReadResult } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import {
  asArray,
  asCount,
  asObject,
  field,
  inside,
  isCount,
  isObject,
  type JsonObject,
  objectAt,
} from '../../scan/json-fields.ts'
import { readJsonParts } from '../../scan/json-parts.ts'

const MAX_LINE = 0xffffffff

/**
 * - States no totals: statements, functions and branch paths are counted one by one. A line is where a statement starts,
 *   with the most hits of those that do: istanbul-lib-coverage's own rule. Line facts: hits and branches per line.
 */
export const istanbulFinal: Format<'coverage'> = {
  id: 'istanbul-final',
  kind: 'coverage',
  title: 'Istanbul coverage map (JSON)',
  producers: ['nyc', 'c8', 'jest', 'vitest (`json`)'],
  discovers: ['**/coverage-final.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    /"(?:statementMap|fnMap|branchMap)"\s*:\s*\{/.test(head.text) &&
    // Reports of other things that carry such a map inside: k6's runs, `jest --json --coverage`.
    !head.jsonKeys?.has('runs') &&
    !head.jsonKeys?.has('numTotalTests'),
  read(source, limits): ReadResult<'coverage'> {
    const files = readJsonParts(source, limits, '{}', (rest, eachEntry) => {
      asObject(rest, 'the report')
      const read: FileCoverage[] = []
      eachEntry((value, name) =>
        read.push(
          inside(
            () => String(name).slice(0, 200),
            () => fileOf(String(name), asObject(value, 'the entry')),
          ),
        ),
      )
      return read
    })
    if (files.length === 0)
      throw refused('nothing_measured', 'holds no file', { hint: 'Check that the tests ran with coverage on.' })
    return {
      facts: { kind: 'coverage', totals: summed(files), declared: null, headline: null, files },
      info: { producer: null, commit: null, createdAt: null },
      problems: [],
    }
  },
}

function fileOf(name: string, entry: JsonObject): FileCoverage {
  // Some tools wrap the map of a file once more.
  const data = isObject(field(entry, 'data')) ? asObject(field(entry, 'data'), '"data"') : entry
  const [places, hits] = [need(data, 'statementMap'), need(data, 's')]
  const lines = new Map<number, number>()
  let covered = 0
  const statements = Object.keys(hits)
  const silent = Object.keys(places).find((id) => field(hits, id) === undefined)
  if (silent !== undefined) throw refused('wrong_shape', `statement ${silent.slice(0, 20)} has a place but no hits`)
  for (const id of statements) {
    const value = hits[id]
    const count = isCount(value) ? value : asCount(value, `statement ${id.slice(0, 20)}`)
    if (count > 0) covered++
    // istanbul-lib-coverage's own rule: a line is where a statement starts, with the most hits of those that do.
    const line = startLine(field(places, id))
    if (line === null) throw refused('wrong_shape', `statement ${id.slice(0, 20)} has hits but no place`)
    lines.set(line, Math.max(lines.get(line) ?? 0, count))
  }
  const functions = Object.values(need(data, 'f')).map((value) => asCount(value, 'a function'))
  const branches = branchesOf(need(data, 'branchMap'), need(data, 'b'))
  const path = field(data, 'path')
  return {
    path: (typeof path === 'string' && path !== '' ? path : name).replaceAll('\\', '/'),
    totals: {
      lines: { covered: [...lines.values()].filter((count) => count > 0).length, total: lines.size },
      statements: { covered, total: statements.length },
      functions: { covered: functions.filter((count) => count > 0).length, total: functions.length },
      branches: { covered: branches.covered, total: branches.total },
    },
    lines: lineHits(lines),
    branches: branches.hits,
  }
}

function need(data: JsonObject, key: string): JsonObject {
  const value = objectAt(data, key)
  if (value === null) throw refused('wrong_shape', `"${key}" is absent`)
  return value
}

/** null where the place says no line (an implicit else has an empty place). */
function startLine(place: unknown): number | null {
  const start = isObject(place) ? field(place, 'start') : null
  const line = isObject(start) ? field(start, 'line') : null
  return typeof line === 'number' && Number.isInteger(line) && line > 0 && line <= MAX_LINE ? line : null
}

function branchLine(place: unknown): number | null {
  if (!isObject(place)) return null
  const locations = field(place, 'locations')
  return (
    startLine(field(place, 'loc')) ??
    startLine({ start: { line: field(place, 'line') } }) ??
    startLine(Array.isArray(locations) ? locations[0] : null)
  )
}

function branchesOf(places: JsonObject, counts: JsonObject): { covered: number; total: number; hits: BranchHits } {
  const byLine = new Map<number, [number, number]>()
  let [covered, total] = [0, 0]
  for (const [id, value] of Object.entries(counts)) {
    const paths = asArray(value, `branch ${id.slice(0, 20)}`).map((count) => asCount(count, `branch ${id.slice(0, 20)}`))
    const taken = paths.filter((count) => count > 0).length
    covered += taken
    total += paths.length
    const line = branchLine(field(places, id))
    if (line === null) continue
    addBranches(byLine, line, taken, paths.length)
  }
  return { covered, total, hits: branchHits(byLine) }
}

function summed(files: FileCoverage[]): CoverageTotals {
  const sum = (measure: keyof CoverageTotals) => ({
    covered: files.reduce((all, file) => all + (file.totals[measure]?.covered ?? 0), 0),
    total: files.reduce((all, file) => all + (file.totals[measure]?.total ?? 0), 0),
  })
  return { lines: sum('lines'), branches: sum('branches'), functions: sum('functions'), statements: sum('statements') }
}
