// The door check: what is asked of a certificate before something is deployed, and each reason to refuse with its own code.
import type { Certificate, CertificateStatus } from './certificate.ts'
import type { LevelNumber } from './level.ts'

/** In the order they are looked at; the first that applies is the answer's code, all that apply are told. */
export const REFUSALS = [
  'LEDGER_UNREADABLE',
  'LEDGER_BROKEN',
  'LEDGER_ROLLED_BACK',
  'NO_CERTIFICATE',
  'CERTIFICATE_UNREADABLE',
  'CERTIFICATE_ALTERED',
  'NOT_IN_LEDGER',
  'UNSIGNED',
  'SIGNATURE_INVALID',
  'SIGNATURE_UNCHECKED',
  'SIGNER_MISMATCH',
  'STATEMENT_MISMATCH',
  'REPOSITORY_MISMATCH',
  'REF_MISMATCH',
  'NAME_MISMATCH',
  'POLICY_MISMATCH',
  'POLICY_UNKNOWN',
  'COMMIT_MISMATCH',
  'SUBJECT_MISMATCH',
  'LEVEL_TOO_LOW',
  'REVOKED',
  'SUPERSEDED',
  'CONDITION_OVERDUE',
  'EXPIRED',
  'NOT_YET_VALID',
  'REVOCATION_UNCHECKED',
  'APPROVAL_UNCONFIRMED',
] as const
export type RefusalCode = (typeof REFUSALS)[number]

export interface Refusal {
  code: RefusalCode
  /** What is wrong, as one sentence. */
  text: string
  /** What to do about it. */
  fix: string
}

/** What the door demands. */
export interface Demand {
  repository: string
  /** Full hash; null: an artifact is asked for by its digest alone. */
  commit: string | null
  /** Each must be among the certificate's subjects, by its digest. */
  artifacts: { name: string; sha256: string }[]
  level: LevelNumber
  /** Which of several uses in one repository. */
  name: string
  /** refs/heads/main; null: any (said in the answer). */
  ref: string | null
  /** `sha256:...`; null: not known, which refuses. */
  policyDigest: string | null
  /** SANs that may have signed: `OWNER/REPO/.github/workflows/FILE.yml`, any ref of it unless `@ref` follows. */
  signers: string[]
  allowUnsigned: boolean
  allowUnchecked: boolean
  /** A head known from elsewhere, which the chain must hold. */
  expectHead: string | null
}

/** Who signed, as the signing certificate has it. null: it does not say. */
export interface Signer {
  /** Subject alternative name: the workflow that signed, with its ref. */
  identity: string
  issuer: string | null
  sourceRepository: string | null
  sourceRef: string | null
  sourceDigest: string | null
}

/** What checking a bundle found. `valid`: the host's own token service vouches for the signer. `statement` is the signed payload, parsed, and of nothing but it. */
export type CheckedSignature =
  | { state: 'valid'; statement: unknown; signer: Signer }
  | { state: 'invalid'; message: string }
  | { state: 'unchecked'; message: string }

export interface DoorAnswer {
  ok: boolean
  /** Code of the first refusal. */
  code: RefusalCode | null
  refusals: Refusal[]
  /** What was not asked, and so is not answered; and what was taken on trust. */
  notes: string[]
  certificate: Certificate | null
  status: CertificateStatus | null
  signer: Signer | null
}
