// What a record keeps of a report is little, and measures the same under the policy it was condensed for.
import { describe, expect, it } from '@jest/globals'
import { condense, KEPT } from '../../src/evidence/condense.ts'
import { testGlobs } from '../../src/metrics/globs.ts'
import type { Config } from '../../src/model/config.ts'
import type { Admitted, Facts, TestCase, TestFacts } from '../../src/model/evidence.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import {
  configOf,
  coverageFacts,
  file,
  finding,
  lines,
  measured,
  performanceFacts,
  scan,
  testCase,
  tests,
} from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const alike = () => ''

/** Which of the globs match: what a policy that has them tells apart. */
function byGlobs(...sets: string[][]): (test: TestCase) => string {
  const globs = sets.map(testGlobs)
  return (test) => globs.map((matches) => (matches(test) ? '1' : '0')).join('')
}

/** Without the parts: which lines of a file are open, no record keeps. */
function figures({ parts: _, ...rest }: MetricValue): Omit<MetricValue, 'parts'> {
  return rest
}

function expectSame(config: Config, reports: Admitted[], signature: (test: TestCase) => string = alike): void {
  const condensed = reports.map((one) => ({ ...one, facts: condense(one.facts, signature).facts }))
  const before = measured(config, reports)
  expect(before.state).toBe('known')
  expect(figures(measured(config, condensed))).toEqual(figures(before))
}

function kept(facts: TestFacts, signature: (test: TestCase) => string = alike): TestFacts {
  return condense(facts, signature).facts as TestFacts
}

describe('coverage', () => {
  const report = admitted('a.info', 'component', coverageFacts(lines(9, 10), file('src/b.ts', [1, 0, 0], [[1, 4]])))
  const other = admitted('b.info', 'component', coverageFacts(lines(3, 30, 'src/c.ts')))

  it.each<[string, Parameters<typeof configOf>[0], Admitted[]]>([
    ['of one report', { family: 'coverage' }, [report]],
    ['of one report, branches', { family: 'coverage', measure: 'branches' }, [report]],
    ['of one report, lines and branches', { family: 'coverage', measure: 'combined' }, [report]],
    ['of some files', { family: 'coverage', include: ['src/b*'] }, [report]],
    ['without some files', { family: 'coverage', exclude: ['**/b.ts'] }, [report]],
    ['of several reports of different files', { family: 'coverage' }, [report, other]],
  ])('%s', (_, metric, reports) => {
    expectSame(configOf(metric), reports)
  })

  it('keeps no line, and all files or none', () => {
    const facts = condense(report.facts, alike)
    expect(JSON.stringify(facts)).not.toMatch(/hits/)
    expect(facts.whole).toBe(true)
    const many = coverageFacts(...Array.from({ length: KEPT.files + 1 }, (_, at) => lines(1, 2, `src/${at}.ts`)))
    const cut = condense(many, alike)
    expect(cut).toMatchObject({ whole: false, facts: { files: [], totals: many.totals } })
    expectSame(configOf({ family: 'coverage' }), [admitted('a', 'component', many)])
  })
})

