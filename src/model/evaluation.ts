// What the ledger records of one evaluation: the facts it was judged from, and what came out, so that anybody can judge it again.
import type { GateApproval } from './approval.ts'
import type { Diff } from './diff.ts'
import type { Evidence, EvidenceClaim, Facts, Rejected, Unmet } from './evidence.ts'
import type { Baselines, Comparison, History, PastValue } from './history.ts'
import type { IssuesAsked } from './issue.ts'
import type { ChangeState, ProducerState } from './judgement.ts'
import type { ResultCertificate } from './last-certificate.ts'
import type { LevelId, LevelNumber } from './level.ts'
import type { MetricPart, MetricValue } from './metric.ts'
import type { GateState, LevelState, Outcome, Verdict } from './outcome.ts'
import type { Problem } from './problem.ts'
import type { Reason, ReasonCode } from './reason.ts'
import type { Result } from './result.ts'

export const EVALUATION = 'certify/evaluation/v1'
/** Branch of a certified commit that was judged again. No ref can be called so: it takes no part in the history of any. */
export const RECERTIFIED = 'recertified commits'

/** A file that was read; `facts` condensed, `whole` false where more was known than is kept. */
export interface RecordedFile extends Omit<Evidence, 'facts'> {
  facts: Facts
  whole: boolean
}

/** One admitted share of a file. */
export interface RecordedShare {
  /** Index in `files`. */
  file: number
  level: LevelId | null
  ageSeconds: number | null
  declaredBy: EvidenceClaim
  reasons: Reason[]
  /** null: the file's own. */
  facts: Facts | null
}

/** Everything judging asked for. The policy lies beside it, under `policy.object`. */
export interface RecordedFacts {
  files: RecordedFile[]
  admitted: RecordedShare[]
  refused: { file: number; declaredBy: EvidenceClaim; reason: Reason }[]
  rejected: Rejected[]
  unmet: Unmet[]
  producers: ProducerState[]
  change: ChangeState
  matched: Record<string, { path: string; size: number; ageSeconds: number | null; tracked: boolean }[]>
  /** Left out: no check asks for issues. */
  issues?: IssuesAsked
  onDefaultBranch: boolean
  baselines: Baselines
  history: History
  comparison: Comparison
  /** Left out: nobody asked, or there was nothing to compare with. Of a long one the files are dropped. */
  diff?: Diff
  approvals: GateApproval[]
  /** Left out: none was known. */
  certificate?: ResultCertificate
  notices: Problem[]
  changedInHead: { tightened: string[]; loosened: string[] } | null
  /** Metrics whose reports hold more than a record keeps: taken as they were measured. */
  measured: MetricValue[]
  /** Parts of the other metrics that the kept facts no longer give, by metric id. */
  parts: Record<string, MetricPart[]>
}

/** What came out, in states and numbers; the words follow from them. */
export interface RecordedOutcome {
  verdict: Verdict
  level: 0 | LevelNumber
  target: LevelNumber
  proceed: boolean
  pendingFor: 'approval' | 'evidence' | null
  warnings: number
  failedCriteria: string[]
  reasons: ReasonCode[]
  levels: Record<string, LevelState>
  gates: Record<string, GateState>
  criteria: Record<
    string,
    { outcome: Outcome; value: number | null; unit: string; baseline: number | null; delta: number | null; reasons: ReasonCode[] }
  >
  /** By metric id, with this run's numbers. */
  formulas: Record<string, string>
  /** By gate and sentence: `2 exit: All integration tests pass`. */
  items: Record<string, Outcome>
  /** What each report said, by its name: `41 of 44 lines`. */
  evidence: Record<string, string | null>
  /** Measurements that objectives name, by `sliKey`. */
  slis: Record<string, PastValue>
}

export interface EvaluationData {
  schema: typeof EVALUATION
  tool: Result['tool']
  name: string
  evaluatedAt: string
  clock: Result['clock']
  subject: Result['subject']
  /** Branch whose history it belongs to or is compared with. */
  branch: string | null
  /** It is a run of that branch itself, and not of a change that wants to get into it. */
  main: boolean
  /** Numbers of earlier records of the branch's own runs, newest first: what a later run need not look for again. */
  earlier: number[]
  /** Number of the last record when history was read; 0: there was none. */
  seen: number
  /** Stored by `certify baseline`. */
  baseline: boolean
  /** `object`: sha256 of the ResolvedPolicy beside the records. null: no policy could be read, so nothing was judged. */
  policy: { object: string; digest: string | null; source: string } | null
  evidenceDigest: string
  /** sha256 of the result's canonical JSON. */
  result: string
  outcome: RecordedOutcome
  /** One for each of `facts.files`: tells which of them was edited. */
  marks: string[]
  /** null: it could not be judged, and there is nothing to judge again. */
  facts: RecordedFacts | null
}
