// Recertifying a ledger: each certificate judged by today's reports, policy and clock, and acted on once; the rest left as they are.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { recertify } from '../../../src/app/certificate/recertify.ts'
import { verify } from '../../../src/app/certificate/verify.ts'
import { replayRecord } from '../../../src/app/ledger/replay-record.ts'
import type { Ports, Signatures } from '../../../src/app/ports.ts'
import { VERSION } from '../../../src/app/version.ts'
import { historyOf } from '../../../src/certificate/history.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { statusOf } from '../../../src/certificate/status.ts'
import type { IssuedData } from '../../../src/model/certificate.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { type LedgerRecord, objectPath } from '../../../src/model/ledger.ts'
import { GateJobs } from '../../support/gate-jobs.ts'
import { COMMIT, invocation } from '../../support/ports.ts'
import { lcov, sarif } from '../../support/ready-repository.ts'
import {
  actions,
  CERTIFIED,
  CONDITIONAL,
  OTHER,
  Recertifying,
  SARIF,
  SELLS,
  signatures,
  texts,
  types,
  VULNERABLE,
} from '../../support/recertifying.ts'

let one: Recertifying

/** Of the branch's newest certificate. */
const badge = (): string => String(one.jobs.store.files.get('badges/main_certificate.json'))

beforeEach(async () => {
  one = await Recertifying.certified()
})

describe('a certificate that holds', () => {
  it('is left alone: nothing is recorded, and it is counted', async () => {
    one.at('2026-12-01T00:00:00Z')
    const before = one.bytes
    const run = await one.looked()
    expect(run).toMatchObject({ exit: 0, added: [], shown: { untouched: 1, certificates: [], dryRun: false } })
    expect([one.bytes, run.summary]).toEqual([before, expect.stringContaining('1 certificate as before')])
  })

  it('of another name is none of this run', async () => {
    expect((await one.looked({ name: 'nightly' })).shown.untouched).toBe(0)
  })
})

describe('a vulnerability that became known', () => {
  beforeEach(async () => {
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ [SARIF]: VULNERABLE })
  })

  it('is told by a notice beside its evaluation, once', async () => {
    const run = await one.looked()
    expect([types(run), actions(run), texts(run)]).toEqual([
      ['evaluation', 'notification'],
      ['no_longer_meets'],
      expect.stringContaining('security_score'),
    ])
    one.at('2026-12-02T00:00:00Z')
    const before = one.bytes
    expect((await one.looked()).added).toEqual([])
    expect(one.bytes).toBe(before)
  })

  it('takes no part in the history of the branch', async () => {
    const { added } = await one.looked()
    expect((added[0]!.data as EvaluationData).branch).not.toBe('main')
  })

  it('revokes where the policy says so: with revocations.json, and the commit is told', async () => {
    one = await Recertifying.certified(CERTIFIED.replace('signers:', 'recertify: { on_failure: revoke }, signers:'))
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ [SARIF]: VULNERABLE })
    const told: string[] = []
    const run = await one.looked({}, { tellRevoked: async ({ commit }) => void told.push(commit) })
    expect([types(run), told]).toEqual([['evaluation', 'certificate.revoked'], [COMMIT]])
    expect(run.added[1]!.data).toMatchObject({ reason: 'vulnerability' })
    expect(Buffer.from(one.jobs.store.files.get('revocations.json')!).toString()).toContain('"vulnerability"')
    expect(badge()).toMatch(/"revoked 2026-12-01","color":"red"/)
    expect((await one.looked()).added).toEqual([])
  })

  it('of another commit is not taken, and that is told: it must not look like a scan that found nothing', async () => {
    await one.scanned({ [SARIF]: VULNERABLE }, OTHER)
    const run = await one.looked()
    expect(run).toMatchObject({ exit: 1, added: [], shown: { untouched: 1 } })
    expect(run.shown.notTaken).toEqual([
      { path: 'scans/certify-evidence-a.json', message: expect.stringMatching(/is of b0b1.*no certificate/) },
    ])
  })
})

