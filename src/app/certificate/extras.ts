// What stands in the ledger's branch beside the chain for those who only look at certificates: which were revoked.
import { openCanonical } from '../../certificate/ledger/seal.ts'
import { REVOCATIONS_PATH, type Revocations, revocationsOf, revocationsText } from '../../certificate/revocations.ts'
import type { CertificateHistory } from '../../model/certificate.ts'
import type { Extras } from '../ledger/badges.ts'

/** Made from the chain with what is appended now; what another writer put there in between is kept. The chain alone decides. */
export function revocationsWith(history: Pick<CertificateHistory, 'revoked'>): Extras {
  const own = revocationsOf(history)
  return {
    paths: [REVOCATIONS_PATH],
    write: ([before]) => {
      const ids = new Set(own.revoked.map((one) => one.id))
      const others = stoodIn(before ?? null).filter((one) => !ids.has(one.id))
      const revoked = [...own.revoked, ...others].sort((a, b) => a.seq - b.seq)
      return new Map([[REVOCATIONS_PATH, revocationsText({ ...own, revoked })]])
    },
  }
}

function stoodIn(bytes: Uint8Array | null): Revocations['revoked'] {
  const opened = bytes === null ? null : openCanonical(bytes)
  const value = opened === null || 'problem' in opened ? null : (opened.value as Partial<Revocations> | null)
  return Array.isArray(value?.revoked)
    ? value.revoked.filter((one) => typeof one?.id === 'string' && Number.isSafeInteger(one.seq))
    : []
}
