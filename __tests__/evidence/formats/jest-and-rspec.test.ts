// Jest's JSON, vitest's alike, and RSpec's: files that could not be loaded, retries, runs that failed outside of any test.
import { describe, expect, it } from '@jest/globals'
import { istanbulFinal } from '../../../src/evidence/formats/coverage/istanbul-final.ts'
import { jestJson } from '../../../src/evidence/formats/tests/jest-json.ts'
import { rspecJson } from '../../../src/evidence/formats/tests/rspec-json.ts'
import { headOf } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('Jest JSON', () => {
  const read = (content: string | Uint8Array) => jestJson.read(sourceOf(content), DEFAULT_LIMITS)
  const test = (status: unknown, more: object = {}) => ({ title: 'adds', ancestorTitles: ['basket'], status, ...more })
  const report = (tests: object[], more: object = {}, file: object = {}) =>
    JSON.stringify({
      success: true,
      testResults: [{ name: 'a.js', status: 'passed', assertionResults: tests, ...file }],
      ...more,
    })

  it('reads what jest wrote: a file that could not be loaded is a suite error, one that passed at last is flaky', () => {
    const { facts, info, problems } = read(fixture('jest-json/failing.json'))
    expect(facts).toMatchObject({
      totals: { total: 6, passed: 2, failed: 2, errors: 0, skipped: 2, flaky: 1 },
      declared: { total: 6, failed: 2, skipped: 2 },
      suiteErrors: 1,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[1]).toMatchObject({
      suite: 'basket',
      name: 'is wrong',
      file: '/repo/jest-bad/basket.test.js',
      line: 6,
      outcome: 'failed',
      flaky: false,
      seconds: 0.019,
      message: 'Error: expect(received).toBe(expected) // Object.is equality',
    })
    expect(facts.cases[2]).toMatchObject({ outcome: 'passed', flaky: true })
    expect(info.createdAt).toBe('2026-11-26T06:13:02.334Z')
  })

  it('reads what vitest wrote, whose retries show by the messages they left', () => {
    const { facts, problems } = read(fixture('jest-json/failing-vitest.json'))
    expect(facts).toMatchObject({
      totals: { total: 7, passed: 4, failed: 1, errors: 0, skipped: 2, flaky: 1 },
      suiteErrors: 1,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[1]).toMatchObject({ line: 7, message: 'AssertionError: expected 3 to be 4 // Object.is equality' })
    expect(facts.cases[2]).toMatchObject({ name: 'passes at last', outcome: 'passed', flaky: true })
  })

  it('lets no word pass but passed', () => {
    const words = ['passed', 'pending', 'todo', 'skipped', 'disabled', 'PASSED', 'ok', 'focused', null, undefined, true]
    expect(read(report(words.map((word) => test(word)))).facts.totals).toMatchObject({
      total: 11,
      passed: 1,
      skipped: 4,
      errors: 6,
    })
  })

  it('does not take a failed test for flaky, however often it ran', () => {
    expect(read(report([test('failed', { invocations: 3, failureMessages: ['no'] })])).facts.totals).toMatchObject({
      failed: 1,
      flaky: 0,
    })
  })

  it('holds that a run failed which jest says failed, though each test passed: by a snapshot or a threshold', () => {
    expect(read(report([test('passed')])).facts.suiteErrors).toBe(0)
    expect(read(report([test('passed')], { success: false })).facts.suiteErrors).toBe(1)
    expect(read(report([test('passed')], { success: undefined })).facts.suiteErrors).toBe(1)
    expect(read(report([test('passed')], { numRuntimeErrorTestSuites: 2 })).facts.suiteErrors).toBe(2)
    expect(read(report([test('passed')], {}, { status: 'failed' })).facts.suiteErrors).toBe(1)
  })

  it('knows a run that was interrupted, or holds fewer tests than it says', () => {
    expect(read(report([test('passed')], { wasInterrupted: true })).facts.unfinished).toBe(true)
    expect(read(report([test('passed')], { numTotalTests: 2 })).facts.unfinished).toBe(true)
    expect(read(report([test('passed')], { numTotalTests: 1 })).facts.unfinished).toBe(false)
  })

  it('reads the raw results of a testResultsProcessor', () => {
    const raw = {
      success: false,
      testResults: [{ testFilePath: '/repo/a.js', testResults: [test('failed')], numFailingTests: 1 }],
    }
    expect(read(JSON.stringify(raw)).facts.cases).toMatchObject([{ file: '/repo/a.js', suite: 'basket', outcome: 'failed' }])
  })

  it('is not taken for the coverage that `--coverage` puts into it', () => {
    const head = headOf(
      sourceOf(
        '{"numFailedTests":0,"numTotalTests":1,"coverageMap":{"/a.js":{"path":"/a.js","statementMap":{},"fnMap":{}}},"testResults":[]}',
      ),
    )
    expect([jestJson.recognises(head, 'x'), istanbulFinal.recognises(head, 'x')]).toEqual([true, false])
  })

  it.each([
    ['no results', '{"numTotalTests":0}'],
    ['a file without tests', '{"testResults":[{"name":"a"}]}'],
    ['a test without a title', report([{ status: 'passed' }])],
    ['a number in quotes', report([], { numTotalTests: '1' })],
    ['a negative time', report([test('passed', { duration: -1 })])],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})

describe('RSpec JSON', () => {
  const read = (content: string | Uint8Array) => rspecJson.read(sourceOf(content), DEFAULT_LIMITS)
  const report = (examples: object[], summary: object | null = {}) => JSON.stringify({ version: '3.13.0', examples, summary })

  it('reads what RSpec wrote', () => {
    const { facts, info, problems } = read(fixture('rspec-json/failing.json'))
    expect(facts).toMatchObject({
      // 6 examples, 2 failures, 3 pending
      totals: { total: 6, passed: 1, failed: 2, errors: 0, skipped: 3, flaky: 0 },
      declared: { total: 6, failed: 2, skipped: 3 },
      durationSeconds: 0.063510253,
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[5]).toMatchObject({
      suite: 'basket warehouse',
      name: 'opens',
      file: 'spec/basket_spec.rb',
      line: 9,
      outcome: 'failed',
      message: 'the door is locked',
    })
    expect(info).toEqual({ producer: 'RSpec 3.12.0', commit: null, createdAt: null })
  })

  it('takes a file that could not be loaded for a suite error', () => {
    expect(read(fixture('rspec-json/failing-outside.json')).facts).toMatchObject({ suiteErrors: 1, totals: { total: 0 } })
  })

  it('lets no status pass that RSpec does not have', () => {
    const examples = ['passed', 'pending', 'Passed', null, 1].map((status) => ({ description: 'a', status }))
    expect(read(report(examples)).facts.totals).toMatchObject({ total: 5, passed: 1, skipped: 1, errors: 3 })
  })

  it('holds that a run is unfinished which has no summary, or fewer examples than it says', () => {
    const passed = [{ description: 'a', status: 'passed' }]
    expect(read(report(passed, null)).facts.unfinished).toBe(true)
    expect(read(report(passed, { example_count: 2 })).facts.unfinished).toBe(true)
    expect(read(report(passed, { example_count: 1, failure_count: 1 })).facts).toMatchObject({
      unfinished: false,
      suiteErrors: 1,
    })
  })

  it.each([
    ['no examples', '{"version":"3","summary":{}}'],
    ['an example without a description', report([{ status: 'passed' }])],
    ['a number in quotes', report([], { errors_outside_of_examples_count: '1' })],
    ['a negative time', report([{ description: 'a', status: 'passed', run_time: -0.1 }])],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})