it('a bundle that cannot be read is told and changes nothing', async () => {
  one.at('2026-12-01T00:00:00Z')
  const whole = await one.collected({ [SARIF]: VULNERABLE })
  one.jobs.files.set('scans/certify-evidence-a.json', whole.slice(0, -40))
  const before = one.bytes
  const run = await one.looked()
  expect(run).toMatchObject({
    exit: 1,
    added: [],
    shown: { untouched: 1, notTaken: [{ path: 'scans/certify-evidence-a.json' }] },
  })
  expect([one.bytes, run.summary]).toEqual([before, expect.stringContaining('not taken')])
})

describe('evidence that is too old for the policy', () => {
  const SHORT = CERTIFIED.replace('security_score: {', 'security_score: { max_age: 30d,').replace(
    'certificate: {',
    'certificate: { renewal_notice: 7d,',
  )

  it('lets no renewal end with it: what has to run again is told, and once it has, it is renewed', async () => {
    one = await Recertifying.certified(SHORT)
    one.at('2026-12-18T00:00:00Z')
    const due = await one.looked()
    expect([types(due), actions(due)]).toEqual([['notification'], ['renewal_due']])
    expect(texts(due)).toMatch(/run again component\/semgrep\.sarif, evidence of security_score/)
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    const renewed = await one.looked()
    expect(types(renewed)).toEqual(['evaluation', 'certificate.renewed'])
    const { validUntil } = (renewed.added[1]!.data as IssuedData).certificate
    expect(badge()).toContain(`"level 4 · until ${validUntil.slice(0, 10)}","color":"brightgreen"`)
  })

  it('by a policy that became stricter is named, and nothing but it', async () => {
    one.jobs.policy = SHORT.replace('30d', '5d')
    one.at('2026-12-01T00:00:00Z')
    const run = await one.looked()
    expect([types(run), actions(run)]).toEqual([['notification'], ['evidence_decayed']])
    expect(texts(run)).toMatch(/too old: component\/semgrep\.sarif, evidence of security_score\. Run only that/)
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    expect((await one.looked()).added).toEqual([])
  })
})

