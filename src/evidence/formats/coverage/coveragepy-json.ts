// `coverage json` of coverage.py: executed and missing lines and branches of each file, summaries and totals.
import type { CoverageTotals } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { addBranches } from '../../coverage/by-line.ts'
import { countedFiles, headlineOf, NO_TOTALS, noticeOf, totalOf } from '../../coverage/facts.ts'
import { lineNumber, statedRatio } from '../../coverage/json-places.ts'
import { settle, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { isoOfEpoch } from '../../scan/epoch.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'

/**
 * - Read: `executed_lines`, `missing_lines`, `executed_branches`, `missing_branches` of each file; `totals`; `meta` for the
 *   version and the time. Headline: `percent_covered`, which mixes lines and branches where branches were measured.
 *   `functions` and `classes` repeat the same lines and are not read.
 * - An excluded line does not count, even where it ran: older versions list it as executed all the same, and leave it out
 *   of their totals, which is said. Where counted and stated totals still differ, the lower share is used.
 */
export const coveragepyJson: Format<'coverage'> = {
  id: 'coveragepy-json',
  kind: 'coverage',
  title: 'coverage.py (JSON)',
  producers: ['`coverage json`', '`pytest --cov-report=json`'],
  discovers: ['**/coverage.json'],
  recognises: ({ jsonKeys, text }) => jsonKeys?.has('meta') === true && /"(?:branch_coverage|executed_lines)"\s*:/.test(text),
  read,
}

function read(source: ByteSource, limits: Limits): ReadResult<'coverage'> {
  const root = asObject(readJson(source, limits), 'the report')
  const store = new CoverageStore(source.path)
  let excluded = 0
  for (const [path, value] of Object.entries(asObject(field(root, 'files'), '"files"'))) {
    store.begin(path)
    excluded += inside(
      () => path.slice(0, 200),
      () => addFile(store, asObject(value, 'the entry')),
    )
  }
  const files = countedFiles(store)
  const counted = totalOf(files)
  const totals = objectAt(root, 'totals')
  const declared = totals && totalsOf(totals)
  const lines = settle(declared?.lines ?? null, counted.lines)
  const branches = settle(declared?.branches ?? null, counted.branches)
  const percent = totals && field(totals, 'percent_covered')
  const version = textAt(objectAt(root, 'meta') ?? {}, 'version', limits)
  return {
    facts: {
      kind: 'coverage',
      totals: { ...NO_TOTALS, lines: lines.ratio, branches: branches.ratio },
      declared,
      headline: headlineOf(declared?.branches ? 'lines and branches' : 'lines', typeof percent === 'number' ? percent : null),
      files,
    },
    info: {
      producer: version === null ? 'coverage.py' : `coverage.py ${version}`,
      commit: null,
      createdAt: isoOfEpoch(textAt(objectAt(root, 'meta') ?? {}, 'timestamp', limits)),
    },
    problems: [
      ...(excluded > 0 ? [excludedRan(excluded, source.path)] : []),
      ...noticeOf(lines, 'lines', declared?.lines ?? null, counted.lines, source.path),
      ...noticeOf(branches, 'branches', declared?.branches ?? null, counted.branches, source.path),
    ],
  }
}

function totalsOf(totals: JsonObject): CoverageTotals {
  return {
    ...NO_TOTALS,
    lines: statedRatio(totals, 'covered_lines', 'num_statements', 'lines'),
    branches: unlessEmpty(statedRatio(totals, 'covered_branches', 'num_branches', 'branches')),
  }
}

function excludedRan(count: number, path: string): Problem {
  const message = `lists ${count} ${count === 1 ? 'line' : 'lines'} both as executed and as excluded, which no total counts`
  return problem('declared_recount_differ', message, { path })
}

/** Returns how many lines are listed both as executed and as excluded. */
function addFile(store: CoverageStore, file: JsonObject): number {
  const excluded = new Set(arrayAt(file, 'excluded_lines') ?? [])
  let both = 0
  for (const [key, hits] of [
    ['executed_lines', 1],
    ['missing_lines', 0],
  ] as const) {
    for (const value of asArray(field(file, key), JSON.stringify(key))) {
      const line = lineNumber(value, `an entry of "${key}"`)
      if (!excluded.has(line)) store.line(line, hits)
      else if (hits > 0) both++
    }
  }
  const byLine = new Map<number, [covered: number, total: number]>()
  for (const [key, taken] of [
    ['executed_branches', 1],
    ['missing_branches', 0],
  ] as const) {
    for (const value of arrayAt(file, key) ?? []) {
      const [from] = asArray(value, `an entry of "${key}"`)
      addBranches(byLine, lineNumber(from, `the line of an entry of "${key}"`), taken, 1)
    }
  }
  for (const [line, [covered, total]] of byLine) store.branch(line, covered, total)
  return both
}
