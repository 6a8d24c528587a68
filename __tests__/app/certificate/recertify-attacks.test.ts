// How a renewal could come out of nothing: a forged record, a scan that is missing, empty, old or of something else, a policy or a clock.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import type { Attestor, Ports, Signatures } from '../../../src/app/ports.ts'
import { simulate } from '../../../src/app/simulate.ts'
import { recordId } from '../../../src/certificate/recertify.ts'
import type { Certificate, IssuedData } from '../../../src/model/certificate.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { COMMIT, invocation } from '../../support/ports.ts'
import { lcov, sarif } from '../../support/ready-repository.ts'
import {
  actions,
  attestor,
  CERTIFIED,
  OTHER,
  Recertifying,
  SARIF,
  SELLS,
  SIGNER,
  signatures,
  texts,
  types,
  VULNERABLE,
  WORKFLOW,
} from '../../support/recertifying.ts'

const SOON = '2027-05-01T00:00:00Z'
const LATER = '2027-05-03T00:00:00Z'
const LENIENT = CERTIFIED.replace('signers:', 'attest: never, door: { allow_unsigned: true }, signers:')
const unsigned: Partial<Ports> = { attestor: async () => null }

let one: Recertifying
beforeEach(async () => {
  one = await Recertifying.certified()
})

/** It is due, is told so with that reason, and nothing takes its place. */
async function expectNotRenewed(why: RegExp, change: Partial<Ports> = {}): Promise<void> {
  const run = await one.looked({}, change)
  expect([types(run).includes('certificate.renewed'), actions(run).includes('renewal_due')]).toEqual([false, true])
  expect(texts(run)).toMatch(why)
}

const soon = (): Recertifying => one.at(SOON)
const due: Partial<Certificate> = { validUntil: '2027-05-20T00:00:00.000Z', renewalDue: '2027-04-20T00:00:00.000Z' }
const malicious = [{ name: 'dist/app.tgz', digest: { sha256: 'e'.repeat(64) } }]

