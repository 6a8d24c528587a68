// Artifacts through the real @actions/artifact: uploaded, listed, downloaded, and refused where they are not what they claim.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { WorkflowArtifacts } from '../../../src/adapters/github/artifacts.ts'
import type { FoundFile } from '../../../src/app/ports.ts'
import { wrongDigest } from '../../support/github/artifact-service.ts'
import { pullRequestEvent, type RunOptions, runnerEnvironment, runOn } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'
import { bomb, zip } from '../../support/github/zip.ts'

const MiB = 1024 * 1024
const LIMITS = { fileBytes: 64 * MiB, totalBytes: 100 * MiB, entries: 50, ratio: 200 }
const before = { ...process.env }

// The toolkit settles on the API's address when it is loaded, so every stand-in of this file listens on one port.
const first = await GitHub.start()
const port = Number(new URL(first.url).port)
await first.stop()
process.env.GITHUB_API_URL = `http://127.0.0.1:${port}`
const { DefaultArtifactClient } = await import('@actions/artifact')

let github: GitHub
let folder: string
let made: WorkflowArtifacts[]
beforeEach(async () => {
  github = await GitHub.start({ port })
  // The toolkit tells the log all it does.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  folder = mkdtempSync(join(tmpdir(), 'certify-test-'))
  made = []
  // The toolkit reads the process's own environment.
  Object.assign(process.env, runnerEnvironment(github, folder, pullRequestEvent(github, github.state.addPull(12))))
})
afterEach(async () => {
  for (const artifacts of made) artifacts.dispose()
  expect(readdirSync(join(folder, 'temp'))).toEqual([])
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, before)
  rmSync(folder, { recursive: true })
  jest.restoreAllMocks()
  expect(github.violations).toEqual([])
  await github.stop()
})

async function artifacts(
  options: { env?: Record<string, string>; workflows?: string[]; run?: RunOptions; limits?: Partial<typeof LIMITS> } = {},
): Promise<WorkflowArtifacts> {
  const { client, context, log } = await runOn(github, options.run)
  const env = options.env ?? (process.env as Record<string, string>)
  const one = new WorkflowArtifacts({
    client,
    context,
    token: github.token,
    env,
    limits: { ...LIMITS, ...options.limits },
    log,
    workflows: options.workflows ?? [],
  })
  made.push(one)
  return one
}

function textOf(file: FoundFile | undefined): string {
  return Buffer.concat([...(file?.chunks() ?? [])].map((chunk) => Buffer.from(chunk))).toString()
}

const small = () =>
  zip([
    { path: 'coverage/lcov.info', content: 'end_of_record\n' },
    { path: 'README.md', content: 'x' },
  ])

