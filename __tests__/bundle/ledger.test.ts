// The committed bundle and the ledger's branch: a step that leaves its record, a job that appends it, later runs that compare.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { pullRequestEvent, repositoryOf } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { zip } from '../support/github/zip.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'
import { NODES, runStep, type Step, type StepEnd, unpackAction } from '../support/runner.ts'

const RELATIVE = `${POLICY}certification_levels:
  level_1: { validation_criteria: { test_coverage: { pass: ["> 90%", ">= -1pp"], baseline: { missing: bootstrap } } } }
`
const PENDING = 'certify-report/ledger-pending.json'

let action: string
let github: GitHub

beforeAll(() => {
  action = unpackAction()
})
beforeEach(async () => {
  github = await GitHub.start()
  github.state.addFile('main', '.github/certification.yml', RELATIVE)
})
afterEach(() => github.stop())

const sha = (n: number): string => String(n).repeat(40)

/** A push to main, number n of them, with so many of a hundred lines covered. */
async function push(n: number, covered: number, change: Partial<Step> = {}): Promise<StepEnd> {
  if (n > 1) github.state.parents.set(sha(n), sha(n - 1))
  const run = 1000 + n
  github.state.addRun(run, { event: 'push', head_sha: sha(n), head_branch: 'main' })
  return runStep(action, {
    github,
    run,
    files: { ...readyFiles(), 'reports/component/lcov.info': lcov(covered, 100) },
    event: repositoryOf(github),
    eventName: 'push',
    ...change,
    env: { GITHUB_SHA: sha(n), ...change.env },
  })
}

/** The job that may write: it has nothing but the report folder of that run. */
async function record(n: number, evaluated: StepEnd, change: Partial<Step> = {}): Promise<StepEnd> {
  const before = github.state.permissions
  github.state.permissions = { contents: 'write', actions: 'read' }
  try {
    return await runStep(action, {
      github,
      run: 1000 + n,
      files: { [PENDING]: readFileSync(join(evaluated.workspace, PENDING), 'utf8') },
      event: repositoryOf(github),
      eventName: 'push',
      ...change,
      inputs: { command: 'record', 'record-digest': evaluated.outputs['record-digest']!, ...change.inputs },
      env: { GITHUB_SHA: sha(n), ...change.env },
    })
  } finally {
    github.state.permissions = before
  }
}

describe.each(NODES)('on $name', ({ path: node }) => {
  it('a run on main is recorded by its own job, and the next ones are compared with it', async () => {
    const first = await push(1, 96, { node })
    expect(first.exit).toBe(0)
    expect(first.outputs).toMatchObject({ verdict: 'passed', 'ledger-head': '' })
    expect(first.outputs['record-digest']).toMatch(/^sha256:[0-9a-f]{64}$/)

    const recorded = await record(1, first, { node })
    expect(recorded.stderr).toBe('')
    expect(recorded.exit).toBe(0)
    expect(recorded.outputs['ledger-head']).toMatch(/^[0-9a-f]{64}$/)
    expect(recorded.summary).toContain(recorded.outputs['ledger-head'])

    const second = await push(2, 97, { node })
    expect(second.outputs['ledger-head']).toBe(recorded.outputs['ledger-head'])
    expect(second.stdout).toMatch(/Against record 1.*11111111/)
    expect(second.stdout).toMatch(/test_coverage +\+1 pp +96 % → 97 %/)
    expect(second.summary).toContain(recorded.outputs['ledger-head']!.slice(0, 12))
    expect((await record(2, second, { node })).exit).toBe(0)

    // A pull request from the first commit is held against what lies before it, not against what main has become since.
    const pull = github.state.addPull(7, {
      head: { ref: 'feature', sha: sha(9), repo: { id: 101, full_name: 'acme/shop', fork: false } },
    })
    github.state.parents.set(sha(9), sha(1))
    const before = github.calls.length
    const files = { ...readyFiles(), 'reports/component/lcov.info': lcov(94, 100) }
    const third = await runStep(action, { github, run: 1009, node, files, event: pullRequestEvent(github, pull) })
    expect(third.outputs).toMatchObject({ verdict: 'failed', 'failed-criteria': '["test_coverage"]' })
    expect(github.state.comments[0]!.body).toMatch(/record 1, commit `11111111`/)
    expect(github.state.comments[0]!.body.replace(/\\/g, '')).toMatch(/-2.pp/)
    const calls = github.calls.slice(before)
    // Eight; five for the ledger; one for the merge's parents, where the changed lines start.
    expect(calls.length).toBeLessThanOrEqual(8 + 5 + 1)
    expect(github.violations).toEqual([])
  })
})

