// One recorded evaluation judged again, from nothing but the record and the policy it names.
import { type Difference, firstDifference, outcomeOf } from '../../certificate/ledger/outcome.ts'
import { canonical, sha256 } from '../../certificate/ledger/seal.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import { judge } from '../judge.ts'
import { judgeableOf, markOf, resultDigest, settle } from './evaluation.ts'

export interface Replay {
  same: boolean
  difference: Difference | null
  /** Reports whose recorded facts are not those that were recorded. */
  edited: string[]
  /** sha256 of the result, as recorded and as it came out now. */
  result: { recorded: string; recomputed: string | null }
  /** Metrics that were measured again, and those taken as they were recorded because their reports hold more than a record keeps. */
  metrics: { measured: number; taken: string[] }
  /** Versions: a difference may come from the engine where they are not the same. */
  engine: { recorded: string; here: string }
}

/** Pure: the recorded clock, subject, policy and history are all there is. */
export function replayRecord(data: EvaluationData, policy: ResolvedPolicy, here: string): Replay | null {
  const { facts } = data
  if (facts === null) return null
  const { result, metrics } = judge(judgeableOf(data, facts, policy), settle(facts))
  const difference = firstDifference(data.outcome, outcomeOf(result, metrics))
  const digest = resultDigest(result)
  const edited = facts.files.filter((file, at) => markOf(file) !== data.marks[at]).map((file) => file.ref.path)
  const taken = facts.measured.map((metric) => metric.id)
  return {
    same: difference === null && digest === data.result && edited.length === 0,
    difference: difference ?? (digest === data.result ? null : { at: 'result', recorded: data.result, recomputed: digest }),
    edited,
    result: { recorded: data.result, recomputed: digest },
    metrics: { measured: metrics.length - taken.length, taken },
    engine: { recorded: data.tool.version, here },
  }
}

/** True where the text is the policy that a record names. */
export function isObject(text: string, hash: string): boolean {
  return sha256(text) === hash && canonical(JSON.parse(text)) === text
}