describe("this run's artifacts", () => {
  it('uploaded by the toolkit are found with their bytes and origin, and their digest is checked', async () => {
    mkdirSync(join(folder, 'out/coverage'), { recursive: true })
    writeFileSync(join(folder, 'out/coverage/lcov.info'), 'SF:a.ts\nend_of_record\n')
    writeFileSync(join(folder, 'out/junit.xml'), '<testsuites/>')
    const uploaded = await new DefaultArtifactClient().uploadArtifact(
      'reports-linux',
      [join(folder, 'out/coverage/lcov.info'), join(folder, 'out/junit.xml')],
      join(folder, 'out'),
    )
    const found = await (await artifacts()).find('reports-*', ['**/lcov.info', './junit.xml'], null)
    expect(found.matched).toEqual(['reports-linux'])
    expect(found.unusable).toEqual([])
    expect(found.files.map((f) => f.path).sort()).toEqual(['coverage/lcov.info', 'junit.xml'])
    const lcov = found.files.find((f) => f.path === 'coverage/lcov.info')
    expect(textOf(lcov)).toBe('SF:a.ts\nend_of_record\n')
    expect(textOf(lcov)).toBe('SF:a.ts\nend_of_record\n')
    expect(lcov).toMatchObject({
      size: 22,
      tracked: false,
      modifiedAt: '2026-01-01T00:00:00.000Z',
      origin: {
        type: 'artifact',
        name: 'reports-linux',
        id: uploaded.id,
        runId: 1001,
        digest: `sha256:${uploaded.digest}`,
        digestChecked: true,
      },
    })
  })

  it('are downloaded once, however often they are asked for', async () => {
    github.state.addArtifact(1001, 'reports', small())
    const one = await artifacts()
    await one.find('reports', ['**/*.info'], null)
    await one.find('rep*', ['README.md'], 1001)
    expect(github.requests.filter((r) => r.path.startsWith('/blobs/'))).toHaveLength(1)
    expect(github.requests.filter((r) => r.path.endsWith('GetSignedArtifactURL'))).toHaveLength(1)
  })

  it('that are one file without a zip around it are that file', async () => {
    github.state.addArtifact(1001, 'lcov.info', Buffer.from('end_of_record\n'), { mime: 'text/plain' })
    const found = await (await artifacts()).find('lcov.info', ['*.info'], null)
    expect(found.files.map((f) => [f.path, textOf(f)])).toEqual([['lcov.info', 'end_of_record\n']])
  })

  it('that no name matches are no error', async () => {
    github.state.addArtifact(1001, 'logs', small())
    expect(await (await artifacts()).find('reports', ['**'], null)).toEqual({ matched: [], files: [], unusable: [] })
  })

  it('are read by the API where the step has no runtime token', async () => {
    github.state.addArtifact(1001, 'reports', small())
    const found = await (await artifacts({ env: { RUNNER_TEMP: join(folder, 'temp') } })).find('reports', ['**/lcov.info'], null)
    expect(found.files).toHaveLength(1)
    expect(github.requests.filter((r) => r.path.startsWith('/twirp/'))).toEqual([])
  })

  it('without a recorded digest say that it was not checked', async () => {
    github.state.addArtifact(1001, 'reports', small(), { digest: null })
    const found = await (await artifacts()).find('reports', ['**/lcov.info'], null)
    expect(found.files[0]?.origin).toMatchObject({ digest: null, digestChecked: false })
  })
})

describe('artifacts that are refused', () => {
  it.each([
    [
      'other bytes than the recorded ones',
      () => github.state.addArtifact(1001, 'reports', small(), { digest: wrongDigest }),
      'archive_refused',
      'digest differs',
    ],
    ['a zip bomb', () => github.state.addArtifact(1001, 'reports', bomb(60)), 'archive_refused', 'times its size'],
    [
      'more bytes than are read',
      () => github.state.addArtifact(1001, 'reports', small(), { size: 101 * MiB }),
      'too_large',
      'at most',
    ],
    [
      'too many entries',
      () =>
        github.state.addArtifact(1001, 'reports', zip(Array.from({ length: 51 }, (_, i) => ({ path: `f${i}`, content: 'x' })))),
      'archive_refused',
      '51 entries',
    ],
    [
      'the same name twice',
      () =>
        github.state.addArtifact(
          1001,
          'reports',
          zip([
            { path: 'a', content: '1' },
            { path: 'a', content: '2' },
          ]),
        ),
      'archive_refused',
      'twice',
    ],
    [
      'a zip without its end',
      () => github.state.addArtifact(1001, 'reports', small().subarray(0, 60)),
      'archive_refused',
      'its end is missing',
    ],
  ])('for %s', async (_, make, code, message) => {
    make()
    const found = await (await artifacts()).find('reports', ['**'], null)
    expect(found.files).toEqual([])
    expect(found.matched).toEqual(['reports'])
    expect(found.unusable).toMatchObject([{ path: 'reports', code, message: expect.stringContaining(message) }])
  })

  it.each([
    ['a link', { path: 'r.xml', content: '/etc/passwd', mode: 0o120777 }, 'is a link'],
    ['a climbing path', { path: '../r.xml', content: 'x' }, 'leads out of'],
    ['an absolute path', { path: '/r.xml', content: 'x' }, 'leads out of'],
    ['backslashes that climb', { path: '..\\r.xml', content: 'x' }, 'leads out of'],
    ['an encrypted file', { path: 'r.xml', content: 'x', flags: 1 }, 'is encrypted'],
  ])('entry by entry: %s', async (_, entry, message) => {
    github.state.addArtifact(1001, 'reports', zip([entry, { path: 'good.xml', content: 'fine' }]))
    const found = await (await artifacts()).find('reports', ['**', '../*', '/*'], null)
    expect(found.files.map((f) => f.path)).toEqual(['good.xml'])
    expect(found.unusable).toMatchObject([{ code: 'archive_refused', message: expect.stringContaining(message) }])
  })

  it('when read: an entry that is longer or shorter than it claims', async () => {
    const content = 'x'.repeat(1000)
    github.state.addArtifact(
      1001,
      'reports',
      zip([
        { path: 'long', content, claimedSize: 10 },
        { path: 'short', content, claimedSize: 2000 },
      ]),
    )
    const { files } = await (await artifacts()).find('reports', ['*'], null)
    for (const file of files) expect(() => textOf(file)).toThrow('claims to be')
  })

  it('when large: a lie is found while it is unpacked, bounded by what was claimed', async () => {
    const noise = Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 251))
    const content = Buffer.concat(Array.from({ length: 40 * 26 }, () => noise))
    const claimedSize = 33 * MiB
    github.state.addArtifact(
      1001,
      'reports',
      zip([
        { path: 'big', content, claimedSize },
        { path: 'honest', content: content.subarray(0, claimedSize) },
      ]),
    )
    const { files, unusable } = await (await artifacts({ limits: { ratio: 1000 } })).find('reports', ['*'], null)
    expect(unusable).toMatchObject([{ path: 'big', code: 'archive_refused' }])
    expect(files.map((f) => f.path)).toEqual(['honest'])
    let read = 0
    for (const chunk of files[0]?.chunks() ?? []) read += chunk.length
    expect(read).toBe(claimedSize)
  })
})

