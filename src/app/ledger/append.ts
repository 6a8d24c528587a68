// Appending to a ledger: read its end, seal the records onto it, write if nobody else did; else all of it again (decision 39).
import { canonical, headOf, headText, misplaced, openHead, openRecord, seal } from '../../certificate/ledger/seal.ts'
import { type Draft, EMPTY_HEAD, type Head, type LedgerRecord, recordPath, type Tip } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { AppendTools, LedgerStore } from '../ports.ts'
import { type Extras, NO_EXTRAS } from './badges.ts'

export interface AppendOptions extends AppendTools {
  deadlineMs?: number
  /** Objects that the records name, text by path. */
  objects?: ReadonlyMap<string, string>
  /** Files beside the chain that go with the records. */
  extras?: Extras
  /** Number of the last record that is known to hold none of the drafts: those after it are looked through for them. */
  since?: number
  /** Of a record after `since`: that it settles what the drafts were for. Then none of them is written. */
  unless?: (record: LedgerRecord) => boolean
}

export interface Appended {
  head: Head
  /** The records as they stand in the ledger, also those that had been written before. */
  records: LedgerRecord[]
  /** Whole tries, the last one included. */
  tries: number
}

export const DEADLINE_MS = 10 * 60_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000
/** Records read at a time while looking for one's own. */
const WINDOW = 50

/** What could not be written in time: the drafts are the caller's to keep. */
export class NotRecorded extends CertifyError {}

/** Somebody else was quicker: what the drafts say must be thought through again. */
export class Forestalled extends CertifyError {}

/**
 * All drafts in their order, each exactly once. Throws CertifyError `ledger_unreadable` or `ledger_broken` where the ledger cannot
 * be read or its end does not verify (nothing is appended to it), NotRecorded where writing did not work out in time, and
 * Forestalled where `unless` says so of a record that somebody else wrote.
 */
export async function append(store: LedgerStore, drafts: readonly Draft[], options: AppendOptions): Promise<Appended> {
  const { clock, sleep, random, elapsed, deadlineMs = DEADLINE_MS, extras = NO_EXTRAS } = options
  const started = elapsed()
  // Once an answer was lost, or for drafts that may have been written before, the ledger is asked which of them it has.
  let from = options.since ?? null
  let longest = options.since ?? 0
  for (let tries = 1; ; tries++) {
    const tip = await store.tip(extras.paths).catch((error: unknown) => {
      // It could be read before, and something may have been written since: the drafts must not be given up.
      throw tries > 1 && error instanceof CertifyError ? new NotRecorded(error.code, error.message, { hint: error.hint }) : error
    })
    const head = await headAt(store, tip)
    const stood = tip === null ? [] : await store.read(tip.version, extras.paths)
    if (head.seq < longest) throw broken(store, `it ends at record ${head.seq}, and had ${longest} before`)
    longest = head.seq
    const known =
      from === null || tip === null ? new Map<string, LedgerRecord>() : await find(store, tip, head, from, drafts, options.unless)
    const missing = drafts.filter((draft) => !known.has(draft.id))
    const now = clock.now()
    const sealed = chain(missing, head, now)
    const done = [...known.values(), ...sealed].sort((a, b) => a.header.seq - b.header.seq)
    if (missing.length === 0) return { head, records: done, tries }
    const outcome = await store.swap(
      tip?.version ?? null,
      filesOf(sealed, options.objects, extras.write(stood, { at: now, seq: head.seq }), tip),
    )
    if (outcome === 'written') return { head: headOf(sealed.at(-1)!), records: done, tries }
    if (outcome === 'uncertain') from = Math.min(from ?? head.seq, head.seq)
    const pause = random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 20))
    if (elapsed() - started + pause > deadlineMs) {
      throw new NotRecorded('ledger_busy', `${store.place} could not be written within ${Math.round(deadlineMs / 1000)} s`, {
        hint: 'the records are kept; the next writer appends them',
      })
    }
    await sleep(pause)
  }
}

