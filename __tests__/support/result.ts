// Results to render: the seed's sixteen criteria and four gates, all green up to level 2 unless a test breaks something.

import { notationOf } from '../../src/model/check.ts'
import type { Resolved } from '../../src/model/config.ts'
import type { Admitted, Rejected } from '../../src/model/evidence.ts'
import type { Comparison } from '../../src/model/history.ts'
import type {
  CriterionResult,
  Decision,
  GateItemResult,
  GateResult,
  LevelResult,
  Outstanding,
} from '../../src/model/judgement.ts'
import type { LevelNumber } from '../../src/model/level.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { type LevelState, letsThrough, type Outcome } from '../../src/model/outcome.ts'
import { type Reason, reason } from '../../src/model/reason.ts'
import type { Result } from '../../src/model/result.ts'
import { buildResult, type ReportInput } from '../../src/reporting/model.ts'
import { seedConfig } from './config.ts'

export const NOW = new Date('2026-03-14T09:26:53Z')
/** A run where no ledger is kept. */
export const NO_COMPARISON: Comparison = {
  state: 'off',
  place: 'the ledger',
  head: null,
  branch: null,
  runs: 0,
  baseline: null,
  steps: [],
  continuity: null,
  trends: [],
  changes: null,
}

export const COMMIT = '3f786850e387550fdab836ed7e6dc881de23001b'

export interface CriterionSpec {
  outcome: Outcome
  value?: number
  unit?: string
  formula?: string
  ratio?: MetricValue['ratio']
  parts?: MetricValue['parts']
  reasons?: Reason[]
}

export interface ResultSpec {
  /** By criterion id; those of levels 1 and 2 pass with 100 %, those above have no evidence. */
  criteria?: Record<string, CriterionSpec>
  target?: LevelNumber
  verdict?: Partial<Decision>
  /** Last word on the whole input. */
  change?: (input: ReportInput) => void
}

export function resultOf(spec: ResultSpec = {}): Result {
  return buildResult(reportInput(spec))
}

export function reportInput(spec: ResultSpec = {}): ReportInput {
  const config = seedConfig()
  const target = spec.target ?? 2
  const criteria = config.levels.map((level) =>
    level.criteria.map((criterion) =>
      criterionResult(criterion, spec.criteria?.[criterion.id] ?? usual(criterion.id, level.number)),
    ),
  )
  const levels: LevelResult[] = []
  for (const [index, level] of config.levels.entries()) levels.push(levelResult(level, criteria[index]!, levels.at(-1)))
  const gates = config.gates.map((gate) => gateResult(gate, levels))
  const files = admittedFiles()
  const input: ReportInput = {
    version: '0.1.0',
    name: 'certify',
    now: NOW,
    clock: 'system',
    subject: {
      repository: 'octo/shop',
      commit: COMMIT,
      tested: null,
      ref: 'refs/pull/7/merge',
      event: 'pull_request',
      pullRequest: 7,
      run: 4711,
      attempt: 1,
    },
    resolved: resolved(config),
    changedInHead: null,
    gathered: { evidence: [], rejected: [], unmet: [], notices: [] },
    admitted: files,
    refused: [],
    metrics: levels.flatMap((level) => level.criteria.flatMap((criterion) => criterion.metric ?? [])),
    levels,
    gates,
    approvals: [],
    comparison: NO_COMPARISON,
    certificate: null,
    decision: { ...decision(levels, gates, target), ...spec.verdict },
    notices: [],
    digest: `sha256:${'5e'.repeat(32)}`,
  }
  spec.change?.(input)
  return input
}

function usual(id: string, level: LevelNumber): CriterionSpec {
  if (level > 2) return missing(id)
  return { outcome: 'pass', value: 100, formula: '2000 / 2000 = 100 %' }
}

/** No report at all: what every criterion is without evidence. */
export function missing(id: string, expected: string[] = []): CriterionSpec {
  return { outcome: 'no_evidence', reasons: [reason('evidence_missing', { what: id, expected })] }
}

