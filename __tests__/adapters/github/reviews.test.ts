// What GitHub says of people: environments, reviews of a run, those who may not approve, and the two fallbacks.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { repositoryFacts } from '../../../src/adapters/github/repository-facts.ts'
import { ApiReviews } from '../../../src/adapters/github/reviews.ts'
import { GONE } from '../../../src/model/approval.ts'
import { HEAD, type RunOptions, runOn } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'

const sha = (digit: string): string => digit.repeat(40)
const numbered = (at: number): string => `1${at.toString(16).padStart(39, '0')}`

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start({ permissions: { actions: 'read', contents: 'read', pull_requests: 'read', issues: 'write' } })
})
afterEach(async () => {
  await github.stop()
  expect(github.violations).toEqual([])
})

async function reviews(options: RunOptions = { pull: null }) {
  const { client, context } = await runOn(github, options)
  return new ApiReviews(client, context)
}

describe('an environment', () => {
  it('has its reviewers, its rules and the place of its settings', async () => {
    const { id } = github.state.addEnvironment('certify-gate-3', {
      reviewers: ['carol', 'acme/release'],
      preventSelfReview: true,
      adminsBypass: false,
      waitMinutes: 30,
      branches: ['main', 'release/*'],
    })
    expect(await (await reviews()).environment('certify-gate-3')).toEqual({
      name: 'certify-gate-3',
      exists: true,
      url: `https://github.com/acme/shop/settings/environments/${id}/edit`,
      users: [{ id: github.state.account('carol').id, login: 'carol' }],
      teams: [{ id: github.state.teams.get('acme/release'), slug: 'release' }],
      preventSelfReview: true,
      adminsBypass: false,
      waitMinutes: 30,
      branches: 'named',
      patterns: ['main', 'release/*'],
    })
  })

  it('that GitHub made by itself asks nobody', async () => {
    github.state.addEnvironment('made')
    expect(await (await reviews()).environment('made')).toMatchObject({
      exists: true,
      users: [],
      teams: [],
      preventSelfReview: null,
      adminsBypass: true,
      branches: 'any',
    })
  })

  it('that is not there does not exist', async () => {
    expect(await (await reviews()).environment('gone')).toMatchObject({ exists: false, users: [], adminsBypass: null })
  })

  it('whose bypass GitHub does not tell is not known to forbid it', async () => {
    github.state.addEnvironment('old', { reviewers: ['carol'], adminsBypass: undefined, branches: 'protected' })
    expect(await (await reviews()).environment('old')).toMatchObject({ adminsBypass: null, branches: 'protected', patterns: [] })
  })

  it('with a slash in its name is asked for under one path segment', async () => {
    github.state.addEnvironment('prod/eu west', { reviewers: ['carol'], branches: ['main'] })
    expect(await (await reviews()).environment('prod/eu west')).toMatchObject({ exists: true, patterns: ['main'] })
    expect(github.requests[0]!.path).toBe('/repos/acme/shop/environments/prod%2Feu%20west')
  })

  it('with more patterns than a page holds has them all', async () => {
    github.state.addEnvironment('many', { branches: Array.from({ length: 130 }, (_, at) => `release/${at}`) })
    expect((await (await reviews()).environment('many')).patterns).toHaveLength(130)
  })

  it('that may not be read is an error with the permission, never one that does not exist', async () => {
    github.state.permissions = {}
    await expect((await reviews()).environment('certify-gate-3')).rejects.toMatchObject({
      code: 'github_unaskable',
      message: expect.stringContaining('`actions: read`'),
      hint: 'give the job `actions: read`',
    })
  })
})