/** The end of the chain, after checking that it holds. Throws CertifyError `ledger_broken` where it does not. */
export async function headAt(store: LedgerStore, tip: Tip | null): Promise<Head> {
  if (tip === null) return EMPTY_HEAD
  const said = openHead(tip.head)
  if ('problem' in said) throw broken(store, said.problem)
  let head = said.value
  if (head.seq > 0) {
    const [bytes] = await store.read(tip.version, [recordPath(head.seq)])
    if (bytes === null || bytes === undefined) throw broken(store, `record ${head.seq}, the last one, is missing`)
    const opened = openRecord(bytes)
    if ('problem' in opened) throw broken(store, `record ${head.seq}, the last one, ${opened.problem}`)
    if (opened.value.header.seq !== head.seq || opened.value.hash !== head.hash)
      throw broken(store, `head.json does not name record ${head.seq} as it is`)
  } else if (head.hash !== EMPTY_HEAD.hash) throw broken(store, 'head.json is not one of an empty ledger')
  for (const bytes of tip.ahead) {
    const opened = openRecord(bytes)
    const problem = 'problem' in opened ? opened.problem : misplaced(opened.value, head)
    if (problem !== null) throw broken(store, `record ${head.seq + 1} ${problem}`)
    if ('value' in opened) head = headOf(opened.value)
  }
  return head
}

function chain(drafts: readonly Draft[], head: Head, at: Date): LedgerRecord[] {
  const records: LedgerRecord[] = []
  for (const draft of drafts) records.push(seal(draft, records.length === 0 ? head : headOf(records.at(-1)!), at))
  return records
}

function filesOf(
  records: readonly LedgerRecord[],
  objects: ReadonlyMap<string, string> = new Map(),
  extras: ReadonlyMap<string, string>,
  tip: Tip | null,
) {
  const last = records.at(-1)!
  const types = [...new Set(records.map((one) => one.header.type))].join(', ')
  return {
    records: new Map(records.map((one) => [recordPath(one.header.seq), canonical(one)])),
    objects,
    extras,
    head: headText(headOf(last)),
    message: `${tip === null ? 'Begin the ledger: ' : ''}record ${last.header.seq}: ${types}`,
  }
}

/** Those of the drafts that stand among the records after `from`. */
async function find(
  store: LedgerStore,
  tip: Tip,
  head: Head,
  from: number,
  drafts: readonly Draft[],
  unless: AppendOptions['unless'],
): Promise<Map<string, LedgerRecord>> {
  const wanted = new Map(drafts.map((draft) => [draft.id, draft]))
  const found = new Map<string, LedgerRecord>()
  for (let first = from + 1; first <= head.seq; first += WINDOW) {
    const numbers = Array.from({ length: Math.min(WINDOW, head.seq - first + 1) }, (_, at) => first + at)
    const files = await store.read(tip.version, numbers.map(recordPath))
    for (const [at, bytes] of files.entries()) {
      const opened = bytes === null ? { problem: 'is missing' } : openRecord(bytes)
      if ('problem' in opened) throw broken(store, `record ${numbers[at]} ${opened.problem}`)
      const draft = wanted.get(opened.value.header.id)
      if (draft !== undefined && isOf(opened.value, draft)) found.set(draft.id, opened.value)
      else if (unless?.(opened.value) === true)
        throw new Forestalled('forestalled', `record ${numbers[at]} was written first`, { hint: 'run it again' })
    }
  }
  return found
}

/** An id may be anybody's: what somebody else wrote under it is not the draft, and must not pass for it. */
function isOf(record: LedgerRecord, draft: Draft): boolean {
  const { data_hash, repo, sha, run, type } = seal(draft, EMPTY_HEAD, new Date(0)).header
  const { header } = record
  return (
    canonical([data_hash, repo, sha, run, type]) ===
    canonical([header.data_hash, header.repo, header.sha, header.run, header.type])
  )
}

export function broken(store: Pick<LedgerStore, 'place'>, problem: string): CertifyError {
  return new CertifyError('ledger_broken', `the ledger in ${store.place} does not verify: ${problem}`, {
    hint: 'nothing is appended to it; `certify ledger verify` names the first bad record; restore the files from the last good commit or copy',
  })
}
