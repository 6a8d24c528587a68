// An approval is for one commit, one evidence, one policy, one attempt. Whatever changes voids it, and everybody can see that.
import { afterEach, describe, expect, it } from '@jest/globals'
import { zip } from '../support/github/zip.ts'
import { SHOWN } from '../support/workflows/four-levels.ts'
import { gateScene, logOf, recordsOf, SAFE, type Scene, type Seen, SHA, seen } from '../support/workflows/gate-scene.ts'
import { play } from '../support/workflows/play.ts'

let scene: Scene
afterEach(() => scene.github.stop())

const job = (run: Seen, path: string) => run.end.jobs.find((one) => one.path === path)

/** Open nowhere: not by its outputs, in no record, not in the check, and nothing that needs it goes on. */
function expectNotOpen(run: Seen): void {
  expect(run.state).not.toMatch(/^(?:open|approved)$/)
  expect(run.records.at(-1)).not.toBe('gate.decision open')
  expect(run.check?.conclusion).not.toBe('success')
  expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
  expect(run.deploy).toBe('skipped')
  expect(scene.github.violations).toEqual([])
}

describe('another attempt', () => {
  it('of all jobs does not take the approval of the one before: a bypass then opens nothing', async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }, { bypass: 'root' }] } })
    scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, adminsBypass: true })
    scene.policy((text) => `${text}certification_validation: { manual_review: { admin_bypass: true } }\n`)
    const first = await seen(scene)
    expect(first.state).toBe('open')
    const second = await seen(scene, 3, { before: first.end, which: 'all' })
    expect(scene.github.state.reviews).toHaveLength(1)
    expect(second.state).toBe('awaiting_approval')
    expect(second.records.slice(2)).toEqual(['approval bypassed_or_unknown', 'gate.decision awaiting_approval'])
    expectNotOpen(second)
  })

  it('of all jobs opens by an approval of its own', async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': ['nobody', { approve: 'carol' }] } })
    const first = await seen(scene)
    expectNotOpen(first)
    const second = await seen(scene, 3, { before: first.end, which: 'all' })
    expect(second.state).toBe('open')
    expect(recordsOf(scene.github).at(-2)!.data.approval).toMatchObject({
      state: 'approved',
      attempt: 2,
      slots: [{ filledBy: { login: 'carol' } }],
    })
    expect(second.decision).toMatchObject({ result: 'success', proceed: 'true' })
  })

  it.each<['nobody' | { reject: string }, string]>([
    ['nobody', 'expired'],
    [{ reject: 'bob' }, 'rejected'],
  ])('of the failed jobs alone, after %j, is refused: the brief was about the attempt before', async (first, state) => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [first, { approve: 'carol' }] } })
    const before = await seen(scene)
    expect(before.state).toBe(state)
    const again = await seen(scene, 3, { before: before.end, which: 'failed' })
    expect(job(again, 'certify/gate-3/preflight')!.attempt).toBe(1)
    expect(job(again, 'certify/gate-3/wait (certify-gate-3)')).toMatchObject({ attempt: 2, result: 'failure' })
    expect(again.text).toMatch(/void: the attempt changed since gate 3 asked for approval.*\n.*re-run all its jobs/)
    expect(again.records.slice(2)).toEqual(['approval void', 'gate.decision awaiting_approval'])
    expectNotOpen(again)
  })
})

