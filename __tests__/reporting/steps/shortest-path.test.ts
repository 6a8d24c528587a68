// Proof 14: the steps of a criterion are followed to the letter. All of them make it pass; with any one left out it does not.
import { describe, expect, it } from '@jest/globals'
import { judgeCriterion } from '../../../src/levels/criterion.ts'
import type { Config, MetricConfig } from '../../../src/model/config.ts'
import type { Admitted, Facts, FileCoverage } from '../../../src/model/evidence.ts'
import type { CriterionResult } from '../../../src/model/judgement.ts'
import type { Limit } from '../../../src/model/limit.ts'
import type { Step } from '../../../src/model/step.ts'
import { statedFor } from '../../../src/reporting/stated.ts'
import { criterionConfig, limit } from '../../support/config.ts'
import {
  checklistFacts,
  configOf,
  coverageFacts,
  documentFacts,
  file,
  finding,
  measured,
  performanceFacts,
  scan,
  testCase,
  tests,
} from '../../support/facts.ts'
import { admitted, NOW, without } from '../../support/judged.ts'

/** One thing that a step names: a line of a file, a test, a finding, an objective, a rule. */
interface Deed {
  kind: Step['kind']
  name: string
  path: string | null
  line: number | null
}

interface Situation {
  config: Config
  pass: Limit
  evidence: () => Admitted[]
  /** Does what the deed says, in the facts. */
  follow: (facts: Facts, deed: Deed) => void
}

function judge({ config, pass }: Situation, evidence: Admitted[]): CriterionResult {
  const criterion = criterionConfig('m', 'component', pass)
  const world = { ...without(config), now: NOW, onDefaultBranch: false }
  return judgeCriterion({ criterion, metric: measured(config, evidence), config, ...world })
}

function deedsOf(steps: Step[], evidence: Admitted[]): Deed[] {
  return steps.flatMap(({ kind, items }) =>
    items.flatMap(({ name, path, ranges, count }): Deed[] =>
      kind === 'cover'
        ? uncoveredIn(path ?? name, ranges, evidence)
            .slice(0, count)
            .map((line) => ({ kind, name, path, line }))
        : [{ kind, name, path, line: ranges[0]?.[0] ?? null }],
    ),
  )
}

function uncoveredIn(path: string, ranges: [number, number][], evidence: Admitted[]): number[] {
  const files = evidence.flatMap((one) => (one.facts.kind === 'coverage' ? one.facts.files : []))
  const { lines, hits } = files.find((one) => one.path === path)!.lines!
  return [...lines].filter((line, at) => hits[at] === 0 && ranges.some(([from, to]) => from <= line && line <= to))
}

function outcomeAfter(situation: Situation, deeds: Deed[]): string {
  const evidence = situation.evidence()
  for (const deed of deeds) for (const one of evidence) situation.follow(one.facts, deed)
  return judge(situation, evidence).outcome
}

function stepsOf(situation: Situation): Step[] {
  return statedFor(judge(situation, situation.evidence())).steps
}

const config = (change: Partial<MetricConfig> & Pick<MetricConfig, 'family'>, more: (config: Config) => void = () => {}) =>
  configOf(change, more)

function speedUp(facts: Facts, { name }: Deed): void {
  if (facts.kind === 'performance') facts.metrics.find((one) => one.name === name)!.value = 150
}

function fixFinding(facts: Facts, { line }: Deed): void {
  if (facts.kind === 'security') facts.findings = facts.findings.filter((one) => one.line !== line)
}

/** Each below 200 ms. */
function objectives(weights: readonly (readonly [sli: string, weight: number, key?: boolean])[]) {
  return weights.map(([sli, weight, key = false]) => ({
    sli,
    pass: [limit('<', 200, 'ms')],
    warn: [],
    weight,
    key,
    origin: 'x:1',
  }))
}

function cover(facts: Facts, { kind, path, line }: Deed): void {
  if (kind === 'pass' && facts.kind === 'tests') passTest(facts, { path, line })
  if (kind !== 'cover' || facts.kind !== 'coverage') return
  const found = facts.files.find((one) => one.path === path)
  const at = found?.lines?.lines.indexOf(line!) ?? -1
  if (found?.lines == null || at < 0) return
  found.lines.hits[at] = 1
  for (const ratio of [found.totals.lines!, facts.totals.lines!]) ratio.covered += 1
}

