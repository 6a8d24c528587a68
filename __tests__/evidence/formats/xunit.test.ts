// What xUnit.net's XML promises: one outcome a test, errors outside of tests seen, nothing green that is not.
import { describe, expect, it } from '@jest/globals'
import { xunit } from '../../../src/evidence/formats/tests/xunit.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => xunit.read(sourceOf(content, 'report'), DEFAULT_LIMITS)
const file = (name: string) => read(fixture(`xunit/${name}`))
const assembly = (tests: string, head = '') =>
  read(`<assemblies><assembly name="a.dll" ${head}><collection name="c">${tests}</collection></assembly></assemblies>`)
const pass = '<test name="a" result="Pass"/>'

describe('xunit', () => {
  it('counts tests, and the errors outside of them', () => {
    const { facts, info, problems } = file('failing.xml')
    expect(facts.totals).toEqual({ total: 2, passed: 1, failed: 1, errors: 0, skipped: 0, flaky: 0 })
    expect(facts).toMatchObject({ suiteErrors: 1, unfinished: false, declared: { total: 2, failed: 1, errors: 1, skipped: 0 } })
    expect(facts.cases[1]).toMatchObject({
      suite: 'Shop.Tests',
      classname: 'Shop.BasketTests',
      name: 'Shop.BasketTests.Fails(price: "<img src=x>")',
      file: 'C:/shop/BasketTests.cs',
      line: 12,
      message: 'Assert.Equal() Failure\nExpected: 8\nActual:   7',
    })
    expect(info).toEqual({ producer: 'xUnit.net 2.9.0.0', commit: null, createdAt: '2026-11-22T19:20:35.000Z' })
    expect(problems).toEqual([])
  })

  it('puts a collection with a name of its own into the suite, reads no output as a result', () => {
    const { facts, problems } = file('valid.xml')
    expect(facts.totals).toEqual({ total: 3, passed: 2, failed: 0, errors: 0, skipped: 1, flaky: 0 })
    expect(facts.cases.map((test) => test.suite)).toEqual(['Shop.Tests', 'Shop.Tests', 'Shop.Tests/database'])
    expect(facts.cases[1]!.message).toBe('not sold yet')
    expect(facts).toMatchObject({ suiteErrors: 0, unfinished: false })
    expect(problems).toEqual([])
  })

  it('reads version 3: not run is skipped, times with a zone, places', () => {
    const { facts, info, problems } = file('failing-v3.xml')
    expect(facts.totals).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 })
    expect(facts.cases[1]).toMatchObject({ file: '/shop/BasketTests.cs', line: 10 })
    expect(info.createdAt).toBe('2026-11-22T18:20:35.100Z')
    expect(problems).toEqual([])
  })

  it.each([
    ['result="Pass"', 'passed'],
    ['result="pass"', 'passed'],
    ['result="Skip"', 'skipped'],
    ['result="NotRun"', 'skipped'],
    ['result="Fail"', 'failed'],
    ['result="Passed"', 'error'],
    ['result=""', 'error'],
    ['', 'error'],
  ])('reads a test with %s as %s', (attributes, outcome) => {
    expect(assembly(`<test name="a" ${attributes}/>`).facts.cases[0]!.outcome).toBe(outcome)
  })

  it('lets no test with a failure pass', () => {
    expect(assembly('<test name="a" result="Pass"><failure/></test>').facts.totals).toMatchObject({ passed: 0, failed: 1 })
  })

  it('believes a head that counts more than is shown', () => {
    expect(assembly(pass, 'total="3" failed="1" errors="1"').facts).toMatchObject({ unfinished: true, suiteErrors: 2 })
    expect(assembly(pass, 'total="3" failed="1"').problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
    expect(assembly(pass, 'total="x" failed="-1"').facts).toMatchObject({
      declared: { total: null, failed: null },
      unfinished: false,
      suiteErrors: 0,
    })
  })

  it('sums assemblies, each under its own name; reads version 1 and a single assembly', () => {
    const one = (name: string) => `<assembly name="${name}" total="1" failed="0"><class name="C">${pass}</class></assembly>`
    const { facts, problems } = read(`<assemblies>${one('x/A.dll')}${one('B.exe')}</assemblies>`)
    expect(facts.cases.map((test) => test.suite)).toEqual(['A', 'B'])
    expect(facts.declared!.total).toBe(2)
    expect(problems).toEqual([])
    expect(read(one('A.dll')).facts.totals.passed).toBe(1)
  })

  it('refuses another root', () => expect(() => read('<testsuites/>')).toThrow(/root/))
})
