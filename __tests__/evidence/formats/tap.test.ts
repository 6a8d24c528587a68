// What TAP promises: the innermost points are the tests, a run that ends before its plan is not a run, no hash hides a failure.
import { describe, expect, it } from '@jest/globals'
import { tap } from '../../../src/evidence/formats/tests/tap.ts'
import { headOfText } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array, limits = DEFAULT_LIMITS) => tap.read(sourceOf(content, 'report'), limits)
const file = (name: string) => read(fixture(`tap/${name}`))
const outcomes = (text: string) => read(text).facts.cases.map((test) => test.outcome)
const point = (text: string) => read(`1..1\n${text}\n`).facts.cases[0]!

describe('tap', () => {
  it("agrees with node's own totals, groups and parents included", () => {
    const { facts, problems } = file('failing.tap')
    expect(facts.totals).toEqual({ total: 8, passed: 2, failed: 3, errors: 0, skipped: 3, flaky: 0 })
    expect(facts).toMatchObject({ declared: { total: 8, failed: 3, skipped: 3 }, suiteErrors: 0, unfinished: false })
    expect(problems).toEqual([])
    expect(facts.cases.find((test) => test.name === 'is wrong')).toMatchObject({
      suite: 'basket',
      outcome: 'failed',
      file: '/shop/shop.test.mjs',
      line: 5,
      message: '2 == 3',
      trace: expect.stringContaining("operator: '=='"),
    })
    expect(file('valid.tap').facts).toMatchObject({ totals: { total: 5, passed: 4, skipped: 1 }, declared: { total: 5 } })
    expect(file('valid.tap').facts.cases.map((test) => test.name)).toContain('issue #12 is closed')
  })

  it("agrees with node-tap's own totals, with no group counted", () => {
    const { facts } = file('failing-node-tap.tap')
    expect(facts.totals).toEqual({ total: 5, passed: 2, failed: 1, errors: 0, skipped: 2, flaky: 0 })
    expect(facts.cases.map((test) => test.suite)).toEqual([
      'test/a.js/basket',
      'test/a.js/basket',
      'test/a.js/basket/deep',
      'test/a.js',
      'test/a.js',
    ])
    expect(facts.cases[1]).toMatchObject({ file: 'test/a.js', line: 2 })
    expect(facts.unfinished).toBe(false)
  })

  it('reads Perl, tape, mocha and bats', () => {
    expect(file('failing-perl.tap').facts).toMatchObject({
      totals: { total: 7, passed: 3, failed: 1, skipped: 3 },
      unfinished: false,
    })
    expect(file('failing-perl.tap').facts.cases.map((test) => test.name)).toEqual([
      'a',
      'b',
      'issue #12 closed',
      'same',
      '',
      'someday',
      'none',
    ])
    expect(file('failing-tape.tap').facts.cases[1]).toMatchObject({ outcome: 'failed', file: '/shop/tape.js', line: 2 })
    expect(file('failing-tape.tap').facts.totals).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 })
    expect(file('failing-mocha.tap').facts.cases[1]).toMatchObject({ outcome: 'failed', message: '2 == 3' })
    expect(file('failing-mocha.tap').facts.totals).toMatchObject({ total: 4, passed: 1, failed: 1, skipped: 2 })
    expect(file('failing-bats.tap').facts.cases[1]).toMatchObject({
      outcome: 'failed',
      message: '(in test file a.bats, line 2)',
      trace: expect.stringContaining('from the test'),
    })
  })

  it('takes a run that bails out for unfinished and wrong, however green its points', () => {
    expect(file('failing-bail-out.tap').facts).toMatchObject({
      totals: { total: 1, passed: 1 },
      unfinished: true,
      suiteErrors: 1,
    })
    expect(read('1..1\n    Bail out! no disk\nok 1\n').facts).toMatchObject({ unfinished: true, suiteErrors: 1 })
  })

  it('has a plan met, or is unfinished', () => {
    const state = (text: string) => {
      const { facts, problems } = read(text)
      return [facts.unfinished, facts.suiteErrors, problems.map(({ code }) => code)]
    }
    expect(state('ok 1\n')).toEqual([true, 0, []])
    expect(state('1..2\nok 1\n')).toEqual([true, 0, ['declared_recount_differ']])
    expect(state('ok 1\nok 2\n1..2\n')).toEqual([false, 0, []])
    expect(state('1..1\nok 1\nok 2\n')).toEqual([false, 1, ['declared_recount_differ']])
    // Two runs in one file.
    expect(state('TAP version 13\n1..1\nok 1\nTAP version 13\n1..2\nok 1\n')).toEqual([true, 0, ['declared_recount_differ']])
    expect(state('TAP version 13\n1..1\nok 1\nTAP version 13\n1..1\nok 1\n')).toEqual([false, 0, []])
    expect(state('TAP version 14\n')).toEqual([true, 0, ['nothing_measured']])
    expect(state('1..0 # SKIP no database\n')).toEqual([false, 0, ['nothing_measured']])
    expect(state(`1..${'9'.repeat(40)}\nok 1\n`)).toEqual([true, 0, []])
    // Subtests have plans too.
    expect(state('    1..2\n    ok 1\nok 1 - sum\n1..1\n')).toEqual([true, 0, []])
    expect(state('    1..1\n    ok 1\n    ok 2\nok 1 - sum\n1..1\n')).toEqual([false, 1, []])
    expect(state('1..0\n    ok 1\n    1..1\n')).toEqual([true, 0, []])
  })

  it.each([
    ['ok', 'passed', ''],
    ['ok 1', 'passed', ''],
    ['ok 2-a', 'passed', 'a'],
    ['ok-a', 'passed', 'a'],
    ['ok - 3 apples', 'passed', '3 apples'],
    ['not ok 1 - a', 'failed', 'a'],
    ['ok 1 - # SKIP none', 'skipped', ''],
    ['ok 1 # SKIPPED none', 'skipped', ''],
    ['ok-# skip none', 'skipped', ''],
    ['not ok 1 a # TODO: later', 'skipped', 'a'],
    ['ok 1 a # todo', 'skipped', 'a'],
    ['not ok 1 - no #todo-list # here', 'failed', 'no #todo-list # here'],
    ['not ok 1 - issue#todo', 'failed', 'issue#todo'],
    ['not ok 1 - a \\# TODO b', 'failed', 'a # TODO b'],
    ['not ok 1 - # skipping is wrong', 'failed', '# skipping is wrong'],
    ['ok 1 - a # time=5.25ms # SKIP', 'skipped', 'a'],
    ['ok 1 a # in 10 ms', 'passed', 'a'],
  ])('reads %j as %s, named %j', (text, outcome, name) => {
    expect(point(text)).toMatchObject({ outcome, name })
  })

  it.each(['okay', 'ok: done', 'OK 1', 'not okay', 'notok 1', ' ok 1', '\tok 1', '  not ok 2', 'ok,'])(
    "takes %j for a program's own words",
    (text) => expect(outcomes(`1..0\n${text}\n`)).toEqual([]),
  )

  it('counts a sum that is not ok although everything below it is', () => {
    expect(outcomes('    ok 1 - a\n    1..1\nnot ok 1 - sum\n1..1\n')).toEqual(['passed', 'failed'])
    expect(outcomes('    not ok 1 - a\n    1..1\nok 1 - sum\n1..1\n')).toEqual(['failed'])
    expect(outcomes('    not ok 1 - a\n    ok 2\n    1..2\nnot ok 1 - sum # TODO\n1..1\n')).toEqual(['skipped', 'passed'])
  })

  it('gives no pass to a last line that may be cut', () => {
    expect(read('1..2\nok 1\nok 2 - needs a database # SK').facts).toMatchObject({ totals: { passed: 1 }, unfinished: true })
    expect(read('1..2\nok 1\nnot ok 2').facts).toMatchObject({ totals: { passed: 1, failed: 1 }, unfinished: false })
    expect(read('ok 1\n1..1').facts).toMatchObject({ totals: { passed: 1 }, unfinished: false })
  })

  it('finds nothing in notes that is not theirs: no point, no plan, no end', () => {
    const text = '1..2\nnot ok 1 - a\n  ---\n  message: "x ""y"" \\"z\\""\n  dump: |\n    1..9\n    ok 7\n    ...\n  ...\nok 2\n'
    expect(outcomes(text)).toEqual(['failed', 'passed'])
    expect(read(text).facts.unfinished).toBe(false)
    const open = read('1..1\nnot ok 1\n  ---\n  message: a\n')
    expect(open.facts).toMatchObject({ unfinished: true, totals: { failed: 1 } })
    expect(open.problems.map(({ code }) => code)).toEqual(['truncated'])
    // A block that is never closed hides no point after it.
    expect(outcomes('1..2\nok 1\n  ---\n  a: b\nnot ok 2\n')).toEqual(['passed', 'failed'])
  })

  it.each([
    ["location: '/a/b.js:3:1'", '/a/b.js', 3],
    ["location: 'file:///C:/a/b.js:3:1'", 'C:/a/b.js', 3],
    ['at:\n    file: a\\b.js\n    line: 4', 'a/b.js', 4],
    ['file: t/a.t\n  line: 5', 't/a.t', 5],
    ['file: t/a.t\n  line: -5', 't/a.t', null],
    ['line: 1e400', null, null],
    ['location: nowhere', null, null],
  ])('finds the place in %j', (notes, path, line) => {
    expect(point(`not ok 1\n  ---\n  ${notes}\n  ...`)).toMatchObject({ file: path, line })
  })

  it('takes no time that is none, and cuts long texts', () => {
    for (const time of ['-1', 'NaN', '1e999', '"5"'])
      expect([time, point(`ok 1\n  ---\n  duration_ms: ${time}\n  ...`).seconds]).toEqual([time, time === '"5"' ? 0.005 : null])
    expect(point('ok 1 - a # time=1500ms').seconds).toBe(1.5)
    const limits = { ...DEFAULT_LIMITS, textLength: 10 }
    const long = read(`1..1\nnot ok 1 - ${'n'.repeat(50)}\n  ---\n  message: ${'m'.repeat(50)}\n  ...\n`, limits).facts.cases[0]!
    expect([long.name.length, long.trace!.length]).toEqual([10, 10])
  })

  it('believes what node counts where its points do not show it', () => {
    const trailer = '# tests 2\n# suites 0\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n'
    const { facts, problems } = read(`ok 1 - a\n1..1\n${trailer}`)
    expect(facts.suiteErrors).toBe(1)
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it.each([
    ['ok 1 - a\n1..1\n', true],
    ['not ok 1\n', true],
    ['> shop@1.0.0 test\n> tape test.js\n\nTAP version 13\n', true],
    ['# Subtest: a\n    1..2\n    ok 1\n', true],
    ['1..0 # skip\n', true],
    ['ok  \texample.com/shop\t0.005s\n', false],
    ['okay\n1..2\n', false],
    ['# Notes\n\nWe write TAP version 13.\n', false],
    ['TAP version 15\n', false],
    ['{"ok":1}', false],
  ])('knows its beginning: %j %s', (text, known) => expect(tap.recognises(headOfText(text), 'report')).toBe(known))

  it('is not confused by depth, and refuses what is no TAP', () => {
    const deep = Array.from({ length: 400 }, (_, i) => `${' '.repeat(4 * (400 - i))}not ok 1 - d${i}`).join('\n')
    expect(read(`${deep}\nnot ok 1\n1..1\n`).facts.totals.failed).toBeGreaterThan(0)
    for (const text of ['', '\n\n', 'hello\n', '# only a comment\n']) expect(() => read(text)).toThrow(/TAP/)
  })
})
