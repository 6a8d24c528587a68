// One link of the chain: a draft becomes a record at its place, and a record's bytes are read back as one.
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../model/canonical.ts'
import {
  type Draft,
  EMPTY_HEAD,
  type Head,
  type LedgerRecord,
  objectPath,
  RECORD_TYPES,
  type RecordHeader,
} from '../../model/ledger.ts'

/** RFC 8785. Half a surrogate pair, which it cannot express, becomes U+FFFD. Throws where the value is no JSON: NaN, infinities. */
export function canonical(value: unknown): string {
  return strict(LONE.test(JSON.stringify(value) ?? '') ? mended(value) : value)
}

function strict(value: unknown): string {
  const text = canonicalJson(value)
  if (text === undefined) throw new TypeError('only JSON values have a canonical form')
  return text
}

/** As JSON.stringify writes half a pair. */
const LONE = /\\ud[89a-f]/

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(mended)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), mended(inner)]))
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The record that `draft` becomes when it follows `head`. */
export function seal<D>(draft: Draft<D>, head: Head, at: Date): LedgerRecord<D> {
  const { id, type, repo, actor, run, sha, data } = draft
  const header: RecordHeader = {
    v: 1,
    id,
    seq: head.seq + 1,
    at: at.toISOString(),
    type,
    repo,
    actor,
    run,
    sha,
    prev: head.hash,
    data_hash: sha256(canonical(data)),
  }
  return { header, hash: sha256(canonical(header)), data }
}

/** A text that records name by its sha256, with the path it is kept under. */
export function sealObject(value: unknown): { sha256: string; path: string; text: string } {
  const text = canonical(value)
  const hash = sha256(text)
  return { sha256: hash, path: objectPath(hash), text }
}

export type Opened<T> = { value: T } | { problem: string }

/** A record as it was sealed; else the first thing that is wrong with its bytes. Its place in the chain is not looked at. */
export function openRecord(bytes: Uint8Array): Opened<LedgerRecord> {
  const read = openCanonical(bytes)
  if ('problem' in read) return read
  const record = read.value as Partial<LedgerRecord> | null
  if (!isObject(record) || Object.keys(record).sort().join() !== 'data,hash,header' || !isHeader(record.header))
    return { problem: 'is not a record: header, hash and data are expected' }
  const { header, hash, data } = record as LedgerRecord
  const headerText = strict(header)
  if (sha256(headerText) !== hash) return { problem: 'was changed in its header, which does not give the hash that is written' }
  // The text is canonical, so the data's own canonical form is what stands between its key and the next.
  const dataText = read.text.slice('{"data":'.length, -`,"hash":"${hash}","header":${headerText}}`.length)
  if (sha256(dataText) !== header.data_hash)
    return { problem: 'was changed in its data, which do not give the data_hash of its header' }
  return { value: { header, hash, data } }
}

/** What head.json says; an empty chain where it says `seq` 0. */
export function openHead(bytes: Uint8Array): Opened<Head> {
  const read = openCanonical(bytes)
  if ('problem' in read) return { problem: `head.json ${read.problem}` }
  const head = read.value
  if (
    !isObject(head) ||
    Object.keys(head).sort().join() !== 'hash,seq,v' ||
    head.v !== 1 ||
    !isHash(head.hash) ||
    !isSeq(head.seq)
  )
    return { problem: 'head.json is not { hash, seq, v: 1 }' }
  return { value: { seq: head.seq, hash: head.hash } }
}

export function headText({ seq, hash }: Head): string {
  return canonical({ v: 1, seq, hash })
}

export function headOf(record: LedgerRecord): Head {
  return { seq: record.header.seq, hash: record.hash }
}

/** What keeps `record` from following `head`; null: it does follow. */
export function misplaced({ header }: LedgerRecord, head: Head = EMPTY_HEAD): string | null {
  if (header.seq !== head.seq + 1) return `says it is number ${header.seq}`
  return header.prev === head.hash ? null : `does not follow record ${head.seq}: its prev is another hash`
}

/** JSON that is byte for byte its own canonical form: no spaces, no second spelling, no key twice. */
export function openCanonical(bytes: Uint8Array): { value: unknown; text: string } | { problem: string } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { problem: 'is not UTF-8' }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'is not JSON' }
  }
  try {
    if (strict(value) === text) return { value, text }
  } catch {
    // A lone surrogate has no canonical form.
  }
  return { problem: 'is not in its canonical form' }
}

function isHeader(value: unknown): value is RecordHeader {
  if (!isObject(value)) return false
  const keys = 'actor,at,data_hash,id,prev,repo,run,seq,sha,type,v'
  const { v, id, seq, at, type, run, prev, data_hash } = value
  const nullable = [value.repo, value.actor, value.sha].every((one) => one === null || typeof one === 'string')
  return (
    Object.keys(value).sort().join() === keys &&
    v === 1 &&
    typeof id === 'string' &&
    /^[0-9a-f]{32}$/.test(id) &&
    isSeq(seq) &&
    seq > 0 &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    (RECORD_TYPES as readonly unknown[]).includes(type) &&
    nullable &&
    (run === null || (isObject(run) && isSeq(run.id) && isSeq(run.attempt))) &&
    isHash(prev) &&
    isHash(data_hash)
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

function isSeq(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