describe('renewal', () => {
  const SOON = new Date('2027-05-01T00:00:00Z')

  it('takes the place of the old one on the same approvals, and is not due again', async () => {
    one.now = SOON
    const run = await one.looked()
    expect([run.exit, types(run), actions(run)]).toEqual([0, ['certificate.renewed'], ['renewed']])
    const data = run.added[0]!.data as IssuedData
    const old = one.issued[0]!.certificate
    expect(data.renews).toBe(old.id)
    expect(data.certificate).toMatchObject({
      supersedes: old.id,
      serial: 2,
      signOffs: old.signOffs,
      gates: old.gates,
      subjects: old.subjects,
      evaluation: old.evaluation,
      issuedAt: SOON.toISOString(),
    })
    expect(data.certificate.ledger.seq).toBe(run.added[0]!.header.seq - 1)
    expect(verifyLedger(one.jobs.store.files).ok).toBe(true)
    const before = one.bytes
    one.at('2027-05-02T00:00:00Z')
    expect(await one.looked()).toMatchObject({ added: [], shown: { untouched: 2 } })
    expect(one.bytes).toBe(before)
  })

  it('rests on an evaluation of its own where reports are newer, which stands before it', async () => {
    one.now = SOON
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    const run = await one.looked()
    expect(types(run)).toEqual(['evaluation', 'certificate.renewed'])
    const { certificate } = run.added[1]!.data as IssuedData
    expect(certificate.evaluation).toMatchObject({ seq: run.added[0]!.header.seq, hash: run.added[0]!.hash })
    expect(certificate.ledger).toMatchObject({ seq: run.added[0]!.header.seq, hash: run.added[0]!.hash })
    one.at('2027-05-02T00:00:00Z')
    expect((await one.looked()).added).toEqual([])
  })

  it('is accepted at the door in place of the old one, and its evaluation replays to the same', async () => {
    one.now = SOON
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    const [evaluation, renewal] = (await one.looked()).added as [LedgerRecord<EvaluationData>, LedgerRecord<IssuedData>]
    one.at('2027-05-23T00:00:00Z')
    const door = await verify(invocation({ command: 'verify' }), one.world())
    expect([door.exit, door.outputs]).toEqual([0, { refusal: '', 'certificate-id': renewal.data.certificate.id }])
    const policy = one.jobs.store.files.get(objectPath(evaluation.data.policy!.object))!
    expect(replayRecord(evaluation.data, JSON.parse(Buffer.from(policy).toString()), VERSION)).toMatchObject({
      same: true,
      difference: null,
      edited: [],
    })
  })

  it('again, once that one is due: its own signature vouches for it', async () => {
    one.now = SOON
    await one.looked()
    one.at('2027-10-15T00:00:00Z')
    expect(types(await one.looked())).toEqual(['certificate.renewed'])
    one.at('2028-04-01T00:00:00Z')
    const forged: Signatures = { ...signatures, check: async () => ({ state: 'invalid', message: 'it is forged' }) }
    const run = await one.looked({}, { signatures: async () => forged })
    expect([types(run), texts(run)]).toEqual([['notification'], expect.stringContaining('it is forged')])
  })

  it.each<[string, () => void, RegExp]>([
    [
      'the gates ask for others',
      () => {
        one.jobs.policy = CERTIFIED.replace('gate_3: {', 'gate_3: { questions: ["Is it safe?"],')
      },
      /ask for other approvals/,
    ],
    [
      'GitHub no longer has the approval',
      () => {
        one.jobs.people.said = []
      },
      /GitHub does not confirm/,
    ],
    [
      'the policy renews nothing',
      () => {
        one.jobs.policy = CERTIFIED.replace('signers:', 'recertify: { renew: false }, signers:')
      },
      /renews nothing/,
    ],
    [
      'it has to be signed and cannot',
      () => {
        one.jobs.policy = CERTIFIED.replace('signers:', 'attest: always, signers:')
      },
      /cannot be signed/,
    ],
  ])('is told to be due, once, where %s', async (what, change, why) => {
    one.now = SOON
    change()
    const ports = what.includes('signed') ? { attestor: async () => null } : {}
    const run = await one.looked({}, ports)
    expect([types(run), texts(run)]).toEqual([['notification'], expect.stringMatching(why)])
    one.at('2027-05-03T00:00:00Z')
    expect((await one.looked({}, ports)).added).toEqual([])
  })

  it('does not come from a vulnerability that was found before, and that nobody looked for since', async () => {
    one.now = SOON
    await one.scanned({ [SARIF]: VULNERABLE })
    expect(actions(await one.looked())).toEqual(['no_longer_meets', 'renewal_due'])
    one.unscanned()
    one.at('2027-05-03T00:00:00Z')
    expect(types(await one.looked())).toEqual([])
    await one.scanned({ [SARIF]: `${sarif()}\n` }, COMMIT, 'b')
    expect(types(await one.looked())).toEqual(['evaluation', 'certificate.renewed'])
  })
})

describe('a certificate with conditions', () => {
  beforeEach(async () => {
    one = await Recertifying.conditional()
    expect(one.issued[0]!.certificate.conditions.map(({ id }) => id)).toEqual(['end_to_end_validation'])
  })

  it('loses one whose criterion holds now, by the evaluation that is recorded of it, once', async () => {
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ 'system/junit.xml': SELLS })
    const run = await one.looked()
    expect([types(run)[0], actions(run)[0]]).toEqual(['evaluation', 'condition_met'])
    const status = () => statusOf(one.issued[0]!.certificate, historyOf(one.records), one.now)
    expect(status().state).toBe('active')
    expect((await one.looked()).added).toEqual([])
    one.at('2026-12-15T00:00:00Z')
    expect(status().why).not.toMatch(/is not met/)
  })

  it('is revoked once one is overdue, where the policy revokes: the commit is told, and revocations.json names it', async () => {
    one = await Recertifying.conditional(CONDITIONAL.replace('signers:', 'recertify: { on_failure: revoke }, signers:'))
    one.at('2026-12-15T00:00:00Z')
    const told: string[] = []
    const run = await one.looked({}, { tellRevoked: async ({ commit }) => void told.push(commit) })
    expect([types(run), actions(run), told]).toEqual([['certificate.revoked'], ['revoked'], [COMMIT]])
    expect(run.added[0]!.data).toMatchObject({ reason: 'evidence_invalid', comment: expect.stringContaining('end_to_end') })
    expect(Buffer.from(one.files.get('revocations.json')!).toString()).toContain(one.issued[0]!.certificate.id)
    expect((await one.looked()).added).toEqual([])
  })

  it('keeps one that was met by a report of another commit, or of after it was due', async () => {
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ 'system/junit.xml': SELLS }, OTHER)
    expect(actions(await one.looked())).toEqual(['condition_due'])
    one.at('2026-12-15T00:00:00Z')
    await one.scanned({ 'system/junit.xml': SELLS })
    expect(actions(await one.looked())).toEqual(['condition_overdue'])
  })

  it('is told when one is due soon, and when it is overdue, each once', async () => {
    one.at('2026-12-01T00:00:00Z')
    expect(actions(await one.looked())).toEqual(['condition_due'])
    expect((await one.looked()).added).toEqual([])
    one.at('2026-12-15T00:00:00Z')
    expect(actions(await one.looked())).toEqual(['condition_overdue'])
    expect((await one.looked()).added).toEqual([])
  })
})

