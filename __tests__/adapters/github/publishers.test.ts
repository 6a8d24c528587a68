// Check and comment against the stand-in: created once, updated by later runs, never doubled, never a reason to fail.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { githubPublishers, type PublishersOptions } from '../../../src/adapters/github/publishers.ts'
import type { Annotation, RenderedCheck } from '../../../src/model/rendered.ts'
import type { Result } from '../../../src/model/result.ts'
import { primaryLimit, secondaryLimit } from '../../support/github/faults.ts'
import { type KeptLog, type RunOptions, runOn, verdict } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'

const CREATE_CHECK = /^POST .*check-runs$/
const CREATE_COMMENT = /^POST .*comments$/

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start()
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
})

function check(change: Partial<RenderedCheck> = {}): RenderedCheck {
  return {
    name: 'certify verdict',
    title: 'level 1 of 2',
    conclusion: 'failure',
    summary: '# Failed',
    text: 'details',
    annotations: [],
    ...change,
  }
}

function notes(count: number, message = 'not covered'): Annotation[] {
  return Array.from({ length: count }, (_, i) => ({
    path: 'src/a.ts',
    startLine: i + 1,
    endLine: i + 1,
    level: 'warning',
    message,
    title: null,
  }))
}

interface Post extends RunOptions {
  rendered?: Partial<RenderedCheck>
  result?: Result
  text?: string
  comment?: PublishersOptions['comment']
  /** Comments that the pull request was seen to have; null: not known. */
  seen?: number | null
}

/** One run that publishes everything. */
async function post(options: Post = {}): Promise<KeptLog> {
  const { client, context, log } = await runOn(github, options)
  const publishers = githubPublishers({
    client,
    context,
    log,
    name: 'certify',
    comment: options.comment ?? 'changes',
    comments: () => options.seen ?? null,
    renderCheck: () => check(options.rendered),
    renderComment: (_, __, marker) => `${marker}\n${options.text ?? 'verdict: failed'}`,
    annotate: () => {},
    pauseMs: 5,
  })
  for (const publisher of publishers) await publisher.publish(options.result ?? verdict('failed'), { state: 'off' })
  return log
}

const routes = () => github.calls.map((r) => `${r.route.replace('/repos/{owner}/{repo}', '')} ${r.status}`)

describe('the first run', () => {
  it('creates one check and one comment with four requests and logs no warning', async () => {
    const log = await post({ rendered: { annotations: notes(2) }, seen: 0 })
    expect(routes()).toEqual([
      'GET /commits/{ref}/check-runs 200',
      'POST /check-runs 201',
      'POST /issues/{issue_number}/comments 201',
      // Whether another first run did the same.
      'GET /issues/{issue_number}/comments 200',
    ])
    expect(github.state.checkRuns).toMatchObject([
      {
        name: 'certify verdict',
        head_sha: 'a'.repeat(40),
        status: 'completed',
        conclusion: 'failure',
        title: 'level 1 of 2',
        summary: '# Failed',
        text: 'details',
      },
    ])
    expect(github.state.checkRuns[0]?.annotations).toHaveLength(2)
    expect(github.state.comments).toMatchObject([{ issue: 12, user: { login: 'github-actions[bot]' } }])
    expect(log.warnings).toEqual([])
  })

  it('sends annotations fifty at a time, each once', async () => {
    await post({ rendered: { annotations: notes(120) } })
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.checkRuns[0]?.annotations.map((a) => a.start_line)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
  })

  it('writes no comment outside of a pull request', async () => {
    await post({ pull: null })
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.calls.filter((r) => r.route.includes('comments'))).toEqual([])
  })

  it('cuts what GitHub would refuse for its length', async () => {
    await post({ rendered: { summary: 'é\n'.repeat(60_000), text: 'x\n'.repeat(60_000) }, text: 'y\n'.repeat(60_000) })
    const [run] = github.state.checkRuns
    expect(Buffer.byteLength(run?.summary ?? '')).toBeLessThanOrEqual(65_535)
    expect(run?.summary).toContain('(cut:')
    expect(run?.summary).not.toContain('\ufffd')
    expect(github.state.comments[0]?.body.length).toBeLessThanOrEqual(65_536)
  })
})

