// What JUnit and TRX promise: one outcome a case, nothing green that is not, each case's place and words.
import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { junit } from '../../../src/evidence/formats/tests/junit.ts'
import { trx } from '../../../src/evidence/formats/tests/trx.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (format: Format<'tests'>, content: string | Uint8Array, limits = DEFAULT_LIMITS) =>
  format.read(sourceOf(content, 'report'), limits)
const readFile = (format: Format<'tests'>, name: string) => read(format, fixture(`${format.id}/${name}`))
const suite = (cases: string, attributes = '') => `<testsuite name="s" ${attributes}>${cases}</testsuite>`
const outcomes = (content: string) => read(junit, content).facts.cases.map((test) => test.outcome)

describe('junit', () => {
  it('counts what pytest wrote', () => {
    const { facts, problems } = readFile(junit, 'failing.xml')
    expect(facts.totals).toEqual({ total: 3, passed: 1, failed: 1, errors: 1, skipped: 0, flaky: 0 })
    expect(facts.cases[0]).toMatchObject({
      suite: 'pytest',
      classname: 'test_bad',
      name: 'test_fails',
      message: expect.stringContaining('::error::<img src=x> @everyone'),
    })
    expect(facts.cases[1]!.trace).toContain('RuntimeError: no shop')
    expect(problems).toEqual([])
    expect(readFile(junit, 'valid.xml').facts.totals).toMatchObject({ total: 6, passed: 5, skipped: 1 })
    expect(readFile(junit, 'valid.xml').facts.cases.at(-1)!.name).toBe(`test_param[a<b&"c']`)
  })

  it('knows a test that failed and then passed from one that kept failing', () => {
    const flaky = readFile(junit, 'valid-surefire-flaky.xml')
    expect(flaky.facts.totals).toEqual({ total: 3, passed: 2, failed: 0, errors: 0, skipped: 1, flaky: 1 })
    expect(flaky.facts.suiteErrors).toBe(0)
    expect(flaky.facts.cases.find((test) => test.flaky)!.name).toBe('flaky')
    expect(flaky.info.commit).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904')
    const failing = readFile(junit, 'failing-surefire.xml')
    expect(failing.facts.totals).toEqual({ total: 5, passed: 2, failed: 1, errors: 1, skipped: 1, flaky: 1 })
    expect(failing.problems).toEqual([])
  })

  it('lets no failure of node pass that only the closing comments tell of', () => {
    const { facts } = readFile(junit, 'failing-node.xml')
    expect(facts).toMatchObject({ totals: { total: 2, passed: 1, failed: 0, skipped: 1 }, suiteErrors: 1 })
    const green =
      '<testsuites><testcase name="a"/><!-- tests 1 --><!-- pass 1 --><!-- fail 0 --><!-- cancelled 0 --></testsuites>'
    expect(read(junit, green).facts.suiteErrors).toBe(0)
    expect(read(junit, green.replace('cancelled 0', 'cancelled 2')).facts.suiteErrors).toBe(2)
    expect(read(junit, green.replace('<!-- tests 1 -->', '').replace('fail 0', 'fail 3')).facts.suiteErrors).toBe(0)
  })

  it('takes a failure of what is marked todo for a skip, and of that case only', () => {
    const failure = '<failure message="no"/>'
    const cases = `<testcase name="a"><skipped type="todo"/>${failure}</testcase><testcase name="b">${failure}</testcase>`
    expect(outcomes(suite(cases))).toEqual(['skipped', 'failed'])
    expect(outcomes(suite(`<testcase name="a"><skipped/>${failure}</testcase>`))).toEqual(['failed'])
  })

  it('counts nested suites once, and names a case by all of them', () => {
    const { facts, problems } = readFile(junit, 'valid-node.xml')
    expect(facts.totals).toMatchObject({ total: 3, passed: 1, skipped: 2 })
    expect(facts.cases[0]!.suite).toBe('basket/sum')
    expect(problems).toEqual([])
  })

  it('takes the worst of several results, and keeps its words', () => {
    const both =
      '<testcase name="a"><skipped message="s"/><failure message="f">t</failure><error message="e">trace</error><failure message="f2"/></testcase>'
    expect(read(junit, suite(both)).facts.cases[0]).toMatchObject({ outcome: 'error', message: 'e', trace: 'trace' })
    expect(outcomes(suite('<testcase name="a"><failure/><skipped/></testcase>'))).toEqual(['failed'])
  })

  it.each([
    ['status="disabled"', 'skipped'],
    ['status="notrun"', 'skipped'],
    ['status="run" result="suppressed"', 'skipped'],
    ['status="failed"', 'failed'],
    ['status="errored"', 'error'],
    ['status="passed"', 'passed'],
    ['status="run" result="completed"', 'passed'],
  ])('reads %s as %s', (attributes, outcome) => {
    expect(outcomes(suite(`<testcase name="a" ${attributes}/>`))).toEqual([outcome])
  })

  it('sees errors outside of the cases', () => {
    expect(readFile(junit, 'failing-suite-error.xml').facts).toMatchObject({ suiteErrors: 1, totals: { passed: 1, total: 1 } })
    const hidden = read(junit, suite('<testcase name="a"/>', 'tests="1" errors="2"'))
    expect(hidden.facts.suiteErrors).toBe(2)
    expect(hidden.problems).toMatchObject([
      { code: 'declared_recount_differ', message: expect.stringContaining('errors 2, counted 0') },
    ])
  })

  it('reads no case as no case', () => {
    for (const text of ['<testsuites/>', '<testsuite tests="6" failures="0"/>'])
      expect(read(junit, text).facts.totals.total).toBe(0)
    expect(read(junit, '<suites><suite><case name="a"/></suite></suites>')).toMatchObject({
      facts: { totals: { total: 0 } },
      problems: [{ code: 'unexpected_root' }],
    })
  })

  it.each([
    ['1.5', 1.5],
    ['1,234.5', 1234.5],
    ['0,25', 0.25],
    ['1e-3', 0.001],
    ['-1', null],
    ['NaN', null],
    ['Infinity', null],
    ['', null],
  ])('reads the time %j', (time, seconds) => {
    expect(read(junit, suite(`<testcase name="a" time="${time}"/>`)).facts.cases[0]!.seconds).toBe(seconds)
  })

  it('finds file, line, time of the run; takes no half commit', () => {
    const text = suite(
      '<testcase name="a" file="src\\a.py" line="12"/><testcase name="b" line="-1"/>',
      'file="s.py" timestamp="2026-01-02T03:04:05"',
    )
    const { facts, info } = read(junit, text.replace('>', '><properties><property name="commit" value="ef7bebf"/></properties>'))
    expect(facts.cases.map((test) => [test.file, test.line])).toEqual([
      ['src/a.py', 12],
      ['s.py', null],
    ])
    expect(info).toEqual({ producer: null, commit: null, createdAt: '2026-01-02T03:04:05.000Z' })
    expect(read(junit, suite('', 'timestamp="1970-01-01T00:00:00"')).info.createdAt).toBeNull()
  })

  it('cuts long messages, and takes the first line where there is none', () => {
    const limits = { ...DEFAULT_LIMITS, textLength: 20 }
    const text = suite(
      `<testcase name="a"><failure message="${'m'.repeat(50)}">${'t'.repeat(50)}</failure></testcase><testcase name="b"><failure>\n first\n second</failure></testcase>`,
    )
    const { cases } = read(junit, text, limits).facts
    expect([cases[0]!.message, cases[0]!.trace, cases[1]!.message]).toEqual(['m'.repeat(20), 't'.repeat(20), 'first'])
  })
})

