// Deployment approval: judged after people have decided, in a later job; here it waits (spec 2.18).
import { levelNumber } from '../model/level.ts'
import { reason } from '../model/reason.ts'
import { unknown } from './known.ts'
import type { Metric } from './metric.ts'

export const approval: Metric = {
  family: 'approval',
  kinds: [],
  accepts: [],
  minds: [],
  rollsUp: false,
  measure({ metric, input }) {
    const number = levelNumber(metric.level)
    const gate = input.config.gates.find((one) => one.number === number)
    const roles = (gate?.signOffs ?? []).filter((one) => one.required).map((one) => one.role)
    const waiting = reason('awaiting_approval', { gate: number, environment: gate?.environment ?? '' })
    return unknown(metric, 'pending', [waiting, ...(roles.length > 0 ? [reason('awaiting_sign_off', { roles })] : [])], {
      formula: `0 / ${Math.max(1, roles.length)} required sign-offs, asked for after this run`,
    })
  },
}
