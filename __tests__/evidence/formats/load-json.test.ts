// autocannon, Artillery: figures under the tools' own names, what was not answered has no latency and counts as failed.
import { describe, expect, it } from '@jest/globals'
import { artillery } from '../../../src/evidence/formats/performance/artillery.ts'
import { autocannon } from '../../../src/evidence/formats/performance/autocannon.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const textOf = (path: string) => new TextDecoder().decode(fixture(path))

describe('autocannon', () => {
  const read = (content: string | Uint8Array) => autocannon.read(sourceOf(content), DEFAULT_LIMITS)
  const report = (change: object) => JSON.stringify({ ...JSON.parse(textOf('autocannon/failing.json')), ...change })

  it('names and units as it writes them', () => {
    const { facts, info, problems } = read(fixture('autocannon/failing.json'))
    expect(facts.metrics).toContainEqual({ name: 'latency.p97_5', value: 0, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'latency.max', value: 13, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'requests.average', value: 14316, unit: '1/s' })
    expect(facts.metrics).toContainEqual({ name: 'requests.total', value: 14313, unit: 'count' })
    expect(facts.metrics).toContainEqual({ name: 'throughput.mean', value: 5638144, unit: 'B/s' })
    expect(facts.metrics).toContainEqual({ name: 'duration', value: 1.01, unit: 's' })
    expect(facts).toMatchObject({ samples: 14313, errors: 1432, events: { good: 12881, total: 14313 } })
    expect(info.createdAt).toBe('2026-11-26T10:43:06.065Z')
    expect(problems).toEqual([])
  })

  it.each([
    ['refused', 10818],
    ['timeout', 1],
  ])('%s: a latency of nothing is none, and every request failed', (name, requests) => {
    const { facts, problems } = read(fixture(`autocannon/failing-${name}.json`))
    expect(facts).toMatchObject({ samples: requests, errors: requests, events: { good: 0, total: requests } })
    expect(facts.metrics.filter((metric) => metric.name.startsWith('latency'))).toEqual([])
    expect(facts.metrics).toContainEqual({ name: 'errors', value: requests, unit: 'count' })
    expect(problems.map(({ code }) => code)).toEqual(['no_value'])
  })

  it('an answer with the wrong body is not good', () =>
    expect(read(fixture('autocannon/failing-body.json')).facts.events).toEqual({ good: 0, total: 20, source: '2xx' }))

  it('no request is nothing measured', () => {
    const { facts, problems } = read(fixture('autocannon/empty.json'))
    expect(facts).toMatchObject({ metrics: [], samples: 0, events: null })
    expect(problems.map(({ code }) => code)).toEqual(['nothing_measured'])
  })

  it('answers that are more than the requests are no events', () => {
    const { facts, problems } = read(report({ '2xx': 99999 }))
    expect(facts.events).toBeNull()
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it.each([{ errors: '0' }, { errors: -1 }, { '2xx': 1.5 }, { non2xx: null }, { mismatches: undefined }, { latency: {} }])(
    'refused %j',
    (change) => expect(() => read(report(change))).toThrow(),
  )
})

describe('Artillery', () => {
  const read = (content: string | Uint8Array) => artillery.read(sourceOf(content), DEFAULT_LIMITS)
  const changed = (path: string, change: object) => {
    const report = JSON.parse(textOf(path))
    return JSON.stringify({ ...report, aggregate: { ...report.aggregate, ...change } })
  }

  it('version 2: counters, rates and summaries under their names', () => {
    const { facts, info, problems } = read(fixture('artillery/valid.json'))
    expect(facts.metrics).toContainEqual({ name: 'http.response_time.p95', value: 1, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'http.response_time.count', value: 20, unit: 'count' })
    expect(facts.metrics).toContainEqual({ name: 'vusers.session_length.max', value: 23.4, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'plugins.metrics-by-endpoint.response_time./ok.p99', value: 1, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'http.request_rate', value: 11, unit: '1/s' })
    expect(facts.metrics).toContainEqual({ name: 'http.codes.500', value: 2, unit: 'count' })
    expect(facts).toMatchObject({ samples: 20, errors: 2, events: { good: 18, total: 20, source: 'http.codes' } })
    expect(info).toMatchObject({ producer: 'Artillery 2', createdAt: '2026-11-26T10:43:21.769Z' })
    expect(problems).toEqual([])
  })

  it('version 1: the figures of the aggregate', () => {
    const { facts, info, problems } = read(fixture('artillery/valid-1.json'))
    expect(facts.metrics).toContainEqual({ name: 'latency.median', value: 1.5, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'scenarioDuration.p99', value: 26.2, unit: 'ms' })
    expect(facts.metrics).toContainEqual({ name: 'rps.mean', value: 8.7, unit: '1/s' })
    expect(facts.metrics).toContainEqual({ name: 'codes.500', value: 2, unit: 'count' })
    expect(facts).toMatchObject({ samples: 20, errors: 2, events: { good: 18, total: 20, source: 'codes' } })
    expect(info.producer).toBe('Artillery 1')
    expect(problems).toEqual([])
  })

  it.each(['failing', 'failing-1'])('%s: what nobody answered has no response time, and all of it failed', (name) => {
    const { facts } = read(fixture(`artillery/${name}.json`))
    expect(facts).toMatchObject({ samples: 10, errors: 10, events: { good: 0, total: 10 } })
    expect(facts.metrics.filter((metric) => metric.unit === 'ms')).toEqual([])
    expect(facts.metrics).toContainEqual({ name: 'errors.ECONNREFUSED', value: 10, unit: 'count' })
  })

  it('a statistic without a value is said', () =>
    expect(read(fixture('artillery/failing-1.json')).problems.map(({ code }) => code)).toEqual(['no_value', 'no_value']))

  it('without HTTP the virtual users are the events, and what own code measured has no unit', () => {
    const { facts } = read(
      changed('artillery/valid.json', {
        counters: { 'vusers.created': 10, 'vusers.completed': 7, 'vusers.failed': 3 },
        summaries: { basket_drift: { min: -2, count: 4 } },
      }),
    )
    expect(facts).toMatchObject({ samples: 10, errors: 3, events: { good: 7, total: 10, source: 'vusers' } })
    expect(facts.metrics).toContainEqual({ name: 'basket_drift.min', value: -2, unit: null })
  })

  it.each([
    [
      'artillery/valid.json',
      { counters: { 'vusers.created': 10, 'vusers.completed': 3, 'http.requests': 6, 'http.codes.200': 6 } },
    ],
    ['artillery/valid-1.json', { scenariosCompleted: 3 }],
  ])('%s: virtual users that never ended are said', (path, change) =>
    expect(read(changed(path, change)).problems.map(({ code }) => code)).toEqual(['truncated']),
  )

  it('more answers than requests are no events', () => {
    const { facts, problems } = read(changed('artillery/valid.json', { counters: { 'http.requests': 1, 'http.codes.200': 2 } }))
    expect(facts).toMatchObject({ events: null, errors: null })
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it('no request is nothing measured', () => {
    const { facts, problems } = read(fixture('artillery/empty.json'))
    expect(facts).toMatchObject({ metrics: [], samples: 0, events: null })
    expect(problems.map(({ code }) => code)).toEqual(['nothing_measured'])
  })

  it.each<[string, object]>([
    ['artillery/valid.json', { counters: { 'http.requests': '3' } }],
    ['artillery/valid.json', { counters: { 'http.requests': 1.5 } }],
    ['artillery/valid.json', { counters: null }],
    ['artillery/valid.json', { summaries: { 'http.response_time': { p95: -1 } } }],
    ['artillery/valid.json', { summaries: { 'http.codes': { 200: 1 } } }],
    ['artillery/valid-1.json', { latency: { min: 1 } }],
    ['artillery/valid-1.json', { codes: { 200: -1 } }],
    ['artillery/valid-1.json', { errors: undefined }],
    ['artillery/valid-1.json', { scenariosCreated: undefined }],
  ])('%s: refused with %j', (path, change) => expect(() => read(changed(path, change))).toThrow())
})
