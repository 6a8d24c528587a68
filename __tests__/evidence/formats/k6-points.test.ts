import { describe, expect, it } from '@jest/globals'
import { k6Csv } from '../../../src/evidence/formats/performance/k6-csv.ts'
import { k6Json } from '../../../src/evidence/formats/performance/k6-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { PerformanceFacts } from '../../../src/model/evidence.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const csv = (content: string | Uint8Array) => k6Csv.read(sourceOf(content, 'k6.csv'), DEFAULT_LIMITS)
const json = (content: string | Uint8Array) => k6Json.read(sourceOf(content, 'k6.json'), DEFAULT_LIMITS)
const figures = (facts: PerformanceFacts) => Object.fromEntries(facts.metrics.map(({ name, value }) => [name, value]))
const units = (facts: PerformanceFacts) => Object.fromEntries(facts.metrics.map(({ name, unit }) => [name, unit]))
const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)

/** What k6 wrote into the --summary-export of the run that both fixtures are of. */
const SUMMARY = {
  'http_req_duration.avg': 37.86008016666667,
  'http_req_duration.min': 4.715809,
  'http_req_duration.max': 60.99074,
  'http_reqs.count': 6,
  'iterations.count': 3,
  'data_received.count': 684,
  'checks.rate': 1,
  'checks.passes': 3,
  'checks.fails': 0,
  'http_req_failed.rate': 0,
  'http_req_failed.fails': 6,
  'basket_size.avg': 3,
}

function expectSummary(facts: PerformanceFacts): void {
  const found = figures(facts)
  for (const [name, value] of Object.entries(SUMMARY)) expect([name, found[name]]).toEqual([name, expect.closeTo(value, 5)])
}

describe('k6 measurements', () => {
  it.each([
    ['CSV', () => csv(fixture('k6-csv/valid.csv'))],
    ['JSON lines', () => json(fixture('k6-json/valid.json'))],
  ])('as %s have the names and figures of the summary that k6 made of them', (_, read) => {
    const { facts, problems } = read()
    expectSummary(facts)
    expect(facts).toMatchObject({
      samples: 6,
      errors: 0,
      events: { good: 6, total: 6, source: 'http_req_failed' },
      thresholds: [],
    })
    expect(units(facts)).toMatchObject({
      'http_req_duration.p(95)': 'ms',
      'http_req_failed.rate': 'ratio',
      'basket_size.avg': null,
    })
    expect(problems).toEqual([])
  })

  it.each([
    ['CSV', () => csv(fixture('k6-csv/failing.csv'))],
    ['JSON lines', () => json(fixture('k6-json/failing.json'))],
  ])('as %s show that every request failed', (_, read) =>
    expect(read().facts).toMatchObject({ samples: 4, errors: 4, events: { good: 0, total: 4, source: 'http_req_failed' } }),
  )

  it.each([
    ['CSV', () => csv(fixture('k6-csv/empty.csv'))],
    ['JSON lines', () => json(fixture('k6-json/empty.json'))],
  ])('as %s without a point measure nothing: a metric that is only named is no zero', (_, read) => {
    const result = read()
    expect(result.facts).toMatchObject({ metrics: [], events: null, samples: null, errors: null })
    expect(codes(result)).toEqual(['nothing_measured'])
  })
})