describe('tests', () => {
  const cases = (count: number, change: (at: number) => Partial<TestCase> = () => ({})): TestCase[] =>
    Array.from({ length: count }, (_, at) => testCase(`case ${at}`, 'passed', { suite: `suite ${at % 40}`, ...change(at) }))
  const mixed = tests([
    ...cases(5000),
    ...cases(30, () => ({ outcome: 'skipped' })),
    testCase('breaks', 'failed', { message: 'expected 2', suite: 'suite 3' }),
    testCase('falls over', 'error', { suite: 'suite 4' }),
    testCase('wavers', 'passed', { flaky: true, suite: 'suite 5' }),
  ])

  it('two hundred thousand become a few that stand for them', () => {
    const many = tests(cases(200_000))
    const few = kept(many)
    expect(few.cases).toHaveLength(40)
    expect(few.cases.reduce((sum, { times = 1 }) => sum + times, 0)).toBe(200_000)
    expect(few.totals).toEqual(many.totals)
    expect(JSON.stringify(few).length).toBeLessThan(10_000)
  })

  it.each<[string, Parameters<typeof configOf>[0], TestFacts]>([
    ['a share that passed', { family: 'tests' }, tests(cases(3000))],
    ['failing, flaky and skipped ones among them', { family: 'tests' }, mixed],
    ['errors outside of any test', { family: 'tests' }, { ...mixed, suiteErrors: 2, unfinished: true }],
    ['a scenario without points', { family: 'scenario' }, mixed],
    ['more failing ones than are kept by name', { family: 'tests' }, tests(cases(900, () => ({ outcome: 'failed' })))],
    ['more suites than are kept apart', { family: 'tests' }, tests(cases(900, (at) => ({ suite: `s${at}` })))],
  ])('%s: measured alike', (_, metric, facts) => {
    expectSame(configOf(metric), [admitted('a.xml', 'component', facts)])
  })

  it('condensing twice is condensing once', () => {
    const once = kept(mixed)
    expect(kept(once)).toEqual(once)
    expectSame(configOf({ family: 'tests' }), [admitted('a.xml', 'component', once)])
  })

  it('names that globs of the policy tell apart are told apart still', () => {
    const facts = tests([
      ...cases(60, (at) => ({ name: `GET /users ${at}`, suite: 'http' })),
      ...cases(60, (at) => ({ name: `POST /users ${at}`, suite: 'http', outcome: at === 7 ? 'skipped' : 'passed' })),
      ...cases(60, (at) => ({ file: `tests/db/${at}.test.ts`, suite: 'http' })),
      testCase('DELETE /users', 'failed', { suite: 'http' }),
    ])
    const reports = [admitted('a.xml', 'component', facts)]
    const points = [
      { id: 'reading', tests: ['GET *'] },
      { id: 'writing', tests: ['POST *', 'DELETE *'] },
      { id: 'database', tests: ['tests/db/**'] },
      { id: 'nobody', tests: ['PATCH *'] },
    ]
    const signature = byGlobs(...points.map((point) => point.tests), ['GET *'])
    expectSame(configOf({ family: 'scenario', points }), reports, signature)
    expectSame(configOf({ family: 'tests', tests: ['GET *'] }), reports, signature)
    expect(kept(facts, signature).cases.length).toBeLessThan(10)
    // The parts of a point are counts, which are kept.
    const condensed = reports.map((one) => ({ ...one, facts: condense(one.facts, signature).facts }))
    expect(measured(configOf({ family: 'scenario', points }), condensed).parts).toEqual(
      measured(configOf({ family: 'scenario', points }), reports).parts,
    )
  })

  it('failing and flaky ones are kept by name with a message of one kilobyte at most, never half a character', () => {
    const message = `${'a'.repeat(KEPT.message - 2)}日本${'語'.repeat(900)}`
    const few = kept(
      tests([testCase('breaks', 'failed', { message, trace: 'at x' }), testCase('wavers', 'passed', { flaky: true })]),
    )
    expect(few.cases.map((one) => one.name)).toEqual(['breaks', 'wavers'])
    expect(few.cases[0]!.message).toBe('a'.repeat(KEPT.message - 2))
    expect(few.cases[0]!.trace).toBeNull()
    for (const text of ['語'.repeat(2000), '𝄞'.repeat(2000), '\ud800'.repeat(2000)]) {
      const [one] = kept(tests([testCase('x', 'error', { message: text })])).cases
      expect(Buffer.byteLength(one!.message!)).toBeLessThanOrEqual(1024)
      expect(Buffer.byteLength(one!.message!)).toBeGreaterThan(1000)
      expect(text.startsWith(one!.message!)).toBe(true)
    }
  })

  it('says that not all was kept where single names are gone', () => {
    expect(condense(tests([testCase('a'), testCase('b')]), alike).whole).toBe(false)
    expect(condense(tests([testCase('a'), testCase('b', 'failed')]), alike).whole).toBe(true)
  })
})

describe('security', () => {
  const findings = [
    finding({ rule: 'a', severity: 'low', line: 1 }),
    finding({ rule: 'b', severity: 'medium', line: 2, title: 'x'.repeat(5000) }),
    finding({ rule: 'c', severity: 'high', line: 3, state: 'suppressed' }),
    finding({ rule: 'd', severity: 'critical', line: 4, state: 'absent' }),
    finding({ rule: 'e', severity: 'critical', line: 5, state: 'not_failure' }),
  ]

  it('with findings that are open, suppressed in the source, or accepted by the policy', () => {
    const suppression = { id: 'b', path: null, package: null, justification: 'x', owner: '@a', expires: '2027-01-01', origin: '' }
    const config = configOf({ family: 'security' }, (one) => {
      one.suppressions = [suppression]
    })
    expectSame(config, [admitted('a.sarif', 'component', scan(findings))])
  })

  it('keeps open and suppressed findings, and no long titles', () => {
    const { facts, whole } = condense(scan(findings), alike)
    expect(facts.kind === 'security' && facts.findings.map((one) => one.rule)).toEqual(['a', 'b', 'c'])
    expect(JSON.stringify(facts).length).toBeLessThan(2500)
    expect(whole).toBe(true)
  })

  it('says where there were too many', () => {
    const many = scan(Array.from({ length: KEPT.findings + 1 }, (_, line) => finding({ line })))
    const { facts, whole } = condense(many, alike)
    expect([facts.kind === 'security' && facts.findings.length, whole]).toEqual([KEPT.findings, false])
  })
})

describe('performance', () => {
  const objectives = [
    {
      sli: 'http.p95',
      pass: [{ terms: [{ op: '<' as const, value: 200, unit: 'ms', mode: 'absolute' as const }], text: '< 200ms', origin: '' }],
      warn: [],
      weight: 1,
      key: false,
      origin: '',
    },
  ]

  it('with objectives', () => {
    const facts = performanceFacts([
      ['http.p95', 180, 'ms'],
      ['http.avg', 20, 'ms'],
    ])
    expectSame(configOf({ family: 'performance', objectives }), [admitted('k6.json', 'component', facts)])
    expect(condense(facts, alike)).toEqual({ facts, whole: true })
  })

  it('says where there were too many measurements', () => {
    const many = performanceFacts(Array.from({ length: KEPT.measurements + 1 }, (_, at) => [`m${at}`, at, 'ms']))
    expect(condense(many, alike).whole).toBe(false)
  })
})

it('whatever else is evidence is kept as it is', () => {
  const facts: Facts = { kind: 'checklist', items: [{ text: 'a', checked: true, section: null, line: 1 }] }
  expect(condense(facts, alike)).toEqual({ facts, whole: true })
})
