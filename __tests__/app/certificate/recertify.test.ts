// Recertifying a ledger: each certificate judged by today's reports, policy and clock, and acted on once; the rest left as they are.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { recertify } from '../../../src/app/certificate/recertify.ts'
import { verify } from '../../../src/app/certificate/verify.ts'
import { collectEvidence } from '../../../src/app/collect.ts'
import type { Invocation } from '../../../src/app/invocation.ts'
import { append } from '../../../src/app/ledger/append.ts'
import { replayRecord } from '../../../src/app/ledger/replay-record.ts'
import type { Attestor, Ports, Signatures } from '../../../src/app/ports.ts'
import { VERSION } from '../../../src/app/version.ts'
import { historyOf } from '../../../src/certificate/history.ts'
import { canonical, openRecord, sha256 } from '../../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { statusOf } from '../../../src/certificate/status.ts'
import type { Certificate, IssuedData, NoticeData } from '../../../src/model/certificate.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { type LedgerRecord, objectPath, recordPath } from '../../../src/model/ledger.ts'
import type { Recertified } from '../../../src/model/recertified.ts'
import { GateJobs, POLICY } from '../../support/gate-jobs.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { lastSeq } from '../../support/ledger/recorded.ts'
import { world as bare, COMMIT, invocation, ledgerOf, NOW as MADE } from '../../support/ports.ts'
import { junit, lcov, sarif } from '../../support/ready-repository.ts'

const WORKFLOW = 'acme/certify/.github/workflows/certify-issue.yml'
const CERTIFIED = `${POLICY}certificate: { signers: [${WORKFLOW}] }\n`
const OTHER = 'b0b'.padEnd(40, '1')
const SIGNER = {
  identity: `https://github.com/${WORKFLOW}@refs/tags/v1`,
  issuer: 'https://token.actions.githubusercontent.com',
  sourceRepository: 'https://github.com/acme/shop',
  sourceRef: 'refs/heads/main',
  sourceDigest: COMMIT,
}
/** Signatures that are what they say: the adapters' own tests hold the real ones. */
const attestor: Attestor = {
  workflow: async () => `${WORKFLOW}@refs/tags/v1`,
  attest: async (statement) => ({ state: 'signed', bundle: JSON.stringify({ statement, signer: SIGNER }), url: null }),
}
const signatures: Signatures = {
  check: async (bundle) => ({ state: 'valid', ...(JSON.parse(bundle) as { statement: unknown; signer: typeof SIGNER }) }),
  stored: async () => [],
}

let jobs: GateJobs
let now: Date
let ids = 0

async function certified(policy: string): Promise<void> {
  now = new Date('2026-11-22T13:00:00Z')
  jobs = new GateJobs(policy)
  await gone()
}

/** From the evaluation to the word to go live, and the certificate. */
async function gone(): Promise<void> {
  await jobs.evaluated()
  await jobs.recorded()
  await jobs.approved(3, 'anna')
  const { approval } = await jobs.approved(4, 'ben')
  const { subject } = jobs
  jobs.subject = { ...subject, run: 2002 }
  await jobs.phase('go-live', 4, { approval: approval! })
  await jobs.recorded('certify-gate-4')
  jobs.subject = subject
  expect((await issue(invocation({ command: 'issue' }), world())).exit).toBe(0)
}

function world(change: Partial<Ports> = {}) {
  const clock = { kind: 'system' as const, now: () => now }
  const ledger = ledgerOf(jobs.store, { newId: () => sha256(`id ${++ids}`).slice(0, 32), actor: 'alice' })
  const ports = { clock, ledger, defaultBranch: 'main', attestor: async () => attestor, signatures: async () => signatures }
  return jobs.world({ ...ports, ...change })
}

interface Looked {
  exit: number
  shown: Recertified
  added: LedgerRecord[]
  summary: string
}

