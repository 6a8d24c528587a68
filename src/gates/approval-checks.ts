// Sentences that only a person can say, or that stand for what a person said of the gate.
import type { Finding } from '../model/metric-check.ts'
import { reason } from '../model/reason.ts'
import type { GateInput, Place } from './input.ts'

/** Said with the approval of the gate; until then it waits. */
export function saidByPeople({ gate, environment }: Place, { approvals }: GateInput): Finding {
  const given = approvals.find((one) => one.gate === gate)
  if (given?.state === 'approved') return { outcome: 'pass', reasons: [] }
  return { outcome: 'pending', reasons: [reason('awaiting_approval', { gate, environment })] }
}

/** Said by the dispatch that goes live, or with the approval where the gate goes on by itself. */
export function goneLive(place: Place, input: GateInput): Finding {
  const given = input.approvals.find((one) => one.gate === place.gate)
  const config = input.config.gates.find((one) => one.number === place.gate)
  if (given?.state !== 'approved') return saidByPeople(place, input)
  if (given.goLive !== null || config?.autoProgression === true) return { outcome: 'pass', reasons: [] }
  return { outcome: 'pending', reasons: [reason('awaiting_go_live', { gate: place.gate })] }
}
