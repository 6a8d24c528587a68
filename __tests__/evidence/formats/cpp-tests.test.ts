// What the own formats of GoogleTest and Catch2 promise: their counts, and nothing green behind a crash or a failed set-up.
import { describe, expect, it } from '@jest/globals'
import { catch2Xml } from '../../../src/evidence/formats/tests/catch2-xml.ts'
import { gtestJson } from '../../../src/evidence/formats/tests/gtest-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const gtest = (content: string | Uint8Array) => gtestJson.read(sourceOf(content, 'report'), DEFAULT_LIMITS)
const catch2 = (content: string | Uint8Array) => catch2Xml.read(sourceOf(content, 'report'), DEFAULT_LIMITS)

describe('gtest-json', () => {
  const report = (test: object, head = {}) =>
    gtest(JSON.stringify({ testsuites: [{ name: 'S', testsuite: [{ name: 'a', ...test }] }], ...head })).facts
  const outcome = (test: object) => report(test).cases[0]!.outcome

  it('counts what the program counted, and finds places', () => {
    const { facts, info, problems } = gtest(fixture('gtest-json/failing.json'))
    expect(facts.totals).toEqual({ total: 8, passed: 3, failed: 2, errors: 0, skipped: 3, flaky: 0 })
    expect(facts).toMatchObject({ declared: { total: 8, failed: 2, errors: 0 }, unfinished: false })
    expect(facts.cases[1]).toMatchObject({
      suite: 'Basket',
      name: 'Fails',
      file: 'g.cc',
      line: 4,
      outcome: 'failed',
      message: 'Expected equality of these values:\n  3\n  1 + 1\n    Which is: 2\n<b> & @everyone',
      trace: expect.stringContaining('Value of: false'),
    })
    expect(info.createdAt).toMatch(/^2026-11-26T/)
    expect(problems).toEqual([])
  })

  it('sees a suite that could not be set up, which the program only calls skipped', () => {
    expect(gtest(fixture('gtest-json/failing.json')).facts.suiteErrors).toBe(1)
    expect(gtest(fixture('gtest-json/valid.json')).facts).toMatchObject({
      suiteErrors: 0,
      totals: { total: 5, passed: 3, skipped: 2 },
    })
  })

  it.each([
    [{ status: 'RUN', result: 'COMPLETED' }, 'passed'],
    [{ status: 'RUN', result: 'COMPLETED', failures: [] }, 'passed'],
    [{ status: 'RUN', result: 'COMPLETED', failures: [{}] }, 'failed'],
    [{ status: 'RUN', result: 'SKIPPED', failures: [{ failure: 'x' }] }, 'failed'],
    [{ status: 'RUN', result: 'SKIPPED' }, 'skipped'],
    [{ status: 'NOTRUN', result: 'SUPPRESSED' }, 'skipped'],
    [{ status: 'NOTRUN' }, 'skipped'],
    [{ status: 'RUN', result: 'INTERRUPTED' }, 'error'],
    [{ status: 'RUN' }, 'error'],
    [{ result: 'COMPLETED' }, 'error'],
    [{}, 'error'],
  ])('reads a test with %j as %s', (test, expected) => expect(outcome(test)).toBe(expected))

  it('believes a head that counts more than is shown', () => {
    const test = { status: 'RUN', result: 'COMPLETED' }
    expect(report(test, { tests: 3, failures: 1, disabled: 0 })).toMatchObject({ suiteErrors: 1, unfinished: true })
    expect(report(test, { tests: 1, failures: 0, disabled: 1 })).toMatchObject({ unfinished: true })
    expect(report(test, { tests: 1, failures: 0, disabled: 0 })).toMatchObject({ suiteErrors: 0, unfinished: false })
  })

  it('takes no time that is none', () => {
    for (const time of ['-1s', 'NaN', 5, '1', `${'9'.repeat(40)}s`])
      expect([time, report({ time }).cases[0]!.seconds]).toEqual([time, null])
    expect(report({ time: '0.25s' }).cases[0]!.seconds).toBe(0.25)
  })

  it.each([
    ['{"tests":0}'],
    ['{"testsuites":{}}'],
    ['{"testsuites":[{"testsuite":[1]}]}'],
    ['{"testsuites":[{"testsuite":[{"failures":[1]}]}]}'],
    ['{"testsuites":[],"failures":-1}'],
    ['{"testsuites":[],"tests":"1"}'],
  ])('refuses %s', (text) => expect(() => gtest(text)).toThrow())

  it('refuses the JSON that version 1.12 breaks where an environment fails', () => {
    expect(() => gtest(fixture('gtest-json/malformed.json'))).toThrow(/comma/)
  })
})