describe("another run's artifacts", () => {
  const workflows = ['.github/workflows/tests.yml']
  const path = '.github/workflows/tests.yml'

  it('count when repository, commit and workflow are right', async () => {
    github.state.addRun(900, { path })
    github.state.addArtifact(900, 'reports', small())
    const found = await (await artifacts({ workflows })).find('reports', ['**/lcov.info'], 900)
    expect(found.files[0]?.origin).toMatchObject({ runId: 900, digestChecked: true })
    expect(github.calls.every((r) => r.status < 400)).toBe(true)
  })

  it.each([
    ['a fork', { path, head_repository: { id: 999 } }, 'a fork'],
    ['another commit', { path, head_sha: 'e'.repeat(40) }, 'another commit'],
    ['a workflow nobody listed', { path: '.github/workflows/evil.yml' }, 'does not list'],
  ])('do not count from %s', async (_, run, message) => {
    github.state.addRun(900, run)
    github.state.addArtifact(900, 'reports', small())
    const found = await (await artifacts({ workflows })).find('reports', ['**'], 900)
    expect(found.files).toEqual([])
    expect(found.unusable).toMatchObject([{ code: 'archive_refused', message: expect.stringContaining(message) }])
  })

  it('of a run that cannot be looked up are an error', async () => {
    await expect((await artifacts({ workflows })).find('reports', ['**'], 901)).rejects.toMatchObject({
      code: 'artifacts_unreadable',
    })
  })

  it('that have expired are unusable', async () => {
    github.state.addRun(900, { path })
    github.state.addArtifact(900, 'reports', small(), { expired: true })
    const found = await (await artifacts({ workflows })).find('reports', ['**'], 900)
    expect(found.unusable).toMatchObject([{ code: 'unreadable' }])
  })
})

it('a list that cannot be had is an error, not an empty list', async () => {
  github.state.permissions = {}
  await expect((await artifacts({ env: { RUNNER_TEMP: join(folder, 'temp') } })).find('*', ['**'], null)).rejects.toMatchObject({
    code: 'artifacts_unreadable',
  })
})

it('a server without this kind of artifact says so, and what asks for them goes without', async () => {
  process.env.GITHUB_SERVER_URL = 'https://git.acme.example'
  expect(await (await artifacts()).find('*', ['**'], null)).toMatchObject({
    files: [],
    unusable: [{ path: '*', message: expect.stringContaining('same job') }],
  })
})

describe('one file of another run', () => {
  it('comes whole where it is too large to be kept in memory', async () => {
    const content = Array.from({ length: 5 * MiB }, (_, at) => `${at} `).join('')
    github.state.addRun(900)
    github.state.addArtifact(900, 'certify-report', zip([{ path: 'evaluation.json', content }]))
    const bytes = await (await artifacts()).oneFile('certify-report', ['evaluation.json'], 900)
    expect(content.length).toBeGreaterThan(32 * MiB - 1)
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(content))).toBe(0)
  })
})