describe('trx', () => {
  it('reads outcomes, classes, assemblies and places', () => {
    const { facts, info, problems } = readFile(trx, 'failing.trx')
    expect(facts.totals).toEqual({ total: 4, passed: 1, failed: 2, errors: 1, skipped: 0, flaky: 0 })
    expect(facts.cases[1]).toMatchObject({
      suite: 'Shop.Tests',
      classname: 'Shop.Tests.BasketTests',
      name: 'Fails',
      file: 'C:/shop/BasketTests.cs',
      line: 12,
      message: 'Assert.Equal() Failure\nExpected: 8',
    })
    // The adapter repeats the failed test as an error of the run: it is none of the run.
    expect(facts).toMatchObject({ suiteErrors: 0, unfinished: false })
    expect(info.createdAt).toBe('2026-11-22T19:20:35.561Z')
    expect(problems).toEqual([])
    expect(readFile(trx, 'valid.trx').facts).toMatchObject({
      totals: { total: 3, passed: 2, skipped: 1 },
      durationSeconds: expect.closeTo(62.51, 6),
    })
  })

  it('never lets an aborted run pass', () => {
    expect(readFile(trx, 'failing-aborted.trx').facts).toMatchObject({
      totals: { passed: 1, total: 1 },
      suiteErrors: 1,
      unfinished: true,
    })
  })

  it('counts rows, not their frame, unless only the frame failed', () => {
    expect(readFile(trx, 'valid-rows.trx').facts.totals).toMatchObject({ total: 2, passed: 2 })
    const frame =
      '<TestRun><Results><UnitTestResult testName="f" outcome="Failed"><InnerResults><UnitTestResult testName="r" outcome="Passed"/></InnerResults></UnitTestResult></Results></TestRun>'
    expect(read(trx, frame).facts.totals).toMatchObject({ total: 2, passed: 1, failed: 1 })
  })

  it.each([
    ['Passed', 'passed'],
    ['Warning', 'passed'],
    ['Failed', 'failed'],
    ['Timeout', 'failed'],
    ['Aborted', 'failed'],
    ['Error', 'error'],
    ['Disconnected', 'error'],
    ['PassedButRunAborted', 'error'],
    ['NotExecuted', 'skipped'],
    ['NotRunnable', 'skipped'],
    ['Inconclusive', 'skipped'],
    ['InProgress', 'skipped'],
    ['Completed', 'skipped'],
    ['something new', 'error'],
  ])('reads %s as %s', (word, outcome) => {
    const one = (attributes: string) =>
      read(trx, `<TestRun><Results><UnitTestResult testName="a" ${attributes}/></Results></TestRun>`).facts.cases[0]!.outcome
    expect(one(`outcome="${word}"`)).toBe(outcome)
    expect(one('')).toBe('error')
  })
})
