// The door: everything in order is let through; each thing out of order refuses, with its own code.
import { describe, expect, it } from '@jest/globals'
import { chooseCertificate } from '../../src/certificate/door.ts'
import { canonical } from '../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../src/certificate/ledger/verify.ts'
import { REFUSALS, type RefusalCode } from '../../src/model/door.ts'
import type { Statement } from '../../src/model/statement.ts'
import {
  ARTIFACT,
  atDoor,
  BUNDLE,
  COMMIT,
  type certificate,
  chain,
  condition,
  type DoorSpec,
  demand,
  evaluationOf,
  fileOf,
  filesOf,
  ID,
  issuedChain,
  issuedData,
  lastOf,
  ledgerOf,
  OTHER_ID,
  positioned,
  revokedData,
  signatureOf,
  signer,
  WORKFLOW,
} from '../support/certificates.ts'

const records = issuedChain()
const own = lastOf(records)
const OTHER = 'd'.repeat(40)
const conditional = { conditions: [condition('load', '2026-12-10T00:00:00.000Z')], validUntil: '2026-12-20T00:00:00.000Z' }

function edited(change: (statement: Statement) => void): DoorSpec {
  const signature = signatureOf(own)
  if (signature.state === 'valid') change(signature.statement as Statement)
  return { records, ask: { signature } }
}

function bySigner(change: Parameters<typeof signer>[0]): DoorSpec {
  return { records, ask: { signature: signatureOf(own, signer(change)) } }
}

function unsigned(unconfirmed: string | null, allowUnsigned: boolean): DoorSpec {
  const chain = issuedChain({}, [], { signing: { state: 'unsigned', why: 'no id-token permission' } })
  return { records: chain, demand: { allowUnsigned, artifacts: [] }, ask: { signature: null, unconfirmed } }
}

const superseding = chain([
  { type: 'evaluation', data: evaluationOf({}) },
  (so) => ({ type: 'certificate.issued', data: issuedData(positioned({}, so)) }),
  (so) => ({ type: 'certificate.renewed', data: issuedData(positioned({ id: OTHER_ID, serial: 2, supersedes: ID }, so)) }),
])
const superseded = issuedData(positioned({}, superseding.slice(0, 1)))

function changedByte(): Uint8Array {
  const bytes = fileOf(own.certificate)
  const at = new TextDecoder().decode(bytes).indexOf('Release office')
  return bytes.map((byte, index) => (index === at ? 'r'.charCodeAt(0) : byte))
}

const truncated = ledgerOf(chain([{ type: 'evaluation', data: evaluationOf({ other: 'pass' }) }]))
const broken = ledgerOf(records)
if (broken.state === 'read')
  broken.verification = { ...broken.verification, ok: false, problem: 'record 1: its data was changed' }

