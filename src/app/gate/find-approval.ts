// From the end of the chain back to an approval and its evaluation, and what has been said of that commit since.
import type { GateApproval } from '../../model/approval.ts'
import { type EvaluationData, RECERTIFIED } from '../../model/evaluation.ts'
import type { ApprovalData } from '../../model/gate-record.ts'
import type { LedgerRecord } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { evaluationProblem, isEvaluation } from '../ledger/evaluation-shape.ts'
import { chainBackwards, endOf, type OpenLedger } from '../ledger/store-of.ts'

/** Records looked through for the approval. Older ones have to be given anew. */
const FARTHEST = 2000

export interface FoundApproval {
  approval: LedgerRecord<ApprovalData>
  evaluation: LedgerRecord<EvaluationData>
  /** The last that was said of each gate before, in the same evaluation. */
  before: GateApproval[]
  /** Why something recorded later takes its place; null: nothing does. */
  superseded: string | null
}

/** Each record follows the next: one that was put in by hand does not. Throws CertifyError `no_record` or `ledger_broken`. */
export async function findApproval(hash: string, ledger: OpenLedger): Promise<FoundApproval> {
  const later: LedgerRecord[] = []
  const between: LedgerRecord<ApprovalData>[] = []
  let approval: LedgerRecord<ApprovalData> | null = null
  let seen = 0
  for await (const record of chainBackwards(ledger, await endOf(ledger))) {
    if (approval === null) {
      if (record.hash === hash && isApproval(record)) approval = record
      else later.push(record)
    } else if (isApproval(record)) between.push(record)
    else if (record.header.id === approval.data.evaluation && isWhole(record)) {
      const found = { approval, evaluation: record, before: before(approval, between) }
      return { ...found, superseded: superseded(found, later) }
    }
    if (++seen === FARTHEST) break
  }
  const what = approval === null ? `approval ${hash.slice(0, 12)}` : 'evaluation for that approval'
  throw new CertifyError('no_record', `the ledger holds no ${what}`, {
    hint: `looked through the last ${seen} records; certify ledger log shows them`,
  })
}

export function isApproval(record: LedgerRecord): record is LedgerRecord<ApprovalData> {
  const { header, data } = record as LedgerRecord<Partial<ApprovalData> | null>
  return header.type === 'approval' && typeof data?.approval === 'object' && data.approval !== null
}

function isWhole(record: LedgerRecord): record is LedgerRecord<EvaluationData> {
  return isEvaluation(record) && evaluationProblem(record) === null && record.data.facts !== null
}

/** `between`: newest first. */
function before({ data }: LedgerRecord<ApprovalData>, between: readonly LedgerRecord<ApprovalData>[]): GateApproval[] {
  const found = new Map<number, GateApproval>()
  for (const one of between) {
    const { gate } = one.data.approval
    if (one.data.evaluation === data.evaluation && gate < data.approval.gate && !found.has(gate))
      found.set(gate, one.data.approval)
  }
  return [...found.values()].sort((a, b) => a.gate - b.gate)
}

/** A later word of the same people, another attempt of the same run, a later evaluation that failed the same commit. */
function superseded({ approval, evaluation }: Omit<FoundApproval, 'superseded'>, later: readonly LedgerRecord[]): string | null {
  const { gate, commit, run } = approval.data.approval
  for (const record of later) {
    if (isApproval(record) && record.data.evaluation === approval.data.evaluation && record.data.approval.gate <= gate) {
      const { gate: of, state, goLive } = record.data.approval
      if (state !== 'approved') return `gate ${of} was ${state} later`
      if (goLive == null && of === gate) return 'the gate was approved again later, and only the last approval counts'
    }
    if (!isEvaluation(record) || record.data.name !== evaluation.data.name || record.data.subject.commit !== commit) continue
    if (record.data.branch !== RECERTIFIED && record.data.subject.run === run) return 'its run was evaluated again later'
    if (record.data.outcome.verdict === 'failed') return 'a later run found that commit to fail'
  }
  return null
}
