// From an approved gate to the door: issued, accepted for what it covers, and refused with a code of its own for everything else.
import { beforeEach, describe, expect, it, jest } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { revoke } from '../../../src/app/certificate/revoke.ts'
import { verify } from '../../../src/app/certificate/verify.ts'
import { evaluate } from '../../../src/app/evaluate.ts'
import type { Invocation } from '../../../src/app/invocation.ts'
import { judge } from '../../../src/app/judge.ts'
import { certificatesBeside } from '../../../src/app/ledger/certificate-badge.ts'
import { judgeableOf, resultDigest, settle } from '../../../src/app/ledger/evaluation.ts'
import { draftOf } from '../../../src/app/ledger/pending.ts'
import type { Attestor, Ports, Reviews, RunFacts, Signatures } from '../../../src/app/ports.ts'
import { headOf, headText, openRecord, sha256 } from '../../../src/certificate/ledger/seal.ts'
import { vsaProblems } from '../../../src/certificate/statement.ts'
import { HEAD_PATH, objectPath, recordPath } from '../../../src/model/ledger.ts'
import { GateJobs, POLICY } from '../../support/gate-jobs.ts'
import { lastSeq } from '../../support/ledger/recorded.ts'
import { COMMIT, invocation } from '../../support/ports.ts'
import { Recertifying } from '../../support/recertifying.ts'

const WORKFLOW = 'acme/certify/.github/workflows/certify-issue.yml'
const SIGNING = `${POLICY}certificate: { signers: [${WORKFLOW}], subjects: [dist/app.tgz], sign_offs: [] }\n`
const OTHER = 'd'.repeat(40)

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
  check: async (bundle) => {
    const { statement, signer } = JSON.parse(bundle) as { statement?: unknown; signer?: typeof SIGNER }
    return signer === undefined ? { state: 'invalid', message: 'it is signed by nobody' } : { state: 'valid', statement, signer }
  },
}

let jobs: GateJobs
let now: Date

beforeEach(async () => {
  now = new Date('2026-11-22T13:00:00Z')
  jobs = new GateJobs(SIGNING)
  jobs.files.set('dist/app.tgz', 'built')
  await jobs.wentLive()
})

function world(change: Partial<Ports> = {}) {
  const clock = { kind: 'system' as const, now: () => now }
  return jobs.world({
    clock,
    defaultBranch: 'main',
    attestor: async () => attestor,
    signatures: async () => signatures,
    ...change,
  })
}

async function issued(change: Partial<Ports> = {}) {
  const made = world(change)
  const ended = await issue(invocation({ command: 'issue' }), made)
  for (const [path, text] of made.files.written) jobs.files.set(path, text)
  return { ...ended, id: ended.outputs!['certificate-id']! }
}

async function door(asked: Partial<Invocation> = {}, change: Partial<Ports> = {}) {
  const { exit, outputs, output } = await verify(invocation({ command: 'verify', ...asked }), world(change))
  return { exit, refusal: outputs!.refusal, output }
}

const accepted = { exit: 0, refusal: '' }
const refused = (refusal: string) => ({ exit: 1, refusal })

