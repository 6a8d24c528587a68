// The whole ledger for the questions that certificates ask: verified from its first record to its last, and opened.
import { openRecord, sha256 } from '../../certificate/ledger/seal.ts'
import { verifyLedger } from '../../certificate/ledger/verify.ts'
import type { LedgerConfig } from '../../model/config.ts'
import { type LedgerRecord, objectPath, recordPath, type Verification } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { openLedger } from '../ledger/store-of.ts'
import type { LedgerStore, Ports } from '../ports.ts'

export interface Chain {
  store: LedgerStore
  /** State of the store that it was read at. */
  version: string
  verification: Verification
  /** Oldest first, as far as the chain holds. */
  records: LedgerRecord[]
  /** Text of an object by its sha256; null: there is none, or it is not what its name says. */
  object(name: string): string | null
}

/** Throws CertifyError `no_ledger` where there is none and `ledger_unreadable` where it cannot be read. */
export async function chainOf(settings: LedgerConfig, ports: Ports): Promise<Chain> {
  const { store, tip } = await openLedger(ports, settings, 'certificates are kept in the ledger; the record job begins one')
  const files = await store.all(tip.version)
  const verification = verifyLedger(files)
  const records: LedgerRecord[] = []
  for (let seq = 1; verification.first_bad === null || seq < verification.first_bad; seq++) {
    const bytes = files.get(recordPath(seq))
    const opened = bytes === undefined ? null : openRecord(bytes)
    if (opened === null || 'problem' in opened) break
    records.push(opened.value)
  }
  return {
    store,
    version: tip.version,
    verification,
    records,
    object: (name) => {
      const bytes = files.get(objectPath(name))
      return bytes === undefined || sha256(bytes) !== name ? null : new TextDecoder().decode(bytes)
    },
  }
}

/** Throws CertifyError `ledger_broken`: nothing about certificates is added to a ledger that does not hold. */
export async function verifiedChain(settings: LedgerConfig, ports: Ports): Promise<Chain> {
  const chain = await chainOf(settings, ports)
  const { ok, problem } = chain.verification
  if (ok) return chain
  throw new CertifyError('ledger_broken', `${chain.store.place} does not verify: ${problem ?? ''}`, {
    hint: 'certify ledger verify tells where it broke; restore the branch from a clone',
  })
}
