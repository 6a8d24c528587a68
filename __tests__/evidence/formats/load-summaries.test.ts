import { describe, expect, it } from '@jest/globals'
import { gatlingGlobalStats } from '../../../src/evidence/formats/performance/gatling-global-stats.ts'
import { gatlingStats } from '../../../src/evidence/formats/performance/gatling-stats.ts'
import { locustStatsCsv } from '../../../src/evidence/formats/performance/locust-stats-csv.ts'
import { wrkText } from '../../../src/evidence/formats/performance/wrk-text.ts'
import { headOfText } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { PerformanceFacts } from '../../../src/model/evidence.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const text = (path: string) => new TextDecoder().decode(fixture(path))
const named = (facts: PerformanceFacts) =>
  Object.fromEntries(facts.metrics.map(({ name, value, unit }) => [name, `${value} ${unit}`]))
const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)

describe('Gatling global_stats.json', () => {
  const read = (content: string | Uint8Array) => gatlingGlobalStats.read(sourceOf(content), DEFAULT_LIMITS)
  const valid = text('gatling-global-stats/valid.json')

  it('reads every figure as Gatling calls it, and events from the requests', () => {
    const { facts, problems } = read(valid)
    expect(facts).toMatchObject({ samples: 18, errors: 1, events: { good: 17, total: 18, source: 'numberOfRequests' } })
    expect(problems).toEqual([])
    expect(named(facts)).toMatchObject({
      'numberOfRequests.ko': '1 count',
      'meanResponseTime.total': '75 ms',
      'percentiles3.ok': '136 ms',
      'group1.count': '17 count',
      'meanNumberOfRequestsPerSecond.total': '18 1/s',
    })
    expect(facts.metrics).toHaveLength(34)
  })

  it('has no good event where every request failed', () =>
    expect(read(fixture('gatling-global-stats/failing.json')).facts).toMatchObject({ errors: 9, events: { good: 0, total: 9 } }))

  it('says that no request was made', () =>
    expect(read(fixture('gatling-global-stats/empty.json'))).toMatchObject({
      facts: { samples: 0, metrics: [], events: null },
      problems: [{ code: 'nothing_measured' }],
    }))

  it('has no events where ok and ko are not the total, and counts the more errors', () => {
    const result = read(valid.replace('"ok": 17', '"ok": 15'))
    expect(result.facts).toMatchObject({ events: null, errors: 3 })
    expect(codes(result)).toEqual(['declared_recount_differ'])
  })

  it.each([
    ['more requests than there were', '"ok": 17', '"ok": 19', 'than there were'],
    ['a number in quotes', '"total": 18', '"total": "18"', 'a number of 0 or more'],
    ['a negative time', '"total": 48', '"total": -48', 'a number of 0 or more'],
    ['a part of a request', '"total": 18', '"total": 18.5', 'no whole number'],
  ])('refuses %s', (_, from, to, message) => expect(() => read(valid.replace(from, to))).toThrow(message))
})

describe('Gatling stats.json', () => {
  const read = (content: string | Uint8Array) => gatlingStats.read(sourceOf(content), DEFAULT_LIMITS)
  const valid = text('gatling-stats/valid.json')

  it('has the figures of global_stats.json, and those of each request behind its path', () => {
    const { facts } = read(valid)
    const whole = gatlingGlobalStats.read(sourceOf(fixture('gatling-global-stats/valid.json')), DEFAULT_LIMITS).facts
    expect(named(facts)).toMatchObject(named(whole))
    expect(facts).toMatchObject({ samples: 18, errors: 1, events: whole.events })
    expect(named(facts)).toMatchObject({
      'checkout / basket.numberOfRequests.ko': '1 count',
      'front page.numberOfRequests.ok': '6 count',
    })
  })

  it('refuses two requests of one path', () =>
    expect(() => read(valid.replaceAll('"checkout / pay"', '"checkout / basket"'))).toThrow('two requests are named'))

  it('leaves out requests beyond the first sixty and says so', () => {
    const stats = { numberOfRequests: { total: 1, ok: 1, ko: 0 } }
    const contents = Object.fromEntries(
      Array.from({ length: 70 }, (_, at) => [`req_${at}`, { type: 'REQUEST', path: `r${at}`, stats }]),
    )
    const result = read(JSON.stringify({ type: 'GROUP', pathFormatted: '', stats, contents }))
    expect(result.facts.metrics).toHaveLength(61 * 3)
    expect(codes(result)).toEqual(['too_many'])
  })
})

