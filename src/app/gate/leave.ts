// What a decided gate leaves: the approval for the next gate, its records for the ledger, each known again by a digest.

import { outcomeOf } from '../../certificate/ledger/outcome.ts'
import { canonical } from '../../certificate/ledger/seal.ts'
import type { GateApproval } from '../../model/approval.ts'
import { APPROVAL, GATE_DECISION, type GateDecisionData } from '../../model/gate-record.ts'
import type { Draft, LedgerNote, RecordType } from '../../model/ledger.ts'
import type { LevelNumber } from '../../model/level.ts'
import type { Judged } from '../judge.ts'
import { PENDING_FILE, pendingDigest, pendingText } from '../ledger/pending.ts'
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
    state: judged.result.gates.find((one) => one.id === gate)?.state ?? 'error',
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

export function gateFolder(gate: number): string {
  return `certify-gate-${gate}`
}

function draftOf(type: RecordType, data: unknown, ports: Ports): Draft {
  const { repository, run, attempt, commit } = ports.subject
  return {
    id: ports.ledger.newId(),
    type,
    repo: repository,
    actor: ports.ledger.actor,
    run: run === null ? null : { id: run, attempt: attempt ?? 1 },
    sha: commit,
    data: JSON.parse(canonical(data)) as unknown,
  }
}
