// The ready repository with a ledger: runs that are recorded, and what the ledger then holds of them, read back from its bytes.
import { evaluate } from '../../../src/app/evaluate.ts'
import type { Invocation } from '../../../src/app/invocation.ts'
import { keep } from '../../../src/app/ledger/keep.ts'
import { type Replay, replayRecord } from '../../../src/app/ledger/replay-record.ts'
import type { Ports } from '../../../src/app/ports.ts'
import { VERSION } from '../../../src/app/version.ts'
import { openRecord } from '../../../src/certificate/ledger/seal.ts'
import type { ResolvedPolicy } from '../../../src/model/config.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { HEAD_PATH, type LedgerNote, type LedgerRecord, objectPath, recordPath } from '../../../src/model/ledger.ts'
import type { Result } from '../../../src/model/result.ts'
import { invocation, ledgerOf, NOW, type World, world } from '../ports.ts'
import { POLICY, readyFiles } from '../ready-repository.ts'
import { MemoryLedger } from './memory.ts'

export const CONFIG = '.github/certification.yml'
const HOUR = 3_600_000

/** The ready repository, changed; `policy` is added to its policy. */
export function ready(change: Record<string, string | Uint8Array> = {}, policy = ''): Record<string, string | Uint8Array> {
  return { [CONFIG]: POLICY + policy, ...readyFiles(), ...change }
}

/** Hours after NOW; a clock that was set by hand is never recorded. */
export function clockAt(hours = 0): Ports['clock'] {
  return { kind: 'system', now: () => new Date(NOW.getTime() + hours * HOUR) }
}

type Files = Record<string, string | Uint8Array>
type Change = Parameters<typeof world>[1]

export interface Ran {
  result: Result
  note: LedgerNote
  world: World
}

/** One evaluation, recorded. */
export async function runOnce(
  files: Files,
  store: MemoryLedger,
  change: Change = {},
  asked: Partial<Invocation> = {},
): Promise<Ran> {
  const made = world(files, { clock: clockAt(), ledger: ledgerOf(store, { newId: newId(store) }), ...change })
  const evaluated = await evaluate(invocation(asked), made)
  return { result: evaluated.result, note: await keep(evaluated, 'certify-report', made), world: made }
}

/** As many of the branch's own runs, an hour apart, each of its own commit. */
export async function runMany(store: MemoryLedger, runs: readonly Files[], change: Change = {}): Promise<Ran[]> {
  const done: Ran[] = []
  for (const [at, files] of runs.entries()) {
    const subject = { ...world({}).subject, commit: (at + 1).toString(16).padStart(40, 'c') }
    done.push(await runOnce(files, store, { clock: clockAt(at + 1 - runs.length), subject, ...change }))
  }
  return done
}

/** A ledger of the same files, to be changed by itself. */
export function copyOf(store: MemoryLedger): MemoryLedger {
  const copy = new MemoryLedger()
  for (const [path, bytes] of store.files) copy.files.set(path, bytes)
  return copy
}

/** 32 hex digits that no other record of the store has. */
export function newId(store: MemoryLedger): () => string {
  return () => (store.files.size + 1).toString(16).padStart(32, 'f')
}

export function lastSeq(store: MemoryLedger): number {
  const head = store.files.get(HEAD_PATH)
  return head === undefined ? 0 : (JSON.parse(new TextDecoder().decode(head)) as { seq: number }).seq
}

export function recordAt(store: MemoryLedger, seq = lastSeq(store)): LedgerRecord<EvaluationData> {
  const opened = openRecord(store.files.get(recordPath(seq))!)
  if ('problem' in opened) throw new Error(`record ${seq} ${opened.problem}`)
  return opened.value as LedgerRecord<EvaluationData>
}

export function policyOf(store: MemoryLedger, { policy }: EvaluationData): ResolvedPolicy {
  return JSON.parse(new TextDecoder().decode(store.files.get(objectPath(policy!.object)))) as ResolvedPolicy
}

/** Judged again from the ledger's bytes alone. */
export function replayed(store: MemoryLedger, seq = lastSeq(store)): Replay {
  const { data } = recordAt(store, seq)
  return replayRecord(data, policyOf(store, data), VERSION)!
}

export { MemoryLedger }
