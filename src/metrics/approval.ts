// Deployment approval: the required sign-offs that people have given, of those that the policy asks for (spec 2.18).
import type { GateApproval } from '../model/approval.ts'
import type { MetricConfig } from '../model/config.ts'
import { levelNumber } from '../model/level.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { plural, shown } from './shown.ts'

/** Before the gate's approval it waits; after it, each open slot takes away. A rejection makes it 0. */
export const approval: Metric = {
  family: 'approval',
  kinds: [],
  accepts: [],
  minds: [],
  rollsUp: false,
  measure({ metric, input }) {
    const number = levelNumber(metric.level)
    const gate = input.config.gates.find((one) => one.number === number)
    const given = input.approvals.find((one) => one.gate === number)
    if (given?.state === 'approved' || given?.state === 'rejected') return measured(metric, given)
    const roles = (gate?.signOffs ?? []).filter((one) => one.required).map((one) => one.role)
    const waiting = reason('awaiting_approval', { gate: number, environment: gate?.environment ?? '' })
    return unknown(metric, 'pending', [waiting, ...(roles.length > 0 ? [reason('awaiting_sign_off', { roles })] : [])], {
      formula: `0 / ${Math.max(1, roles.length)} required sign-offs, asked for after this run`,
    })
  },
}

/** It rests on people's word, not on a file: the record of the approval is its basis. */
function measured(metric: MetricConfig, { state, slots, reasons }: GateApproval): MetricValue {
  const required = slots.filter((slot) => slot.required)
  const good = state === 'rejected' ? 0 : required.filter((slot) => slot.filledBy !== null).length
  const total = Math.max(1, required.length)
  const value = (100 * good) / total
  const why: Reason[] = state === 'rejected' ? [...reasons] : []
  return {
    ...unknown(metric, 'no_evidence', why),
    state: 'known',
    value,
    formula: `${good} / ${plural(total, 'required sign-off')} = ${shown(value)} %`,
    ratio: { good, total, what: 'sign-offs' },
    parts: slots.map(partOf),
  }
}

function partOf({ role, environment, filledBy }: GateApproval['slots'][number]): MetricPart {
  return {
    name: role,
    state: filledBy === null ? 'short' : 'pass',
    detail: filledBy === null ? `open in ${environment}` : `approved in ${environment}`,
    path: null,
    ranges: [],
  }
}
