// What a change did to tests, findings and measurements: told from runs at or before the merge base, and said not to be known where it is not.
import { describe, expect, it } from '@jest/globals'
import { type ChangesInput, changesSince } from '../../src/history/changes.ts'
import { seenIn } from '../../src/history/seen.ts'
import type { Changes } from '../../src/model/changes.ts'
import type { Facts, Finding, TestCase } from '../../src/model/facts.ts'
import type { PastRun } from '../../src/model/history.ts'
import { limit, metricConfig, seedConfig } from '../support/config.ts'
import { finding, scan, testCase, tests } from '../support/facts.ts'
import { broken, historyOf, pastRun } from '../support/history.ts'
import { metricValue } from '../support/judged.ts'

const ALL = (findings: readonly Finding[]) => findings
const cases = (words: string): TestCase[] =>
  words.split(' ').flatMap((word) => {
    const [name = '', state = ''] = word.split(':')
    const outcome = state === 'F' ? 'failed' : state === 'S' ? 'skipped' : state === 'E' ? 'error' : 'passed'
    return name === '' ? [] : [testCase(name, outcome, { flaky: state === 'R' })]
  })
/** `a:F b c:S`: a failed, b passed, c was skipped; R: passed at a second try. */
const junit = (words: string): Facts => tests(cases(words))
const run = (seq: number, facts: Facts[], change: Partial<PastRun> = {}): PastRun =>
  pastRun(seq, { seen: seenIn(facts, ALL), ...change })

function changes(runs: PastRun[], facts: Facts[], change: Partial<ChangesInput> = {}): Changes | null {
  const input = { config: seedConfig(), history: historyOf(runs), facts, openOf: ALL, metrics: [], commit: 'now' }
  return changesSince({ ...input, ...change })
}

const names = (list: { first: { name: string }[] } | undefined): string[] =>
  (list?.first ?? []).map((one) => one.name.replace('suite > ', ''))

function testsOf(runs: string[], now: string, change: Partial<ChangesInput> = {}): Record<string, string[]> {
  const { tests: found } = changes(
    runs.map((words, at) => run(at + 1, [junit(words)])),
    [junit(now)],
    change,
  )!
  return { newly: names(found?.newly), still: names(found?.still), fixed: names(found?.fixed), flaky: names(found?.flaky) }
}

