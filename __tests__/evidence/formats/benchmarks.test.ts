import { describe, expect, it } from '@jest/globals'
import { customBenchmark } from '../../../src/evidence/formats/performance/custom-benchmark.ts'
import { hyperfine } from '../../../src/evidence/formats/performance/hyperfine.ts'
import { k6Summary } from '../../../src/evidence/formats/performance/k6-summary.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('k6', () => {
  const read = (content: string | Uint8Array) => k6Summary.read(sourceOf(content), DEFAULT_LIMITS)
  const metric = (path: string, name: string) => read(fixture(path)).facts.metrics.find((one) => one.name === name)

  it.each(['k6-summary/valid.json', 'k6-summary/valid-export.json'])(
    '%s: of http_req_failed, passes are the requests that failed',
    (path) => {
      expect(read(fixture(path)).facts).toMatchObject({
        samples: 2000,
        errors: 2,
        events: { good: 1998, total: 2000, source: 'http_req_failed' },
      })
    },
  )

  it('names metrics and units as k6 does, in both dialects', () => {
    expect(metric('k6-summary/valid.json', 'http_req_duration.p(95)')).toEqual({
      name: 'http_req_duration.p(95)',
      value: 171.5,
      unit: 'ms',
    })
    expect(metric('k6-summary/valid-export.json', 'http_req_duration.p(95)')).toEqual({
      name: 'http_req_duration.p(95)',
      value: 171.5,
      unit: 'ms',
    })
    expect(metric('k6-summary/valid-export.json', 'basket_size.avg')).toMatchObject({ unit: null })
    expect(metric('k6-summary/valid.json', 'http_req_failed.rate')).toMatchObject({ value: 0.001, unit: 'ratio' })
    expect(metric('k6-summary/valid-export.json', 'http_req_failed.value')).toMatchObject({ value: 0.001, unit: 'ratio' })
    expect(metric('k6-summary/valid.json', 'data_received.rate')).toMatchObject({ unit: '1/s' })
  })

  it('reads thresholds: ok where handleSummary says ok, crossed where --summary-export says true', () => {
    expect(read(fixture('k6-summary/valid.json')).facts.thresholds.map(({ text, ok }) => [text, ok])).toEqual([
      ['rate<0.01', true],
      ['p(95)<200', true],
    ])
    expect(read(fixture('k6-summary/valid-export.json')).facts.thresholds.map(({ text, ok }) => [text, ok])).toEqual([
      ['rate<0.01', true],
      ['p(95)<150', false],
    ])
  })

  it.each(['{"ok":"true"}', '"true"', 'null', '{}', '1'])('a threshold of %s is not met', (verdict) => {
    const text = `{"metrics":{"a":{"type":"gauge","contains":"default","values":{"value":1},"thresholds":{"value<2":${verdict}}}}}`
    expect(read(text).facts.thresholds).toEqual([{ metric: 'a', text: 'value<2', ok: false }])
  })

  it('shows that every request failed', () => {
    expect(read(fixture('k6-summary/failing.json')).facts).toMatchObject({
      samples: 500,
      errors: 500,
      events: { good: 0, total: 500 },
    })
  })

  it('has no events where rate and counts contradict each other', () => {
    const swapped = new TextDecoder()
      .decode(fixture('k6-summary/failing.json'))
      .replace('"passes": 500, "fails": 0', '"passes": 0, "fails": 500')
    const { facts, problems } = read(swapped)
    expect(facts).toMatchObject({ events: null, errors: null })
    expect(problems.map(({ code }) => code)).toContain('declared_recount_differ')
  })

  it('falls back to checks, and to nothing', () => {
    const checks = '"checks":{"type":"rate","contains":"default","values":{"rate":0.75,"passes":3,"fails":1}}'
    expect(read(`{"metrics":{${checks}}}`).facts.events).toEqual({ good: 3, total: 4, source: 'checks' })
    expect(read('{"metrics":{"vus":{"value":1,"min":1,"max":1}}}').facts.events).toBeNull()
  })

  it('leaves out a statistic without a value and says so', () => {
    const { facts, problems } = read('{"metrics":{"a":{"type":"trend","contains":"time","values":{"avg":null,"max":2}}}}')
    expect(facts.metrics.map(({ name }) => name)).toEqual(['a.max'])
    expect(problems.map(({ code }) => code)).toEqual(['no_value'])
  })

  describe('what was never measured is no zero', () => {
    const none = { avg: 0, min: 0, med: 0, max: 0, 'p(90)': 0, 'p(95)': 0 }
    const summary = (name: string, metric: object) =>
      read(JSON.stringify({ metrics: { [name]: metric, http_reqs: { count: 9, rate: 1 } }, root_group: {} }))
    it.each<[string, object]>([
      ['http_req_duration{scenario:chekout}', none],
      ['http_req_duration', none],
      ['http_req_failed{scenario:chekout}', { passes: 0, fails: 0, value: 0 }],
      ['basket_time{kind:none}', { ...none, count: 0 }],
      ['http_req_duration{a:b}', { type: 'trend', contains: 'time', values: none }],
    ])('%s: %j', (name, metric) => {
      const { facts, problems } = summary(name, metric)
      expect(facts.metrics.map((one) => one.name)).toEqual(['http_reqs.count', 'http_reqs.rate'])
      expect(problems).toMatchObject([{ code: 'no_value' }])
    })
    it('holds no threshold either; one that was crossed stays crossed', () => {
      const thresholds = { 'p(95)<200': { ok: true }, 'p(95)>1': { ok: false } }
      const { facts } = summary('own_time', { type: 'trend', contains: 'time', values: none, thresholds })
      expect(facts.thresholds.map(({ ok }) => ok)).toEqual([null, false])
    })
    it.each<[string, object]>([
      ['http_req_tls_handshaking', none],
      ['http_req_duration{a:b}', { ...none, max: 0.1 }],
      ['own_time{a:b}', { ...none, count: 3 }],
      ['checks', { passes: 0, fails: 1, value: 0 }],
    ])('but %s: %j was', (name, metric) => {
      expect(summary(name, metric).facts.metrics.some((one) => one.name.startsWith(name))).toBe(true)
    })
  })

  it('refuses a summary without metrics', () => expect(() => read(fixture('k6-summary/empty.json'))).toThrow('no metric'))
})