describe('a later run', () => {
  it('updates both and adds neither, and repeats no annotation', async () => {
    await post({ rendered: { annotations: notes(60) } })
    await post({ run: 1002, rendered: { annotations: notes(60), conclusion: 'success', text: null }, text: 'verdict: passed' })
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.checkRuns[0]).toMatchObject({ conclusion: 'success', text: '' })
    expect(github.state.checkRuns[0]?.annotations).toHaveLength(60)
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]?.body).toContain('verdict: passed')
  })

  it('starts a check of its own where its annotations differ, because old ones cannot be taken back', async () => {
    await post({ rendered: { annotations: notes(2) } })
    await post({ run: 1002, rendered: { annotations: notes(1, 'other') } })
    expect(github.state.checkRuns.map((r) => r.annotations.length)).toEqual([2, 1])
  })

  it.each([
    ['an older run', 1001, 1],
    ['an older attempt of the same run', 1002, 1],
  ])('is not overwritten by %s that ends after it', async (_, run, attempt) => {
    await post({ run: 1002, attempt: 2, text: 'new', rendered: { conclusion: 'success' } })
    const log = await post({ run, attempt, text: 'old', rendered: { conclusion: 'failure' } })
    expect(github.state.checkRuns).toMatchObject([{ conclusion: 'success' }])
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]?.body).toContain('new')
    expect(log.lines.join('\n')).toContain('a newer run')
  })

  it('keeps the checks of a push and of a pull request on one commit apart', async () => {
    await post()
    await post({ pull: null, run: 1002 })
    expect(github.state.checkRuns).toHaveLength(2)
  })

  it('creates the comment again where somebody deleted it', async () => {
    await post()
    github.state.comments.length = 0
    await post({ run: 1002 })
    expect(github.state.comments).toHaveLength(1)
  })

  it('finds its comment behind a hundred others', async () => {
    github.state.addPull(12)
    for (let i = 0; i < 130; i += 1) github.state.addComment(12, `talk ${i}`, { login: 'bob', type: 'User' })
    await post()
    await post({ run: 1002, text: 'second' })
    expect(github.state.comments).toHaveLength(131)
    expect(github.state.comments.at(-1)?.body).toContain('second')
  })
})

describe('the comment input', () => {
  it('changes: an equal text of a later run is edited in place, so that one between the two does not come after it', async () => {
    await post()
    await post({ run: 1003 })
    await post({ run: 1002, text: 'between' })
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]?.body).not.toContain('between')
    expect(github.calls.filter((r) => r.method === 'PATCH' && r.route.includes('comments'))).toHaveLength(1)
  })

  it('changes: what a run has said already is not said again', async () => {
    await post()
    await post()
    expect(github.calls.filter((r) => r.method === 'PATCH' && r.route.includes('comments'))).toEqual([])
  })

  it('always: every run writes', async () => {
    await post({ comment: 'always' })
    await post({ comment: 'always', run: 1002 })
    expect(github.calls.filter((r) => r.method === 'PATCH' && r.route.includes('comments'))).toHaveLength(1)
  })

  it('never: not a request', async () => {
    await post({ comment: 'never' })
    expect(github.calls.filter((r) => r.route.includes('comments'))).toEqual([])
  })

  it('failures: silent on a first pass, but a comment that exists follows the verdict', async () => {
    const passed = { comment: 'failures', result: verdict('passed'), text: 'passed' } as const
    await post(passed)
    expect(github.state.comments).toEqual([])
    await post({ run: 1002, comment: 'failures', text: 'failed' })
    await post({ ...passed, run: 1003 })
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]?.body).toContain('passed')
  })
})

