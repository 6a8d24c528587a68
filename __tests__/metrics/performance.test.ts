// Performance: objectives weighed, key objectives, units, names, and what is not known (spec 2.4, decision 2).
import { describe, expect, it } from '@jest/globals'
import type { Objective } from '../../src/model/config.ts'
import type { PerformanceFacts } from '../../src/model/evidence.ts'
import type { Comparator, Limit } from '../../src/model/limit.ts'
import { limit } from '../support/config.ts'
import { codes, configOf, measured, performanceFacts } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const objective = (sli: string, pass: Limit | Limit[], change: Partial<Objective> = {}): Objective => ({
  sli,
  pass: [pass].flat(),
  warn: [],
  weight: 1,
  key: false,
  origin: 'default',
  ...change,
})
const relative = (op: Comparator, value: number): Limit => ({
  terms: [{ op, value, unit: '%', mode: 'relative' }],
  text: `${op} +${value}%`,
  origin: 'default',
})
const under = (ms: number, unit = 'ms'): Limit => limit('<', ms, unit)

const RUN: [string, number, string | null][] = [
  ['http_req_duration.p(95)', 180, 'ms'],
  ['http_req_duration.med', 80, 'ms'],
  ['http_req_failed.rate', 0.005, 'ratio'],
  ['http_reqs.rate', 1500, '1/s'],
  ['own.p(99.9)', 12, null],
]
const performance = (objectives: Objective[], facts: PerformanceFacts = performanceFacts(RUN)) =>
  measured(configOf({ family: 'performance', objectives }), [admitted('k6.json', 'component', facts)])

describe('an objective', () => {
  it.each<[string, Objective, number]>([
    ['met', objective('http_req_duration.p(95)', under(200)), 100],
    ['at its limit', objective('http_req_duration.p(95)', under(180)), 0],
    ['just inside', objective('http_req_duration.p(95)', under(180.0000001)), 100],
    ['by another spelling of the statistic', objective('http_req_duration.p95', under(200)), 100],
    ['by the other name of the median', objective('http_req_duration.p50', under(100)), 100],
    ['of a fine percentile', objective('own.p99.9', limit('<', 20, '')), 100],
    ['in another unit', objective('http_req_duration.p95', under(0.2, 's')), 100],
    ['in another unit, not met', objective('http_req_duration.p95', under(0.1, 's')), 0],
    ['as a share in percent', objective('http_req_failed.rate', limit('<', 1, '%')), 100],
    ['as a share in percent, at its limit', objective('http_req_failed.rate', limit('<', 0.5, '%')), 0],
    ['as requests a second', objective('http_reqs.rate', limit('>', 1000, 'req/s')), 100],
    ['as requests a minute', objective('http_reqs.rate', limit('>', 100_000, 'req/min')), 0],
  ])('%s', (_, one, value) => {
    expect(performance([one])).toMatchObject({ state: 'known', value })
  })

  it('reads a rate from k6 --summary-export, which calls it value', () => {
    const old = performanceFacts([['http_req_failed.value', 0.02, 'ratio']])
    expect(performance([objective('http_req_failed.rate', limit('<', 1, '%'))], old).value).toBe(0)
  })

  it('is said in percent where its limit is', () => {
    const found = performance([objective('rate', limit('<', 0.05, '%'))], performanceFacts([['rate', 0.0017, 'ratio']]))
    expect(found.parts[0]!.detail).toBe('0.17 %, < 0.05 %')
    expect(found.reasons).toMatchObject([{ code: 'objective_failed', args: { actual: 0.17, unit: '%' } }])
    expect(found.slis).toMatchObject([{ value: 0.0017, unit: 'ratio' }])
  })

  it('is judged by the worst of several reports', () => {
    const config = configOf({ family: 'performance', objectives: [objective('a.p95', under(200))] })
    const reports = [150, 250, 100].map((ms, at) => admitted(`${at}.json`, 'component', performanceFacts([['a.p95', ms, 'ms']])))
    const found = measured(config, reports)
    expect(found.value).toBe(0)
    expect(found.reasons).toContainEqual({
      code: 'objective_failed',
      args: { sli: 'a.p95', actual: 250, unit: 'ms', limit: '< 200 ms' },
    })
  })
})

