// What somebody who may write the ledger's branch, and may approve nothing, cannot get past the door or out of issue.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { revoke } from '../../../src/app/certificate/revoke.ts'
import { verify } from '../../../src/app/certificate/verify.ts'
import type { Invocation } from '../../../src/app/invocation.ts'
import { append } from '../../../src/app/ledger/append.ts'
import { canonical, openRecord, sealObject, sha256 } from '../../../src/certificate/ledger/seal.ts'
import { CERTIFICATE_ISSUED, type Certificate, type IssuedData } from '../../../src/model/certificate.ts'
import type { ResolvedPolicy } from '../../../src/model/config.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { type Draft, objectPath, recordPath } from '../../../src/model/ledger.ts'
import { GateJobs, POLICY } from '../../support/gate-jobs.ts'
import { lastSeq } from '../../support/ledger/recorded.ts'
import { invocation } from '../../support/ports.ts'

const LENIENT = `${POLICY}certificate: { attest: never, door: { allow_unsigned: true }, subjects: [dist/app.tgz], sign_offs: [] }\n`

/** Levels 1 and 2 alone, whose gates nobody has to approve. */
const UNATTENDED = `${POLICY.replace('target: { push: 4 }', 'target: { push: 2, release: 2 }')
  .replace('level_3:\n', 'level_3:\n    enabled: false\n')
  .replace('level_4: {', 'level_4: { enabled: false,')
  .replaceAll(
    'environment: certify-gate-',
    'enabled: false, environment: certify-gate-',
  )}certificate: { attest: never, door: { allow_unsigned: true }, sign_offs: [] }
`

let jobs: GateJobs

beforeEach(() => {
  jobs = new GateJobs(LENIENT)
  jobs.files.set('dist/app.tgz', 'built')
})

function world() {
  return jobs.world({
    clock: { kind: 'system', now: () => new Date('2026-11-22T13:00:00Z') },
    defaultBranch: 'main',
    attestor: async () => null,
    signatures: async () => ({ check: async () => ({ state: 'invalid', message: 'nobody' }) }),
  })
}

async function door(asked: Partial<Invocation> = {}) {
  const { exit, outputs } = await verify(invocation({ command: 'verify', ...asked }), world())
  return { exit, refusal: outputs!.refusal }
}

function lastRecord() {
  const opened = openRecord(jobs.store.files.get(recordPath(lastSeq(jobs.store)))!)
  if (!('value' in opened)) throw new Error('the record cannot be read')
  return opened.value
}

/** A certificate as it was issued, rewritten by hand. */
async function forge(certificate: Certificate): Promise<void> {
  const data: IssuedData = {
    schema: CERTIFICATE_ISSUED,
    certificate,
    digest: sha256(canonical(certificate)),
    signing: { state: 'unsigned', why: 'the policy asks for no signature' },
    owners: {},
    renews: null,
  }
  const draft: Draft = {
    id: 'e'.repeat(32),
    type: 'certificate.issued',
    repo: 'acme/shop',
    actor: 'mallory',
    run: null,
    sha: certificate.commit,
    data,
  }
  const { ledger } = world()
  await append(jobs.store, [draft], { ...ledger.append, clock: world().clock })
}

/** What would be issued, had the gates been approved: of a ledger of its own. */
async function genuine(): Promise<Certificate> {
  const own = jobs
  await jobs.wentLive()
  await issue(invocation({ command: 'issue' }), world())
  const { certificate } = lastRecord().data as IssuedData
  jobs = new GateJobs(LENIENT)
  for (const [path, text] of own.files) if (!path.startsWith('certify-')) jobs.files.set(path, text)
  return certificate
}

async function evaluatedOnly(certificate: Certificate): Promise<Certificate> {
  await jobs.evaluated()
  await jobs.recorded()
  const { header, hash } = lastRecord()
  const place = { ...certificate.ledger, seq: header.seq, hash }
  return { ...certificate, evaluation: { ...certificate.evaluation, seq: header.seq, hash }, ledger: place, supersedes: null }
}

