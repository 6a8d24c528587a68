// A row of certificates: of one commit and one use, each in the place of the one before it.
import type { CertificateHistory, HeldCertificate } from '../model/certificate.ts'

/** Every one that took the place of `held`, or whose place it took, and so on; `held` too. By number. */
export function rowOf(held: HeldCertificate, { issued }: Pick<CertificateHistory, 'issued'>): HeldCertificate[] {
  const row = new Set([held])
  // A set is walked to its end, also where it grows on the way.
  for (const one of row) for (const other of issued) if (isBeside(one, other) || isBeside(other, one)) row.add(other)
  return [...row].sort((a, b) => a.seq - b.seq)
}

/** `held`, and the certificates that it renews, one after another, back to the first that people approved. */
export function renewalsOf(held: HeldCertificate, { issued }: Pick<CertificateHistory, 'issued'>): HeldCertificate[] {
  const before = issued.find((one) => one.data.certificate.id === held.data.renews && one.seq < held.seq)
  return before === undefined ? [held] : [held, ...renewalsOf(before, { issued })]
}

function isBeside({ data: { certificate } }: HeldCertificate, { data: { certificate: before } }: HeldCertificate): boolean {
  return (
    certificate.supersedes === before.id &&
    certificate.name === before.name &&
    certificate.repository === before.repository &&
    certificate.commit === before.commit
  )
}
