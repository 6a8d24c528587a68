// What a policy says of certificates.
import type { Duration } from './calendar.ts'

/** A promise that keeps a criterion open for a while (decision 45): who owns it, and by when it holds. */
export interface ConditionRule {
  criterion: string
  owner: string
  /** First day (UTC) on which it is overdue. */
  due: string
  origin: string
}

/** How certificates are issued, how long they hold, and what the door asks of one. */
export interface CertificateConfig {
  enabled: boolean
  /** As the policy calls what is certified; null: owner/name. */
  system: string | null
  authority: string | null
  /** Put before the fixed words of the statement; null: nothing. */
  statement: string | null
  /** Contacts by what they are for. Shown in no certificate. */
  contacts: Record<string, string>
  validity: Duration
  /** First day (UTC) on which no certificate of this policy holds any more; null: none is named. */
  validUntil: string | null
  renewalNoticeSeconds: number
  conditional: {
    enabled: boolean
    validity: Duration
    maxConditions: number
    conditions: ConditionRule[]
  }
  attest: 'auto' | 'always' | 'never'
  /** Roles that must have signed at a gate before a certificate is issued. */
  signOffs: string[]
  /** Globs of built files, or `oci://name@sha256:...`. */
  subjects: string[]
  /** What has to be true of who signed: `OWNER/REPO/.github/workflows/FILE.yml`, any ref of it unless `@ref` follows. */
  signers: string[]
  door: { allowUnsigned: boolean; allowUnchecked: boolean }
  /** What recertifying does with a certificate whose commit no longer meets the policy, or whose condition is overdue; and whether it renews. */
  recertify: { onFailure: 'warn' | 'revoke'; renew: boolean }
}