describe('a run, and where its branch is now', () => {
  it('is told by its commit, its last attempt and its event; a fork’s is none of ours', async () => {
    github.state.addRun(1001, { event: 'push', head_sha: 'AB'.repeat(20), run_attempt: 3 })
    github.state.addRun(1002, { head_repository: { id: 666 } })
    const asked = await reviews()
    expect(await asked.runFacts(1001)).toEqual({ commit: 'ab'.repeat(20), attempt: 3, event: 'push', branch: 'feature' })
    expect(await asked.runFacts(1002)).toBeNull()
    expect(await asked.runFacts(7)).toBeNull()
  })

  it('is its last push, a pull request’s head, nothing for a tag, and empty once it is gone', async () => {
    const asked = await reviews()
    expect(await asked.tip()).toBe(HEAD)
    github.state.addPush(HEAD, sha('d'), 'alice')
    expect(await asked.tip()).toBe(sha('d'))
    const of = (change: object) => asked.about({ ...subject, ...change }).tip()
    const { subject } = (await runOn(github, { pull: null })).context
    github.state.addPull(7)
    expect(await of({ pullRequest: 7, ref: 'refs/pull/7/merge' })).toBe(github.state.pulls.get(7)!.head.sha)
    expect(await of({ ref: 'refs/tags/v1' })).toBeNull()
    expect(await of({ ref: 'refs/heads/gone' })).toBe('')
    expect(await of({ pullRequest: 8 })).toBe('')
  })

  it('that may not be read is an error with the permission', async () => {
    github.state.permissions = {}
    const message = expect.stringContaining('`contents: read`')
    await expect((await reviews()).tip()).rejects.toMatchObject({ code: 'github_unaskable', message })
  })
})

describe('the reviews of a run', () => {
  it('are all of them, of all attempts, in order', async () => {
    github.state.addRun(1001)
    github.state.addEnvironment('certify-gate-3')
    github.state.review(1001, 'certify-gate-3', 'carol', 'approved', 'looks **good** 7KQ2-9XPA')
    github.state.review(1001, ['certify-gate-3', 'certify-gate-4'], 'dave', 'rejected')
    github.state.review(1002, 'certify-gate-3', 'erin')
    const { account } = github.state
    expect(await (await reviews()).reviews()).toEqual([
      {
        environments: ['certify-gate-3'],
        state: 'approved',
        user: { id: account.call(github.state, 'carol').id, login: 'carol' },
        comment: 'looks **good** 7KQ2-9XPA',
      },
      {
        environments: ['certify-gate-3', 'certify-gate-4'],
        state: 'rejected',
        user: { id: account.call(github.state, 'dave').id, login: 'dave' },
        comment: '',
      },
    ])
  })

  it('of an account that is gone stay, as nobody’s', async () => {
    const { context } = await runOn(github, { pull: null })
    const data = [{ state: 'rejected', comment: 'no', environments: [{ name: 'certify-gate-3' }], user: null }]
    const client = { rest: { actions: { getReviewsForRun: async () => ({ data }) } } } as never
    expect(await new ApiReviews(client, context).reviews()).toEqual([
      { environments: ['certify-gate-3'], state: 'rejected', user: { id: GONE, login: 'ghost' }, comment: 'no' },
    ])
  })

  it('that cannot be read are an error with the permission, never none', async () => {
    await expect((await reviews()).reviews()).rejects.toMatchObject({ code: 'github_unaskable' })
    github.state.permissions = {}
    await expect((await reviews()).reviews()).rejects.toThrow('actions: read')
  })
})

