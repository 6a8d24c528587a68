// SimpleCov's .last_run.json: the percentages of the last run, and no number of lines behind them.
import { headlineOf, NO_TOTALS } from '../../coverage/facts.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asNumber, asObject, field } from '../../scan/json-fields.ts'

/** Newest first; before SimpleCov 0.19 there was `covered_percent` alone. */
const MEASURES = ['line', 'covered_percent', 'branch'] as const

/**
 * - Read: the percentage of `line` (formerly `covered_percent`), shown as the tool's own figure. It is measured by nothing:
 *   SimpleCov writes 100.0 for a run that loaded no file, so a percentage without its number of lines never counts.
 *   Give `.resultset.json`, which lies beside it.
 */
export const simplecovLastRun: Format<'coverage'> = {
  id: 'simplecov-last-run',
  kind: 'coverage',
  title: 'SimpleCov last run',
  producers: ['SimpleCov'],
  discovers: [],
  recognises: ({ text }) => /^\s*\{\s*"result"\s*:\s*\{\s*"(?:line|branch|covered_percent)"\s*:/.test(text),
  read(source, limits): ReadResult<'coverage'> {
    const result = asObject(field(asObject(readJson(source, limits), 'the report'), 'result'), '"result"')
    const measure = MEASURES.find((name) => field(result, name) !== undefined)
    if (measure === undefined) throw refused('wrong_shape', '"result" holds no percentage')
    const percent = asNumber(field(result, measure), JSON.stringify(measure))
    if (percent < 0 || percent > 100) throw refused('bad_number', `${percent} is no percentage`)
    return {
      facts: {
        kind: 'coverage',
        totals: NO_TOTALS,
        declared: null,
        headline: headlineOf(measure === 'branch' ? 'branches' : 'lines', percent),
        files: [],
      },
      info: { producer: 'SimpleCov', commit: null, createdAt: null },
      problems: [
        problem(
          'no_value',
          'states a percentage and not of how many lines, which may be none',
          { path: source.path },
          'Give .resultset.json, which SimpleCov writes beside it.',
        ),
      ],
    }
  },
}
