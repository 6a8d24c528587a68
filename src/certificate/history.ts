// What the ledger says of certificates, out of the records of a chain that was verified. Nothing unreadable in it is ever good news.
import {
  CERTIFICATE_NOTICE,
  CERTIFICATE_REVOKED,
  type CertificateHistory,
  type HeldCertificate,
  REVOCATION_REASONS,
  type RevocationReason,
  type RevokedData,
} from '../model/certificate.ts'
import { EVALUATION, type EvaluationData } from '../model/evaluation.ts'
import type { LedgerRecord } from '../model/ledger.ts'
import { letsThrough } from '../model/outcome.ts'
import { canonical, sha256 } from './ledger/seal.ts'
import { isCertificateId, isIssued, isNotice, isObject, isTime } from './shape.ts'

/** In any order; each list is by number. A certificate counts once, where it first stands: a second of its id is nobody's. */
export function historyOf(records: Iterable<LedgerRecord>): CertificateHistory {
  const history: CertificateHistory = { issued: [], revoked: [], notices: [], met: [], unread: [] }
  const evaluations: LedgerRecord[] = []
  const ids = new Set<string>()
  for (const record of [...records].sort((a, b) => a.header.seq - b.header.seq)) {
    const { seq, type } = record.header
    switch (type) {
      case 'certificate.issued':
      case 'certificate.renewed': {
        const held = heldOf(record)
        if (held === null || ids.has(held.data.certificate.id)) history.unread.push({ seq, type })
        else {
          ids.add(held.data.certificate.id)
          history.issued.push(held)
        }
        break
      }
      case 'certificate.revoked': {
        const data = revocationOf(record)
        if (data === null) history.unread.push({ seq, type })
        else history.revoked.push({ seq, data })
        break
      }
      case 'certificate.suspended':
      case 'certificate.reinstated':
        history.unread.push({ seq, type })
        break
      case 'notification':
        // Other notifications are not about certificates.
        if (isNotice(record.data)) history.notices.push({ seq, data: record.data })
        else if (isObject(record.data) && record.data.schema === CERTIFICATE_NOTICE) history.unread.push({ seq, type })
        break
      case 'evaluation':
        evaluations.push(record)
        break
    }
  }
  const certified = new Set(history.issued.map((one) => one.data.certificate.commit))
  history.met = evaluations.flatMap((record) => metBy(record, certified))
  return history
}

/** null: it is none, it is of other bytes than its digest says, or it stands where it could not have been recorded. */
function heldOf({ header, hash, data }: LedgerRecord): HeldCertificate | null {
  if (!isIssued(data) || data.digest !== sha256(canonical(data.certificate))) return null
  if (data.certificate.ledger.seq >= header.seq) return null
  return { seq: header.seq, hash, at: header.at, data }
}

/** Whoever names a certificate in such a record revokes it, however badly the rest is written. */
function revocationOf({ header, data }: LedgerRecord): RevokedData | null {
  if (!isObject(data) || !isCertificateId(data.id)) return null
  return {
    schema: CERTIFICATE_REVOKED,
    id: data.id as string,
    reason: isReason(data.reason) ? data.reason : 'requested',
    comment: typeof data.comment === 'string' ? data.comment : null,
    at: isTime(data.at) ? (data.at as string) : header.at,
  }
}

function isReason(value: unknown): value is RevocationReason {
  return (REVOCATION_REASONS as readonly unknown[]).includes(value)
}

interface MetRecord {
  header: Pick<LedgerRecord['header'], 'seq' | 'at'>
  data: unknown
}

/** Only a run of the branch itself closes a condition, and only from when it was recorded. */
export function metBy({ header, data }: MetRecord, certified: ReadonlySet<string>): CertificateHistory['met'] {
  if (!isObject(data) || data.schema !== EVALUATION || data.main !== true) return []
  const { name, subject, outcome } = data as Partial<EvaluationData>
  if (typeof name !== 'string' || !isObject(subject) || !isObject(outcome) || !isObject(outcome.criteria)) return []
  const { commit, event, ref } = subject
  if (
    typeof ref !== 'string' ||
    typeof commit !== 'string' ||
    !certified.has(commit) ||
    event === 'pull_request' ||
    event === 'merge_group'
  )
    return []
  const criteria = Object.entries(outcome.criteria).flatMap(([id, one]) =>
    isObject(one) && letsThrough((one as { outcome: EvaluationData['outcome']['criteria'][string]['outcome'] }).outcome)
      ? [id]
      : [],
  )
  return criteria.length === 0 ? [] : [{ seq: header.seq, commit, name, ref, at: header.at, criteria }]
}
