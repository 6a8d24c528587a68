// Coverage: lines counted once over all reports, spoiled by failing tests, lowest component, unknown before zero (spec 2.3, decision 19).
import { describe, expect, it } from '@jest/globals'
import type { MetricConfig } from '../../src/model/config.ts'
import type { Admitted, FileCoverage } from '../../src/model/evidence.ts'
import { reason } from '../../src/model/reason.ts'
import { codes, configOf, coverageFacts, file, lines, measured, testCase, tests } from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'

const report = (path: string, ...files: FileCoverage[]): Admitted => admitted(path, 'component', coverageFacts(...files))
const coverage = (found: Admitted[], change: Partial<MetricConfig> = {}) =>
  measured(configOf({ family: 'coverage', ...change }), found)
const junit = (...cases: Parameters<typeof testCase>[]): Admitted =>
  admitted('junit.xml', 'component', tests(cases.map((one) => testCase(...one))))

const entry = (path: string): MetricConfig['evidence'][number] => ({
  paths: [path],
  artifact: null,
  format: null,
  level: null,
  component: null,
  expect: null,
  required: true,
  committed: false,
  origin: 'default',
})

describe('the figure', () => {
  it.each([
    [1918, 2000, 95.9, '1918 / 2000 lines = 95.9 %'],
    [94_996, 100_000, 94.996, '94996 / 100000 lines = 94.99 %'],
    [0, 10, 0, '0 / 10 lines = 0 %'],
    [10, 10, 100, '10 / 10 lines = 100 %'],
    [99_999, 100_000, 99.999, '99999 / 100000 lines = 99.99 %'],
    [1, 3, 33.3333333333333, '1 / 3 lines = 33.33 %'],
  ])('%d of %d lines', (covered, total, value, formula) => {
    const found = coverage([report('lcov.info', lines(covered, total))])
    expect(found).toMatchObject({
      state: 'known',
      value,
      formula,
      unit: '%',
      capped: null,
      ratio: { good: covered, total, what: 'lines' },
    })
  })

  it('takes statements where a format has no lines, and says so', () => {
    const facts = coverageFacts({
      ...file('a.go', []),
      lines: null,
      totals: { lines: null, branches: null, functions: null, statements: { covered: 3, total: 4 } },
    })
    const found = coverage([
      admitted('c.out', 'component', { ...facts, totals: { ...facts.totals, statements: { covered: 3, total: 4 } } }),
    ])
    expect(found).toMatchObject({ value: 75, formula: '3 / 4 statements = 75 %' })
  })

  it('can be of branches, or of lines and branches together', () => {
    const found = [report('lcov.info', file('a.ts', [1, 0], [[1, 4]]))]
    expect(coverage(found, { measure: 'branches' })).toMatchObject({ value: 25, ratio: { what: 'branches' } })
    expect(coverage(found, { measure: 'combined' })).toMatchObject({ ratio: { good: 2, total: 6, what: 'lines and branches' } })
  })

  it.each<[string, Partial<MetricConfig>, Admitted[]]>([
    ['of files chosen', { exclude: ['gone/**'] }, [report('lcov.info', file('a.ts', [1, 1], [[2, 2]]), file('b.ts', [0, 0]))]],
    [
      'of several reports',
      {},
      [report('1', file('a.ts', [1, 1], [[2, 2]])), report('2', file('a.ts', [1], [[1, 1]]), file('b.ts', [0, 0]))],
    ],
  ])('combined: lines of a file without branches count, %s', (_, change, found) => {
    expect(coverage(found, { measure: 'combined', ...change })).toMatchObject({
      ratio: { good: 4, total: 6 },
      parts: [{ name: 'b.ts', detail: '0 of 2 lines and branches' }],
    })
  })

  it('shows the report’s own headline beside it and does not use it', () => {
    const facts = { ...coverageFacts(lines(1, 2)), headline: { metric: 'total', percent: 97 } }
    const found = coverage([admitted('x', 'component', facts)])
    expect(found.value).toBe(50)
    expect(found.reasons).toContainEqual({
      code: 'custom_value',
      args: { name: "the report's own headline (total)", value: 97, unit: '%' },
    })
  })
})