describe('hyperfine', () => {
  const read = (content: string | Uint8Array) => hyperfine.read(sourceOf(content), DEFAULT_LIMITS)

  it('reads the statistics of each command in seconds', () => {
    const { facts } = read(fixture('hyperfine/valid.json'))
    expect(facts.metrics.map(({ name }) => name)).toEqual(
      ['sleep 0.01', 'sleep 0.02'].flatMap((command) =>
        ['mean', 'stddev', 'median', 'min', 'max'].map((stat) => `${command}.${stat}`),
      ),
    )
    expect(facts).toMatchObject({ samples: 10, errors: 0 })
    expect(new Set(facts.metrics.map(({ unit }) => unit))).toEqual(new Set(['s']))
  })

  it('counts runs that failed', () =>
    expect(read(fixture('hyperfine/failing.json')).facts).toMatchObject({ samples: 3, errors: 3 }))

  it('counts a run ended by a signal as failed, knows none without exit codes', () => {
    const entry = { command: 'a', mean: 1, stddev: null, median: 1, min: 1, max: 1, times: [1, 1] }
    expect(read(JSON.stringify({ results: [{ ...entry, exit_codes: [0, null] }] })).facts.errors).toBe(1)
    expect(read(JSON.stringify({ results: [entry] })).facts).toMatchObject({ errors: null, samples: 2 })
  })

  it('refuses two benchmarks of one name', () => {
    const entry = { command: 'a', mean: 1, median: 1, min: 1, max: 1 }
    expect(() => read(JSON.stringify({ results: [entry, entry] }))).toThrow('named "a"')
  })
})

describe('custom benchmark', () => {
  const read = (text: string) => customBenchmark.read(sourceOf(text), DEFAULT_LIMITS)

  it('keeps names, units and zero', () => {
    expect(read('[{"name":"size","unit":"kB","value":0},{"name":"drift","unit":"%","value":-1.5}]').facts.metrics).toEqual([
      { name: 'size', value: 0, unit: 'kB' },
      { name: 'drift', value: -1.5, unit: '%' },
    ])
  })

  it('refuses two entries of one name', () =>
    expect(() => read('[{"name":"a","value":1},{"name":"a","value":2}]')).toThrow('named "a"'))

  it('says that an empty list measures nothing', () =>
    expect(read('[]')).toMatchObject({ facts: { metrics: [] }, problems: [{ code: 'nothing_measured' }] }))

  describe('events', () => {
    const entries = (...list: [string, number][]) =>
      JSON.stringify(list.map(([name, value]) => ({ name, value, unit: 'events' })))

    it('are the pairs of good and total, added up', () => {
      const { facts } = read(entries(['a.good', 9], ['a.total', 10], ['b.total', 5], ['b.good', 5]))
      expect(facts.events).toEqual({ good: 14, total: 15, source: 'a, b' })
    })

    it('are none where the unit is another, or the name no half of a pair', () => {
      expect(read('[{"name":"a.good","unit":"ms","value":1}]').facts.events).toBeNull()
      expect(read(entries(['requests', 10])).facts.events).toBeNull()
    })

    it.each([
      ['a half', entries(['a.good', 9]), 'lacks its total'],
      ['the other half', entries(['a.total', 9]), 'lacks its good'],
      ['more good than there are', entries(['a.good', 11], ['a.total', 10], ['b.good', 0], ['b.total', 9]), 'more good'],
      ['a part of an event', entries(['a.good', 0.5], ['a.total', 1]), 'no whole number'],
      ['fewer than none', entries(['a.good', -1], ['a.total', 1]), 'no whole number'],
    ])('refuses %s', (_, text, message) => expect(() => read(text)).toThrow(message))
  })
})
