// Records that were made and are not in the ledger yet, as one job leaves them for another.
import type { Draft } from './ledger.ts'

export const PENDING_SCHEMA = 'certify/pending/v1'

export interface Pending {
  schema: typeof PENDING_SCHEMA
  drafts: Draft[]
  /** Text by path. */
  objects: Record<string, string>
  /** Number of the last record when the drafts were made: none of them stands before it. */
  since: number
}
