// Locust's JSON (--json, --json-file): one entry a request, from which its own table of figures is worked out again.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { locustNames } from './locust-names.ts'

const SHARES: Readonly<Record<string, number>> = {
  '50%': 0.5,
  '66%': 0.66,
  '75%': 0.75,
  '80%': 0.8,
  '90%': 0.9,
  '95%': 0.95,
  '98%': 0.98,
  '99%': 0.99,
  '99.9%': 0.999,
  '99.99%': 0.9999,
  '100%': 1,
}
const WHOLE = 'Aggregated'

/**
 * - The same names as of Locust's CSV, so that an objective means the same whichever file is given: `/basket.95%`,
 *   `Aggregated.Requests/s`, where a name has several methods `GET /basket.95%`. Times are milliseconds.
 * - The file has no row of all requests: `Aggregated` is added up here. Percentiles are taken, as Locust does, from response times
 *   that it has rounded; rates are over the time from the first request to the last one (Locust's own clock starts a
 *   moment earlier, so its rates are a little lower).
 * - Good and total events: all requests, those that failed aside.
 * - Requests without a response time (asynchronous ones) are in no time; where there are no others the times are left out, and
 *   it is said. Response times that are not as many as the requests are said too.
 * - Time: of the first request.
 * - Refused: a count that is negative or none, more failures than requests, two entries of one request.
 */
