// JMH's JSON results (-rf json): one score per benchmark, parameters and mode.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'

/**
 * - One measurement per entry: the score of `primaryMetric` in its `scoreUnit`, named as JMH prints it: the benchmark, then its
 *   parameters `(name=value)`. The same benchmark in another mode is told apart by `:mode`.
 * - A score that is NaN (a benchmark that failed) has no value: it is left out, and said.
 * - Secondary metrics (profilers) and the error of the score are not read.
 * - Refused: an entry without a benchmark or a score, two entries of one name and mode.
 */
export const jmh: Format<'performance'> = {
  id: 'jmh',
  kind: 'performance',
  title: 'JMH (JSON)',
  producers: ['JMH (`-rf json`), and its Gradle and Maven plugins'],
  discovers: ['**/jmh-result.json', '**/jmh-results.json', '**/jmh.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'array' && jsonKeys?.has('benchmark') === true && jsonKeys.has('mode') && /"primaryMetric"\s*:/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const list = asArray(readJson(source, limits), 'the report')
    const metrics = new Map<string, PerformanceMetric>()
    const problems: Problem[] = []
    let producer = 'JMH'
    for (const [index, value] of list.entries())
      inside(
        () => `[${index}]`,
        () => {
          const entry = asObject(value, 'the entry')
          const version = textAt(entry, 'jmhVersion', limits)
          if (version) producer = `JMH ${version.slice(0, 100)}`
          const plain = nameOf(entry)
          const name = metrics.has(plain) ? `${plain}:${String(field(entry, 'mode')).slice(0, 20)}` : plain
          if (metrics.has(name)) throw refused('duplicate_name', `two entries are named ${JSON.stringify(name.slice(0, 80))}`)
          const primary = asObject(field(entry, 'primaryMetric'), '"primaryMetric"')
          const score = field(primary, 'score')
          if (score === 'NaN') problems.push(problem('no_value', `${name.slice(0, 200)} has no score`, { path: source.path }))
          else metrics.set(name, { name, value: asCount(score, '"score"'), unit: textAt(primary, 'scoreUnit', limits) })
        },
      )
    if (metrics.size === 0) problems.push(problem('nothing_measured', 'holds no benchmark with a score', { path: source.path }))
    return {
      facts: { kind: 'performance', metrics: [...metrics.values()], samples: null, errors: null, events: null, thresholds: [] },
      info: { producer, commit: null, createdAt: null },
      problems,
    }
    function nameOf(entry: JsonObject): string {
      const benchmark = textAt(entry, 'benchmark', limits)
      if (!benchmark) throw refused('wrong_shape', '"benchmark" is absent')
      const params = Object.entries(objectAt(entry, 'params') ?? {}).map(([key, value]) => `${key}=${String(value)}`)
      return (params.length === 0 ? benchmark : `${benchmark}(${params.join(', ')})`).slice(0, limits.textLength)
    }
  },
}
