// From the push to the deployment: four gates, the certificate, and a door that refuses whatever it does not cover, each with its code.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { zip } from '../support/github/zip.ts'
import { Certified, type Door, type Moment, SIGNER } from '../support/workflows/certified.ts'
import { logOf, recordsOf, SHA } from '../support/workflows/gate-scene.ts'
import type { RunEnd } from '../support/workflows/model.ts'

const certified = await Certified.create()
if (certified === null)
  console.warn('skipped: certificates signed by workflows, because there is no openssl to play Sigstore with')

const BUILT = 'the built file'
const FILE = 'app.tgz'
const typesOf = (one: Certified): string[] => recordsOf(one.scene.github).map(({ type }) => type)

/** Never issued: by its outputs, in the ledger, as a file. */
function expectNotIssued(one: Certified, end: RunEnd, why: RegExp): void {
  const job = end.jobs.find(({ path }) => path === 'certificate/issue')
  expect(end.ended.get('certificate')).toMatchObject({ result: 'failure' })
  expect(end.ended.get('certificate')!.outputs['certificate-id'] ?? '').toBe('')
  expect(logOf(job)).toMatch(why)
  expect(typesOf(one)).not.toContain('certificate.issued')
}

;(certified === null ? describe.skip : describe)('a commit with four gates', () => {
  const one = certified as Certified
  const state = one?.scene.github.state
  let evaluated: Moment
  let approved: Moment
  let issued: Moment
  let certificate: { id: string; text: string }
  let ends: { release: RunEnd; tooEarly: RunEnd; live: RunEnd; again: RunEnd }

  beforeAll(async () => {
    one.scene.world.after['certify/record'] = () => {
      evaluated = one.moment
    }
    const release = await one.released()
    const tooEarly = await one.issue()
    const live = await one.goLive(release.ended.get('certify')!.outputs.approval!)
    issued = one.moment
    certificate = one.last
    const again = await one.issue()
    ends = { release, tooEarly, live, again }
    approved = one.before
  }, 120_000)
  afterEach(() => {
    one.back(issued)
    one.policy((text) => text)
    one.sigstore.identity = { ...one.sigstore.identity, workflow: `${SIGNER}@refs/tags/v1` }
  })
  afterAll(async () => {
    const { violations } = one.scene.github
    await one.stop()
    expect(violations).toEqual([])
  })

  /** For what was built of that commit, with its certificate in hand, unless something else is asked for. */
  const door = (
    asked: Record<string, string> = {},
    { text = certificate.text, built = BUILT }: { text?: string; built?: string } = {},
    env: Record<string, string> = {},
  ) =>
    one.door(
      { certificate: 'certificate.json', commit: SHA, subject: FILE, level: '4', ...asked },
      { 'certificate.json': text, [FILE]: built },
      env,
    )

  describe('is certified', () => {
    it('only once gate 4 is live', () => {
      expect(ends.release.ended.get('certify')!.outputs.gates).toBe('{"1":"open","2":"open","3":"open","4":"approved"}')
      const job = ends.tooEarly.jobs.find(({ path }) => path === 'certificate/issue')
      expect(job!.steps.find(({ name }) => name === 'certify')).toMatchObject({ exit: 1 })
      expect(logOf(job)).toMatch(/gate 4/i)
    })

    it('and then with record, signature and files, by a job that may do just that', () => {
      expect(ends.live.conclusion).toBe('success')
      expect(ends.live.ended.get('certificate')!.outputs).toMatchObject({
        'certificate-id': certificate.id,
        'ledger-head': expect.stringMatching(/^[0-9a-f]{64}$/),
      })
      expect(typesOf(one)).toEqual([
        'evaluation',
        ...['approval', 'gate.decision', 'approval', 'gate.decision', 'approval', 'gate.decision'],
        'certificate.issued',
      ])
      expect([...one.files.keys()]).toEqual([
        'certificate.html',
        'certificate.intoto.json',
        'certificate.json',
        'certificate.md',
        'certificate.sigstore.json',
      ])
      expect(JSON.parse(certificate.text)).toMatchObject({ commit: SHA, level: 4, subjects: [{ name: 'dist/app.tgz' }] })
      expect(state.attestations).toHaveLength(1)
    })

    it('once: issued again it is the same', () => {
      expect(ends.again.conclusion).toBe('success')
      expect(ends.again.ended.get('certificate')!.outputs['certificate-id']).toBe(certificate.id)
      expect(typesOf(one).filter((type) => type === 'certificate.issued')).toHaveLength(1)
    })

    it('without a name in any file that leaves the ledger', () => {
      for (const text of one.files.values()) expect(text).not.toMatch(/\b(?:alice|ann|bob|carol)\b/)
    })
  })

  describe('the door lets through', () => {
    it.each([
      ['its commit, by what the ledger has', { certificate: '', subject: '' }],
      ['its file, by what the ledger has', { certificate: '', commit: '' }],
      ['commit and file, with the certificate in hand', {}],
    ])('%s', async (_, asked) => {
      const { exit, refusal, log } = await door(asked)
      expect([exit, refusal]).toEqual([0, ''])
      expect(log).toContain(certificate.id)
    })
  })

  /** Refused, with that code; a door that could not be asked (exit 2) has refused nothing. */
  const expectRefused = async (code: string, asking: Promise<Door>): Promise<void> => {
    const { exit, refusal, log } = await asking
    expect([exit, refusal]).toEqual([1, code])
    expect(log).toMatch(/refused/)
  }

  describe('the door refuses', () => {
    it.each<[string, string, Record<string, string>]>([
      ['another commit', 'COMMIT_MISMATCH', { commit: 'd'.repeat(40) }],
      ['another commit, without the certificate', 'NO_CERTIFICATE', { commit: 'd'.repeat(40), certificate: '', subject: '' }],
      ["another ref's", 'REF_MISMATCH', { ref: 'refs/heads/release' }],
      ['a policy that is named', 'POLICY_MISMATCH', { 'policy-digest': `sha256:${'0'.repeat(64)}` }],
      ['a ledger without the head that is known', 'LEDGER_ROLLED_BACK', { 'expect-head': 'e'.repeat(64) }],
    ])('%s', (_, code, asked) => expectRefused(code, door(asked)))

    it('a changed artifact', () => expectRefused('SUBJECT_MISMATCH', door({}, { built: `${BUILT}.` })))

    it.each([
      ['a later end', (text: string) => text.replace(/("validUntil":")(\d{4})/, (_, key, year) => `${key}${Number(year) + 1}`)],
      ['another commit', (text: string) => text.replace(`"commit":"${SHA}"`, `"commit":"b${SHA.slice(1)}"`)],
    ])('a certificate with %s written into it', async (_, change) => {
      expect(change(certificate.text)).not.toBe(certificate.text)
      await expectRefused('CERTIFICATE_ALTERED', door({}, { text: change(certificate.text) }))
    })

    it.each([
      ['has ended', 'EXPIRED', 'validUntil', Math.ceil],
      ['has not begun', 'NOT_YET_VALID', 'validFrom', (seconds: number) => Math.ceil(seconds) - 1],
    ] as const)('a certificate that %s, where the clock is played; a job can move no other', async (_, code, of, at) => {
      const clock = { SOURCE_DATE_EPOCH: String(at(Date.parse(JSON.parse(certificate.text)[of]) / 1000)) }
      await expectRefused(code, door({ 'dry-run': 'true' }, {}, clock))
      expect(await door({}, {}, clock)).toMatchObject({ exit: 0, refusal: '' })
    })

    it('what the default branch now judges by another policy', () => {
      one.policy((text) => text.replace('min_events: 4000', 'min_events: 5000'))
      return expectRefused('POLICY_MISMATCH', door())
    })

    it("another repository's, with a ledger copied from it", async () => {
      const { repo } = state
      Object.assign(state, { repo: 'other' })
      try {
        await expectRefused('REPOSITORY_MISMATCH', door())
      } finally {
        Object.assign(state, { repo })
      }
    })

    it('one that the ledger does not have, as before it was issued', () => {
      one.back(approved)
      return expectRefused('NOT_IN_LEDGER', door())
    })

    it('where the ledger was rolled back to before its approvals', () => {
      one.back(evaluated)
      return expectRefused('LEDGER_ROLLED_BACK', door())
    })

    it.each([
      [
        'one byte',
        (bytes: Uint8Array): Uint8Array => Buffer.from(Buffer.from(bytes).toString().replace('"approved"', '"rejected"')),
      ],
      ['one record', (): null => null],
    ])('where the chain is broken by %s', (_, change) => {
      const [path, bytes] = [...state.git.files('certify-ledger')].find(
        ([name, content]) => /^records\//.test(name) && Buffer.from(content).toString().includes('"approved"'),
      )!
      state.git.push('certify-ledger', { [path]: change(bytes) })
      return expectRefused('LEDGER_BROKEN', door())
    })

    it('one that was revoked, for good, and its commit says so', async () => {
      const end = await one.revoke(certificate.id, 'vulnerability: CVE in the parser')
      expect(end.conclusion).toBe('success')
      expect(typesOf(one).at(-1)).toBe('certificate.revoked')
      await expectRefused('REVOKED', door())
      expect(state.checkRuns.at(-1)).toMatchObject({ head_sha: SHA, conclusion: 'failure' })
      const twice = await one.revoke(certificate.id, 'requested')
      expect(twice.conclusion).toBe('success')
      expect(typesOf(one).filter((type) => type === 'certificate.revoked')).toHaveLength(1)
      expectRevokedStays(await one.issue())
    })

    function expectRevokedStays(end: RunEnd): void {
      expect(end.ended.get('certificate')!.result).toBe('failure')
      expect(typesOf(one).filter((type) => type === 'certificate.issued')).toHaveLength(1)
    }
  })

  describe('issued by others or in other ways from the same approvals', () => {
    /** What is issued now, at the door. */
    const reissued = async (): Promise<Door> => {
      const end = await one.issue()
      expect(end.conclusion).toBe('success')
      expect(one.last.id).not.toBe(certificate.id)
      return door({}, { text: one.last.text })
    }

    it('by a job without an identity: it is not signed, and nobody gave leave for that', async () => {
      const { world } = one.scene
      const { sigstore } = world
      one.back(approved)
      world.sigstore = Object.fromEntries(Object.entries(sigstore).filter(([name]) => !/ID_TOKEN/.test(name)))
      try {
        await expectRefused('UNSIGNED', reissued())
      } finally {
        world.sigstore = sigstore
      }
    })

    it('signed by a workflow that is not named', async () => {
      one.back(approved)
      one.sigstore.identity = { ...one.sigstore.identity, workflow: 'acme/shop/.github/workflows/own.yml@refs/heads/main' }
      await expectRefused('SIGNER_MISMATCH', reissued())
    })

    it('signed by an authority that is not trusted here', async () => {
      const forger = await Certified.create()
      one.back(approved)
      const { world } = one.scene
      const { sigstore } = world
      world.sigstore = forger!.scene.world.sigstore
      try {
        await expectRefused('SIGNATURE_INVALID', reissued())
      } finally {
        world.sigstore = sigstore
        await forger!.sigstore.stop()
        await forger!.scene.github.stop()
      }
    })

    it('with the files of a run of another commit: not at all', async () => {
      one.back(approved)
      const run = state.addRun(77, { head_sha: 'b'.repeat(40), event: 'push' }).id
      state.addArtifact(run, 'dist', zip([{ path: FILE, content: 'built of another commit' }]))
      expectNotIssued(one, await one.issue(String(run)), /run 77 is not one of commit aaaa/)
    })

    it('under another policy than was approved: not at all', async () => {
      one.back(approved)
      one.policy((text) => text.replace('min_events: 4000', 'min_events: 5000'))
      expectNotIssued(one, await one.issue(), /policy has changed/)
    })
  })
})

;(certified === null ? describe.skip : describe)('a repository that cannot sign, whose policy gives leave for that', () => {
  let one: Certified
  afterAll(() => one.stop())

  it('has its certificate held against what GitHub itself says of run and approvals', async () => {
    one = (await Certified.create())!
    one.policy((text) => text.replace('certificate: {', 'certificate: { door: { allow_unsigned: true },'))
    one.scene.world.sigstore = {}
    const release = await one.released()
    const live = await one.goLive(release.ended.get('certify')!.outputs.approval!)
    expect(live.conclusion).toBe('success')
    expect([...one.files.keys()]).not.toContain('certificate.sigstore.json')
    const asked = { commit: SHA, level: '4' }
    expect(await one.door(asked)).toMatchObject({ exit: 0, refusal: '', log: expect.stringMatching(/not signed/) })
    one.scene.github.state.reviews.splice(0)
    expect(await one.door(asked)).toMatchObject({ exit: 1, refusal: 'APPROVAL_UNCONFIRMED' })
  }, 60_000)
})

;(certified === null ? describe.skip : describe)('the example that deploys what is certified', () => {
  const folder = 'examples/certified-deploy'
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const made = /^(?:node_modules|reports|dist|certify-report)\//
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !made.test(path))
  // What it installs is installed here already, and Sigstore is played.
  const release = read('.github/workflows/release.yml')
    .replace('npm install --no-audit --no-fund', `ln -s ${resolve('node_modules')} node_modules`)
    .replace('command: verify', 'command: verify\n          trusted-root: "@ROOTS"')
  const policy = read('.github/certification.yml')

  let one: Certified
  beforeEach(async () => {
    one = (await Certified.create({ files: Object.fromEntries(files.map((path) => [path, read(path)])), release, policy }))!
  })
  afterEach(() => one.stop())

  it('builds, certifies and deploys, and its door holds the file to the certificate', async () => {
    const end = await one.released()
    expect(end.jobs.map(({ path, result }) => [path, result]).filter(([, result]) => result === 'failure')).toEqual([])
    expect(end.ended.get('deploy')).toMatchObject({ result: 'success' })
    const [, door, deployed] = end.jobs.find(({ path }) => path === 'deploy')!.steps
    expect(door!.log).toContain(one.last.id)
    expect(deployed!.log).toContain('deploying dist/tram-fares-1.0.0.tgz')
    // It covers level 1, which is all that it was judged for.
    const asked = { commit: SHA, level: '2' }
    expect(await one.door(asked)).toMatchObject({ exit: 1, refusal: 'LEVEL_TOO_LOW' })
  })

  it.each<[string, string, (at: Certified) => unknown]>([
    [
      'another file has taken the place of what was built',
      'SUBJECT_MISMATCH',
      ({ scene: { github, world } }) => {
        github.state.artifacts.splice(
          github.state.artifacts.findIndex(({ name }) => name === 'dist'),
          1,
        )
        github.state.addArtifact(world.run, 'dist', zip([{ path: 'tram-fares-1.0.0.tgz', content: 'something else' }]))
      },
    ],
    ['the certificate is gone from the ledger', 'NO_CERTIFICATE', (at) => at.back(at.before)],
  ])('does not deploy where %s', async (_, code, change) => {
    one.scene.world.after.certificate = () => void change(one)
    const end = await one.released()
    expect(end.ended.get('certificate')!.result).toBe('success')
    const [, door, deployed] = end.jobs.find(({ path }) => path === 'deploy')!.steps
    expect(door).toMatchObject({ exit: 1, outputs: { refusal: code } })
    expect(deployed!.outcome).toBe('skipped')
    expect(end.ended.get('deploy')!.result).toBe('failure')
  })
})
