// hyperfine --export-json: one entry per benchmarked command, times in seconds.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

const STATS = ['mean', 'stddev', 'median', 'min', 'max'] as const

/**
 * - `<command>.mean`, `.stddev`, `.median`, `.min`, `.max` in seconds. Runs that ended with another code than 0, or by a
 *   signal, are errors.
 */
export const hyperfine: Format<'performance'> = {
  id: 'hyperfine',
  kind: 'performance',
  title: 'hyperfine (JSON)',
  producers: ['`hyperfine --export-json`'],
  discovers: ['**/hyperfine.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('results') === true &&
    /"results"\s*:\s*\[\s*\{\s*"command"\s*:/.test(text) &&
    /"mean"\s*:/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const results = asArray(field(root, 'results'), '"results"')
    const problems: Problem[] = []
    const metrics = new Map<string, PerformanceMetric>()
    let samples = 0
    let errors: number | null = null
    for (const [index, value] of results.entries()) {
      inside(
        () => `results[${index}]`,
        () => {
          const entry = asObject(value, 'the entry')
          const command = textAt(entry, 'command', limits)
          if (command === null) throw refused('wrong_shape', '"command" is absent')
          if (metrics.has(`${command}.mean`)) {
            throw refused('duplicate_name', `two benchmarks are named ${JSON.stringify(command.slice(0, 80))}`, {
              hint: 'Give each a --command-name.',
            })
          }
          for (const stat of STATS) {
            const seconds = field(entry, stat) ?? null
            // The deviation of a single run is null.
            if (seconds === null && stat === 'stddev') continue
            metrics.set(`${command}.${stat}`, { name: `${command}.${stat}`, value: asCount(seconds, `"${stat}"`), unit: 's' })
          }
          samples += arrayAt(entry, 'times')?.length ?? 0
          const failed = failedRuns(entry)
          if (failed !== null) errors = (errors ?? 0) + failed
        },
      )
    }
    if (metrics.size === 0) problems.push({ code: 'nothing_measured', message: 'holds no benchmark' })
    return {
      facts: benchmarkFacts(metrics.values(), samples, errors),
      info: { producer: 'hyperfine', commit: null, createdAt: null },
      problems,
    }
  },
}

/** Runs that did not exit with 0: another code, or null for one ended by a signal. null: the report has no exit codes. */
function failedRuns(entry: JsonObject): number | null {
  return arrayAt(entry, 'exit_codes')?.filter((code) => code !== 0).length ?? null
}
