// What the ledger records of a gate: the approval as it was given, and what became of the gate with it.
import type { GateApproval } from './approval.ts'
import type { RecordedOutcome } from './evaluation.ts'
import type { LevelNumber } from './level.ts'
import type { GateState } from './outcome.ts'

export const APPROVAL = 'certify/approval/v1'
export const GATE_DECISION = 'certify/gate-decision/v1'

/** What a gate's jobs leave and download is below this folder of the workspace. */
export function gateFolder(gate: number): string {
  return `certify-gate-${gate}`
}

export interface ApprovalData {
  schema: typeof APPROVAL
  /** Id of the evaluation's record. */
  evaluation: string
  approval: GateApproval
}

export interface GateDecisionData {
  schema: typeof GATE_DECISION
  evaluation: string
  gate: LevelNumber
  state: GateState
  /** Id of the approval's record; null: nobody was asked. */
  approval: string | null
  outcome: RecordedOutcome
}
