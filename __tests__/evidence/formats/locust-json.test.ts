// Locust's JSON: the figures that Locust's own table has, under the names of its CSV, and the whole added up.
import { expect, it } from '@jest/globals'
import { locustJson } from '../../../src/evidence/formats/performance/locust-json.ts'
import { locustStatsCsv } from '../../../src/evidence/formats/performance/locust-stats-csv.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => locustJson.read(sourceOf(content), DEFAULT_LIMITS)
const entry = {
  name: '/basket',
  method: 'GET',
  start_time: 1795691537,
  last_request_timestamp: 1795691541,
  num_requests: 4,
  num_none_requests: 0,
  num_failures: 1,
  total_response_time: 1000,
  max_response_time: 698.5,
  min_response_time: 99.5,
  total_content_length: 40,
  response_times: { '100': 3, '700': 1 },
}
const of = (...entries: object[]) => JSON.stringify(entries)

/** What Locust 2.47's own classes answer, the file read back into them. */
it.each([
  ['GET /ok', [91, 0, 3, 2.8403084833081556, 1.172110998595599, 8.207229999243282, 225], [3, 3, 3, 3, 3, 5, 6, 8, 8, 8, 8]],
  [
    '/basket',
    [56, 5, 3, 3.1327858925059053, 1.2760350000462495, 27.002326998626813, 225],
    [3, 3, 3, 3, 3, 4, 13, 27, 27, 27, 27],
  ],
  [
    'POST /ok',
    [60, 0, 3, 3.489436367090093, 0.9886690022540279, 27.375281002605334, 225],
    [3, 3, 3, 3, 4, 5, 27, 27, 27, 27, 27],
  ],
  [
    'Aggregated',
    [207, 5, 3, 3.1075858163612486, 0.9886690022540279, 27.375281002605334, 225],
    [3, 3, 3, 3, 3, 4, 8, 27, 27, 27, 27],
  ],
])('%s: as Locust', (name, figures, percentiles) => {
  const columns = ['Request Count', 'Failure Count', 'Median Response Time', 'Average Response Time', 'Min Response Time']
  columns.push('Max Response Time', 'Average Content Size')
  columns.push(...['50%', '66%', '75%', '80%', '90%', '95%', '98%', '99%', '99.9%', '99.99%', '100%'])
  const { metrics } = read(fixture('locust-json/valid.json')).facts
  const found = columns.map((column) => metrics.find((metric) => metric.name === `${name}.${column}`)?.value)
  expect(found).toEqual([...figures, ...percentiles].map((value) => expect.closeTo(value, 9)))
})

it('has the names and units of the CSV', () => {
  const csv = locustStatsCsv.read(sourceOf(fixture('locust-stats-csv/valid.csv')), DEFAULT_LIMITS).facts.metrics
  const ofWhole = (metrics: typeof csv) =>
    metrics.flatMap(({ name, unit }) => (name.startsWith('Aggregated.') ? [`${name} ${unit}`] : [])).sort()
  expect(ofWhole(read(fixture('locust-json/valid.json')).facts.metrics)).toEqual(ofWhole(csv))
})

it('rates over the time from the first request to the last, events of all requests', () => {
  const { facts, info, problems } = read(of(entry, { ...entry, name: '/pay', start_time: 1795691536, num_failures: 0 }))
  expect(facts.metrics).toContainEqual({ name: '/basket.Requests/s', value: 4 / 5, unit: '1/s' })
  expect(facts.metrics).toContainEqual({ name: 'Aggregated.Requests/s', value: 8 / 5, unit: '1/s' })
  expect(facts.metrics).toContainEqual({ name: 'Aggregated.Failures/s', value: 1 / 5, unit: '1/s' })
  expect(facts).toMatchObject({ samples: 8, errors: 1, events: { good: 7, total: 8 } })
  expect(info.createdAt).toBe('2026-11-26T11:12:16.000Z')
  expect(problems).toEqual([])
})

it('the median lies between the shortest and the longest, which are not rounded', () => {
  const { metrics } = read(of({ ...entry, num_requests: 1, response_times: { '700': 1 }, min_response_time: 698.5 })).facts
  expect(metrics).toContainEqual({ name: '/basket.Median Response Time', value: 698.5, unit: 'ms' })
})

it('every request failed', () => {
  const { facts } = read(fixture('locust-json/failing.json'))
  expect(facts.samples).toBeGreaterThan(0)
  expect([facts.errors, facts.events?.good]).toEqual([facts.samples, 0])
})

it('requests without a time have none of 0', () => {
  const untimed = { ...entry, num_none_requests: 4, min_response_time: null, max_response_time: 0, response_times: {} }
  const { facts, problems } = read(of(untimed))
  expect(facts.metrics.filter(({ unit }) => unit === 'ms')).toEqual([])
  expect(facts.samples).toBe(4)
  expect(problems.map(({ code }) => code)).toEqual(['no_value'])
})

it('response times that are too few are said', () =>
  expect(read(of({ ...entry, response_times: { '100': 3 } })).problems.map(({ code }) => code)).toEqual([
    'declared_recount_differ',
  ]))

it('no entry is nothing measured', () =>
  expect(read('[]')).toMatchObject({
    facts: { metrics: [], samples: 0, events: null },
    problems: [{ code: 'nothing_measured' }],
  }))

it.each([
  [of({ ...entry, name: undefined })],
  [of({ ...entry, num_requests: '4' })],
  [of({ ...entry, num_requests: 4.5 })],
  [of({ ...entry, num_failures: 5 })],
  [of({ ...entry, num_none_requests: 5 })],
  [of({ ...entry, num_none_requests: undefined })],
  [of({ ...entry, total_response_time: -1 })],
  [of({ ...entry, min_response_time: null })],
  [of({ ...entry, response_times: { soon: 4 } })],
  [of({ ...entry, response_times: { '100': -4 } })],
  [of({ ...entry, response_times: null })],
  [of({ ...entry, last_request_timestamp: null })],
  [of(entry, entry)],
  [of({ ...entry, name: 'Aggregated', method: '' })],
  [of([])],
  ['{}'],
])('refused %s', (text) => expect(() => read(text)).toThrow())