describe('tests', () => {
  it('that fail now and did not are newly failing, those that did are still, those that pass now are fixed', () => {
    expect(testsOf(['a b:F c:E d'], 'a:F b:F c d')).toEqual({ newly: ['a'], still: ['b'], fixed: ['c'], flaky: [] })
  })

  it('that did not run now are not fixed: nobody knows', () => {
    const found = changes([run(1, [junit('a:F b:F')])], [junit('b:S c')])!.tests!
    expect([found.fixed.total, found.gone]).toEqual([0, 2])
  })

  it('that keep failing are said to since the first run of the row', () => {
    const found = changes(
      [run(1, [junit('a:F')]), run(2, [junit('a')]), run(3, [junit('a:F')]), run(4, [junit('a:F')])],
      [junit('a:F')],
    )!
    expect(found.tests!.still.first[0]).toMatchObject({ since: 3, flaky: { failed: 4, runs: 5 } })
  })

  it('are held against the newest run at or before the merge base, passed or not, and against no other', () => {
    const runs = [run(1, [junit('a')]), run(2, [junit('a:F')], { verdict: 'failed' }), run(3, [junit('a b:F')])]
    const history = historyOf(runs, { ancestors: new Set(['c1', 'c2']) })
    const found = changes(runs, [junit('a:F b:F')], { history })!
    expect(found.against).toMatchObject({ seq: 2, commit: 'c2', verdict: 'failed' })
    expect([names(found.tests!.still), names(found.tests!.newly)]).toEqual([['a'], ['b']])
  })

  it('of the same name in another suite or class are others', () => {
    const one = tests([testCase('t', 'failed', { suite: 'x' }), testCase('t', 'passed', { suite: 'y' })])
    const two = tests([testCase('t', 'passed', { suite: 'x' }), testCase('t', 'failed', { suite: 'y' })])
    const found = changes([run(1, [one])], [two])!.tests!
    expect([found.newly.first[0]!.name, found.fixed.first[0]!.name]).toEqual(['y > t', 'x > t'])
  })

  it('of which a record names too few are said not to be all', () => {
    const many = tests([testCase('a', 'failed', { times: 300 })])
    const found = changes([run(1, [many])], [junit('b:F')])!.tests!
    expect([found.complete, names(found.newly)]).toEqual([false, ['b']])
  })

  it.each<[string, string[], string, string[]]>([
    ['on and off', ['a:F', 'a', 'a:F'], 'a', ['a']],
    ['on and off, failing now', ['a:F', 'a', 'a'], 'a:F', ['a']],
    ['once, and mended', ['a:F', 'a:F', 'a'], 'a', []],
    ['for the first time', ['a', 'a', 'a'], 'a:F', []],
    ['ever since', ['a', 'a:F', 'a:F'], 'a:F', []],
    ['within a run, at its first try', ['a', 'a:R', 'a'], 'a:F', ['a']],
  ])('that failed %s', (_, before, now, flaky) => {
    const found = changes(
      before.map((words, at) => run(at + 1, [junit(words)])),
      [junit(now)],
    )!.tests!
    const all = [found.newly, found.still, found.fixed, found.flaky].flatMap((list) => list.first)
    const told = all.filter((one) => one.flaky !== null).map((one) => one.name.replace('suite > ', ''))
    expect(told).toEqual(flaky)
  })

  it('that fail and pass on one commit are flaky', () => {
    const runs = [run(1, [junit('a:F')], { commit: 'same' }), run(2, [junit('a')], { commit: 'same' })]
    expect(names(changes(runs, [junit('a')])!.tests!.flaky)).toEqual(['a'])
    expect(names(changes([run(1, [junit('a')], { commit: 'now' })], [junit('a:F')])!.tests!.newly)).toEqual(['a'])
    expect(changes([run(1, [junit('a')], { commit: 'now' })], [junit('a:F')])!.tests!.newly.first[0]!.flaky).toEqual({
      failed: 1,
      runs: 2,
    })
  })

  it('are looked at over ten runs and no more', () => {
    const words = ['a:F', ...Array.from({ length: 10 }, () => 'a')]
    expect(testsOf(words, 'a:F').newly).toEqual(['a'])
    const found = changes(
      words.map((one, at) => run(at + 1, [junit(one)])),
      [junit('a:F')],
    )!.tests!
    expect(found.newly.first[0]!.flaky).toBeNull()
  })
})

describe('findings', () => {
  const findingsOf = (before: Finding[], now: Finding[], tools: [string[], string[]] = [['scanner'], ['scanner']]) =>
    changes([run(1, [scan(before, { tools: tools[0] })])], [scan(now, { tools: tools[1] })])!.findings!
  const lines = (list: { first: { line: number | null }[] }): (number | null)[] => list.first.map((one) => one.line)

  it('that are there now and were not are new, those that are gone are fixed, gravest first', () => {
    const found = findingsOf(
      [finding({ rule: 'old', line: 3 }), finding({ rule: 'same', line: 9 })],
      [
        finding({ rule: 'same', line: 9 }),
        finding({ rule: 'low', severity: 'low' }),
        finding({ rule: 'bad', severity: 'critical' }),
      ],
    )
    expect([found.added.first.map((one) => one.name), found.fixed.first.map((one) => one.name)]).toEqual([
      ['bad', 'low'],
      ['old'],
    ])
    expect(found.open).toBe(3)
  })

  it('are the same ones when the lines above them, or the version of a package, move', () => {
    const cve = { identifiers: ['CVE-2026-1'], package: 'left-pad', path: null, line: null }
    const found = findingsOf(
      [finding({ line: 3 }), finding({ ...cve, version: '1.0.0' }), finding({ fingerprint: 'f1', line: 8 })],
      [
        finding({ line: 33 }),
        finding({ ...cve, version: '1.0.1' }),
        finding({ fingerprint: 'f1', line: 88, path: 'src/moved.ts' }),
      ],
    )
    expect([found.added.total, found.fixed.total]).toEqual([0, 0])
  })

  it('of which there are more of a kind in a file: the one on a line of its own is the new one', () => {
    const found = findingsOf(
      [finding({ line: 3 }), finding({ line: 30 })],
      [finding({ line: 3 }), finding({ line: 12 }), finding({ line: 30 })],
    )
    expect([lines(found.added), found.fixed.total]).toEqual([[12], 0])
  })

  it('of a tool that only one of the runs has are not compared, and that is said', () => {
    const found = findingsOf([finding({ tool: 'old' })], [finding({ tool: 'new' })], [['old'], ['new']])
    expect(found).toMatchObject({ added: { total: 0 }, fixed: { total: 0 }, open: 1, uncompared: ['new', 'old'] })
  })

  it('that policy accepts are neither', () => {
    const openOf = (list: readonly Finding[]) => list.filter((one) => one.rule !== 'accepted')
    const past = pastRun(1, { seen: seenIn([scan([finding({ rule: 'accepted' })])], openOf) })
    const found = changes([past], [scan([])], { openOf })!.findings!
    expect([found.added.total, found.fixed.total]).toEqual([0, 0])
  })
})