/** Coverage of so many lines of 2000, held against > 95 %. */
export function coverage(covered: number, parts: MetricValue['parts'] = []): CriterionSpec {
  const value = (100 * covered) / 2000
  const outcome = value > 95 ? 'pass' : 'fail'
  return {
    outcome,
    value,
    formula: `${covered} / 2000 lines = ${value} %`,
    ratio: { good: covered, total: 2000, what: 'lines' },
    parts,
    reasons: outcome === 'pass' ? [] : [reason('limit_not_met', { actual: value, unit: '%', limit: '> 95 %' })],
  }
}

function criterionResult(criterion: CriterionResult['criterion'], spec: CriterionSpec): CriterionResult {
  const value = spec.value ?? null
  const basis =
    value === null ? [] : [{ path: 'coverage/lcov.info', origin: { type: 'workspace' as const }, sha256: 'ab'.repeat(32) }]
  const metric: MetricValue = {
    id: criterion.metric,
    level: criterion.level,
    state: value === null ? 'no_evidence' : 'known',
    value,
    unit: spec.unit ?? '%',
    formula: spec.formula ?? '',
    ratio: spec.ratio ?? null,
    basis,
    reasons: spec.reasons ?? [],
    capped: null,
    parts: spec.parts ?? [],
    slis: [],
  }
  return { criterion, outcome: spec.outcome, metric, actual: value, baseline: null, delta: null, reasons: spec.reasons ?? [] }
}

function levelResult(level: LevelResult['level'], criteria: CriterionResult[], below: LevelResult | undefined): LevelResult {
  const outcomes = criteria.map((criterion) => criterion.outcome)
  const blocked = below !== undefined && below.outstanding !== 'none' && below.outstanding !== 'approval'
  const state: LevelState = blocked
    ? 'blocked'
    : outcomes.includes('error')
      ? 'error'
      : outcomes.some((outcome) => outcome === 'fail' || outcome === 'no_evidence')
        ? 'failed'
        : outcomes.includes('pending')
          ? 'evidence_pending'
          : level.manualReview
            ? 'pending_review'
            : outcomes.includes('warn')
              ? 'passed_with_warnings'
              : 'passed'
  const outstanding: Record<string, Outstanding> = {
    passed: 'none',
    passed_with_warnings: 'none',
    error: 'error',
    evidence_pending: 'evidence',
    pending_review: 'approval',
  }
  const short = criteria.filter((criterion) => !letsThrough(criterion.outcome)).map((criterion) => criterion.criterion.id)
  const reasons = blocked
    ? [reason('level_below_not_reached', { level: below.level.id, state: below.state })]
    : short.length > 0
      ? [reason('criteria_short', { level: level.id, criteria: short })]
      : []
  return { level, state, criteria, requirements: [], outstanding: outstanding[state] ?? 'failure', reasons }
}

function gateResult(gate: GateResult['gate'], levels: LevelResult[]): GateResult {
  const level = levels.find((entry) => entry.level.number === gate.number)!
  const item = ({ text, check }: (typeof gate.entry)[number]): GateItemResult => {
    const found = check.fn === 'criterion' ? level.criteria.find((criterion) => criterion.criterion.id === check.id) : undefined
    const below = check.fn === 'level' ? levels.find((entry) => entry.level.id === check.level) : undefined
    const outcome: Outcome =
      found?.outcome ??
      (below && below.outstanding !== 'none' ? 'fail' : gate.number > 2 && check.fn !== 'level' ? 'no_evidence' : 'pass')
    const why =
      found?.reasons ??
      (below && outcome === 'fail' ? [reason('level_below_not_reached', { level: below.level.id, state: below.state })] : [])
    return { text, check: notationOf(check), outcome, reasons: why }
  }
  const [entry, exit, deliverables] = [gate.entry.map(item), gate.exit.map(item), gate.deliverables.map(item)]
  const short = (items: GateItemResult[]) => items.filter((one) => !letsThrough(one.outcome)).map((one) => one.text)
  const base = { gate, entry, exit, deliverables, proceed: false, outstanding: level.outstanding }
  if (short(entry).length > 0)
    return { ...base, state: 'entry_failed', reasons: [reason('gate_entry_failed', { gate: gate.number, items: short(entry) })] }
  if (short(exit).length > 0)
    return { ...base, state: 'exit_failed', reasons: [reason('gate_exit_failed', { gate: gate.number, items: short(exit) })] }
  if (gate.manualApproval) {
    return {
      ...base,
      state: 'awaiting_approval',
      reasons: [reason('awaiting_approval', { gate: gate.number, environment: gate.environment ?? '' })],
    }
  }
  return { ...base, state: 'open', proceed: gate.autoProgression, reasons: [] }
}

