// A whole ledger, byte for byte: the first record that is not as it was written, and what is wrong with it.
import {
  EMPTY_HEAD,
  HEAD_PATH,
  type Head,
  type LedgerRecord,
  objectPath,
  recordPath,
  seqOfPath,
  type Verification,
} from '../../model/ledger.ts'
import { headOf, misplaced, openCanonical, openHead, openRecord, sha256 } from './seal.ts'

/** Every file of the ledger by its path. */
export type LedgerFiles = ReadonlyMap<string, Uint8Array>

export interface Expected {
  /** A head's hash that is known from outside: it must be in the chain, or records were taken off its end (decision 41). */
  head?: string
}

interface Walk {
  head: Head
  /** Each record's, and its number. */
  hashes: Map<string, number>
  ids: Map<string, number>
  /** First record that names each object. */
  named: Map<string, number>
  notices: string[]
  lastAt: string
}

/** Pure; never throws. An empty ledger is one whose head.json says so; no files at all are no ledger. */
export function verifyLedger(files: LedgerFiles, expected: Expected = {}): Verification {
  const walk: Walk = { head: EMPTY_HEAD, hashes: new Map(), ids: new Map(), named: new Map(), notices: [], lastAt: '' }
  const bad = (seq: number, problem: string): Verification => ({
    ok: false,
    records: walk.head.seq,
    head: walk.head.seq === 0 ? null : walk.head.hash,
    first_bad: seq,
    problem: `record ${seq}: ${problem}`,
    notices: walk.notices,
  })
  const headBytes = files.get(HEAD_PATH)
  const said = headBytes === undefined ? { problem: 'head.json is missing' } : openHead(headBytes)
  const numbers = [...files.keys()].flatMap((path) => seqOfPath(path) ?? [])
  const last = highest(numbers)
  for (let seq = 1; seq <= last; seq++) {
    const bytes = files.get(recordPath(seq))
    if (bytes === undefined) return bad(seq, 'is missing')
    const opened = openRecord(bytes)
    if ('problem' in opened) return bad(seq, opened.problem)
    const problem = misplaced(opened.value, walk.head) ?? follow(walk, opened.value, files)
    if (problem !== null) return bad(seq, problem)
  }
  const { head } = walk
  if ('problem' in said) return bad(head.seq, said.problem)
  if (said.value.seq > head.seq && said.value.hash === head.hash)
    return bad(head.seq, `head.json calls it number ${said.value.seq}`)
  if (said.value.seq > head.seq) return bad(head.seq + 1, `is missing: head.json names record ${said.value.seq} as the last`)
  const ahead = head.seq - said.value.seq
  if (!(said.value.seq === 0 ? said.value.hash === EMPTY_HEAD.hash : walk.hashes.has(said.value.hash)))
    return bad(Math.max(1, said.value.seq), 'head.json names another hash for it')
  if (ahead > 0) {
    const named = files.get(recordPath(said.value.seq))
    const opened = named === undefined ? null : openRecord(named)
    if (said.value.seq > 0 && (opened === null || 'problem' in opened || opened.value.hash !== said.value.hash))
      return bad(said.value.seq, 'head.json names another hash for it')
    walk.notices.push(
      `head.json names record ${said.value.seq}, the chain goes on to ${head.seq}: a writer ended in between; the next append mends it`,
    )
  } else if (said.value.hash !== head.hash) return bad(head.seq, 'head.json names another hash for it')
  const strays = [...files.keys()].filter((path) => !belongs(path, head.seq, walk.named)).sort()
  const foreign = strays.find((path) => !isWholeObject(path, files))
  if (foreign !== undefined) return bad(head.seq, `the file ${foreign} belongs to no record of this ledger`)
  if (strays.length > 0)
    walk.notices.push(
      `${strays.length} of its objects are named by no record (${strays[0]}): a writer ended before it named them`,
    )
  const found = expected.head === undefined ? undefined : recordOf(expected.head, walk)
  if (expected.head !== undefined && found === undefined) {
    return bad(
      head.seq + 1,
      `the expected head ${expected.head.slice(0, 12)} is not in the chain: records were taken off its end, or it is another ledger's`,
    )
  }
  return {
    ok: true,
    records: head.seq,
    head: head.seq === 0 ? null : head.hash,
    first_bad: null,
    problem: null,
    notices: walk.notices,
    ...(found === undefined ? {} : { expected: found }),
  }
}

/** Takes the record into the walk; says what is wrong with what it brings along. */
function follow(walk: Walk, record: LedgerRecord, files: LedgerFiles): string | null {
  const { header, hash } = record
  const twin = walk.ids.get(header.id)
  if (twin !== undefined) return `has the id of record ${twin}: it was recorded twice`
  for (const object of objectsOf(record.data)) {
    const wrong = objectProblem(object, record.data, files)
    if (wrong !== null) return wrong
    if (!walk.named.has(object)) walk.named.set(object, header.seq)
  }
  if (header.at < walk.lastAt) walk.notices.push(`record ${header.seq} says it is older than the one before it (${header.at})`)
  walk.lastAt = header.at
  walk.ids.set(header.id, header.seq)
  walk.hashes.set(hash, header.seq)
  walk.head = headOf(record)
  return null
}

/** sha256 of the objects that a record's data names: the policy of an evaluation, the signature of a certificate. */
export function objectsOf(data: unknown): string[] {
  const { policy, signing } = (data ?? {}) as { policy?: { object?: unknown } | null; signing?: { bundle?: unknown } | null }
  return [policy?.object, signing?.bundle].filter((one): one is string => typeof one === 'string')
}

function objectProblem(sha: string, data: unknown, files: LedgerFiles): string | null {
  const what =
    (data as { policy?: { object?: unknown } | null }).policy?.object === sha ? 'the policy it was judged by' : 'its signature'
  const bytes = files.get(objectPath(sha))
  if (bytes === undefined) return `${what} is missing (objects/${sha.slice(0, 12)}….json)`
  if (sha256(bytes) !== sha || 'problem' in openCanonical(bytes)) return `${what} was changed (objects/${sha.slice(0, 12)}….json)`
  return null
}

/** Files of a later version's making lie in folders of their own; whatever lies among the records or objects must be known. */
function belongs(path: string, last: number, named: ReadonlyMap<string, number>): boolean {
  if (path === HEAD_PATH) return true
  if (path.startsWith('records/')) {
    const seq = seqOfPath(path)
    return seq !== null && seq <= last
  }
  if (path.startsWith('objects/')) return named.has(/^objects\/([0-9a-f]{64})\.json$/.exec(path)?.[1] ?? '')
  return true
}

/** It is what its name says. Objects are written before the record that names them. */
function isWholeObject(path: string, files: LedgerFiles): boolean {
  const bytes = files.get(path)!
  return path === objectPath(sha256(bytes)) && !('problem' in openCanonical(bytes))
}

/** Twelve digits of a head are enough to know it by. */
function recordOf(head: string, { hashes }: Walk): number | undefined {
  if (/^[0-9a-f]{12,63}$/.test(head)) return [...hashes].find(([hash]) => hash.startsWith(head))?.[1]
  return hashes.get(head)
}

function highest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0)
}
