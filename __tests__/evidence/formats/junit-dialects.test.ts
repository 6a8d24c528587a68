// JUnit as single tools write it: what they count as failed does, what they pass over does not, whatever their words.
import { describe, expect, it } from '@jest/globals'
import { junit } from '../../../src/evidence/formats/tests/junit.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => junit.read(sourceOf(content, 'report'), DEFAULT_LIMITS)
const file = (name: string) => read(fixture(`junit/${name}.xml`))
const suite = (cases: string, attributes = 'name="s"') => read(`<testsuite ${attributes}>${cases}</testsuite>`).facts
const named = ({ facts }: ReturnType<typeof read>, name: string) => facts.cases.find((test) => test.name === name)!

describe('CTest', () => {
  it('counts what could not be run as CTest does: among what failed', () => {
    const report = file('failing-ctest')
    // "22% tests passed, 7 tests failed out of 9"; the tenth is disabled.
    expect(report.facts.totals).toEqual({ total: 10, passed: 1, failed: 5, errors: 2, skipped: 2, flaky: 0 })
    expect(named(report, 'missing')).toMatchObject({ outcome: 'error', message: 'Unable to find executable' })
    expect(named(report, 'needs')).toMatchObject({ outcome: 'error', message: 'Fixture dependency failed' })
    expect(named(report, 'skip').outcome).toBe('skipped')
    expect(named(report, 'off').outcome).toBe('skipped')
  })
})

describe('GoogleTest', () => {
  it('sees a suite that could not be set up behind tests that are only skipped', () => {
    expect(file('failing-gtest').facts).toMatchObject({
      totals: { total: 8, passed: 3, failed: 2, skipped: 3 },
      suiteErrors: 1,
    })
    const never = '<testcase name="a" status="run" result="skipped" timestamp="1970-01-01T00:00:00.000"><skipped/></testcase>'
    expect(suite(never).suiteErrors).toBe(1)
    expect(suite(never.replace('"run"', '"notrun"')).suiteErrors).toBe(0)
    expect(suite(never.replace('1970', '2026')).suiteErrors).toBe(0)
  })

  it('takes what is disabled and what skipped itself for skipped, and its head for no contradiction', () => {
    const { facts, problems } = file('valid-gtest')
    expect(facts).toMatchObject({ totals: { total: 5, passed: 3, failed: 0, skipped: 2 }, suiteErrors: 0 })
    expect(problems).toEqual([])
  })
})

describe('Catch2', () => {
  it('lets no case fail that may fail', () => {
    expect(file('valid-catch2').facts.totals).toEqual({ total: 4, passed: 2, failed: 0, errors: 0, skipped: 2, flaky: 0 })
    const may = '<skipped message="TEST_CASE tagged with !mayfail"/><failure message="f"/><error/>'
    expect(
      suite(`<testcase name="a">${may}</testcase><testcase name="b"><failure/></testcase>`).cases.map((test) => test.outcome),
    ).toEqual(['skipped', 'failed'])
    // In no other words.
    expect(suite('<testcase name="a"><skipped message="may fail"/><failure/></testcase>').totals.failed).toBe(1)
  })

  it('sees a case that should fail and did not, which only the head counts', () => {
    expect(suite('<testcase name="a" status="run"/>', 'name="p" errors="0" failures="1" tests="1"').suiteErrors).toBe(1)
  })

  it('says what failed, not that it failed', () => {
    expect(
      suite('<testcase name="a"><error type="TEST_CASE">\nFAILED:\nno shop\nat c.cc:7\n</error></testcase>').cases[0]!.message,
    ).toBe('no shop')
    expect(suite('<testcase name="a"><error>\nFAILED:\n</error></testcase>').cases[0]!.message).toBe('FAILED:')
  })
})

describe('pytest', () => {
  it('counts a test that was run again once, flaky where it passed', () => {
    const { facts } = file('valid-pytest-reruns')
    expect(facts.totals).toEqual({ total: 2, passed: 2, failed: 0, errors: 0, skipped: 0, flaky: 1 })
    expect(facts.cases.find((test) => test.flaky)!.name).toBe('test_opens_in_time')
  })

  it('takes no run of a test that failed in the end for a pass', () => {
    const { facts } = file('failing-pytest-reruns')
    expect(facts.totals).toMatchObject({ passed: 2, failed: 3, errors: 3, skipped: 1, flaky: 1 })
    const names = facts.cases.filter((test) => test.outcome === 'passed').map((test) => test.name)
    expect(names.sort()).toEqual(['test_flaky', 'test_xpass'])
  })

  it('keeps equal names apart elsewhere', () => {
    const twice = '<testcase classname="c" name="a"/><testcase classname="c" name="a"/>'
    expect(suite(twice, 'name="s"').totals).toMatchObject({ passed: 2, flaky: 0 })
    expect(suite(twice, 'name="pytest"').totals).toMatchObject({ passed: 1, flaky: 1 })
    expect(suite(twice.replace('"c"', '"d"'), 'name="pytest"').totals).toMatchObject({ passed: 2, flaky: 0 })
    expect(suite(twice.replace('/>', '><failure/></testcase>'), 'name="pytest"').totals).toMatchObject({
      passed: 1,
      failed: 1,
      flaky: 0,
    })
  })
})

