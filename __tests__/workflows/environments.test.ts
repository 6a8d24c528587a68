// An environment that would not ask anybody keeps its gate shut, before the wait and after it, with the fix in the message (proof 3).
import { afterEach, describe, expect, it } from '@jest/globals'
import type { EnvironmentRules } from '../support/github/environments.ts'
import { gateScene, logOf, recordsOf, SAFE, type Scene, type Seen, seen } from '../support/workflows/gate-scene.ts'
import { play } from '../support/workflows/play.ts'

let scene: Scene
afterEach(() => scene.github.stop())

/** What no environment may do to a gate: open it, record it open, show it open, let anything go that needs it. */
function expectRefused(run: Seen, fix: RegExp): void {
  expect(run.exits.confirm).toBe(2)
  expect(run.state).not.toMatch(/open|approved/)
  expect(run.records).toEqual(['approval refused', expect.stringMatching(/^gate\.decision (?!open|approved)/)])
  expect(run.text).toMatch(fix)
  expect(run.check?.conclusion).toBe('failure')
  expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
  expect(run.deploy).toBe('skipped')
  expect(scene.github.violations).toEqual([])
}

describe('before the wait', () => {
  it.each<[string, EnvironmentRules | null, RegExp]>([
    ['missing', null, /does not exist.*\n.*Create it with required reviewers/],
    ['without rules', {}, /no required reviewers.*\n.*Required reviewers/],
    ['that asks nobody but a timer', { waitMinutes: 30, adminsBypass: false, preventSelfReview: true }, /no required reviewers/],
    [
      'that lets people approve what they started',
      { ...SAFE, preventSelfReview: false },
      /approve what they started.*\n.*Prevent self-review/,
    ],
    ['that administrators may bypass', { ...SAFE, adminsBypass: true }, /administrators may bypass it.*\n.*Allow administrators/],
    [
      'that does not say whether they may',
      { ...SAFE, adminsBypass: undefined },
      /whether administrators may bypass it is not known/,
    ],
  ])('an environment %s: nobody is asked, and the fix is named', async (_, rules, fix) => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }] } })
    const { state } = scene.github
    state.environments.delete('certify-gate-3')
    if (rules !== null) state.addEnvironment('certify-gate-3', rules)
    const run = await seen(scene)
    expect(run.exits.preflight).toBe(2)
    // The job was never in the environment: not even GitHub has made one.
    expect(run.exits.inside).toEqual([])
    expect(state.environments.has('certify-gate-3')).toBe(rules !== null)
    expect(state.reviews).toEqual([])
    expectRefused(run, fix)
    expect(run.brief).toMatch(/certify-gate-3/)
  })

  it.each([
    [
      'that any branch may use, where the policy names some',
      { ...SAFE, branches: 'any' as const },
      'main',
      /any branch may use it/,
    ],
    ['that lets in a branch too many', { ...SAFE, branches: ['main', 'hotfix/*'] }, 'main', /hotfix/],
    ['on a branch that the policy does not name', SAFE, 'release', /does not let main into gate 3/],
  ])('an environment %s', async (_, rules, ref, fix) => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }] } })
    scene.github.state.addEnvironment('certify-gate-3', rules)
    scene.policy((text) => text.replace('certify-gate-3 }', `certify-gate-3, refs: [${ref}] }`))
    const run = await seen(scene)
    expect(run.exits.inside).toEqual([])
    expectRefused(run, fix)
  })

  it('environments may not be read: the permission is named, and nobody is asked', async () => {
    scene = await gateScene()
    scene.github.faults.order(/environments/, { status: 403 }, 9)
    const run = await seen(scene)
    expect(run.exits).toEqual({ preflight: 2, inside: [], confirm: 2 })
    expect(logOf(run.end.jobs.find(({ path }) => path === 'certify/gate-3/preflight'))).toMatch(/actions: read/)
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).toBe('skipped')
  })
})

