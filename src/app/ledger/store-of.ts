// The ledger that a reading command was pointed to, as it stands: its files at one state, with what is wrong said plainly.
import { misplaced, openRecord } from '../../certificate/ledger/seal.ts'
import type { LedgerConfig } from '../../model/config.ts'
import { type Head, type LedgerRecord, recordPath, type Tip } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { LedgerStore, Ports } from '../ports.ts'
import { broken, headAt } from './append.ts'

const SETTINGS = { enabled: true, branch: 'certify-ledger', write: 'own-job' } as const
const WINDOW = 50

export interface OpenLedger {
  store: LedgerStore
  tip: Tip
}

/** Throws CertifyError `no_ledger` where there is none: a command that reads one has nothing to say then. */
export async function openLedger(
  ports: Ports,
  settings: LedgerConfig = SETTINGS,
  hint = 'certify evaluate begins one; --ledger names another folder, branch or repository',
): Promise<OpenLedger> {
  const store = settings.enabled ? await ports.ledger.open(settings) : null
  const tip = (await store?.tip()) ?? null
  if (store === null || tip === null) {
    throw new CertifyError('no_ledger', `there is no ledger${store === null ? '' : ` in ${store.place}`}`, { hint })
  }
  return { store, tip }
}

/** Where the chain ends. Throws CertifyError `ledger_broken` where its end does not hold. */
export function endOf({ store, tip }: OpenLedger): Promise<Head> {
  return headAt(store, tip)
}

/** Bytes of one record; null: the ledger has none of that number. */
export async function recordBytes({ store, tip }: OpenLedger, seq: number): Promise<Uint8Array | null> {
  const [bytes] = await store.read(tip.version, [recordPath(seq)])
  return bytes ?? null
}

/** The records of these numbers, each whole in itself. Throws CertifyError `ledger_broken` at the first that is not. */
export async function* recordsAt({ store, tip }: OpenLedger, numbers: readonly number[]): AsyncGenerator<LedgerRecord> {
  if (numbers.length === 0) return
  const files = await store.read(tip.version, numbers.map(recordPath))
  for (const [at, bytes] of files.entries()) {
    const opened = bytes === null ? { problem: 'is missing' } : openRecord(bytes)
    if ('problem' in opened) throw broken(store, `record ${numbers[at]} ${opened.problem}`)
    yield opened.value
  }
}

/** Records from the end backwards. Throws as `recordsAt`. */
export async function* backwards(ledger: OpenLedger, from: number): AsyncGenerator<LedgerRecord> {
  for (let last = from; last > 0; last -= WINDOW) {
    yield* recordsAt(
      ledger,
      Array.from({ length: Math.min(WINDOW, last) }, (_, at) => last - at),
    )
  }
}

/** From the end backwards, each following the next: a record that was put in by hand does not. Throws as `recordsAt`. */
export async function* chainBackwards(ledger: OpenLedger, head: Head): AsyncGenerator<LedgerRecord> {
  let next: LedgerRecord | null = null
  for await (const record of backwards(ledger, head.seq)) {
    const misfit =
      next === null
        ? record.hash === head.hash
          ? null
          : 'is not the end of the chain'
        : misplaced(next, { seq: record.header.seq, hash: record.hash })
    if (misfit !== null) throw broken(ledger.store, `record ${next?.header.seq ?? record.header.seq} ${misfit}`)
    next = record
    yield record
  }
}
