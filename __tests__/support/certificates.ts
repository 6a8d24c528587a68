// Certificates to ask about, the chains that hold them, and a demand that they meet: tests break one thing at a time.
import { type Asked, type AskedLedger, answerAtDoor, chooseCertificate, ledgerRead } from '../../src/certificate/door.ts'
import { canonical, headOf, headText, seal, sealObject, sha256 } from '../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../src/certificate/ledger/verify.ts'
import { statementOf, verifierOf } from '../../src/certificate/statement.ts'
import {
  CERTIFICATE,
  CERTIFICATE_ISSUED,
  CERTIFICATE_REVOKED,
  type Certificate,
  type IssuedData,
  type RevokedData,
} from '../../src/model/certificate.ts'
import type { CheckedSignature, Demand, DoorAnswer, Signer } from '../../src/model/door.ts'
import { EVALUATION } from '../../src/model/evaluation.ts'
import { EMPTY_HEAD, HEAD_PATH, type LedgerRecord, type RecordType, recordPath } from '../../src/model/ledger.ts'
import { draft } from './ledger/drafts.ts'

export const ID = 'CERT-01KB8M4Z7Q9V3T5W2X8Y6R1N0P'
export const OTHER_ID = 'CERT-01KC0000000000000000000001'
export const COMMIT = 'c0ffee'.padEnd(40, '0')
export const POLICY = `sha256:${'9'.repeat(64)}`
export const ARTIFACT = { name: 'dist/shop.tgz', sha256: 'a'.repeat(64) }
export const WORKFLOW = 'acme/certify/.github/workflows/certify-issue.yml'
/** Stands for a Sigstore bundle: nobody here opens it. */
export const BUNDLE = sealObject({ bundle: true })
/** Within the certificate's time. */
export const TODAY = new Date('2026-12-01T12:00:00Z')

export function certificate(change: Partial<Certificate> = {}): Certificate {
  return {
    schema: CERTIFICATE,
    id: ID,
    serial: 1,
    tool: { name: 'certify', version: '1.0.0' },
    name: 'certify',
    system: 'Shop',
    authority: 'Release office',
    repository: 'acme/shop',
    ref: 'refs/heads/main',
    commit: COMMIT,
    subjects: [{ name: ARTIFACT.name, digest: { sha256: ARTIFACT.sha256 } }],
    policy: { source: '.github/certification.yml@main', digest: POLICY },
    evaluation: {
      seq: 1,
      hash: '1'.repeat(64),
      evaluatedAt: '2026-11-20T10:00:00.000Z',
      run: 7,
      attempt: 1,
      evidenceDigest: `sha256:${'e'.repeat(64)}`,
      result: 'f'.repeat(64),
    },
    level: 2,
    levels: [
      { number: 1, id: 'component', name: 'Component', state: 'passed', criteria: [] },
      { number: 2, id: 'integration', name: 'Integration', state: 'passed_with_warnings', criteria: [] },
    ],
    gates: [
      { number: 1, name: 'Component gate', state: 'open', decision: null },
      { number: 2, name: 'Integration gate', state: 'open', decision: null },
    ],
    signOffs: [{ role: 'final', gate: 2, record: 'd'.repeat(64), before: '2026-11-20T11:00:00.000Z' }],
    loosened: [],
    excluded: [],
    notApplicable: [],
    conditions: [],
    domains: [],
    blockers: [],
    evidence: [{ path: 'coverage/lcov.info', sha256: 'b'.repeat(64), format: 'lcov' }],
    issuedAt: '2026-11-20T12:00:00.000Z',
    validFrom: '2026-11-20T12:00:00.000Z',
    validUntil: '2027-05-20T12:00:00.000Z',
    expiresBecause: 'policy',
    renewalDue: '2027-04-20T12:00:00.000Z',
    ledger: { place: 'branch certify-ledger', seq: 1, hash: '1'.repeat(64) },
    supersedes: null,
    statement: 'Commit of Shop met the criteria.',
    ...change,
  }
}

export function condition(id: string, due: string): Certificate['conditions'][number] {
  return { id, level: 3, text: `${id} has to hold`, due }
}

export function issuedData(of: Certificate = certificate(), change: Partial<IssuedData> = {}): IssuedData {
  return {
    schema: CERTIFICATE_ISSUED,
    certificate: of,
    digest: sha256(canonical(of)),
    signing: { state: 'signed', bundle: BUNDLE.sha256, url: null },
    owners: {},
    renews: null,
    ...change,
  }
}

export function revokedData(id = ID, change: Partial<RevokedData> = {}): RevokedData {
  return { schema: CERTIFICATE_REVOKED, id, reason: 'vulnerability', comment: null, at: '2026-11-25T00:00:00.000Z', ...change }
}

/** An evaluation, as far as certificates look at one. */
export function evaluationOf(outcomes: Record<string, string>, change: Record<string, unknown> = {}): unknown {
  const criteria = Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { outcome }]))
  const subject = { commit: COMMIT, event: 'push', ref: 'refs/heads/main' }
  return { schema: EVALUATION, name: 'certify', main: true, subject, outcome: { criteria }, ...change }
}

