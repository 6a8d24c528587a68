// What a run is about, for every event: the head commit, never the merge commit; the right pull request; who may write.
import { describe, expect, it } from '@jest/globals'
import { contextOf, type ToolkitContext } from '../../../src/adapters/github/context.ts'

const HEAD = 'a'.repeat(40)
const SHA = 'c'.repeat(40)
const repository = { id: 101, full_name: 'acme/shop', default_branch: 'trunk' }
const env = {
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/pull/12/merge',
}
const pull = (headRepo: unknown = { id: 101 }) => ({
  number: 12,
  head: { sha: HEAD.toUpperCase(), ref: 'feature', repo: headRepo },
  base: { ref: 'trunk', repo: { id: 101 } },
})

function context(eventName: string, payload: Record<string, unknown> = {}, change: Partial<ToolkitContext> = {}) {
  return contextOf(
    {
      eventName,
      payload: { repository, ...payload },
      sha: SHA,
      ref: 'refs/heads/x',
      actor: 'alice',
      runId: 5,
      runAttempt: 2,
      serverUrl: 'https://github.com',
      ...change,
    },
    env,
  )
}

describe('the subject', () => {
  it('of a pull request is its head; the merge commit is what was tested', () => {
    const { subject, defaultBranch, baseRef, repositoryId, workflowPath } = context('pull_request', { pull_request: pull() })
    expect(subject).toEqual({
      repository: 'acme/shop',
      commit: HEAD,
      tested: SHA,
      ref: 'refs/heads/x',
      event: 'pull_request',
      pullRequest: 12,
      run: 5,
      attempt: 2,
    })
    expect({ defaultBranch, baseRef, repositoryId, workflowPath }).toEqual({
      defaultBranch: 'trunk',
      baseRef: 'trunk',
      repositoryId: 101,
      workflowPath: '.github/workflows/ci.yml',
    })
  })

  it.each([
    ['pull_request_target', { pull_request: pull() }, 'pull_request', HEAD, null],
    ['merge_group', { merge_group: { head_sha: HEAD } }, 'merge_group', HEAD, null],
    ['push', {}, 'push', SHA, null],
    ['release', { release: { tag_name: 'v1' } }, 'release', SHA, null],
    ['workflow_dispatch', {}, 'push', SHA, null],
    ['schedule', {}, 'push', SHA, null],
    ['workflow_run', { workflow_run: { head_sha: HEAD, event: 'pull_request', pull_requests: [] } }, 'pull_request', HEAD, null],
    ['workflow_run', { workflow_run: { head_sha: HEAD, event: 'push' } }, 'push', HEAD, null],
    ['workflow_run', { workflow_run: { head_sha: HEAD, event: 'workflow_run' } }, 'push', HEAD, null],
  ])('of %s %j', (name, payload, event, commit, tested) => {
    expect(context(name, payload).subject).toMatchObject({ event, commit, tested })
  })

  it('is not guessed from an event without the head', () => {
    expect(context('pull_request', { pull_request: { number: 12 } }).subject.commit).toBeNull()
    expect(context('workflow_run', { workflow_run: { head_sha: '$(id)' } }).subject.commit).toBeNull()
    expect(context('push', {}, { runId: Number.NaN, runAttempt: Number.NaN }).subject).toMatchObject({ run: null, attempt: null })
  })

  it('without a repository is an error', () => {
    expect(() => contextOf({ ...({} as ToolkitContext), payload: {}, eventName: 'push' }, {})).toThrow('no repository')
  })
})

describe('what a run is about where it runs on the default branch', () => {
  const started = (workflow_run: Record<string, unknown>) =>
    context('workflow_run', { workflow_run: { id: 9, run_attempt: 3, ...workflow_run } })

  it('is the branch that the run before it was on', () => {
    expect(started({ event: 'push', head_branch: 'feature' }).subject.ref).toBe('refs/heads/feature')
    expect(started({ event: 'push' }).subject.ref).toBeNull()
  })

  it('is what a run on a pull request left, and of no other event', () => {
    expect(started({ event: 'pull_request' }).triggered).toEqual({ run: 9, attempt: 3 })
    for (const event of ['push', 'pull_request_target', 'workflow_run']) expect(started({ event }).triggered).toBeNull()
    expect(context('pull_request', { pull_request: pull() }).triggered).toBeNull()
  })

  it.each([
    ['merge_group', { merge_group: { base_ref: 'refs/heads/release/1' } }],
    ['workflow_run', { workflow_run: { pull_requests: [{ number: 3, base: { ref: 'release/1' } }] } }],
    ['pull_request', { pull_request: { base: { ref: 'release/1' } } }],
  ])('is the branch that a change wants to get into: %s', (event, payload) => {
    expect(context(event, payload).baseRef).toBe('release/1')
  })
})

describe('a token that cannot write', () => {
  it.each([
    ['the same repository', 'pull_request', pull(), 'alice', null],
    ['a fork', 'pull_request', pull({ id: 999 }), 'alice', 'fork'],
    ['a fork that is gone', 'pull_request', pull(null), 'alice', 'fork'],
    ['Dependabot', 'pull_request', pull(), 'dependabot[bot]', 'dependabot'],
    ['a fork, on the target event', 'pull_request_target', pull({ id: 999 }), 'alice', null],
  ])('is told from %s', (_, event, pull_request, actor, readOnly) => {
    expect(context(event, { pull_request }, { actor }).readOnly).toBe(readOnly)
  })
})
