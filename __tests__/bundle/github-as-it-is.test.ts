// GitHub on a bad day, and where it is not github.com: one check, one comment, the right verdict and exit code all the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Result } from '../../src/model/result.ts'
import { primaryLimit, secondaryLimit, type Trouble } from '../support/github/faults.ts'
import { behindTls, certificateFor, closeFronts, enterpriseServer, proxyTo } from '../support/github/front.ts'
import { HEAD, pullRequestEvent } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import type { PermissionLevel } from '../support/github/state.ts'
import { zip } from '../support/github/zip.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'
import { runStep, type Step, type StepEnd, unpackAction } from '../support/runner.ts'

let action: string
let github: GitHub
beforeAll(() => {
  action = unpackAction()
})
beforeEach(async () => {
  github = await GitHub.start()
  for (const ref of ['main', HEAD]) github.state.addFile(ref, '.github/certification.yml', POLICY)
  github.state.addRun(1001, {}, [{ name: 'test', status: 'completed', conclusion: 'success' }])
})
afterEach(async () => {
  await closeFronts()
  await github.stop()
  expect(github.violations).toEqual([])
})

/** One criterion is short: no trouble may turn that into a pass, nor into an error. */
const short = (): Record<string, string> => ({ ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) })

function onPull(change: Partial<Step> = {}): Promise<StepEnd> {
  const pull = github.state.pulls.get(7) ?? github.state.addPull(7)
  return runStep(action, { github, files: short(), event: pullRequestEvent(github, pull), ...change })
}

function expectOneOfEach(end: StepEnd): void {
  expect([end.exit, end.outputs.verdict]).toEqual([1, 'failed'])
  expect(github.state.checkRuns).toMatchObject([{ conclusion: 'failure' }])
  expect(github.state.comments).toHaveLength(1)
  // The annotations of the lines have titles of their own.
  expect(end.stdout.match(/^::(?:warning|error) title=certify.*/gm) ?? []).toEqual([])
}