describe('the record job', () => {
  it('appends nothing whose digest is not the one it was told', async () => {
    const first = await push(1, 96)
    const end = await record(1, first, { inputs: { 'record-digest': `sha256:${'0'.repeat(64)}` } })
    expect(end.exit).toBe(2)
    expect(end.stdout).toMatch(/is not what was left/)
    expect(github.calls.some((call) => call.method !== 'GET' && /git\/(?:refs|commits)/.test(call.path))).toBe(false)
  })

  it('refuses the record of another run', async () => {
    const first = await push(1, 96)
    const end = await record(2, first)
    expect(end.exit).toBe(2)
    expect(end.stdout).toMatch(/is of run 1001, not of run 1002/)
  })

  it('run twice, records once', async () => {
    const first = await push(1, 96)
    const heads = [(await record(1, first)).outputs['ledger-head'], (await record(1, first)).outputs['ledger-head']]
    expect(heads[1]).toBe(heads[0])
    expect(heads[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  it('names the permission it lacks, and fails', async () => {
    const first = await push(1, 96)
    github.state.permissions = { contents: 'read', actions: 'read' }
    const end = await runStep(action, {
      github,
      run: 1001,
      files: { [PENDING]: readFileSync(join(first.workspace, PENDING), 'utf8') },
      event: repositoryOf(github),
      eventName: 'push',
      inputs: { command: 'record', 'record-digest': first.outputs['record-digest']! },
      env: { GITHUB_SHA: sha(1) },
    })
    expect(end.exit).toBe(2)
    expect(end.stdout).toMatch(/contents: write/)
  })

  it('takes up what an earlier run could not write, and not what somebody made up for it', async () => {
    const first = await push(1, 96)
    const left = readFileSync(join(first.workspace, PENDING), 'utf8')
    github.state.addArtifact(1001, 'certify-ledger-left', zip([{ path: 'ledger-pending.json', content: left }]))
    // The same file, said to be of a run that was a pull request's.
    github.state.addRun(1500, { event: 'pull_request', head_sha: sha(1) })
    const forged = left.replaceAll('"run":1001', '"run":1500').replaceAll('"id":1001', '"id":1500')
    github.state.addArtifact(1500, 'certify-ledger-left', zip([{ path: 'ledger-pending.json', content: forged }]))
    const second = await push(2, 97)
    const end = await record(2, second)
    expect(end.exit).toBe(0)
    expect(end.stdout).toMatch(/records left by run 1001 are in the ledger as 1/)
    expect(end.stdout).toMatch(/records left by run 1500 are not taken/)
    const third = await push(3, 97)
    expect(third.stdout).toMatch(/Against record 2/)
    expect(github.violations).toEqual([])
  })
})

describe('a ledger that does not hold (proof 5)', () => {
  it('is an error where a criterion needs it, and never a first run', async () => {
    expect((await record(1, await push(1, 96))).exit).toBe(0)
    github.faults.order(/graphql|git\/matching-refs/, { status: 503 }, 50)
    const end = await push(2, 97)
    expect(end.exit).toBe(2)
    expect(end.outputs.verdict).toBe('error')
    expect(end.stdout).toMatch(/ledger/)
  })

  it('changes no verdict where nothing needs it', async () => {
    github.state.addFile('main', '.github/certification.yml', POLICY)
    expect((await record(1, await push(1, 96))).exit).toBe(0)
    github.faults.order(/graphql|git\/matching-refs/, { status: 503 }, 50)
    const end = await push(2, 97)
    expect(end.exit).toBe(0)
    expect(end.outputs.verdict).toBe('passed')
    expect(end.stdout).toMatch(/not compared/)
  })
})

it('in-step, with leave of the policy and the token, the evaluating step appends by itself', async () => {
  github.state.addFile('main', '.github/certification.yml', `${POLICY}ledger: { write: in-step }\n`)
  github.state.permissions = { contents: 'write', actions: 'read', checks: 'write', pull_requests: 'write' }
  const first = await push(1, 96)
  expect(first.outputs['ledger-head']).toMatch(/^[0-9a-f]{64}$/)
  expect(first.outputs['record-digest']).toBe('')
  expect(first.stdout).toMatch(/Loosened/)
  expect(github.violations).toEqual([])
})
