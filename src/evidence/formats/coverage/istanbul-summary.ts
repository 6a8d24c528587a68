// Istanbul's json-summary: totals for the whole and for each file, as nyc, jest, vitest and c8 write it.
import type { CoverageTotals, FileCoverage, Ratio } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { settle, sumOf } from '../../coverage/settle.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asObject, countAt, field, inside, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'

const MEASURES = ['lines', 'branches', 'functions', 'statements'] as const

/**
 * - Lines, statements, functions, branches of `total` and of each file. `branchesTrue` and entries of other tools are no measure.
 * - The files are added up and compared with `total`; the lower share is used where they differ. A file that claims more
 *   covered than it holds counts as fully covered and no more; a total that does so is refused. Headline: `total.lines.pct`.
 */
export const istanbulSummary: Format<'coverage'> = {
  id: 'istanbul-summary',
  kind: 'coverage',
  title: 'Istanbul coverage summary (JSON)',
  producers: ['nyc', 'c8', 'jest', 'vitest (`json-summary`)'],
  discovers: ['**/coverage-summary.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    /"(?:lines|statements|functions|branches)"\s*:\s*\{\s*"(?:total|covered|skipped|pct)"\s*:/.test(head.text) &&
    !head.jsonKeys?.has('lines'),
  read(source, limits): ReadResult<'coverage'> {
    const root = asObject(readJson(source, limits), 'the report')
    const problems: Problem[] = []
    const files: FileCoverage[] = []
    const sums: CoverageTotals[] = []
    let total: JsonObject | null = null
    for (const [name, value] of Object.entries(root)) {
      const entry = inside(
        () => name.slice(0, 200),
        () => asObject(value, 'the entry'),
      )
      if (name === 'total') {
        total = entry
        continue
      }
      const totals = inside(
        () => name.slice(0, 200),
        () => totalsOf(entry),
      )
      sums.push(totals)
      files.push({ path: name.replaceAll('\\', '/'), totals: bounded(totals), lines: null, branches: null })
    }
    const declared =
      total &&
      inside(
        () => 'total',
        () => possible(totalsOf(total)),
      )
    if (!declared && files.length === 0) throw refused('nothing_measured', 'has neither totals nor files')
    const settled = MEASURES.map((measure) => settle(declared?.[measure] ?? null, sumOf(sums.map((totals) => totals[measure]))))
    if (settled.some(({ agree }) => agree === false)) {
      problems.push({
        code: 'declared_recount_differ',
        message: 'its totals are not the sums of its files; the lower share is used',
      })
    }
    const [lines, branches, functions, statements] = settled.map(({ ratio }) => ratio) as [
      Ratio | null,
      Ratio | null,
      Ratio | null,
      Ratio | null,
    ]
    const percent = total && field(objectAt(total, 'lines') ?? {}, 'pct')
    return {
      facts: {
        kind: 'coverage',
        totals: { lines, branches, functions, statements },
        declared,
        headline: typeof percent === 'number' && Number.isFinite(percent) ? { metric: 'lines', percent } : null,
        files,
      },
      info: { producer: null, commit: null, createdAt: null },
      problems,
    }
  },
}

function none(): CoverageTotals {
  return { lines: null, branches: null, functions: null, statements: null }
}

/** `branchesTrue` and any other entry is no measure of its own. */
function totalsOf(entry: JsonObject): CoverageTotals {
  const totals = none()
  for (const measure of MEASURES) {
    const part = field(entry, measure)
    if (part === undefined) continue
    if (!isObject(part)) throw refused('wrong_shape', `"${measure}" is not an object`)
    const [covered, all] = [countAt(part, 'covered'), countAt(part, 'total')]
    if (covered === null || all === null) throw refused('wrong_shape', `"${measure}" lacks its covered or total number`)
    totals[measure] = { covered, total: all }
  }
  if (MEASURES.every((measure) => totals[measure] === null)) throw refused('wrong_shape', 'the entry holds no coverage numbers')
  return totals
}

/** Never more covered than there is: some fixtures and merge tools write such files. */
function bounded(totals: CoverageTotals): CoverageTotals {
  const out = none()
  for (const measure of MEASURES) {
    const part = totals[measure]
    if (part) out[measure] = { covered: Math.min(part.covered, part.total), total: part.total }
  }
  return out
}

function possible(totals: CoverageTotals): CoverageTotals {
  for (const measure of MEASURES) {
    const part = totals[measure]
    if (part && part.covered > part.total)
      throw refused('impossible_total', `${part.covered} of ${part.total} ${measure} are covered`)
  }
  return totals
}
