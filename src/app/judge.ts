// The pure middle as one function: from what was gathered, or from what a record kept of it, to the result.
import { decide } from '../certificate/decide.ts'
import { digestOf } from '../certificate/digest.ts'
import { requirementJudge } from '../gates/checks.ts'
import { evaluateGates } from '../gates/evaluate.ts'
import { evaluateLevels } from '../levels/evaluate.ts'
import { measure } from '../metrics/measure.ts'
import type { ApprovalState, GateApproval } from '../model/approval.ts'
import type { ResolvedPolicy } from '../model/config.ts'
import type { Diff } from '../model/diff.ts'
import type { Gathered } from '../model/evidence.ts'
import type { MatchedFiles } from '../model/file-check.ts'
import type { Baselines, Comparison, History } from '../model/history.ts'
import type { IssuesAsked } from '../model/issue.ts'
import type { ChangeState, ProducerState } from '../model/judgement.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Problem } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { buildResult, evidenceList } from '../reporting/model.ts'
import type { Admission } from '../validation/admissibility.ts'
import { comparisonOf } from './comparison.ts'

/** Everything a verdict depends on. The same input gives the same result, byte for byte, on any machine. */
export interface Judgeable extends Admission {
  version: string
  name: string
  now: Date
  clock: Result['clock']
  subject: Result['subject']
  policy: ResolvedPolicy
  changedInHead: { tightened: string[]; loosened: string[] } | null
  /** Files as they were read, before admission told their levels apart. */
  evidence: Gathered['evidence']
  notices: readonly Problem[]
  producers: ProducerState[]
  change: ChangeState
  /** Files that gates ask for, by pattern. */
  files: MatchedFiles
  /** What GitHub says of issues that checks ask for; left out: none does. */
  issues?: IssuesAsked
  onDefaultBranch: boolean
  baselines: Baselines
  history: History
  /** What this change changes; null: there is nothing to compare with, or nobody asks. */
  diff: Diff | null
  /** Every path of the repository; null: not known. */
  repository: ReadonlySet<string> | null
  /** What people have said of the gates so far. */
  approvals: readonly GateApproval[]
  /** The branch's newest certificate, to be shown; null: none is known. */
  certificate: Result['certificate']
  /** It is a run of the branch itself. */
  main: boolean
  /** As a record has it; null: made from `history`. */
  comparison: Comparison | null
}

export interface Judged {
  result: Result
  metrics: MetricValue[]
}

const DECLINED: readonly ApprovalState[] = ['rejected', 'expired', 'bypassed_or_unknown', 'refused']

/** The metrics alone. */
export function measured({ policy, ...input }: Judgeable): MetricValue[] {
  return measure({ ...input, config: policy.config })
}

/** `settle` may replace measured values by recorded ones before they are judged. */
export function judge(input: Judgeable, settle: (metrics: MetricValue[]) => MetricValue[] = (metrics) => metrics): Judged {
  const { policy, now, admitted, refused, rejected, unmet, producers, change, files, baselines, history, approvals } = input
  const { diff, repository, issues } = input
  const { config } = policy
  const known = { config, admitted, refused, rejected, unmet, producers, baselines, history, approvals, now, diff, repository }
  const metrics = settle(measured(input))
  const world = { ...known, metrics, change, files, ...(issues === undefined ? {} : { issues }) }
  const { onDefaultBranch } = input
  const levels = evaluateLevels({
    config,
    metrics,
    now,
    baselines,
    history,
    judge: requirementJudge(world),
    onDefaultBranch,
    reviewed: new Set(approvals.filter((one) => one.state === 'approved').map((one) => one.gate)),
    declined: new Set(approvals.filter((one) => DECLINED.includes(one.state)).map((one) => one.gate)),
  })
  const gates = evaluateGates({ ...world, levels })
  // The input `level` is part of the config by now, as far as it may be (decisions 10 and 16).
  const target = config.target[input.subject.event]
  const decision = decide({ config, target, levels, gates, errors: [] })
  const { main } = input
  const { commit } = input.subject
  const facts = admitted.map((one) => one.facts)
  const compared = { config, history, baselines, levels, metrics, facts, decision, commit, now, main }
  const comparison = input.comparison ?? comparisonOf(compared)
  const result = buildResult({
    version: input.version,
    name: input.name,
    now,
    clock: input.clock,
    subject: input.subject,
    resolved: { ...policy, problems: [] },
    changedInHead: input.changedInHead,
    gathered: { evidence: input.evidence, rejected, unmet, notices: [] },
    admitted,
    refused,
    metrics,
    levels,
    gates,
    approvals,
    comparison,
    certificate: input.certificate,
    decision,
    notices: [...policy.notices, ...input.notices],
    digest: digestOf(evidenceList([...admitted, ...refused.map((one) => one.evidence)])),
  })
  return { result, metrics }
}