describe('issuing', () => {
  it('records the certificate, signs it, and leaves it as files without a name in them', async () => {
    const { exit, id } = await issued()
    expect(exit).toBe(0)
    expect(id).toMatch(/^CERT-[0-9A-Z]{26}$/)
    const texts = ['json', 'md', 'html', 'intoto.json', 'sigstore.json'].map((end) =>
      jobs.files.get(`certify-report/certificate/certificate.${end}`),
    )
    for (const text of texts) {
      expect(text).toBeDefined()
      expect(text).not.toMatch(/\b(?:anna|ben|alice)\b/)
    }
    const record = openRecord(jobs.store.files.get(recordPath(lastSeq(jobs.store)))!)
    expect('value' in record && record.value.header.type).toBe('certificate.issued')
  })

  it('leaves the statement beside it, as it was signed where it was', async () => {
    await issued()
    const [certificate, statement] = ['json', 'intoto.json'].map(
      (end) => jobs.files.get(`certify-report/certificate/certificate.${end}`)!,
    )
    const parsed = JSON.parse(statement!)
    expect(vsaProblems(parsed)).toEqual([])
    expect(parsed.subject[0]).toEqual({ name: 'certificate.json', digest: { sha256: sha256(certificate!) } })
    const signed = Buffer.from('{"as":"signed"}').toString('base64')
    const other: Attestor = {
      ...attestor,
      attest: async () => ({ state: 'signed', bundle: JSON.stringify({ dsseEnvelope: { payload: signed } }), url: null }),
    }
    jobs = new GateJobs(SIGNING)
    jobs.files.set('dist/app.tgz', 'built')
    await jobs.wentLive()
    await issued({ attestor: async () => other })
    expect(jobs.files.get('certify-report/certificate/certificate.intoto.json')).toBe('{"as":"signed"}')
  })

  it('tells the step how it ended: status, level, dates and what is next', async () => {
    const { summary } = await issued()
    for (const said of [/is issued/, /Status: active/, /Level: 4/, /until 2027-05-22/, /→ Demand it/])
      expect(summary).toMatch(said)
  })

  it('again gives the same one, and records nothing', async () => {
    const first = await issued()
    const seq = lastSeq(jobs.store)
    expect((await issued()).id).toBe(first.id)
    expect(lastSeq(jobs.store)).toBe(seq)
  })

  it('twice at once gives one certificate: the later of two gives that of the earlier', async () => {
    let first: Awaited<ReturnType<typeof issue>> | null = null
    jobs.store.before = async () => {
      jobs.store.before = () => {}
      const { ledger } = world()
      first = await issue(invocation({ command: 'issue' }), world({ ledger: { ...ledger, newId: () => 'f'.repeat(32) } }))
    }
    const seq = lastSeq(jobs.store)
    const second = await issued()
    expect([second.exit, second.id]).toEqual([0, first!.outputs!['certificate-id']])
    expect(lastSeq(jobs.store)).toBe(seq + 1)
    expect(jobs.files.get('certify-report/certificate/certificate.json')).toContain(second.id)
    expect(await door()).toMatchObject(accepted)
  })

  it('prints no name, also for programs', async () => {
    const asked = invocation({ command: 'issue', json: true })
    const { output } = await issue(asked, world())
    expect(JSON.parse(output)).toMatchObject({ issued: true, certificate: { level: 4 } })
    expect(output).not.toMatch(/\b(?:anna|ben|alice)\b|owners/)
  })

  it('is refused where a gate is not open, and says what is', async () => {
    jobs = new GateJobs(SIGNING)
    jobs.files.set('dist/app.tgz', 'built')
    await jobs.evaluated()
    await jobs.recorded()
    const { exit, output, outputs } = await issue(invocation({ command: 'issue' }), world())
    expect([exit, outputs!['certificate-id']]).toEqual([1, ''])
    expect(output).toMatch(/No certificate has been issued/)
  })

  it('is refused once the policy has changed', async () => {
    jobs.policy = `${SIGNING}timeout: 30\n`
    const { exit, output } = await issue(invocation({ command: 'issue' }), world())
    expect([exit, output]).toEqual([1, expect.stringMatching(/policy has changed/)])
  })

  it('is refused where GitHub no longer has the approval', async () => {
    jobs.people.said = []
    const { exit, output } = await issue(invocation({ command: 'issue' }), world())
    expect([exit, output]).toEqual([1, expect.stringMatching(/GitHub does not confirm the approval of gate/)])
  })

  describe('of files that were built in a run', () => {
    const BUILD = 77
    const facts = jest.fn<Reviews['runFacts']>()
    const built = (change: Partial<RunFacts> | null, files = SIGNING) => {
      const { people } = jobs
      const own = people.run!
      facts.mockReset()
      facts.mockImplementation(async (run) => (run !== BUILD ? own : change && { ...own, ...change }))
      people.runFacts = facts
      jobs.policy = files
      return issue(invocation({ command: 'issue' }), world({ artifactRun: BUILD }))
    }

    it.each<[string, Partial<RunFacts> | null, RegExp]>([
      ['of another commit', { commit: OTHER }, /another build: run 77 is not one of commit aaaa/],
      ['of another branch', { branch: 'feature' }, /run 77 is one of feature/],
      ['of a pull request', { event: 'pull_request' }, /run 77 is one of a pull request/],
      ['that GitHub does not know', null, /run 77 is not one of commit/],
    ])('%s, it is refused', async (_, change, why) => {
      const { exit, output } = await built(change)
      expect([exit, output.replace(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(why)])
    })

    it('of that commit, it is issued', async () => {
      expect(await built({})).toMatchObject({ exit: 0 })
      expect(facts).toHaveBeenCalledWith(BUILD)
    })

    it('where none is named, this very run has to be one of that commit', async () => {
      const { people } = jobs
      const own = people.run!
      people.runFacts = async (run) => (run === 5 ? { ...own, commit: OTHER } : own)
      const ask = invocation({ command: 'issue', commit: COMMIT })
      const subject = { ...jobs.subject, commit: OTHER, run: 5 }
      const { exit, output } = await issue(ask, world({ subject }))
      expect([exit, output.replace(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(/run 5 is not one of commit.*run-id/)])
      expect(await issue(ask, world({ subject, artifactRun: 1001 }))).toMatchObject({ exit: 0 })
    })

    it('no run is asked of where an image is certified, or the commit alone', async () => {
      for (const named of ['[]', `["oci://acme/shop@sha256:${'1'.repeat(64)}"]`]) {
        jobs = new GateJobs(SIGNING.replace('[dist/app.tgz]', named))
        await jobs.wentLive()
        expect(await built(null, jobs.policy)).toMatchObject({ exit: 0 })
        expect(facts).not.toHaveBeenCalledWith(BUILD)
      }
    })
  })

  it.each<[string, Partial<Ports>]>([
    ['a pull request', { subject: { ...new GateJobs().subject, event: 'pull_request', pullRequest: 7 } }],
    ['another branch', { branch: { name: 'feature', isDefault: false } }],
  ])('is refused in a run of %s', async (_, change) => {
    await expect(issue(invocation({ command: 'issue' }), world(change))).rejects.toMatchObject({ code: 'not_trusted' })
  })

  it('records nothing where the policy asks for a signature that cannot be had', async () => {
    jobs = new GateJobs(SIGNING.replace('signers:', 'attest: always, signers:'))
    jobs.files.set('dist/app.tgz', 'built')
    await jobs.wentLive()
    const seq = lastSeq(jobs.store)
    await expect(issue(invocation({ command: 'issue' }), world({ attestor: async () => null }))).rejects.toMatchObject({
      code: 'not_signed',
    })
    expect(lastSeq(jobs.store)).toBe(seq)
  })
})

describe('the branch’s certificate, for whoever only looks', () => {
  const badge = (): string => String(jobs.store.files.get('badges/main_certificate.json'))
  const shown = async () => {
    const { result } = await evaluate(invocation({ level: '4' }), world())
    return result.certificate
  }
  const revoked = (id: string) => revoke(invocation({ command: 'revoke', certificate: id, reason: 'rollback' }), world())

  it('is none before it is issued: a grey badge, and nothing beside the verdict', async () => {
    expect(badge()).toMatch(/"message":"none","color":"lightgrey"/)
    expect(await shown()).toBeNull()
  })

  it('is green and beside the verdict once it is issued, and red in both once it is revoked', async () => {
    const { id } = await issued()
    expect(badge()).toMatch(/"level 4 · until 2027-05-22","color":"brightgreen"/)
    expect(await shown()).toMatchObject({ branch: 'main', state: 'active', id, commit: COMMIT, level: 4, covers: true })
    await revoked(id)
    expect(badge()).toMatch(/"revoked 2026-11-22","color":"red"/)
    expect(await shown()).toMatchObject({ state: 'revoked', id })
  })

  it('is not of another commit, and says so', async () => {
    await issued()
    jobs.subject = { ...jobs.subject, commit: OTHER }
    expect(await shown()).toMatchObject({ state: 'active', covers: false })
  })

  it('is not known where its file was tampered with', async () => {
    await issued()
    const good = String(jobs.store.files.get('certificates/main.json'))
    for (const bad of ['{"schema":"certify/certificate-last/v1"}', good.replace(/"seq":\d+,"unread"/, '"seq":9999,"unread"')]) {
      expect(bad).not.toBe(good)
      jobs.store.files.set('certificates/main.json', Buffer.from(bad))
      expect(await shown()).toMatchObject({ state: 'unknown', id: null, covers: false })
    }
  })

  it('turns red with the next record once its time is over', async () => {
    await issued()
    now = new Date('2027-05-22T13:00:00Z')
    expect(await shown()).toMatchObject({ state: 'expired' })
    const { recorded } = await evaluate(invocation({ level: '4' }), world())
    const draft = { ...draftOf('evaluation', recorded.data, world()), id: '9'.repeat(32) }
    const extras = certificatesBeside([draft])
    const stood = extras.paths.map((path) => jobs.store.files.get(path) ?? null)
    expect(extras.write(stood, { at: now, seq: 99 }).get('badges/main_certificate.json')).toMatch(
      /"expired 2027-05-22","color":"red"/,
    )
  })

  it('is judged again as it was recorded', async () => {
    await issued()
    const { result, recorded } = await evaluate(invocation({ level: '4' }), world())
    const { data } = recorded
    const policy = JSON.parse([...recorded.objects.values()][0]!)
    const again = judge(judgeableOf(data, data.facts!, policy), settle(data.facts!)).result
    expect(again.certificate).toEqual(result.certificate)
    expect(resultDigest(again)).toBe(data.result)
  })
})

describe('the door', () => {
  let id: string
  beforeEach(async () => {
    id = (await issued()).id
  })

  it('accepts the commit, its artifact, and the file of the certificate', async () => {
    expect(await door()).toMatchObject(accepted)
    expect(await door({ subjects: ['dist/app.tgz'] })).toMatchObject(accepted)
    expect(await door({ certificate: 'certify-report/certificate/certificate.json' })).toMatchObject(accepted)
  })

  it.each<[string, Partial<Invocation>, string]>([
    ['another commit', { commit: OTHER }, 'NO_CERTIFICATE'],
    [
      'another commit with this certificate',
      { commit: OTHER, certificate: 'certify-report/certificate/certificate.json' },
      'COMMIT_MISMATCH',
    ],
    ['another repository', { repository: 'acme/other' }, 'NO_CERTIFICATE'],
    ['another ref', { ref: 'refs/heads/release' }, 'REF_MISMATCH'],
    ['another use', { name: 'api' }, 'NAME_MISMATCH'],
    ['another policy', { policyDigest: `sha256:${'0'.repeat(64)}` }, 'POLICY_MISMATCH'],
    ['a head that the chain lacks', { expectHead: 'f'.repeat(12) }, 'LEDGER_ROLLED_BACK'],
    ['without the ledger', { ledger: 'off', certificate: 'certify-report/certificate/certificate.json' }, 'REVOCATION_UNCHECKED'],
  ])('refuses %s', async (_, asked, code) => {
    expect(await door(asked)).toMatchObject(refused(code))
  })

  it("says on a laptop that its policy is the work tree's, whether it accepts or refuses", async () => {
    const policyDigest = `sha256:${'0'.repeat(64)}`
    const laptop = { inAction: false }
    expect((await door({ json: true }, laptop)).output).toMatch(
      /work tree, not from the default branch: who may sign.*and the policy/,
    )
    const named = await door({ policyDigest, json: true }, laptop)
    expect(named.exit).toBe(1)
    expect(named.output).toMatch(/work tree, not from the default branch: who may sign/)
    expect(named.output).not.toMatch(/the policy it has to be of/)
    expect((await door({ json: true })).output).not.toMatch(/work tree/)
  })

  it('refuses an artifact that was changed', async () => {
    jobs.files.set('dist/app.tgz', 'built otherwise')
    expect(await door({ commit: COMMIT, subjects: ['dist/app.tgz'] })).toMatchObject(refused('SUBJECT_MISMATCH'))
  })

  it('does not answer of an artifact that cannot be read, and does not skip it', async () => {
    const { files } = world()
    const find = () => {
      const { files: found } = files.find(['dist/app.tgz'], 9)
      return { files: found, unusable: [{ path: 'dist/more.tgz', code: 'unreadable' as const, message: 'it cannot be read' }] }
    }
    const half = Object.assign(Object.create(files) as typeof files, { find })
    const asked = invocation({ command: 'verify', subjects: ['dist/*.tgz'] })
    await expect(verify(asked, { ...world(), files: half })).rejects.toMatchObject({
      code: 'subject_unreadable',
      message: 'dist/more.tgz: it cannot be read',
    })
  })

  it('refuses it once it has ended', async () => {
    now = new Date('2027-05-22T12:59:59Z')
    expect(await door()).toMatchObject(accepted)
    now = new Date('2027-05-22T13:00:00Z')
    expect(await door()).toMatchObject(refused('EXPIRED'))
  })

  it('refuses it once it is revoked, for good, and tells the commit', async () => {
    const told: string[] = []
    const asked = invocation({ command: 'revoke', certificate: id, reason: 'vulnerability: CVE-2026-1' })
    const tellRevoked = async ({ commit }: { commit: string }): Promise<void> => void told.push(commit)
    expect(await revoke(asked, world({ tellRevoked }))).toMatchObject({ exit: 0, outputs: { 'certificate-id': id } })
    const seq = lastSeq(jobs.store)
    expect(await revoke(asked, world({ tellRevoked }))).toMatchObject({ exit: 0, output: expect.stringMatching(/already/) })
    expect([lastSeq(jobs.store), told]).toEqual([seq, [COMMIT, COMMIT]])
    const again = world({ tellRevoked })
    expect((await revoke(asked, again)).summary).toMatch(/✗ CERT-\S+ was revoked already/)
    expect(again.files.written.get('certify-report/certificate/certificate.html')).toMatch(/class="bad"[\s\S]*not in force since/)
    expect(await door()).toMatchObject(refused('REVOKED'))
    const listed = new TextDecoder().decode(jobs.store.files.get('revocations.json'))
    expect(listed).toContain(id)
    expect(listed).not.toContain('CVE-2026-1')
    expect(await issued()).toMatchObject({ exit: 1, id: '', output: expect.stringMatching(/was revoked: evaluate/) })
  })

  it.each([[''], ['tired of it'], ['vulnerable: x']])('does not revoke for %j', async (reason) => {
    await expect(revoke(invocation({ command: 'revoke', certificate: id, reason }), world())).rejects.toMatchObject({
      code: 'usage',
    })
  })

  it('refuses a ledger that was rolled back behind it', async () => {
    const whole = new Map(jobs.store.files)
    const seq = lastSeq(jobs.store)
    for (const at of [seq, seq - 1]) jobs.store.files.delete(recordPath(at))
    const record = openRecord(whole.get(recordPath(seq - 2))!)
    if (!('value' in record)) throw new Error('the record cannot be read')
    jobs.store.files.set(HEAD_PATH, Buffer.from(headText(headOf(record.value))))
    for (const path of [...jobs.store.files.keys()])
      if (path.startsWith('objects/') && path !== keptPolicy(whole)) jobs.store.files.delete(path)
    expect(await door({ certificate: 'certify-report/certificate/certificate.json' })).toMatchObject(
      refused('LEDGER_ROLLED_BACK'),
    )
  })

  it('refuses, and does not end without an answer, where the policy of the evaluation is gone from the ledger', async () => {
    jobs.store.files.delete(keptPolicy(jobs.store.files))
    expect(await door()).toMatchObject(refused('LEDGER_BROKEN'))
  })

  it('refuses a chain that lacks it, one that does not verify, and a changed byte of it', async () => {
    const file = jobs.files.get('certify-report/certificate/certificate.json')!
    jobs.files.set('changed.json', file.replace('"level":4', '"level":3'))
    expect(await door({ certificate: 'changed.json' })).toMatchObject(refused('CERTIFICATE_ALTERED'))
    const path = recordPath(lastSeq(jobs.store))
    const bytes = Buffer.from(jobs.store.files.get(path)!)
    jobs.store.files.set(path, Buffer.from(bytes.toString().replace('"level":4', '"level":3')))
    expect(await door({ certificate: 'certify-report/certificate/certificate.json' })).toMatchObject(refused('LEDGER_BROKEN'))
  })

  it('refuses a signature that is forged, missing, or of somebody else', async () => {
    const forged: Signatures = { ...signatures, check: async () => ({ state: 'invalid', message: 'it does not match' }) }
    expect(await door({}, { signatures: async () => forged })).toMatchObject(refused('SIGNATURE_INVALID'))
    const foreign: Signatures = {
      ...signatures,
      check: async (bundle) => {
        const { statement } = JSON.parse(bundle) as { statement: unknown }
        return {
          state: 'valid',
          statement,
          signer: { ...SIGNER, identity: 'https://github.com/evil/x/.github/workflows/certify-issue.yml@refs/heads/main' },
        }
      },
    }
    expect(await door({}, { signatures: async () => foreign })).toMatchObject(refused('SIGNER_MISMATCH'))
    for (const path of jobs.store.files.keys())
      if (path.startsWith('objects/') && path !== keptPolicy(jobs.store.files)) jobs.store.files.set(path, Buffer.from('{}'))
    expect((await door()).exit).toBe(1)
  })
})

describe('of several certificates', () => {
  const policy = { source: 'other.yml@main', digest: `sha256:${'1'.repeat(64)}` }

  it.each([
    ['of another use', { name: 'nightly' }],
    ['under another policy', { policy }],
    ['of another use, under another policy', { name: 'nightly', policy }],
  ])('a newer one %s does not hide the one that is asked for', async (_, change) => {
    const one = await Recertifying.certified()
    const { certificate } = one.issued[0]!
    await one.copies([[certificate, 1, change]])
    expect(await one.door()).toMatchObject({ ...accepted, id: certificate.id })
  })

  it('the beginning of a commit names none where several begin so, whichever is the newer', async () => {
    const one = await Recertifying.certified()
    const { certificate } = one.issued[0]!
    await one.copies([[certificate, 1, { commit: `${COMMIT.slice(0, 12)}${'0'.repeat(28)}` }]])
    await expect(one.door({ commit: COMMIT.slice(0, 12) })).rejects.toMatchObject({ code: 'usage', hint: 'give the whole hash' })
    expect(await one.door({ commit: COMMIT.slice(0, 13) })).toMatchObject({ ...accepted, id: certificate.id })
    expect(await one.door({ commit: COMMIT })).toMatchObject({ ...accepted, id: certificate.id })
  })
})

describe('an unsigned certificate', () => {
  it("is refused without the policy's leave", async () => {
    await issued({ attestor: async () => null })
    expect(await door()).toMatchObject(refused('UNSIGNED'))
  })

  it('is accepted with it, as long as GitHub still confirms the approvals', async () => {
    jobs.policy = SIGNING
    const lenient = new GateJobs(SIGNING.replace('signers:', 'door: { allow_unsigned: true }, signers:'))
    lenient.files.set('dist/app.tgz', 'built')
    jobs = lenient
    await jobs.wentLive()
    await issued({ attestor: async () => null })
    expect(await door()).toMatchObject(accepted)
    jobs.people.said = []
    expect(await door()).toMatchObject(refused('APPROVAL_UNCONFIRMED'))
    expect(await door({}, { reviews: null })).toMatchObject(refused('APPROVAL_UNCONFIRMED'))
  })
})

function keptPolicy(files: ReadonlyMap<string, Uint8Array>): string {
  const record = [...files.keys()].filter((path) => path.startsWith('records/')).map((path) => openRecord(files.get(path)!))
  for (const one of record) {
    const data = 'value' in one ? (one.value.data as { policy?: { object?: string } }) : {}
    if (data.policy?.object !== undefined) return objectPath(data.policy.object)
  }
  throw new Error('no record names a policy')
}
