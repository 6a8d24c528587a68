// Signed by the toolkit against a Sigstore of the test's own, kept by GitHub's stand-in, checked by the roots: there and back.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bundleToJSON } from '@sigstore/bundle'
import { CIContextProvider, DSSEBundleBuilder, FulcioSigner, TSAWitness } from '@sigstore/sign'
import { GitHubAttestor } from '../../../src/adapters/sigstore/attest.ts'
import { MAX_BUNDLE } from '../../../src/adapters/sigstore/bundle.ts'
import { noRoots, type Roots, readRoots } from '../../../src/adapters/sigstore/roots.ts'
import { issuerOf, SigstoreSignatures } from '../../../src/adapters/sigstore/signatures.ts'
import type { Statement } from '../../../src/model/statement.ts'
import { runOn, type TestRun } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'
import { IDENTITY, ISSUER, Sigstore } from '../../support/sigstore.ts'

let github: GitHub
let sigstore: Sigstore
let env: Record<string, string>
let run: TestRun

async function start(options: Parameters<typeof GitHub.start>[0] = {}): Promise<void> {
  github = await GitHub.start({ permissions: { attestations: 'write' }, private: false, ...options })
  sigstore = await Sigstore.create()
  env = sigstore.inProcess()
  run = await runOn(github, { pull: null })
}

afterEach(async () => {
  expect(github.violations).toEqual([])
  await sigstore.stop()
  await github.stop()
})

const DIGEST = 'c'.repeat(64)
const STATEMENT: Statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [
    { name: 'certificate.json', digest: { sha256: DIGEST } },
    { name: 'git+https://github.com/acme/shop', digest: { gitCommit: 'a'.repeat(40) } },
  ],
  predicateType: 'https://slsa.dev/verification_summary/v1',
  predicate: { verificationResult: 'PASSED', 'https://example.org/é': { '1': 'ü "\u2028', list: [1, 2.5, null] } },
}

const attestor = (change: Partial<ConstructorParameters<typeof GitHubAttestor>[0]> = {}) =>
  new GitHubAttestor({ ...run, env, ...change })

async function signed(statement = STATEMENT): Promise<{ bundle: string; url: string | null }> {
  const made = await attestor().attest(statement)
  if (made.state !== 'signed') throw new Error(made.why)
  return made
}

function checking(roots: Roots | string = sigstore.roots) {
  const known = typeof roots === 'string' ? readRoots(roots, 'root.jsonl') : roots
  return new SigstoreSignatures({
    roots: () => known,
    serverUrl: 'https://github.com',
  })
}

interface Parts {
  mediaType: string
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string }[] }
  verificationMaterial: {
    certificate: { rawBytes: string }
    tlogEntries?: Record<string, unknown>[]
    timestampVerificationData?: { rfc3161Timestamps: { signedTimestamp: string }[] }
  }
}

const changed = (bundle: string, change: (parts: Parts) => void): string => {
  const parts = JSON.parse(bundle) as Parts
  change(parts)
  return JSON.stringify(parts)
}
const payload = (text: string): string => Buffer.from(text).toString('base64')

