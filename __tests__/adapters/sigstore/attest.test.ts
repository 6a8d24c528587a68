// Who cannot sign, and why, in words that say what to do; and what is an error instead, because another time it may go well.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { GitHubAttestor } from '../../../src/adapters/sigstore/attest.ts'
import { publicRoots, readRoots } from '../../../src/adapters/sigstore/roots.ts'
import type { Statement } from '../../../src/model/statement.ts'
import { runOn, type TestRun } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'
import { Sigstore } from '../../support/sigstore.ts'

let github: GitHub
let sigstore: Sigstore
let env: Record<string, string>
let run: TestRun

beforeEach(async () => {
  github = await GitHub.start({ permissions: { attestations: 'write' } })
  sigstore = await Sigstore.create()
  env = sigstore.inProcess()
  run = await runOn(github, { pull: null })
})

afterEach(async () => {
  expect(github.violations).toEqual([])
  await sigstore.stop()
  await github.stop()
})

const DIGEST = 'c'.repeat(64)
const STATEMENT: Statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'certificate.json', digest: { sha256: DIGEST } }],
  predicateType: 'https://slsa.dev/verification_summary/v1',
  predicate: { verificationResult: 'PASSED' },
}
const STORE = /POST .*\/attestations$/

const attest = (change: Partial<ConstructorParameters<typeof GitHubAttestor>[0]> = {}, statement = STATEMENT) =>
  new GitHubAttestor({ ...run, env, ...change }).attest(statement)

describe('who cannot sign', () => {
  afterEach(() => expect(sigstore.asked.filter((one) => one.startsWith('POST'))).toEqual([]))

  it('is a job without an identity', async () => {
    const why = 'this job has no identity to sign with: add `id-token: write` under its `permissions:`'
    expect(await attest({ env: {} })).toEqual({ state: 'unsigned', why })
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: _, ...half } = env
    expect(await attest({ env: half })).toEqual({ state: 'unsigned', why })
  })

  it("is a fork's pull request", async () => {
    expect(await attest({ context: { ...run.context, readOnly: 'fork' } })).toEqual({
      state: 'unsigned',
      why: 'a pull request from a fork cannot sign: it gets no identity of the repository',
    })
  })

  it('is a server of its own', async () => {
    expect(await attest({ context: { ...run.context, serverUrl: 'https://github.acme.example' } })).toEqual({
      state: 'unsigned',
      why: 'GitHub Enterprise Server has no artifact attestations',
    })
  })

  it('is a statement of more files than GitHub takes', async () => {
    const subject = Array.from({ length: 1025 }, (_, at) => ({ name: `f${at}`, digest: { sha256: DIGEST } }))
    expect(await attest({}, { ...STATEMENT, subject })).toEqual({
      state: 'unsigned',
      why: 'an attestation is of at most 1024 files, this is of 1025: name fewer subjects',
    })
  })

  it('is nobody for good where GitHub cannot say whether the repository is public: nothing goes into a public log', async () => {
    github.faults.order(/GET \/repos\/\{owner\}\/\{repo\}$/, { status: 502 }, 9)
    await expect(attest()).rejects.toMatchObject({ code: 'attest_failed' })
  })
})

describe('what GitHub does not keep', () => {
  it('says the permission that is missing', async () => {
    github.state.permissions.attestations = 'read'
    expect(await attest()).toEqual({
      state: 'unsigned',
      why: 'GitHub does not keep the attestation: the token may not do it: add `attestations: write` under `permissions:` of this job',
    })
  })

  it.each([
    'Feature not available for user-owned private repositories. To enable this feature, please make this repository public.',
    'Feature not available for the acme organization. To enable this feature, please upgrade the billing plan, or make this repository public.',
  ])('says that the plan has none: %s', async (message) => {
    for (const status of [400, 403, 404, 422]) {
      github.faults.order(STORE, { status, message })
      expect(await attest()).toEqual({
        state: 'unsigned',
        why: `the plan has no attestations for private repositories: ${message}`,
      })
    }
  })

  it('stays signed where GitHub is out of order, and says so', async () => {
    github.faults.order(STORE, { status: 502 }, 9)
    expect(await attest()).toMatchObject({ state: 'signed', url: null })
    expect(run.log.warnings).toEqual([
      'warning: the certificate is signed, but GitHub did not keep the attestation: GitHub answers with an error (502)',
    ])
  })
})

describe('a service that is out of order', () => {
  it.each(['fulcio.githubapp.com', 'timestamp.githubapp.com', 'tokens.example'])('is an error: %s', async (host) => {
    sigstore.broken.set(host, 400)
    await expect(attest()).rejects.toMatchObject({ code: 'attest_failed', hint: expect.stringContaining('run it again') })
    expect(github.state.attestations).toEqual([])
  })
})

describe('roots', () => {
  it('are one document, or one on each line', () => {
    const pretty = JSON.stringify(JSON.parse(sigstore.publicRoot), null, 2)
    expect(readRoots(pretty, 'f')).toMatchObject({ roots: [expect.anything()] })
    expect(readRoots(sigstore.roots, 'f')).toMatchObject({ roots: [expect.anything(), expect.anything()], onlyPublic: false })
  })

  it.each(['', '\n', '{}', 'null', '[]', '{"certificateAuthorities":[]}', 'no JSON'])('are not %j', (text) => {
    expect(() => readRoots(text, 'root.jsonl')).toThrow(/root\.jsonl/)
  })

  it('are all read, or none: the line that is wrong is named', () => {
    expect(() => readRoots(`${sigstore.publicRoot}\n${sigstore.githubRoot.slice(0, -1)}\n`, 'root.jsonl')).toThrow(
      "line 2 of root.jsonl is no trusted root of Sigstore's",
    )
  })

  it('are none where the public one cannot be fetched, with what to do', async () => {
    // nock answers nothing for this host; nothing leaves the machine.
    sigstore.refuseOthers()
    expect(await publicRoots()).toEqual({ problem: expect.stringContaining('gh attestation trusted-root') })
  })
})