async function looked(asked: Partial<Invocation> = {}, change: Partial<Ports> = {}): Promise<Looked> {
  const from = lastSeq(jobs.store)
  const { exit, output, summary } = await recertify(invocation({ command: 'recertify', json: true, ...asked }), world(change))
  const added = Array.from({ length: lastSeq(jobs.store) - from }, (_, at) => recordAt(from + 1 + at))
  return { exit, shown: JSON.parse(output) as Recertified, added, summary: summary! }
}

function recordAt(seq: number): LedgerRecord {
  const opened = openRecord(jobs.store.files.get(recordPath(seq))!)
  if ('problem' in opened) throw new Error(opened.problem)
  return opened.value
}

const types = ({ added }: Looked): string[] => added.map((one) => one.header.type)
const actions = ({ shown }: Looked): string[] => shown.certificates.flatMap((one) => one.actions.map((action) => action.what))
const texts = ({ shown }: Looked): string =>
  shown.certificates.flatMap((one) => one.actions.map((action) => action.text)).join(' ')
const bytes = (): string => canonical([...jobs.store.files].map(([path, own]) => [path, sha256(own)]))

/** What a job that checked that commit out and scanned it leaves. */
async function collected(files: Record<string, string>, commit = COMMIT): Promise<string> {
  const there = bare(files, { clock: { kind: 'system', now: () => now } })
  await collectEvidence(invocation({ command: 'collect', commit, evidence: Object.keys(files) }), there)
  // Files in memory are all of one time; these were made now.
  return there.files.written.get('certify-evidence.json')!.replaceAll(MADE.toISOString(), now.toISOString())
}

const VULNERABLE = sarif([{ rule: 'injection', level: 'error', path: 'src/shop.js', line: 3, message: 'an injection' }])

beforeEach(() => certified(CERTIFIED))

describe('a certificate that holds', () => {
  it('is left alone: nothing is recorded, and it is counted', async () => {
    now = new Date('2026-12-01T00:00:00Z')
    const before = bytes()
    const run = await looked()
    expect(run).toMatchObject({ exit: 0, added: [], shown: { untouched: 1, certificates: [], dryRun: false } })
    expect([bytes(), run.summary]).toEqual([before, expect.stringContaining('1 certificate as before')])
  })

  it('of another name is none of this run', async () => {
    expect((await looked({ name: 'nightly' })).shown.untouched).toBe(0)
  })
})

describe('a vulnerability that became known', () => {
  beforeEach(async () => {
    now = new Date('2026-12-01T00:00:00Z')
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': VULNERABLE }))
  })

  it('is told by a notice beside its evaluation, once', async () => {
    const run = await looked()
    expect([types(run), actions(run), texts(run)]).toEqual([
      ['evaluation', 'notification'],
      ['no_longer_meets'],
      expect.stringContaining('security_score'),
    ])
    now = new Date('2026-12-02T00:00:00Z')
    const before = bytes()
    expect((await looked()).added).toEqual([])
    expect(bytes()).toBe(before)
  })

  it('takes no part in the history of the branch', async () => {
    const { added } = await looked()
    expect((added[0]!.data as EvaluationData).branch).not.toBe('main')
  })

  it('revokes where the policy says so: with revocations.json, and the commit is told', async () => {
    await certified(CERTIFIED.replace('signers:', 'recertify: { on_failure: revoke }, signers:'))
    now = new Date('2026-12-01T00:00:00Z')
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': VULNERABLE }))
    const told: string[] = []
    const run = await looked({}, { tellRevoked: async ({ commit }) => void told.push(commit) })
    expect([types(run), told]).toEqual([['evaluation', 'certificate.revoked'], [COMMIT]])
    expect(run.added[1]!.data).toMatchObject({ reason: 'vulnerability' })
    expect(Buffer.from(jobs.store.files.get('revocations.json')!).toString()).toContain('"vulnerability"')
    expect((await looked()).added).toEqual([])
  })

  it('of another commit is not taken', async () => {
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': VULNERABLE }, OTHER))
    expect(await looked()).toMatchObject({ exit: 0, added: [], shown: { untouched: 1 } })
  })
})

