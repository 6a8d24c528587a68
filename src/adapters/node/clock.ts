// The time: the system's, or SOURCE_DATE_EPOCH where a read-only command allows it (decision 14).
import type { Clock } from '../../app/ports.ts'
import { CertifyError } from '../../model/problem.ts'

export function clockFrom(epoch: string | undefined, mayFix: boolean): Clock {
  if (epoch === undefined || epoch === '' || !mayFix) return { kind: 'system', now: () => new Date() }
  const seconds = Number(epoch)
  const fixed = new Date(seconds * 1000)
  if (!/^\d+$/.test(epoch) || Number.isNaN(fixed.getTime())) {
    throw new CertifyError('clock_invalid', `SOURCE_DATE_EPOCH is "${epoch}", not a number of seconds since 1970`, {
      hint: 'unset it, or give whole seconds',
    })
  }
  return { kind: 'fixed', now: () => fixed }
}
