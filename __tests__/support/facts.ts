// What reports say, built valid and small: a test breaks one thing of it.

import { type MeasureInput, measure } from '../../src/metrics/measure.ts'
import type { Config, MetricConfig } from '../../src/model/config.ts'
import type {
  Admitted,
  ChecklistFacts,
  CoverageFacts,
  DocumentFacts,
  Evidence,
  Facts,
  FileCoverage,
  Finding,
  PerformanceFacts,
  SecurityFacts,
  TestCase,
  TestFacts,
  TestOutcome,
} from '../../src/model/evidence.ts'
import type { LevelId } from '../../src/model/level.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { metricConfig, seedConfig } from './config.ts'
import { admitted, claim, NOW, without } from './judged.ts'

/** One file by the hits of its lines: `[1, 0, 1]` are lines 1 to 3, the second not covered. */
export function file(path: string, hits: number[], branches: [covered: number, total: number][] = []): FileCoverage {
  const count = (list: number[]): { covered: number; total: number } => ({
    covered: list.filter((hit) => hit > 0).length,
    total: list.length,
  })
  return {
    path,
    totals: {
      lines: count(hits),
      branches:
        branches.length === 0
          ? null
          : { covered: branches.reduce((a, b) => a + b[0], 0), total: branches.reduce((a, b) => a + b[1], 0) },
      functions: null,
      statements: null,
    },
    lines: { lines: Uint32Array.from(hits, (_, at) => at + 1), hits: Uint32Array.from(hits) },
    branches:
      branches.length === 0
        ? null
        : {
            lines: Uint32Array.from(branches, (_, at) => at + 1),
            covered: Uint32Array.from(branches, ([covered]) => covered),
            total: Uint32Array.from(branches, ([, total]) => total),
          },
  }
}

/** A report of so many covered lines, in one file. */
export function lines(covered: number, total: number, path = 'src/a.ts'): FileCoverage {
  return file(
    path,
    Array.from({ length: total }, (_, at) => (at < covered ? 1 : 0)),
  )
}

export function coverageFacts(...files: FileCoverage[]): CoverageFacts {
  const sum = (of: 'lines' | 'branches'): CoverageFacts['totals']['lines'] => {
    const known = files.flatMap((one) => one.totals[of] ?? [])
    if (known.length === 0) return null
    return { covered: known.reduce((a, b) => a + b.covered, 0), total: known.reduce((a, b) => a + b.total, 0) }
  }
  return {
    kind: 'coverage',
    totals: { lines: sum('lines'), branches: sum('branches'), functions: null, statements: null },
    declared: null,
    headline: null,
    files,
  }
}

export function testCase(name: string, outcome: TestOutcome = 'passed', change: Partial<TestCase> = {}): TestCase {
  return {
    suite: 'suite',
    name,
    classname: null,
    file: null,
    line: null,
    outcome,
    flaky: false,
    seconds: 0.1,
    message: null,
    trace: null,
    ...change,
  }
}

export function tests(cases: TestCase[], change: Partial<TestFacts> = {}): TestFacts {
  const of = (outcome: TestOutcome): number => cases.filter((one) => one.outcome === outcome).length
  const totals = {
    total: cases.length,
    passed: of('passed'),
    failed: of('failed'),
    errors: of('error'),
    skipped: of('skipped'),
    flaky: cases.filter((one) => one.flaky).length,
  }
  return { kind: 'tests', totals, declared: null, durationSeconds: 1, suiteErrors: 0, unfinished: false, cases, ...change }
}

export function performanceFacts(
  metrics: [name: string, value: number, unit: string | null][],
  change: Partial<PerformanceFacts> = {},
): PerformanceFacts {
  return {
    kind: 'performance',
    metrics: metrics.map(([name, value, unit]) => ({ name, value, unit })),
    samples: 1000,
    errors: 0,
    events: null,
    thresholds: [],
    ...change,
  }
}

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'rule-1',
    title: null,
    severity: 'high',
    score: null,
    tool: 'scanner',
    security: true,
    path: 'src/a.ts',
    line: 3,
    endLine: null,
    package: null,
    version: null,
    fixedIn: null,
    identifiers: [],
    fingerprint: null,
    state: 'active',
    ...change,
  }
}

export function scan(findings: Finding[] = [], change: Partial<SecurityFacts> = {}): SecurityFacts {
  return {
    kind: 'security',
    findings,
    tools: ['scanner'],
    scans: ['sast'],
    scanFailed: false,
    failure: null,
    revisions: [],
    ...change,
  }
}

export function documentFacts(path = 'README.md', change: Partial<DocumentFacts> = {}): DocumentFacts {
  return {
    kind: 'documentation',
    path,
    words: 200,
    headings: [{ text: 'Use', depth: 2, line: 5, words: 100 }],
    placeholders: [],
    links: [],
    tracked: true,
    changedAt: '2026-11-20T00:00:00Z',
    ...change,
  }
}

/** Items that somebody vouches for, ticked or not. */
export function checklistFacts(items: [text: string, checked: boolean][]): ChecklistFacts {
  const vouched = { by: 'ada', on: '2026-11-01', evidence: 'https://wiki.test/ready', expires: '2027-05-01' }
  return {
    kind: 'checklist',
    items: items.map(([text, checked], at) => ({ text, checked, section: null, line: at + 1, vouched })),
  }
}

/** A gathered file: of this run, just made, naming no commit. */
export function evidence(path: string, facts: Facts, change: Partial<Evidence> = {}): Evidence {
  const { level: _level, ageSeconds: _age, reasons: _reasons, ...rest } = admitted(path, null, facts)
  return { ...rest, modifiedAt: '2026-11-22T08:59:00Z', declaredBy: claim({ discovered: false }), ...change }
}

/** A config with one metric of that family alone, changed as said. */
export function configOf(
  metric: Partial<MetricConfig> & Pick<MetricConfig, 'family'>,
  change: (config: Config) => void = () => {},
): Config {
  const { family, level = 'component' as LevelId, ...rest } = metric
  return seedConfig((config) => {
    config.metrics = [metricConfig('m', family, level, { checklists: [], ...rest })]
    change(config)
  })
}

/** What `measure` is given where nothing but evidence is there. */
export function measureInput(config: Config, evidence: Admitted[], change: Partial<MeasureInput> = {}): MeasureInput {
  return {
    config,
    admitted: evidence,
    refused: [],
    rejected: [],
    unmet: [],
    producers: [],
    now: NOW,
    ...without(config),
    ...change,
  }
}

/** The value of the first metric of the config, on this evidence. */
export function measured(config: Config, evidence: Admitted[], change: Partial<MeasureInput> = {}): MetricValue {
  return measure(measureInput(config, evidence, change))[0]!
}

export function codes(value: { reasons: { code: string }[] }): string[] {
  return value.reasons.map((one) => one.code)
}
