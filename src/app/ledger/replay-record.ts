// One recorded evaluation judged again, from nothing but the record and the policy it names.
import { type Difference, firstDifference, outcomeOf } from '../../certificate/ledger/outcome.ts'
import { sealObject } from '../../certificate/ledger/seal.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import type { EvaluationData, RecordedFacts } from '../../model/evaluation.ts'
import { CertifyError } from '../../model/problem.ts'
import { type Judgeable, type Judged, judge } from '../judge.ts'
import { judgeableOf, marksOf, resultDigest, settle } from './evaluation.ts'

export interface Replay {
  same: boolean
  difference: Difference | null
  /** Reports whose recorded facts are not those that were recorded. */
  edited: string[]
  /** sha256 of the result, as recorded and as it came out now. */
  result: { recorded: string; recomputed: string }
  /** Metrics that were measured again, and those taken as they were recorded because their reports hold more than a record keeps. */
  metrics: { measured: number; taken: string[] }
  /** Versions: a difference may come from the engine where they are not the same. */
  engine: { recorded: string; here: string }
}

/**
 * Pure: the recorded clock, subject, policy and history are all there is. null: it could not be judged when it was made. Throws
 * CertifyError `record_malformed` where the record or the policy is not what any run leaves.
 */
export function replayRecord(data: EvaluationData, policy: ResolvedPolicy, here: string): Replay | null {
  const { facts } = data
  return facts === null ? null : guarded(() => compared(data, facts, policy, here))
}

/** Judges what a record holds; `change` replaces some of it. Throws as `replayRecord`. */
export function judgeRecorded(
  data: EvaluationData,
  facts: RecordedFacts,
  policy: ResolvedPolicy,
  change: Partial<Judgeable> = {},
): Judged {
  return guarded(() => judge({ ...judgeableOf(data, facts, policy), ...change }, settle(facts)))
}

function compared(data: EvaluationData, facts: RecordedFacts, policy: ResolvedPolicy, here: string): Replay {
  const { result, metrics } = judgeRecorded(data, facts, policy)
  const digest = resultDigest(result)
  const difference =
    firstDifference(data.outcome, outcomeOf(result, metrics)) ??
    unlike('result', data.result, digest) ??
    unlike('policy', data.policy?.object, sealObject(policy).sha256)
  const marks = marksOf(facts)
  const edited = facts.files.filter((_, at) => marks[at] !== data.marks[at]).map((file) => file.ref.path)
  const taken = facts.measured.map((metric) => metric.id)
  return {
    same: difference === null && edited.length === 0,
    difference,
    edited,
    result: { recorded: data.result, recomputed: digest },
    metrics: { measured: metrics.length - taken.length, taken },
    engine: { recorded: data.tool.version, here },
  }
}

/** Facts and policies that were edited may be of any shape. Throws CertifyError `record_malformed` for whatever that leads to. */
export function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof CertifyError) throw cause
    throw new CertifyError('record_malformed', 'the record holds facts, or names a policy, that no run leaves', {
      hint: 'certify ledger verify names the first record that is not as it was written',
      cause,
    })
  }
}

function unlike(at: string, recorded: string | undefined, recomputed: string): Difference | null {
  return recorded === recomputed ? null : { at, recorded: recorded ?? null, recomputed }
}