describe('Locust', () => {
  const read = (content: string | Uint8Array) => locustStatsCsv.read(sourceOf(content, 'a_stats.csv'), DEFAULT_LIMITS)
  const valid = text('locust-stats-csv/valid.csv')

  it('reads every column as Locust calls it; a name that two methods share goes with its method', () => {
    const { facts, problems } = read(valid)
    expect(facts).toMatchObject({ samples: 30, errors: 2, events: { good: 28, total: 30 } })
    expect(problems).toEqual([])
    expect(named(facts)).toMatchObject({
      'Aggregated.95%': '68 ms',
      'Aggregated.Request Count': '30 count',
      'GET /basket.Failure Count': '2 count',
      'POST /basket.Failure Count': '0 count',
      'the "front", page.Average Content Size': '3 B',
      'the "front", page.Requests/s': '7.150584416470043 1/s',
    })
  })

  it('reads the columns of versions before 1', () =>
    expect(read(fixture('locust-stats-csv/valid-0.csv')).facts).toMatchObject({
      samples: 12,
      errors: 1,
      events: { good: 11, total: 12 },
    }))

  it('has no value for N/A and says that no request was made', () =>
    expect(read(fixture('locust-stats-csv/empty.csv'))).toMatchObject({
      facts: { samples: 0, metrics: [], events: null },
      problems: [{ code: 'nothing_measured' }],
    }))

  it('says where the rows are not what the last one adds up to', () =>
    expect(codes(read(valid.replace(',Aggregated,30,', ',Aggregated,31,')))).toEqual(['declared_recount_differ']))

  it.each([
    ['a file without its last row', valid.slice(0, valid.indexOf(',Aggregated')), 'cut off'],
    ['a row that is cut off', valid.slice(0, -20), 'fields'],
    ['a negative number', valid.replace(',53,', ',-53,'), 'no figure'],
    ['NaN', valid.replace(',53,', ',nan,'), 'no figure'],
    ['a count that is none', valid.replace(',Aggregated,30,', ',Aggregated,N/A,'), 'no count'],
    ['more failures than requests', valid.replace(',Aggregated,30,2,', ',Aggregated,30,31,'), 'more requests failed'],
    ['two rows of one request', valid.replace('POST,/basket', 'GET,/basket'), 'named "GET /basket"'],
  ])('refuses %s', (_, content, message) => expect(() => read(content)).toThrow(message))

  it('is not the history that Locust writes beside it', () => {
    const known = (content: string) => locustStatsCsv.recognises(headOfText(content), 'a_stats.csv')
    expect(known('Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%\n')).toBe(false)
    expect(known(valid)).toBe(true)
  })
})

describe('wrk', () => {
  const read = (content: string | Uint8Array) => wrkText.read(sourceOf(content, 'wrk.txt'), DEFAULT_LIMITS)
  const valid = text('wrk-text/valid.txt')

  it('reads latencies with the units that are printed, requests and errors', () => {
    const { facts } = read(valid)
    expect(facts).toMatchObject({ samples: 152, errors: 16, events: { good: 136, total: 152 } })
    expect(named(facts)).toEqual({
      'latency.avg': '51.83 ms',
      'latency.stdev': '8.48 ms',
      'latency.max': '64.03 ms',
      'latency.p50': '52.03 ms',
      'latency.p75': '56.08 ms',
      'latency.p90': '60.03 ms',
      'latency.p99': '63.98 ms',
      requests_per_sec: '75.83 1/s',
      requests: '152 count',
    })
    expect(named(read(valid.replace(/51\.83ms/, '1.20m ').replace(/8\.48ms/, '900us ')).facts)).toMatchObject({
      'latency.avg': '1.2 min',
      'latency.stdev': '900 us',
    })
  })

  it('counts requests without an answer beside the answered ones, and timed out ones among them', () => {
    const errors = '  Socket errors: connect 1, read 2, write 3, timeout 4\n'
    expect(read(valid.replace('  Non-2xx', `${errors}  Non-2xx`)).facts).toMatchObject({
      samples: 158,
      errors: 26,
      events: { good: 132, total: 158 },
    })
  })

  it('reads the percentiles of wrk2, the corrected ones where there are two sets', () => {
    const second = '  Latency Distribution (HdrHistogram - Uncorrected Latency)\n 99.900%    1.00ms\n'
    const content = valid.replace('     99%   63.98ms\n', ` 99.900%   70.00ms\n${second}`)
    expect(named(read(content).facts)).toMatchObject({ 'latency.p99.9': '70 ms' })
  })

  it('says that nothing was answered', () =>
    expect(read(fixture('wrk-text/empty.txt'))).toMatchObject({
      facts: { samples: 0, metrics: [], events: null },
      problems: [{ code: 'nothing_measured' }],
    }))

  it.each([
    ['output that ends too early', valid.slice(0, valid.indexOf('Transfer')), 'ends before'],
    ['a time that is none', valid.replace('51.83ms', '-nan'), 'no time'],
    ['a count that cannot be read', valid.replace('responses: 16', 'responses: -16'), 'cannot be read'],
    ['more failures than requests', valid.replace('responses: 16', 'responses: 160'), 'more requests failed'],
    ['two runs', valid + valid, 'two runs'],
  ])('refuses %s', (_, content, message) => expect(() => read(content)).toThrow(message))
})
