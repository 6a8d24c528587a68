// The bundle under every event that a workflow may start it with: the right commit, target, policy, check and exit code.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Result } from '../../src/model/result.ts'
import { addForkPull } from '../support/github/fork.ts'
import { HEAD, pullRequestEvent, repositoryOf } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { zip } from '../support/github/zip.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'
import { runStep, type Step, type StepEnd, unpackAction } from '../support/runner.ts'

const MAIN = 'd'.repeat(40)
const QUEUED = 'e'.repeat(40)

let action: string
let github: GitHub
beforeAll(() => {
  action = unpackAction()
})
beforeEach(async () => {
  github = await GitHub.start()
  github.state.addFile(
    'main',
    '.github/certification.yml',
    `${POLICY}target: { pull_request: 2, merge_group: 1, push: 2, release: 2 }\n`,
  )
})
afterEach(async () => {
  await github.stop()
  expect(github.violations).toEqual([])
})

const step = (event: Step['event'], change: Partial<Step>): Promise<StepEnd> =>
  runStep(action, { github, files: readyFiles(), event, pull: null, ...change })

const resultOf = ({ workspace }: StepEnd): Result =>
  JSON.parse(readFileSync(join(workspace, 'certify-report/result.json'), 'utf8')) as Result

const withPayload = (payload: Record<string, unknown>): Record<string, unknown> => ({ ...payload, ...repositoryOf(github) })

const short = { ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) }

describe.each<
  [
    string,
    () => { event: Step['event']; env?: Record<string, string> },
    { commit: string; event: string; target: number; ref: string },
  ]