describe('the score', () => {
  const good = objective('http_req_duration.p95', under(200), { weight: 3 })
  const bad = objective('http_req_duration.med', under(10))
  it('is the weight of what is met', () => {
    expect(performance([good, bad])).toMatchObject({ value: 75, formula: '3 / 4 weight of 2 objectives = 75 %' })
  })

  it('counts a warning half', () => {
    const lax = objective('http_req_duration.med', under(10), { warn: [under(100)] })
    expect(performance([lax])).toMatchObject({ value: 50, capped: null })
    expect(codes(performance([lax]))).toContain('in_warn_band')
  })

  it('is 0 where a key objective fails', () => {
    const found = performance([good, { ...bad, key: true }])
    expect(found).toMatchObject({
      state: 'known',
      value: 0,
      formula: '3 / 4 weight of 2 objectives, but a key objective failed = 0 %',
    })
    expect(found.reasons).toContainEqual({ code: 'key_objective_failed', args: { sli: 'http_req_duration.med' } })
  })

  it('is 0 where a key objective is unknown, which is not called failed', () => {
    const slip = objective('http_req_duraton.p95', under(200), { key: true })
    const found = performance([good, slip])
    expect(found).toMatchObject({ value: 0, formula: '3 / 4 weight of 2 objectives, but a key objective is unknown = 0 %' })
    expect(found.reasons).toMatchObject([
      { code: 'key_objective_failed', args: { sli: 'http_req_duraton.p95', unknown: 'not measured' } },
      { code: 'objective_unknown', args: { sli: 'http_req_duraton.p95', near: 'http_req_duration.p95' } },
    ])
    const apart = { ...objective('http_req_duration.p95', limit('<', 1, 'MB')), key: true }
    expect(performance([bad, apart]).reasons[0]).toMatchObject({ args: { unknown: 'not comparable' } })
    expect(performance([good, objective('http_req_waiting.p95', under(200))]).reasons[0]!.args).not.toHaveProperty('near')
  })
})

describe('what is not known', () => {
  it('no objectives and no thresholds: unknown', () => {
    expect(performance([])).toMatchObject({ state: 'no_evidence', value: null, reasons: [{ code: 'no_objectives' }] })
  })

  it('an objective nobody measured: never met, never enough', () => {
    expect(performance([objective('nope.p95', under(1))])).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'objective_unknown', args: { sli: 'nope.p95' } }],
    })
    const half = performance([objective('nope.p95', under(1)), objective('http_req_duration.p95', under(200))])
    expect(half).toMatchObject({ state: 'known', value: 50, capped: 'fail' })
  })

  it('a measurement without a unit is held against no limit that has one', () => {
    expect(codes(performance([objective('own.p99.9', under(200))]))).toEqual(['objective_unit'])
    expect(performance([objective('http_req_duration.p95', limit('<', 1, 'MB'))]).state).toBe('no_evidence')
  })

  it('a relative limit without samples waits', () => {
    const found = performance([objective('http_req_duration.p95', [under(200), relative('<=', 10)])])
    expect(found).toMatchObject({ state: 'pending', value: null })
    expect(codes(found)).toEqual(['no_baseline'])
  })

  it('an absolute limit beside a relative one is judged on its own', () => {
    expect(performance([objective('http_req_duration.p95', [under(100), relative('<=', 10)])])).toMatchObject({
      state: 'known',
      value: 0,
    })
    const other = performance([
      objective('http_req_duration.p95', relative('<=', 10)),
      objective('http_req_duration.med', under(10)),
    ])
    expect(other).toMatchObject({ state: 'known', value: 0, capped: 'fail' })
  })

  it('an objective without a limit', () => {
    expect(performance([objective('http_req_duration.p95', [])]).state).not.toBe('known')
  })
})

describe('the load test’s own thresholds', () => {
  const thresholds = [
    { metric: 'http_req_duration', text: 'p(95)<200', ok: true },
    { metric: 'http_req_duration', text: 'med<50', ok: false },
  ]
  it('count where the config has none', () => {
    const found = performance([], performanceFacts(RUN, { thresholds }))
    expect(found).toMatchObject({
      value: 50,
      formula: '1 / 2 objectives = 50 %',
      ratio: { good: 1, total: 2, what: 'objectives' },
    })
    expect(found.reasons).toEqual([
      { code: 'objective_failed', args: { sli: 'http_req_duration', actual: 80, unit: 'ms', limit: 'med<50' } },
    ])
  })

  it('held on nothing that was measured is not met', () => {
    const facts = performanceFacts(RUN, { thresholds: [thresholds[0]!, { metric: 'x{a:b}', text: 'p(95)<1', ok: null }] })
    const found = performance([], facts)
    expect(found).toMatchObject({ value: 50, capped: 'fail' })
    expect(codes(found)).toEqual(['objective_unknown'])
  })

  it('do not where it has', () => {
    expect(performance([objective('http_req_duration.p95', under(200))], performanceFacts(RUN, { thresholds })).value).toBe(100)
  })
})
