// What judging produces, before words are put to it.
import type { CriterionConfig, GateConfig, LevelConfig } from './config.ts'
import type { LevelId, LevelNumber } from './level.ts'
import type { MetricValue } from './metric.ts'
import type { GateState, LevelState, Outcome, Verdict } from './outcome.ts'
import type { Reason } from './reason.ts'

/**
 * What keeps a level or gate from being through, worst first: `error` (could not be judged), `failure`, `evidence` (its absence
 * is called pending by policy, or it can only be known elsewhere), `approval` (nothing but a person's word), `none`.
 */
export type Outstanding = 'none' | 'approval' | 'evidence' | 'failure' | 'error'

export interface CriterionResult {
  criterion: CriterionConfig
  outcome: Outcome
  metric: MetricValue | null
  /** The unrounded value that was compared. */
  actual: number | null
  baseline: number | null
  delta: number | null
  reasons: Reason[]
}

export interface LevelResult {
  level: LevelConfig
  state: LevelState
  criteria: CriterionResult[]
  /** Requirements that are not simply one of the level's own criteria, judged beside them. */
  requirements: GateItemResult[]
  /** Its own criteria, its review and the levels it depends on, taken together. A disabled level: `failure`, for those who need it. */
  outstanding: Outstanding
  reasons: Reason[]
}

export interface GateItemResult {
  text: string
  /** The check in the config's own notation (`notationOf` in check.ts): `tests.passed:component`. */
  check: string
  outcome: Outcome
  reasons: Reason[]
}

export interface GateResult {
  gate: GateConfig
  state: GateState
  entry: GateItemResult[]
  exit: GateItemResult[]
  deliverables: GateItemResult[]
  proceed: boolean
  /** Its own items, its level and the gate before it, taken together. A skipped gate: `none`, and it never proceeds. */
  outstanding: Outstanding
  reasons: Reason[]
}

export interface Decision {
  verdict: Verdict
  level: 0 | LevelNumber
  target: LevelNumber
  proceed: boolean
  /** With verdict `pending`: what is waited for. Approval only when nothing but approvals is outstanding. */
  pendingFor: 'approval' | 'evidence' | null
  /** Criteria with outcome `warn` at or below the target; those of severity `info` are not counted. */
  warnings: number
  /** Criterion ids that hold the target level back. */
  failedCriteria: string[]
  shortfall: { level: LevelId; items: Reason[] }[]
  reasons: Reason[]
}

/** The state of the change itself, as gathered (decision 22). null: not known here. */
export interface ChangeState {
  draft: boolean | null
  conflict: boolean | null
  /** Tracked files of the work tree that are changed and not committed; null also where GitHub knows of the change. */
  changed: readonly string[] | null
}

/** Results of upstream jobs, from `CERTIFY_NEEDS` or the API (decision 26). */
export interface ProducerState {
  job: string
  result: 'success' | 'failure' | 'cancelled' | 'skipped'
  /** Named by the workflow itself (`CERTIFY_NEEDS`), not merely another job of the run. */
  needed: boolean
}
