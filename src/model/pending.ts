// Records that were made and are not in the ledger yet, as one job leaves them for another.
import type { Draft } from './ledger.ts'

export const PENDING_SCHEMA = 'certify/pending/v1'

/** Of a run that cannot write (decision 29): the same file, made to be reported and never to be recorded. */
export const REPORTED_SCHEMA = 'certify/reported/v1'

export interface Pending {
  schema: typeof PENDING_SCHEMA | typeof REPORTED_SCHEMA
  drafts: Draft[]
  /** Text by path. */
  objects: Record<string, string>
  /** Number of the last record when the drafts were made: none of them stands before it. */
  since: number
}