function decision(levels: LevelResult[], gates: GateResult[], target: LevelNumber): Decision {
  const reached = levels.filter((level, index) => level.outstanding === 'none' && gates[index]!.state === 'open')
    .length as Decision['level']
  const upTo = levels.filter((level) => level.level.number <= target)
  const worst = (['error', 'failure', 'evidence', 'approval'] as const).find((kind) =>
    upTo.some((level) => level.outstanding === kind),
  )
  const verdict = worst === 'error' ? 'error' : worst === 'failure' ? 'failed' : worst === undefined ? 'passed' : 'pending'
  const judged = upTo.flatMap((level) => level.criteria)
  return {
    verdict,
    level: reached,
    target,
    proceed: verdict === 'passed',
    pendingFor: verdict !== 'pending' ? null : worst === 'approval' ? 'approval' : 'evidence',
    warnings: judged.filter((criterion) => criterion.outcome === 'warn').length,
    failedCriteria: judged.filter((criterion) => !letsThrough(criterion.outcome)).map((criterion) => criterion.criterion.id),
    shortfall: levels
      .filter((level) => level.level.number > reached)
      .map((level) => ({ level: level.level.id, items: shortOf(level) })),
    reasons: upTo.flatMap((level) => level.reasons),
  }
}

function shortOf(level: LevelResult): Reason[] {
  return level.criteria
    .filter((criterion) => !letsThrough(criterion.outcome))
    .flatMap((criterion) => criterion.reasons.map((why) => ({ ...why, about: criterion.criterion.id })))
}

function resolved(config: Resolved['config']): Resolved {
  return {
    config,
    problems: [],
    notices: [],
    loosened: [],
    ignored: [],
    digest: `sha256:${'c0'.repeat(32)}`,
    source: '.github/certification.yml',
  }
}

/** A small LCOV file and a JUnit file of the component level, and a report from an artifact. */
function admittedFiles(): Admitted[] {
  const claim = { metrics: [], level: null, component: null, discovered: true, committed: false }
  const common = { bytes: 4096, problems: [], declaredBy: claim, modifiedAt: null, tracked: false, reasons: [] }
  const totals = { total: 131, passed: 128, failed: 0, errors: 0, skipped: 3, flaky: 0 }
  return [
    {
      ...common,
      ref: { path: 'coverage/lcov.info', origin: { type: 'workspace' }, sha256: 'ab'.repeat(32) },
      format: 'lcov',
      kind: 'coverage',
      info: { producer: 'lcov 1.16', commit: null, createdAt: null },
      facts: {
        kind: 'coverage',
        totals: { lines: { covered: 2000, total: 2000 }, branches: null, functions: null, statements: null },
        declared: null,
        headline: null,
        files: [],
      },
      level: 'component',
      ageSeconds: 12,
    },
    {
      ...common,
      ref: {
        path: 'unit/junit.xml',
        origin: { type: 'artifact', name: 'unit-tests', id: 9, runId: 4711, digest: null, digestChecked: true },
        sha256: 'cd'.repeat(32),
      },
      format: 'junit',
      kind: 'tests',
      info: { producer: 'jest-junit', commit: null, createdAt: '2026-03-14T09:20:00Z' },
      facts: { kind: 'tests', totals, declared: null, durationSeconds: 4, suiteErrors: 0, unfinished: false, cases: [] },
      level: 'component',
      ageSeconds: 413,
    },
  ]
}

export function rejectedFile(path: string, why: Reason): Rejected {
  return {
    path,
    origin: { type: 'workspace' },
    sha256: null,
    bytes: null,
    format: null,
    kind: null,
    declaredBy: { metrics: [], level: null, component: null, discovered: false, committed: false },
    problems: [],
    reason: why,
  }
}
