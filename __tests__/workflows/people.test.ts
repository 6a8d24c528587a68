// Gates 3 and 4 from the push to the decision, by the real workflows and bundle: whose word opens a gate, and whose does not (proof 4).
import { afterEach, describe, expect, it } from '@jest/globals'
import { gateScene, recordsOf, SAFE, type Scene, type Seen, SHA, seen } from '../support/workflows/gate-scene.ts'
import type { Act } from '../support/workflows/reviewers.ts'
import { pullRequest } from '../support/workflows/world.ts'

let scene: Scene
afterEach(async () => {
  const { violations } = scene.github
  await scene.github.stop()
  expect(violations).toEqual([])
})

/** The run, with these people at gate 3. */
async function at3(...script: Act[]): Promise<Seen> {
  scene = await gateScene({ reviewers: { 'certify-gate-3': script } })
  return seen(scene)
}

/** Everything that a gate which stays shut has in common, whatever kept it shut. */
function expectShut(run: Seen, state: string, records: string[]): void {
  expect(run.state).toBe(state)
  expect(run.records).toEqual(records)
  expect(run.exits.confirm).toBe(1)
  expect(run.check?.conclusion).not.toBe('success')
  expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
  expect(run.decision.verdict).not.toBe('passed')
  expect(run.deploy).toBe('skipped')
}

describe('both gates, approved by two people', () => {
  it('open one after the other, are recorded, and let the deployment go', async () => {
    scene = await gateScene(
      { reviewers: { 'certify-gate-3': [{ approve: 'bob', comment: 'seen' }], 'certify-gate-4': [{ approve: 'carol' }] } },
      4,
    )
    const run = await seen(scene, 4)
    expect(run.end.conclusion).toBe('success')
    expect(run.exits).toEqual({ preflight: 0, inside: [0], confirm: 0 })
    expect(run.records).toEqual(['approval approved', 'gate.decision open', 'approval approved', 'gate.decision open'])
    expect(run.check).toMatchObject({ conclusion: 'success', title: expect.stringMatching(/level 4/) })
    expect(run.end.ended.get('certify')!.outputs).toMatchObject({
      verdict: 'passed',
      proceed: 'true',
      level: '4',
      gates: '{"1":"open","2":"open","3":"open","4":"open"}',
      approval: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(run.deploy).toBe('success')
    const [, approval] = recordsOf(scene.github)
    expect(approval!.data.approval).toMatchObject({
      gate: 3,
      commit: SHA,
      run: 1001,
      attempt: 1,
      slots: [{ environment: 'certify-gate-3', filledBy: { login: 'bob' }, comment: 'seen', code: 'none' }],
      environments: [{ name: 'certify-gate-3', preventSelfReview: true, adminsBypass: false }],
      approvedBefore: expect.stringMatching(/^20/),
    })
    // Nothing that reads reports or talks to people may write to the repository, and the other way round.
    const writers = scene.github.calls.filter(({ method, path }) => method !== 'GET' && /\/git\//.test(path))
    expect(writers.length).toBeGreaterThan(0)
    expect(scene.github.calls.filter(({ status }) => status === 403)).toEqual([])
  })
})

describe('on a pull request', () => {
  it.each<[string, Act[], string, string, RegExp]>([
    ['approved', [{ approve: 'bob' }], 'open', 'success', /gate 3|level 3/i],
    ['rejected', [{ reject: 'bob' }], 'rejected', 'failure', /rejected/],
  ])('%s, the check and the one comment say so', async (_, script, state, conclusion, words) => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': script } })
    const { github, world } = scene
    const pull = github.state.addPull(7, { author: 'ann' })
    github.state.addEnvironment('certify-gate-3', { ...SAFE, branches: ['refs/pull/*/merge'] })
    world.event = pullRequest(github, pull)
    const run = await seen(scene)
    expect(run.state).toBe(state)
    expect(github.state.checkRuns).toHaveLength(1)
    expect(run.check?.conclusion).toBe(conclusion)
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.comments[0]!.body).toMatch(words)
  })
})

describe('a review that is a no, or none', () => {
  it('rejected: the gate is', async () => {
    const run = await at3({ reject: 'bob', comment: 'not yet' })
    expectShut(run, 'rejected', ['approval rejected', 'gate.decision rejected'])
    expect(run.exits.inside).toEqual([null])
    expect(run.text).toMatch(/rejected by bob in certify-gate-3/)
  })

  it('nobody comes in thirty days: expired', async () => {
    const run = await at3('nobody')
    expectShut(run, 'expired', ['approval expired', 'gate.decision expired'])
    expect(run.text).toMatch(/nobody approved gate 3 in time/)
  })

  it('the run is cancelled while it waits: nothing opens, and it is recorded', async () => {
    const run = await at3('cancel')
    expect(run.state).not.toBe('open')
    expect(run.records).toHaveLength(2)
    expect(run.records).not.toContain('gate.decision open')
    expect(run.check?.conclusion).not.toBe('success')
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).not.toBe('success')
  })
})