/** What goes wrong, and the first code that it is told by. */
const CASES: [string, RefusalCode, DoorSpec][] = [
  ['a ledger that cannot be read', 'LEDGER_UNREADABLE', { ask: { ledger: { state: 'unreadable', message: 'HTTP 502' } } }],
  ['a chain that does not verify', 'LEDGER_BROKEN', { records, ask: { ledger: broken } }],
  ['a ledger that ends before the certificate', 'LEDGER_ROLLED_BACK', { records, ask: { ledger: ledgerOf([]) } }],
  ['a ledger with another record in that place', 'LEDGER_ROLLED_BACK', { records, ask: { ledger: truncated } }],
  ['an expected head that is not there', 'LEDGER_ROLLED_BACK', { demand: { expectHead: '7'.repeat(64) } }],
  [
    'an expected head too short to tell',
    'LEDGER_ROLLED_BACK',
    { records, demand: { expectHead: records[0]!.hash.slice(0, 11) } },
  ],
  ['an empty expected head', 'LEDGER_ROLLED_BACK', { demand: { expectHead: '' } }],
  ['no certificate of that commit', 'NO_CERTIFICATE', { file: null, demand: { commit: OTHER } }],
  [
    'no certificate of that artifact',
    'NO_CERTIFICATE',
    { file: null, demand: { commit: null, artifacts: [{ name: 'x', sha256: '0'.repeat(64) }] } },
  ],
  ['nothing asked for', 'NO_CERTIFICATE', { file: null, demand: { commit: null, artifacts: [] } }],
  ['a file that is no JSON', 'CERTIFICATE_UNREADABLE', { file: new TextEncoder().encode('{') }],
  ['a file that is empty', 'CERTIFICATE_UNREADABLE', { file: new Uint8Array() }],
  ['a file with spaces', 'CERTIFICATE_UNREADABLE', { file: new TextEncoder().encode(JSON.stringify(own.certificate, null, 1)) }],
  ['a file of something else', 'CERTIFICATE_UNREADABLE', { file: new TextEncoder().encode(canonical({ ok: true })) }],
  ['a changed byte', 'CERTIFICATE_ALTERED', { records, file: changedByte() }],
  ['a certificate that was made up', 'NOT_IN_LEDGER', { file: fileOf({ ...own.certificate, id: OTHER_ID }), records }],
  ['no ledger at all', 'NOT_IN_LEDGER', { ask: { ledger: { state: 'none' } } }],
  ['no signature', 'UNSIGNED', unsigned('', false)],
  [
    'no signature, where nobody asked the ledger',
    'UNSIGNED',
    {
      demand: { allowUnsigned: true, allowUnchecked: true },
      ask: { signature: null, unconfirmed: '', ledger: { state: 'offline' } },
    },
  ],
  ['a forged signature', 'SIGNATURE_INVALID', { ask: { signature: { state: 'invalid', message: 'no match' } } }],
  [
    'a forged signature, where none is needed',
    'SIGNATURE_INVALID',
    { demand: { allowUnsigned: true }, ask: { signature: { state: 'invalid', message: 'no match' } } },
  ],
  ['a signature without a root', 'SIGNATURE_UNCHECKED', { ask: { signature: { state: 'unchecked', message: 'no root' } } }],
  [
    'a signature that was taken off, where none is needed',
    'SIGNATURE_UNCHECKED',
    { demand: { allowUnsigned: true }, ask: { signature: null, unconfirmed: '' } },
  ],
  [
    'another signer',
    'SIGNER_MISMATCH',
    bySigner({ identity: 'https://github.com/evil/certify/.github/workflows/certify-issue.yml@refs/tags/v1' }),
  ],
  [
    'a signer whose name begins alike',
    'SIGNER_MISMATCH',
    bySigner({ identity: `https://github.com/${WORKFLOW}.evil@refs/tags/v1` }),
  ],
  ['a signer without a ref', 'SIGNER_MISMATCH', bySigner({ identity: `https://github.com/${WORKFLOW}` })],
  ['a signer of another host', 'SIGNER_MISMATCH', bySigner({ identity: `https://ghe.com.example/${WORKFLOW}@refs/tags/v1` })],
  ['a signer without a host', 'SIGNER_MISMATCH', bySigner({ identity: `${WORKFLOW}@refs/tags/v1` })],
  ['no signer named', 'SIGNER_MISMATCH', { demand: { signers: [] } }],
  ['another ref of the workflow than the named one', 'SIGNER_MISMATCH', { demand: { signers: [`${WORKFLOW}@refs/tags/v2`] } }],
  ['a signer named by its folder', 'SIGNER_MISMATCH', { demand: { signers: ['acme/certify'] } }],
  ['a statement of another certificate', 'STATEMENT_MISMATCH', { records, ask: { signature: signatureOf(superseded) } }],
  ['a statement with a word more', 'STATEMENT_MISMATCH', edited((one) => Object.assign(one.predicate, { 'urn:x:y': 1 }))],
  [
    'a statement with a longer validity',
    'STATEMENT_MISMATCH',
    edited((one) => Object.assign(one.predicate['urn:certify:certificate:v1'] as object, { validUntil: '2099-01-01T00:00:00Z' })),
  ],
  [
    'a statement of another verifier',
    'STATEMENT_MISMATCH',
    edited((one) => Object.assign(one.predicate, { verifier: { id: 'https://github.com/a/b', version: { certify: '1.0.0' } } })),
  ],
  ['no statement', 'STATEMENT_MISMATCH', { ask: { signature: { state: 'valid', statement: null, signer: signer() } } }],
  ["another repository's", 'REPOSITORY_MISMATCH', { demand: { repository: 'acme/other' } }],
  ['signed for another repository', 'REPOSITORY_MISMATCH', bySigner({ sourceRepository: 'https://github.com/acme/fork' })],
  ['signed for no repository', 'REPOSITORY_MISMATCH', bySigner({ sourceRepository: null })],
  ["another ref's", 'REF_MISMATCH', { demand: { ref: 'refs/heads/release' } }],
  ['signed in a run of another ref', 'REF_MISMATCH', bySigner({ sourceRef: 'refs/heads/feature' })],
  ['signed in a run of no ref', 'REF_MISMATCH', bySigner({ sourceRef: null })],
  ["another use's", 'NAME_MISMATCH', { demand: { name: 'api' } }],
  ['a use without a name', 'NAME_MISMATCH', { demand: { name: '' } }],
  ["another policy's", 'POLICY_MISMATCH', { demand: { policyDigest: `sha256:${'8'.repeat(64)}` } }],
  ['a policy that nobody knows', 'POLICY_UNKNOWN', { demand: { policyDigest: null } }],
  ["another commit's", 'COMMIT_MISMATCH', { demand: { commit: OTHER } }],
  ['a short commit', 'COMMIT_MISMATCH', { demand: { commit: COMMIT.slice(0, 12) } }],
  ['neither commit nor artifact', 'COMMIT_MISMATCH', { demand: { commit: null, artifacts: [] } }],
  ['a changed artifact', 'SUBJECT_MISMATCH', { demand: { artifacts: [{ ...ARTIFACT, sha256: '0'.repeat(64) }] } }],
  ['one artifact more', 'SUBJECT_MISMATCH', { demand: { artifacts: [ARTIFACT, { name: 'x', sha256: '0'.repeat(64) }] } }],
  ['a level too low', 'LEVEL_TOO_LOW', { demand: { level: 3 } }],
  ['a level that is none', 'LEVEL_TOO_LOW', { demand: { level: Number.NaN as 1 } }],
  ['a revoked one', 'REVOKED', { records: issuedChain({}, [{ type: 'certificate.revoked', data: revokedData() }]) }],
  [
    'one that another took the place of',
    'SUPERSEDED',
    { records: superseding, file: fileOf(superseded.certificate), ask: { signature: signatureOf(superseded) } },
  ],
  [
    'a condition that is overdue',
    'CONDITION_OVERDUE',
    { records: issuedChain(conditional), ask: { now: new Date('2026-12-10T00:00:00Z') } },
  ],
  ['an expired one, at that instant', 'EXPIRED', { ask: { now: new Date(own.certificate.validUntil) } }],
  ['a clock that tells nothing', 'EXPIRED', { ask: { now: new Date(Number.NaN) } }],
  ['one that has not begun', 'NOT_YET_VALID', { ask: { now: new Date('2026-11-20T11:59:59.999Z') } }],
  ['nobody asked whether it was revoked', 'REVOCATION_UNCHECKED', { ask: { ledger: { state: 'offline' } } }],
  [
    'unsigned, and asked for an artifact that it names',
    'SUBJECT_MISMATCH',
    { ...unsigned('', true), demand: { allowUnsigned: true, artifacts: [ARTIFACT] } },
  ],
  ['unsigned, and nobody asked for its approvals', 'APPROVAL_UNCONFIRMED', unsigned(null, true)],
  ['unsigned, and its approvals do not hold', 'APPROVAL_UNCONFIRMED', unsigned('gate 3 was rejected', true)],
]

