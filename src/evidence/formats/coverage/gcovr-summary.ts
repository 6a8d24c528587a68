// gcovr's JSON summary: lines, functions and branches of the whole and of each file, in numbers.
import type { CoverageTotals, FileCoverage } from '../../../model/evidence.ts'
import { headlineOf, NO_TOTALS, noticeOf, totalOf } from '../../coverage/facts.ts'
import { statedRatio } from '../../coverage/json-places.ts'
import { settle, unlessEmpty } from '../../coverage/settle.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asObject, field, inside, type JsonObject } from '../../scan/json-fields.ts'

/**
 * - Read: `line_covered` of `line_total`, functions and branches likewise, of the whole and of each file. Headline:
 *   `line_percent`. The files are added up and compared; where they differ the lower share is used. No line facts.
 */
export const gcovrSummary: Format<'coverage'> = {
  id: 'gcovr-summary',
  kind: 'coverage',
  title: 'gcovr summary (JSON)',
  producers: ['`gcovr --json-summary`'],
  discovers: ['**/gcovr-summary.json'],
  recognises: ({ jsonKeys }) => jsonKeys?.has('gcovr/summary_format_version') === true,
  read,
}

function read(source: ByteSource, limits: Limits): ReadResult<'coverage'> {
  const root = asObject(readJson(source, limits), 'the report')
  const files = asArray(field(root, 'files'), '"files"').map((value, at) => fileOf(asObject(value, `file ${at}`), at))
  const declared = totalsOf(root)
  if (declared.lines === null) throw refused('wrong_shape', 'lacks "line_covered" or "line_total"')
  const counted = totalOf(files)
  const settled = {
    lines: settle(declared.lines, counted.lines),
    branches: settle(declared.branches, counted.branches),
    functions: settle(declared.functions, counted.functions),
  }
  const percent = field(root, 'line_percent')
  return {
    facts: {
      kind: 'coverage',
      totals: {
        ...NO_TOTALS,
        lines: settled.lines.ratio,
        branches: settled.branches.ratio,
        functions: settled.functions.ratio,
      },
      declared,
      headline: declared.lines.total > 0 ? headlineOf('lines', typeof percent === 'number' ? percent : null) : null,
      files,
    },
    info: { producer: 'gcovr', commit: null, createdAt: null },
    problems: (['lines', 'branches', 'functions'] as const).flatMap((measure) =>
      noticeOf(settled[measure], measure, declared[measure], counted[measure], source.path),
    ),
  }
}

function fileOf(file: JsonObject, at: number): FileCoverage {
  const path = field(file, 'filename')
  if (typeof path !== 'string' || path === '') throw refused('wrong_shape', `file ${at} has no "filename"`)
  const totals = inside(
    () => path.slice(0, 200),
    () => totalsOf(file),
  )
  return { path: path.replaceAll('\\', '/'), totals, lines: null, branches: null }
}

function totalsOf(object: JsonObject): CoverageTotals {
  const part = (name: string) =>
    statedRatio(object, `${name}_covered`, `${name}_total`, name === 'branch' ? 'branches' : `${name}s`)
  return {
    ...NO_TOTALS,
    lines: part('line'),
    branches: unlessEmpty(part('branch')),
    functions: unlessEmpty(part('function')),
  }
}