describe('a yes that does not count', () => {
  it('of whoever started the run: GitHub keeps them from it, and nobody else comes', async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'alice' }] } })
    scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, reviewers: ['alice', 'bob'] })
    const run = await seen(scene)
    expect(run.end.refused).toEqual(['alice may not review certify-gate-3'])
    expectShut(run, 'expired', ['approval expired', 'gate.decision expired'])
  })

  it('of the author, whom GitHub lets approve', async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'ann' }] } })
    scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, reviewers: ['ann', 'bob'] })
    const run = await seen(scene)
    expectShut(run, 'awaiting_approval', ['approval awaiting', 'gate.decision awaiting_approval'])
    expect(run.exits.inside).toEqual([1])
    expect(run.text).toMatch(/ann may not approve this change: wrote/)
    expect(JSON.stringify(recordsOf(scene.github)[1]!.data)).toMatch(/approver_excluded/)
  })

  it.each<[string, Act, string]>([
    ['after a release', { approve: 'bob' }, 'open'],
    ['where nothing was ever let through', 'nobody', 'expired'],
  ])('of the author of an earlier change that nobody approved, which this one carries, %s', async (_, first, state) => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [first, 'nobody', { approve: 'dora' }, { approve: 'ann' }] } })
    const { github, world } = scene
    github.state.addEnvironment('certify-gate-3', { ...SAFE, reviewers: ['ann', 'bob', 'dora'] })
    expect((await seen(scene)).state).toBe(state)
    const next = async (digit: string, parent: string, author: string): Promise<Seen> => {
      const sha = github.state.addCommit(digit.repeat(40), parent, author)
      github.state.addPush(parent, sha, 'alice')
      world.run += 1
      world.event = { ...world.event, sha, payload: { ...world.event.payload, before: parent, after: sha } }
      return seen(scene)
    }
    expect((await next('c', SHA, 'dora')).state).toBe('expired')
    const run = await next('d', 'c'.repeat(40), 'carl')
    expect(run.state).toBe('awaiting_approval')
    expect(run.text).toMatch(/dora may not approve this change: wrote commit ccccccc/)
    // ann wrote what the first run was about: her word counts where that was let through.
    const last = await next('e', 'd'.repeat(40), 'carl')
    expect(last.state).toBe(state === 'open' ? 'open' : 'awaiting_approval')
  })

  it('of one who is no reviewer any more when the job looks', async () => {
    const remove = (): void => void scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, reviewers: ['carol'] })
    const run = await at3({ approve: 'bob', afterwards: remove })
    expectShut(run, 'awaiting_approval', ['approval awaiting', 'gate.decision awaiting_approval'])
    expect(run.text).toMatch(/bob is no reviewer of certify-gate-3/)
  })

  it("of a reviewer whom the policy's list leaves out", async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }] } })
    scene.policy((text) => text.replace('certify-gate-3 }', 'certify-gate-3, sign_offs: [{ role: lead, users: [carol] }] }'))
    const run = await seen(scene)
    expectShut(run, 'awaiting_approval', ['approval awaiting', 'gate.decision awaiting_approval'])
    expect(run.text).toMatch(/bob is not on the policy's list/)
  })

  it('that quotes the code of other evidence', async () => {
    const run = await at3({ approve: 'bob', comment: 'good, 7KQ2-9XPA' })
    expectShut(run, 'awaiting_approval', ['approval awaiting', 'gate.decision awaiting_approval'])
    expect(run.text).toMatch(/bob quoted another evidence code/)
  })
})