describe('the door', () => {
  it('lets through what is in order, and says what was not asked', () => {
    const answer = atDoor()
    expect(answer).toMatchObject({ ok: true, code: null, refusals: [], notes: [] })
    expect(answer.status?.state).toBe('active')
    expect(answer.signer?.identity).toContain(WORKFLOW)
    expect(answer.certificate?.id).toBe(ID)
    expect(atDoor({ demand: { ref: null, artifacts: [] } })).toMatchObject({
      ok: true,
      notes: [/No ref/, /No artifact/].map((one) => expect.stringMatching(one)),
    })
    expect(atDoor({ demand: { commit: null } })).toMatchObject({ ok: true, notes: [expect.stringMatching(/No commit/)] })
  })

  it('has a case for each code', () => {
    expect(new Set(CASES.map(([, code]) => code))).toEqual(new Set(REFUSALS))
  })

  it.each(CASES)('refuses %s: %s', (_, code, spec) => {
    const answer = atDoor(spec)
    expect(answer.ok).toBe(false)
    expect(answer.code).toBe(code)
    for (const refusal of answer.refusals) {
      expect(refusal.text).toMatch(/^[A-Z].*[.]$/)
      expect(refusal.fix).toMatch(/^[A-Z].*[.]$/)
    }
  })

  it('tells every reason, in the order of the codes', () => {
    const answer = atDoor({
      records: issuedChain({}, [{ type: 'certificate.revoked', data: revokedData() }]),
      demand: { level: 4, commit: OTHER },
      ask: { now: new Date('2030-01-01T00:00:00Z'), signature: null },
    })
    expect(answer.refusals.map((one) => one.code)).toEqual([
      'SIGNATURE_UNCHECKED',
      'COMMIT_MISMATCH',
      'LEVEL_TOO_LOW',
      'REVOKED',
      'EXPIRED',
    ])
  })

  it('says of one that another took the place of how to ask for that', () => {
    const { refusals } = atDoor({ records: superseding, file: fileOf(superseded.certificate) })
    expect(refusals.find((one) => one.code === 'SUPERSEDED')?.fix).toBe(
      `Name the commit alone, or give the certificate.json of ${OTHER_ID}.`,
    )
    expect(atDoor({ records: superseding, file: null }).code).toBeNull()
  })

  it('takes a repository however it is spelt in capitals', () => {
    expect(atDoor({ demand: { repository: 'Acme/Shop' } }).ok).toBe(true)
  })

  it("takes the check's word on who vouches for the signer, of an enterprise and on a host of its own too", () => {
    const enterprise = bySigner({ issuer: 'https://token.actions.githubusercontent.com/acme' })
    const host = 'https://acme.ghe.com'
    const own = bySigner({
      identity: `${host}/${WORKFLOW}@refs/tags/v1`,
      issuer: 'https://token.actions.acme.ghe.com',
      sourceRepository: `${host}/acme/shop`,
    })
    for (const spec of [enterprise, own]) expect(atDoor(spec)).toMatchObject({ ok: true, refusals: [] })
  })

  it('takes one ref of a workflow where that ref signed', () => {
    expect(atDoor({ demand: { signers: [`${WORKFLOW}@refs/tags/v1`] } }).ok).toBe(true)
  })

  it('takes an expected head, whole or its beginning', () => {
    for (const head of [records[0]!.hash, records[1]!.hash.slice(0, 12)])
      expect(atDoor({ records, demand: { expectHead: head } }).ok).toBe(true)
  })

  it('lets an unsigned one through only by leave, confirmed, and says so', () => {
    expect(atDoor(unsigned('', true))).toMatchObject({
      ok: true,
      notes: expect.arrayContaining([expect.stringMatching(/not signed.*no id-token permission/)]),
    })
  })

  it('takes one whose revocation nobody could ask for only by leave, and says so', () => {
    const cases = [
      [{ state: 'offline' }, 'The ledger was not asked: whether it was revoked is not known.'],
      [
        { state: 'unreadable', message: 'HTTP 502' },
        'The ledger could not be read (HTTP 502): whether it was revoked is not known.',
      ],
    ] as const
    for (const [ledger, note] of cases) {
      const answer = atDoor({ demand: { allowUnchecked: true }, ask: { ledger } })
      expect(answer).toMatchObject({ ok: true, status: null, notes: [note] })
    }
    expect(
      atDoor({ demand: { allowUnchecked: true, expectHead: '7'.repeat(64) }, ask: { ledger: { state: 'offline' } } }).code,
    ).toBe('LEDGER_ROLLED_BACK')
  })

  it.each([{ state: 'offline' }, { state: 'unreadable', message: 'HTTP 502' }] as const)(
    'does not say that there is no certificate where the ledger is not known: %j',
    (ledger) => {
      for (const allowUnchecked of [false, true]) {
        const { ok, refusals } = atDoor({ file: null, demand: { allowUnchecked }, ask: { ledger } })
        expect(ok).toBe(false)
        expect(refusals.find((one) => one.code === 'NO_CERTIFICATE')?.text).toMatch(/whether there is one .* is not known/)
      }
    },
  )

  it('does not take leave to skip the ledger for leave to ignore what it says', () => {
    const revoked = issuedChain({}, [{ type: 'certificate.revoked', data: revokedData() }])
    expect(atDoor({ records: revoked, demand: { allowUnchecked: true, allowUnsigned: true } }).code).toBe('REVOKED')
  })

  it('names open conditions, and closes them when they are met in time', () => {
    const open = atDoor({ records: issuedChain(conditional) })
    expect(open).toMatchObject({ ok: true, notes: [expect.stringMatching(/1 of 1 condition is open: load/)] })
    expect(open.status?.state).toBe('conditional')
    const met = issuedChain(conditional, [
      { type: 'evaluation', data: evaluationOf({ load: 'pass' }), at: '2026-12-09T23:59:59Z' },
    ])
    expect(atDoor({ records: met, ask: { now: new Date('2026-12-11T00:00:00Z') } })).toMatchObject({ ok: true, notes: [] })
  })

  it.each(['certificate.revoked', 'certificate.suspended'] as const)('refuses where a later %s cannot be read', (type) => {
    const after = issuedChain({}, [{ type, data: { schema: 'certify/later/v9' } }])
    expect(atDoor({ records: after }).code).toBe('LEDGER_UNREADABLE')
    expect(atDoor({ records: after, demand: { allowUnchecked: true } }).code).toBe('LEDGER_UNREADABLE')
  })
})

