// How outcomes add up to what is still outstanding: the worst counts, and approvals are told apart from evidence.
import type { Outstanding } from './judgement.ts'
import type { Outcome } from './outcome.ts'
import type { Reason, ReasonCode } from './reason.ts'

const ORDER: readonly Outstanding[] = ['none', 'approval', 'evidence', 'failure', 'error']

export function worst(parts: Iterable<Outstanding>): Outstanding {
  let rank = 0
  for (const part of parts) rank = Math.max(rank, ORDER.indexOf(part))
  return ORDER[rank]!
}

/** Reasons that only add to another one. */
const REMARKS: readonly ReasonCode[] = ['note', 'not_applicable_expired']

/** True where a person's word is awaited and nothing else is. */
export function awaitsPerson(reasons: readonly Reason[]): boolean {
  const weighty = reasons.filter((one) => !REMARKS.includes(one.code))
  return weighty.length > 0 && weighty.every((one) => one.code === 'awaiting_approval' || one.code === 'awaiting_sign_off')
}

/** What one outcome leaves outstanding. `skipped` and `no_evidence` are failures: they were asked for and are not there. */
export function outstandingOf(outcome: Outcome, reasons: readonly Reason[]): Outstanding {
  switch (outcome) {
    case 'pass':
    case 'warn':
    case 'not_applicable':
      return 'none'
    case 'pending':
      return awaitsPerson(reasons) ? 'approval' : 'evidence'
    case 'error':
      return 'error'
    default:
      return 'failure'
  }
}
