// One gate as the result shows it: its sentences, and what people have said of it.
import type { GateApproval } from '../model/approval.ts'
import type { Requirement } from '../model/config.ts'
import type { GateItemResult, GateResult } from '../model/judgement.ts'
import type { ResultGate, ResultGateItem } from '../model/result.ts'
import { stated } from './stated.ts'

export function gateRow(
  { gate, state, entry, exit, deliverables, proceed, reasons }: GateResult,
  approvals: readonly GateApproval[],
): ResultGate {
  const given = approvals.find((one) => one.gate === gate.number)
  return {
    id: gate.number,
    name: gate.name,
    state,
    entry: entry.map((item) => itemRow(item, gate.entry)),
    exit: exit.map((item) => itemRow(item, gate.exit)),
    deliverables: deliverables.map((item) => itemRow(item, gate.deliverables)),
    approval: {
      required: gate.manualApproval,
      environment: gate.environment,
      state: approvalState(gate.manualApproval, state),
      roles: gate.signOffs.filter((rule) => rule.required).map((rule) => rule.role),
      given: given === undefined ? null : givenRow(given),
    },
    proceed,
    reasons: reasons.map(stated),
  }
}

function givenRow({
  state,
  slots,
  refused,
  approvedBefore,
  mechanism,
  goLive,
}: GateApproval): NonNullable<ResultGate['approval']['given']> {
  return {
    state,
    mechanism,
    approvedBefore,
    wentLive: goLive !== null,
    slots: slots.map((slot) => ({ ...slot, filledBy: slot.filledBy?.login ?? null })),
    refused: refused.map(({ user, environment, reason }) => ({ login: user.login, environment, reason: stated(reason) })),
  }
}

function approvalState(required: boolean, state: GateResult['state']): ResultGate['approval']['state'] {
  if (!required) return 'not_required'
  if (state === 'open' || state === 'approved') return 'approved'
  return state === 'rejected' ? 'rejected' : 'awaiting'
}

export function itemRow({ text, check, outcome, reasons }: GateItemResult, asked: readonly Requirement[]): ResultGateItem {
  const optional = asked.some((requirement) => requirement.text === text && requirement.optional)
  return { text, check, optional, outcome, reasons: reasons.map(stated) }
}
