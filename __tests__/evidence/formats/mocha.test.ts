// Mocha's JSON and mochawesome: hooks that fail, retries, tests in no list, several runs in one file.
import { describe, expect, it } from '@jest/globals'
import { mochaJson } from '../../../src/evidence/formats/tests/mocha-json.ts'
import { mochawesome } from '../../../src/evidence/formats/tests/mochawesome.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('Mocha JSON', () => {
  const read = (content: string | Uint8Array) => mochaJson.read(sourceOf(content), DEFAULT_LIMITS)
  const entry = (title: string, more: object = {}) => ({ title, fullTitle: `basket ${title}`, file: 'a.js', err: {}, ...more })
  const report = (lists: { tests: object[]; passes?: object[]; failures?: object[]; pending?: object[] }, stats: object = {}) =>
    JSON.stringify({ stats: { suites: 1, ...stats }, passes: [], failures: [], pending: [], ...lists })

  it('reads what mocha wrote: a hook that failed is a suite error, one that passed at last is flaky', () => {
    const { facts, info, problems } = read(fixture('mocha-json/failing.json'))
    expect(facts).toMatchObject({
      totals: { total: 6, passed: 3, failed: 2, errors: 0, skipped: 1, flaky: 1 },
      // As mocha prints it: 4 failing, two of them hooks.
      declared: { total: 6, failed: 4, skipped: 1 },
      durationSeconds: 0.012,
      suiteErrors: 2,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[1]).toMatchObject({
      suite: 'basket',
      name: 'is wrong',
      file: '/repo/mocha-bad/basket.test.js',
      line: 6,
      outcome: 'failed',
      seconds: 0.009,
      message: '3 == 4',
    })
    expect(facts.cases[3]).toMatchObject({ name: 'passes at last', outcome: 'passed', flaky: true })
    expect(info.createdAt).toBe('2026-11-26T06:07:22.746Z')
  })

  it('lets no test pass that is in no list, or in two of which one is that of failures', () => {
    const [lost, both] = [entry('lost'), entry('both')]
    const { facts } = read(report({ tests: [lost, both], passes: [both], failures: [both] }))
    expect(facts.cases.map(({ outcome }) => outcome)).toEqual(['error', 'failed'])
    expect(facts.suiteErrors).toBe(0)
  })

  it('tells tests of one name apart by their number', () => {
    const twin = entry('twin')
    const { facts } = read(report({ tests: [twin, twin, twin], passes: [twin], failures: [twin], pending: [twin] }))
    expect(facts.totals).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 })
    expect(read(report({ tests: [twin, twin], passes: [twin, twin], failures: [twin] })).facts).toMatchObject({
      totals: { passed: 1, failed: 1 },
    })
  })

  it('lets no failure and no test disappear that only the statistics count', () => {
    const one = entry('one')
    const { facts, problems } = read(report({ tests: [one], passes: [one] }, { tests: 3, passes: 1, failures: 2, pending: 0 }))
    expect(facts).toMatchObject({ suiteErrors: 2, unfinished: true, totals: { total: 1, passed: 1 } })
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it('says that a run without tests measured nothing', () => {
    expect(read(fixture('mocha-json/empty.json')).problems).toMatchObject([{ code: 'nothing_measured' }])
  })

  it.each([
    ['no list of tests', JSON.stringify({ stats: {}, passes: [], failures: [] })],
    ['no list of failures', JSON.stringify({ stats: {}, tests: [entry('a')], passes: [entry('a')] })],
    ['no list', JSON.stringify({ stats: {}, tests: {}, passes: [], failures: [] })],
    ['a test without a title', JSON.stringify({ stats: {}, tests: [{}], passes: [], failures: [] })],
    ['a number in quotes', report({ tests: [] }, { tests: '3' })],
    ['a negative number', report({ tests: [] }, { failures: -1 })],
    ['a time that is none', report({ tests: [entry('a', { duration: 'NaN' })] })],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})

describe('mochawesome', () => {
  const read = (content: string | Uint8Array) => mochawesome.read(sourceOf(content), DEFAULT_LIMITS)
  const suite = (tests: object[], more: object = {}) => ({
    title: 'basket',
    tests,
    suites: [],
    beforeHooks: [],
    afterHooks: [],
    ...more,
  })
  const report = (results: unknown[], stats: object = {}) => JSON.stringify({ stats, results })

  it('reads what mochawesome wrote: what a hook kept from running is skipped, the hook a suite error', () => {
    const { facts, info, problems } = read(fixture('mochawesome/failing.json'))
    expect(facts).toMatchObject({
      totals: { total: 9, passed: 3, failed: 2, errors: 0, skipped: 4, flaky: 0 },
      declared: { total: 9, failed: 2 },
      durationSeconds: 0.013,
      suiteErrors: 2,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[1]).toMatchObject({ suite: 'basket', name: 'is wrong', line: 6, message: 'AssertionError: 3 == 4' })
    expect(info).toMatchObject({ producer: 'mochawesome 8.1.1', createdAt: '2026-11-26T06:07:23.810Z' })
  })

  it('reads several runs that mochawesome-merge put together, one of them without a test', () => {
    const { facts } = read(fixture('mochawesome/valid-merged.json'))
    expect(facts).toMatchObject({ totals: { total: 8, passed: 4, skipped: 4 }, suiteErrors: 0, unfinished: false })
    expect(facts.cases[1]?.suite).toBe('basket/counting')
  })

  it('takes the worse where state and flags differ, and an error where it knows neither', () => {
    const tests = [
      { title: 'a', state: 'passed', pass: true },
      { title: 'b', state: 'passed', fail: true },
      { title: 'c', state: 'PASSED', pass: true },
      { title: 'd', state: null, pass: false, fail: false, pending: false, skipped: false },
      { title: 'e', state: null, skipped: true },
      { title: 'f', pass: 'true' },
    ]
    expect(read(report([suite(tests)])).facts.cases.map(({ outcome }) => outcome)).toEqual([
      'passed',
      'failed',
      'error',
      'error',
      'skipped',
      'error',
    ])
  })

  it('counts failures that only the statistics know as suite errors, fewer tests than registered as unfinished', () => {
    const passed = suite([{ title: 'a', state: 'passed' }])
    expect(read(report([passed], { testsRegistered: 1, failures: 1, other: 0 })).facts.suiteErrors).toBe(1)
    expect(read(report([passed], { testsRegistered: 1, failures: 0, other: 2 })).facts.suiteErrors).toBe(2)
    expect(read(report([passed], { testsRegistered: 5, failures: 0 })).facts.unfinished).toBe(true)
  })

  it.each([
    ['no results', '{"stats":{}}'],
    ['results that are none', report([true])],
    ['a test without a title', report([suite([{ state: 'passed' }])])],
    ['tests that are no list', report([suite([], { tests: {} })])],
    ['a number in quotes', report([], { failures: '0' })],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})
