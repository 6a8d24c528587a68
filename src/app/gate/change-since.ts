// Where the change begins that a gate is asked about: at the last release that this gate let through (decision 32).
import type { GateConfig } from '../../model/config.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import { GATE_DECISION, type GateDecisionData } from '../../model/gate-record.ts'
import type { LedgerRecord } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { broken } from '../ledger/append.ts'
import { evaluationProblem, isEvaluation } from '../ledger/evaluation-shape.ts'
import { chainBackwards, endOf, type OpenLedger } from '../ledger/store-of.ts'
import type { Ports } from '../ports.ts'
import type { Evaluation } from './evaluation.ts'

/** Records looked through for that release: fifty to a request, and mostly the first few tell. */
const FARTHEST = 2000

export interface Start {
  /** null: nothing is known from before this run. */
  since: string | null
  /** That commit is a part of the change: it was never let through. */
  included: boolean
}

/** `problem`: the ledger does not say, which is not the same as that it knows of nothing. */
export type Begin = Start | { problem: string }

/** A run that merely passed let nothing through: whoever wrote what it was about still has a hand in what carries it. */
export async function changeSince(gate: GateConfig, evaluation: Evaluation, ports: Ports): Promise<Begin> {
  const { data, facts, policy } = evaluation
  const compared: Start = { since: facts.comparison.baseline?.records[0]?.commit ?? null, included: false }
  if (!policy.config.ledger.enabled) return compared
  try {
    const store = await ports.ledger.open(policy.config.ledger)
    const tip = (await store?.tip()) ?? null
    // Gone is not empty: the evaluation has seen more of it.
    if (store !== null && tip === null && data.seen > 0) throw broken(store, `it had ${data.seen} records, and is gone`)
    if (store === null || tip === null) return compared
    const start = await startOf(gate, data, { store, tip })
    return start.since === null ? compared : start
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return { problem: error.message }
  }
}

/** Commit of the last release that the gate let through; where it never opened, of the oldest run of the branch. */
async function startOf({ number }: GateConfig, data: EvaluationData, ledger: OpenLedger): Promise<Start> {
  const head = await endOf(ledger)
  if (head.seq < data.seen) throw broken(ledger.store, `it ends at record ${head.seq}, and had ${data.seen} before`)
  // What was evaluated after this run lies after it. A run that could not read the ledger knows of nothing.
  const last = data.seen > 0 ? data.seen : head.seq
  /** Evaluations that opened the gate, the newest decision first. */
  const opened: string[] = []
  /** Commits of the evaluations met; null: none that this change could begin at. */
  const met = new Map<string, string | null>()
  const release = (): string | null => opened.map((id) => met.get(id)).find((commit) => commit != null) ?? null
  let oldest: string | null = null
  let left = FARTHEST
  for await (const record of chainBackwards(ledger, head)) {
    if (isOpening(record) && record.data.gate === number) opened.push(record.data.evaluation)
    if (isEvaluation(record) && evaluationProblem(record) === null) {
      const { commit } = record.data.subject
      const counts = record.header.seq <= last && sameLine(record.data, data) && commit !== data.subject.commit
      met.set(record.header.id, counts ? commit : null)
      if (counts) oldest = commit ?? oldest
    }
    while (met.get(opened[0]!) === null) opened.shift()
    if (opened.length > 0 && met.has(opened[0]!)) return { since: release(), included: false }
    if (--left === 0) break
  }
  const since = release()
  return since === null ? { since: oldest, included: true } : { since, included: false }
}

function isOpening(record: LedgerRecord): record is LedgerRecord<GateDecisionData> {
  const { header, data } = record as LedgerRecord<Partial<GateDecisionData> | null>
  return header.type === 'gate.decision' && data?.schema === GATE_DECISION && data.state === 'open'
}

/** A run of the same branch itself, by the same name; of tags, one of any: they belong to no branch. */
function sameLine(earlier: EvaluationData, { name, branch }: EvaluationData): boolean {
  if (earlier.name !== name || earlier.branch !== branch) return false
  return earlier.main || (branch === null && earlier.subject.ref?.startsWith('refs/tags/') === true)
}