export const locustJson: Format<'performance'> = {
  id: 'locust-json',
  kind: 'performance',
  title: 'Locust statistics (JSON)',
  producers: ['`locust --headless --json`', '`locust --json-file PREFIX`'],
  discovers: ['**/locust.json', '**/locust-stats.json', '**/locust_stats.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'array' && ['num_requests', 'num_failures', 'total_response_time'].every((key) => jsonKeys?.has(key) === true),
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Entry {
  name: string
  method: string
  requests: number
  failures: number
  /** With a response time. */
  timed: number
  time: number
  bytes: number
  min: number
  max: number
  /** How many requests took so long, rounded, in milliseconds. */
  times: Map<number, number>
  began: number
  last: number
}

class Reader {
  private readonly problems: Problem[] = []

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'performance'> {
    const { path } = this.source
    const list = asArray(readJson(this.source, this.limits), 'the report')
    const entries = list.map((value, index) =>
      inside(
        () => `[${index}]`,
        () => this.entry(asObject(value, 'the entry')),
      ),
    )
    const whole = added(entries)
    const { requests, failures } = whole
    if (requests === 0) this.problems.push(problem('nothing_measured', 'holds no request', { path }))
    const metrics = requests === 0 ? [] : this.metrics([...entries, whole], Math.max(0, whole.last - whole.began))
    return {
      facts: {
        kind: 'performance',
        metrics,
        samples: requests,
        errors: failures,
        events: requests === 0 ? null : { good: requests - failures, total: requests, source: 'num_requests' },
        thresholds: [],
      },
      info: { producer: 'Locust', commit: null, createdAt: requests === 0 ? null : isoOf(whole.began * 1000) },
      problems: this.problems.slice(0, this.limits.problems),
    }
  }

  private entry(entry: JsonObject): Entry {
    const name = textAt(entry, 'name', this.limits)
    if (name === null || name === '') throw refused('wrong_shape', '"name" is absent')
    const [requests, failures] = [wholeAt(entry, 'num_requests'), wholeAt(entry, 'num_failures')]
    const untimed = wholeAt(entry, 'num_none_requests')
    if (failures > requests || untimed > requests) throw refused('impossible_total', 'more requests failed than there were')
    const times = new Map<number, number>()
    const written = asObject(field(entry, 'response_times'), '"response_times"')
    for (const text of Object.keys(written)) {
      if (!/^\d{1,15}(?:\.\d{1,15})?$/.test(text)) throw refused('bad_number', `${JSON.stringify(text.slice(0, 40))} is no time`)
      times.set(Number(text), wholeAt(written, text))
    }
    const timed = requests - untimed
    const found = sum([...times.values()])
    const shown = name.slice(0, 200)
    const { path } = this.source
    if (found !== timed)
      this.problems.push(problem('declared_recount_differ', `${shown}: ${timed} requests, but ${found} response times`, { path }))
    if (timed === 0) this.problems.push(problem('no_value', `${shown} has no response time`, { path }))
    return {
      name,
      method: textAt(entry, 'method', this.limits) ?? '',
      requests,
      failures,
      timed,
      time: countAt(entry, 'total_response_time'),
      bytes: countAt(entry, 'total_content_length'),
      min: timed === 0 ? Number.POSITIVE_INFINITY : countAt(entry, 'min_response_time'),
      max: timed === 0 ? 0 : countAt(entry, 'max_response_time'),
      times,
      began: countAt(entry, 'start_time'),
      last: countAt(entry, 'last_request_timestamp'),
    }
  }

  private metrics(entries: readonly Entry[], seconds: number): PerformanceMetric[] {
    const nameOf = locustNames(entries)
    const seen = new Set<string>()
    return entries.flatMap((entry) => {
      const name = nameOf(entry)
      if (seen.has(name)) throw refused('duplicate_name', `two entries are named ${JSON.stringify(name.slice(0, 80))}`)
      seen.add(name)
      return figures(entry, seconds).map(([column, value, unit]) => ({ name: `${name}.${column}`, value, unit }))
    })
  }
}

function added(entries: readonly Entry[]): Entry {
  const times = new Map<number, number>()
  for (const entry of entries) for (const [time, count] of entry.times) times.set(time, (times.get(time) ?? 0) + count)
  const total = (key: 'requests' | 'failures' | 'timed' | 'time' | 'bytes') => sum(entries.map((entry) => entry[key]))
  return {
    name: WHOLE,
    method: '',
    requests: total('requests'),
    failures: total('failures'),
    timed: total('timed'),
    time: total('time'),
    bytes: total('bytes'),
    min: entries.reduce((least, { min }) => Math.min(least, min), Number.POSITIVE_INFINITY),
    max: entries.reduce((most, { max }) => Math.max(most, max), 0),
    times,
    began: entries.reduce((first, { began }) => Math.min(first, began), Number.POSITIVE_INFINITY),
    last: entries.reduce((latest, { last }) => Math.max(latest, last), 0),
  }
}

function figures(entry: Entry, seconds: number): [column: string, value: number, unit: string][] {
  const { requests, failures, timed, min, max } = entry
  const out: [string, number, string][] = [
    ['Request Count', requests, 'count'],
    ['Failure Count', failures, 'count'],
  ]
  if (requests > 0) out.push(['Average Content Size', entry.bytes / requests, 'B'])
  if (seconds > 0) out.push(['Requests/s', requests / seconds, '1/s'], ['Failures/s', failures / seconds, '1/s'])
  if (timed === 0 || entry.times.size === 0) return out
  const sorted = [...entry.times].sort(([a], [b]) => b - a)
  out.push(
    ['Median Response Time', Math.min(max, Math.max(min, percentile(sorted, timed, 0.5))), 'ms'],
    ['Average Response Time', entry.time / timed, 'ms'],
    ['Min Response Time', min, 'ms'],
    ['Max Response Time', max, 'ms'],
  )
  for (const [column, share] of Object.entries(SHARES)) out.push([column, percentile(sorted, timed, share), 'ms'])
  return out
}

/** As Locust counts: from the longest down, until no more are left than the share. */
function percentile(sorted: readonly (readonly [time: number, count: number])[], timed: number, share: number): number {
  const within = Math.floor(timed * share)
  let passed = 0
  for (const [time, count] of sorted) {
    passed += count
    if (timed - passed <= within) return time
  }
  return sorted.at(-1)![0]
}

function countAt(object: JsonObject, key: string): number {
  return asCount(field(object, key), `"${key}"`)
}

function wholeAt(object: JsonObject, key: string): number {
  const value = countAt(object, key)
  if (!Number.isSafeInteger(value)) throw refused('bad_number', `"${key.slice(0, 40)}" is no whole number`)
  return value
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