describe('a record that somebody wrote into the ledger', () => {
  /** The ledger has another certificate of the same evaluation, for files that nobody built. */
  async function forged(signed: boolean): Promise<void> {
    await one.copies([[one.issued[0]!.certificate, 1, { ...due, subjects: malicious }]], signed)
    one.at('2027-04-21T00:00:00Z')
  }

  it('without a signature is not renewed with one', async () => {
    await forged(false)
    await expectNotRenewed(/not signed, and the policy gives no leave/)
  })

  it('without a signature gets none either where the policy gives leave for that', async () => {
    one = await Recertifying.certified(CERTIFIED.replace('signers:', 'door: { allow_unsigned: true }, signers:'))
    await forged(false)
    const run = await one.looked()
    expect(types(run)).toEqual(['certificate.renewed'])
    expect((run.added[0]!.data as IssuedData).signing).toMatchObject({ state: 'unsigned' })
  })

  it('with the signature of another certificate is not renewed', async () => {
    const { certificate, signing } = one.issued[0]!
    const { draft: own } = one.recordOf({ ...certificate, ...due, subjects: malicious, id: 'CERT-01KB8M4Z7Q9V3T5W2X8Y6R0001' })
    await one.write([{ ...own, data: { ...(own.data as IssuedData), signing } }])
    one.at('2027-04-21T00:00:00Z')
    await expectNotRenewed(/signature is not this certificate's/)
  })

  it.each<[string, Partial<typeof SIGNER>, RegExp]>([
    [
      'another workflow',
      { identity: 'https://github.com/acme/shop/.github/workflows/own.yml@refs/heads/main' },
      /whom the policy/,
    ],
    ['another repository', { sourceRepository: 'https://github.com/acme/other' }, /signed for acme\/other/],
    ['another branch', { sourceRef: 'refs/heads/feature' }, /a run of refs\/heads\/feature/],
  ])('with the signature of %s is not renewed', async (_, change, why) => {
    await forged(true)
    const check: Signatures['check'] = async (bundle) => ({
      state: 'valid',
      ...(JSON.parse(bundle) as { statement: unknown }),
      signer: { ...SIGNER, ...change },
    })
    await expectNotRenewed(why, { signatures: async () => ({ ...signatures, check }) })
  })

  it('whose signature nobody can check here is not renewed', async () => {
    soon()
    const check: Signatures['check'] = async () => ({ state: 'unchecked', message: 'there is no root to trust' })
    await expectNotRenewed(/could not be checked/, { signatures: async () => ({ ...signatures, check }) })
  })

  it('under the id of what would be recorded stops the run, and nothing of it is recorded', async () => {
    const { id, renewalDue } = one.issued[0]!.certificate
    await one.write([{ ...draft('taken', {}, { type: 'notification' }), id: recordId(id, 'renewed', renewalDue) }])
    soon()
    const before = one.bytes
    await expect(one.looked()).rejects.toMatchObject({ code: 'record_taken' })
    expect(one.bytes).toBe(before)
  })
})

describe('a certificate that is not signed', () => {
  beforeEach(async () => {
    one = await Recertifying.certified(LENIENT, unsigned)
    soon()
  })

  it('is renewed by leave of the policy, on the same evaluation, and the door takes it on what GitHub confirms', async () => {
    expect(types(await one.looked({}, unsigned))).toEqual(['certificate.renewed'])
    one.at('2027-05-23T00:00:00Z')
    const { certificate } = one.issued[1]!
    expect(await one.door({}, unsigned)).toEqual({ exit: 0, refusal: '', id: certificate.id })
    one.at('2027-10-15T00:00:00Z')
    expect(types(await one.looked({}, unsigned))).toEqual(['certificate.renewed'])
    one.jobs.people.said = []
    expect(await one.door({}, unsigned)).toMatchObject({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
  })

  it('is not renewed without that leave', async () => {
    one.jobs.policy = LENIENT.replace('allow_unsigned: true', 'allow_unsigned: false')
    await expectNotRenewed(/gives no leave/, unsigned)
  })

  it('is not renewed on newer reports, nor under another policy: nothing would vouch for them', async () => {
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    await expectNotRenewed(/nothing else would vouch/, unsigned)
    one.unscanned()
    one = await Recertifying.certified(LENIENT, unsigned)
    one.jobs.policy = `${LENIENT}timeout: 30\n`
    soon()
    await expectNotRenewed(/nothing else would vouch/, unsigned)
  })

  it('still passes the door once its commit was judged again', async () => {
    one.jobs.policy = LENIENT
    await one.scanned({ [SARIF]: VULNERABLE })
    expect(types(await one.looked({}, unsigned))).toContain('evaluation')
    expect(await one.door({}, unsigned)).toMatchObject({ exit: 0, refusal: '' })
  })
})

describe('a certificate that is signed', () => {
  beforeEach(() => void soon())

  it('is not renewed without a signature: the door would be shut to both', async () => {
    await expectNotRenewed(/cannot be signed/, unsigned)
    expect(await one.door()).toMatchObject({ exit: 0, id: one.issued[0]!.certificate.id })
  })

  it('is renewed without one by leave of the policy, but not on newer reports', async () => {
    one.jobs.policy = CERTIFIED.replace('signers:', 'door: { allow_unsigned: true }, signers:')
    // That is another policy than it was evaluated by.
    await expectNotRenewed(/cannot be signed/, unsigned)
    one = await Recertifying.certified(one.jobs.policy)
    soon()
    expect(types(await one.looked({}, unsigned))).toEqual(['certificate.renewed'])
    one.at('2027-05-23T00:00:00Z')
    expect(await one.door({}, unsigned)).toMatchObject({ exit: 0, id: one.issued[1]!.certificate.id })
  })

  it('is not renewed by a workflow whose signature the door would not know, which signs nothing then', async () => {
    let signed = 0
    const own: Attestor = {
      workflow: async () => 'acme/certify/.github/workflows/certify-recertify.yml@refs/tags/v1',
      attest: (statement) => {
        signed += 1
        return attestor.attest(statement)
      },
    }
    await expectNotRenewed(/certify-recertify\.yml would sign it, which certificate\.signers does not name/, {
      attestor: async () => own,
    })
    expect(signed).toBe(0)
  })

  it('is not signed in a dry run, which says that it would be renewed', async () => {
    const attest = () => Promise.reject(new Error('this was signed'))
    const run = await one.looked({ dryRun: true }, { attestor: async () => ({ ...attestor, attest }) })
    expect([actions(run), run.added]).toEqual([['renewed'], []])
    expect(actions(await one.looked({ dryRun: true }, { ...unsigned, inAction: true }))).toEqual(['renewed'])
  })

  it('is renewed by the released workflow where the policy names nobody, and the door knows both workflows', async () => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/certify' }
    one = await Recertifying.certified(CERTIFIED.replace(`signers: [${WORKFLOW}]`, ''), { env })
    soon()
    const name = WORKFLOW.replace('issue', 'recertify')
    const signer = { ...SIGNER, identity: `https://github.com/${name}@refs/tags/v1` }
    const own: Attestor = {
      workflow: async () => `${name}@refs/tags/v1`,
      attest: async (statement) => ({ state: 'signed', bundle: JSON.stringify({ statement, signer }), url: null }),
    }
    expect(await one.door({}, { env })).toMatchObject({ exit: 0 })
    expect(types(await one.looked({}, { env, attestor: async () => own }))).toEqual(['certificate.renewed'])
    expect(await one.door({}, { env })).toMatchObject({ exit: 0, id: one.issued[1]!.certificate.id })
  })

  it('is not renewed where GitHub cannot be asked of its approvals', async () => {
    await expectNotRenewed(/GitHub does not confirm anything: it cannot be asked/, { reviews: null })
  })
})

describe('a vulnerability that was found', () => {
  beforeEach(async () => {
    one.at(SOON)
    await one.scanned({ [SARIF]: VULNERABLE })
    expect(actions(await one.looked())).toEqual(['no_longer_meets', 'renewal_due'])
    one.unscanned()
    one.at(LATER)
  })

  it.each<[string, () => Promise<void>]>([
    ['nobody scans', async () => {}],
    ['another kind of report comes', () => one.scanned({ 'component/lcov.info': lcov(100, 100) })],
    ['another scanner finds nothing', () => one.scanned({ 'other/trivy.sarif': sarif() })],
    [
      'the scan is of before',
      async () => {
        one.at('2027-04-30T00:00:00Z')
        await one.scanned({ [SARIF]: `${sarif()}\n` })
        one.at(LATER)
      },
    ],
  ])('is not forgotten where %s', async (_, then) => {
    await then()
    const run = await one.looked()
    expect(types(run)).not.toContain('certificate.renewed')
    one.at('2027-05-04T00:00:00Z')
    await then()
    one.jobs.policy = CERTIFIED.replace('signers:', 'renewal_notice: 40d, signers:')
    expect(types(await one.looked())).not.toContain('certificate.renewed')
  })

  it('is forgotten once the same scan finds nothing any more', async () => {
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    expect(types(await one.looked())).toEqual(['evaluation', 'certificate.renewed'])
  })
})

describe('a report that was made before the evaluation', () => {
  it('closes no condition, and is told', async () => {
    one = await Recertifying.conditional()
    one.at('2026-11-20T00:00:00Z')
    await one.scanned({ 'system/junit.xml': SELLS })
    one.at('2026-12-01T00:00:00Z')
    const run = await one.looked()
    expect([actions(run), run.exit]).toEqual([['condition_due'], 1])
    expect(run.shown.notTaken).toEqual([{ path: 'system/junit.xml', message: expect.stringContaining('made before') }])
  })

  it('is not told where it is the own one of that evaluation: a run that comes twice says nothing more', async () => {
    soon()
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    expect(types(await one.looked())).toEqual(['evaluation', 'certificate.renewed'])
    one.at(LATER)
    expect(await one.looked()).toMatchObject({ exit: 0, added: [], shown: { notTaken: [], untouched: 2 } })
  })
})

it('a vulnerability in a second report is not forgotten by a new scan of the first', async () => {
  one = await Recertifying.certified(CERTIFIED.replace('component/semgrep.sarif', '"component/*.sarif"'))
  one.at(SOON)
  await one.scanned({ 'component/trivy.sarif': VULNERABLE })
  expect(actions(await one.looked())).toContain('no_longer_meets')
  one.unscanned()
  one.at(LATER)
  await one.scanned({ [SARIF]: `${sarif()}\n` })
  expect(types(await one.looked())).not.toContain('certificate.renewed')
  await one.scanned({ [SARIF]: `${sarif()}\n`, 'component/trivy.sarif': `${sarif()}\n\n` })
  expect(types(await one.looked())).toEqual(['evaluation', 'certificate.renewed'])
})

describe('a scan that is none', () => {
  // It decays on the fifth of May, and the certificate is due.
  const SHORT = CERTIFIED.replace('security_score: {', 'security_score: { max_age: 30d,').replace(
    'certificate: {',
    'certificate: { renewal_notice: 7d,',
  )
  const json = (change: object): string => JSON.stringify({ ...(JSON.parse(sarif()) as object), ...change })

  beforeEach(async () => {
    one = await Recertifying.certified(SHORT)
    one.at('2026-12-18T00:00:00Z')
  })

  /** What the same scan does where it is one. */
  it('renews where it is one', async () => {
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    expect(types(await one.looked())).toEqual(['evaluation', 'certificate.renewed'])
  })

  const bundle = async (change: (text: string) => string, files = { [SARIF]: `${sarif()}\n` }): Promise<void> => {
    one.jobs.files.set('scans/certify-evidence-a.json', change(await one.collected(files)))
  }

  it.each<[string, () => Promise<void>, RegExp | null]>([
    ['there is none', async () => {}, null],
    ['the bundle is empty', () => bundle((text) => text, { 'nothing.txt': '' } as never), /./],
    ['the report is empty', () => one.scanned({ [SARIF]: '' }), /./],
    ['no tool ran', () => one.scanned({ [SARIF]: json({ runs: [] }) }), /./],
    ['the report is cut off', () => one.scanned({ [SARIF]: sarif().slice(0, -20) }), /./],
    ['the bundle names another commit', () => one.scanned({ [SARIF]: `${sarif()}\n` }, OTHER), /no certificate/],
    ['the bundle names no commit', () => bundle((text) => text.replace(`"commit":"${COMMIT}"`, '"commit":null')), /no commit/],
    [
      'the bundle names the beginning of its commit',
      () => bundle((text) => text.replace(`"commit":"${COMMIT}"`, `"commit":"${COMMIT.slice(0, 12)}"`)),
      /only the beginning/,
    ],
    [
      'the report itself names another commit',
      () =>
        one.scanned({
          [SARIF]: sarif().replace('"results"', `"versionControlProvenance":[{"revisionId":"${OTHER}"}],"results"`),
        }),
      /wrong commit/,
    ],
    [
      'the report is from the future',
      async () => {
        one.at('2027-12-18T00:00:00Z')
        await one.scanned({ [SARIF]: `${sarif()}\n` })
        one.at('2026-12-18T00:00:00Z')
      },
      null,
    ],
    [
      'the report is older than the one that decayed',
      async () => {
        one.at('2026-11-01T00:00:00Z')
        await one.scanned({ [SARIF]: `${sarif()}\n` })
        one.at('2026-12-18T00:00:00Z')
      },
      null,
    ],
    ['the report was committed to git', () => bundle((text) => text.replaceAll('"tracked":false', '"tracked":true')), /./],
    ['the bundle was written by another version', () => bundle((text) => text.replace(/"schema":"[^"]*"/, '"schema":"x"')), /./],
  ])('renews nothing, where %s, and what is there and is not taken is told', async (what, left, why) => {
    await left()
    const run = await one.looked()
    expect([types(run).includes('certificate.renewed'), actions(run)]).toEqual([false, ['renewal_due']])
    const told = run.shown.notTaken.map(({ message }) => message).join()
    if (why !== null) expect([told, run.exit]).toEqual([expect.stringMatching(why), 1])
    // Nor where nothing has decayed: it was looked at, and what came of that is not known.
    one = await Recertifying.certified(CERTIFIED.replace('certificate: {', 'certificate: { renewal_notice: 158d,'))
    one.at('2026-12-18T00:00:00Z')
    await left()
    const asked =
      what === 'there is none' || /names/.test(what) || /another version/.test(what) ? { artifacts: ['recertify-*'] } : {}
    const young = await one.looked(asked)
    expect([types(young).includes('certificate.renewed'), actions(young), young.exit]).toEqual([false, ['renewal_due'], 1])
  })

  it('renews nothing, where the bundle holds nothing at all', async () => {
    await bundle((text) => text.replace(/"files":\[.*?\],"rejected"/s, '"files":[],"rejected"'))
    const run = await one.looked()
    expect(run).toMatchObject({ exit: 1, shown: { notTaken: [{ message: 'holds no report' }] } })
    expect(types(run)).not.toContain('certificate.renewed')
  })

  it('is one where the same bytes came twice', async () => {
    await one.scanned({ [SARIF]: `${sarif()}\n`, 'component/copy.sarif': `${sarif()}\n` })
    const run = await one.looked()
    expect([types(run), run.exit]).toEqual([['evaluation', 'certificate.renewed'], 0])
  })

  it('nor does a bundle that is committed to git', async () => {
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    const run = await one.looked({}, { tracked: ['scans/certify-evidence-a.json'] } as Partial<Ports>)
    expect(run).toMatchObject({ exit: 1, shown: { notTaken: [{ message: expect.stringContaining('committed to git') }] } })
    expect(types(run)).not.toContain('certificate.renewed')
  })
})

it('a job that scanned one commit says nothing of another', async () => {
  soon()
  const of = (commit: string): string => `scans/recertify-${commit}/certify-evidence.json`
  one.jobs.files.set(of(OTHER), await one.collected({ [SARIF]: `${sarif()}\n` }))
  const run = await one.looked({ artifacts: ['recertify-*'] })
  expect([actions(run), run.exit]).toEqual([['renewal_due'], 1])
  expect(run.shown.notTaken[0]).toEqual({ path: of(OTHER), message: expect.stringMatching(/is of a{12}, and lies where b0b1/) })
  one.jobs.files.delete(of(OTHER))
  one.jobs.files.set(of(COMMIT), await one.collected({ [SARIF]: `${sarif()}\n` }))
  expect(types(await one.looked({ artifacts: ['recertify-*'] }))).toEqual(['evaluation', 'certificate.renewed'])
})

describe('a scan that was to come and did not', () => {
  const asked = { artifacts: ['recertify-*'] }

  it('renews nothing, however young the evidence is, and is told; the next night does', async () => {
    soon()
    const run = await one.looked(asked)
    expect([actions(run), run.exit]).toEqual([['renewal_due'], 1])
    expect(run.shown.notTaken).toEqual([{ path: 'commit aaaaaaaaaaaa', message: expect.stringContaining('nothing came of it') }])
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    expect(types(await one.looked(asked))).toEqual(['evaluation', 'certificate.renewed'])
  })

  it('does not look as if it had found nothing, where the certificate is not due', async () => {
    one.at('2026-12-01T00:00:00Z')
    expect(await one.looked(asked)).toMatchObject({ exit: 1, added: [], shown: { notTaken: [{ path: 'commit aaaaaaaaaaaa' }] } })
    expect(await one.looked()).toMatchObject({ exit: 0, added: [], shown: { notTaken: [] } })
  })
})

describe('another policy', () => {
  beforeEach(() => void soon())

  it.each<[string, (text: string) => string, RegExp]>([
    ['is advisory', (text) => `mode: advisory\n${text}`, /advisory/],
    [
      'switches certificates off',
      (text) => text.replace('certificate: {', 'certificate: { enabled: false,'),
      /switches certificates off/,
    ],
    [
      'asks for a role that nobody signed as',
      (text) => text.replace('signers:', 'sign_offs: [{ role: business }], signers:'),
      /Nobody has signed as business/,
    ],
  ])('that %s renews nothing', async (_, change, why) => {
    one.jobs.policy = change(CERTIFIED)
    await expectNotRenewed(why)
  })

  it('that asks for more than was reached is what it is judged by', async () => {
    one.jobs.policy = CERTIFIED.replace('security_score: {', 'security_score: { max_age: 1d,')
    expect(actions(await one.looked())).toEqual(['evidence_decayed', 'renewal_due'])
  })

  it('renews under itself: the door, which asks for it, takes the new one and no longer the old one', async () => {
    one.jobs.policy = CERTIFIED.replace('certificate: {', 'certificate: { validity: P3M,')
    expect(await one.door()).toMatchObject({ exit: 1, refusal: 'POLICY_MISMATCH' })
    const run = await one.looked()
    expect(types(run)).toEqual(['evaluation', 'certificate.renewed'])
    const { certificate } = run.added[1]!.data as IssuedData
    expect(certificate.policy.digest).not.toBe(one.issued[0]!.certificate.policy.digest)
    expect(await one.door()).toEqual({ exit: 0, refusal: '', id: certificate.id })
  })

  it('that cannot be read judges nothing, and is told', async () => {
    one.jobs.policy = 'version: 1\nmetrics: [\n'
    await expect(one.looked()).rejects.toMatchObject({ code: expect.any(String) })
    expect(one.records.filter(({ header }) => header.type === 'certificate.renewed')).toEqual([])
  })
})

describe('a clock', () => {
  it('that is behind what the ledger says renews nothing that may have ended since', async () => {
    one.at('2027-06-22T00:00:00Z')
    expect(actions(await one.looked())).toEqual(['expired'])
    soon()
    await expectNotRenewed(/clock/)
  })

  it('that is ahead says that it ended, once; what it said renews nothing later', async () => {
    one.at('2030-01-01T00:00:00Z')
    expect(actions(await one.looked())).toEqual(['expired'])
    expect((await one.looked()).added).toEqual([])
  })
})

describe('what was judged again', () => {
  it('is no run of its commit: issuing again still gives the certificate of what was approved', async () => {
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ [SARIF]: VULNERABLE })
    expect(types(await one.looked())).toEqual(['evaluation', 'notification'])
    const again = await issue(invocation({ command: 'issue' }), one.world())
    expect([again.exit, again.outputs!['certificate-id']]).toEqual([0, one.issued[0]!.certificate.id])
  })

  it('is no run that another policy is tried on', async () => {
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ [SARIF]: VULNERABLE })
    const runs = async (): Promise<number> => {
      const asked = { command: 'simulate', config: { path: '.github/certification.yml', named: true }, json: true } as const
      return (JSON.parse((await simulate(invocation(asked), one.world())).output) as { runs: number }).runs
    }
    const before = await runs()
    expect(types(await one.looked())).toContain('evaluation')
    expect([before, await runs()]).toEqual([1, 1])
  })

  it('closes a condition, and does not stand in the way of the gate that is still to be approved', async () => {
    one = await Recertifying.conditional()
    one.at('2026-12-01T00:00:00Z')
    await one.scanned({ 'system/junit.xml': SELLS })
    expect(actions(await one.looked())).toContain('condition_met')
    one.jobs.subject = { ...one.jobs.subject, run: 4004 }
    expect(await one.jobs.phase('go-live', 3, { approval: one.approval })).toMatchObject({ exit: 0 })
  })
})