describe('two runs at once', () => {
  const EDIT_COMMENT = /^PATCH .*comments/
  const EDIT_CHECK = /^PATCH .*check-runs/
  const ours = () => github.state.comments.map((c) => c.body.split('\n').at(-1))

  it.each([
    ['the later one writes first', 1001, 1002],
    ['the older one writes first', 1002, 1001],
  ])('two first ones leave one comment, the newer result: %s', async (_, one, other) => {
    github.faults.meanwhile(CREATE_COMMENT, () => post({ run: other, text: `of ${other}`, seen: 0 }))
    await post({ run: one, text: `of ${one}`, seen: 0 })
    expect(ours()).toEqual(['of 1002'])
    expect(github.state.checkRuns.filter((run) => run.external_id.includes('1002'))).not.toEqual([])
  })

  it('three first ones leave one comment', async () => {
    github.faults.meanwhile(CREATE_COMMENT, () => post({ run: 1003, text: 'of 1003' }))
    github.faults.meanwhile(CREATE_COMMENT, () => post({ run: 1002, text: 'of 1002' }))
    await post({ text: 'of 1001' })
    expect(ours()).toEqual(['of 1003'])
  })

  it('doubles that runs left which were cancelled are mended by the next', async () => {
    await post({ text: 'of 1001' })
    const { body, issue, user } = github.state.comments[0]!
    github.state.addComment(issue, body.replace('1001.1', '1005.1').replace('of 1001', 'of 1005'), user)
    await post({ run: 1003, text: 'of 1003' })
    expect(ours()).toEqual(['of 1005'])
    await post({ run: 1006, text: 'of 1006' })
    expect(ours()).toEqual(['of 1006'])
  })

  it.each([
    ['has to wait for a limit', secondaryLimit(1)],
    ['meets a server error', { status: 502 }],
    ['loses its connection', 'reset-before'],
  ] as const)('an older run that %s does not write over the newer one', async (_, trouble) => {
    for (const route of [EDIT_COMMENT, EDIT_CHECK]) {
      github.state.comments.length = 0
      github.state.checkRuns.length = 0
      await post({ run: 1000, text: 'of 1000', rendered: { conclusion: 'neutral' } })
      // The newer run's own request goes well; then the older one's, which is on its way, does not.
      github.faults.order(route, trouble, 1, 1)
      github.faults.meanwhile(route, () => post({ run: 1002, text: 'of 1002', rendered: { conclusion: 'success' } }))
      await post({ run: 1001, text: 'of 1001' })
      expect(ours()).toEqual(['of 1002'])
      expect(github.state.checkRuns).toMatchObject([{ conclusion: 'success' }])
    }
  })

  it('a comment that is deleted while it is edited is created again', async () => {
    await post()
    github.faults.meanwhile(EDIT_COMMENT, async () => void github.state.comments.splice(0))
    await post({ run: 1002, text: 'again' })
    expect(ours()).toEqual(['again'])
  })

  it('a re-run that ends before the attempt it repeats stays', async () => {
    github.faults.meanwhile(/^GET .*check-runs$/, () => post({ attempt: 2, text: 'second', rendered: { conclusion: 'success' } }))
    await post({ attempt: 1, text: 'first' })
    expect(ours()).toEqual(['second'])
    expect(github.state.checkRuns).toMatchObject([{ conclusion: 'success' }])
  })
})

describe("somebody else's comment", () => {
  it.each([
    ['a person', { login: 'mallory', type: 'User' }],
    ['another bot', { login: 'echo[bot]', type: 'Bot' }],
    ['a person who calls himself the bot', { login: 'github-actions', type: 'User' }],
  ] as const)('is untouched when %s copies our marker', async (_, user) => {
    await post()
    const copied = github.state.comments[0]?.body ?? ''
    github.state.comments.length = 0
    github.state.addComment(12, copied, user)
    await post({ run: 1002, text: 'verdict: passed' })
    expect(github.state.comments.map((c) => [c.user.login, c.body === copied])).toEqual([
      [user.login, true],
      ['github-actions[bot]', false],
    ])
  })

  it('is not ours either where the bot itself quotes our marker further down', async () => {
    await post()
    const quoting = `Somebody wrote:\n${github.state.comments[0]!.body}`
    github.state.comments.length = 0
    github.state.addComment(12, quoting, { login: 'github-actions[bot]', type: 'Bot' })
    await post({ run: 1002, text: 'verdict: passed' })
    expect(github.state.comments.map((c) => c.body === quoting)).toEqual([true, false])
  })

  it("is ours when an own app's token wrote it", async () => {
    github.state.viewer = { login: 'acme-certifier[bot]', type: 'Bot', app: { id: 7, slug: 'acme-certifier' } }
    await post()
    await post({ run: 1002, text: 'second' })
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]?.body).toContain('second')
  })
})

describe('a token that may not write', () => {
  it('on a pull request from a fork: no request, one plain line, no 403 anywhere', async () => {
    const own = github.state.addPull(12)
    const pull = { ...own, head: { ...own.head, repo: { id: 999, full_name: 'mallory/shop', fork: true } } }
    github.state.permissions = { contents: 'read' }
    const log = await post({ pull })
    expect(github.requests).toEqual([])
    expect(log.lines).toEqual(['info: pull request from a fork: the token is read-only here: the verdict is in the summary'])
  })

  it('on a pull request by Dependabot: tried, and said without a warning', async () => {
    github.state.permissions = { checks: 'read', pull_requests: 'read' }
    const log = await post({ actor: 'dependabot[bot]' })
    expect(log.warnings).toEqual([])
    expect(log.lines).toHaveLength(2)
    expect(log.lines.join('\n')).not.toContain('403')
  })

  it('elsewhere: a warning names the line to add, for each', async () => {
    github.state.permissions = { checks: 'read', pull_requests: 'read' }
    const log = await post()
    expect(log.warnings).toEqual([
      'warning: the check run was not posted: the token may not do it: add `checks: write` under `permissions:` of this job. The verdict stands; it is in the summary.',
      'warning: the comment was not posted: the token may not do it: add `pull-requests: write` under `permissions:` of this job. The verdict stands; it is in the summary.',
    ])
  })

  it('with a wrong token: says so', async () => {
    const { context } = await runOn(github)
    const other = await GitHub.start({ token: 'ghs_other' })
    const { client, log } = await runOn(other)
    Object.assign(other, { token: 'ghs_third' })
    const [publisher] = githubPublishers({
      client,
      context,
      log,
      name: 'c',
      comment: 'never',
      renderCheck: () => check(),
      renderComment: () => '',
      annotate: () => {},
    })
    await publisher?.publish(verdict('passed'), { state: 'off' })
    await other.stop()
    expect(log.warnings.join()).toContain('does not accept the token')
  })
})