const WRITES = { 'the check': /^POST .*check-runs$/, 'the comment': /^POST .*comments$/ }
const READS = {
  'the policy': /^GET .*contents/,
  'the pull request': /^GET .*pulls\/\{/,
  'the checks': /^GET .*check-runs$/,
  'the comments': /^GET .*comments$/,
}
const TROUBLES: Record<string, () => Trouble> = {
  'a server error': () => ({ status: 502 }),
  'a break before it was heard': () => 'reset-before',
  'a break after it was done': () => 'reset-after',
  'a secondary limit': () => secondaryLimit(1),
  'a secondary limit in the other wording': () => secondaryLimit(1, 429),
  'the end of the hour’s requests, soon renewed': () => primaryLimit(2),
}

describe.each(Object.entries(WRITES))('writing %s', (_, route) => {
  it.each(Object.entries(TROUBLES))('meets %s', async (__, trouble) => {
    github.faults.order(route, trouble())
    expectOneOfEach(await onPull())
  })
})

describe.each(Object.entries(READS))('reading %s', (_, route) => {
  it.each(['a server error', 'a break after it was done', 'a secondary limit'])('meets %s', async (name) => {
    github.faults.order(route, TROUBLES[name]!())
    expectOneOfEach(await onPull())
  })
})

describe('a wait', () => {
  it('is as long as GitHub asks for', async () => {
    github.faults.order(WRITES['the comment'], secondaryLimit(3))
    const before = Date.now()
    expectOneOfEach(await onPull())
    expect(Date.now() - before).toBeGreaterThanOrEqual(3000)
  })

  it('of an hour is not waited for: the check is not there, and the verdict is the same', async () => {
    github.faults.order(WRITES['the check'], primaryLimit(3600), 9)
    const end = await onPull()
    expect([end.exit, end.outputs.verdict, github.state.comments.length]).toEqual([1, 'failed', 1])
    expect(end.stdout).toMatch(/::warning .*the check run was not posted: GitHub's rate limit is reached/)
  })
})

describe('a text that GitHub refuses', () => {
  it('as a comment is written shorter: one, with the verdict', async () => {
    github.faults.order(WRITES['the comment'], { status: 422, message: 'Body is too long (maximum is 65536 characters)' })
    expectOneOfEach(await onPull())
    expect(github.state.comments[0]!.body).toMatch(/Failed: no level reached/)
    expect(github.state.comments[0]!.body).toMatch(/_Shortened or left out to fit/)
  })

  it('as a check is the verdict alone', async () => {
    github.faults.order(WRITES['the check'], { status: 422, message: 'Invalid request' })
    const end = await onPull()
    expectOneOfEach(end)
    expect(github.state.checkRuns[0]).toMatchObject({ text: null, annotations: [] })
  })
})

describe('a permission that is missing', () => {
  const all: Record<string, PermissionLevel> = { contents: 'read', actions: 'read', checks: 'write', pull_requests: 'write' }

  it.each<[string, Record<string, PermissionLevel>, RegExp, { checks: number; comments: number }]>([
    [
      'checks: write',
      { ...all, checks: 'none' },
      /the check run was not posted: .*add `checks: (?:read|write)`/,
      { checks: 0, comments: 1 },
    ],
    [
      'checks: write, not read',
      { ...all, checks: 'read' },
      /the check run was not posted: .*add `checks: write`/,
      { checks: 0, comments: 1 },
    ],
    [
      'pull-requests: write',
      { ...all, pull_requests: 'read' },
      /the comment was not posted: .*add `pull-requests: write`/,
      { checks: 1, comments: 0 },
    ],
    [
      'pull-requests at all',
      { ...all, pull_requests: 'none' },
      /whether pull request 7 is ready is not known: .*add `pull-requests: read`/,
      { checks: 1, comments: 0 },
    ],
    [
      'actions: read',
      { ...all, actions: 'none' },
      /how the other jobs of this run ended is not known: .*add `actions: read`/,
      { checks: 1, comments: 1 },
    ],
  ])('%s is named, and the verdict is the same', async (_, permissions, message, there) => {
    github.state.permissions = permissions
    const end = await onPull()
    expect([end.exit, end.outputs.verdict]).toEqual([1, 'failed'])
    expect(end.stdout).toMatch(message)
    expect([github.state.checkRuns.length, github.state.comments.length]).toEqual([there.checks, there.comments])
  })

  it('contents: read is named, and nothing is judged without the policy', async () => {
    github.state.permissions = { ...all, contents: 'none' }
    const end = await onPull()
    expect([end.exit, end.outputs.verdict]).toEqual([2, 'error'])
    expect(end.stdout).toMatch(/certification\.yml at main cannot be read: .*add `contents: read`/)
  })
})

describe('a server of one’s own', () => {
  it('is asked by its own address', async () => {
    const server = await enterpriseServer(github)
    const end = await onPull({
      env: { GITHUB_API_URL: `${server}/api/v3`, GITHUB_GRAPHQL_URL: `${server}/api/graphql`, GITHUB_SERVER_URL: server },
    })
    expectOneOfEach(end)
    expect(github.state.comments[0]!.body).toContain(`${server}/acme/shop/actions/runs/1001`)
  })

  it('has no artifacts of the current kind: that is said, and everything else is judged', async () => {
    const server = await enterpriseServer(github)
    github.state.addFile(
      'main',
      '.github/certification.yml',
      POLICY.replace('[reports/component/lcov.info, reports/component/junit.xml]', '[{ artifact: "unit-*", path: "**" }]'),
    )
    github.state.addArtifact(1001, 'unit-linux', zip([{ path: 'lcov.info', content: lcov(96, 100) }]))
    const end = await onPull({
      files: readyFiles(),
      env: { GITHUB_API_URL: `${server}/api/v3`, GITHUB_SERVER_URL: 'https://github.acme.test' },
    })
    expect(end.exit).not.toBe(0)
    const { levels, evidence } = JSON.parse(readFileSync(join(end.workspace, 'certify-report/result.json'), 'utf8')) as Result
    const outcomes = Object.fromEntries(levels.flatMap((level) => level.criteria.map((one) => [one.id, one.outcome])))
    expect(outcomes).toMatchObject({ performance_compliance: 'pass', security_score: 'pass', integration_test_coverage: 'pass' })
    expect(['error', 'no_evidence']).toContain(outcomes.test_coverage)
    expect(evidence.filter((one) => one.path === 'unit-*')).toMatchObject([{ admitted: false }])
    expect(end.stdout).toMatch(/has no artifacts of the current kind/)
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.comments).toHaveLength(1)
  })
})

describe('a proxy', () => {
  const HOST = 'api.acme.test'
  const certificate = certificateFor(HOST)
  if (certificate === null) console.warn('skipped: a proxy to an API behind TLS, because there is no openssl on this system')
  const throughTls = certificate === null ? it.skip : it

  throughTls('is what everything goes through', async () => {
    const proxy = await proxyTo({ [HOST]: await behindTls(github, certificate!) })
    const env = {
      GITHUB_API_URL: `https://${HOST}`,
      GITHUB_GRAPHQL_URL: `https://${HOST}/graphql`,
      https_proxy: proxy.url,
      NODE_EXTRA_CA_CERTS: certificate!.file,
    }
    expectOneOfEach(await onPull({ env }))
    expect(new Set(proxy.asked)).toEqual(new Set([HOST]))
  })

  throughTls(
    'that does not answer is said to be the trouble, and nothing passes',
    async () => {
      const proxy = await proxyTo({})
      const env = { GITHUB_API_URL: `https://${HOST}`, https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: certificate!.file }
      const end = await onPull({ env, files: readyFiles(), inputs: { 'dry-run': 'true' } })
      expect([end.exit, end.outputs.verdict]).toEqual([2, 'error'])
      expect(end.stdout).toMatch(/asked through the proxy of the\s+environment: .*502/)
      expect(proxy.asked.length).toBeGreaterThan(0)
    },
    120_000,
  )

  it('is passed by where no_proxy names the host', async () => {
    const env = { http_proxy: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1', NO_PROXY: '', no_proxy: '127.0.0.1' }
    expectOneOfEach(await onPull({ env }))
  })
})