describe('while the gate waits', () => {
  it('the policy changes: void', async () => {
    scene = await gateScene()
    const stricter = (): void => scene.policy((text) => `${text}suppressions: []\nexpected_skips: [docs]\n`)
    scene.world.reviewers = { 'certify-gate-3': [{ meanwhile: stricter }, { approve: 'bob' }] }
    const run = await seen(scene)
    expect(run.exits).toEqual({ preflight: 0, inside: [1], confirm: 1 })
    expect(run.text).toMatch(/void: the policy changed/)
    expect(run.records).toEqual(['approval void', 'gate.decision awaiting_approval'])
    expectNotOpen(run)
  })

  it('the report that people were shown is exchanged: nothing is decided from it', async () => {
    scene = await gateScene()
    const { state } = scene.github
    const exchange = (): void => {
      const report = state.artifacts.find(({ name }) => name === 'certify-report')!
      report.blob = zip([{ path: 'ledger-pending.json', content: '{}' }])
    }
    scene.world.reviewers = { 'certify-gate-3': [{ meanwhile: exchange }, { approve: 'bob' }] }
    const run = await seen(scene)
    expect(run.exits).toEqual({ preflight: 0, inside: [2], confirm: 2 })
    expect(run.text).toMatch(/is not what was left/)
    expect(run.records).toEqual([])
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).toBe('skipped')
  })

  it('a newer commit is pushed to the branch: this one is no longer what would go to production', async () => {
    scene = await gateScene()
    const { state } = scene.github
    const push = (): void => {
      state.addCommit('d'.repeat(40), SHA, 'ann')
      state.addPush(SHA, 'd'.repeat(40), 'alice')
      state.addRun(1002, { event: 'push', head_sha: 'd'.repeat(40), head_branch: 'main', path: '.github/workflows/release.yml' })
    }
    scene.world.reviewers = { 'certify-gate-3': [{ meanwhile: push }, { approve: 'bob' }] }
    const run = await seen(scene)
    expectNotOpen(run)
    expect(run.text).toMatch(/superseded|newer|the commit changed/)
  })

  it('the rules are gone when the job looks, and back when the gate is decided', async () => {
    scene = await gateScene()
    const { state } = scene.github
    scene.world.reviewers = {
      'certify-gate-3': [{ approve: 'bob', afterwards: () => void state.addEnvironment('certify-gate-3') }],
    }
    scene.world.after = { 'certify/gate-3/wait': () => void state.addEnvironment('certify-gate-3', SAFE) }
    const run = await seen(scene)
    expect(run.exits.inside).toEqual([2])
    expectNotOpen(run)
  })

  it('the run is cancelled after somebody approved, before the job has looked', async () => {
    scene = await gateScene({
      reviewers: { 'certify-gate-3': [{ approve: 'bob' }] },
      cancelledAt: ['certify/gate-3/wait (certify-gate-3)'],
    })
    const run = await seen(scene)
    expect(run.exits.inside).toEqual([null])
    expect(run.state).not.toBe('open')
    expect(run.records).not.toContain('gate.decision open')
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
  })
})

describe('going live by a dispatch of its own', () => {
  const LIVE = '.github/workflows/go-live.yml'
  const dispatch = SHOWN[2]!.replace('level: "4", ', '')
  /** As the default is: gate 4 does not open by its approval alone. */
  const separately = (text: string): string => text.replaceAll(/,? ?auto_progression: true/g, '')

  /** Gate 4 approved in a run that stops there. */
  async function approved(): Promise<{ run: Seen; approval: string }> {
    scene = await gateScene(
      { reviewers: { 'certify-gate-3': [{ approve: 'bob' }], 'certify-gate-4': [{ approve: 'carol' }] } },
      4,
    )
    scene.policy(separately)
    const run = await seen(scene, 4)
    return { run, approval: run.end.ended.get('certify')!.outputs.approval! }
  }

  const live = (approval: string, run = 1002) => {
    const event = {
      ...scene.world.event,
      name: 'workflow_dispatch',
      payload: { ...scene.world.event.payload, inputs: { approval } },
    }
    return play({ ...scene.world, run, event, workflows: { [LIVE]: dispatch } }, LIVE)
  }

  it('the run ends approved and not open, and nothing is deployed; the dispatch opens it', async () => {
    const { run, approval } = await approved()
    expect(run.state).toBe('approved')
    expect(run.decision).toEqual({ result: 'success', verdict: 'pending', proceed: '' })
    expect(run.deploy).toBe('skipped')
    const end = await live(approval)
    expect(logOf(end.jobs[0])).toMatch(/open/)
    expect(end.ended.get('live')!.outputs).toMatchObject({ 'gate-state': 'open', proceed: 'true', commit: SHA })
    expect(end.ended.get('deploy')!.result).toBe('success')
    const records = recordsOf(scene.github).map(({ type, state }) => `${type} ${state}`)
    expect(records.at(-1)).toBe('gate.decision open')
    expect(scene.github.violations).toEqual([])
  })

  it.each<[string, (approval: string) => string, RegExp]>([
    ['no hash', () => 'yes', /needs the hash of the approval record/],
    ['a hash of nothing', () => 'f'.repeat(64), /holds no approval/],
  ])('by %s opens nothing', async (_, hash, message) => {
    const { approval } = await approved()
    const end = await live(hash(approval))
    expect(logOf(end.jobs[0])).toMatch(message)
    expect(end.conclusion).toBe('failure')
    expect(end.ended.get('deploy')!.result).toBe('skipped')
  })

  it.each<[string, () => void, RegExp]>([
    [
      'the policy has changed since',
      () => scene.policy((text) => `${separately(text)}expected_skips: [docs]\n`),
      /policy has changed/,
    ],
    ['the environment no longer asks anybody', () => void scene.github.state.addEnvironment('certify-gate-4'), /no longer holds/],
    ['GitHub no longer shows the review', () => void scene.github.state.reviews.splice(0), /no longer shows the review/],
  ])('where %s opens nothing', async (_, change, message) => {
    const { approval } = await approved()
    change()
    const end = await live(approval)
    expect(logOf(end.jobs[0])).toMatch(message)
    expect(end.ended.get('live')!.outputs.proceed).toBe('')
    expect(end.ended.get('deploy')!.result).toBe('skipped')
  })
})