describe('after the wait', () => {
  it('rules that were removed while it waited, so that GitHub let the job go', async () => {
    scene = await gateScene()
    const { state } = scene.github
    scene.world.reviewers = { 'certify-gate-3': [{ meanwhile: () => void state.addEnvironment('certify-gate-3') }] }
    const run = await seen(scene)
    expect(run.exits).toEqual({ preflight: 0, inside: [2], confirm: 2 })
    expectRefused(run, /no required reviewers/)
  })

  it('rules that were removed between the approval and the job', async () => {
    scene = await gateScene()
    const { state } = scene.github
    scene.world.reviewers = {
      'certify-gate-3': [{ approve: 'bob', afterwards: () => void state.addEnvironment('certify-gate-3') }],
    }
    const run = await seen(scene)
    expect(run.exits.inside).toEqual([2])
    expectRefused(run, /no required reviewers/)
  })

  it('a bypass that was allowed while it waited, and used', async () => {
    scene = await gateScene()
    const allow = (): void => void scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, adminsBypass: true })
    scene.world.reviewers = { 'certify-gate-3': [{ meanwhile: allow }, { bypass: 'root' }] }
    const run = await seen(scene)
    expectRefused(run, /administrators may bypass it/)
  })

  it('a bypass that the policy allows opens nothing all the same, and no approver is invented', async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ bypass: 'root' }] } })
    scene.github.state.addEnvironment('certify-gate-3', { ...SAFE, adminsBypass: true })
    scene.policy((text) => `${text}certification_validation: { manual_review: { admin_bypass: true } }\n`)
    const run = await seen(scene)
    expect(run.exits).toEqual({ preflight: 0, inside: [1], confirm: 1 })
    expect(run.state).toBe('awaiting_approval')
    expect(run.records).toEqual(['approval bypassed_or_unknown', 'gate.decision awaiting_approval'])
    expect(recordsOf(scene.github)[1]!.data.approval).toMatchObject({ slots: [{ filledBy: null }] })
    expect(run.text).toMatch(/passed without a review that counts/)
    expect(run.check?.conclusion).toBe('failure')
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).toBe('skipped')
  })
})

describe('a caller with workflows of its own', () => {
  const OWN = '.github/workflows/own.yml'
  const own = (environment: string, said: string): string => `on: push
permissions: {}
jobs:
  wait:
    environment: ${environment}
    permissions: { contents: read, actions: read, pull-requests: read }
    steps:
      - uses: actions/download-artifact@x
        with: { name: certify-report, path: certify-report }
      - id: gate
        uses: OWNER/certify@v0.1.0
        with: { command: gate, phase: inside, gate: 3, environment: ${said}, snapshot: '\${{ vars.snapshot }}', record-digest: '\${{ vars.digest }}' }
`
  /** A run that has been prepared as it should be, and then a gate job as somebody else would write it. */
  async function pointed(environment: string, said: string) {
    scene = await gateScene({ reviewers: { 'certify-gate-3': ['nobody'], other: [{ approve: 'mallory' }] } })
    scene.github.state.addEnvironment('other', { ...SAFE, reviewers: ['mallory'] })
    const prepared = await seen(scene)
    const outputs = (path: string): Record<string, string> => prepared.end.ended.get(path)!.outputs
    const { snapshot = '' } = outputs('certify/gate-3/preflight')
    const vars = { snapshot, digest: outputs('certify/evaluate')['record-digest']! }
    return play({ ...scene.world, vars, workflows: { [OWN]: own(environment, said) } }, OWN)
  }

  it('that waits in another environment and says so: the policy does not name it', async () => {
    const end = await pointed('other', 'other')
    expect(end.jobs[0]!.steps.at(-1)).toMatchObject({ outcome: 'failure', exit: 2 })
    expect(logOf(end.jobs[0])).toMatch(/the policy does not name "other" for gate 3/)
  })

  it('that waits in another environment and does not say so: nobody has reviewed the one that counts', async () => {
    const end = await pointed('other', 'certify-gate-3')
    expect(end.jobs[0]!.steps.at(-1)).toMatchObject({ outcome: 'failure', exit: 1 })
    expect(logOf(end.jobs[0])).toMatch(/passed without a review that counts/)
  })
})