describe('several reports', () => {
  it('unite: a line counts as covered where any covers it, once', () => {
    const found = coverage([
      report('unit.info', file('a.ts', [1, 0, 0]), lines(1, 1, 'b.ts')),
      report('e2e.info', file('./a.ts', [0, 5, 0, 1])),
    ])
    expect(found.ratio).toEqual({ good: 4, total: 5, what: 'lines' })
    expect(found.basis.map((ref) => ref.path)).toEqual(['unit.info', 'e2e.info'])
  })

  it('never cover more together than is certain, where they give totals per file only', () => {
    const blind = (covered: number): FileCoverage => ({ ...lines(covered, 10, 'a.ts'), lines: null })
    expect(coverage([report('1', blind(4)), report('2', blind(6))]).ratio).toEqual({ good: 6, total: 10, what: 'lines' })
  })

  it('unite branches line by line', () => {
    const found = coverage(
      [
        report('1', file('a.ts', [1], [[1, 2]])),
        report(
          '2',
          file(
            'a.ts',
            [1],
            [
              [2, 2],
              [0, 2],
            ],
          ),
        ),
      ],
      { measure: 'branches' },
    )
    expect(found.ratio).toEqual({ good: 2, total: 4, what: 'branches' })
  })

  it('of which one lacks the measure leave it unknown', () => {
    const found = coverage([report('1', file('a.ts', [1], [[1, 2]])), report('2', lines(1, 1, 'b.ts'))], { measure: 'branches' })
    expect(found).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'nothing_measured', args: { what: 'branches', path: '2' } }],
    })
  })
})

describe('what is left out', () => {
  const all = [
    report('lcov.info', lines(5, 10, 'src/a.ts'), lines(0, 10, 'src/generated/b.ts'), lines(10, 10, '/home/me/repo/lib/c.ts')),
  ]
  it.each<[string, Partial<MetricConfig>, number]>([
    ['excluded', { exclude: ['**/generated/**'] }, 75],
    ['not included', { include: ['src/**'] }, 25],
    ['absolute paths match by their ends', { include: ['lib/**'] }, 100],
    ['both', { include: ['src/**'], exclude: ['**/generated/**'] }, 50],
  ])('%s', (_, change, value) => {
    expect(coverage(all, change).value).toBe(value)
  })

  it('cannot be everything: 0 of 0 is no evidence, never 100', () => {
    expect(coverage(all, { include: ['nowhere/**'] })).toMatchObject({
      state: 'no_evidence',
      value: null,
      formula: '0 / 0 lines',
    })
  })

  it('cannot be told from a report without files', () => {
    const whole = { ...coverageFacts(lines(9, 10)), files: [] }
    expect(coverage([admitted('s.json', 'component', whole)]).value).toBe(90)
    expect(coverage([admitted('s.json', 'component', whole)], { exclude: ['x'] }).state).toBe('no_evidence')
  })
})

describe('the tests behind it', () => {
  const good = report('lcov.info', lines(10, 10))
  it('that failed stop a pass', () => {
    const found = coverage([
      good,
      junit(['adds'], ['breaks', 'failed', { file: 'a.test.ts', line: 7, message: 'expected 1\ngot 2' }]),
    ])
    expect(found).toMatchObject({ state: 'known', value: 100, capped: 'fail' })
    expect(found.reasons).toContainEqual({ code: 'tests_failed', args: { failed: 1, errors: 0, names: ['suite > breaks'] } })
    expect(found.parts).toContainEqual({
      name: 'suite > breaks',
      state: 'short',
      detail: 'failed: expected 1',
      path: 'a.test.ts',
      ranges: [[7, 7]],
      kind: 'test',
      must: true,
      lines: ['expected 1', 'got 2'],
    })
  })

  it('that only passed at a second try leave a warning', () => {
    expect(coverage([good, junit(['adds', 'passed', { flaky: true }])])).toMatchObject({ capped: 'warn' })
  })

  it('that ended in an error outside any test, or too early, stop a pass', () => {
    const broken = admitted('junit.xml', 'component', tests([testCase('a')], { suiteErrors: 2, unfinished: true }))
    expect(coverage([good, broken])).toMatchObject({ capped: 'fail' })
  })

  it('that the head counts and the report does not hold leave a warning', () => {
    const reasons = [reason('tests_not_held', { path: 'junit.xml', declared: 500, counted: 1 })]
    const short = admitted('junit.xml', 'component', tests([testCase('a')]), { reasons })
    expect(coverage([good, short])).toMatchObject({ capped: 'warn', reasons })
  })

  it('of another level do not matter', () => {
    const elsewhere = admitted('junit.xml', 'integration', tests([testCase('a', 'failed')]))
    expect(coverage([good, elsewhere]).capped).toBeNull()
  })

  it('are no evidence of coverage by themselves', () => {
    expect(coverage([junit(['a'])])).toMatchObject({ state: 'no_evidence', value: null })
  })

  it('stand in for it where points are declared: each with a passing test', () => {
    const points = [
      { id: 'orders', tests: ['*order*'] },
      { id: 'stock', tests: ['*stock*'] },
      { id: 'bank', tests: ['*bank*'] },
    ]
    const found = coverage([junit(['orders arrive'], ['asks stock'], ['asks bank', 'skipped'])], { points })
    expect(found).toMatchObject({
      state: 'known',
      value: 66.6666666666667,
      formula: 'scenario coverage: 2 / 3 declared points = 66.66 %',
      ratio: { good: 2, total: 3, what: 'points' },
    })
    expect(found.parts.map((part) => [part.name, part.state])).toEqual([
      ['orders', 'pass'],
      ['stock', 'pass'],
      ['bank', 'unknown'],
    ])
  })
})

