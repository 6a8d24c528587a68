// An unsigned certificate is nobody's word: whoever may write the ledger can write one. It counts as far as it comes out again.
import { issueCertificate } from '../../certificate/issue.ts'
import { canonical } from '../../certificate/ledger/seal.ts'
import { renewalsOf } from '../../certificate/row.ts'
import type { Certificate, CertificateHistory, HeldCertificate } from '../../model/certificate.ts'
import type { Judged } from '../judge.ts'
import { givenBy, type Issuable } from './issuable.ts'
import { judgeAgain } from './rejudge.ts'

/** Not given by the evaluation: what names it, and its place. Of artifacts the ledger alone speaks. */
const OWN: readonly (keyof Certificate)[] = ['id', 'serial', 'ledger', 'subjects', 'supersedes', 'tool']

/** What speaks against it, as the end of a sentence; `''`: nothing. */
export function unsignedProblem(held: HeldCertificate, { issued, revoked }: CertificateHistory, issuable: Issuable): string {
  const { certificate } = held.data
  const siblings = issued.filter((one) => one.data.certificate.evaluation.hash === issuable.record.hash)
  const ended = siblings.find((one) => revoked.some(({ data }) => data.id === one.data.certificate.id))
  if (ended !== undefined) return `${ended.data.certificate.id}, of the same evaluation, was revoked`
  const [, ...renewed] = renewalsOf(held, { issued })
  const row = new Set(renewed.map((one) => one.data.certificate.id))
  const before = siblings.find((one) => one.seq < held.seq && !row.has(one.data.certificate.id))
  if (before !== undefined) return `${before.data.certificate.id}, of the same evaluation, was there before it`
  const made = issueCertificate({
    ...judgedFor(held, issuable),
    ...givenBy(issuable),
    subjects: certificate.subjects,
    now: new Date(certificate.issuedAt),
    id: certificate.id,
    serial: certificate.serial,
    ledger: certificate.ledger,
    supersedes: certificate.supersedes,
  })
  if ('refused' in made) return `as of ${certificate.issuedAt} there would be none: ${made.refused.join(' ')}`
  const keys = Object.keys(certificate) as (keyof Certificate)[]
  const other = keys.find((key) => !OWN.includes(key) && canonical(made.certificate[key]) !== canonical(certificate[key]))
  return other === undefined ? '' : `its ${other} is not what its evaluation gives`
}

/** A renewal was judged again on its day. */
function judgedFor({ data: { certificate, renews } }: HeldCertificate, { evaluation, approvals, judged }: Issuable): Judged {
  if (renews === null) return judged
  const again = judgeAgain({
    evaluation,
    approvals: approvals.map((one) => one.approval),
    policy: evaluation.policy,
    newer: { admitted: [] },
    now: new Date(certificate.issuedAt),
    clock: 'system',
  }).judged
  return { ...again, result: { ...again.result, tool: certificate.tool } }
}