describe('who may not approve', () => {
  const why = (found: { people: { login: string; why: string }[] }) =>
    Object.fromEntries(found.people.map((one) => [one.login, one.why]))

  /** main: certified c, then d (pull request 5, squashed), e (pushed), HEAD (pull request 7, merged by gina). */
  function history(): void {
    const { state } = github
    state.addCommit(sha('c'), null, 'zoe')
    state.addCommit(sha('d'), sha('c'), 'ann')
    state.addCommit(sha('e'), sha('d'), 'carl')
    state.addCommit(HEAD, sha('e'), 'fay')
    const head = (digit: string) => ({ ref: 'feature', sha: sha(digit), repo: null })
    state.addPull(5, {
      head: head('5'),
      author: 'ann',
      mergedBy: 'bea',
      mergeCommit: sha('d'),
      commits: [{ sha: sha('1'), authors: ['ann', 'abe'] }],
    })
    state.addPull(7, { author: 'fay', mergedBy: 'gina', mergeCommit: HEAD, head: head('7') })
    state.addPush(sha('c'), sha('d'), 'bea', { activity_type: 'pr_merge' })
    state.addPush(sha('d'), sha('e'), 'dan')
    state.addPush(sha('e'), HEAD, 'gina', { activity_type: 'pr_merge' })
    state.addRun(1001, { event: 'push', actor: 'gina', run_attempt: 2, triggering: ['gina', 'hal'] })
  }

  it('of a commit that passed before are at least those of the push that brought it', async () => {
    history()
    github.state.addPush(sha('c'), HEAD, 'gina', { activity_type: 'force_push' })
    const [since, first] = [await (await reviews()).excluded(HEAD), await (await reviews()).excluded(null)]
    expect(since).toEqual(first)
    expect(Object.keys(why(since))).toEqual(expect.arrayContaining(['ann', 'carl', 'fay']))
  })

  it('authors and mergers of every pull request since, pushers, starters of every attempt, commit authors', async () => {
    history()
    const found = await (await reviews({ pull: null, attempt: 2 })).excluded(sha('c'))
    expect(found.problem).toBeNull()
    expect(why(found)).toEqual({
      ann: 'author of pull request 5',
      fay: 'author of pull request 7',
      bea: 'merged pull request 5',
      gina: 'merged pull request 7',
      abe: 'wrote a commit of pull request 5',
      carl: `wrote commit eeeeeee`,
      dan: `pushed eeeeeee`,
      hal: 'started attempt 2 of this run',
    })
    expect(found.people.every((one) => one.id === github.state.account(one.login).id)).toBe(true)
  })

  it('costs few requests, however many commits there are', async () => {
    const { state } = github
    let before = state.addCommit(sha('c'), null)
    for (let at = 0; at < 299; at += 1) {
      const next = state.addCommit(numbered(at), before)
      state.addPull(100 + at, { author: `author${at}`, mergedBy: 'bea', mergeCommit: next, commits: [] })
      before = next
    }
    state.addCommit(HEAD, before)
    state.addPull(12, { author: 'alice', mergedBy: 'bea', mergeCommit: HEAD })
    state.addRun(1001)
    const found = await (await reviews()).excluded(sha('c'))
    expect(found.problem).toBeNull()
    expect(found.people).toHaveLength(301)
    expect(github.calls.length).toBeLessThan(50)
  })

  it('are told to be incomplete where there are too many commits to look at', async () => {
    const { state } = github
    let before = state.addCommit(sha('c'), null)
    for (let at = 0; at < 620; at += 1) before = state.addCommit(numbered(at), before)
    state.addCommit(HEAD, before)
    state.addPush(sha('c'), HEAD, 'dan')
    state.addRun(1001)
    expect((await (await reviews()).excluded(sha('c'))).problem).toBe('of 621 commits since ccccccc only 500 were looked at')
  })

  it('before anything was certified, are those of what this push brought', async () => {
    history()
    const found = await (await reviews({ pull: null, attempt: 2 })).excluded(null)
    expect(found.problem).toBeNull()
    expect(why(found)).toEqual({
      fay: 'author of pull request 7',
      gina: 'merged pull request 7',
      hal: 'started attempt 2 of this run',
    })
  })

  it('of a pull request, are its author, who wrote its commits, and who started the run', async () => {
    const commits = Array.from({ length: 230 }, (_, at) => ({ sha: numbered(at), authors: [`w${at}`] }))
    github.state.addPull(12, { author: 'alice', commits })
    github.state.addRun(1001, { actor: 'pat' })
    const found = await (await reviews({})).excluded(null)
    expect(found.problem).toBeNull()
    expect(why(found)).toMatchObject({
      alice: 'author of pull request 12',
      w0: 'wrote a commit of pull request 12',
      w229: 'wrote a commit of pull request 12',
      pat: 'caused this run',
    })
  })

  it('are told to be incomplete where nobody knows who pushed a commit that came with no pull request', async () => {
    history()
    github.state.pushes.length = 1
    const found = await (await reviews({ pull: null, attempt: 2 })).excluded(sha('c'))
    expect(found.problem).toBe('who pushed eeeeeee, which came with no pull request, is not known')
  })

  it('need the pushes only where a commit came with no pull request', async () => {
    history()
    github.state.addPull(6, { author: 'dan', mergedBy: 'dan', mergeCommit: sha('e') })
    github.faults.order(/activity/, { status: 404 })
    expect((await (await reviews({ pull: null, attempt: 2 })).excluded(sha('c'))).problem).toBeNull()
  })

  it.each([
    ['actions', 'actions: read'],
    ['contents', 'contents: read'],
    ['pull_requests', 'pull-requests: read'],
  ])('cannot be told without %s: an error that names it', async (key, permission) => {
    history()
    github.state.permissions = { ...github.state.permissions, [key]: 'none' }
    await expect((await reviews({ pull: null, attempt: 2 })).excluded(sha('c'))).rejects.toMatchObject({
      code: 'github_unaskable',
      message: expect.stringContaining(permission),
    })
  })

  it('with the people of the commit that it begins with, where that is a part of the change', async () => {
    history()
    github.state.addPush('0'.repeat(40), sha('c'), 'zoe', { activity_type: 'branch_creation' })
    const after = await (await reviews({ pull: null })).excluded(sha('c'))
    const from = await (await reviews({ pull: null })).excluded(sha('c'), true)
    expect(Object.keys(why(after))).not.toContain('zoe')
    expect(why(from)).toMatchObject({ ...why(after), zoe: 'wrote commit ccccccc' })
    expect(from.problem).toBeNull()
  })

  it('cannot be told since a commit that is gone', async () => {
    history()
    await expect((await reviews()).excluded(sha('0'))).rejects.toThrow('cannot compare 0000000 with aaaaaaa')
  })
})

