// One stage of a gate: what its items leave outstanding, and which of them stand in the way.
import type { Requirement } from '../model/config.ts'
import type { GateItemResult, Outstanding } from '../model/judgement.ts'
import { outstandingOf, worst } from '../model/outstanding.ts'
import type { Reason } from '../model/reason.ts'

export interface Judged {
  requirement: Requirement
  result: GateItemResult
}

export interface Stage {
  items: GateItemResult[]
  /** Items that were judged and held; optional, exempt and not applicable ones not counted. */
  judged: number
  /** Without what only this gate's own approval can say. */
  outstanding: Outstanding
  /** Sentences that this gate's own approval, or the job after it, has to say. */
  awaitsApproval: boolean
  /** Texts of the items that do not hold. */
  short: string[]
  /** Why items cannot be told yet, each about its sentence. */
  waiting: Reason[]
}

/** Judged after the approval: they would lock a gate that waits for them (spec 4). */
const AFTER_APPROVAL: readonly Requirement['check']['fn'][] = ['approval', 'go_live', 'manual']

/** `exempt` items are shown and hold nothing back. */
export function stageOf(judged: readonly Judged[], exempt: (one: Judged) => boolean): Stage {
  const counted = judged.filter((one) => !one.requirement.optional && !exempt(one))
  const parts = counted.map((one) => ({ ...one, outstanding: outstandingOf(one.result.outcome, one.result.reasons) }))
  const later = parts.filter((one) => one.outstanding !== 'none' && isApprovalItem(one.requirement, one.outstanding))
  const now = parts.filter((one) => !later.includes(one))
  return {
    items: judged.map((one) => one.result),
    judged: parts.filter(({ result }) => result.outcome === 'pass' || result.outcome === 'warn').length,
    outstanding: worst(now.map((one) => one.outstanding)),
    awaitsApproval: later.length > 0,
    short: now.filter((one) => one.outstanding === 'failure' || one.outstanding === 'error').map((one) => one.result.text),
    waiting: now
      .filter((one) => one.outstanding === 'evidence' || one.outstanding === 'approval')
      .flatMap(({ result }) => result.reasons.map((why) => ({ ...why, about: why.about ?? result.text }))),
  }
}

/** A criterion that waits for nothing but sign-offs is the approval seen from the level's side. */
function isApprovalItem({ check }: Requirement, outstanding: Outstanding): boolean {
  return AFTER_APPROVAL.includes(check.fn) || (check.fn === 'criterion' && outstanding === 'approval')
}
