// What Dart's events promise: what is hidden is not counted, what did not end did not pass, late errors are heard.
import { describe, expect, it } from '@jest/globals'
import { dartJson } from '../../../src/evidence/formats/tests/dart-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => dartJson.read(sourceOf(content, 'report'), DEFAULT_LIMITS)
const file = (name: string) => read(fixture(`dart-json/${name}`))
const lines = (...events: (object | string)[]) =>
  read(events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n'))

const start = { protocolVersion: '0.1.1', runnerVersion: '1.25.8', type: 'start', time: 0 }
const suite = { type: 'suite', suite: { id: 0, path: 'test/a_test.dart' } }
const begin = (id = 1, more = {}) => ({
  type: 'testStart',
  test: { id, name: `t${id}`, suiteID: 0, groupIDs: [9], ...more },
  time: 10,
})
const end = (id = 1, more = {}) => ({
  type: 'testDone',
  testID: id,
  result: 'success',
  skipped: false,
  hidden: false,
  time: 20,
  ...more,
})
const done = { type: 'done', success: true, time: 30 }

describe('dart-json', () => {
  it('counts what is not hidden, and finds its place', () => {
    const { facts, info, problems } = file('valid.json')
    expect(facts.totals).toEqual({ total: 4, passed: 3, failed: 0, errors: 0, skipped: 1, flaky: 1 })
    expect(facts).toMatchObject({ durationSeconds: 0.4, suiteErrors: 0, unfinished: false })
    expect(facts.cases[0]).toMatchObject({
      suite: 'test/basket_test.dart',
      name: 'basket adds',
      file: 'test/basket_test.dart',
      line: 6,
      seconds: 0.02,
    })
    expect(facts.cases.find((test) => test.flaky)!.name).toBe('basket opens in time')
    expect(facts.cases.find((test) => test.name === 'basket paints')!.line).toBe(20)
    expect(info.producer).toBe('dart test 1.25.8')
    expect(problems).toEqual([])
  })

  it('tells failures from errors, sees a file that does not load', () => {
    const { facts, problems } = file('failing.json')
    expect(facts.totals).toEqual({ total: 4, passed: 2, failed: 1, errors: 1, skipped: 0, flaky: 0 })
    expect(facts.cases.map((test) => [test.name, test.outcome])).toEqual([
      ['loading test/broken_test.dart', 'error'],
      ['basket adds', 'passed'],
      ['basket <img src=x>', 'failed'],
      ['basket closes', 'passed'],
    ])
    expect(facts.cases[0]!.suite).toBe('test/broken_test.dart')
    expect(facts.cases[2]).toMatchObject({ message: 'Expected: <8>\n  Actual: <7>', trace: expect.stringContaining('10:5') })
    // flutter's own events are no strange lines.
    expect(problems).toEqual([])
  })

  it('passes no test that did not end, and no run that did not', () => {
    expect(file('failing-unfinished.json').facts).toMatchObject({
      totals: { total: 2, passed: 1, errors: 1 },
      unfinished: true,
    })
    expect(lines(start, suite, begin(), end()).facts.unfinished).toBe(true)
    expect(lines(suite, begin(), end()).facts.unfinished).toBe(true)
    expect(lines(start, suite, begin(), end(), { ...done, success: null }).facts.unfinished).toBe(true)
    expect(lines(start, suite, begin(), end(), { type: 'done' }).facts.unfinished).toBe(true)
    expect(lines(start, suite, begin(), done).facts).toMatchObject({ unfinished: true, totals: { errors: 1 } })
    expect(lines(start, suite, begin(), end(), done).facts.unfinished).toBe(false)
    // Two runs in one file, with the same ids; the first was broken off.
    expect(lines(start, suite, begin(), end(), start, suite, begin(), end(), done).facts).toMatchObject({
      unfinished: true,
      totals: { passed: 2 },
    })
    expect(lines(start, suite, begin(), end(), done, start, suite, begin(), end(), done).facts).toMatchObject({
      unfinished: false,
      totals: { passed: 2 },
    })
  })

  it('takes a last line that is cut off for an unfinished run', () => {
    const { facts, problems } = lines(start, suite, begin(), end(), '{"type":"done","succ')
    expect(facts).toMatchObject({ unfinished: true, totals: { passed: 1 } })
    expect(problems).toMatchObject([{ code: 'truncated', line: 5 }])
  })

  it.each([
    [{ result: 'failure' }, 'failed'],
    [{ result: 'error', skipped: true }, 'error'],
    [{ skipped: true }, 'skipped'],
    [{ result: 'splendid' }, 'error'],
    [{ result: null }, 'error'],
    [{ skipped: 'no' }, 'passed'],
    [{ hidden: 'no' }, 'passed'],
  ])('reads an end with %j as %s', (more, outcome) => {
    expect(lines(start, suite, begin(), end(1, more), done).facts.cases.map((test) => test.outcome)).toEqual([outcome])
  })

  it('lets nothing hidden fail in secret, and believes a run that says it failed', () => {
    expect(lines(start, suite, begin(), end(1, { hidden: true, result: 'error' }), done).facts).toMatchObject({
      totals: { total: 0 },
      suiteErrors: 1,
    })
    const said = { ...done, success: false }
    expect(lines(start, suite, begin(), end(), said).facts.suiteErrors).toBe(1)
    expect(lines(start, suite, begin(), end(1, { result: 'failure' }), said).facts.suiteErrors).toBe(0)
    const late = { type: 'error', testID: 1, error: 'late', isFailure: true }
    expect(lines(start, suite, begin(), end(1, { hidden: true }), late, late, done).facts.totals).toMatchObject({
      failed: 1,
      total: 1,
    })
  })

  it('hears an error that comes after its test has passed', () => {
    const late = (isFailure: boolean) => ({ type: 'error', testID: 1, error: 'still open', isFailure })
    const said = { ...done, success: false }
    expect(lines(start, suite, begin(), end(), late(false), said).facts).toMatchObject({ totals: { errors: 1 }, suiteErrors: 0 })
    expect(lines(start, suite, begin(), end(), late(true), said).facts.cases).toMatchObject([
      { outcome: 'failed', message: 'still open' },
    ])
  })

  it('calls a test flaky only where the runner ran it again, and it passed', () => {
    const retry = { type: 'print', testID: 1, message: 'Retry: t1' }
    expect(lines(start, suite, begin(), retry, end(), done).facts.totals.flaky).toBe(1)
    expect(lines(start, suite, begin(), retry, end(1, { result: 'failure' }), done).facts.totals.flaky).toBe(0)
    expect(lines(start, suite, begin(), { ...retry, message: 'Retry: later' }, end(), done).facts.totals.flaky).toBe(0)
  })

  it('passes over unknown events and strange lines, with a notice of the lines', () => {
    const { facts, problems } = lines(start, suite, 'Downloading...', { type: 'new' }, '', begin(), end(), 'bye', done)
    expect(facts.totals.passed).toBe(1)
    expect(problems).toMatchObject([{ code: 'line_malformed', line: 3, message: expect.stringContaining('2 lines') }])
  })

  it.each([
    ['a line that is no JSON', '{"type": done}'],
    ['a cut line with others after it', '{"type":"do'],
  ])('ends at %s: the tests so far, a suite error, and never a run that ended', (_, broken) => {
    const { facts, problems } = lines(start, suite, begin(), end(), begin(2), broken, end(2), begin(3), end(3), done)
    expect(facts).toMatchObject({ totals: { total: 2, passed: 1, errors: 1 }, suiteErrors: 1, unfinished: true })
    expect(problems).toMatchObject([{ code: 'line_malformed', line: 6, message: expect.stringContaining('not read') }])
  })

  it('finds no test in a file of one broken line, and does not call it a run that ended', () => {
    const { facts, problems } = read('{"type": "done", success: true}')
    expect(facts).toMatchObject({ totals: { total: 0 }, suiteErrors: 1, unfinished: true })
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['line_malformed', 'wrong_format']))
  })

  it.each([
    ['an end without a beginning', [start, end(7), done]],
    ['an id in quotes', [start, suite, { type: 'testStart', test: { id: '1', suiteID: 0 } }, done]],
    ['a beginning without a test', [start, { type: 'testStart' }, done]],
    ['a key twice', [start, '{"type":"done","success":false,"success":true}']],
  ])('refuses %s', (_, events) => expect(() => lines(...events)).toThrow())

  it.each([
    ['events of somebody else', [{ type: 'assistant' }]],
    ['text', ['hello']],
    ['nothing', []],
  ])('is a run without a test and without an end where it holds %s', (_, events) => {
    const { facts, problems } = lines(...events)
    expect(facts).toMatchObject({ totals: { total: 0 }, unfinished: true })
    expect(problems.map(({ code }) => code)).toContain('wrong_format')
  })

  it('takes no time that runs backwards', () => {
    expect(lines(start, suite, begin(), end(1, { time: 5 }), done).facts.cases[0]!.seconds).toBeNull()
    expect(lines(start, suite, begin(1, { line: -1 }), end(1, { time: 'x' }), done).facts.cases[0]).toMatchObject({
      seconds: null,
      line: null,
    })
  })
})
