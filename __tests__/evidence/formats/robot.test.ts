// Robot Framework: its own statistics agree, teardowns that fail, dry runs, reruns that were merged, dialects of versions.
import { describe, expect, it } from '@jest/globals'
import { robot } from '../../../src/evidence/formats/tests/robot.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => robot.read(sourceOf(content, 'output.xml'), DEFAULT_LIMITS)
const test = (status: string, inner = '') => `<test name="a">${inner}<status status="${status}" elapsed="0.5"/></test>`
const teardown = '<kw name="Fail" type="TEARDOWN"><status status="FAIL">after breaks</status></kw>'
const suite = (inner: string, status = 'PASS') => `<suite name="Shop">${inner}<status status="${status}"/></suite>`
const report = (inner: string, more = '') => `<robot generator="Robot 7">${inner}${more}</robot>`
const facts = (inner: string, more?: string) => read(report(inner, more)).facts
const outcomes = (inner: string) => facts(inner).cases.map(({ outcome }) => outcome)

describe('Robot Framework', () => {
  it('reads what Robot wrote, and counts as it does: a teardown that failed fails what passed', () => {
    const { facts, info, problems } = read(fixture('robot/failing.xml'))
    expect(facts).toMatchObject({
      // 10 tests, 1 passed, 5 failed, 4 skipped
      totals: { total: 10, passed: 1, failed: 5, errors: 0, skipped: 4, flaky: 0 },
      declared: { total: 10, failed: 5, skipped: 4 },
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[0]).toMatchObject({ suite: 'All/After', name: 'Opens', outcome: 'failed', message: 'after breaks' })
    expect(facts.cases[3]).toMatchObject({
      suite: 'All/Shop',
      name: 'Is Wrong',
      file: '/shop/all/shop.robot',
      line: 9,
      outcome: 'failed',
      message: 'a != b',
    })
    expect(info.createdAt).toBe('2026-11-26T06:44:13.546Z')
  })

  it('lets no dry run pass', () => {
    const { facts, problems } = read(fixture('robot/valid-dry-run.xml'))
    expect(facts.totals).toMatchObject({ total: 2, passed: 0, skipped: 2 })
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
    const kw = (status: string) => `<kw name="k"><status status="${status}"/></kw>`
    expect(outcomes(suite(test('PASS', kw('NOT RUN') + kw('PASS')) + test('PASS', kw('NOT_RUN')) + test('PASS')))).toEqual([
      'passed',
      'skipped',
      'passed',
    ])
  })

  it('takes what passed in a rerun for flaky', () => {
    expect(read(fixture('robot/valid-merged.xml')).facts.totals).toEqual({
      total: 2,
      passed: 2,
      failed: 0,
      errors: 0,
      skipped: 0,
      flaky: 1,
    })
  })

  it('lets no status pass that Robot does not have', () => {
    expect(outcomes(suite(['PASS', 'FAIL', 'SKIP', 'pass', 'OK', ''].map((word) => test(word)).join('')))).toEqual([
      'passed',
      'failed',
      'skipped',
      'error',
      'error',
      'error',
    ])
    expect(outcomes(suite('<test name="a"/>'))).toEqual(['error'])
  })

  it('is not told of a test by the status of its keywords, nor of a suite by that of an inner teardown', () => {
    const kw = '<kw name="k"><kw name="l"><status status="PASS"/></kw><status status="PASS"/></kw>'
    expect(outcomes(suite(`<test name="a">${kw}<status status="FAIL">no</status></test>`))).toEqual(['failed'])
    const own = '<kw name="Fail" type="TEARDOWN"><status status="FAIL">no</status></kw>'
    expect(outcomes(suite(test('PASS', own) + test('PASS')))).toEqual(['passed', 'passed'])
  })

  it('reaches the tests of inner suites, and no others', () => {
    const inner = suite(test('PASS') + teardown)
    expect(outcomes(suite(test('PASS') + inner + test('PASS')))).toEqual(['passed', 'failed', 'passed'])
    expect(outcomes(suite(suite(test('PASS')) + test('SKIP') + teardown))).toEqual(['failed', 'skipped'])
  })

  it('loses no failure of a suite that no test shows', () => {
    expect(facts(suite(teardown)).suiteErrors).toBe(1)
    expect(facts(suite(test('PASS'), 'FAIL')).suiteErrors).toBe(1)
    expect(facts(suite(test('FAIL'), 'FAIL')).suiteErrors).toBe(0)
    const stat = '<statistics><total><stat pass="1" fail="2">All Tests</stat></total></statistics>'
    expect(facts(suite(test('PASS')), stat)).toMatchObject({ suiteErrors: 2, unfinished: true })
  })

  it('reads the times and the statistics of earlier versions', () => {
    const old =
      '<test name="a"><status status="PASS" starttime="20261126 06:00:00.250" endtime="20261126 06:00:01.750" critical="yes"/></test>'
    const stats =
      '<statistics><total><stat pass="0" fail="0">Critical Tests</stat><stat pass="1" fail="0">All Tests</stat></total></statistics>'
    const { facts: found, info } = read(
      `<robot generator="Robot 3.2" generated="20261126 06:00:02.000">${suite(old)}${stats}</robot>`,
    )
    expect(found).toMatchObject({ declared: { total: 1, failed: 0, skipped: null }, durationSeconds: 1.5, unfinished: false })
    expect(info.createdAt).toBe('2026-11-26T06:00:02.000Z')
    expect(facts(suite(test('PASS').replace('0.5', 'NaN'))).cases[0]?.seconds).toBeNull()
    expect(facts(suite(test('PASS').replace('0.5', '-1'))).cases[0]?.seconds).toBeNull()
  })

  it('refuses another root', () => expect(() => read('<testsuite/>')).toThrow(/no <robot>/))
})
