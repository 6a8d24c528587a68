// revocations.json: which certificates were revoked, rebuilt from the chain each time. Comments and actors stay in the records.
import { CERTIFICATE_REVOCATIONS, type CertificateHistory, type RevocationReason } from '../model/certificate.ts'
import { canonical } from './ledger/seal.ts'

export const REVOCATIONS_PATH = 'revocations.json'

export interface Revocations {
  schema: typeof CERTIFICATE_REVOCATIONS
  /** First word on each, in the order of the chain. */
  revoked: { id: string; reason: RevocationReason; at: string; seq: number }[]
}

export function revocationsOf({ revoked }: Pick<CertificateHistory, 'revoked'>): Revocations {
  const first = new Map<string, Revocations['revoked'][number]>()
  for (const { seq, data } of revoked) {
    const { id, reason, at } = data
    if (!first.has(id)) first.set(id, { id, reason, at, seq })
  }
  return { schema: CERTIFICATE_REVOCATIONS, revoked: [...first.values()] }
}

/** Equal bytes for equal chains. */
export function revocationsText(revocations: Revocations): string {
  return canonical(revocations)
}