>([
  [
    'pull_request',
    () => ({ event: pullRequestEvent(github, github.state.addPull(7)) }),
    { commit: HEAD, event: 'pull_request', target: 2, ref: 'refs/pull/7/merge' },
  ],
  ['push', () => ({ event: withPayload({}) }), { commit: HEAD, event: 'push', target: 2, ref: 'refs/heads/main' }],
  [
    'merge_group',
    () => ({
      event: withPayload({ merge_group: { head_sha: QUEUED, base_ref: 'refs/heads/main', base_sha: MAIN } }),
      env: { GITHUB_SHA: QUEUED, GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-abc' },
    }),
    { commit: QUEUED, event: 'merge_group', target: 1, ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' },
  ],
  [
    'workflow_dispatch',
    () => ({ event: withPayload({ inputs: {} }) }),
    { commit: HEAD, event: 'push', target: 2, ref: 'refs/heads/main' },
  ],
  [
    'schedule',
    () => ({ event: withPayload({ schedule: '7 3 * * *' }) }),
    { commit: HEAD, event: 'push', target: 2, ref: 'refs/heads/main' },
  ],
  [
    'release',
    () => ({ event: withPayload({ release: { tag_name: 'v1' } }), env: { GITHUB_REF: 'refs/tags/v1' } }),
    { commit: HEAD, event: 'release', target: 2, ref: 'refs/tags/v1' },
  ],
])('%s', (eventName, of, expected) => {
  it('judges its commit against its target, and posts the check there', async () => {
    const end = await step(of().event, { eventName, env: of().env ?? {} })
    expect([end.exit, end.outputs.verdict]).toEqual([0, 'passed'])
    const { subject, decision, config } = resultOf(end)
    expect(subject).toMatchObject({ commit: expected.commit, event: expected.event, ref: expected.ref })
    expect(decision.target).toBe(expected.target)
    expect(config.source).toBe('.github/certification.yml@main')
    expect(github.state.checkRuns.map((run) => [run.head_sha, run.conclusion])).toEqual([[expected.commit, 'success']])
    expect(github.state.comments).toHaveLength(eventName === 'pull_request' ? 1 : 0)
  })

  it('ends with 1 where a criterion is short', async () => {
    const end = await step(of().event, { eventName, env: of().env ?? {}, files: short })
    expect([end.exit, end.outputs.verdict]).toEqual([1, 'failed'])
    expect(github.state.checkRuns.map((run) => [run.head_sha, run.conclusion])).toEqual([[expected.commit, 'failure']])
  })
})

/** The policy asks for an artifact, and run 900 of the pull request's head left one. */
function leaveArtifact(): void {
  github.state.addFile(
    'main',
    '.github/certification.yml',
    POLICY.replace('[reports/component/lcov.info, reports/component/junit.xml]', '[{ artifact: unit, path: "**" }]'),
  )
  github.state.addRun(900, { head_sha: HEAD })
  github.state.addArtifact(900, 'unit', zip([{ path: 'lcov.info', content: lcov(96, 100) }]))
}

describe('merge_group', () => {
  const event = () => withPayload({ merge_group: { head_sha: QUEUED, base_ref: 'refs/heads/main', base_sha: MAIN } })
  const env = { GITHUB_SHA: QUEUED, GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-abc' }

  it("is judged anew: what the pull request's own run left is another commit's, and said to be", async () => {
    leaveArtifact()
    const end = await step(event(), { eventName: 'merge_group', env, inputs: { 'run-id': '900' } })
    expect([end.exit, end.outputs.verdict]).toEqual([2, 'error'])
    expect(end.stdout).toMatch(/run 900 ran for another commit \\?\(aaaaaaaaaaaa\\?\)/)
  })

  it('is no run of the branch that it wants to get into, and is compared with it', async () => {
    const end = await step(event(), { eventName: 'merge_group', env })
    const left = JSON.parse(readFileSync(join(end.workspace, 'certify-report/ledger-pending.json'), 'utf8'))
    expect(left.drafts[0].data).toMatchObject({ branch: 'main', main: false })
  })
})

describe('pull_request_target', () => {
  const env = { GITHUB_SHA: MAIN, GITHUB_REF: 'refs/heads/main' }
  const onTarget = (change: Partial<Step> = {}, event?: Step['event']): Promise<StepEnd> =>
    step(event ?? pullRequestEvent(github, addForkPull(github.state, 7)), { eventName: 'pull_request_target', env, ...change })

  it('takes nothing of the base for the head, whatever lies there', async () => {
    const end = await onTarget()
    expect([end.exit, end.outputs.verdict]).toEqual([1, 'failed'])
    expect(resultOf(end).evidence.filter((one) => one.admitted)).toEqual([])
    expect(
      resultOf(end)
        .notices.map((one) => one.message)
        .join(),
    ).toMatch(/the workspace is of \w+ and not of aaaaaaaaaaaa, which is judged/)
    expect(github.state.checkRuns).toMatchObject([{ head_sha: HEAD, conclusion: 'failure' }])
    expect(github.state.comments.map((one) => one.issue)).toEqual([7])
  })

  it.each([
    ['its head', false],
    ['its merge', true],
  ])('refuses to judge where %s is checked out, and says what to do instead', async (_, merge) => {
    const { state } = github
    const checkedOut = (head: string): Record<string, unknown> =>
      pullRequestEvent(github, addForkPull(state, 7, { head: { ...addForkPull(state, 7).head, sha: head } }))
    const end = merge
      ? await onTarget({ after: (workspace) => mergeIn(workspace) }, (head) => checkedOut(head))
      : await onTarget({}, checkedOut)
    expect([end.exit, end.outputs.verdict]).toEqual([2, 'error'])
    expect(end.stdout).toMatch(/checked out under pull_request_target/)
    expect(end.stdout).toMatch(/run certify on pull_request/)
    expect(github.state.checkRuns).toMatchObject([{ conclusion: 'failure', title: expect.stringMatching(/^Could not judge/) }])
  })
})

/** The commit that was there becomes a parent of what is there now. */
function mergeIn(workspace: string): void {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: workspace,
      stdio: 'ignore',
    })
  git('commit', '-q', '--allow-empty', '-m', 'merge')
}

describe('workflow_run', () => {
  const ended = (change: Record<string, unknown>): Record<string, unknown> =>
    withPayload({
      workflow_run: { id: 900, run_attempt: 1, event: 'push', head_sha: HEAD, head_branch: 'main', pull_requests: [], ...change },
    })
  const env = { GITHUB_SHA: MAIN }
  const following = (event: Step['event'], change: Partial<Step> = {}): Promise<StepEnd> =>
    step(event, { eventName: 'workflow_run', env, ...change })

  it('after a push judges its commit where that is checked out', async () => {
    let commit = ''
    const end = await following((head) => {
      commit = head
      return ended({ head_sha: head })
    })
    expect([end.exit, end.outputs.verdict]).toEqual([0, 'passed'])
    expect(resultOf(end).subject).toMatchObject({ commit, event: 'push', ref: 'refs/heads/main' })
    expect(github.state.checkRuns).toMatchObject([{ head_sha: commit, conclusion: 'success' }])
  })

  it('after a push reads nothing of a workspace that is of another commit', async () => {
    const end = await following(ended({}))
    expect([end.exit, end.outputs.verdict]).toEqual([1, 'failed'])
    expect(end.summary).toMatch(/github.event.workflow\\?_run.head\\?_sha/)
    expect(github.state.checkRuns).toMatchObject([{ head_sha: HEAD, conclusion: 'failure' }])
  })

  it('after a push to another branch is no run of the default branch', async () => {
    const end = await following((head) => ended({ head_sha: head, head_branch: 'feature' }))
    const left = JSON.parse(readFileSync(join(end.workspace, 'certify-report/ledger-pending.json'), 'utf8'))
    expect(left.drafts[0].data).toMatchObject({ branch: 'feature', main: true, subject: { ref: 'refs/heads/feature' } })
  })

  it("after a pull request of the repository's own says nothing: its run has spoken", async () => {
    github.state.addRun(900, { head_sha: HEAD })
    const end = await following(ended({ event: 'pull_request' }))
    expect([end.exit, end.outputs.verdict]).toEqual([0, undefined])
    expect(end.stdout).toMatch(/nothing is reported: run 900 is not a fork's/)
    expect([github.state.checkRuns, github.state.comments]).toEqual([[], []])
  })

  it('after a pull request whose run GitHub does not know ends with 2, and posts nothing', async () => {
    const end = await following(ended({ event: 'pull_request', id: 4 }))
    expect(end.exit).toBe(2)
    expect(end.stdout).toMatch(/run 4 cannot be looked up/)
    expect([github.state.checkRuns, github.state.comments]).toEqual([[], []])
  })

  it('with run-id judges by artifacts of that run alone, and takes none that say not which commit they are of', async () => {
    leaveArtifact()
    const pull = github.state.addPull(7)
    const event = ended({ event: 'pull_request', pull_requests: [{ number: 7, head: { sha: HEAD }, base: { ref: 'main' } }] })
    const end = await following(event, { inputs: { 'run-id': '900' } })
    expect(end.outputs.verdict).toBe('failed')
    expect(resultOf(end).subject).toMatchObject({ commit: HEAD, pullRequest: 7 })
    expect(end.summary).toMatch(/lcov\.info/)
    expect(github.state.checkRuns).toMatchObject([{ head_sha: pull.head.sha, conclusion: 'failure' }])
  })
})
