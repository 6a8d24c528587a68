// result.json: the one document every report is made from. See schema/result.schema.json and interface.md.

import type { ApprovalState, GateApproval } from './approval.ts'
import type { EventName, Loosening } from './config.ts'
import type { Origin } from './evidence.ts'
import type { Comparison } from './history.ts'
import type { ResultCertificate } from './last-certificate.ts'
import type { LevelId, LevelNumber } from './level.ts'
import type { MetricPart, MetricState } from './metric.ts'
import type { GateState, LevelState, Outcome, Verdict } from './outcome.ts'
import type { Problem } from './problem.ts'
import type { Reason } from './reason.ts'
import type { Step } from './step.ts'

/** A reason with its words: `text` says what and where, `fix` what to do (null: nothing to do). */
export type StatedReason = Reason & { text: string; fix: string | null }

export interface ResultEvidence {
  path: string
  origin: Origin
  sha256: string | null
  bytes: number | null
  format: string | null
  kind: string | null
  producer: string | null
  level: LevelId | null
  component: string | null
  metrics: string[]
  /** Seconds since it was made; null: not known. */
  age: number | null
  admitted: boolean
  reasons: StatedReason[]
  /** One line of what it says: `41 of 44 lines`. */
  summary: string | null
}

export interface ResultMetric {
  id: string
  level: LevelId
  state: MetricState
  value: number | null
  unit: string
  formula: string
  ratio: { good: number; total: number; what: string } | null
  /** Paths, `artifact:NAME/path` for artifacts. */
  basis: string[]
  reasons: StatedReason[]
  parts: MetricPart[]
}

export interface ResultCriterion {
  id: string
  metric: string
  outcome: Outcome
  value: number | null
  unit: string
  limit: { text: string; origin: string }
  key: boolean
  weight: number
  baseline: number | null
  delta: number | null
  formula: string
  basis: string[]
  reasons: StatedReason[]
  /** The shortest way to let it through, in order; empty where it is. */
  steps: Step[]
}

export interface ResultLevel {
  id: LevelId
  number: LevelNumber
  name: string
  state: LevelState
  criteria: ResultCriterion[]
  /** What the level asks for beside its criteria. */
  requirements: ResultGateItem[]
  reasons: StatedReason[]
}

export interface ResultGateItem {
  text: string
  check: string
  /** Shown, and holds nothing back. */
  optional: boolean
  outcome: Outcome
  reasons: StatedReason[]
}

export interface ResultGate {
  id: LevelNumber
  name: string
  state: GateState
  entry: ResultGateItem[]
  exit: ResultGateItem[]
  deliverables: ResultGateItem[]
  approval: {
    required: boolean
    environment: string | null
    state: 'not_required' | 'awaiting' | 'approved' | 'rejected'
    roles: string[]
    /** What people have said; null: nobody was asked yet. */
    given: {
      state: ApprovalState
      mechanism: GateApproval['mechanism']
      /** The API gives no time: it was given before this. */
      approvedBefore: string | null
      wentLive: boolean
      slots: {
        role: string
        environment: string
        required: boolean
        filledBy: string | null
        comment: string | null
        code: 'quoted' | 'none' | null
        answers: { question: string; answer: string | null }[]
      }[]
      refused: { login: string; environment: string; reason: StatedReason }[]
    } | null
  }
  /** True where the next gate may start. */
  proceed: boolean
  reasons: StatedReason[]
}

/** What a level that was not reached still lacks, smallest steps first. */
export interface Shortfall {
  level: LevelId
  items: StatedReason[]
}

/** What tests ran of the lines that the change adds or alters. */
export interface ResultNewCode {
  /** The metric it is taken from. */
  metric: string
  /** Changed lines that hold code, and those of them that ran; null: not known. */
  lines: number | null
  covered: number | null
  /** The share of `covered`, in percent; null: there are no such lines, or not all of them are known. */
  value: number | null
  /** Files with changed lines that nothing ran, worst first. */
  files: { path: string; detail: string; ranges: [number, number][] }[]
  /** Why it is not enforced or not complete, and what is left out. */
  reasons: StatedReason[]
}

export interface Result {
  schema: string
  tool: { name: 'certify'; version: string }
  name: string
  evaluatedAt: string
  clock: 'system' | 'fixed'
  subject: {
    repository: string | null
    commit: string | null
    tested: string | null
    ref: string | null
    event: EventName
    pullRequest: number | null
    run: number | null
    attempt: number | null
  }
  config: {
    source: string
    digest: string | null
    mode: 'enforce' | 'advisory'
    loosened: Loosening[]
    ignored: Loosening[]
    notInForce: string[]
    /** Policy differences of a pull request's head against the trusted ref; they did not count. */
    changedInHead: { tightened: string[]; loosened: string[] } | null
  }
  evidenceDigest: string
  evidence: ResultEvidence[]
  metrics: ResultMetric[]
  levels: ResultLevel[]
  gates: ResultGate[]
  shortfall: Shortfall[]
  /** null: nothing was judged. */
  history: Comparison | null
  /** null: there is no change to look at, or no coverage of it. */
  newCode: ResultNewCode | null
  notices: Problem[]
  decision: {
    verdict: Verdict
    /** Highest level reached, 0..4. */
    level: 0 | LevelNumber
    target: LevelNumber
    proceed: boolean
    pendingFor: 'approval' | 'evidence' | null
    warnings: number
    failedCriteria: string[]
    reasons: StatedReason[]
  }
  /** How the branch's newest certificate stood when the run looked; null: none is known. */
  certificate: ResultCertificate | null
  /** There where a run that cannot write said so, and no trusted run has measured it (decision 29); what that run's own verdict is. */
  reported?: Reported
}

export interface Reported {
  run: number
  attempt: number
  /** Owner and name of the repository it came from. */
  from: string
  verdict: Verdict
  level: 0 | LevelNumber
  /** `sha256:` of the file in which it was reported. */
  digest: string
}
