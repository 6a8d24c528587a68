// What the gates are judged from: everything earlier rooms found out, handed in as data.
import type { GateApproval } from '../model/approval.ts'
import type { Config } from '../model/config.ts'
import type { Admitted, Evidence, Rejected, Unmet } from '../model/evidence.ts'
import type { MatchedFiles } from '../model/file-check.ts'
import type { Baselines, History } from '../model/history.ts'
import type { IssuesAsked } from '../model/issue.ts'
import type { ChangeState, LevelResult, ProducerState } from '../model/judgement.ts'
import type { LevelId } from '../model/level.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Reason } from '../model/reason.ts'

export interface GateInput {
  config: Config
  levels: readonly LevelResult[]
  metrics: readonly MetricValue[]
  /** One entry for each (file, level), as admission splits them. */
  admitted: readonly Admitted[]
  refused: readonly { evidence: Evidence; reason: Reason }[]
  rejected: readonly Rejected[]
  unmet: readonly Unmet[]
  change: ChangeState
  producers: readonly ProducerState[]
  /** By pattern, for every pattern of a `file` check. A pattern that is not here was not looked for. */
  files: MatchedFiles
  /** Left out: no check asks for issues. */
  issues?: IssuesAsked
  /** What people have said of the gates so far; of a gate that is not here nobody was asked yet. */
  approvals: readonly GateApproval[]
  now: Date
  baselines: Baselines
  history: History
}

/** Where a check stands: the level it is about by default, and whether the level's awaited review counts as reached here. */
export interface Place {
  level: LevelId
  gate: number
  environment: string
  /** Exit criteria of a gate that takes an approval (decision 21). */
  reviewIsApproval: boolean
}
