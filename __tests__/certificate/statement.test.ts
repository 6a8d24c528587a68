// The signed statement: the published rules of verification summaries, and what ours says of a certificate.
import { describe, expect, it } from '@jest/globals'
import { isCertificateId } from '../../src/certificate/shape.ts'
import { statementOf, statementProblem, verifiedLevels, verifierOf, vsaProblems } from '../../src/certificate/statement.ts'
import { certificateId, ulid } from '../../src/certificate/ulid.ts'
import { CERTIFICATE_EXTENSION } from '../../src/model/certificate.ts'
import type { Statement } from '../../src/model/statement.ts'
import { COMMIT, certificate, condition, issuedData, WORKFLOW } from '../support/certificates.ts'

const own = issuedData(certificate({ conditions: [condition('load', '2027-01-01T00:00:00.000Z')] }))
const VERIFIER = verifierOf(`${WORKFLOW}@refs/tags/v1`)
const made = (): Statement => statementOf(own.certificate, own.digest, VERIFIER)

describe('the statement', () => {
  it('keeps the rules, and names file, subjects and commit in this order', () => {
    const statement = made()
    expect(vsaProblems(statement)).toEqual([])
    expect(vsaProblems(JSON.parse(JSON.stringify(statement)))).toEqual([])
    expect(statement.subject).toEqual([
      { name: 'certificate.json', digest: { sha256: own.digest } },
      { name: 'dist/shop.tgz', digest: { sha256: 'a'.repeat(64) } },
      { name: 'git+https://github.com/acme/shop', digest: { gitCommit: COMMIT } },
    ])
    expect(statement.predicate).toMatchObject({
      verifier: { id: `https://github.com/${WORKFLOW}`, version: { certify: '1.0.0' } },
      timeVerified: '2026-11-20T12:00:00.000Z',
      resourceUri: `git+https://github.com/acme/shop@${COMMIT}`,
      policy: { uri: 'git+https://github.com/acme/shop@main#.github/certification.yml', digest: { sha256: '9'.repeat(64) } },
      verificationResult: 'PASSED',
      verifiedLevels: ['CERTIFY_LEVEL_2'],
      slsaVersion: '1.2',
    })
  })

  it('carries our data under one URI, without status, authority or free words', () => {
    const extension = made().predicate[CERTIFICATE_EXTENSION] as Record<string, unknown>
    expect(Object.keys(extension).sort()).toEqual(
      [
        'id',
        'serial',
        'name',
        'certificate',
        'ref',
        'level',
        'levels',
        'gates',
        'conditions',
        'signOffs',
        'excluded',
        'loosened',
        'evidenceDigest',
        'validFrom',
        'validUntil',
        'renewalDue',
        'ledger',
        'supersedes',
      ].sort(),
    )
    expect(extension).toMatchObject({
      levels: { component: 'passed', integration: 'passed_with_warnings' },
      gates: { 1: 'open', 2: 'open' },
      conditions: [{ id: 'load' }],
    })
  })

  it('claims a level by its number only where every one below passed', () => {
    const level = (number: 1 | 2 | 3 | 4, state: 'passed' | 'disabled' | 'not_applicable' | 'failed') => ({
      number,
      id: (['component', 'integration', 'service', 'system'] as const)[number - 1]!,
      name: '',
      state,
      criteria: [],
    })
    expect(
      verifiedLevels({ level: 3, levels: [level(1, 'passed'), level(2, 'passed'), level(3, 'passed'), level(4, 'failed')] }),
    ).toEqual(['CERTIFY_LEVEL_3'])
    expect(verifiedLevels({ level: 3, levels: [level(1, 'passed'), level(2, 'disabled'), level(3, 'passed')] })).toEqual([
      'CERTIFY_COMPONENT',
      'CERTIFY_SERVICE',
    ])
    expect(verifiedLevels({ level: 2, levels: [level(1, 'passed'), level(2, 'not_applicable'), level(3, 'passed')] })).toEqual([
      'CERTIFY_COMPONENT',
    ])
  })

  it('names a policy that was read from no ref by the commit', () => {
    const statement = statementOf(
      certificate({ policy: { source: 'my policy.yml', digest: `sha256:${'9'.repeat(64)}` } }),
      own.digest,
      VERIFIER,
    )
    expect(vsaProblems(statement)).toEqual([])
    expect(statement.predicate).toMatchObject({ policy: { uri: `git+https://github.com/acme/shop@${COMMIT}#my%20policy.yml` } })
  })

  it('is this certificate’s only as a whole, by this verifier', () => {
    expect(statementProblem(made(), own.certificate, own.digest, VERIFIER)).toBeNull()
    expect(statementProblem(made(), own.certificate, '0'.repeat(64), VERIFIER)).toMatch(/something else/)
    expect(statementProblem(made(), { ...own.certificate, level: 1 }, own.digest, VERIFIER)).toMatch(/something else/)
    expect(statementProblem(made(), own.certificate, own.digest, 'https://github.com/x/y')).toMatch(/another verifier/)
    for (const one of [null, 7, 'x', [], {}, { predicate: null }])
      expect(statementProblem(one, own.certificate, own.digest, VERIFIER)).toMatch(/no verification summary/)
  })
})

