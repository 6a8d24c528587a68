// What the ledger and a clock make of a certificate: revoked, expired, superseded, conditional or active, in this order.
import type {
  Certificate,
  CertificateStatus,
  CertificateTerms,
  CertificateWords,
  HeldCertificate,
  RevokedData,
} from '../model/certificate.ts'
import { conditionOverdue, endedBy, openConditions, revokedBecause } from './wording.ts'

/** Everything that speaks for or against it, each by itself: a revoked one may be expired too. */
export interface Standing {
  revoked: RevokedData | null
  /** Conditions that were not met before they were due, of those that are due by now; first the earliest. */
  overdue: Certificate['conditions']
  /** Conditions not met so far, overdue or not. */
  open: Certificate['conditions']
  /** `validUntil`, or the first condition overdue where that comes before. */
  until: string
  ended: boolean
  begun: boolean
  /** The first that took its place. */
  supersededBy: HeldCertificate | null
}

export function standingOf(certificate: CertificateTerms, history: CertificateWords, now: Date): Standing {
  const met = certificate.conditions.map((one) => ({ one, at: metAt(one.id, certificate, history) }))
  const open = met.filter(({ one, at }) => at === null || at >= Date.parse(one.due)).map(({ one }) => one)
  const byDue = [...open].sort((a, b) => Date.parse(a.due) - Date.parse(b.due))
  const first = byDue[0]
  const until =
    first !== undefined && Date.parse(first.due) < Date.parse(certificate.validUntil) ? first.due : certificate.validUntil
  const revoked = history.revoked.find((one) => one.data.id === certificate.id)
  return {
    revoked: revoked?.data ?? null,
    overdue: byDue.filter((one) => Date.parse(one.due) <= now.getTime()),
    open,
    until,
    ended: !(now.getTime() < Date.parse(until)),
    begun: now.getTime() >= Date.parse(certificate.validFrom),
    supersededBy: successorOf(certificate, history),
  }
}

/** Pure. In force from `validFrom` until just before `until`; at that instant it has expired. */
export function statusOf(certificate: CertificateTerms, history: CertificateWords, now: Date): CertificateStatus {
  const { revoked, overdue, open, until, ended, supersededBy } = standingOf(certificate, history, now)
  const base = { open, until, supersededBy: supersededBy?.data.certificate.id ?? null }
  if (revoked !== null) return { ...base, state: 'revoked', since: revoked.at, why: revokedBecause(revoked) }
  if (ended) {
    const late = overdue.find((one) => one.due === until)
    return { ...base, state: 'expired', since: until, why: late === undefined ? endedBy(certificate) : conditionOverdue(late) }
  }
  if (supersededBy !== null) {
    const { id, issuedAt } = supersededBy.data.certificate
    return { ...base, state: 'superseded', since: issuedAt, why: `${id} took its place.` }
  }
  if (open.length > 0)
    return { ...base, state: 'conditional', since: certificate.validFrom, why: openConditions(open, certificate.conditions) }
  return { ...base, state: 'active', since: activeSince(certificate, history), why: null }
}

/** When the ledger first had it that a criterion of this commit holds on its branch, after the evaluation that was certified; null: never. */
function metAt(id: string, { commit, name, ref, evaluation }: CertificateTerms, { met }: CertificateWords): number | null {
  const times = met
    .filter((one) => one.commit === commit && one.name === name && one.ref === ref)
    .filter((one) => one.seq > evaluation.seq && one.criteria.includes(id))
    .map((one) => Date.parse(one.at))
    .filter((at) => !Number.isNaN(at))
  return times.length === 0 ? null : Math.min(...times)
}

function successorOf({ id, name, repository, commit }: CertificateTerms, { issued }: CertificateWords): HeldCertificate | null {
  const own = issued.find((one) => one.data.certificate.id === id)
  const takesPlace = ({ seq, data: { certificate } }: HeldCertificate): boolean =>
    certificate.supersedes === id &&
    certificate.name === name &&
    certificate.repository === repository &&
    certificate.commit === commit &&
    (own === undefined || seq > own.seq)
  return issued.find(takesPlace) ?? null
}

/** Since its last condition was met; without conditions since it began. */
function activeSince(certificate: CertificateTerms, history: CertificateWords): string {
  const times = certificate.conditions.map((one) => metAt(one.id, certificate, history) ?? 0)
  const last = Math.max(Date.parse(certificate.validFrom), ...times)
  return new Date(last).toISOString()
}