function passTest(facts: Facts, { line }: Pick<Deed, 'path' | 'line'>): void {
  if (facts.kind !== 'tests') return
  const test = facts.cases.find((one) => one.line === line)!
  facts.totals[test.outcome === 'error' ? 'errors' : 'failed'] -= 1
  facts.totals.passed += 1
  test.outcome = 'passed'
}

const holes = (path: string, total: number, open: number[]): FileCoverage =>
  file(
    path,
    Array.from({ length: total }, (_, at) => (open.includes(at + 1) ? 0 : 1)),
  )
const span = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)
const report = (...files: FileCoverage[]): Admitted => admitted('lcov.info', 'component', coverageFacts(...files))
const junit = (...cases: Parameters<typeof testCase>[]): Admitted =>
  admitted('junit.xml', 'component', tests(cases.map((one) => testCase(...one))))

const SITUATIONS: Record<string, Situation> = {
  'two lines of one file': {
    config: config({ family: 'coverage' }),
    pass: limit('>', 95),
    evidence: () => [report(holes('src/a.ts', 80, [3, ...span(31, 35)]), holes('src/b.ts', 20, []))],
    follow: cover,
  },
  'lines of several files, the largest first': {
    config: config({ family: 'coverage' }),
    pass: limit('>=', 97.5),
    evidence: () => [
      report(
        holes('src/a.ts', 100, span(2, 4)),
        holes('src/b.ts', 100, [...span(10, 13), ...span(50, 59)]),
        holes('src/c.ts', 100, [7, 9, 11]),
      ),
    ],
    follow: cover,
  },
  'lines of code whose tests fail as well': {
    config: config({ family: 'coverage' }),
    pass: limit('>', 95),
    evidence: () => [
      report(holes('src/a.ts', 100, span(10, 19))),
      junit(['good', 'passed', { line: 1 }], ['bad', 'failed', { line: 4 }], ['worse', 'error', { line: 9 }]),
    ],
    follow: cover,
  },
  'failing tests alone': {
    config: config({ family: 'tests' }),
    pass: limit('>=', 90),
    evidence: () => [
      junit(...span(1, 30).map((line): Parameters<typeof testCase> => [`t${line}`, line < 3 ? 'failed' : 'passed', { line }])),
    ],
    follow: (facts, deed) => passTest(facts, deed),
  },
  'findings, the heaviest first': {
    config: config({ family: 'security' }),
    pass: limit('>=', 90),
    evidence: () => [
      admitted(
        'scan.sarif',
        'component',
        scan([
          ...span(1, 4).map((line) => finding({ rule: 'low', severity: 'low', line })),
          ...span(5, 7).map((line) => finding({ rule: 'medium', severity: 'medium', line })),
          finding({ rule: 'high', severity: 'high', line: 9 }),
        ]),
      ),
    ],
    follow: fixFinding,
  },
  'findings that weigh more than there are points': {
    config: config({ family: 'security' }),
    pass: limit('>', 99),
    evidence: () => [
      admitted(
        'scan.sarif',
        'component',
        scan(span(1, 9).map((line) => finding({ severity: line < 4 ? 'critical' : 'low', line }))),
      ),
    ],
    follow: fixFinding,
  },
  'objectives of unlike weight': {
    config: config({
      family: 'performance',
      objectives: objectives([
        ['a', 1],
        ['b', 5],
        ['c', 2],
        ['d', 2],
      ]),
    }),
    pass: limit('>=', 70),
    evidence: () => [
      admitted(
        'k6.json',
        'component',
        performanceFacts([
          ['a', 300, 'ms'],
          ['b', 300, 'ms'],
          ['c', 250, 'ms'],
          ['d', 100, 'ms'],
        ]),
      ),
    ],
    follow: speedUp,
  },
  'a key objective and one beside it': {
    config: config({
      family: 'performance',
      objectives: objectives([
        ['a', 1, true],
        ['b', 1],
        ['c', 1],
      ]),
    }),
    pass: limit('>=', 100),
    evidence: () => [
      admitted(
        'k6.json',
        'component',
        performanceFacts([
          ['a', 300, 'ms'],
          ['b', 201, 'ms'],
          ['c', 100, 'ms'],
        ]),
      ),
    ],
    follow: speedUp,
  },
  'rules of documents': {
    config: config({
      family: 'documentation',
      documents: ['README.md', 'GUIDE.md'].map((path) => ({
        id: path,
        path,
        minWords: 150,
        headings: ['Use', 'Install'],
        maxAgeSeconds: null,
        weight: path === 'GUIDE.md' ? 3 : 1,
        links: false,
      })),
    }),
    pass: limit('>=', 90),
    evidence: () => [
      admitted('README.md', 'component', documentFacts('README.md', { words: 20 })),
      admitted('GUIDE.md', 'component', documentFacts('GUIDE.md', { words: 120 })),
    ],
    follow: (facts, { name, path }) => {
      if (facts.kind !== 'documentation' || facts.path !== path) return
      if (/words/.test(name)) facts.words = 150
      const section = /section "(\w+)"/.exec(name)?.[1]
      if (section !== undefined) facts.headings.push({ text: section, depth: 2, line: 9, words: 50 })
    },
  },
  'items of a checklist': {
    config: config({ family: 'checklist', checklists: ['list'] }, (draft) => {
      draft.checklists = [
        {
          id: 'list',
          source: 'CHECKLIST.md',
          items: ['one', 'two', 'three', 'four'].map((text, at) => ({
            id: text,
            text,
            domain: null,
            check: null,
            blocking: text === 'four',
            weight: at + 1,
            origin: 'x:1',
          })),
        },
      ]
    }),
    pass: limit('>=', 70),
    evidence: () => [
      admitted('CHECKLIST.md', null, checklistFacts(['one', 'two', 'three', 'four'].map((text) => [text, text === 'one']))),
    ],
    follow: (facts, { name }) => {
      if (facts.kind === 'checklist') facts.items.find((one) => one.text === name)!.checked = true
    },
  },
  'a point whose only test fails': {
    config: config({ family: 'scenario', points: ['a', 'b'].map((id) => ({ id, tests: [`${id}*`] })) }),
    pass: limit('>=', 100),
    evidence: () => [junit(['a1', 'passed', { line: 1 }], ['b1', 'failed', { line: 2 }])],
    follow: (facts, deed) => passTest(facts, deed),
  },
  'points of which one is not tested, one is skipped and one fails': {
    config: config({ family: 'scenario', points: ['a', 'b', 'c', 'd'].map((id) => ({ id, tests: [`${id}*`] })) }),
    pass: limit('>=', 100),
    evidence: () => [junit(['a1', 'passed', { line: 1 }], ['b1', 'skipped', { line: 2 }], ['c1', 'failed', { line: 3 }])],
    follow: (facts, { kind, name, line }) => {
      if (facts.kind !== 'tests') return
      if (kind === 'pass') return passTest(facts, { path: null, line })
      const skipped = facts.cases.find((one) => one.name.startsWith(name))
      if (skipped === undefined) facts.cases.push(testCase(`${name}1`))
      else skipped.outcome = 'passed'
    },
  },
}