describe('the files to work on', () => {
  it('come worst first, with the lines nothing ran', () => {
    const found = coverage([report('lcov.info', file('a.ts', [1, 0, 0, 1, 0]), file('b.ts', [0, 0, 0, 0]), lines(3, 3, 'c.ts'))])
    expect(found.parts).toEqual([
      {
        name: 'b.ts',
        state: 'short',
        detail: '0 of 4 lines',
        path: 'b.ts',
        ranges: [[1, 4]],
        kind: 'file',
        lacks: 4,
        sizes: [4],
      },
      {
        name: 'a.ts',
        state: 'short',
        detail: '2 of 5 lines',
        path: 'a.ts',
        ranges: [
          [2, 3],
          [5, 5],
        ],
        kind: 'file',
        lacks: 3,
        sizes: [2, 1],
      },
    ])
  })
})

describe('components', () => {
  const monorepo = (change: Partial<MetricConfig> = {}) =>
    configOf({ family: 'coverage', ...change }, (config) => {
      config.components = ['web', 'api'].map((id) => ({ id, paths: [`packages/${id}`], evidence: [] }))
    })
  const whole = report('lcov.info', lines(9, 10, 'packages/web/a.ts'), lines(99, 100, 'packages/api/b.ts'))

  it('count by the lowest of them', () => {
    const found = measured(monorepo(), [whole])
    expect(found).toMatchObject({ value: 90, formula: 'lowest of 3, web: 9 / 10 lines = 90 %', ratio: { good: 9, total: 10 } })
    expect(found.reasons).toContainEqual({ code: 'component_short', args: { component: 'web', actual: 90, unit: '%' } })
    expect(found.parts.slice(0, 3).map((part) => part.name)).toEqual(['component web', 'component api', 'component everything'])
  })

  it('without evidence leave the whole unknown', () => {
    const own = { ...report('web.info', lines(10, 10)), declaredBy: claim({ component: 'web' }) }
    const found = measured(monorepo(), [own])
    expect(found).toMatchObject({ state: 'no_evidence', value: null })
    expect(found.reasons).toContainEqual({ code: 'component_short', args: { component: 'api', actual: null, unit: '%' } })
  })

  describe('with reports of their own, beside one that the metric names', () => {
    const named = { ...whole, declaredBy: claim({ metrics: ['m'], discovered: false }) }
    const config = monorepo({ evidence: [entry('lcov.info')] })
    const web = claim({ component: 'web', discovered: false })
    it('count by those', () => {
      const own = { ...report('web.info', lines(1, 10, 'a.ts')), declaredBy: web }
      expect(measured(config, [named, own])).toMatchObject({ value: 10 })
    })
    it('are unknown without them', () => {
      const unmet = [{ pattern: 'web.info', found: 0, expected: null, declaredBy: web }]
      expect(measured(config, [named], { unmet })).toMatchObject({ state: 'no_evidence', value: null })
      const junit = [{ pattern: 'k6.json', found: 0, expected: null, declaredBy: { ...web, level: 'system' as const } }]
      expect(measured(config, [named], { unmet: junit })).toMatchObject({ state: 'known' })
    })
  })

  it('that no covered file belongs to leave it unknown', () => {
    expect(measured(monorepo(), [report('lcov.info', lines(9, 10, 'packages/web/a.ts'))]).state).toBe('no_evidence')
  })

  it('do not hide what lies outside them', () => {
    const rest = report(
      'lcov.info',
      lines(10, 10, 'packages/web/a.ts'),
      lines(10, 10, 'packages/api/b.ts'),
      lines(0, 20, 'tools/c.ts'),
    )
    expect(measured(monorepo(), [rest])).toMatchObject({ value: 50 })
  })

  it('may be told by a pattern of the level', () => {
    const config = configOf({ family: 'coverage' }, (it) => {
      it.levels[0]!.components = ['packages/*']
    })
    expect(measured(config, [whole])).toMatchObject({ value: 90, formula: 'lowest of 3, packages/web: 9 / 10 lines = 90 %' })
    expect(measured(config, [report('lcov.info', lines(1, 1, 'src/a.ts'))])).toMatchObject({ state: 'no_evidence' })
  })
})

it('only tells of coverage what came with the tests of its level', () => {
  expect(codes(coverage([admitted('lcov.info', 'integration', coverageFacts(lines(1, 1)))]))).toEqual(['evidence_missing'])
})