export interface Entry {
  type: RecordType
  data: unknown
  at?: string
}

/** A chain of them. `data` may be made from the chain so far. */
export function chain(entries: readonly (Entry | ((records: LedgerRecord[]) => Entry))[]): LedgerRecord[] {
  const records: LedgerRecord[] = []
  for (const [index, one] of entries.entries()) {
    const { type, data, at } = typeof one === 'function' ? one(records) : one
    const last = records.at(-1)
    const head = last === undefined ? EMPTY_HEAD : headOf(last)
    records.push(seal(draft(`record ${index}`, data, { type }), head, new Date(at ?? '2026-11-20T10:00:00Z')))
  }
  return records
}

/** An evaluation, then the certificate that rests on it; then whatever follows. */
export function issuedChain(
  change: Partial<Certificate> = {},
  after: readonly Entry[] = [],
  data: Partial<IssuedData> = {},
): LedgerRecord[] {
  const first: Entry = { type: 'evaluation', data: evaluationOf({ test_coverage: 'pass' }) }
  const second = (records: LedgerRecord[]): Entry => ({
    type: 'certificate.issued',
    data: issuedData(positioned(change, records), data),
    at: '2026-11-20T12:00:00Z',
  })
  return chain([first, second, ...after])
}

/** At the end of the chain as it is. */
export function positioned(change: Partial<Certificate>, records: readonly LedgerRecord[]): Certificate {
  const { seq, hash } = headOf(records.at(-1)!)
  const base = certificate(change)
  return {
    ...base,
    ledger: { ...base.ledger, seq, hash },
    evaluation: { ...base.evaluation, hash: records[0]!.hash },
    ...(change.ledger === undefined ? {} : { ledger: change.ledger }),
  }
}

export function filesOf(records: readonly LedgerRecord[]): Map<string, Uint8Array> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const files = new Map(records.map((one) => [recordPath(one.header.seq), bytes(canonical(one))]))
  const last = records.at(-1)
  if (records.some((one) => canonical(one).includes(BUNDLE.sha256))) files.set(BUNDLE.path, bytes(BUNDLE.text))
  return files.set(HEAD_PATH, bytes(headText(last === undefined ? EMPTY_HEAD : headOf(last))))
}

export function ledgerOf(records: readonly LedgerRecord[]): AskedLedger {
  return ledgerRead(verifyLedger(filesOf(records)), records)
}

/** The last certificate of the chain. */
export function lastOf(records: readonly LedgerRecord[]): IssuedData {
  return records.filter((one) => one.header.type.startsWith('certificate.') && 'certificate' in (one.data as object)).at(-1)!
    .data as IssuedData
}

export function fileOf(of: Certificate): Uint8Array {
  return new TextEncoder().encode(canonical(of))
}

export function demand(change: Partial<Demand> = {}): Demand {
  return {
    repository: 'acme/shop',
    commit: COMMIT,
    artifacts: [ARTIFACT],
    level: 2,
    name: 'certify',
    ref: 'refs/heads/main',
    policyDigest: POLICY,
    signers: [WORKFLOW],
    allowUnsigned: false,
    allowUnchecked: false,
    expectHead: null,
    ...change,
  }
}

export function signer(change: Partial<Signer> = {}): Signer {
  return {
    identity: `https://github.com/${WORKFLOW}@refs/tags/v1`,
    issuer: 'https://token.actions.githubusercontent.com',
    sourceRepository: 'https://github.com/acme/shop',
    sourceRef: 'refs/heads/main',
    sourceDigest: COMMIT,
    ...change,
  }
}

/** A right signature of that certificate. */
export function signatureOf(
  { certificate: of, digest }: Pick<IssuedData, 'certificate' | 'digest'>,
  by = signer(),
): CheckedSignature {
  const statement: unknown = JSON.parse(JSON.stringify(statementOf(of, digest, verifierOf(by.identity))))
  return { state: 'valid', statement, signer: by }
}

export interface DoorSpec {
  records?: LedgerRecord[]
  /** null: none is given, and the ledger's own is looked for. */
  file?: Uint8Array | null
  demand?: Partial<Demand>
  ask?: Partial<Omit<Asked, 'demand' | 'chosen'>>
}

/** Everything in order, unless told otherwise. */
export function atDoor({ records = issuedChain(), file, demand: asked = {}, ask = {} }: DoorSpec = {}): DoorAnswer {
  const own = lastOf(records)
  const wanted = demand(asked)
  const ledger = ask.ledger ?? ledgerOf(records)
  const chosen = chooseCertificate(file === undefined ? fileOf(own.certificate) : file, wanted, ledger)
  return answerAtDoor({
    demand: wanted,
    chosen,
    signature: signatureOf(own),
    unconfirmed: null,
    now: TODAY,
    ...ask,
    ledger,
  })
}
