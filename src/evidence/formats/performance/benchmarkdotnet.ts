// BenchmarkDotNet's JSON exporters: the statistics of each benchmark, in nanoseconds.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asCount, asObject, countAt, field, inside, objectAt, textAt } from '../../scan/json-fields.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

const STATS = ['Mean', 'Median', 'Min', 'Max', 'StandardDeviation'] as const

/**
 * `*-report-brief.json`, `*-report-full.json`, `*-report-full-compressed.json`.
 * - For each benchmark `FULLNAME.Mean`, `.Median`, `.Min`, `.Max`, `.StandardDeviation` in ns, as far as they are there. The name
 *   is `FullName`, with its parameters; without one the method's.
 * - Samples: the measurements behind the statistics (`N`).
 * - A benchmark without statistics did not run to its end: it is left out, and said.
 */
export const benchmarkdotnet: Format<'performance'> = {
  id: 'benchmarkdotnet',
  kind: 'performance',
  title: 'BenchmarkDotNet (JSON)',
  producers: ['BenchmarkDotNet'],
  discovers: ['**/*-report-full.json', '**/*-report-full-compressed.json', '**/*-report-brief.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' && jsonKeys?.has('HostEnvironmentInfo') === true && /"Benchmarks"\s*:\s*\[/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const metrics = new Map<string, PerformanceMetric>()
    const problems: Problem[] = []
    const names = new Set<string>()
    let samples = 0
    for (const [index, value] of asArray(field(root, 'Benchmarks'), '"Benchmarks"').entries())
      inside(
        () => `Benchmarks[${index}]`,
        () => {
          const entry = asObject(value, 'the entry')
          const name = textAt(entry, 'FullName', limits) || textAt(entry, 'Method', limits)
          if (!name) throw refused('wrong_shape', '"FullName" is absent')
          if (names.has(name))
            throw refused('duplicate_name', `two benchmarks are named ${JSON.stringify(name.slice(0, 80))}`, {
              hint: 'Write the runs of one job into a report of their own.',
            })
          names.add(name)
          const stats = objectAt(entry, 'Statistics')
          if (stats === null)
            return void problems.push(problem('no_value', `${name.slice(0, 200)} has no statistics`, { path: source.path }))
          for (const stat of STATS) {
            const figure = field(stats, stat) ?? null
            if (figure === null && stat !== 'Mean') continue
            metrics.set(`${name}.${stat}`, { name: `${name}.${stat}`, value: asCount(figure, `"${stat}"`), unit: 'ns' })
          }
          samples += countAt(stats, 'N') ?? arrayAt(stats, 'OriginalValues')?.length ?? 0
        },
      )
    if (metrics.size === 0)
      problems.push(problem('nothing_measured', 'holds no benchmark with statistics', { path: source.path }))
    const version = textAt(objectAt(root, 'HostEnvironmentInfo') ?? {}, 'BenchmarkDotNetVersion', limits)
    return {
      facts: benchmarkFacts(metrics.values(), samples, null),
      info: { producer: version ? `BenchmarkDotNet ${version.slice(0, 100)}` : 'BenchmarkDotNet', commit: null, createdAt: null },
      problems,
    }
  },
}