it('a bundle that cannot be read is told and changes nothing', async () => {
  now = new Date('2026-12-01T00:00:00Z')
  const whole = await collected({ 'component/semgrep.sarif': VULNERABLE })
  jobs.files.set('scans/certify-evidence-a.json', whole.slice(0, -40))
  const before = bytes()
  const run = await looked()
  expect(run).toMatchObject({
    exit: 1,
    added: [],
    shown: { untouched: 1, notTaken: [{ path: 'scans/certify-evidence-a.json' }] },
  })
  expect([bytes(), run.summary]).toEqual([before, expect.stringContaining('not taken')])
})

describe('evidence that is too old for the policy', () => {
  const SHORT = CERTIFIED.replace('security_score: {', 'security_score: { max_age: 30d,').replace(
    'certificate: {',
    'certificate: { renewal_notice: 7d,',
  )

  it('lets no renewal end with it: what has to run again is told, and once it has, it is renewed', async () => {
    await certified(SHORT)
    now = new Date('2026-12-18T00:00:00Z')
    const due = await looked()
    expect([types(due), actions(due)]).toEqual([['notification'], ['renewal_due']])
    expect(texts(due)).toMatch(/run again component\/semgrep\.sarif, evidence of security_score/)
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': `${sarif()}\n` }))
    expect(types(await looked())).toEqual(['evaluation', 'certificate.renewed'])
  })

  it('by a policy that became stricter is named, and nothing but it', async () => {
    jobs.policy = SHORT.replace('30d', '5d')
    now = new Date('2026-12-01T00:00:00Z')
    const run = await looked()
    expect([types(run), actions(run)]).toEqual([['notification'], ['evidence_decayed']])
    expect(texts(run)).toMatch(/too old: component\/semgrep\.sarif, evidence of security_score\. Run only that/)
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': `${sarif()}\n` }))
    expect((await looked()).added).toEqual([])
  })
})

