// Scenarios judged by their steps, browser tests by all their attempts.
import { describe, expect, it } from '@jest/globals'
import { cucumberJson } from '../../../src/evidence/formats/tests/cucumber-json.ts'
import { playwrightJson } from '../../../src/evidence/formats/tests/playwright-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('Cucumber JSON', () => {
  const read = (content: string | Uint8Array) => cucumberJson.read(sourceOf(content), DEFAULT_LIMITS)
  const step = (status: unknown, more: object = {}) => ({ keyword: 'Given ', name: 'a basket', result: { status, ...more } })
  const scenario = (steps: object[], more: object = {}) => ({
    type: 'scenario',
    keyword: 'Scenario',
    name: 'a',
    line: 3,
    steps,
    ...more,
  })
  const report = (...elements: object[]) => JSON.stringify([{ uri: 'a.feature', keyword: 'Feature', name: 'A', elements }])
  const outcomes = (...elements: object[]) => read(report(...elements)).facts.cases.map(({ outcome }) => outcome)

  it('reads what cucumber-js wrote', () => {
    const { facts, problems } = read(fixture('cucumber-json/failing.json'))
    // 10 scenarios (3 failed, 1 ambiguous, 1 undefined, 1 pending, 1 skipped, 2 passed, 1 unknown: without a step)
    expect(facts).toMatchObject({
      totals: { total: 10, passed: 2, failed: 4, errors: 0, skipped: 4, flaky: 0 },
      declared: null,
      suiteErrors: 2,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[2]).toMatchObject({
      suite: 'Basket',
      name: 'Several',
      file: 'features/basket.feature',
      line: 12,
      message: 'AssertionError [ERR_ASSERTION]: 2 == 3',
    })
    expect(facts.cases[3]).toMatchObject({ outcome: 'skipped', line: 20, message: 'undefined: I fly' })
  })

  it('reads what Cucumber of Ruby wrote: hooks at the background, an error as the first line of its message', () => {
    const { facts } = read(fixture('cucumber-json/failing-ruby.json'))
    // 10 scenarios (3 failed, 1 skipped, 1 undefined, 1 pending, 4 passed); of the one without a step there is no element
    expect(facts).toMatchObject({ totals: { total: 9, passed: 3, failed: 3, errors: 0, skipped: 3 }, suiteErrors: 2 })
    expect(facts.cases.at(-1)).toMatchObject({ name: 'Hooked', outcome: 'failed', message: 'the door is locked (RuntimeError)' })
  })

  it('reads what Cucumber-JVM writes: backgrounds as elements of their own, hooks beside steps', () => {
    expect(read(fixture('cucumber-json/valid-jvm.json')).facts).toMatchObject({
      totals: { total: 1, passed: 1 },
      suiteErrors: 0,
      cases: [{ name: 'Adding up', file: 'shop/basket.feature', line: 6, seconds: 0.008 }],
    })
  })

  it('lets a scenario pass only by steps that all passed, hooks and background included', () => {
    const failed = { result: { status: 'failed' } }
    const background = { type: 'background', keyword: 'Background', name: '', steps: [step('failed')] }
    expect(outcomes(scenario([step('passed')]))).toEqual(['passed'])
    expect(outcomes(scenario([step('passed'), step('skipped')]))).toEqual(['skipped'])
    expect(outcomes(scenario([step('passed')], { before: [failed] }))).toEqual(['failed'])
    expect(outcomes(scenario([step('passed')], { after: [failed] }))).toEqual(['failed'])
    expect(outcomes(scenario([{ ...step('passed'), after: [failed] }]))).toEqual(['failed'])
    expect(outcomes(background, scenario([step('passed')]), scenario([step('passed')]))).toEqual(['failed', 'passed'])
    expect(outcomes(scenario([]))).toEqual(['skipped'])
  })

  it('takes a status it does not know, or none, for an error', () => {
    expect(outcomes(...['PASSED ', 'ok', null, undefined, 1].map((status) => scenario([step(status)])))).toEqual(
      Array(5).fill('error'),
    )
    expect(outcomes(scenario([{ keyword: 'Given ', name: 'a' }]))).toEqual(['error'])
  })

  it('lets no run pass in which a step was never written', () => {
    const open = (status: string) => read(report(scenario([step('passed')]), scenario([step(status), step('skipped')]))).facts
    for (const status of ['undefined', 'pending']) {
      expect(open(status)).toMatchObject({ totals: { passed: 1, failed: 0, skipped: 1 }, suiteErrors: 1 })
    }
    expect(open('skipped').suiteErrors).toBe(0)
  })

  it('does not lose a background that failed with no scenario after it', () => {
    const background = (status: string) => ({ type: 'background', keyword: 'Background', steps: [step(status)] })
    expect(read(report(background('failed'))).facts.suiteErrors).toBe(1)
    const next = read(report(background('failed'), background('passed'), scenario([step('passed')]))).facts
    expect(next).toMatchObject({ suiteErrors: 1, totals: { total: 1, passed: 1 } })
  })

  it.each([
    ['what is no list', '{}'],
    ['a feature that is none', '[3]'],
    ['steps that are no list', report(scenario([], { steps: {} }))],
    ['a time in quotes', report(scenario([step('passed', { duration: '1' })]))],
    ['a negative time', report(scenario([step('passed', { duration: -1 })]))],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})

describe('Playwright JSON', () => {
  const read = (content: string | Uint8Array) => playwrightJson.read(sourceOf(content), DEFAULT_LIMITS)
  const passed = { expectedStatus: 'passed', status: 'expected', results: [{ status: 'passed', duration: 5 }] }
  const report = (tests: object[], more: object = {}) =>
    JSON.stringify({
      config: { rootDir: '/repo' },
      suites: [{ title: 'a.spec.js', specs: [{ title: 'opens', file: 'a.spec.js', line: 3, tests }] }],
      errors: [],
      ...more,
    })
  const one = (test: object) => read(report([{ ...passed, ...test }])).facts.cases[0]?.outcome

  it('reads what Playwright wrote: once per test and project, whatever the attempts', () => {
    const { facts, info, problems } = read(fixture('playwright-json/failing.json'))
    expect(facts).toMatchObject({
      // 4 failed, 1 flaky, 3 skipped, 3 passed
      totals: { total: 11, passed: 4, failed: 4, errors: 0, skipped: 3, flaky: 1 },
      declared: { total: 11, failed: 4, skipped: 3 },
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases.slice(0, 2).map(({ name, classname }) => [name, classname])).toEqual([
      ['opens', 'one'],
      ['opens', 'two'],
    ])
    const byName = new Map(facts.cases.map((test) => [test.name, test]))
    expect(byName.get('is wrong')).toMatchObject({
      suite: 'till.spec.js/till',
      file: '/repo/pw/till.spec.js',
      line: 4,
      outcome: 'failed',
    })
    expect(byName.get('passes at last')).toMatchObject({ outcome: 'passed', flaky: true })
    expect(byName.get('is known to be wrong')).toMatchObject({ outcome: 'passed', flaky: false })
    expect(byName.get('is believed to be wrong')).toMatchObject({ outcome: 'failed' })
    expect(info).toMatchObject({ producer: 'Playwright 1.65.1', createdAt: '2026-11-26T06:15:26.498Z' })
  })

  it('takes a file that cannot be loaded for a suite error', () => {
    expect(read(fixture('playwright-json/failing-error.json')).facts).toMatchObject({ totals: { total: 0 }, suiteErrors: 2 })
  })

  it('knows that a run stopped early did not finish', () => {
    expect(read(fixture('playwright-json/failing-stopped.json')).facts).toMatchObject({
      totals: { total: 11, passed: 1, failed: 1, skipped: 9 },
      suiteErrors: 1,
      unfinished: true,
    })
    expect(read(report([{ ...passed, results: [{ status: 'interrupted' }], status: 'skipped' }])).facts.unfinished).toBe(true)
    expect(read(report([passed])).facts.unfinished).toBe(false)
    expect(read(report([{ expectedStatus: 'skipped', status: 'skipped', results: [] }])).facts.unfinished).toBe(false)
  })

  it('lets nothing pass without an attempt that ended as expected', () => {
    expect(one({})).toBe('passed')
    expect(one({ results: [] })).toBe('error')
    expect(one({ results: [{ status: 'failed' }] })).toBe('error')
    expect(one({ results: [{ status: 'passed' }, { status: 'timedOut' }] })).toBe('error')
    expect(one({ status: 'flaky', results: [{ status: 'failed' }, { status: 'passed' }] })).toBe('passed')
    for (const status of ['passed', 'ok', null, true, undefined]) expect(one({ status })).toBe('error')
  })

  it('lets no failure and no test disappear that only the statistics count', () => {
    const { facts, problems } = read(report([passed], { stats: { expected: 1, unexpected: 2, flaky: 0, skipped: 0 } }))
    expect(facts).toMatchObject({ suiteErrors: 2, unfinished: true })
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it.each([
    ['no suites', '{"config":{}}'],
    ['a spec without a title', JSON.stringify({ suites: [{ specs: [{ tests: [] }] }] })],
    ['an attempt that is none', report([{ ...passed, results: ['passed'] }])],
    ['a number in quotes', report([passed], { stats: { unexpected: '1' } })],
    ['a negative time', report([{ ...passed, results: [{ status: 'passed', duration: -1 }] }])],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})
