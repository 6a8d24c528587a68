// What issuing rests on: the time that was judged at, what the ledger already holds, and the branch that it is of.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { revoke } from '../../../src/app/certificate/revoke.ts'
import type { Signatures } from '../../../src/app/ports.ts'
import { canonical, sha256 } from '../../../src/certificate/ledger/seal.ts'
import type { Certificate, IssuedData } from '../../../src/model/certificate.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { invocation } from '../../support/ports.ts'
import { sarif } from '../../support/ready-repository.ts'
import { CERTIFIED, Recertifying, SARIF, SIGNER, signatures, VULNERABLE } from '../../support/recertifying.ts'

async function issued(one: Recertifying, change: Parameters<Recertifying['world']>[0] = {}) {
  const { exit, output, outputs } = await issue(invocation({ command: 'issue' }), one.world(change))
  return { exit, output, id: outputs!['certificate-id'] }
}

describe('what the ledger holds of the evaluation already', () => {
  const RENEWED = '2027-05-01T00:00:00Z'

  async function renewed(): Promise<Recertifying> {
    const one = await Recertifying.certified()
    one.at(RENEWED)
    await one.scanned({ [SARIF]: `${sarif()}\n` })
    await one.looked()
    expect(one.issued).toHaveLength(2)
    return one
  }

  it('is given again while it is in force', async () => {
    const one = await Recertifying.certified()
    const before = one.records.length
    expect(await issued(one)).toMatchObject({ exit: 0, id: one.issued[0]!.certificate.id })
    expect(one.records).toHaveLength(before)
  })

  it.each([
    ['expired', async () => (await Recertifying.certified()).at('2027-05-22T13:00:00Z'), /has expired: evaluate/],
    ['superseded', renewed, /took the place of/],
    [
      'superseded by one that was revoked',
      async () => {
        const one = await renewed()
        const { id } = one.issued[1]!.certificate
        await revoke(invocation({ command: 'revoke', certificate: id, reason: 'vulnerability' }), one.world())
        return one
      },
      /took the place of|was revoked: evaluate/,
    ],
  ])('is not given again, and nothing is issued over it, where it is %s', async (_, made, why) => {
    const one = await made()
    const before = one.bytes
    expect(await issued(one)).toMatchObject({ exit: 1, id: '', output: expect.stringMatching(why) })
    expect(one.bytes).toBe(before)
  })

  it.each<[string, Signatures['check'], RegExp]>([
    ['does not hold', async () => ({ state: 'invalid', message: 'it does not match' }), /not to be trusted: .*does not match/s],
    [
      'is somebody else’s',
      async (bundle) => ({
        state: 'valid',
        ...(JSON.parse(bundle) as { statement: unknown; signer: typeof SIGNER }),
        signer: { ...SIGNER, identity: 'https://github.com/evil/x/.github/workflows/certify-issue.yml@refs/heads/main' },
      }),
      /not to be trusted: .*whom the policy/s,
    ],
  ])('is not given again where its signature %s', async (_, check, why) => {
    const one = await Recertifying.certified()
    const checked = async () => ({ ...signatures, check })
    expect(await issued(one, { signatures: checked })).toMatchObject({ exit: 1, output: expect.stringMatching(why) })
  })

  it('is given again where its signature cannot be checked and its evaluation gives it again, not otherwise', async () => {
    const unchecked = async () => ({ ...signatures, check: async () => ({ state: 'unchecked' as const, message: 'no root' }) })
    const one = await Recertifying.certified()
    expect(await issued(one, { signatures: unchecked })).toMatchObject({ exit: 0, id: one.issued[0]!.certificate.id })
    await one.copies([[one.issued[0]!.certificate, 1, { validUntil: '2099-01-01T00:00:00.000Z' }]])
    expect(await issued(one, { signatures: unchecked })).toMatchObject({
      exit: 1,
      output: expect.stringMatching(/not to be trusted/),
    })
  })

  /** An unsigned record of the certificate that would be issued, written by whoever may write the ledger. */
  async function forged(policy: string, change: Partial<Certificate> = {}): Promise<Recertifying> {
    const made = async () => {
      const one = new Recertifying(policy)
      one.jobs.files.set('dist/app.tgz', 'built')
      await one.jobs.wentLive()
      return one
    }
    const genuine = await made()
    await issued(genuine)
    const { certificate } = genuine.issued[0]!
    const one = await made()
    const last = one.records.at(-1)!
    const ledger = { ...certificate.ledger, seq: last.header.seq, hash: last.hash }
    const own = one.records.find((each) => each.header.type === 'evaluation')!
    const evaluation = { ...certificate.evaluation, seq: own.header.seq, hash: own.hash }
    const whole = { ...certificate, id: 'CERT-01KC0000000000000000000001', ledger, evaluation, ...change }
    const data: IssuedData = {
      ...genuine.issued[0]!,
      certificate: whole,
      digest: sha256(canonical(whole)),
      signing: { state: 'unsigned', why: 'it was so' },
    }
    await one.write([draft('forged', data, { type: 'certificate.issued', sha: whole.commit })])
    return one
  }

  it('counts for nothing where it is not signed and the policy asks for that: the true one is issued', async () => {
    const one = await forged(CERTIFIED.replace('signers:', 'attest: always, signers:'))
    const { exit, id } = await issued(one)
    expect([exit, id, one.issued.length]).toEqual([0, one.issued[1]!.certificate.id, 2])
    expect(one.issued[1]!.certificate.supersedes).toBe(null)
    expect(await one.door()).toMatchObject({ exit: 0, id })
  })

  it('is not given again where it is not signed, and not what its evaluation and files give', async () => {
    const lenient = CERTIFIED.replace('signers:', 'attest: never, subjects: [dist/app.tgz], signers:')
    expect(await issued(await forged(lenient))).toMatchObject({ exit: 0, id: 'CERT-01KC0000000000000000000001' })
    const evil = [{ name: 'dist/app.tgz', digest: { sha256: 'e'.repeat(64) } }]
    for (const change of [{ subjects: evil }, { validUntil: '2099-01-01T00:00:00.000Z' }])
      expect(await issued(await forged(lenient, change))).toMatchObject({
        exit: 1,
        output: expect.stringMatching(/not to be trusted/),
      })
  })
})