describe('catch2-xml', () => {
  const run = (cases: string, totals = '<OverallResults successes="0" failures="0"/>') =>
    catch2(`<Catch name="p">${cases}${totals}</Catch>`).facts
  const one = (inner: string) => run(`<TestCase name="a">${inner}</TestCase>`)

  it('counts test cases as the program does: one each, whatever its sections', () => {
    const { facts, problems } = catch2(fixture('catch2-xml/failing.xml'))
    // "test cases: 8 | 2 passed | 4 failed | 2 failed as expected"
    expect(facts.totals).toEqual({ total: 8, passed: 2, failed: 3, errors: 1, skipped: 2, flaky: 0 })
    expect(facts).toMatchObject({ declared: { total: 8, failed: 4, skipped: 2 }, suiteErrors: 0, unfinished: false })
    expect(facts.cases[1]).toMatchObject({
      suite: 'shop',
      name: 'fails <b> & @everyone',
      file: 'c.cc',
      line: 6,
      outcome: 'failed',
      message: '2 == 3',
    })
    expect(facts.cases.find((test) => test.name === 'throws')).toMatchObject({ outcome: 'error', message: 'no shop' })
    expect(facts.cases.find((test) => test.name === 'should fail and does not')!.outcome).toBe('failed')
    expect(problems).toEqual([])
  })

  it('skips what was allowed to fail', () => {
    expect(catch2(fixture('catch2-xml/valid.xml')).facts).toMatchObject({
      totals: { total: 4, passed: 2, failed: 0, skipped: 2 },
      unfinished: false,
    })
  })

  it('takes a program that a signal ended for unfinished', () => {
    expect(catch2(fixture('catch2-xml/failing-crash.xml')).facts).toMatchObject({
      totals: { total: 5, errors: 1 },
      unfinished: true,
    })
  })

  it('reads version 3, and what skips itself', () => {
    const { facts, info, problems } = catch2(fixture('catch2-xml/valid-v3.xml'))
    expect(facts).toMatchObject({ totals: { total: 2, passed: 1, skipped: 1 }, durationSeconds: 0.75, suiteErrors: 0 })
    expect(facts.cases[1]!.message).toBe('no database here')
    expect(info.producer).toBe('Catch2 3.5.2')
    expect(problems).toEqual([])
  })

  it.each([
    ['<OverallResult success="true"/>', 'passed'],
    ['<OverallResult success="True"/>', 'failed'],
    ['<OverallResult/>', 'failed'],
    ['<Exception>x</Exception><OverallResult success="false"/>', 'error'],
    ['<Expression success="true"/><OverallResult success="true"/>', 'passed'],
    ['<Section><Expression success="false"/></Section><OverallResult success="true"/>', 'skipped'],
    ['<Expression/><OverallResult success="true"/>', 'skipped'],
    ['', 'error'],
  ])('reads a case with %s as %s', (inner, expected) => expect(one(inner).cases[0]!.outcome).toBe(expected))

  it('takes a case without an end, or a report without totals, for an unfinished run', () => {
    const good = '<TestCase name="a"><OverallResult success="true"/></TestCase>'
    expect(run(good).unfinished).toBe(false)
    expect(one('').unfinished).toBe(true)
    expect(run(good, '').unfinished).toBe(true)
    expect(run(`<Group>${good}<OverallResults/></Group>`, '').unfinished).toBe(true)
    const more = '<OverallResults/><OverallResultsCases successes="1" failures="1" expectedFailures="0"/>'
    expect(run(good, more)).toMatchObject({ unfinished: true, suiteErrors: 1 })
    expect(run(good, '<OverallResultsCases successes="-1" failures="x"/>')).toMatchObject({
      declared: { total: null, failed: null },
    })
  })

  it('refuses another root', () => expect(() => catch2('<testsuites/>')).toThrow(/root/))
})
