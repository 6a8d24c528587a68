// The whole ledger for the questions that certificates ask: verified from its first record to its last, and opened.
import { openRecord } from '../../certificate/ledger/seal.ts'
import { verifyLedger } from '../../certificate/ledger/verify.ts'
import type { LedgerConfig } from '../../model/config.ts'
import { type LedgerRecord, objectPath, recordPath, type Verification } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { LedgerStore, Ports } from '../ports.ts'

export interface Chain {
  store: LedgerStore
  /** The state that was read. */
  version: string
  verification: Verification
  /** Oldest first, as far as the chain holds. */
  records: LedgerRecord[]
  /** Text of an object by its sha256; null: there is none. */
  object(sha256: string): string | null
}

/** Throws CertifyError `no_ledger` where there is none and `ledger_unreadable` where it cannot be read. */
export async function chainOf(settings: LedgerConfig, ports: Ports, expectHead?: string): Promise<Chain> {
  const store = settings.enabled ? await ports.ledger.open(settings) : null
  const tip = (await store?.tip()) ?? null
  if (store === null || tip === null)
    throw new CertifyError('no_ledger', `there is no ledger${store === null ? '' : ` in ${store.place}`}`, {
      hint: 'certificates are kept in the ledger; the record job begins one',
    })
  const files = await store.all(tip.version)
  const verification = verifyLedger(files, expectHead === undefined ? {} : { head: expectHead })
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
    object: (sha256) => {
      const bytes = files.get(objectPath(sha256))
      return bytes === undefined ? null : new TextDecoder().decode(bytes)
    },
  }
}