describe('the branch', () => {
  async function of(ref: string): Promise<Recertifying> {
    const one = new Recertifying()
    const { jobs } = one
    jobs.subject = { ...jobs.subject, ref: `refs/heads/${ref}` }
    jobs.people.run = { ...jobs.people.run!, branch: ref }
    await jobs.wentLive()
    return one
  }

  it('has to be the default one: the door would take no signature for another', async () => {
    const one = await of('release')
    const before = one.bytes
    await expect(issued(one)).rejects.toMatchObject({
      code: 'not_evaluated',
      message: expect.stringMatching(/no evaluation of a{12} as a run of refs\/heads\/main$/),
    })
    expect(one.bytes).toBe(before)
  })

  it('is not displaced by another that evaluates the commit later', async () => {
    const one = await of('main')
    one.jobs.subject = { ...one.jobs.subject, ref: 'refs/heads/release' }
    await one.jobs.evaluated()
    await one.jobs.recorded()
    expect(await issued(one)).toMatchObject({ exit: 0 })
    expect(one.issued[0]!.certificate).toMatchObject({ ref: 'refs/heads/main', evaluation: { seq: 1 } })
  })
})

describe('what ended between the evaluation and issuing', () => {
  const SUPPRESSED = `${CERTIFIED}suppressions: [{ id: injection, owner: anna, justification: out of reach, expires: 2026-11-25 }]\n`
  const ATTESTED = CERTIFIED.replace(
    'check: "criterion:documentation_completeness"',
    'attested: { by: anna, on: 2026-11-20, evidence: "https://a.example/x", expires: 2026-11-26 }',
  )
  const WAIVED = CERTIFIED.replace(
    'certification_levels:\n',
    `certification_levels:
  level_2:
    validation_criteria:
      external_integration: { not_applicable: { reason: no such system is used here, expires: 2026-11-26 } }
`,
  )

  it.each([
    ['a suppression', SUPPRESSED, VULNERABLE, 'the suppression of injection'],
    ['a word for an item of a checklist', ATTESTED, null, 'the word for "It is described"'],
    ['a waiver', WAIVED, null, 'the waiver of external_integration'],
  ])('gives no certificate: %s', async (_, policy, findings, what) => {
    const at = async (time: string) => {
      const one = new Recertifying(policy)
      if (findings !== null) one.jobs.files.set(SARIF, findings)
      await one.jobs.wentLive()
      return issued(one.at(time))
    }
    expect(await at('2026-11-25T23:59:59Z')).toMatchObject({ exit: 0 })
    const { exit, output } = await at('2026-11-26T00:00:00Z')
    expect([exit, output]).toEqual([1, expect.stringContaining(`ended before it began: ${what} (2026-11-26).`)])
  })
})

it('an unsigned renewal comes out again at the door as of its own day', async () => {
  const one = await Recertifying.certified(
    CERTIFIED.replace('signers:', 'attest: never, door: { allow_unsigned: true }, signers:'),
  )
  one.at('2027-05-01T00:00:00Z')
  await one.looked()
  expect(one.issued).toHaveLength(2)
  expect(await one.door()).toMatchObject({ exit: 0, id: one.issued[1]!.certificate.id })
})

describe('the seed’s own checklist', () => {
  const WORD = '(by @ada, 2026-11-01, evidence: https://wiki.test/ready, until 2027-03-01)'
  const SEED = readFileSync('__tests__/support/production-readiness.md', 'utf8')
  const FILLED = SEED.replace(/^- \[ \] (?!Certification issued|Production deployment authorized)(.*)$/gm, `- [x] $1 ${WORD}`)
  const POLICY = CERTIFIED.replace(/^ {2}readiness:\n(?: {4}.*\n)+/m, '  readiness: { source: READY.md }\n')

  async function ready(text: string): Promise<Recertifying> {
    const one = new Recertifying(POLICY)
    one.jobs.files.set('READY.md', text)
    await one.jobs.evaluated()
    await one.jobs.recorded()
    return one
  }

  it('filled in is 100 %, is issued, and lets the commit through its door', async () => {
    const one = new Recertifying(POLICY)
    one.jobs.files.set('READY.md', FILLED)
    await one.jobs.wentLive()
    expect(await issued(one)).toMatchObject({ exit: 0 })
    const { level, levels, domains, validUntil, expiresBecause } = one.issued[0]!.certificate
    const readiness = levels[3]!.criteria.find((each) => each.id === 'production_readiness')
    expect(readiness).toMatchObject({ outcome: 'pass', value: 100 })
    expect([level, domains.map((each) => each.percent)]).toEqual([4, [100, 100, 100, 100, 100]])
    expect([validUntil, expiresBecause]).toEqual(['2027-03-01T00:00:00.000Z', 'evidence'])
    expect(await one.door()).toMatchObject({ exit: 0 })
  })

  it.each([
    ['as it is given', SEED],
    ['with one item open', FILLED.replace('- [x] **FAQ**', '- [ ] **FAQ**')],
  ])('%s is no certificate, and no gate 4 to approve', async (_, text) => {
    const one = await ready(text)
    const { exit, output } = await issued(one)
    expect([exit, output]).toEqual([1, expect.stringMatching(/No certificate has been issued/)])
    expect(one.issued).toEqual([])
  })
})
