// The contract of a metric family: facts in, one value out. One object per family, one line in index.ts.
import type { GateApproval } from '../model/approval.ts'
import type { ComponentConfig, Config, MetricConfig, MetricFamily } from '../model/config.ts'
import type { Diff } from '../model/diff.ts'
import type { Admitted, Evidence, Kind, Rejected, Unmet } from '../model/evidence.ts'
import type { MatchedFiles } from '../model/file-check.ts'
import type { Baselines, History } from '../model/history.ts'
import type { IssuesAsked } from '../model/issue.ts'
import type { ProducerState } from '../model/judgement.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Reason } from '../model/reason.ts'

export interface MeasureInput {
  config: Config
  admitted: Admitted[]
  refused: { evidence: Evidence; reason: Reason }[]
  rejected: Rejected[]
  unmet: Unmet[]
  producers: ProducerState[]
  approvals: readonly GateApproval[]
  now: Date
  baselines: Baselines
  history: History
  /** What this change changes; null: there is nothing to compare with, or nobody asks. */
  diff: Diff | null
  /** Files that checks and attestations name, by pattern; left out: none was looked for. */
  files?: MatchedFiles
  /** What GitHub says of issues that checks ask for; left out: none does. */
  issues?: IssuesAsked
  /** Every path of the repository, for telling what a report's paths mean; null: not known. */
  repository: ReadonlySet<string> | null
}

/** Everything one metric may look at. */
export interface Measuring {
  metric: MetricConfig
  /** Usable evidence of the metric's kinds: what it names, else its level's own. */
  evidence: Admitted[]
  /** Tests of the metric's level, for families that care whether any failed. */
  tests: Admitted[]
  /** The part of a monorepo that is measured; null: all of it. */
  component: ComponentConfig | null
  input: MeasureInput
  /** Another metric's value; null: there is none, or it would have to be known before itself. */
  ask: (id: string) => MetricValue | null
}

export interface Metric {
  readonly family: MetricFamily
  /** Kinds of evidence it takes from its level when it names none. */
  readonly kinds: readonly Kind[]
  /** Kinds it can use when a config entry names the file for it. */
  readonly accepts: readonly Kind[]
  /** Kinds whose trouble is its own too: a coverage figure from tests nobody could read. */
  readonly minds: readonly Kind[]
  /** Measured for each component of a monorepo, the lowest counts. */
  readonly rollsUp: boolean
  /** Called only where nothing declared is missing or unusable. Never throws; null means unknown. */
  measure(measuring: Measuring): MetricValue
}
