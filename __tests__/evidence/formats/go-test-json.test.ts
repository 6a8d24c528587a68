// `go test -json`: what failed outside of any test, what has no end, and what was run again.
import { describe, expect, it } from '@jest/globals'
import { goTestJson } from '../../../src/evidence/formats/tests/go-test-json.ts'
import { headOf } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => goTestJson.read(sourceOf(content), DEFAULT_LIMITS)
/** `run TestA`, `pass TestA`, `pass`: events of one package; other lines as they are. */
const stream = (...events: string[]) =>
  events
    .map((event) => {
      const [action, test] = event.split(' ')
      return event.startsWith('!')
        ? event.slice(1)
        : JSON.stringify({ Action: action, Package: 'shop', ...(test && { Test: test }) })
    })
    .join('\n')
    .concat('\n')
const facts = (...events: string[]) => read(stream(...events)).facts

describe('go test -json', () => {
  it('reads what Go wrote: failed tests, a panic, an exit, a build that failed, a TestMain that failed', () => {
    const result = read(fixture('go-test-json/failing.json'))
    expect(result.facts).toMatchObject({
      totals: { total: 16, passed: 8, failed: 5, errors: 2, skipped: 1, flaky: 0 },
      declared: null,
      // broken does not build, till's TestMain exits with 3
      suiteErrors: 2,
      unfinished: false,
    })
    expect(result.problems).toEqual([])
    expect(result.info.createdAt).toBe('2026-11-26T06:13:45.180Z')
    const byName = new Map(result.facts.cases.map((test) => [`${test.suite} ${test.name}`, test]))
    expect(byName.get('example.com/shop/basket TestTotal')).toMatchObject({
      file: 'example.com/shop/basket/basket_test.go',
      line: 3,
      outcome: 'failed',
      message: 'total is 3, not 4',
      trace: '    basket_test.go:3: total is 3, not 4',
    })
    expect(byName.get('example.com/shop/exits TestOpens')).toMatchObject({ outcome: 'error' })
    expect(byName.get('example.com/shop/panics TestPar')).toMatchObject({ outcome: 'error' })
    expect(byName.get('example.com/shop/panics TestPanic')).toMatchObject({
      outcome: 'failed',
      message: 'panic: the till jams [recovered, repanicked]',
    })
  })

  it('reads a run that passed, from the cache too', () => {
    expect(read(fixture('go-test-json/valid.json')).facts).toMatchObject({
      totals: { total: 6, passed: 5, failed: 0, errors: 0, skipped: 1 },
      suiteErrors: 0,
      unfinished: false,
    })
  })

  it('takes what failed, and passed when its package was run again, for flaky', () => {
    expect(read(fixture('go-test-json/valid-rerun.json')).facts).toMatchObject({
      totals: { total: 1, passed: 1, failed: 0, flaky: 1 },
      suiteErrors: 0,
      unfinished: false,
    })
    expect(facts('run A', 'fail A', 'fail', 'start', 'run A', 'fail A', 'fail').totals).toMatchObject({ failed: 1, flaky: 0 })
  })

  it('takes what failed once of several times within one run for failed', () => {
    expect(facts('run A', 'fail A', 'run A', 'pass A', 'fail').totals).toMatchObject({ total: 1, failed: 1, passed: 0, flaky: 0 })
    expect(facts('run A', 'pass A', 'run A', 'fail A', 'fail').totals).toMatchObject({ failed: 1, passed: 0 })
  })

  it('knows a run that did not end', () => {
    expect(facts('start', 'run A', 'pass A')).toMatchObject({ unfinished: true, totals: { passed: 1 } })
    expect(facts('start', 'run A')).toMatchObject({ unfinished: true, totals: { errors: 1 } })
    expect(facts('start', 'run A', 'pass A', 'pass')).toMatchObject({ unfinished: false })
    const cut = read(stream('start', 'run A', 'pass A', 'pass').slice(0, -4))
    expect(cut.facts.unfinished).toBe(true)
    expect(cut.problems.map(({ code, line }) => [code, line])).toEqual([['truncated', 4]])
  })

  it('lets no test pass that has no end, though its package passed', () => {
    expect(facts('run A', 'pause A', 'cont A', 'pass').totals).toMatchObject({ total: 1, passed: 0, errors: 1 })
    expect(facts('run A', 'passed A', 'pass').totals).toMatchObject({ passed: 0, errors: 1 })
  })

  it('counts no benchmark that went well', () => {
    expect(facts('run BenchmarkA', 'output BenchmarkA', 'pass').totals.total).toBe(0)
    expect(facts('run BenchmarkA', 'fail BenchmarkA', 'fail').totals).toMatchObject({ failed: 1 })
  })

  it('counts a package that failed without a failed test, once', () => {
    expect(facts('run A', 'pass A', 'fail')).toMatchObject({ suiteErrors: 1, totals: { passed: 1, failed: 0 } })
    expect(facts('run A', 'fail A', 'fail').suiteErrors).toBe(0)
    const build = '!{"ImportPath":"shop [shop.test]","Action":"build-fail"}'
    const told = '!{"Action":"fail","Package":"shop","FailedBuild":"shop [shop.test]"}'
    expect(facts(build, 'start', told).suiteErrors).toBe(1)
    expect(facts(build, 'run A', 'pass A', 'pass').suiteErrors).toBe(1)
  })

  it('passes over what the compiler wrote in between, but not that a package was not built', () => {
    const { facts: found, problems } = read(
      stream('!# shop/broken', '!broken/broken.go:1:39: no', '!FAIL\tshop/broken [build failed]', 'run A', 'pass A', 'pass'),
    )
    expect(found).toMatchObject({ suiteErrors: 1, totals: { passed: 1 } })
    expect(problems).toMatchObject([{ code: 'line_malformed', line: 1 }])
  })

  it('reads output that holds quotes and colons, and events that are written otherwise than Go does', () => {
    const output = JSON.stringify({
      Action: 'output',
      Package: 'shop',
      Test: 'A',
      Output: '    a_test.go:7: got {"a": 1}, "b\\\\": {"Action":"pass"}\n',
    })
    const { cases } = facts(
      'run A',
      `!${output}`,
      '!{ "Action" : "fail", "Package":"shop", "Test":"A", "Extra": {"Action": "pass"} }',
      'fail',
    )
    expect(cases).toMatchObject([{ outcome: 'failed', file: 'shop/a_test.go', line: 7 }])
    expect(cases[0]?.message).toContain('{"Action":"pass"}')
  })

  it('reads the events of test2json, which name no package', () => {
    const text = '{"Action":"run","Test":"A"}\n{"Action":"pass","Test":"A","Elapsed":0.5}\n{"Action":"pass"}\n'
    expect(read(text).facts).toMatchObject({
      unfinished: false,
      cases: [{ suite: '', name: 'A', seconds: 0.5, outcome: 'passed' }],
    })
    expect(goTestJson.recognises(headOf(sourceOf(text)), 'x')).toBe(true)
  })

  it('is known by its events even where a compiler wrote first', () => {
    expect(goTestJson.recognises(headOf(sourceOf(`# shop\n${stream('start')}`)), 'x')).toBe(true)
  })

  it.each([
    ['an event without action', '{"Package":"shop"}\n', 1],
    ['a line cut in the middle of the file', '{"Action":"run","Pack\n{"Action":"pass","Package":"shop"}\n', 1],
    ['a line that is no JSON', '{"Action":"pass"}\n{Action}\n', 2],
    ['a key twice', '{"Action":"fail","Package":"shop","Test":"A","Action":"pass"}\n', 1],
    ['a negative time', '{"Action":"pass","Package":"shop","Elapsed":-1}\n', 1],
    ['a time in quotes', '{"Action":"pass","Package":"shop","Elapsed":"1"}\n', 1],
  ])('refuses %s, and says where', (_, text, line) => {
    let problem: unknown = null
    try {
      read(text)
    } catch (error) {
      problem = error instanceof CertifyError ? error.problems[0] : error
    }
    expect(problem).toMatchObject({ code: 'line_malformed', line })
  })

  it('refuses a file without any event', () => expect(() => read('# shop\n')).toThrow(/holds no event/))
})