describe('measurements', () => {
  const config = seedConfig((draft) => {
    const objective = (sli: string, op: '<' | '>') => ({
      sli,
      pass: [limit(op, 200, 'ms')],
      warn: [],
      weight: 1,
      key: false,
      origin: 'x:1',
    })
    draft.metrics = [
      metricConfig('m', 'performance', 'component', { objectives: [objective('p95', '<'), objective('rate', '>')] }),
    ]
  })
  const of = (values: number[], now: number, sli = 'p95', unit = 'ms') =>
    changes(
      values.map((value, at) => run(at + 1, [junit('a')], { slis: { [`m ${sli}`]: { value, unit } } })),
      [junit('a')],
      { config, metrics: [metricValue('m', 'component', 100, { slis: [{ sli, value: now, unit: 'ms' }] })] },
    )!.performance[0]

  it.each<[string, number[], number, string]>([
    ['no further off than chance', [200, 204, 198, 202, 196], 206, 'within_noise'],
    ['further off, slower', [200, 204, 198, 202, 196], 207, 'worse'],
    ['further off, faster', [200, 204, 198, 202, 196], 190, 'better'],
    ['off where nothing ever moved', [200, 200, 200, 200], 201, 'worse'],
    ['the same where nothing ever moved', [200, 200, 200, 200], 200, 'within_noise'],
    ['of too few runs', [200, 300, 100], 900, 'few'],
  ])('that are %s', (_, past, now, state) => expect(of(past, now)).toMatchObject({ state, runs: past.length }))

  it('say what is usual, and how much it wavers', () => {
    expect(of([200, 204, 198, 202, 196], 206)).toMatchObject({
      metric: 'm',
      sli: 'p95',
      value: 206,
      median: 200,
      noise: 2,
      runs: 5,
    })
  })

  it('get better as their limit asks', () => {
    expect(of([200, 204, 198, 202, 196], 190, 'rate')).toMatchObject({ state: 'worse' })
  })

  it('in another unit are not compared', () => expect(of([200, 204, 198, 202], 206, 'p95', 's')).toBeUndefined())
})

describe('nothing is compared', () => {
  it.each<[string, Partial<ChangesInput>]>([
    ['without any run', { history: historyOf([]) }],
    ['without a ledger', { history: historyOf([], { state: 'absent' }) }],
    ['with a ledger that cannot be read', { history: broken() }],
    ['where the merge base is not known', { history: historyOf([run(1, [junit('a')])], { ancestryProblem: 'shallow' }) }],
    ['with runs of which nothing is known', { history: historyOf([pastRun(1), pastRun(2, { seen: null })]) }],
  ])('%s', (_, change) => expect(changes([], [junit('a:F')], change)).toBeNull())

  it('of what one of the runs has no report of', () => {
    expect(changes([run(1, [scan()])], [junit('a:F')])).toMatchObject({ tests: null, findings: null })
    expect(changes([run(1, [junit('a')])], [scan([finding()])])).toMatchObject({ tests: null, findings: null })
  })
})

describe('endless foreign text', () => {
  it('is bounded, and counted all the same', () => {
    const many = tests(Array.from({ length: 400 }, (_, at) => testCase(`${at} ${'x'.repeat(5000)}`, 'failed')))
    const found = changes([run(1, [junit('a')])], [many])!.tests!
    expect(found.newly.total).toBe(400)
    expect(found.newly.first).toHaveLength(50)
    expect(JSON.stringify(found).length).toBeLessThan(40_000)
  })
})