describe('reviews of the pull request', () => {
  const said = (user: string, state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED', commit = HEAD, body = '') =>
    github.state.pullReviews.push({ pull: 12, user, state, body, commit_id: commit })

  it('count for the head commit alone, and only the last word of each', async () => {
    said('carol', 'APPROVED', sha('b'))
    said('dave', 'CHANGES_REQUESTED')
    said('dave', 'APPROVED', HEAD, 'fine now')
    said('dave', 'COMMENTED')
    said('erin', 'APPROVED')
    said('erin', 'CHANGES_REQUESTED')
    said('fred', 'APPROVED')
    said('fred', 'DISMISSED')
    said('helper[bot]', 'APPROVED')
    said('gus', 'APPROVED')
    said('gus', 'APPROVED', sha('b'))
    const found = await (await reviews({})).pullRequestReviews()
    expect(found.map(({ user, state, comment, environments }) => [user.login, state, comment, environments])).toEqual([
      ['dave', 'approved', 'fine now', ['pull request']],
      ['erin', 'rejected', '', ['pull request']],
    ])
  })

  it('of a push are those of the pull requests that end in its commit', async () => {
    github.state.addPull(12)
    said('carol', 'APPROVED')
    expect(await (await reviews()).pullRequestReviews()).toMatchObject([{ user: { login: 'carol' } }])
  })

  it('that cannot be read are an error with the permission', async () => {
    github.state.permissions = {}
    await expect((await reviews({})).pullRequestReviews()).rejects.toThrow('pull-requests: read')
  })
})

describe('the issue that stands in for an environment', () => {
  const asked = { gate: 3, commit: HEAD, evidenceDigest: `sha256:${'e'.repeat(64)}`, code: '7KQ2-9XPA' }
  const BOT = { login: 'github-actions[bot]', type: 'Bot' as const }

  async function opened() {
    const port = await reviews()
    const url = await port.openIssue(asked, 'Read the brief, then decide.')
    return { port, number: Number(/\d+$/.exec(url)![0]) }
  }
  const comment = (issue: number, login: string, body: string) => {
    github.state.collaborators.set(login, github.state.collaborators.get(login) ?? 'write')
    return github.state.addComment(issue, body, { login, type: 'User' })
  }
  const GOOD = '/certify approve gate-3 aaaaaaa ready\ncode 7KQ2-9XPA'

  it('is opened once for each commit, evidence and gate', async () => {
    const { port } = await opened()
    await port.openIssue(asked, 'again')
    expect(github.state.issues.size).toBe(1)
    await port.openIssue({ ...asked, gate: 4 }, '')
    await port.openIssue({ ...asked, commit: sha('b') }, '')
    await port.openIssue({ ...asked, evidenceDigest: 'sha256:1' }, '')
    expect(github.state.issues.size).toBe(4)
  })

  it('is found again where the answer to its opening was lost', async () => {
    github.faults.order(/^POST .*\/issues$/, 'reset-after')
    await opened()
    expect(github.state.issues.size).toBe(1)
  })

  it('takes a comment by somebody who may write, with commit, gate and code', async () => {
    const { port, number } = await opened()
    comment(number, 'carol', GOOD)
    comment(number, 'dave', '/certify reject gate-3 aaaaaaaaaaaa\r\n7KQ2-9XPA no load test')
    expect(await port.issueReviews(asked)).toEqual([
      { environments: ['issue'], state: 'approved', user: { id: expect.any(Number), login: 'carol' }, comment: GOOD },
      expect.objectContaining({ state: 'rejected', user: { id: expect.any(Number), login: 'dave' } }),
    ])
  })

  it.each([
    ['without the code', '/certify approve gate-3 aaaaaaa ready'],
    ['with a longer word around the code', '/certify approve gate-3 aaaaaaa\nX7KQ2-9XPA'],
    ['for another commit', '/certify approve gate-3 bbbbbbb\n7KQ2-9XPA'],
    ['for another gate', '/certify approve gate-4 aaaaaaa\n7KQ2-9XPA'],
    ['with too short a commit', '/certify approve gate-3 aaaaaa\n7KQ2-9XPA'],
    ['that only quotes the command', '> hello\n/certify approve gate-3 aaaaaaa\n7KQ2-9XPA'],
  ])('takes no comment %s', async (_, body) => {
    const { port, number } = await opened()
    comment(number, 'carol', body)
    expect(await port.issueReviews(asked)).toEqual([])
  })

  it('takes no edited comment, no app, and nobody who may only read', async () => {
    const { port, number } = await opened()
    comment(number, 'carol', GOOD).updated_at = '2026-01-02T00:00:00Z'
    github.state.addComment(number, GOOD, BOT)
    github.state.collaborators.set('eve', 'read')
    comment(number, 'eve', GOOD)
    expect(await port.issueReviews(asked)).toEqual([])
  })

  it('takes the last word of each', async () => {
    const { port, number } = await opened()
    comment(number, 'carol', GOOD)
    comment(number, 'carol', GOOD.replace('approve', 'reject'))
    expect(await port.issueReviews(asked)).toMatchObject([{ state: 'rejected' }])
  })

  it("is not somebody else's with our marker, however old", async () => {
    const { port, number } = await opened()
    const { body, title, labels } = github.state.issues.get(number)!
    github.state.issues.delete(number)
    const forged = github.state.addIssue(title, body, { login: 'mallory', type: 'User' }, labels)
    comment(forged.number, 'carol', GOOD)
    expect(await port.issueReviews(asked)).toEqual([])
  })

  it('needs a permission, which is named', async () => {
    github.state.permissions = { contents: 'read' }
    await expect((await reviews()).openIssue(asked, '')).rejects.toThrow('issues: ')
    await expect((await reviews()).issueReviews(asked)).rejects.toThrow('issues: read')
  })
})

describe('the repository', () => {
  it.each([
    [{ private: false }, { private: false, ghes: false, requiredReviewers: true }],
    [{ private: true }, { private: true, ghes: false, requiredReviewers: null }],
    [
      { private: true, plan: 'team' },
      { private: true, ghes: false, requiredReviewers: false },
    ],
    [
      { private: true, plan: 'enterprise' },
      { private: true, ghes: false, requiredReviewers: true },
    ],
    [
      { private: true, visibility: 'internal' as const },
      { private: true, ghes: false, requiredReviewers: true },
    ],
    [
      { private: true, ownerType: 'User' as const },
      { private: true, ghes: false, requiredReviewers: false },
    ],
  ])('with %j', async (state, kind) => {
    Object.assign(github.state, state)
    const { client, context } = await runOn(github, { pull: null })
    expect(await repositoryFacts(client, context)).toMatchObject(kind)
  })

  it('on a server of its own has every feature', async () => {
    const { client, context } = await runOn(github, { pull: null })
    const kind = await repositoryFacts(client, { ...context, serverUrl: 'https://git.acme.example' })
    expect(kind).toMatchObject({ private: true, ghes: true, requiredReviewers: true })
  })
})