describe.each(Object.entries(SITUATIONS))('%s', (_, situation) => {
  const evidence = situation.evidence()
  const steps = stepsOf(situation)
  const deeds = deedsOf(steps, evidence)

  it('is short, and its steps name all there is to do, in numbers', () => {
    expect(judge(situation, evidence).outcome).not.toBe('pass')
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.map((step) => step.more)).toEqual(steps.map(() => 0))
    for (const step of steps) expect(step.text).toMatch(/\d|suite > /)
  })

  it('passes once they are followed to the letter', () => {
    expect(outcomeAfter(situation, deeds)).toBe('pass')
  })

  it('does not pass with any one of them left out', () => {
    for (const [at] of deeds.entries()) {
      const others = deeds.filter((_deed, index) => index !== at)
      expect([deeds[at], outcomeAfter(situation, others)]).not.toEqual([deeds[at], 'pass'])
    }
  })
})

describe('a step', () => {
  const text = (name: string): string[] => stepsOf(SITUATIONS[name]!).map((step) => step.text)

  it('is said with its number, its goal and its places', () => {
    expect(text('two lines of one file')).toEqual(['Cover 2 more lines to exceed 95 %: 2 of 5 in src/a.ts (lines 31-35)'])
    expect(text('lines of several files, the largest first')).toEqual([
      'Cover 13 more lines to reach 97.5 %: 13 of 14 in src/b.ts (lines 10-13, 50-59)',
    ])
    expect(text('lines of code whose tests fail as well')).toEqual([
      'Make these 2 tests pass',
      'Cover 6 more lines to exceed 95 %: 6 of 10 in src/a.ts (lines 10-19)',
    ])
    expect(text('findings, the heaviest first')).toEqual([
      'Fix 3 of 8 findings to reach 90 %: high (high, scanner, src/a.ts:9), medium (medium, scanner, src/a.ts:5), medium (medium, scanner, src/a.ts:6)',
    ])
    expect(text('a key objective and one beside it')).toEqual([
      'Meet 2 more objectives to reach 100 %: lower a by more than 100 ms, lower b by more than 1 ms',
    ])
    expect(text('a point whose only test fails')).toEqual(['Make suite > b1 pass'])
    expect(text('rules of documents')).toEqual([
      'Complete GUIDE.md: 120 of 150 words; section "Install" missing or empty (to reach 90 %)',
    ])
  })

  it('is not said twice, by itself and within another', () => {
    const situation = SITUATIONS['a key objective and one beside it']!
    const measurements = performanceFacts([
      ['aa', 100, 'ms'],
      ['b', 201, 'ms'],
      ['c', 100, 'ms'],
    ])
    expect(statedFor(judge(situation, [admitted('k6.json', 'component', measurements)])).steps.map((step) => step.text)).toEqual([
      'Meet 2 more objectives to reach 100 %: write aa or have a report measure a, lower b by more than 1 ms',
    ])
  })

  it('names the file that is expected where there is no report', () => {
    const config_ = configOf({ family: 'performance' })
    const unmet = [
      {
        pattern: 'k6-summary.json',
        found: 0,
        expected: 1,
        declaredBy: { metrics: ['m'], level: null, component: null, discovered: false, committed: false },
      },
    ]
    const metric = measured(config_, [], { unmet })
    const world = { ...without(config_), now: NOW, onDefaultBranch: false }
    const judged = judgeCriterion({
      criterion: criterionConfig('m', 'component', limit('>=', 100)),
      metric,
      config: config_,
      ...world,
    })
    expect(statedFor(judged).steps[0]).toMatchObject({
      kind: 'supply',
      text: 'Have an earlier step write k6-summary.json',
      items: [{ name: 'k6-summary.json' }],
    })
  })

  it('is none where the criterion is let through', () => {
    const situation = SITUATIONS['two lines of one file']!
    expect(statedFor(judge({ ...situation, pass: limit('>', 90) }, situation.evidence())).steps).toEqual([])
  })

  it('says so where a bounded list could not name all that is needed', () => {
    const files = span(1, 40).map((at) => holes(`src/${at}.ts`, 10, [1, 2]))
    const [step] = stepsOf({
      ...SITUATIONS['two lines of one file']!,
      pass: limit('>=', 100),
      evidence: () => [report(...files)],
    })
    expect(step).toMatchObject({
      more: 40,
      text: expect.stringMatching(
        /^Cover 80 more lines to reach 100 %: .* and 17 more files, 40 elsewhere$|17 more files, 40 elsewhere$/,
      ),
    })
  })
})

describe('a roll-up', () => {
  const components = (draft: Config): void => {
    draft.components = ['web', 'api'].map((id) => ({ id, paths: [`packages/${id}`], evidence: [] }))
  }
  const situation: Situation = {
    config: config({ family: 'coverage' }, components),
    pass: limit('>', 95),
    evidence: () => [report(holes('packages/web/a.ts', 50, span(1, 10)), holes('packages/api/b.ts', 100, span(20, 29)))],
    follow: cover,
  }

  it('has each component come to the goal, and nothing asked for twice', () => {
    const steps = stepsOf(situation)
    const deeds = deedsOf(steps, situation.evidence())
    expect(steps.map((step) => step.text)).toEqual([
      'In web: Cover 8 more lines to exceed 95 %: 8 of 10 in packages/web/a.ts (lines 1-10)',
      'In api: Cover 6 more lines to exceed 95 %: 6 of 10 in packages/api/b.ts (lines 20-29)',
    ])
    expect(outcomeAfter(situation, deeds)).toBe('pass')
    for (const [at] of deeds.entries()) expect(outcomeAfter(situation, deeds.toSpliced(at, 1))).not.toBe('pass')
  })
})