describe('unittest-xml-reporting', () => {
  it('calls a suite the same in each run, without the time behind its name', () => {
    expect(suite('<testcase name="a"/>', 'name="shop.Basket-20261126065003"').cases[0]!.suite).toBe('shop.Basket')
    expect(suite('<testcase name="a"/>', 'name="shop-2026"').cases[0]!.suite).toBe('shop-2026')
  })
})

describe('PHPUnit', () => {
  it("agrees with its own counts, and does not give the test's name for what it says", () => {
    const report = file('failing-phpunit')
    expect(report.facts.totals).toEqual({ total: 12, passed: 3, failed: 3, errors: 4, skipped: 2, flaky: 0 })
    expect(report.problems).toEqual([])
    expect(named(report, 'testFails')).toMatchObject({ message: '<b> & @everyone', file: '/shop/tests/ShopTest.php', line: 5 })
    expect(named(report, 'tearDownAfterClass').outcome).toBe('failed')
  })
})

describe('Go', () => {
  it('fails packages that do not build or exit, in the words of either tool', () => {
    expect(file('failing-gotestsum').facts.totals).toMatchObject({ total: 9, passed: 2, failed: 6, skipped: 1 })
    expect(file('failing-go-junit-report').facts.totals).toMatchObject({ total: 9, passed: 2, failed: 4, errors: 2, skipped: 1 })
    expect(file('failing-gotestsum').facts.cases.filter((test) => test.name === 'TestMain')).toMatchObject([
      { suite: 'example.com/shop/c', outcome: 'failed' },
      { suite: 'example.com/shop/d', outcome: 'failed' },
    ])
  })
})

describe('bats', () => {
  it('counts tests, skips with their reasons', () => {
    const report = file('failing-bats')
    expect(report.facts.totals).toEqual({ total: 3, passed: 1, failed: 1, errors: 0, skipped: 1, flaky: 0 })
    expect(named(report, 'later').message).toBe('not yet')
  })
})

describe('cargo nextest', () => {
  it('knows a retried test that passed from one that never did', () => {
    const { facts, problems } = file('failing-nextest')
    expect(facts.totals).toEqual({ total: 5, passed: 2, failed: 1, errors: 1, skipped: 1, flaky: 1 })
    expect(facts.cases.find((test) => test.flaky)!.name).toBe('tests::flaky')
    expect(facts.suiteErrors).toBe(0)
    expect(problems).toEqual([])
  })
})

describe('more tests in the head than there are cases', () => {
  const cases = '<testcase name="a"/><testcase name="b"/>'
  const declared = (head: string, within = cases, root = '') =>
    read(`<testsuites ${root}><testsuite ${head}>${within}</testsuite></testsuites>`).facts.declared?.total

  it('is kept, so that evaluate can tell of it', () => {
    expect(declared('name="s" tests="500" failures="0"')).toBe(500)
    expect(declared('name="s" tests="2"', cases, 'tests="500" failures="0" errors="0"')).toBe(500)
    // One of pytest beside another: not all of the sum is pytest's.
    const other = '</testsuite><testsuite name="pytest" tests="500">'
    expect(declared('name="s" tests="2"', `${cases}${other}<testcase name="c"/>`)).toBe(502)
  })

  it.each([
    ['pytest counts subtests and tear-downs', 'name="pytest" tests="15"', cases, ''],
    ['Catch2 and doctest count assertions', 'name="s" tests="9"', cases.replaceAll('/>', ' status="run"/>'), ''],
    ["Newman's root counts runs of scripts", 'name="s" id="x" tests="2"', cases, 'name="shop" tests="40" time="1"'],
    ['libtest does not list what is ignored', 'name="test" tests="5" skipped="3"', cases, ''],
  ])('is nothing where the head counts no cases: %s', (_, head, within, root) => {
    expect(declared(head, within, root)).toBeNull()
  })
})
