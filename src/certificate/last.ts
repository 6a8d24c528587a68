// A branch's newest certificate as a file beside the chain: made from the chain, read again by whoever only looks, dated by the clock.
import type { Certificate, CertificateHistory, CertificateStatus } from '../model/certificate.ts'
import { CERTIFICATE_LAST, type LastCertificate } from '../model/last-certificate.ts'
import { metBy } from './history.ts'
import { canonical, openCanonical } from './ledger/seal.ts'
import { isLast } from './shape.ts'
import { statusOf } from './status.ts'

/** null: none was ever issued for that branch. Comments stay in the records: they are people's words. */
export function lastOf(history: CertificateHistory, name: string, ref: string): LastCertificate | null {
  const held = history.issued.findLast(({ data: { certificate } }) => certificate.name === name && certificate.ref === ref)
  if (held === undefined) return null
  const { id, repository, commit, conditions, validFrom, validUntil, expiresBecause, evaluation, level } = held.data.certificate
  const terms = { id, name, repository, commit, conditions, validFrom, validUntil, expiresBecause, ref, level }
  const open = new Set(conditions.map((one) => one.id))
  return {
    schema: CERTIFICATE_LAST,
    seq: held.seq,
    certificate: { ...terms, evaluation: { seq: evaluation.seq } },
    revoked: history.revoked
      .filter(({ data }) => data.id === id)
      .slice(0, 1)
      .map(({ seq, data }) => ({ seq, data: { ...data, comment: null } })),
    met: metFor({ commit, name, ref }, open, history.met),
    unread: history.unread.length > 0,
  }
}

export function lastText(last: LastCertificate): string {
  return canonical(last)
}

/** null: it is not what is written there, or says it is newer than the chain, which ends at `end`: so nobody knows how it stands. */
export function openLast(bytes: Uint8Array, end: number): LastCertificate | null {
  const opened = openCanonical(bytes)
  return 'value' in opened && isLast(opened.value) && opened.value.seq <= end ? opened.value : null
}

/** null: it cannot be told. */
export function lastStatus({ certificate, revoked, met, unread }: LastCertificate, now: Date): CertificateStatus | null {
  return unread ? null : statusOf(certificate, { issued: [], revoked, met }, now)
}

/** With an evaluation that is recorded after it: it may meet a condition that is still open. */
export function lastWith(last: LastCertificate, evaluation: unknown, at: Date): LastCertificate {
  const { certificate } = last
  const open = new Set(statusOf(certificate, { issued: [], ...last }, at).open.map((one) => one.id))
  const record = { header: { seq: last.seq + 1, at: at.toISOString() }, data: evaluation }
  const met = metFor(certificate, open, metBy(record, new Set([certificate.commit])))
  return met.length === 0 ? last : { ...last, met: [...last.met, ...met] }
}

/** What evaluations of that use, ref and commit found to hold, as far as it was open. */
function metFor(
  { commit, name, ref }: Pick<Certificate, 'commit' | 'name' | 'ref'>,
  open: ReadonlySet<string>,
  met: CertificateHistory['met'],
): CertificateHistory['met'] {
  return met
    .filter((one) => one.commit === commit && one.name === name && one.ref === ref)
    .map((one) => ({ ...one, criteria: one.criteria.filter((criterion) => open.has(criterion)) }))
    .filter((one) => one.criteria.length > 0)
}
