// What a decided gate leaves: the approval for the next gate, its records for the ledger, each known again by a digest.

import { outcomeOf } from '../../certificate/ledger/outcome.ts'
import { canonical } from '../../certificate/ledger/seal.ts'
import type { GateApproval } from '../../model/approval.ts'
import { APPROVAL, GATE_DECISION, type GateDecisionData, gateFolder } from '../../model/gate-record.ts'
import type { Draft, LedgerNote } from '../../model/ledger.ts'
import type { LevelNumber } from '../../model/level.ts'
import type { GateState } from '../../model/outcome.ts'
import type { Result } from '../../model/result.ts'
import type { Judged } from '../judge.ts'
import { draftOf, PENDING_FILE, pendingDigest, pendingText } from '../ledger/pending.ts'
import type { Ports } from '../ports.ts'
import type { Evaluation } from './evaluation.ts'

export interface Leaving {
  evaluation: Evaluation
  gate: LevelNumber
  /** null: it did not get as far as being asked. */
  approval: GateApproval | null
  judged: Judged
  ports: Ports
}

export function leaveGate({ evaluation, gate, approval, judged, ports }: Leaving): { digest: string; note: LedgerNote } {
  const folder = gateFolder(gate)
  const drafts: Draft[] = []
  if (approval !== null) drafts.push(draftOf('approval', { schema: APPROVAL, evaluation: evaluation.id, approval }, ports))
  const decision: GateDecisionData = {
    schema: GATE_DECISION,
    evaluation: evaluation.id,
    gate,
    state: stateOf(judged.result, gate),
    approval: drafts[0]?.id ?? null,
    outcome: outcomeOf(judged.result, judged.metrics),
  }
  drafts.push(draftOf('gate.decision', decision, ports))
  const text = pendingText(drafts, new Map(), evaluation.data.seen)
  ports.files.write(`${folder}/${PENDING_FILE}`, text)
  const file = canonical(approval ?? { gate, state: 'awaiting' })
  ports.files.write(`${folder}/gate.json`, file)
  const path = `${folder}/${PENDING_FILE}`
  return { digest: pendingDigest(file), note: { state: 'left', place: '', path, digest: pendingDigest(text) } }
}

export function stateOf(result: Result, number: number): GateState {
  return result.gates.find((one) => one.id === number)?.state ?? 'error'
}
