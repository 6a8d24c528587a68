// A branch's newest certificate, as it lies beside the chain for whoever only looks, and as a result shows it.
import type { Certificate, CertificateHistory, CertificateState, CertificateTerms } from './certificate.ts'
import type { LevelNumber } from './level.ts'

export const CERTIFICATE_LAST = 'certify/certificate-last/v1'

/** No part of the chain, which alone decides at a door. */
export interface LastCertificate {
  schema: typeof CERTIFICATE_LAST
  /** Of its record. */
  seq: number
  certificate: CertificateTerms & Pick<Certificate, 'level'>
  revoked: CertificateHistory['revoked']
  met: CertificateHistory['met']
  /** The chain says something of certificates that this version cannot read. */
  unread: boolean
}

/** How the branch's newest certificate stood when the run looked. It is no reason for any verdict. */
export interface ResultCertificate {
  branch: string
  /** `unknown`: there is one, and nobody can tell how it stands; all that is not known is null then. */
  state: CertificateState | 'unknown'
  id: string | null
  commit: string | null
  level: LevelNumber | null
  /** It is of the very commit that this result is about. */
  covers: boolean
  since: string | null
  until: string | null
  /** A sentence; null: nothing to say beyond the state. */
  why: string | null
}