describe('renewal', () => {
  const SOON = new Date('2027-05-01T00:00:00Z')

  it('takes the place of the old one on the same approvals, and is not due again', async () => {
    now = SOON
    const run = await looked()
    expect([run.exit, types(run), actions(run)]).toEqual([0, ['certificate.renewed'], ['renewed']])
    const data = run.added[0]!.data as IssuedData
    const old = issuedIn()[0]!
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
    expect(verifyLedger(jobs.store.files).ok).toBe(true)
    const before = bytes()
    now = new Date('2027-05-02T00:00:00Z')
    expect(await looked()).toMatchObject({ added: [], shown: { untouched: 2 } })
    expect(bytes()).toBe(before)
  })

  it('rests on an evaluation of its own where reports are newer, which stands before it', async () => {
    now = SOON
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': `${sarif()}\n` }))
    const run = await looked()
    expect(types(run)).toEqual(['evaluation', 'certificate.renewed'])
    const { certificate } = run.added[1]!.data as IssuedData
    expect(certificate.evaluation).toMatchObject({ seq: run.added[0]!.header.seq, hash: run.added[0]!.hash })
    expect(certificate.ledger).toMatchObject({ seq: run.added[0]!.header.seq, hash: run.added[0]!.hash })
    now = new Date('2027-05-02T00:00:00Z')
    expect((await looked()).added).toEqual([])
  })

  it('is accepted at the door in place of the old one, and its evaluation replays to the same', async () => {
    now = SOON
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': `${sarif()}\n` }))
    const [evaluation, renewal] = (await looked()).added as [LedgerRecord<EvaluationData>, LedgerRecord<IssuedData>]
    now = new Date('2027-05-23T00:00:00Z')
    const door = await verify(invocation({ command: 'verify' }), world())
    expect([door.exit, door.outputs]).toEqual([0, { refusal: '', 'certificate-id': renewal.data.certificate.id }])
    const policy = jobs.store.files.get(objectPath(evaluation.data.policy!.object))!
    expect(replayRecord(evaluation.data, JSON.parse(Buffer.from(policy).toString()), VERSION)).toMatchObject({
      same: true,
      difference: null,
      edited: [],
    })
  })

  it('again, once that one is due: its own signature vouches for it', async () => {
    now = SOON
    await looked()
    now = new Date('2027-10-15T00:00:00Z')
    expect(types(await looked())).toEqual(['certificate.renewed'])
    now = new Date('2028-04-01T00:00:00Z')
    const forged: Signatures = { ...signatures, check: async () => ({ state: 'invalid', message: 'it is forged' }) }
    const run = await looked({}, { signatures: async () => forged })
    expect([types(run), texts(run)]).toEqual([['notification'], expect.stringContaining('it is forged')])
  })

  it.each<[string, () => void, RegExp]>([
    [
      'the gates ask for others',
      () => {
        jobs.policy = CERTIFIED.replace('gate_3: {', 'gate_3: { questions: ["Is it safe?"],')
      },
      /ask for other approvals/,
    ],
    [
      'GitHub no longer has the approval',
      () => {
        jobs.people.said = []
      },
      /GitHub does not confirm/,
    ],
    [
      'the policy renews nothing',
      () => {
        jobs.policy = CERTIFIED.replace('signers:', 'recertify: { renew: false }, signers:')
      },
      /renews nothing/,
    ],
    [
      'it has to be signed and cannot',
      () => {
        jobs.policy = CERTIFIED.replace('signers:', 'attest: always, signers:')
      },
      /cannot be signed/,
    ],
  ])('is told to be due, once, where %s', async (what, change, why) => {
    now = SOON
    change()
    const ports = what.includes('signed') ? { attestor: async () => null } : {}
    const run = await looked({}, ports)
    expect([types(run), texts(run)]).toEqual([['notification'], expect.stringMatching(why)])
    now = new Date('2027-05-03T00:00:00Z')
    expect((await looked({}, ports)).added).toEqual([])
  })

  it('does not come from a vulnerability that was found before, and that nobody looked for since', async () => {
    now = SOON
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/semgrep.sarif': VULNERABLE }))
    expect(actions(await looked())).toEqual(['no_longer_meets', 'renewal_due'])
    jobs.files.delete('scans/certify-evidence-a.json')
    now = new Date('2027-05-03T00:00:00Z')
    expect(types(await looked())).toEqual([])
    jobs.files.set('scans/certify-evidence-b.json', await collected({ 'component/semgrep.sarif': `${sarif()}\n` }))
    expect(types(await looked())).toEqual(['evaluation', 'certificate.renewed'])
  })
})

describe('a certificate with conditions', () => {
  const PROMISE = '{ criterion: end_to_end_validation, owner: anna, due: 2026-12-15 }'
  const OPEN = CERTIFIED.replace(
    'end_to_end_validation: { points: [{ id: buy, tests: "journey buy" }]',
    'end_to_end_validation: { points: [{ id: sell, tests: "journey sell" }]',
  )
    .replace('signers:', `conditional: { enabled: true, conditions: [${PROMISE}] }, signers:`)
    .replace(
      'environment: certify-gate-3 }',
      'environment: certify-gate-3, sign_offs: [{ role: final, environment: certify-gate-3 }] }',
    )
  const SELLS = junit([
    { suite: 'journey buy', name: 'buys' },
    { suite: 'journey sell', name: 'sells' },
  ])

  beforeEach(async () => {
    now = new Date('2026-11-22T13:00:00Z')
    jobs = new GateJobs(OPEN)
    await jobs.evaluated()
    await jobs.recorded()
    await jobs.approved(3, 'anna')
    const { exit, output } = await issue(invocation({ command: 'issue' }), world())
    expect([exit, output]).toEqual([0, expect.stringContaining('is issued')])
    expect(issuedIn()[0]!.conditions.map((one) => one.id)).toEqual(['end_to_end_validation'])
  })

  it('loses one whose criterion holds now, by the evaluation that is recorded of it, once', async () => {
    now = new Date('2026-12-01T00:00:00Z')
    jobs.files.set('scans/certify-evidence-a.json', await collected({ 'system/junit.xml': SELLS }))
    const run = await looked()
    expect([types(run)[0], actions(run)[0]]).toEqual(['evaluation', 'condition_met'])
    const status = () => statusOf(issuedIn()[0]!, historyOf(allRecords()), now)
    expect(status().state).toBe('active')
    expect((await looked()).added).toEqual([])
    now = new Date('2026-12-15T00:00:00Z')
    expect(status().why).not.toMatch(/is not met/)
  })

  it('is told when one is due soon, and when it is overdue, each once', async () => {
    now = new Date('2026-12-01T00:00:00Z')
    expect(actions(await looked())).toEqual(['condition_due'])
    expect((await looked()).added).toEqual([])
    now = new Date('2026-12-15T00:00:00Z')
    expect(actions(await looked())).toEqual(['condition_overdue'])
    expect((await looked()).added).toEqual([])
  })
})

