// What a result says of its branch's newest certificate: shown beside the verdict, and no reason for it.
import { lastStatus } from '../../certificate/last.ts'
import type { ResultCertificate } from '../../model/last-certificate.ts'
import type { HistoryRead } from '../ledger/history.ts'

const UNKNOWN = {
  state: 'unknown',
  id: null,
  commit: null,
  level: null,
  covers: false,
  since: null,
  until: null,
  why: null,
} as const

/** null: none is known of that branch. */
export function certificateOf(
  { certificate: last }: Pick<HistoryRead, 'certificate'>,
  { branch, commit, now }: { branch: string | null; commit: string | null; now: Date },
): ResultCertificate | null {
  if (last === null || branch === null) return null
  const status = last === 'unreadable' ? null : lastStatus(last, now)
  if (last === 'unreadable' || status === null) return { branch, ...UNKNOWN }
  const { id, commit: certified, level } = last.certificate
  const { state, since, until, why } = status
  return { branch, state, id, commit: certified, level, covers: certified === commit, since, until, why }
}
