// k6's end-of-test summary: the JSON of handleSummary(), and the flatter one of --summary-export.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asNumber, asObject, field, inside, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'
import { isK6Time } from './k6-names.ts'

interface Metric {
  name: string
  values: JsonObject
  type: string
  time: boolean
}

/**
 * - Metrics are named `<metric>.<stat>` as k6 writes them: `http_req_duration.p(95)`. Times are milliseconds.
 * - Good and total events: of `http_req_failed`, whose `passes` are the requests that *failed*; else of `checks`. Where the rate
 *   and the counts contradict each other there are none.
 * - Thresholds: `{ "ok": true }` is met; in a `--summary-export` file `true` means crossed.
 */
export const k6Summary: Format<'performance'> = {
  id: 'k6-summary',
  kind: 'performance',
  title: 'k6 summary (JSON)',
  producers: ['k6: `handleSummary()` with `JSON.stringify(data)`', '`k6 run --summary-export`'],
  discovers: ['**/k6-summary.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys !== null &&
    /"metrics"\s*:\s*\{/.test(head.text) &&
    (['root_group', 'state', 'options'].some((key) => head.jsonKeys?.has(key)) ||
      /"(?:http_reqs|http_req_duration|iterations|iteration_duration|vus_max)"\s*:\s*\{/.test(head.text)),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const problems: Problem[] = []
    const metrics: PerformanceMetric[] = []
    const thresholds: PerformanceFacts['thresholds'] = []
    const byName = new Map<string, Metric>()
    for (const [name, value] of Object.entries(asObject(field(root, 'metrics'), '"metrics"'))) {
      inside(
        () => `metrics.${name.slice(0, 200)}`,
        () => {
          const written = asObject(value, 'the metric')
          const metric = metricOf(name, written)
          byName.set(name, metric)
          const own = thresholdsOf(name, written)
          const stats = statsOf(metric, problems)
          if (!withoutSamples(metric, own.length > 0)) {
            metrics.push(...stats)
            thresholds.push(...own)
            return
          }
          problems.push({
            code: 'no_value',
            message: `${name.slice(0, 200)} holds nothing but zeros, as without a sample: left out`,
          })
          thresholds.push(...own.map((one) => ({ ...one, ok: one.ok ? null : one.ok })))
        },
      )
    }
    if (metrics.length === 0)
      throw refused('nothing_measured', 'holds no metric', { hint: 'Check that the k6 test ran to its end.' })
    const failed = rateCounts(byName.get('http_req_failed'), problems)
    const checks = rateCounts(byName.get('checks'), problems)
    return {
      facts: {
        kind: 'performance',
        metrics,
        samples: failed?.total ?? countOf(byName, 'http_reqs') ?? countOf(byName, 'grpc_reqs') ?? countOf(byName, 'iterations'),
        errors: failed?.passes ?? null,
        // A trap of k6: a rate's `passes` counts what was true, and what is true of http_req_failed is that it failed.
        events: failed
          ? { good: failed.fails, total: failed.total, source: 'http_req_failed' }
          : checks && { good: checks.passes, total: checks.total, source: 'checks' },
        thresholds,
      },
      info: { producer: 'k6', commit: null, createdAt: null },
      problems: problems.slice(0, limits.problems),
    }
  },
}

function metricOf(name: string, metric: JsonObject): Metric {
  const values = objectAt(metric, 'values')
  if (values) {
    const type = field(metric, 'type')
    return { name, values, type: typeof type === 'string' ? type : typeFrom(values), time: field(metric, 'contains') === 'time' }
  }
  // --summary-export does not say what a metric contains.
  const type = typeFrom(metric)
  return { name, values: metric, type, time: type === 'trend' && isK6Time(name) }
}

/** Times that cannot be nothing: something was asked for and answered. */
const NEVER_ZERO =
  /^(?:http_req_(?:duration|waiting)|iteration_duration|group_duration|grpc_req_duration|ws_session_duration)(?:\{|$)/

/**
 * A trap of k6: a metric that only a threshold or a tag asks for is written without a single sample, all zeros, and every
 * "less than" holds on it. A tag that is misspelt looks like that.
 */
function withoutSamples({ name, type, values }: Metric, held: boolean): boolean {
  if (type === 'rate') return field(values, 'passes') === 0 && field(values, 'fails') === 0
  if (type !== 'trend') return false
  const count = field(values, 'count')
  if (typeof count === 'number') return count === 0
  const stats = Object.entries(values).filter(([stat]) => stat !== 'thresholds')
  return (NEVER_ZERO.test(name) || held || name.includes('{')) && stats.length > 0 && stats.every(([, value]) => value === 0)
}

function typeFrom(values: JsonObject): string {
  const has = (key: string) => field(values, key) !== undefined
  if (has('passes') && has('fails')) return 'rate'
  if (has('count') && has('rate')) return 'counter'
  return has('avg') || has('med') ? 'trend' : 'gauge'
}

function statsOf(metric: Metric, problems: Problem[]): PerformanceMetric[] {
  const out: PerformanceMetric[] = []
  for (const [stat, value] of Object.entries(metric.values)) {
    if (stat === 'thresholds' && typeof value === 'object') continue
    if (value === null) {
      problems.push({ code: 'no_value', message: `a statistic of the metric has no value: ${stat.slice(0, 40)}` })
      continue
    }
    out.push({ name: `${metric.name}.${stat}`, value: asNumber(value, stat.slice(0, 40)), unit: unitOf(metric, stat) })
  }
  return out
}

function unitOf({ type, time }: Metric, stat: string): string | null {
  if (type === 'rate') return stat === 'passes' || stat === 'fails' ? 'count' : 'ratio'
  if (type === 'counter') return stat === 'count' ? 'count' : '1/s'
  return time && type === 'trend' && stat !== 'count' ? 'ms' : null
}

/** handleSummary says `{ ok }`. --summary-export says a bare boolean, and there true means that the threshold was crossed. */
function thresholdsOf(name: string, metric: JsonObject): PerformanceFacts['thresholds'] {
  return Object.entries(objectAt(metric, 'thresholds') ?? {}).map(([text, verdict]) => ({
    metric: name,
    text,
    ok: isObject(verdict) ? field(verdict, 'ok') === true : verdict === false,
  }))
}

function countOf(metrics: Map<string, Metric>, name: string): number | null {
  const metric = metrics.get(name)
  const count = metric && field(metric.values, 'count')
  return typeof count === 'number' && count >= 0 ? count : null
}

function rateCounts(metric: Metric | undefined, problems: Problem[]): { passes: number; fails: number; total: number } | null {
  if (!metric) return null
  const { values, name } = metric
  const [passes, fails] = [field(values, 'passes'), field(values, 'fails')]
  const rate = field(values, 'rate') ?? field(values, 'value')
  if (typeof passes !== 'number' || typeof fails !== 'number' || passes < 0 || fails < 0) return null
  const total = passes + fails
  if (typeof rate === 'number' && total > 0 && Math.abs(rate - passes / total) > 1e-6) {
    const message = `${name}: the rate is not passes / (passes + fails), so its counts are not used as events`
    problems.push({ code: 'declared_recount_differ', message })
    return null
  }
  return { passes, fails, total }
}
