// The certificate: what was certified, by which evidence and whose word, for how long; and what the ledger says of one. Never a name.
import type { RecordType } from './ledger.ts'
import type { LevelId, LevelNumber } from './level.ts'
import type { GateState, LevelState, Outcome } from './outcome.ts'

export const CERTIFICATE = 'certify/certificate/v1'
export const CERTIFICATE_ISSUED = 'certify/certificate-issued/v1'
export const CERTIFICATE_REVOKED = 'certify/certificate-revoked/v1'
export const CERTIFICATE_NOTICE = 'certify/certificate-notice/v1'
/** Name of our block in the attested predicate: extensions of a verification summary are named by URIs. */
export const CERTIFICATE_EXTENSION = 'urn:certify:certificate:v1'
export const CERTIFICATE_REVOCATIONS = 'certify/certificate-revocations/v1'
export const CERTIFICATE_PREDICATE = 'https://slsa.dev/verification_summary/v1'

/** Ends every statement, and stands below every page (spec 5.6). */
export const CERTIFICATE_FOOTER =
  'Records evaluation results; not an audit opinion and not a statement of legal or regulatory conformity.'

/** Roles whose word a certificate may carry; which person spoke stays in the ledger (decision 46). */
export type SignOffRole = 'technical' | 'security' | 'business' | 'final' | 'performance' | 'operations' | 'lead'

/** A file or image by what it holds. `name` is a path or an image's name without a tag; the digest is lower-case hex of a sha256. */
export interface CertifiedSubject {
  name: string
  digest: { sha256: string }
}

/** `oci://registry/name@sha256:HEX`; null: it is no such text. A tag may move, so it names nothing. */
export function imageOf(text: string): CertifiedSubject | null {
  const [, name, sha256] = /^oci:\/\/([\w.:/-]{1,300}?)@sha256:([0-9a-f]{64})$/.exec(text) ?? []
  return name === undefined || sha256 === undefined ? null : { name, digest: { sha256 } }
}

export const DOMAINS = ['functional', 'performance', 'security', 'operational', 'documentation'] as const
export type DomainId = (typeof DOMAINS)[number]

/** One of the seed's five domains, as far as it was judged. */
export interface CertifiedDomain {
  id: DomainId
  name: string
  done: number
  /** Criteria and checklist items that apply; 0: nothing of this domain was asked. */
  total: number
  /** done / total in percent, rounded down; null where `total` is 0. */
  percent: number | null
  /** What is open, in words. */
  open: string[]
}

export interface Blocker {
  issue: string
  impact: string
  action: string
}

/** Something that was open when the certificate was issued, and by when it must hold (decision 45). Its owner stays in the ledger. */
export interface CertificateCondition {
  /** Id of the criterion that closes it. */
  id: string
  level: LevelNumber
  text: string
  /** RFC 3339, UTC: overdue from then on. */
  due: string
}

/** The earliest of these ends a certificate. */
export type ExpiryCause = 'policy' | 'evidence' | 'waiver' | 'condition'

export interface Certificate {
  schema: typeof CERTIFICATE
  /** `CERT-` and 26 characters of a ULID. */
  id: string
  /** Counts the certificates of this ledger from 1. */
  serial: number
  tool: { name: 'certify'; version: string }
  /** Tells several uses in one repository apart. */
  name: string
  /** What is certified, as the policy calls it; else owner/name. */
  system: string
  authority: string | null
  repository: string
  /** Ref that the evaluated run was of: refs/heads/main. */
  ref: string
  /** Full hash, lower-case hex. */
  commit: string
  subjects: CertifiedSubject[]
  policy: {
    /** path@ref as it was read. */
    source: string
    /** `sha256:` over the resolved policy. */
    digest: string
  }
  evaluation: {
    /** Where its record stands in the ledger. */
    seq: number
    hash: string
    evaluatedAt: string
    run: number | null
    attempt: number | null
    /** `sha256:...` as in result.json. */
    evidenceDigest: string
    /** sha256 of the result's canonical JSON, hex. */
    result: string
  }
  /** The highest level that this covers. */
  level: LevelNumber
  levels: {
    number: LevelNumber
    id: LevelId
    name: string
    state: LevelState
    criteria: { id: string; outcome: Outcome; value: number | null; unit: string; limit: string }[]
  }[]
  gates: {
    number: LevelNumber
    name: string
    state: GateState
    /** Hash of the record that decided it; null: it opened by itself with the evaluation. */
    decision: string | null
  }[]
  /** Roles with the hash of the approval's record. `before`: it was given before this. */
  signOffs: { role: string; gate: LevelNumber; record: string; before: string | null }[]
  /** Policy, waiver or suppression that made this easier to get. */
  loosened: string[]
  /** What was left out of judging by the policy's word. */
  excluded: string[]
  notApplicable: { criterion: string; reason: string; expires: string }[]
  conditions: CertificateCondition[]
  domains: CertifiedDomain[]
  blockers: Blocker[]
  evidence: { path: string; sha256: string; format: string | null }[]
  /** RFC 3339 in UTC; in force from `validFrom` until just before `validUntil`. */
  issuedAt: string
  validFrom: string
  validUntil: string
  expiresBecause: ExpiryCause
  /** When renewal is due: `validUntil` less the policy's notice. */
  renewalDue: string
  /** End of the chain when it was issued; its own record comes after. */
  ledger: { place: string; seq: number; hash: string }
  /** Id of the certificate that this takes the place of. */
  supersedes: string | null
  statement: string
}

