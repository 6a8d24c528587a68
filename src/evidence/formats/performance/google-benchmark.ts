// Google Benchmark's JSON (--benchmark_format=json): real and CPU time of each benchmark, repetitions and aggregates.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asNumber, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

const TIMES = ['real_time', 'cpu_time'] as const
const COEFFICIENTS = ['real_coefficient', 'cpu_coefficient'] as const
const RATES: Readonly<Record<string, string>> = { items_per_second: '1/s', bytes_per_second: 'B/s' }
/** Numbers of an entry that are no measurement. Any other number is a counter that the benchmark defines. */
const ABOUT = new Set([
  ...['family_index', 'per_family_instance_index', 'repetitions', 'repetition_index', 'threads', 'iterations', 'rms'],
  ...TIMES,
  ...COEFFICIENTS,
])

/**
 * - For each benchmark `NAME.real_time` and `NAME.cpu_time` in its own unit, `.items_per_second`, `.bytes_per_second`, and the
 *   counters that it defines (no unit).
 * - Repetitions: with several of one benchmark the name says which, from 0: `NAME[2].real_time`. Aggregates have the names that
 *   the tool gives them, `NAME_mean.real_time`; the coefficient of variation (`_cv`) and the error of a fit (`NAME_RMS.rms`) are
 *   shares of 1, and of `NAME_BigO` there are `.real_coefficient` and `.cpu_coefficient`.
 * - A benchmark that ended in an error (`error_occurred`) has no value, and is an error; a skipped one has no value. Both are said.
 * - Samples: iterations. Time: `context.date`, where it states its zone.
 * - Refused: an entry without a name, unit or time, two of one name.
 */
export const googleBenchmark: Format<'performance'> = {
  id: 'google-benchmark',
  kind: 'performance',
  title: 'Google Benchmark (JSON)',
  producers: ['Google Benchmark: `--benchmark_format=json`, `--benchmark_out`'],
  discovers: ['**/google-benchmark.json', '**/benchmark_out.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('context') === true &&
    /"(?:num_cpus|mhz_per_cpu|library_build_type|cpu_scaling_enabled)"\s*:/.test(text) &&
    /"benchmarks"\s*:\s*\[/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const { path } = source
    const root = asObject(readJson(source, limits), 'the report')
    const entries = asArray(field(root, 'benchmarks'), '"benchmarks"')
    const metrics = new Map<string, PerformanceMetric>()
    const problems: Problem[] = []
    const repeated = namesTwice(entries)
    let samples = 0
    let errors = 0
    for (const [index, value] of entries.entries())
      inside(
        () => `benchmarks[${index}]`,
        () => {
          const entry = asObject(value, 'the entry')
          const name = textAt(entry, 'name', limits)
          if (!name) throw refused('wrong_shape', '"name" is absent')
          const why = withoutValue(entry)
          if (why !== null) {
            if (why === 'failed') errors++
            problems.push(problem('no_value', `${name.slice(0, 200)} ${why}`, { path }))
            return
          }
          const shown = repeated.has(name) ? `${name}[${asCount(field(entry, 'repetition_index'), '"repetition_index"')}]` : name
          for (const metric of metricsOf(entry, shown)) {
            if (metrics.has(metric.name))
              throw refused('duplicate_name', `two figures are named ${JSON.stringify(metric.name.slice(0, 80))}`)
            metrics.set(metric.name, metric)
          }
          if (field(entry, 'run_type') !== 'aggregate') samples += asCount(field(entry, 'iterations') ?? 0, '"iterations"')
        },
      )
    if (metrics.size === 0) problems.push(problem('nothing_measured', 'holds no benchmark with a value', { path }))
    const context = objectAt(root, 'context') ?? {}
    const version = textAt(context, 'library_version', limits)
    return {
      facts: benchmarkFacts(metrics.values(), samples, errors),
      info: {
        producer: version ? `Google Benchmark ${version.slice(0, 100)}` : 'Google Benchmark',
        commit: null,
        createdAt: isoOf(field(context, 'date')),
      },
      problems: problems.slice(0, limits.problems),
    }
  },
}

/** `skipped` is a text in newer versions, `error_occurred` true in all. null: it ran. */
function withoutValue(entry: JsonObject): 'failed' | 'was skipped' | null {
  const is = (key: string) => ![undefined, null, false, ''].includes(field(entry, key) as undefined)
  if (is('error_occurred')) return 'failed'
  return is('skipped') ? 'was skipped' : null
}

function namesTwice(entries: readonly unknown[]): Set<unknown> {
  const seen = new Set<unknown>()
  const twice = new Set<unknown>()
  for (const value of entries) {
    const name = field(asObject(value, 'an entry'), 'name')
    if (seen.has(name)) twice.add(name)
    seen.add(name)
  }
  return twice
}

function metricsOf(entry: JsonObject, name: string): PerformanceMetric[] {
  const figure = (key: string, unit: string | null) => ({
    name: `${name}.${key}`,
    value: asCount(field(entry, key), `"${key}"`),
    unit,
  })
  if (field(entry, 'rms') !== undefined) return [figure('rms', 'ratio')]
  const share = field(entry, 'aggregate_unit') === 'percentage' || field(entry, 'aggregate_name') === 'cv'
  const unit = share ? 'ratio' : field(entry, 'time_unit')
  if (typeof unit !== 'string' || unit === '') throw refused('wrong_shape', '"time_unit" is absent')
  const fitted = field(entry, 'big_o') !== undefined
  const out: PerformanceMetric[] = (fitted ? COEFFICIENTS : TIMES).map((key) => figure(key, unit.slice(0, 40)))
  for (const [key, value] of Object.entries(entry)) {
    if (RATES[key]) out.push(figure(key, share ? 'ratio' : RATES[key]))
    else if (typeof value === 'number' && !ABOUT.has(key))
      out.push({ name: `${name}.${key}`, value: asNumber(value, 'a counter'), unit: share ? 'ratio' : null })
  }
  return out
}
