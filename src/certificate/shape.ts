// Whether a value is a certificate, or something said of one, in every part: bytes from elsewhere are read by nothing else.
import {
  CERTIFICATE,
  CERTIFICATE_ISSUED,
  CERTIFICATE_NOTICE,
  CERTIFICATE_REVOKED,
  type Certificate,
  DOMAINS,
  type IssuedData,
  type NoticeData,
  REVOCATION_REASONS,
} from '../model/certificate.ts'
import { CERTIFICATE_LAST, type LastCertificate } from '../model/last-certificate.ts'
import { LEVEL_IDS } from '../model/level.ts'

type Holds = (value: unknown) => boolean

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const text: Holds = (value) => typeof value === 'string'
const number: Holds = (value) => typeof value === 'number' && Number.isFinite(value)
const count: Holds = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const like =
  (pattern: RegExp): Holds =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const one =
  (...allowed: readonly unknown[]): Holds =>
  (value) =>
    allowed.includes(value)
const orNull =
  (holds: Holds): Holds =>
  (value) =>
    value === null || holds(value)
const list =
  (holds: Holds): Holds =>
  (value) =>
    Array.isArray(value) && value.every(holds)
const either =
  (...shapes: Holds[]): Holds =>
  (value) =>
    shapes.some((holds) => holds(value))
const record =
  (holds: Holds): Holds =>
  (value) =>
    isObject(value) && Object.values(value).every(holds)

/** Exactly these keys. */
function exactly(parts: Record<string, Holds>): Holds {
  const keys = Object.keys(parts).sort().join()
  return (value) =>
    isObject(value) &&
    Object.keys(value).sort().join() === keys &&
    Object.entries(parts).every(([key, holds]) => holds(value[key]))
}

export const isSha256 = like(/^[0-9a-f]{64}$/)
const isDigest = like(/^sha256:[0-9a-f]{64}$/)
const isLevel = one(1, 2, 3, 4)

/** As Date writes it, and of a day that exists: its own round trip. */
export const isTime: Holds = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/.test(value)) return false
  const at = new Date(value)
  return !Number.isNaN(at.getTime()) && at.toISOString().replace('.000Z', 'Z') === value.replace('.000Z', 'Z')
}

export const isCertificateId = like(/^CERT-[0-7][0-9A-HJKMNP-TV-Z]{25}$/)

const OUTCOMES = one('pass', 'warn', 'fail', 'no_evidence', 'error', 'pending', 'not_applicable', 'skipped')

/** What it says of itself has to hold together; whether it is true is not asked here. */
export function isCertificate(value: unknown): value is Certificate {
  if (!SHAPE(value)) return false
  const { issuedAt, validFrom, validUntil, level, levels, gates } = value as Certificate
  const inOrder = Date.parse(issuedAt) <= Date.parse(validFrom) && Date.parse(validFrom) < Date.parse(validUntil)
  return inOrder && levels.some((one) => one.number === level) && gates.some((one) => one.state === 'open')
}

const CONDITIONS = list(exactly({ id: text, level: isLevel, text, due: isTime }))

const SHAPE = exactly({
  schema: one(CERTIFICATE),
  id: isCertificateId,
  serial: (value) => count(value) && (value as number) > 0,
  tool: exactly({ name: one('certify'), version: text }),
  name: text,
  system: text,
  authority: orNull(text),
  repository: like(/^[\w.-]+\/[\w.-]+$/),
  ref: text,
  commit: like(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/),
  subjects: list(exactly({ name: text, digest: exactly({ sha256: isSha256 }) })),
  policy: exactly({ source: text, digest: isDigest }),
  evaluation: exactly({
    seq: count,
    hash: isSha256,
    evaluatedAt: isTime,
    run: orNull(count),
    attempt: orNull(count),
    evidenceDigest: isDigest,
    result: isSha256,
  }),
  level: isLevel,
  levels: list(
    exactly({
      number: isLevel,
      id: one(...LEVEL_IDS),
      name: text,
      state: text,
      criteria: list(exactly({ id: text, outcome: OUTCOMES, value: orNull(number), unit: text, limit: text })),
    }),
  ),
  gates: list(exactly({ number: isLevel, name: text, state: text, decision: orNull(isSha256) })),
  signOffs: list(exactly({ role: text, gate: isLevel, record: isSha256, before: orNull(isTime) })),
  loosened: list(text),
  excluded: list(text),
  notApplicable: list(exactly({ criterion: text, reason: text, expires: text })),
  conditions: CONDITIONS,
  domains: list(
    exactly({ id: one(...DOMAINS), name: text, done: count, total: count, percent: orNull(count), open: list(text) }),
  ),
  blockers: list(exactly({ issue: text, impact: text, action: text })),
  evidence: list(exactly({ path: text, sha256: isSha256, format: orNull(text) })),
  issuedAt: isTime,
  validFrom: isTime,
  validUntil: isTime,
  expiresBecause: one('policy', 'evidence', 'waiver', 'condition'),
  renewalDue: isTime,
  ledger: exactly({ place: text, seq: count, hash: isSha256 }),
  supersedes: orNull(isCertificateId),
  statement: text,
})

const SIGNING = either(
  exactly({ state: one('signed'), bundle: isSha256, url: orNull(text) }),
  exactly({ state: one('unsigned'), why: text }),
)

const ISSUED = exactly({
  schema: one(CERTIFICATE_ISSUED),
  certificate: isCertificate,
  digest: isSha256,
  signing: SIGNING,
  owners: record(text),
  renews: orNull(isCertificateId),
})

/** Its digest is not computed here. */
export function isIssued(value: unknown): value is IssuedData {
  return ISSUED(value)
}

const NOTICES = ['renewal_due', 'evidence_decayed', 'no_longer_meets', 'condition_due', 'condition_overdue', 'expired']
const NOTICE = exactly({ schema: one(CERTIFICATE_NOTICE), id: isCertificateId, what: one(...NOTICES), text, at: isTime })

export function isNotice(value: unknown): value is NoticeData {
  return NOTICE(value)
}

const LAST = exactly({
  schema: one(CERTIFICATE_LAST),
  seq: count,
  certificate: exactly({
    id: isCertificateId,
    name: text,
    repository: text,
    ref: text,
    commit: like(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/),
    level: isLevel,
    conditions: CONDITIONS,
    validFrom: isTime,
    validUntil: isTime,
    expiresBecause: one('policy', 'evidence', 'waiver', 'condition'),
    evaluation: exactly({ seq: count }),
  }),
  revoked: list(
    exactly({
      seq: count,
      data: exactly({
        schema: one(CERTIFICATE_REVOKED),
        id: isCertificateId,
        reason: one(...REVOCATION_REASONS),
        comment: orNull(text),
        at: isTime,
      }),
    }),
  ),
  met: list(exactly({ seq: count, commit: text, name: text, ref: text, at: isTime, criteria: list(text) })),
  unread: one(true, false),
})

export function isLast(value: unknown): value is LastCertificate {
  return LAST(value)
}
