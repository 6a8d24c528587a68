// A change that is as good as can be before any approval: values, evidence and gate input, to break one thing at a time.
import { requirementJudge } from '../../src/gates/checks.ts'
import { evaluateGates } from '../../src/gates/evaluate.ts'
import type { GateInput } from '../../src/gates/input.ts'
import { baselinesOf } from '../../src/history/baseline.ts'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import type { Config } from '../../src/model/config.ts'
import type { Admitted, EvidenceClaim, Facts, TestFacts } from '../../src/model/evidence.ts'
import { type Baselines, type History, NO_HISTORY } from '../../src/model/history.ts'
import type { GateResult, LevelResult } from '../../src/model/judgement.ts'
import { LEVEL_IDS, type LevelId } from '../../src/model/level.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import { SEED_CRITERIA, seedConfig } from './config.ts'

export const NOW = new Date('2026-11-22T09:00:00Z')

/** A known value in percent. */
export function metricValue(id: string, level: LevelId, value: number, change: Partial<MetricValue> = {}): MetricValue {
  return {
    id,
    level,
    state: 'known',
    value,
    unit: '%',
    formula: `${value} %`,
    ratio: null,
    basis: [],
    reasons: [],
    capped: null,
    parts: [],
    slis: [],
    ...change,
  }
}

/** The same metric, not known. */
export function unknownMetric(id: string, level: LevelId, state: MetricValue['state'] = 'no_evidence'): MetricValue {
  const reasons = [reason('evidence_missing', { what: id, expected: [`${id}.json`] })]
  return metricValue(id, level, 0, { state, value: null, reasons })
}

/** All sixteen seed metrics at 100 %, the sign-offs still to come. */
export function seedMetrics(change: Record<string, Partial<MetricValue>> = {}): MetricValue[] {
  return SEED_CRITERIA.map(({ id, level, family }) => {
    const value =
      family === 'approval'
        ? metricValue(id, level, 0, {
            state: 'pending',
            value: null,
            reasons: [reason('awaiting_sign_off', { roles: ['final'] })],
          })
        : metricValue(id, level, 100)
    return { ...value, ...change[id] }
  })
}

const CLAIM: EvidenceClaim = { metrics: [], level: null, component: null, discovered: true, committed: false }

export function claim(change: Partial<EvidenceClaim> = {}): EvidenceClaim {
  return { ...CLAIM, ...change }
}

export function testFacts(change: Partial<TestFacts['totals']> = {}, rest: Partial<TestFacts> = {}): TestFacts {
  const totals = { total: 0, passed: 3, failed: 0, errors: 0, skipped: 0, flaky: 0, ...change }
  totals.total = totals.passed + totals.failed + totals.errors + totals.skipped
  return { kind: 'tests', totals, declared: null, durationSeconds: null, suiteErrors: 0, unfinished: false, cases: [], ...rest }
}

export function admitted(path: string, level: LevelId | null, facts: Facts, change: Partial<Admitted> = {}): Admitted {
  return {
    ref: { path, origin: { type: 'workspace' }, sha256: path.padEnd(64, '0').slice(0, 64) },
    bytes: 100,
    format: facts.kind,
    kind: facts.kind,
    info: { producer: null, commit: null, createdAt: null },
    facts,
    problems: [],
    declaredBy: claim(),
    modifiedAt: null,
    tracked: false,
    level,
    ageSeconds: 60,
    reasons: [],
    ...change,
  }
}

const COVERAGE: Facts = {
  kind: 'coverage',
  totals: { lines: { covered: 10, total: 10 }, branches: null, functions: null, statements: null },
  declared: null,
  headline: null,
  files: [],
}
const PERFORMANCE: Facts = { kind: 'performance', metrics: [], samples: 10, errors: 0, events: null, thresholds: [] }
const SECURITY: Facts = {
  kind: 'security',
  findings: [],
  tools: ['scanner'],
  scans: ['sast'],
  scanFailed: false,
  failure: null,
  revisions: [],
}

/** Passing tests for every level, and one report of each other kind for the component level. */
export function seedEvidence(): Admitted[] {
  return [
    ...LEVEL_IDS.map((level) => admitted(`reports/${level}.xml`, level, testFacts())),
    admitted('reports/lcov.info', 'component', COVERAGE),
    admitted('reports/k6.json', 'component', PERFORMANCE),
    admitted('reports/scan.sarif', 'component', SECURITY),
  ]
}

/** Of a repository that keeps no ledger: only fixed baselines are known. */
export function without(config: Config): {
  baselines: Baselines
  history: History
  approvals: never[]
  diff: null
  repository: null
} {
  return { baselines: baselinesOf(config, NO_HISTORY), history: NO_HISTORY, approvals: [], diff: null, repository: null }
}

/** Everything a run knows; every field may be replaced. */
export function gateInput(config: Config, change: Partial<Omit<GateInput, 'levels' | 'config'>> = {}): Omit<GateInput, 'levels'> {
  return {
    config,
    metrics: seedMetrics({ production_readiness: {} }),
    producers: [],
    admitted: seedEvidence(),
    refused: [],
    rejected: [],
    unmet: [],
    change: { draft: false, conflict: false, changed: null },
    files: { 'reports/reliability.*': [{ path: 'reports/reliability.json', size: 12, ageSeconds: 60, tracked: false }] },
    now: NOW,
    ...without(config),
    ...change,
  }
}

/** Levels and gates of one run, wired as the app wires them. */
export function evaluateRun(input: Omit<GateInput, 'levels'>): { levels: LevelResult[]; gates: GateResult[] } {
  const { config, metrics, now, baselines, history } = input
  const levels = evaluateLevels({ config, metrics, now, baselines, history, judge: requirementJudge(input) })
  return { levels, gates: evaluateGates({ ...input, levels }) }
}

/** The seed's configuration with a fixed baseline for service performance, so that gate 3 can get as far as its approval. */
export function readyConfig(change: (config: Config) => void = () => {}): Config {
  return seedConfig((config) => {
    for (const level of config.levels) {
      for (const criterion of level.criteria) {
        if (criterion.id === 'service_performance') criterion.baseline = { ...criterion.baseline, select: 'fixed', value: 100 }
      }
    }
    change(config)
  })
}
