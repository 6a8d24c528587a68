// Records on their way: what one job leaves for the job that may write, with the digest by which that job knows them again.
import { canonical, openCanonical, sha256 } from '../../certificate/ledger/seal.ts'
import { type Draft, objectPath, RECORD_TYPES, type RecordType } from '../../model/ledger.ts'
import { PENDING_SCHEMA, type Pending, type REPORTED_SCHEMA } from '../../model/pending.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Ports } from '../ports.ts'

export const PENDING_FILE = 'ledger-pending.json'
/** What a run that cannot write leaves instead; no job ever records it. */
export const REPORTED_FILE = 'evaluation.json'

type Schema = typeof PENDING_SCHEMA | typeof REPORTED_SCHEMA

export function pendingText(
  drafts: readonly Draft[],
  objects: ReadonlyMap<string, string>,
  since: number,
  schema: Schema = PENDING_SCHEMA,
): string {
  return canonical({ schema, drafts, objects: Object.fromEntries(objects), since })
}

export function pendingDigest(text: string | Uint8Array): string {
  return `sha256:${sha256(text)}`
}

/** Text that JSON cannot carry (half a surrogate pair out of a report) is mended, so that no report can keep its run off the record. */
export function draftOf<D>(type: RecordType, data: D, { ledger, subject }: Ports): Draft<D> {
  const { repository, run, attempt, commit } = subject
  return {
    id: ledger.newId(),
    type,
    repo: repository,
    actor: ledger.actor,
    run: run === null ? null : { id: run, attempt: attempt ?? 1 },
    sha: commit,
    data: JSON.parse(canonical(data)) as D,
  }
}

/** Throws CertifyError `pending_invalid` for anything that is not what `pendingText` writes, or not of the digest expected. */
export function openPending(bytes: Uint8Array, path: string, expected: string | null, schema: Schema = PENDING_SCHEMA): Pending {
  const found = pendingDigest(bytes)
  if (expected !== null && expected !== found) {
    throw new CertifyError('pending_altered', `${path} is not what was left: its digest is ${found}, expected is ${expected}`, {
      hint: 'pass on the output record-digest of the evaluating job, and download the artifact of the same run; nothing was recorded',
    })
  }
  const opened = openCanonical(bytes)
  const problem = 'problem' in opened ? opened.problem : problemOf(opened.value, schema)
  if (problem !== null || 'problem' in opened) {
    throw new CertifyError('pending_invalid', `${path} ${problem ?? ''}`, {
      hint: 'it must be the file that `certify evaluate` left',
    })
  }
  return opened.value as Pending
}

function problemOf(value: unknown, expected: Schema): string | null {
  const { schema, drafts, objects, since } = (value ?? {}) as Partial<Pending>
  if (schema !== expected || !Array.isArray(drafts) || typeof objects !== 'object' || objects === null)
    return 'is no list of pending records'
  if (!Number.isSafeInteger(since) || (since ?? -1) < 0) return 'does not say since when'
  if (!Object.entries(objects).every(([path, text]) => typeof text === 'string' && path === objectPath(sha256(text))))
    return 'holds an object that is not what its name says'
  return drafts.every(isDraft) ? null : 'holds a record that is none'
}

function isDraft(value: unknown): boolean {
  const { id, type, repo, actor, run, sha, data } = (value ?? {}) as Partial<Draft>
  return (
    typeof id === 'string' &&
    /^[0-9a-f]{32}$/.test(id) &&
    (RECORD_TYPES as readonly unknown[]).includes(type) &&
    [repo, actor, sha].every((one) => one === null || typeof one === 'string') &&
    (run === null || (Number.isSafeInteger(run?.id) && Number.isSafeInteger(run?.attempt))) &&
    typeof data === 'object' &&
    data !== null
  )
}
