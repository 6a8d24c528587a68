// The ledger's nouns: records in a hash chain, the files they are kept in, and what checking them found.

/** Everything that is ever recorded (spec 6). Commands of later versions write the types that nothing writes yet. */
export const RECORD_TYPES = [
  'evaluation',
  'gate.decision',
  'approval',
  'override',
  'certificate.issued',
  'certificate.revoked',
  'certificate.suspended',
  'certificate.reinstated',
  'certificate.renewed',
  'notification',
  'escalation',
  'rollback',
  'maintenance',
  'report',
  'compliance',
  'checkpoint',
  'config.change',
] as const
export type RecordType = (typeof RECORD_TYPES)[number]

/** What is to be recorded. Its place in the chain is given when it is appended. */
export interface Draft<D = unknown> {
  /** 32 hex digits, made once: by it a writer whose answer was lost finds its own record again, and a repeat is known as one. */
  id: string
  type: RecordType
  /** owner/name; null: not known. */
  repo: string | null
  /** Login of who started the run; null: not known. */
  actor: string | null
  run: { id: number; attempt: number } | null
  sha: string | null
  data: D
}

export interface RecordHeader extends Omit<Draft, 'data'> {
  v: 1
  /** From 1, without gaps. */
  seq: number
  /** When it was appended, ISO UTC. */
  at: string
  /** Hash of the record before; of the first one 64 zeros. */
  prev: string
  /** sha256 of the canonical JSON of `data`, hex. */
  data_hash: string
}

export interface LedgerRecord<D = unknown> {
  header: RecordHeader
  /** sha256 of the canonical JSON of `header`, hex. */
  hash: string
  data: D
}

/** Where the chain ends. */
export interface Head {
  seq: number
  hash: string
}

export const GENESIS = '0'.repeat(64)
export const EMPTY_HEAD: Head = { seq: 0, hash: GENESIS }

export const HEAD_PATH = 'head.json'

/** Records are sharded by their number, a hundred to a folder, so that no folder grows with the ledger. */
export function recordPath(seq: number): string {
  return `records/${String(Math.floor(seq / 100)).padStart(6, '0')}/${String(seq).padStart(8, '0')}.json`
}

/** The number in a record's path; null: it is no record's path. */
export function seqOfPath(path: string): number | null {
  const match = /^records\/\d{6,}\/(\d{8,})\.json$/.exec(path)
  const seq = match === null ? Number.NaN : Number(match[1])
  return Number.isSafeInteger(seq) && recordPath(seq) === path ? seq : null
}

/** Texts that many records share (resolved policies), kept once by their sha256. */
export function objectPath(sha256: string): string {
  return `objects/${sha256}.json`
}

/** What a ledger is named by where its files are: the end of the chain, or that there is none yet. */
export interface Tip {
  /** The state that the store's files were in; a write states it and fails where it is no longer so. */
  version: string
  /** head.json. */
  head: Uint8Array
  /** Records that follow head.json's, where a writer ended between the two; mostly none. */
  ahead: Uint8Array[]
}

/** What became of one run's records. */
export type LedgerNote =
  /** No ledger is kept, or this run may not say anything in it. */
  | { state: 'off' }
  | { state: 'recorded'; place: string; seq: number; hash: string }
  /** Left as a file for the job that may write; `digest` is `sha256:` of its bytes. */
  | { state: 'left'; place: string; path: string; digest: string }
  /** Left for a trusted run to report (decision 29), never to be recorded; `digest` is `sha256:` of its bytes. */
  | { state: 'reported'; path: string; digest: string }
  | { state: 'failed'; place: string; message: string; hint: string | null }

/** What checking a ledger found. `first_bad` is the first record that is not as it was written. */
export interface Verification {
  ok: boolean
  records: number
  head: string | null
  first_bad: number | null
  problem: string | null
  notices: string[]
  /** The record that the expected head names; left out: none was asked for, or it was not found. */
  expected?: number
}