describe('k6 CSV', () => {
  const rows = (...list: [name: string, value: string | number, time?: string | number][]) =>
    `metric_name,timestamp,metric_value,extra_tags\n${list.map(([name, value, time = 1_700_000_000]) => `${name},${time},${value},\n`).join('')}`

  it('has nearest-rank percentiles', () => {
    const list = Array.from({ length: 100 }, (_, at): [string, number] => ['http_req_duration', at + 1])
    expect(figures(csv(rows(...list)).facts)).toMatchObject({
      'http_req_duration.med': 50,
      'http_req_duration.p(90)': 90,
      'http_req_duration.p(95)': 95,
      'http_req_duration.p(99)': 99,
    })
  })

  it.each([
    ['seconds', 1_700_000_000, 1_700_000_002],
    ['milliseconds', 1_700_000_000_000, 1_700_000_002_000],
    ['RFC 3339', '2023-11-14T22:13:20Z', '2023-11-14T23:13:22+01:00'],
  ])('has rates by the time from first to last, written in %s', (_, from, to) => {
    const { facts, info } = csv(rows(['http_reqs', 1, from], ['http_reqs', 1, to]))
    expect(figures(facts)).toMatchObject({ 'http_reqs.count': 2, 'http_reqs.rate': 1 })
    expect(info.createdAt).toBe('2023-11-14T22:13:20.000Z')
  })

  it('has no rate of a counter without a time', () =>
    expect(Object.keys(figures(csv(rows(['http_reqs', 1, 'later'])).facts))).toEqual(['http_reqs.count', 'http_reqs.avg']))

  it('keeps the last value of a gauge', () =>
    expect(figures(csv(rows(['vus', 5], ['vus', 1], ['vus', 3])).facts)).toMatchObject({
      'vus.value': 3,
      'vus.min': 1,
      'vus.max': 5,
    }))

  it('has the mean of every metric beside the names of the summary, for it states no types', () => {
    const { facts } = csv(
      rows(
        ['http_reqs', 1, 1_700_000_000],
        ['http_reqs', 2, 1_700_000_002],
        ['http_req_failed', 1],
        ['http_req_failed', 0],
        ['vus', 5],
        ['vus', 1],
        ['own', 2],
        ['own', 4],
      ),
    )
    const all = figures(facts)
    expect(all).toMatchObject({ 'http_reqs.avg': 1.5, 'http_req_failed.avg': 0.5, 'vus.avg': 3, 'own.avg': 3 })
    expect(all).toMatchObject({ 'http_reqs.count': 3, 'http_reqs.rate': 1.5, 'http_req_failed.rate': 0.5, 'vus.value': 1 })
    const names = facts.metrics.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
    expect(units(facts)).toMatchObject({ 'http_reqs.avg': 'count', 'http_req_failed.avg': 'ratio', 'vus.avg': null })
  })

  it('falls back to checks where no request was made', () =>
    expect(csv(rows(['checks', 1], ['checks', 0], ['iterations', 1])).facts).toMatchObject({
      samples: 1,
      errors: null,
      events: { good: 1, total: 2, source: 'checks' },
    }))

  it("leaves out a metric of the script's own that falls below zero, and says so", () => {
    const result = csv(rows(['drift', 1], ['drift', -1], ['vus', 1]))
    expect(Object.keys(figures(result.facts))).toEqual(['vus.value', 'vus.min', 'vus.max', 'vus.avg'])
    expect(codes(result)).toEqual(['no_value'])
  })

  it('leaves out metrics beyond two hundred and says so', () => {
    const many = Array.from({ length: 201 }, (_, at): [string, number] => [`own_${at}`, 1])
    const result = csv(rows(...many))
    expect(result.facts.metrics.filter(({ name }) => name.endsWith('.avg'))).toHaveLength(200)
    expect(codes(result)).toEqual(['too_many'])
  })

  it.each([
    ['a negative time', rows(['http_req_duration', -1]), 'can be no value', 2],
    ['NaN', rows(['vus', 1], ['http_req_duration', 'NaN']), 'can be no value', 3],
    ['infinity', rows(['own', '1e999']), 'can be no value', 2],
    ['a counter that counts down', rows(['http_reqs', -1]), 'can be no value', 2],
    ['half a failure', rows(['http_req_failed', 0.5]), 'can be no value', 2],
    ['a row without a metric', rows(['', 1]), 'names no metric', 2],
    ['a row that is cut off', `${rows(['vus', 1])}vus,1700000000,1`, 'cut off', 3],
    ['other columns', 'metric_name,metric_value,timestamp\n', 'first columns', 1],
  ])('refuses %s', (_, text, message, line) => {
    let thrown: unknown
    try {
      csv(text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ message: expect.stringContaining(message), problems: [{ line }] })
  })
})

describe('k6 JSON lines', () => {
  const metric = (name: string, type: string, contains = 'default') =>
    `{"type":"Metric","data":{"name":"${name}","type":"${type}","contains":"${contains}","thresholds":[],"submetrics":null},"metric":"${name}"}\n`
  const point = (name: string, value: string | number, tags = 'null') =>
    `{"metric":"${name}","type":"Point","data":{"time":"2023-11-14T22:13:20Z","value":${value},"tags":${tags}}}\n`

  it('goes by what the file says a metric is', () => {
    const text =
      metric('bought', 'counter') +
      metric('happy', 'rate') +
      metric('waited', 'trend', 'time') +
      point('bought', 3) +
      point('bought', 4) +
      point('happy', 1) +
      point('happy', 0) +
      point('waited', 5)
    const { facts } = json(text)
    expect(figures(facts)).toMatchObject({ 'bought.count': 7, 'happy.rate': 0.5, 'happy.passes': 1, 'waited.avg': 5 })
    expect(Object.keys(figures(facts)).filter((name) => name.endsWith('.avg'))).toEqual(['waited.avg'])
    expect(units(facts)).toMatchObject({ 'waited.avg': 'ms' })
  })

  it('reads a line in any other order, with escapes and nested tags, as the plain one', () => {
    const other =
      '{"type":"Point","data":{"value":7,"time":"2023-11-14T22:13:20Z","tags":{"a":"\\"}"},"metadata":{"b":{}}},"metric":"own"}\n'
    expect(json(other).facts).toEqual(json(point('own', 7, '{"a":"b"}')).facts)
  })

  it.each([
    ['a line that is cut off', `${point('own', 1)}{"metric":"own","type":"Po`, 'truncated', 2],
    ['a key twice', '{"metric":"own","type":"Point","data":{"value":9,"value":1,"time":""}}\n', 'json_duplicate_key', 1],
    ['a key twice behind the tags', point('own', 9, '{}},"data":{"value":1}').replace('}}}\n', '}}\n'), 'json_duplicate_key', 1],
    ['a number in quotes', point('own', '"1"'), 'wrong_shape', 1],
    ['no value', point('own', 'null'), 'wrong_shape', 1],
    ['a negative time', point('http_req_duration', -1), 'bad_number', 1],
    ['a line that is no object', `${point('own', 1)}hello\n`, 'json_malformed', 2],
    ['another type', '{"metric":"own","type":"Line","data":{}}\n', 'wrong_shape', 1],
    ['a point without a metric', '{"type":"Point","data":{"value":1}}\n', 'wrong_shape', 1],
  ])('refuses %s', (_, text, code, line) => {
    let thrown: unknown
    try {
      json(text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ problems: [{ code, line }] })
  })
})
