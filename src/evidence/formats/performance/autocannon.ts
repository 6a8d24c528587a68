// autocannon's JSON (-j): latency, requests and throughput of one run, and what its answers were.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asCount, asObject, field, type JsonObject } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'

const STATS = ['average', 'mean', 'min', 'max', 'p50', 'p90', 'p97_5', 'p99']
/** `total` is a sum over the whole run, the other figures are of its seconds. */
const GROUPS = {
  latency: { unit: 'ms', stats: STATS },
  requests: { unit: '1/s', stats: [...STATS, 'total'] },
  throughput: { unit: 'B/s', stats: [...STATS, 'total'] },
} as const
const COUNTS = ['errors', 'timeouts', 'non2xx', '2xx'] as const

/**
 * - `latency.p99` in ms, `requests.average` in requests a second, `throughput.average` in bytes a second, each with `average`,
 *   `mean`, `min`, `max`, `p50`, `p90`, `p97_5`, `p99` (autocannon has no p95); `requests.total`, `throughput.total`; `errors`,
 *   `timeouts`, `non2xx`, `2xx`; `duration` in s.
 * - Requests: those that were answered and the `errors` (a timeout is one of them). Good is, as autocannon's own summary splits
 *   it, an answer of 2xx; one with another body than `--expectBody` asks for is not.
 * - A trap of autocannon: where nothing was answered it writes a latency of 0. It has no value, and is left out.
 * - Time: `start`.
 * - Refused: a figure or count that is absent, negative or none.
 */
export const autocannon: Format<'performance'> = {
  id: 'autocannon',
  kind: 'performance',
  title: 'autocannon (JSON)',
  producers: ['`autocannon -j`'],
  discovers: ['**/autocannon.json', '**/autocannon-*.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' && ['latency', 'throughput', 'non2xx', 'mismatches'].every((key) => jsonKeys?.has(key) === true),
  read(source, limits): ReadResult<'performance'> {
    const { path } = source
    const root = asObject(readJson(source, limits), 'the report')
    const [errors, , non2xx, success] = COUNTS.map((name) => wholeAt(root, name, name)) as [number, number, number, number]
    const wrongBody = wholeAt(root, 'mismatches', 'mismatches')
    const answered = success + non2xx
    const declared = wholeAt(asObject(field(root, 'requests'), '"requests"'), 'total', 'requests.total')
    const total = Math.max(answered, declared) + errors
    const good = Math.max(0, success - wrongBody)
    const problems: Problem[] = []
    if (total === 0) problems.push(problem('nothing_measured', 'not one request was sent', { path }))
    else if (answered === 0) problems.push(problem('no_value', 'nothing was answered: it has no latency', { path }))
    if (answered !== declared) {
      const message = `${success} answers of 2xx and ${non2xx} others, but ${declared} requests`
      problems.push(problem('declared_recount_differ', message, { path }))
    }
    return {
      facts: {
        kind: 'performance',
        metrics: total === 0 ? [] : metricsOf(root, answered > 0),
        samples: total,
        errors: total - good,
        events: total === 0 || answered !== declared ? null : { good, total, source: '2xx' },
        thresholds: [],
      },
      info: { producer: 'autocannon', commit: null, createdAt: isoOf(field(root, 'start')) },
      problems,
    }
  },
}

function metricsOf(root: JsonObject, answered: boolean): PerformanceMetric[] {
  const out: PerformanceMetric[] = []
  for (const [group, { unit, stats }] of Object.entries(GROUPS)) {
    const figures = asObject(field(root, group), `"${group}"`)
    for (const stat of stats) {
      const name = `${group}.${stat}`
      const value = asCount(field(figures, stat), `"${name}"`)
      if (answered || group !== 'latency') out.push({ name, value, unit: stat === 'total' ? 'count' : unit })
    }
  }
  for (const name of COUNTS) out.push({ name, value: wholeAt(root, name, name), unit: 'count' })
  out.push({ name: 'duration', value: asCount(field(root, 'duration'), '"duration"'), unit: 's' })
  return out
}

function wholeAt(object: JsonObject, key: string, name: string): number {
  const value = asCount(field(object, key), `"${name}"`)
  if (!Number.isSafeInteger(value)) throw refused('bad_number', `"${name}" is no whole number`)
  return value
}