describe('the certificate that is looked for', () => {
  const ledger = ledgerOf(superseding)

  it('is the newest of the commit, whatever its state', () => {
    expect(chooseCertificate(null, demand(), ledger).certificate?.id).toBe(OTHER_ID)
    const revoked = issuedChain({}, [{ type: 'certificate.revoked', data: revokedData() }])
    expect(atDoor({ records: revoked, file: null }).code).toBe('REVOKED')
  })

  it('is found by the artifact alone', () => {
    expect(chooseCertificate(null, demand({ commit: null }), ledger).certificate?.id).toBe(OTHER_ID)
    expect(chooseCertificate(null, demand({ commit: null, artifacts: [] }), ledger).certificate).toBeNull()
  })

  it('is rather the one of the name, ref, policy, files and level asked for than a newer one of something else', () => {
    const two = (change: Parameters<typeof certificate>[0]) =>
      ledgerOf(
        chain([
          { type: 'evaluation', data: evaluationOf({}) },
          (so) => ({ type: 'certificate.issued', data: issuedData(positioned({}, so)) }),
          (so) => ({ type: 'certificate.issued', data: issuedData(positioned({ id: OTHER_ID, ...change }, so)) }),
        ]),
      )
    expect(chooseCertificate(null, demand(), two({})).certificate?.id).toBe(OTHER_ID)
    expect(chooseCertificate(null, demand(), two({ name: 'docs' })).certificate?.id).toBe(ID)
    expect(chooseCertificate(null, demand({ name: 'docs' }), two({ name: 'docs', level: 1 })).certificate?.id).toBe(OTHER_ID)
    expect(chooseCertificate(null, demand(), two({ ref: 'refs/heads/release' })).certificate?.id).toBe(ID)
    expect(chooseCertificate(null, demand(), two({ level: 1 })).certificate?.id).toBe(ID)
    expect(chooseCertificate(null, demand(), two({ subjects: [] })).certificate?.id).toBe(ID)
    expect(
      chooseCertificate(null, demand(), two({ policy: { source: 'x', digest: `sha256:${'7'.repeat(64)}` } })).certificate?.id,
    ).toBe(ID)
    expect(chooseCertificate(null, demand(), two({ repository: 'acme/other' })).certificate?.id).toBe(ID)
  })

  it('comes with its place', () => {
    const chosen = chooseCertificate(fileOf(own.certificate), demand(), ledgerOf(records))
    expect(chosen).toMatchObject({ digest: own.digest, held: { seq: 2, hash: records[1]!.hash }, refusals: [] })
  })
})

describe('a signature in the ledger', () => {
  const files = () => filesOf(records)

  it('is a part of the chain that names it: missing or changed, the chain does not verify', () => {
    expect(verifyLedger(files()).ok).toBe(true)
    const missing = files()
    missing.delete(BUNDLE.path)
    expect(verifyLedger(missing)).toMatchObject({
      ok: false,
      first_bad: 2,
      problem: expect.stringMatching(/its signature is missing/),
    })
    const changed = files().set(BUNDLE.path, new TextEncoder().encode('{"bundle":false}'))
    expect(verifyLedger(changed)).toMatchObject({
      ok: false,
      first_bad: 2,
      problem: expect.stringMatching(/its signature was changed/),
    })
  })
})
