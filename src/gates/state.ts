// From stages to a gate's state. docs/levels-and-gates.md shows it as a table.
import type { GateApproval } from '../model/approval.ts'
import type { GateConfig } from '../model/config.ts'
import type { GateResult, LevelResult, Outstanding } from '../model/judgement.ts'
import type { GateState } from '../model/outcome.ts'
import { worst } from '../model/outstanding.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { Stage } from './stage.ts'

export interface Standing {
  gate: GateConfig
  /** What people said of it; undefined: nobody was asked yet. */
  approval: GateApproval | undefined
  level: LevelResult | undefined
  /** The nearest gate below that was not skipped. */
  before: GateResult | undefined
  entry: Stage
  exit: Stage
  deliverables: Stage
}

export interface Conclusion {
  state: GateState
  outstanding: Outstanding
  reasons: Reason[]
}

/** An error beats everything; a failure anywhere beats what is only pending; then the first stage in the way gives its name. */
export function conclusionOf(standing: Standing): Conclusion {
  const { gate, level, before, entry, exit, deliverables } = standing
  const ofLevel = levelOutstanding(standing)
  const closedBefore = before !== undefined && before.state !== 'open' && before.state !== 'approved'
  const awaits = awaitsApproval(standing)
  // A declaration that nothing applies is no evaluation: it may carry a gate on an evaluated one below, never the first.
  const declaredAway = level?.state === 'disabled' || (level?.state === 'not_applicable' && before === undefined)
  const nothingJudged = declaredAway && entry.judged + exit.judged + deliverables.judged === 0
  const verdict = verdictOf(standing.approval)
  const outstanding = worst([
    verdict,
    entry.outstanding,
    ofLevel,
    exit.outstanding,
    deliverables.outstanding,
    awaits ? 'approval' : 'none',
    nothingJudged ? 'failure' : 'none',
  ])
  const reasons = reasonsOf(standing, ofLevel, closedBefore, awaits)
  const conclude = (state: GateState): Conclusion => ({ state, outstanding, reasons })

  if (outstanding === 'error') return conclude('error')
  if (entry.outstanding === 'failure' || closedBefore) return conclude('entry_failed')
  if (ofLevel === 'failure' || exit.outstanding === 'failure' || nothingJudged) return conclude('exit_failed')
  if (deliverables.outstanding === 'failure') return conclude('deliverables_missing')
  const waits = worst([entry.outstanding, ofLevel, exit.outstanding, deliverables.outstanding])
  if (waits === 'evidence') return conclude('evidence_pending')
  // An approval that another gate has to give: nobody can say it here.
  if (entry.outstanding === 'approval' || level?.state === 'blocked') return conclude('entry_failed')
  if (standing.approval?.state === 'rejected') return conclude('rejected')
  if (standing.approval?.state === 'expired') return conclude('expired')
  if (verdict === 'failure') return conclude('awaiting_approval')
  if (awaits && standing.approval?.state === 'approved') return conclude('approved')
  if (waits === 'approval' || awaits) return conclude('awaiting_approval')
  return gate.enabled && outstanding === 'none' ? conclude('open') : conclude('error')
}

/** What a review leaves outstanding that did not let the gate open: nobody may take it for one that is still to come. */
function verdictOf(approval: GateApproval | undefined): Outstanding {
  switch (approval?.state) {
    case 'rejected':
    case 'expired':
    case 'bypassed_or_unknown':
      return 'failure'
    case 'refused':
      return 'error'
    default:
      return 'none'
  }
}

/** What the level leaves outstanding beyond the review that is this gate's approval (decision 21). */
function levelOutstanding({ level }: Standing): Outstanding {
  if (level === undefined) return 'error'
  if (level.state === 'disabled' || level.state === 'pending_review') return 'none'
  return level.outstanding
}

function awaitsApproval({ gate, approval, level, entry, exit, deliverables }: Standing): boolean {
  const stages = [entry, exit, deliverables]
  if (approval?.state === 'approved')
    return stages.some((one) => one.awaitsApproval) || (needsGoLive(gate) && approval.goLive === null)
  return gate.manualApproval || level?.state === 'pending_review' || stages.some((one) => one.awaitsApproval)
}

/** A gate with an approval that does not go on by itself is opened by a dispatch of its own (decision 44). */
export function needsGoLive({ manualApproval, autoProgression }: GateConfig): boolean {
  return manualApproval && !autoProgression
}

function reasonsOf(standing: Standing, ofLevel: Outstanding, closedBefore: boolean, awaits: boolean): Reason[] {
  const { gate, level, before, entry, exit, deliverables } = standing
  const { number } = gate
  const reasons: Reason[] = []
  if (closedBefore && before !== undefined)
    reasons.push(reason('gate_not_open', { gate: before.gate.number, state: before.state }))
  if (entry.short.length > 0) reasons.push(reason('gate_entry_failed', { gate: number, items: entry.short }))
  if (level === undefined) reasons.push(reason('not_declared', { what: `level ${number}` }))
  else if (ofLevel !== 'none') reasons.push(...level.reasons)
  if (exit.short.length > 0) reasons.push(reason('gate_exit_failed', { gate: number, items: exit.short }))
  for (const name of deliverables.short) reasons.push(reason('deliverable_missing', { name, expected: [] }))
  for (const stage of [entry, exit, deliverables]) reasons.push(...stage.waiting)
  reasons.push(...(standing.approval?.reasons ?? []))
  if (awaits && reasons.length === 0) {
    if (standing.approval?.state === 'approved') reasons.push(reason('awaiting_go_live', { gate: number }))
    else reasons.push(reason('awaiting_approval', { gate: number, environment: gate.environment ?? '' }))
  }
  return reasons
}