describe('trouble on the way', () => {
  it('asks again after server errors', async () => {
    github.faults.order(/^GET .*check-runs$/, { status: 502 }, 2)
    github.faults.order(CREATE_CHECK, { status: 500 })
    github.faults.order(CREATE_COMMENT, { status: 503 })
    const log = await post()
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.comments).toHaveLength(1)
    expect(log.warnings).toEqual([])
  })

  it.each(['reset-before', 'reset-after'] as const)('writes once when the connection breaks (%s)', async (trouble) => {
    github.faults.order(CREATE_CHECK, trouble)
    github.faults.order(CREATE_COMMENT, trouble)
    const log = await post({ rendered: { annotations: notes(70) } })
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.checkRuns[0]?.annotations).toHaveLength(70)
    expect(github.state.comments).toHaveLength(1)
    expect(log.warnings).toEqual([])
  })

  it('does not append annotations twice when the answer to an update is lost', async () => {
    github.faults.order(/^PATCH .*check-runs/, 'reset-after')
    await post({ rendered: { annotations: notes(120) } })
    expect(github.state.checkRuns[0]?.annotations).toHaveLength(120)
  })

  it.each([403, 429] as const)('waits as long as a secondary limit says (%i), then goes on', async (status) => {
    github.faults.order(CREATE_CHECK, secondaryLimit(1, status))
    const log = await post()
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.comments).toHaveLength(1)
    expect(log.warnings).toEqual([])
    expect(log.lines).toContain("progress: GitHub's rate limit is reached: going on in 1 s")
  })

  it('does not wait an hour for the primary limit: a warning, and the run goes on', async () => {
    github.faults.order(/check-runs$/, primaryLimit(3600), 9)
    const log = await post()
    expect(log.warnings).toHaveLength(1)
    expect(log.warnings[0]).toContain("GitHub's rate limit is reached")
    expect(github.state.comments).toHaveLength(1)
  })

  it('an outage is two warnings, and no exception', async () => {
    github.faults.order(/./, { status: 503 }, 99)
    const log = await post()
    expect(log.warnings).toHaveLength(2)
    expect(log.warnings[0]).toContain('GitHub answers with an error (503)')
  })

  it('does not hang on a server that never answers', async () => {
    const { client, context, log } = await runOn(github, { timeoutMs: 100 })
    github.faults.order(/./, 'hang', 99)
    const quick = githubPublishers({
      client,
      context,
      log,
      name: 'c',
      comment: 'never',
      renderCheck: () => check(),
      renderComment: () => '',
      annotate: () => {},
      pauseMs: 1,
    })
    await quick[0]?.publish(verdict('passed'), { state: 'off' })
    expect(log.warnings[0]).toContain('within 0.1 s')
  })

  it('shows the verdict alone where GitHub refuses the whole check', async () => {
    github.faults.order(CREATE_CHECK, { status: 422, message: 'Invalid request' })
    const log = await post({ rendered: { annotations: notes(70) } })
    expect(github.state.checkRuns).toMatchObject([{ conclusion: 'failure', title: 'level 1 of 2', text: null, annotations: [] }])
    expect(log.warnings).toEqual([])
    expect(log.lines.join()).toContain('the verdict alone')
  })

  it('a comment that is too long for GitHub after all is written shorter', async () => {
    github.faults.order(CREATE_COMMENT, { status: 422, message: 'Body is too long (maximum is 65536 characters)' })
    const log = await post({ text: 'long\n'.repeat(9000) })
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]!.body.length).toBeLessThanOrEqual(65_536 / 4)
    expect(log.warnings).toEqual([])
  })

  it('a comment that GitHub refuses is a warning with its reason, on one line', async () => {
    github.faults.order(CREATE_COMMENT, { status: 422, message: 'Body is too long\n::error::x' })
    const log = await post()
    expect(log.warnings).toEqual([
      'warning: the comment was not posted: GitHub refuses it (422): Body is too long ::error::x. The verdict stands; it is in the summary.',
    ])
  })
})
