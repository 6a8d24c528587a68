// Artillery's JSON report (--output): what it adds up over the whole run, in the shapes of version 1 and of version 2.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asCount, asNumber, asObject, field, type JsonObject, objectAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'

const LATENCIES = ['latency', 'scenarioDuration']
const STATS = ['min', 'max', 'median', 'p95', 'p99']

/**
 * Of the `aggregate` alone; its parts in `intermediate` are not read.
 * - Version 1: `latency.p95` and `scenarioDuration.p95` in ms, each with `min`, `max`, `median`, `p95`, `p99`; `rps.count`,
 *   `rps.mean`; `codes.200`, `errors.ETIMEDOUT`.
 * - Version 2: counters and rates under their own names (`http.codes.200`, `http.request_rate`), summaries as
 *   `http.response_time.p95`. Response times and session lengths are ms; what own code measured has no unit.
 * - Good and total events: answers with a code below 400, of the requests. Version 1 counts no requests: they are the answers
 *   and the errors. Without HTTP, in version 2, virtual users that completed, of those created.
 * - Virtual users that neither completed nor failed were cut off: it is said.
 * - A statistic of nothing is `null`: left out, and said. Refused: a count that is negative or none.
 */
export const artillery: Format<'performance'> = {
  id: 'artillery',
  kind: 'performance',
  title: 'Artillery (JSON)',
  producers: ['`artillery run --output`'],
  discovers: ['**/artillery.json', '**/artillery-*.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('aggregate') === true &&
    /"(?:scenariosCreated|counters|firstCounterAt)"\s*:/.test(text) &&
    /"(?:scenariosCompleted|vusers\.[a-z_]{1,30}|http\.[a-z_]{1,30}|rates|summaries)[^"\n]{0,300}"\s*:/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const aggregate = asObject(field(asObject(readJson(source, limits), 'the report'), 'aggregate'), '"aggregate"')
    const reader = new Reader(source.path)
    const second = field(aggregate, 'summaries') !== undefined || field(aggregate, 'rates') !== undefined
    const facts = second ? reader.second(aggregate) : reader.first(aggregate)
    return {
      facts,
      info: {
        producer: second ? 'Artillery 2' : 'Artillery 1',
        commit: null,
        createdAt: isoOf(field(aggregate, second ? 'firstMetricAt' : 'timestamp')),
      },
      problems: reader.problems.slice(0, limits.problems),
    }
  },
}

class Reader {
  readonly problems: Problem[] = []
  private readonly metrics = new Map<string, PerformanceMetric>()

  constructor(private readonly path: string) {}

  first(aggregate: JsonObject): PerformanceFacts {
    const codes = countsOf(aggregate, 'codes')
    const errors = countsOf(aggregate, 'errors')
    for (const name of LATENCIES)
      this.group(
        name,
        STATS.map((stat) => [stat, field(asObject(field(aggregate, name), `"${name}"`), stat), 'ms']),
      )
    const rps = asObject(field(aggregate, 'rps'), '"rps"')
    this.group('rps', [
      ['count', field(rps, 'count'), 'count'],
      ['mean', field(rps, 'mean'), '1/s'],
    ])
    for (const [code, count] of codes) this.add({ name: `codes.${code}`, value: count, unit: 'count' })
    for (const [error, count] of errors) this.add({ name: `errors.${error}`, value: count, unit: 'count' })
    this.ended(countAt(aggregate, 'scenariosCreated'), countAt(aggregate, 'scenariosCompleted') + sum(errors))
    return this.facts(goodOf(codes), sum(codes) + sum(errors), 'codes')
  }

  second(aggregate: JsonObject): PerformanceFacts {
    const counters = countsOf(aggregate, 'counters')
    for (const [name, value] of counters) this.add({ name, value, unit: 'count' })
    for (const [name, value] of Object.entries(objectAt(aggregate, 'rates') ?? {}))
      if (value !== null) this.add({ name, value: asCount(value, quoted(name)), unit: '1/s' })
    for (const [name, value] of Object.entries(objectAt(aggregate, 'summaries') ?? {})) {
      const unit = /(?:^|\.)(?:response_time|session_length)(?:\.|$)/.test(name) ? 'ms' : null
      const stats = Object.entries(asObject(value, quoted(name)))
      this.group(
        name,
        stats.map(([stat, figure]) => [stat, figure, stat === 'count' ? 'count' : unit]),
      )
    }
    const created = counters.get('vusers.created') ?? 0
    const [completed, failed] = [counters.get('vusers.completed') ?? 0, counters.get('vusers.failed') ?? 0]
    this.ended(created, completed + failed)
    const requests = counters.get('http.requests')
    if (requests === undefined) return this.facts(completed, created, 'vusers')
    const codes = [...counters].filter(([name]) => name.startsWith('http.codes.'))
    return this.facts(goodOf(codes.map(([name, count]) => [name.slice('http.codes.'.length), count])), requests, 'http.codes')
  }

  private facts(good: number, total: number, source: string): PerformanceFacts {
    const { path } = this
    if (total === 0) this.problems.push({ code: 'nothing_measured', message: 'not one request was sent', path })
    const fits = good <= total
    if (!fits)
      this.problems.push({ code: 'declared_recount_differ', message: `${good} good answers, but ${total} requests`, path })
    return {
      kind: 'performance',
      metrics: total === 0 ? [] : [...this.metrics.values()],
      samples: total,
      errors: fits ? total - good : null,
      events: fits && total > 0 ? { good, total, source } : null,
      thresholds: [],
    }
  }

  private group(name: string, stats: [stat: string, value: unknown, unit: string | null][]): void {
    const known = stats.filter(([, value]) => value !== null)
    if (known.length < stats.length)
      this.problems.push({ code: 'no_value', message: `statistics of ${quoted(name)} have no value`, path: this.path })
    for (const [stat, value, unit] of known) {
      const what = quoted(`${name}.${stat}`)
      this.add({ name: `${name}.${stat}`, value: unit === null ? asNumber(value, what) : asCount(value, what), unit })
    }
  }

  private add(metric: PerformanceMetric): void {
    if (this.metrics.has(metric.name)) throw refused('duplicate_name', `two figures are named ${quoted(metric.name)}`)
    this.metrics.set(metric.name, metric)
  }

  private ended(created: number, ended: number): void {
    if (created <= ended) return
    const message = `${created - ended} of ${created} virtual users neither completed nor failed: the run was cut off`
    this.problems.push({ code: 'truncated', message, path: this.path })
  }
}

function countsOf(aggregate: JsonObject, key: string): Map<string, number> {
  const counts = asObject(field(aggregate, key), quoted(key))
  return new Map(Object.keys(counts).map((name) => [name, countAt(counts, name)]))
}

function countAt(object: JsonObject, key: string): number {
  const value = asCount(field(object, key), quoted(key))
  if (!Number.isSafeInteger(value)) throw refused('bad_number', `${quoted(key)} is no whole number`)
  return value
}

function goodOf(codes: Iterable<readonly [code: string, count: number]>): number {
  return sum([...codes].filter(([code]) => /^[123]\d\d$/.test(code)))
}

function sum(counts: Iterable<readonly [string, number]>): number {
  let total = 0
  for (const [, count] of counts) total += count
  return total
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80))
}
