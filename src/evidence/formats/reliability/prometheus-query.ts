// What a Prometheus server (or Thanos, Mimir, VictoriaMetrics) answers to a query by its HTTP API.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { quote } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { countedEvents, isMarked, upSlices } from './prometheus-events.ts'
import { type Sample, type Series, sampleOf, seriesOf } from './prometheus-series.ts'

/**
 * The answer of `/api/v1/query` (vector, scalar) and `/api/v1/query_range` (matrix), as `curl` saves it.
 * - Measurements: each series by its label `sli`, which a query sets by `label_replace`; else as Prometheus writes it,
 *   `name{label="value"}` with the labels by name; one without labels is `value`. The label `unit` is its unit; without it the
 *   value is a plain number. Of a matrix `.avg`, `.min` and `.max` over its samples.
 * - Reliability: series with the label `events`, `good` or `bad`, and `total`, belong together by their other labels and are added
 *   up: `label_replace(sum(increase(http_requests_total{code!~"5.."}[30d])), "events", "good", "", "") or
 *   label_replace(sum(increase(http_requests_total[30d])), "events", "total", "", "")`. Of a matrix of `up` or
 *   `probe_success`, or of series with `events="slices"`, each sample is an event, good where it is 1. All series are held
 *   to the longest range: a slice without a sample counts as not good, and that is said. Where targets come and go ask for
 *   `max(up)` or the like.
 * - `NaN` and infinities are no values: left out with a notice, as are native histograms. An answer without series is no evidence.
 * - The report is as old as its last sample. What the server warns of is shown.
 * - Refused: an error, a value that is no number in quotes, two series of one name, events that lack their other half.
 */
export const prometheusQuery: Format<'performance'> = {
  id: 'prometheus-query',
  kind: 'performance',
  title: 'Prometheus query (JSON)',
  producers: ['the HTTP API of Prometheus', 'Thanos', 'Mimir', 'VictoriaMetrics'],
  discovers: ['**/prometheus-*.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('status') === true &&
    (jsonKeys.has('errorType') || (jsonKeys.has('data') && /"resultType"\s*:\s*"(?:vector|matrix|scalar|string)"/.test(text))),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the answer')
    const problems: Problem[] = warningsOf(root)
    const series = seriesIn(root, limits)
    const { range } = series
    const told = series.list.filter((one) => isTold(one, problems))
    const marked = told.filter(isMarked)
    const counters = marked.filter((one) => one.labels.get('events') !== 'slices' || !range)
    if (range && counters.length > 0)
      throw refused('wrong_shape', 'events are counted at one time, and this is a range', {
        hint: 'Ask /api/v1/query for them, with the window in the query: increase(...[30d]).',
      })
    const events = range ? upSlices(told, problems) : counters.length > 0 ? countedEvents(counters) : null
    const metrics = metricsOf(
      told.filter((one) => !isMarked(one)),
      range,
      problems,
    )
    if (metrics.length === 0 && events === null) problems.push({ code: 'nothing_measured', message: 'holds no value' })
    return {
      facts: { kind: 'performance', metrics, samples: null, errors: null, events, thresholds: [] } satisfies PerformanceFacts,
      info: { producer: null, commit: null, createdAt: isoOf(1000 * newest(series.list)) },
      problems,
    }
  },
}

function warningsOf(root: JsonObject): Problem[] {
  return (arrayAt(root, 'warnings') ?? []).map((one) => ({
    code: 'wrong_shape',
    message: `the server warns of its answer: ${quote(typeof one === 'string' ? one : 'of something that is no text')}`,
  }))
}

function seriesIn(root: JsonObject, limits: Limits): { list: Series[]; range: boolean } {
  if (field(root, 'status') !== 'success') {
    const said = textAt(root, 'error', limits) ?? textAt(root, 'status', limits) ?? ''
    throw refused('scan_failed', `the query failed: ${quote(said)}`, {
      hint: 'Try the query in the server, and let the step fail with it.',
    })
  }
  const data = asObject(field(root, 'data'), '"data"')
  const type = field(data, 'resultType')
  const result = field(data, 'result')
  if (type === 'scalar')
    return { list: [{ name: 'value', labels: new Map(), samples: [sampleOf(result)], histogram: false }], range: false }
  if (type !== 'vector' && type !== 'matrix')
    throw refused('wrong_shape', `"resultType" is ${quote(String(type))}, which holds no numbers`)
  const list = asArray(result, '"result"').map((one, index) =>
    inside(
      () => `result[${index}]`,
      () => {
        const series = seriesOf(one, limits)
        if (type === 'vector' && series.samples.length > 1) throw refused('wrong_shape', 'has several samples at one time')
        return series
      },
    ),
  )
  return { list, range: type === 'matrix' }
}

/** Native histograms hold no single value. */
function isTold({ name, samples, histogram }: Series, problems: Problem[]): boolean {
  if (histogram) problems.push({ code: 'no_value', message: `${quote(name)} has native histograms, which are not read` })
  return samples.length > 0
}

function metricsOf(series: readonly Series[], range: boolean, problems: Problem[]): PerformanceMetric[] {
  const names = new Set<string>()
  return series.flatMap(({ name, labels, samples }) => {
    if (names.has(name))
      throw refused('duplicate_name', `two series are named ${quote(name)}`, { hint: 'Keep a label that tells them apart.' })
    names.add(name)
    const values = samples.filter((one) => Number.isFinite(one.value))
    const lost = samples.length - values.length
    if (lost > 0)
      problems.push({ code: 'no_value', message: `${quote(name)} is no number${range ? ` in ${lost} samples` : ''}: left out` })
    const unit = labels.get('unit') ?? null
    if (values.length === 0) return []
    if (!range) return [{ name, value: values[0]!.value + 0, unit }]
    return statistics(values).map(([stat, value]) => ({ name: `${name}.${stat}`, value, unit }))
  })
}

function statistics(samples: readonly Sample[]): [string, number][] {
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { value } of samples) [sum, min, max] = [sum + value, Math.min(min, value), Math.max(max, value)]
  return [
    ['avg', sum / samples.length],
    ['min', min],
    ['max', max],
  ]
}

function newest(series: readonly Series[]): number {
  return series.reduce((last, { samples }) => Math.max(last, samples.at(-1)?.at ?? 0), 0)
}
