// What keeping a ledger needs of the world: a place for its files, a clock, and patience.
import type { LedgerConfig } from '../model/config.ts'
import type { Tip } from '../model/ledger.ts'
import type { Pending } from '../model/pending.ts'
import type { Clock, Subject } from './ports.ts'

/** The ledger of this run: which one it is depends on the policy. */
export interface Ledger {
  /** null: none is kept. Throws CertifyError where the settings name no possible place. */
  open(settings: LedgerConfig): Promise<LedgerStore | null>
  /** What this run may do: add to it, leave its records for another job, or neither. */
  mode(settings: LedgerConfig): 'append' | 'leave' | 'read'
  /** The run's token may not be able to write: its evaluation is left for a trusted run to report (decision 29). */
  readonly unverified: boolean
  /** Login of who started the run; null: not known. */
  readonly actor: string | null
  /** Records that earlier runs could not write, with what GitHub says of those runs; `main`: the branch it was a run of itself, null: of none. */
  leftovers(): Promise<{ pending: Pending; run: Pick<Subject, 'run' | 'repository' | 'commit'>; main: string | null }[]>
  /** Keeps records that could not be written for a later writer; returns what they are kept under. */
  leaveBehind(text: string): Promise<string>
  /** 32 hex digits that no other record has. */
  newId(): string
  readonly append: Omit<AppendTools, 'clock'>
}

/** What waiting and trying again need of the world. */
export interface AppendTools {
  clock: Pick<Clock, 'now'>
  sleep: (ms: number) => Promise<void>
  /** 0..1 */
  random: () => number
  /** Milliseconds since any moment, for the deadline: a fixed clock must not stop time here. */
  elapsed: () => number
}

/**
 * Where a ledger's files are kept: a folder, or a branch. It knows nothing of what is in them. Every method throws
 * CertifyError (code `ledger_unreadable`, with the fix) where the place cannot be read: unreadable is never empty.
 */
export interface LedgerStore {
  /** As a person names it: `.certify/ledger`, `branch certify-ledger of acme/shop`. */
  readonly place: string
  /** null: there is no ledger yet. `also`: what is read next, so that a store that is far away asks for all of it at once. */
  tip(also?: readonly string[]): Promise<Tip | null>
  /** The files at that state, in the order asked for; null: there is no such file. */
  read(version: string, paths: readonly string[]): Promise<(Uint8Array | null)[]>
  /** Every file at that state. */
  all(version: string): Promise<Map<string, Uint8Array>>
  /**
   * Compare and swap, all files or none: written only if the place is still in the state `version` (null: there is no ledger).
   * `lost`: somebody else wrote first. `uncertain`: no answer came, so it may or may not have been written. Throws CertifyError
   * (code `ledger_unwritable`, with the fix) where trying again cannot help.
   */
  swap(version: string | null, files: LedgerWrite): Promise<'written' | 'lost' | 'uncertain'>
}

export interface LedgerWrite {
  /** Text by path. Records are new files: one that is already there means that somebody else wrote first. */
  records: ReadonlyMap<string, string>
  /** Objects, named by their content: writing one again changes nothing. */
  objects: ReadonlyMap<string, string>
  /** Files beside the chain (badges), each replacing what was there. */
  extras: ReadonlyMap<string, string>
  head: string
  /** For a branch: the commit's message. */
  message: string
}