describe('the end', () => {
  it('is told once', async () => {
    one.at('2027-06-22T00:00:00Z')
    const run = await one.looked()
    expect([types(run), actions(run)]).toEqual([['notification'], ['expired']])
    expect(badge()).toMatch(/"expired \d{4}-\d{2}-\d{2}","color":"red"/)
    one.at('2027-07-01T00:00:00Z')
    expect((await one.looked()).added).toEqual([])
  })

  it('is not told by a clock that is behind, nor is anything else', async () => {
    one.at('2026-11-22T12:00:00Z')
    expect(await one.looked()).toMatchObject({ added: [], shown: { untouched: 1 } })
  })
})

describe('a policy that asks for what the record does not keep', () => {
  it('is told: nothing is known of the certificate, and it is not counted among the others', async () => {
    one.jobs.policy = CERTIFIED.replace('component/semgrep.sarif', 'component/other.sarif')
    one.at('2026-12-01T00:00:00Z')
    const run = await one.looked()
    expect([run.exit, actions(run), run.shown.untouched, run.added]).toEqual([1, ['unjudged'], 0, []])
  })
})

describe('who may', () => {
  it.each<[string, Partial<Ports>]>([
    ['a pull request', { subject: { ...new GateJobs().subject, event: 'pull_request', pullRequest: 7 } }],
    ['another branch', { branch: { name: 'feature', isDefault: false } }],
    ['a laptop', { inAction: false }],
  ])('nothing is recorded in a run of %s, and a dry run only says', async (_, change) => {
    one.at('2027-06-22T00:00:00Z')
    await expect(one.looked({}, change)).rejects.toMatchObject({ code: 'not_trusted' })
    const run = await one.looked({ dryRun: true }, { ...change })
    expect([run.added, actions(run), run.shown.dryRun]).toEqual([[], ['expired'], true])
  })

  it('a clock that was set by hand records nothing', async () => {
    const clock = { kind: 'fixed' as const, now: () => new Date('2030-01-01T00:00:00Z') }
    expect(await one.looked({}, { clock })).toMatchObject({ added: [], shown: { dryRun: true } })
  })
})

it.each([
  ['validity: P30D', /certificate\.validity gives no more than certificate\.renewal_notice takes/],
  ['valid_until: 2026-12-22', /A new one would end on 2026-12-22: certificate\.valid_until is then/],
])('where %s lets no renewal be, the text names what to change', async (key, text) => {
  one = await Recertifying.certified(CERTIFIED.replace('signers:', `${key}, signers:`))
  one.at('2026-12-10T00:00:00Z')
  expect(texts(await one.looked())).toMatch(text)
})

it('coverage that falls is no vulnerability', async () => {
  one = await Recertifying.certified(CERTIFIED.replace('signers:', 'recertify: { on_failure: revoke }, signers:'))
  one.at('2026-12-01T00:00:00Z')
  await one.scanned({ 'component/lcov.info': lcov(50, 100) })
  expect((await one.looked()).added.at(-1)!.data).toMatchObject({ reason: 'evidence_invalid' })
})

it('names the commits that are to be scanned again: those whose certificates are in force', async () => {
  const of = async () => (await recertify(invocation({ command: 'recertify', dryRun: true }), one.world())).outputs?.commits
  expect(await of()).toBe(JSON.stringify([COMMIT]))
  one.at('2027-06-22T00:00:00Z')
  expect(await of()).toBe('[]')
})
