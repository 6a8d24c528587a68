// Scenarios, plain tests and reliability: what ran and passed, of what was declared (spec 2.8 to 2.10, 2.14, 2.16).
import { describe, expect, it } from '@jest/globals'
import type { MetricConfig } from '../../src/model/config.ts'
import type { Admitted, TestCase } from '../../src/model/evidence.ts'
import { codes, configOf, coverageFacts, lines, measured, performanceFacts, testCase, tests } from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'

const junit = (...cases: TestCase[]): Admitted => admitted('junit.xml', 'integration', tests(cases))
const scenario = (found: Admitted[], change: Partial<MetricConfig> = {}) =>
  measured(configOf({ family: 'scenario', level: 'integration', ...change }), found)

describe('a scenario of declared points', () => {
  const points = [
    { id: 'shop to stock', tests: ['**/stock/**', 'stock *'] },
    { id: 'shop to bank', tests: ['*bank*'] },
  ]
  const stock = testCase('has it', 'passed', { file: 'it/stock/a.test.ts' })
  it.each<[string, TestCase[], number]>([
    ['all pass', [stock, testCase('pays at the bank')], 100],
    ['one of a point’s tests fails', [stock, testCase('bank opens'), testCase('bank closes', 'failed')], 50],
    ['a point’s tests are skipped', [stock, testCase('bank', 'skipped')], 50],
    ['one of a point’s tests is skipped', [stock, testCase('bank opens'), testCase('bank closes', 'skipped')], 50],
    ['a point has no test', [stock], 50],
    [
      'by suite',
      [testCase('x', 'passed', { suite: 'Stock keeps' }), testCase('x', 'passed', { classname: 'GET /bank/account' })],
      100,
    ],
  ])('%s', (_, cases, value) => {
    const found = scenario([junit(...cases)], { points })
    expect(found).toMatchObject({ state: 'known', value, ratio: { total: 2, what: 'points' } })
  })

  it('names what is open', () => {
    expect(scenario([junit(stock)], { points }).reasons).toEqual([
      { code: 'items_open', args: { open: 1, total: 2, items: ['shop to bank'] } },
    ])
  })
})

describe('a scenario without points', () => {
  it('is its level’s tests, and says that nothing is declared', () => {
    const found = scenario([junit(testCase('a'), testCase('b', 'failed'), testCase('c', 'skipped'))])
    expect(found).toMatchObject({ state: 'known', value: 50, formula: '1 / 2 tests passed = 50 %', capped: 'fail' })
    expect(codes(found)).toEqual(['tests_failed', 'not_declared'])
  })

  it('is the tests its globs pick', () => {
    const cases = [testCase('a', 'passed', { file: 'it/db/a.ts' }), testCase('b', 'failed', { file: 'it/net/b.ts' })]
    expect(scenario([junit(...cases)], { tests: ['it/db/**'] })).toMatchObject({ value: 100, capped: null })
    expect(scenario([junit(...cases)], { tests: ['it/disk/**'] })).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'no_scope' }],
    })
  })

  it('never passes on an error outside its tests', () => {
    const found = scenario([admitted('junit.xml', 'integration', tests([testCase('a')], { suiteErrors: 1 }))])
    expect(found).toMatchObject({ value: 100, capped: 'fail' })
  })

  it('is not known without tests of its level', () => {
    expect(scenario([admitted('junit.xml', 'component', tests([testCase('a')]))])).toMatchObject({
      state: 'no_evidence',
      value: null,
    })
    expect(scenario([admitted('lcov.info', 'integration', coverageFacts(lines(1, 1)))])).toMatchObject({ state: 'no_evidence' })
  })

  it('takes coverage where its entry names a coverage report', () => {
    const named = admitted('lcov.info', 'integration', coverageFacts(lines(3, 4)), { declaredBy: claim({ metrics: ['m'] }) })
    expect(scenario([named])).toMatchObject({ state: 'known', value: 75, ratio: { what: 'lines' } })
  })

  it('with declared points is never told from coverage alone', () => {
    const named = admitted('lcov.info', 'integration', coverageFacts(lines(4, 4)), { declaredBy: claim({ metrics: ['m'] }) })
    const points = [{ id: 'bank', tests: ['*bank*'] }]
    expect(scenario([named], { points })).toMatchObject({ state: 'no_evidence', value: null })
    expect(scenario([named, junit(testCase('pays at the bank'))], { points })).toMatchObject({
      value: 100,
      ratio: { what: 'points' },
    })
    expect(scenario([named, junit(testCase('other'))], { points })).toMatchObject({ value: 0 })
  })
})

describe('tests', () => {
  const of = (...cases: TestCase[]) => measured(configOf({ family: 'tests', level: 'integration' }), [junit(...cases)])
  it.each<[string, TestCase[], number, string | null]>([
    ['all pass', [testCase('a'), testCase('b')], 100, null],
    ['skipped ones did not run', [testCase('a'), testCase('b', 'skipped')], 100, null],
    ['one fails', [testCase('a'), testCase('b', 'failed')], 50, 'fail'],
    ['one errs', [testCase('a', 'error')], 0, 'fail'],
    ['one needed two tries', [testCase('a', 'passed', { flaky: true })], 100, 'warn'],
  ])('%s', (_, cases, value, capped) => {
    expect(of(...cases)).toMatchObject({ state: 'known', value, capped })
  })

  it('are not known where none ran', () => {
    expect(of(testCase('a', 'skipped'))).toMatchObject({ state: 'no_evidence', value: null })
    expect(of()).toMatchObject({ state: 'no_evidence', value: null })
  })
})

describe('reliability', () => {
  const load = (good: number, total: number, path = 'k6.json'): Admitted =>
    admitted(path, 'service', performanceFacts([['x.rate', 1, null]], { events: { good, total, source: 'http_req_failed' } }))
  const reliability = (...found: Admitted[]) => measured(configOf({ family: 'reliability', level: 'service' }), found)

  it.each([
    [9990, 10_000, 99.9],
    [9991, 10_000, 99.91],
    [1000, 1000, 100],
    [0, 1000, 0],
    [99_999, 100_000, 99.999],
  ])('%d good of %d events', (good, total, value) => {
    expect(reliability(load(good, total))).toMatchObject({ state: 'known', value, ratio: { good, total, what: 'events' } })
  })

  it('adds up several runs', () => {
    expect(reliability(load(500, 500, 'a'), load(400, 500, 'b')).value).toBe(90)
  })

  it('is not known from too few events', () => {
    expect(reliability(load(999, 999))).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'sample_too_small', args: { found: 999, needed: 1000 } }],
    })
  })

  it('is not known from load tests that count no events', () => {
    const silent = admitted('hyperfine.json', 'service', performanceFacts([['x.mean', 1, 's']]))
    expect(reliability(silent)).toMatchObject({ state: 'no_evidence', value: null, reasons: [{ code: 'nothing_measured' }] })
    expect(reliability(silent, load(1000, 1000)).value).toBe(100)
    const named = { ...silent, declaredBy: claim({ metrics: ['m'] }) }
    expect(reliability(named, { ...load(1000, 1000), declaredBy: claim({ metrics: ['m'] }) }).state).toBe('no_evidence')
  })

  it('of nothing is unknown even where the config asks for no minimum', () => {
    const config = configOf({ family: 'reliability', level: 'service', minEvents: 0 })
    expect(measured(config, [load(0, 0)])).toMatchObject({ state: 'no_evidence', value: null })
  })
})
