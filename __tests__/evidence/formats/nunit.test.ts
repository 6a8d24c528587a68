// What NUnit 2 and 3 promise: every case counted once, nothing green that is not, suites that failed where no case shows it.
import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { nunit2 } from '../../../src/evidence/formats/tests/nunit2.ts'
import { nunit3 } from '../../../src/evidence/formats/tests/nunit3.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (format: Format<'tests'>, content: string | Uint8Array) => format.read(sourceOf(content, 'report'), DEFAULT_LIMITS)
const readFile = (format: Format<'tests'>, name: string) => read(format, fixture(`${format.id}/${name}`))
const two = (cases: string, head = '', suite = '') =>
  read(nunit2, `<test-results ${head}><test-suite name="S" ${suite}><results>${cases}</results></test-suite></test-results>`)
const three = (cases: string, head = '', suite = '') =>
  read(nunit3, `<test-run ${head}><test-suite type="TestFixture" name="S" ${suite}>${cases}</test-suite></test-run>`)
const outcome = ({ facts }: ReturnType<typeof two>) => facts.cases.map((test) => test.outcome).join()

describe('nunit2', () => {
  it('counts what its console counted', () => {
    const { facts, info, problems } = readFile(nunit2, 'failing.xml')
    // "Tests run: 6, Errors: 1, Failures: 2, Inconclusive: 1", "Not run: 3, Invalid: 2, Ignored: 1"
    expect(facts.totals).toEqual({ total: 9, passed: 2, failed: 2, errors: 1, skipped: 4, flaky: 0 })
    expect(facts).toMatchObject({ suiteErrors: 0, unfinished: false, declared: { total: 9, failed: 2, errors: 1, skipped: 4 } })
    expect(facts.cases.find((test) => test.name === 'Fails')).toMatchObject({
      suite: 'Shop.Tests/Shop/Tests/BasketTests',
      classname: 'Shop.Tests.BasketTests',
      outcome: 'failed',
      message: '<b> & @everyone\n  Expected: 3\n  But was:  2',
    })
    // A row of arguments belongs to its fixture, and keeps them.
    expect(facts.cases.find((test) => test.name === 'Doubles(2,5)')!.suite).toBe('Shop.Tests/Shop/Tests/BasketTests')
    expect(facts.cases.find((test) => test.name === 'Ignored')).toMatchObject({ outcome: 'skipped', message: 'later' })
    expect(info).toMatchObject({ producer: 'NUnit 2.6.4.0', createdAt: '2026-11-26T06:10:46.000Z' })
    expect(problems).toEqual([])
  })

  it('sees a tear-down that failed behind a head of zeros', () => {
    expect(readFile(nunit2, 'failing-tear-down.xml').facts).toMatchObject({
      totals: { total: 1, passed: 1 },
      declared: { failed: 0, errors: 0 },
      suiteErrors: 1,
    })
    expect(readFile(nunit2, 'failing-set-up.xml').facts).toMatchObject({ totals: { total: 1, failed: 1 }, suiteErrors: 0 })
    expect(readFile(nunit2, 'valid.xml').facts).toMatchObject({
      totals: { total: 3, passed: 2, skipped: 1 },
      suiteErrors: 0,
      unfinished: false,
    })
  })

  it.each([
    ['result="Success"', 'passed'],
    ['result="Failure"', 'failed'],
    ['result="Error"', 'error'],
    ['result="Ignored"', 'skipped'],
    ['result="NotRunnable"', 'skipped'],
    ['result="Inconclusive"', 'skipped'],
    ['result="Cancelled"', 'error'],
    ['result="Splendid" success="True"', 'error'],
    ['executed="True" success="True"', 'passed'],
    ['executed="true" success="true"', 'passed'],
    ['executed="True" success="Turue"', 'failed'],
    ['executed="False"', 'skipped'],
    ['executed="True"', 'passed'],
    ['', 'error'],
  ])('reads a case with %s as %s', (attributes, expected) => {
    expect(outcome(two(`<test-case name="a" ${attributes}/>`))).toBe(expected)
  })

  it('lets no case with a failure pass, whatever its attributes say', () => {
    expect(outcome(two('<test-case name="a" executed="True" success="True"><failure/></test-case>'))).toBe('failed')
    expect(outcome(two('<test-case name="a" result="Ignored"><failure/></test-case>'))).toBe('failed')
  })

  it('takes a run that was cancelled, or shows fewer cases than its head, for unfinished', () => {
    expect(two('<test-case name="a" result="Cancelled"/>').facts.unfinished).toBe(true)
    expect(two('<test-case name="a" result="Success"/>', '', 'result="Cancelled"').facts).toMatchObject({
      unfinished: true,
      suiteErrors: 1,
    })
    const fewer = two('<test-case name="a" result="Success"/>', 'total="3" failures="1" errors="1" not-run="0"')
    expect(fewer.facts).toMatchObject({ unfinished: true, suiteErrors: 2 })
    expect(fewer.problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it('takes either way of counting what was not run for agreement', () => {
    const cases = '<test-case name="a" result="Success"/><test-case name="b" executed="False"/>'
    expect(two(cases, 'total="1" not-run="1" failures="0"').problems).toEqual([])
    expect(two(cases, 'total="2" not-run="1" failures="0"').problems).toEqual([])
    expect(two(cases, 'total="2" not-run="2" failures="0"').problems).toHaveLength(1)
  })

  it('takes an assembly that could not be loaded for an error, an ignored fixture not', () => {
    expect(two('', '', 'result="NotRunnable"').facts.suiteErrors).toBe(1)
    expect(two('<test-case name="a" result="Ignored"/>', '', 'result="Ignored"').facts.suiteErrors).toBe(0)
  })

  it('reads numbers that are none as unknown', () => {
    const { facts } = two('<test-case name="a" result="Success" time="NaN"/>', 'total="-1" failures="none" not-run="x"')
    expect(facts).toMatchObject({
      declared: { total: null, failed: null, skipped: null },
      durationSeconds: null,
      unfinished: false,
    })
    expect(two('<test-case name="a" result="Success" time="0,25"/>').facts.durationSeconds).toBe(0.25)
  })

  it('tells class from method where arguments have dots', () => {
    const names = ['A.B.C("x.y", \\"(.\\")', 'A.B(1.5).C', 'A.B.C&lt;System.Int32&gt;(1.5)', 'alone', '.odd', 'A.(((']
    const { facts } = two(names.map((name) => `<test-case name='${name}' result="Success"/>`).join(''))
    expect(facts.cases.map(({ classname, name }) => [classname, name])).toEqual([
      ['A.B', 'C("x.y", \\"(.\\")'],
      ['A.B(1.5)', 'C'],
      ['A.B', 'C<System.Int32>(1.5)'],
      [null, 'alone'],
      [null, '.odd'],
      ['A', '((('],
    ])
  })

  it('refuses another root, and an entity of its own', () => {
    expect(() => read(nunit2, '<test-run/>')).toThrow(/root/)
    expect(() => read(nunit2, '<!DOCTYPE a [<!ENTITY x SYSTEM "f">]><test-results name="&x;"/>')).toThrow()
  })
})

describe('nunit3', () => {
  it('counts outcomes, tells errors from failures, finds places', () => {
    const { facts, info, problems } = readFile(nunit3, 'failing.xml')
    expect(facts.totals).toEqual({ total: 4, passed: 1, failed: 1, errors: 1, skipped: 1, flaky: 0 })
    // NUnit counts both as failed: 2 are declared, and they agree.
    expect(facts).toMatchObject({
      declared: { total: 4, failed: 2, errors: null, skipped: 1 },
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[1]).toMatchObject({
      suite: 'Shop.Tests/BasketTests',
      classname: 'Shop.BasketTests',
      name: 'Fails',
      file: 'C:/shop/BasketTests.cs',
      line: 12,
      message: 'Expected: 8\n  But was:  7',
      seconds: 0.02,
    })
    expect(info).toMatchObject({ createdAt: '2026-11-22T19:20:35.000Z' })
  })

  it('passes a warning, skips what was ignored', () => {
    const { facts, info, problems } = readFile(nunit3, 'valid.xml')
    expect(facts.totals).toEqual({ total: 4, passed: 3, failed: 0, errors: 0, skipped: 1, flaky: 0 })
    expect(facts.cases.map((test) => test.name)).toEqual(['Adds', 'Doubles("a.b",2)', 'Later', 'Warns'])
    expect(facts.cases[1]).toMatchObject({ suite: 'Shop.Tests/Shop/BasketTests', classname: 'Shop.BasketTests' })
    expect(facts.cases[2]!.message).toBe('not sold yet')
    expect(info.producer).toBe('NUnit 4.1.0.0')
    expect(problems).toEqual([])
  })

  it('sees a tear-down that failed while every case passed', () => {
    expect(readFile(nunit3, 'failing-tear-down.xml').facts).toMatchObject({ totals: { passed: 1, total: 1 }, suiteErrors: 1 })
  })

  it.each([
    ['result="Failed" label="Error"', 'error'],
    ['result="Failed" label="Invalid"', 'failed'],
    ['result="Failed" label="Test exceeded Timeout value 1ms."', 'failed'],
    ['result="Skipped" label="Explicit"', 'skipped'],
    ['result="Inconclusive"', 'skipped'],
    ['result="passed"', 'passed'],
    ['result="Green"', 'error'],
    ['', 'error'],
  ])('reads a case with %s as %s', (attributes, expected) => {
    expect(outcome(three(`<test-case name="a" ${attributes}/>`))).toBe(expected)
  })

  it('knows a cancelled run, and one that shows less than it counts', () => {
    expect(three('<test-case name="a" result="Failed" label="Cancelled"/>').facts).toMatchObject({
      unfinished: true,
      totals: { errors: 1 },
    })
    expect(three('<test-case name="a" result="Passed"/>', 'total="2" failed="1"').facts).toMatchObject({
      unfinished: true,
      suiteErrors: 1,
    })
  })

  it('takes a run or an assembly that failed without a case for an error', () => {
    expect(three('', 'result="Failed"').facts.suiteErrors).toBe(1)
    expect(three('', 'result="Failed"', 'result="Failed" label="Invalid"').facts.suiteErrors).toBe(1)
    expect(three('<test-case name="a" result="Passed"/>', '', 'result="Skipped" label="Invalid"').facts.suiteErrors).toBe(0)
  })

  it('reads the day of early versions', () => {
    expect(three('', 'run-date="2026-07-26" start-time="11:34:27"').info.createdAt).toBe('2026-07-26T11:34:27.000Z')
    expect(three('', 'start-time="yesterday"').info.createdAt).toBeNull()
  })
})
