// pytest-benchmark's JSON (--benchmark-json): the statistics of each benchmark, in seconds.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, countAt, field, inside, objectAt, textAt } from '../../scan/json-fields.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

const STATS = { min: 's', max: 's', mean: 's', median: 's', stddev: 's', ops: '1/s' } as const

/**
 * - For each benchmark `FULLNAME.min`, `.max`, `.mean`, `.median`, `.stddev` in seconds, and `.ops` in operations a second.
 * - Samples: its rounds. Commit: `commit_info.id` where it is a full hash of a clean work tree. Time: `datetime`.
 * - Refused: a benchmark without name or statistics, two of one name.
 */
export const pytestBenchmark: Format<'performance'> = {
  id: 'pytest-benchmark',
  kind: 'performance',
  title: 'pytest-benchmark (JSON)',
  producers: ['`pytest --benchmark-json`'],
  discovers: ['**/pytest-benchmark.json', '**/benchmark-pytest.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('machine_info') === true &&
    (jsonKeys.has('commit_info') || /"commit_info"\s*:/.test(text)),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const metrics = new Map<string, PerformanceMetric>()
    let samples = 0
    for (const [index, value] of asArray(field(root, 'benchmarks'), '"benchmarks"').entries())
      inside(
        () => `benchmarks[${index}]`,
        () => {
          const entry = asObject(value, 'the entry')
          const name = textAt(entry, 'fullname', limits) ?? textAt(entry, 'name', limits)
          if (!name) throw refused('wrong_shape', '"fullname" is absent')
          if (metrics.has(`${name}.min`))
            throw refused('duplicate_name', `two benchmarks are named ${JSON.stringify(name.slice(0, 80))}`)
          const stats = asObject(field(entry, 'stats'), '"stats"')
          for (const [stat, unit] of Object.entries(STATS))
            metrics.set(`${name}.${stat}`, { name: `${name}.${stat}`, value: asCount(field(stats, stat), `"${stat}"`), unit })
          samples += countAt(stats, 'rounds') ?? 0
        },
      )
    const version = textAt(root, 'version', limits)
    const commit = objectAt(root, 'commit_info') ?? {}
    const id = field(commit, 'id')
    const made = field(root, 'datetime')
    const time = typeof made === 'string' && /(?:Z|[+-]\d\d:\d\d)$/.test(made) ? Date.parse(made) : Number.NaN
    return {
      facts: benchmarkFacts(metrics.values(), samples, null),
      info: {
        producer: version ? `pytest-benchmark ${version.slice(0, 100)}` : 'pytest-benchmark',
        commit: typeof id === 'string' && /^[0-9a-f]{40}$/.test(id) && field(commit, 'dirty') !== true ? id : null,
        createdAt: Number.isFinite(time) ? new Date(time).toISOString() : null,
      },
      problems: metrics.size === 0 ? [problem('nothing_measured', 'holds no benchmark', { path: source.path })] : [],
    }
  },
}