describe('a yes that counts', () => {
  it('with the code that the brief asks for', async () => {
    scene = await gateScene()
    // The code is of commit, evidence and policy alone: it is known once preflight has shown it.
    let code = ''
    scene.world.reviewers = { 'certify-gate-3': [{ approve: 'bob', comment: () => `good ${code}` }] }
    scene.world.shown = (path, { summary }) => {
      if (path === 'certify/gate-3/preflight') code = /`([0-9A-Z]{4}-[0-9A-Z]{4})`/.exec(summary)?.[1] ?? code
    }
    const run = await seen(scene)
    expect(code).not.toBe('')
    expect(run.state).toBe('open')
    expect(recordsOf(scene.github)[1]!.data.approval).toMatchObject({ slots: [{ code: 'quoted' }] })
  })

  it('by a member of a team that is the reviewer', async () => {
    scene = await gateScene({
      reviewers: { 'certify-gate-3': [{ approve: 'mallory' }, { approve: 'dora' }] },
      members: { 'acme/release': ['dora'] },
    })
    scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, reviewers: ['acme/release'] })
    const run = await seen(scene)
    expect(run.end.refused).toEqual(['mallory may not review certify-gate-3'])
    expect(run.state).toBe('open')
    expect(run.records).toEqual(['approval approved', 'gate.decision open'])
    expect(run.deploy).toBe('success')
  })
})

describe('two authorities', () => {
  const two = async (first: string, second: string): Promise<Seen> => {
    scene = await gateScene({ reviewers: { security: [{ approve: first }], operations: [{ approve: second }] } })
    for (const name of ['security', 'operations']) scene.github.state.addEnvironment(name, SAFE)
    const roles = 'sign_offs: [{ role: security, environment: security }, { role: operations, environment: operations }]'
    scene.policy((text) => text.replace('{ environment: certify-gate-3 }', `{ environment: security, ${roles} }`))
    return seen(scene)
  }

  it('and two people: open', async () => {
    const run = await two('bob', 'carol')
    expect(run.exits).toEqual({ preflight: 0, inside: [0, 0], confirm: 0 })
    expect(run.state).toBe('open')
    expect(recordsOf(scene.github)[1]!.data.approval).toMatchObject({
      slots: [
        { role: 'security', filledBy: { login: 'bob' } },
        { role: 'operations', filledBy: { login: 'carol' } },
      ],
    })
  })

  it('and one person in both: one slot stays open, and is named', async () => {
    const run = await two('bob', 'bob')
    expectShut(run, 'awaiting_approval', ['approval awaiting', 'gate.decision awaiting_approval'])
    expect(run.text).toMatch(/operations in operations: open/)
  })
})

// Both ends of a matrix look the same from outside: that one has started is all that confirm is told.
it.failing('of two authorities one never comes: expired, whatever the other said', async () => {
  scene = await gateScene({ reviewers: { security: [{ approve: 'bob' }], operations: ['nobody'] } })
  for (const name of ['security', 'operations']) scene.github.state.addEnvironment(name, SAFE)
  const roles = 'sign_offs: [{ role: security, environment: security }, { role: operations, environment: operations }]'
  scene.policy((text) => text.replace('{ environment: certify-gate-3 }', `{ environment: security, ${roles} }`))
  expectShut(await seen(scene), 'expired', ['approval expired', 'gate.decision expired'])
})

describe('where an environment cannot ask, and the policy says that reviews of the pull request stand in', () => {
  it.each<[string, 'APPROVED' | 'CHANGES_REQUESTED' | null, string, number]>([
    ['one of those listed approves', 'APPROVED', 'open', 0],
    ['one of those listed asks for changes', 'CHANGES_REQUESTED', 'rejected', 1],
    ['nobody has said anything', null, 'awaiting_approval', 1],
  ])('%s', async (_, said, state, exit) => {
    scene = await gateScene()
    const { github, world } = scene
    const pull = github.state.addPull(7, { author: 'ann' })
    world.event = pullRequest(github, pull)
    scene.policy(
      (text) => `${text}certification_validation: { manual_review: { mechanism: pull_request_review, approvers: [bob] } }\n`,
    )
    for (const user of ['bob', 'mallory'])
      if (said !== null) github.state.pullReviews.push({ pull: 7, user, state: said, body: '', commit_id: pull.head.sha })
    const run = await seen(scene)
    // Nobody waits in an environment, and none is made.
    expect(run.exits).toEqual({ preflight: 0, inside: [], confirm: exit })
    expect(run.state).toBe(state)
    expect(run.decision.result).toBe(exit === 0 ? 'success' : 'failure')
    expect(github.state.comments[0]!.body).toMatch(/mechanism|pull.request.review/i)
  })
})