describe('the end', () => {
  it('is told once', async () => {
    now = new Date('2027-06-22T00:00:00Z')
    const run = await looked()
    expect([types(run), actions(run)]).toEqual([['notification'], ['expired']])
    now = new Date('2027-07-01T00:00:00Z')
    expect((await looked()).added).toEqual([])
  })

  it('is not told by a clock that is behind, nor is anything else', async () => {
    now = new Date('2026-11-22T12:00:00Z')
    expect(await looked()).toMatchObject({ added: [], shown: { untouched: 1 } })
  })
})

describe('a policy that asks for what the record does not keep', () => {
  it('is told: nothing is known of the certificate, and it is not counted among the others', async () => {
    jobs.policy = CERTIFIED.replace('component/semgrep.sarif', 'component/other.sarif')
    now = new Date('2026-12-01T00:00:00Z')
    const run = await looked()
    expect([run.exit, actions(run), run.shown.untouched, run.added]).toEqual([1, ['unjudged'], 0, []])
  })
})

describe('200 certificates', () => {
  /** Copies of those that were issued, each with an id of its own. */
  async function multiplied(of: readonly [Certificate, number, Partial<Certificate>][]): Promise<void> {
    const { data } = recordAt(lastSeq(jobs.store)) as LedgerRecord<IssuedData>
    let n = 0
    const drafts = of.flatMap(([certificate, count, change]) =>
      Array.from({ length: count }, () => {
        const id = `CERT-01KB8M4Z7Q9V3T5W2X8Y6R${String(++n).padStart(4, '0')}`
        const own = { ...certificate, id, serial: n + 2, ...change }
        return draft(
          `certificate ${n}`,
          { ...data, certificate: own, digest: sha256(canonical(own)) },
          { type: 'certificate.issued' },
        )
      }),
    )
    await append(jobs.store, drafts, { ...world().ledger.append, clock: { now: () => now } })
  }

  const DUE = { validUntil: '2026-12-20T00:00:00.000Z', renewalDue: '2026-11-25T00:00:00.000Z' }
  const OVER = { validUntil: '2026-11-30T00:00:00.000Z', renewalDue: '2026-11-25T00:00:00.000Z' }

  async function ledgerOfMany(others: number): Promise<void> {
    const first = issuedIn()[0]!
    jobs.subject = { ...jobs.subject, commit: OTHER, run: 1002 }
    jobs.people.run = { ...jobs.people.run!, commit: OTHER }
    jobs.people.at = OTHER
    jobs.people.said = []
    jobs.after = []
    await gone()
    const other = issuedIn()[1]!
    jobs.people.run = { ...jobs.people.run!, commit: COMMIT }
    // The vulnerable ones are those of the other commit: one as it was issued, and two beside it.
    await multiplied([
      [first, 10, DUE],
      [other, 2, {}],
      [first, 2, OVER],
      [first, others, {}],
    ])
    now = new Date('2026-12-01T00:00:00Z')
    jobs.subject = { ...jobs.subject, run: 3003 }
    jobs.files.set('scans/certify-evidence-b.json', await collected({ 'component/semgrep.sarif': VULNERABLE }, OTHER))
  }

  it('are each acted on once by one append; a second run adds no byte', async () => {
    await ledgerOfMany(184)
    const swaps = jobs.store.swaps
    const run = await looked()
    expect(jobs.store.swaps).toBe(swaps + 1)
    const count = (what: string): number => actions(run).filter((one) => one === what).length
    expect([count('no_longer_meets'), count('expired'), count('renewed'), actions(run).length, run.shown.untouched]).toEqual([
      3, 2, 10, 15, 185,
    ])
    const about = run.added.flatMap((one) => (one.header.type === 'notification' ? [(one.data as NoticeData).id] : []))
    expect(new Set(about).size).toBe(5)
    const before = bytes()
    now = new Date('2026-12-02T00:00:00Z')
    expect((await looked()).added).toEqual([])
    expect(bytes()).toBe(before)
  })

  it('are looked at anew where somebody wrote in between, and each is acted on once all the same', async () => {
    await ledgerOfMany(4)
    let others = 2
    jobs.store.before = async () => {
      if (others-- > 0) {
        const { before } = jobs.store
        jobs.store.before = () => {}
        await append(jobs.store, [draft(`other ${others}`, {}, { type: 'notification' })], {
          ...world().ledger.append,
          clock: world().clock,
        })
        jobs.store.before = before
      }
    }
    const run = await looked()
    expect(types(run).filter((type) => type === 'notification')).toHaveLength(2 + 5)
    expect(verifyLedger(jobs.store.files).ok).toBe(true)
    expect((await looked()).added).toEqual([])
  })

  it('a lost answer doubles nothing', async () => {
    await ledgerOfMany(4)
    jobs.store.next.push('deaf')
    const run = await looked()
    const ids = run.added.map((one) => one.header.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect((await looked()).added).toEqual([])
  })
})

describe('who may', () => {
  it.each<[string, Partial<Ports>]>([
    ['a pull request', { subject: { ...new GateJobs().subject, event: 'pull_request', pullRequest: 7 } }],
    ['another branch', { branch: { name: 'feature', isDefault: false } }],
    ['a laptop', { inAction: false }],
  ])('nothing is recorded in a run of %s, and a dry run only says', async (_, change) => {
    now = new Date('2027-06-22T00:00:00Z')
    await expect(looked({}, change)).rejects.toMatchObject({ code: 'not_trusted' })
    const run = await looked({ dryRun: true }, { ...change })
    expect([run.added, actions(run), run.shown.dryRun]).toEqual([[], ['expired'], true])
  })

  it('a clock that was set by hand records nothing', async () => {
    const clock = { kind: 'fixed' as const, now: () => new Date('2030-01-01T00:00:00Z') }
    expect(await looked({}, { clock })).toMatchObject({ added: [], shown: { dryRun: true } })
  })
})

function allRecords(): LedgerRecord[] {
  return Array.from({ length: lastSeq(jobs.store) }, (_, at) => recordAt(at + 1))
}

function issuedIn(): Certificate[] {
  return allRecords()
    .filter((one) => one.header.type === 'certificate.issued')
    .map((one) => (one.data as IssuedData).certificate)
}

it('coverage that falls is no vulnerability', async () => {
  await certified(CERTIFIED.replace('signers:', 'recertify: { on_failure: revoke }, signers:'))
  now = new Date('2026-12-01T00:00:00Z')
  jobs.files.set('scans/certify-evidence-a.json', await collected({ 'component/lcov.info': lcov(50, 100) }))
  expect((await looked()).added.at(-1)!.data).toMatchObject({ reason: 'evidence_invalid' })
})

it('names the commits that are to be scanned again: those whose certificates are in force', async () => {
  const of = async () => (await recertify(invocation({ command: 'recertify', dryRun: true }), world())).outputs?.commits
  expect(await of()).toBe(JSON.stringify([COMMIT]))
  now = new Date('2027-06-22T00:00:00Z')
  expect(await of()).toBe('[]')
})
