// What one run of recertifying did, certificate by certificate.

export type RecertifiedWhat =
  | 'renewed'
  | 'revoked'
  | 'condition_met'
  | 'unjudged'
  | 'renewal_due'
  | 'evidence_decayed'
  | 'no_longer_meets'
  | 'condition_due'
  | 'condition_overdue'
  | 'expired'

export interface Recertified {
  /** Nothing was recorded: it only says what would be. */
  dryRun: boolean
  /** Only those that something was said of, or done to. */
  certificates: { id: string; commit: string; actions: { what: RecertifiedWhat; text: string }[] }[]
  untouched: number
  /** Bundles and reports that were no evidence, each with why. Hostile text. */
  notTaken: { path: string; message: string }[]
  /** End of the chain afterwards. */
  head: { seq: number; hash: string }
}