describe('the rules of a verification summary', () => {
  const edit = (change: (statement: Statement & { predicate: Record<string, unknown> }) => void): string[] => {
    const statement = structuredClone(made())
    change(statement)
    return vsaProblems(statement)
  }

  it.each<[string, RegExp, (one: Statement) => unknown]>([
    ['another type', /_type/, (one) => Object.assign(one, { _type: 'https://in-toto.io/Statement/v0.1' })],
    [
      'another predicate type',
      /predicateType/,
      (one) => Object.assign(one, { predicateType: 'https://slsa.dev/verification_summary/v0.2' }),
    ],
    ['no subject', /subject is empty/, (one) => Object.assign(one, { subject: [] })],
    ['a subject without a digest', /subject\[0\]\.digest/, (one) => Object.assign(one.subject[0]!, { digest: {} })],
    [
      'a digest in capitals',
      /subject\[1\]\.digest/,
      (one) => Object.assign(one.subject[1]!, { digest: { sha256: 'A'.repeat(64) } }),
    ],
    ['no predicate', /predicate is no object/, (one) => Object.assign(one, { predicate: [] })],
    ['no verifier', /verifier\.id/, (one) => delete one.predicate.verifier],
    ['a verifier that is no URI', /verifier\.id/, (one) => Object.assign(one.predicate, { verifier: { id: 'certify' } })],
    [
      'a version that is no map',
      /verifier\.version/,
      (one) => Object.assign(one.predicate.verifier as object, { version: '1.0.0' }),
    ],
    ['a time that is none', /timeVerified/, (one) => Object.assign(one.predicate, { timeVerified: '2026-11-20' })],
    ['no resource', /resourceUri/, (one) => delete one.predicate.resourceUri],
    ['no policy', /policy\.uri/, (one) => delete one.predicate.policy],
    [
      'a policy digest with its name',
      /policy\.digest/,
      (one) => Object.assign(one.predicate.policy as object, { digest: { sha256: 'sha256:99' } }),
    ],
    ['no result', /verificationResult/, (one) => delete one.predicate.verificationResult],
    ['another result', /verificationResult/, (one) => Object.assign(one.predicate, { verificationResult: 'passed' })],
    ['no levels', /verifiedLevels is empty/, (one) => Object.assign(one.predicate, { verifiedLevels: [] })],
    [
      'a level of SLSA',
      /verifiedLevels names "SLSA_BUILD_LEVEL_3"/,
      (one) => Object.assign(one.predicate, { verifiedLevels: ['SLSA_BUILD_LEVEL_3'] }),
    ],
    ['a level that is no text', /verifiedLevels names 3/, (one) => Object.assign(one.predicate, { verifiedLevels: [3] })],
    ['levels of what failed', /\["FAILED"\]/, (one) => Object.assign(one.predicate, { verificationResult: 'FAILED' })],
    ['a failure that passed', /names FAILED/, (one) => Object.assign(one.predicate, { verifiedLevels: ['FAILED'] })],
    ['a version of SLSA that is none', /slsaVersion/, (one) => Object.assign(one.predicate, { slsaVersion: 'v1' })],
    ['inputs that are not all listed', /inputAttestations/, (one) => Object.assign(one.predicate, { inputAttestations: [] })],
    ['levels of dependencies', /dependencyLevels/, (one) => Object.assign(one.predicate, { dependencyLevels: {} })],
    [
      'an extension without a URI',
      /"certificate" is not named by a URI/,
      (one) => Object.assign(one.predicate, { certificate: {} }),
    ],
  ])('are broken by %s', (_, problem, change) => {
    expect(edit((one) => void change(one))).toContainEqual(expect.stringMatching(problem))
  })

  it('let through what failed and says so', () => {
    expect(edit((one) => Object.assign(one.predicate, { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] }))).toEqual([])
  })

  it('are not kept by what is no object', () => {
    for (const one of [null, undefined, 7, 'x', []]) expect(vsaProblems(one)).toEqual(['it is no object'])
  })
})

describe('an id', () => {
  it('is the time and ten random bytes, in letters that nobody mixes up', () => {
    const bytes = (value: number) => new Uint8Array(10).fill(value)
    expect(ulid(new Date(0), bytes(0))).toBe('0'.repeat(26))
    expect(ulid(new Date(2 ** 48 - 1), bytes(255))).toBe(`7${'Z'.repeat(25)}`)
    // The example of the ULID specification has this time.
    expect(ulid(new Date(1469918176385), bytes(0)).slice(0, 10)).toBe('01ARYZ6S41')
    const id = certificateId(new Date('2026-11-22T09:00:00Z'), bytes(7))
    expect(isCertificateId(id)).toBe(true)
    expect(id < certificateId(new Date('2026-11-22T09:00:00.001Z'), bytes(0))).toBe(true)
  })

  it('takes no other number of bytes and no time that it cannot hold', () => {
    expect(() => ulid(new Date(0), new Uint8Array(9))).toThrow(RangeError)
    expect(() => ulid(new Date(-1), new Uint8Array(10))).toThrow(RangeError)
    expect(() => ulid(new Date(Number.NaN), new Uint8Array(10))).toThrow(RangeError)
  })
})
