// A declared "not applicable": it helps until the day it names, then it no longer does and says so.
import type { CriterionConfig } from '../model/config.ts'
import { type Reason, reason } from '../model/reason.ts'

export interface Exemption {
  applies: boolean
  reasons: Reason[]
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/

/** `expires` is the first day (UTC) on which it no longer helps. A date that cannot be read has expired. */
export function exemption(criterion: CriterionConfig, now: Date): Exemption {
  const declared = criterion.notApplicable
  if (declared === null) return { applies: false, reasons: [] }
  const until = ISO_DAY.test(declared.expires) ? Date.parse(declared.expires) : Number.NaN
  if (Number.isFinite(until) && now.getTime() < until) {
    return { applies: true, reasons: [reason('not_applicable_until', { reason: declared.reason, expires: declared.expires })] }
  }
  return { applies: false, reasons: [reason('not_applicable_expired', { reason: declared.reason, expired: declared.expires })] }
}