describe.each([
  { name: 'a public repository: logs', isPrivate: false },
  { name: 'a private one: a timestamp alone', isPrivate: true },
])('$name', ({ isPrivate }) => {
  beforeEach(() => start({ private: isPrivate }))

  it('comes back as the statement that went in, with who signed it', async () => {
    const { bundle, url } = await signed()
    expect(await checking().check(bundle)).toEqual({
      state: 'valid',
      statement: STATEMENT,
      signer: {
        identity: `https://github.com/${IDENTITY.workflow}`,
        issuer: ISSUER,
        sourceRepository: 'https://github.com/acme/shop',
        sourceRef: 'refs/heads/main',
        sourceDigest: 'a'.repeat(40),
      },
    })
    expect(url).toBe('https://github.com/acme/shop/attestations/1')
  })

  it('signs exactly the bytes of the statement', async () => {
    const parts = JSON.parse((await signed()).bundle) as Parts
    expect(Buffer.from(parts.dsseEnvelope.payload, 'base64').toString()).toBe(JSON.stringify(STATEMENT))
    expect(parts.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json')
  })

  it('goes to the authority that is for such repositories, and to no other', async () => {
    await signed()
    const hosts = [...new Set(sigstore.asked.map((one) => one.replace(/^\w+ ([^/]+).*/, '$1')))]
    expect(hosts).toEqual([
      'tokens.example',
      ...(isPrivate ? ['fulcio.githubapp.com', 'timestamp.githubapp.com'] : ['fulcio.sigstore.dev', 'rekor.sigstore.dev']),
    ])
  })

  it.each<[string, (parts: Parts) => void]>([
    [
      'another payload',
      (p) => {
        p.dsseEnvelope.payload = payload(JSON.stringify({ ...STATEMENT, predicate: {} }))
      },
    ],
    [
      'another type of payload',
      (p) => {
        p.dsseEnvelope.payloadType = 'text/plain'
      },
    ],
    [
      'another signature',
      (p) => {
        p.dsseEnvelope.signatures[0]!.sig = payload('no signature')
      },
    ],
    ['two signatures', (p) => void p.dsseEnvelope.signatures.push(p.dsseEnvelope.signatures[0]!)],
    [
      'no signature',
      (p) => {
        p.dsseEnvelope.signatures = []
      },
    ],
    [
      'no log entry and no timestamp',
      (p) => {
        p.verificationMaterial.tlogEntries = []
        delete p.verificationMaterial.timestampVerificationData
      },
    ],
    [
      'an earlier version of the format',
      (p) => {
        p.mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.1'
      },
    ],
  ])('refuses %s', async (_, change) => {
    const { bundle } = await signed()
    const found = await checking().check(changed(bundle, change))
    expect(found.state).toBe('invalid')
    expect(await checking().check(bundle)).toMatchObject({ state: 'valid' })
  })

  it('refuses the proof of another signature, whole as it is', async () => {
    const { bundle } = await signed()
    const other = JSON.parse((await signed({ ...STATEMENT, predicate: { verificationResult: 'FAILED' } })).bundle) as Parts
    const mixed = changed(bundle, (parts) => {
      parts.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries ?? []
      parts.verificationMaterial.timestampVerificationData = other.verificationMaterial.timestampVerificationData!
    })
    expect(await checking().check(mixed)).toMatchObject({ state: 'invalid' })
  })

  it('refuses a bundle that was cut off, wherever', async () => {
    const { bundle } = await signed()
    for (const part of [0, 0.1, 0.5, 0.9, 0.999])
      expect(await checking().check(bundle.slice(0, Math.floor(bundle.length * part)))).toEqual({
        state: 'invalid',
        message: 'it is not a Sigstore bundle',
      })
  })

  it('refuses what another authority signed, and says so', async () => {
    const { bundle } = await signed()
    const stranger = await Sigstore.create()
    expect(await checking(stranger.roots).check(bundle)).toEqual({
      state: 'invalid',
      message: isPrivate
        ? 'nobody who is trusted here vouches for when it was signed'
        : 'the certificate of who signed comes from no authority that is trusted here, or was not in force when it signed',
    })
  })

  it('refuses the word of another token service', async () => {
    sigstore.identity = { ...IDENTITY, issuer: 'https://accounts.example.org' }
    const found = await checking().check((await signed()).bundle)
    expect(found).toEqual({
      state: 'invalid',
      message: `the identity of who signed is vouched for by https://accounts.example.org, not by ${ISSUER}`,
    })
  })

  it('refuses a token service that only begins like the right one', async () => {
    for (const issuer of [`${ISSUER}.example.org`, `${ISSUER}/a/b`, `${ISSUER}/`]) {
      sigstore.identity = { ...IDENTITY, issuer }
      expect(await checking().check((await signed()).bundle)).toMatchObject({ state: 'invalid' })
    }
    sigstore.identity = { ...IDENTITY, issuer: `${ISSUER}/acme-inc` }
    expect(await checking().check((await signed()).bundle)).toMatchObject({ state: 'valid' })
  })

  it('tells who signed, whoever it was: whether that one may is asked elsewhere', async () => {
    const workflow = 'mallory/shop/.github/workflows/certify-issue.yml@refs/heads/main'
    sigstore.identity = { ...IDENTITY, workflow, repository: 'mallory/shop' }
    expect(await checking().check((await signed()).bundle)).toMatchObject({
      state: 'valid',
      signer: { identity: `https://github.com/${workflow}`, sourceRepository: 'https://github.com/mallory/shop' },
    })
  })

  it('holds nothing valid without a root', async () => {
    const { bundle } = await signed()
    const found = await checking(noRoots()).check(bundle)
    expect(found.state).toBe('unchecked')
    expect(found).toMatchObject({ message: expect.stringContaining('gh attestation trusted-root') })
  })
})

describe('what is only half there', () => {
  beforeEach(() => start())

  /** Signed for all that, by somebody who writes JSON otherwise. */
  async function signedAs(text: string, type = 'application/vnd.in-toto+json'): Promise<string> {
    const [timeout, retry] = [1000, 0]
    const signer = new FulcioSigner({
      identityProvider: new CIContextProvider('sigstore'),
      fulcioBaseURL: 'https://fulcio.githubapp.com',
      timeout,
      retry,
    })
    const witnesses = [new TSAWitness({ tsaBaseURL: 'https://timestamp.githubapp.com', timeout, retry })]
    return JSON.stringify(
      bundleToJSON(await new DSSEBundleBuilder({ signer, witnesses }).create({ data: Buffer.from(text), type })),
    )
  }

  it('reads a signed statement in one way only', async () => {
    const plain = JSON.stringify(STATEMENT)
    expect(await checking().check(await signedAs(plain))).toMatchObject({ state: 'valid', statement: STATEMENT })
    for (const text of [
      plain.replace('"subject":', '"subject":[],"subject":'),
      plain.replace('"_type"', '"\\u005ftype"'),
      `${plain}\n`,
      `\ufeff${plain}`,
      '{"a":1e0}',
      'no JSON',
    ])
      expect(await checking().check(await signedAs(text))).toMatchObject({ state: 'invalid' })
    expect(await checking().check(await signedAs(plain, 'application/json'))).toMatchObject({ state: 'invalid' })
  })

  it('does not take a timestamp for the log that a public signature has to be in', async () => {
    github.state.private = true
    const { bundle } = await signed()
    const root = JSON.parse(sigstore.githubRoot) as Record<string, unknown>
    const { tlogs } = JSON.parse(sigstore.publicRoot) as { tlogs: unknown }
    expect(await checking(JSON.stringify({ ...root, tlogs })).check(bundle)).toMatchObject({
      state: 'invalid',
      message: 'the entry in the transparency log is not of this signature, or not vouched for by a log that is trusted here',
    })
  })

  it('does not call a signature of GitHub’s own authority forged where only the public root is known', async () => {
    github.state.private = true
    const { bundle } = await signed()
    const known = readRoots(sigstore.publicRoot, 'root') as Extract<Roots, { roots: unknown }>
    expect(await checking({ ...known, onlyPublic: true }).check(bundle)).toMatchObject({ state: 'unchecked' })
    expect(await checking(known).check(bundle)).toMatchObject({ state: 'invalid' })
  })

  it('refuses a bundle of any size, and anything that is none', async () => {
    for (const text of ['', '{}', 'null', '[]', '"x"', 'x'.repeat(MAX_BUNDLE + 1)])
      expect(await checking().check(text)).toMatchObject({ state: 'invalid' })
  })

  it('asks for roots once, and only when there is something to check', async () => {
    let asked = 0
    const signatures = new SigstoreSignatures({
      roots: () => {
        asked += 1
        return noRoots()
      },
      serverUrl: 'https://github.com',
    })
    expect(asked).toBe(0)
    await signatures.check('{}')
    await signatures.check('{}')
    expect(asked).toBe(1)
  })
})

it('takes the word of the token service of the host alone', async () => {
  await start()
  expect(issuerOf('https://github.com')).toBe(ISSUER)
  expect(issuerOf('https://acme.ghe.com')).toBe('https://token.actions.acme.ghe.com')
  expect(issuerOf('https://ghe.com.example.org')).toBe(ISSUER)
})