describe('a forged record of an unsigned certificate', () => {
  it('is refused where nobody approved anything', async () => {
    await forge(await evaluatedOnly(await genuine()))
    expect(await door()).toEqual({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
  })

  it('is refused where it names another evaluation than the newest of its commit', async () => {
    const certificate = await genuine()
    await jobs.wentLive()
    const { header, hash } = lastRecord()
    await forge({
      ...certificate,
      evaluation: { ...certificate.evaluation, hash: 'a'.repeat(64) },
      ledger: { ...certificate.ledger, seq: header.seq, hash },
    })
    expect(await door()).toEqual({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
  })

  it('is refused where its gates are open, and its run was one of a pull request', async () => {
    await jobs.wentLive()
    await issue(invocation({ command: 'issue' }), world())
    expect(await door()).toEqual({ exit: 0, refusal: '' })
    jobs.people.run = { ...jobs.people.run!, event: 'pull_request' }
    expect(await door()).toEqual({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
  })

  const SECOND = 'CERT-01KC0000000000000000000001'

  it('is refused where anything in it is not what its approved evaluation gives', async () => {
    const certificate = await genuine()
    await jobs.wentLive()
    const { header, hash } = lastRecord()
    const evaluation = openRecord(jobs.store.files.get(recordPath(certificate.evaluation.seq))!)
    if (!('value' in evaluation)) throw new Error('the record cannot be read')
    const before = new Map(jobs.store.files)
    const own = {
      ...certificate,
      evaluation: { ...certificate.evaluation, hash: evaluation.value.hash },
      ledger: { ...certificate.ledger, seq: header.seq, hash },
    }
    const written = async (change: Partial<Certificate>) => {
      jobs.store.files.clear()
      for (const [path, bytes] of before) jobs.store.files.set(path, bytes)
      await forge({ ...own, ...change })
      return door()
    }
    // What it is forged from would be let through.
    expect(await written({})).toEqual({ exit: 0, refusal: '' })
    const ends: Partial<Certificate>[] = [
      { validUntil: '2099-01-01T00:00:00.000Z' },
      { renewalDue: '2026-12-01T00:00:00.000Z' },
      { expiresBecause: 'evidence' },
      { excluded: ['finding x'] },
      { statement: 'Everything is fine.' },
      { signOffs: [] },
      { domains: [] },
    ]
    for (const change of ends)
      expect([change, await written(change)]).toEqual([change, { exit: 1, refusal: 'APPROVAL_UNCONFIRMED' }])
  })

  it('vouches for no artifact, whichever it names', async () => {
    await jobs.wentLive()
    await issue(invocation({ command: 'issue' }), world())
    expect(await door()).toEqual({ exit: 0, refusal: '' })
    expect(await door({ commit: jobs.subject.commit!, subjects: ['dist/app.tgz'] })).toEqual({
      exit: 1,
      refusal: 'SUBJECT_MISMATCH',
    })
  })

  it('under an id of its own undoes no revocation, and lengthens nothing', async () => {
    await jobs.wentLive()
    await issue(invocation({ command: 'issue' }), world())
    const { header, hash, data } = lastRecord()
    const { certificate } = data as IssuedData
    await forge({ ...certificate, id: SECOND, ledger: { ...certificate.ledger, seq: header.seq, hash } })
    expect(await door()).toEqual({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
    await revoke(invocation({ command: 'revoke', certificate: certificate.id, reason: 'vulnerability' }), world())
    const { output } = await verify(invocation({ command: 'verify' }), world())
    expect(output).toMatch(/of the same evaluation, was revoked/)
  })

  it('is refused where nobody had to approve, and its run was not one of that commit', async () => {
    jobs = new GateJobs(UNATTENDED)
    await jobs.evaluated({ level: '2' })
    await jobs.recorded()
    expect((await issue(invocation({ command: 'issue' }), world())).exit).toBe(0)
    expect(await door()).toEqual({ exit: 0, refusal: '' })
    jobs.people.run = { ...jobs.people.run!, commit: 'b'.repeat(40) }
    expect(await door()).toEqual({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
    jobs.people.run = null
    expect(await door()).toEqual({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
  })

  it('is not given again by issue, where its gates are shut', async () => {
    await forge(await evaluatedOnly(await genuine()))
    expect((await issue(invocation({ command: 'issue' }), world())).exit).toBe(1)
  })
})

describe('the beginning of a commit', () => {
  it.each(['', '0', 'aa'])('of no use as a name is refused: %j', async (commit) => {
    await jobs.wentLive()
    await issue(invocation({ command: 'issue' }), world())
    const whole = jobs.subject.commit!
    expect((await door({ commit: whole.slice(0, commit.length) })).exit).toBe(1)
    expect((await door({ commit: whole.slice(0, 12) })).exit).toBe(0)
  })
})

/** The last evaluation once more, with that instead of the policy beside it, under the digest of the true one. */
async function recordedWith(change: (known: ResolvedPolicy) => ResolvedPolicy): Promise<void> {
  const truly = lastRecord().data as EvaluationData
  const known = JSON.parse(new TextDecoder().decode(jobs.store.files.get(objectPath(truly.policy!.object))!)) as ResolvedPolicy
  const forged = sealObject(change(known))
  const data = { ...truly, policy: { ...truly.policy!, object: forged.sha256 } }
  const { ledger } = world()
  await append(jobs.store, [{ ...lastRecord().header, id: 'f'.repeat(32), data }], {
    ...ledger.append,
    clock: world().clock,
    objects: new Map([[forged.path, forged.text]]),
  })
}

it('a recorded evaluation with a weaker policy beside it, under the true digest, gets no certificate', async () => {
  await jobs.evaluated()
  await jobs.recorded()
  const above = <T extends { number: number; enabled: boolean }>(one: T): T => (one.number > 2 ? { ...one, enabled: false } : one)
  await recordedWith((known) => ({
    ...known,
    config: { ...known.config, levels: known.config.levels.map(above), gates: known.config.gates.map(above) },
  }))
  const { exit, outputs } = await issue(invocation({ command: 'issue' }), world())
  expect([exit, outputs!['certificate-id']]).toEqual([1, ''])
})

it('a recorded evaluation beside which nothing is said to be loosened gets a certificate that says what is', async () => {
  jobs = new GateJobs(UNATTENDED)
  await jobs.evaluated({ level: '2' })
  await jobs.recorded()
  await recordedWith((known) => ({ ...known, loosened: [] }))
  const { exit } = await issue(invocation({ command: 'issue' }), world())
  const { certificate } = lastRecord().data as IssuedData
  expect([exit, certificate.loosened]).toEqual([0, expect.arrayContaining([expect.stringContaining('level_3')])])
})