/** How a certificate was signed; `unsigned` says why not. */
export type Signing =
  | {
      state: 'signed'
      /** sha256 of the Sigstore bundle's text, kept under `objectPath`. */
      bundle: string
      /** The attestation's address; null: it was not stored on GitHub. */
      url: string | null
    }
  | { state: 'unsigned'; why: string }

/** Data of a `certificate.issued` or `certificate.renewed` record. */
export interface IssuedData {
  schema: typeof CERTIFICATE_ISSUED
  certificate: Certificate
  /** sha256 of the certificate's canonical JSON, hex: of the file certificate.json. */
  digest: string
  signing: Signing
  /** Logins or teams by condition id. */
  owners: Record<string, string>
  /** Id of the certificate that this renews; null: it was issued anew. */
  renews: string | null
}

export const REVOCATION_REASONS = ['key_compromise', 'evidence_invalid', 'vulnerability', 'rollback', 'requested'] as const
export type RevocationReason = (typeof REVOCATION_REASONS)[number]

/** Data of a `certificate.revoked` record. Final. */
export interface RevokedData {
  schema: typeof CERTIFICATE_REVOKED
  id: string
  reason: RevocationReason
  /** In the words of who revoked it, at most 1000 characters: hostile text. */
  comment: string | null
  at: string
}

/** What recertifying found and said of one certificate: a `notification` record, each at most once. */
export interface NoticeData {
  schema: typeof CERTIFICATE_NOTICE
  id: string
  what: 'renewal_due' | 'evidence_decayed' | 'no_longer_meets' | 'condition_due' | 'condition_overdue' | 'expired'
  text: string
  at: string
}

export type CertificateState = 'active' | 'conditional' | 'expired' | 'revoked' | 'superseded'

/** What the ledger and a clock make of a certificate; never written into one. */
export interface CertificateStatus {
  state: CertificateState
  /** Since when it is in that state. */
  since: string
  /** A sentence; null: nothing to say beyond the state. */
  why: string | null
  /** Conditions still open. */
  open: CertificateCondition[]
  /** When it ends as things stand. */
  until: string
  /** Id of the one that took its place. */
  supersededBy: string | null
}

/** What stands beside a certificate wherever it is shown. */
export interface CertificateShowing {
  /** sha256 of certificate.json. */
  digest: string
  signing: Signing
  status: CertificateStatus
  /** When that was its status. */
  at: string
  /** The sentence of one that is not in force; null: it is. */
  ended: string | null
}

/** One certificate out of the ledger, with where it stands. */
export interface HeldCertificate {
  seq: number
  /** Hash of its record. */
  hash: string
  /** When it was recorded. */
  at: string
  data: IssuedData
}

/** What was said of certificates since, oldest first: out of the verified chain. */
export interface CertificateHistory {
  issued: HeldCertificate[]
  revoked: { seq: number; data: RevokedData }[]
  notices: { seq: number; data: NoticeData }[]
  /** Criteria that later evaluations of a certified commit let through, on the branch itself: they close conditions. */
  met: { seq: number; commit: string; name: string; ref: string; at: string; criteria: string[] }[]
  /** Records that say something of certificates which this version cannot read: whatever they are, they are no leave. */
  unread: { seq: number; type: RecordType }[]
}

/** What the status of a certificate is told from: its own terms, and what was said of it. */
export type CertificateTerms = Pick<
  Certificate,
  'id' | 'name' | 'repository' | 'ref' | 'commit' | 'conditions' | 'validFrom' | 'validUntil' | 'expiresBecause'
> & { evaluation: Pick<Certificate['evaluation'], 'seq'> }
export type CertificateWords = Pick<CertificateHistory, 'issued' | 'revoked' | 'met'>
