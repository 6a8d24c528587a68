// A job that did not run has not said yes (proof 2): the decision of certify.yml over every way its jobs can end, and real producers.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { GitHub } from '../support/github/server.ts'
import { FOUR_LEVELS, fourLevelFiles, RELEASE } from '../support/workflows/four-levels.ts'
import { gateScene, RELEASE_FILE, recordsOf, type Scene, seen } from '../support/workflows/gate-scene.ts'
import type { Ended, Result } from '../support/workflows/model.ts'
import { play } from '../support/workflows/play.ts'
import { type World, worldOf } from '../support/workflows/world.ts'

const RESULTS: Result[] = ['success', 'failure', 'cancelled', 'skipped']

describe('the decision', () => {
  let github: GitHub
  beforeEach(async () => {
    github = await GitHub.start()
  })
  afterEach(() => github.stop())

  interface Row {
    evaluate: Result
    record: Result
    'gate-3': Result
    'gate-4': Result
    verdict: string
    state4: string
  }

  /** Only certify's own jobs are said; the decision is really made, by its own script. */
  async function decided({ verdict, state4, ...results }: Row) {
    const outputs: Record<string, Record<string, string>> = {
      evaluate: { verdict: results['gate-3'] === 'skipped' ? verdict : 'pending', 'record-digest': 'sha256:0', gates: '{}' },
      'gate-3': { verdict: results['gate-4'] === 'skipped' ? verdict : 'pending', 'gate-state': 'open', gates: '{}' },
      'gate-4': { verdict, 'gate-state': state4, approval: 'abc' },
    }
    const forced: Record<string, Ended> = { test: { result: 'success', outputs: {} } }
    for (const [id, result] of Object.entries(results))
      forced[`certify/${id}`] = { result, outputs: result === 'skipped' ? {} : (outputs[id] ?? {}) }
    const end = await play(worldOf({ github, workflows: { [RELEASE_FILE]: RELEASE }, forced }), RELEASE_FILE)
    const { result } = end.ended.get('certify/decision')!
    const { verdict: said, proceed } = end.ended.get('certify')!.outputs
    return { result, verdict: said, proceed, deploy: end.ended.get('deploy')!.result }
  }

  const rows = RESULTS.flatMap((evaluate) =>
    RESULTS.flatMap((record) =>
      RESULTS.flatMap((gate3) => RESULTS.map((gate4) => ({ evaluate, record, 'gate-3': gate3, 'gate-4': gate4 }))),
    ),
  )

  it('lets a passed verdict through in these rows and in no other', async () => {
    const open: string[] = []
    for (const row of rows) {
      const end = await decided({ ...row, verdict: 'passed', state4: 'open' })
      const green = end.result === 'success'
      // What goes on after it goes on for no other reason.
      expect([row, end.proceed, end.deploy]).toEqual([row, green ? 'true' : '', green ? 'success' : 'skipped'])
      if (!green) expect([row, end.verdict]).toEqual([row, 'error'])
      if (green) open.push(Object.values(row).join(' '))
    }
    expect(open).toEqual([
      'success success success success',
      'success success success skipped',
      'success success skipped success',
      'success success skipped skipped',
    ])
  }, 120_000)

  it.each(['pending', 'failed', 'error', '', 'passed\nproceed=true'])('lets no other verdict through: %j', async (verdict) => {
    const end = await decided({
      evaluate: 'success',
      record: 'success',
      'gate-3': 'success',
      'gate-4': 'success',
      verdict,
      state4: 'awaiting_approval',
    })
    expect(end).toMatchObject({ result: 'failure', proceed: '', deploy: 'skipped' })
    expect(end.verdict).not.toBe('passed')
  })

  it('of a gate 4 that waits to go live is green and lets nothing go', async () => {
    const end = await decided({
      evaluate: 'success',
      record: 'success',
      'gate-3': 'success',
      'gate-4': 'success',
      verdict: 'pending',
      state4: 'approved',
    })
    expect(end).toMatchObject({ result: 'success', verdict: 'pending', proceed: '', deploy: 'skipped' })
  })

  it('is red where a pending verdict asks nobody', async () => {
    const row = { evaluate: 'success', record: 'success', 'gate-3': 'skipped', 'gate-4': 'skipped' } as const
    expect(await decided({ ...row, verdict: 'pending', state4: '' })).toMatchObject({
      result: 'failure',
      proceed: '',
      deploy: 'skipped',
    })
  })
})

describe('the jobs before it', () => {
  let scene: Scene
  afterEach(() => scene.github.stop())

  it.each<[string, string]>([
    ['skipped', '  docs: { if: false, steps: [{ run: "true" }] }'],
    ['cancelled', '  docs: { steps: [{ run: "true" }] }'],
  ])('a needed one that was %s shuts every gate, though every report is there', async (result, job) => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }] } })
    const { world } = scene
    world.workflows = {
      [RELEASE_FILE]: RELEASE.replace('  certify:\n    needs: test', `${job}\n  certify:\n    needs: [test, docs]`),
    }
    if (result === 'cancelled') world.forced = { docs: { result: 'cancelled', outputs: {} } }
    const run = await seen(scene)
    const { outputs } = run.end.ended.get('certify/evaluate')!
    expect(JSON.parse(outputs.gates!)).toMatchObject({ 1: 'entry_failed', 3: 'entry_failed' })
    expect(run.end.ended.get('certify/gate-3')!.result).toBe('skipped')
    expect(recordsOf(scene.github).map(({ type }) => type)).toEqual(['evaluation'])
    expect(run.check?.conclusion).not.toBe('success')
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).toBe('skipped')
    expect(scene.github.state.reviews).toEqual([])
  })

  it('one that failed before its reports leaves them missing, by name', async () => {
    scene = await gateScene()
    scene.world.workflows = { [RELEASE_FILE]: RELEASE.replace('cp -r made reports', 'exit 1') }
    const run = await seen(scene)
    expect(run.end.ended.get('test')!.result).toBe('failure')
    expect(run.end.ended.get('certify/evaluate')).toMatchObject({ result: 'failure', outputs: { verdict: 'failed' } })
    expect(run.decision).toMatchObject({ result: 'failure', verdict: 'failed', proceed: '' })
    expect(run.deploy).toBe('skipped')
  })

  it('the evaluation is cancelled: no gate, no record, no deployment', async () => {
    scene = await gateScene({ cancelledAt: ['certify/evaluate'] })
    const run = await seen(scene)
    expect(run.end.conclusion).toBe('cancelled')
    expect(run.end.ended.get('certify/gate-3')!.result).not.toBe('success')
    expect(recordsOf(scene.github)).toEqual([])
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).not.toBe('success')
  })

  it('the evaluation cannot be recorded: nobody is asked about what is not in the ledger', async () => {
    scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }] } })
    scene.github.faults.order(/^POST .*git\/(?:trees|refs)/, { status: 422 }, 20)
    const run = await seen(scene)
    expect(run.end.ended.get('certify/record')!.result).toBe('failure')
    expect(run.end.ended.get('certify/gate-3')!.result).toBe('skipped')
    expect(run.decision).toMatchObject({ result: 'failure', proceed: '' })
    expect(run.deploy).toBe('skipped')
  })
})

describe('the jobs of a gate', () => {
  /** All of them ended as they should, and said so; the gate's outputs and the decision are really made of that. */
  const gates = '{"1":"open","2":"open","3":"awaiting_approval","4":"entry_failed"}'
  const confirmed = {
    'gate-state': 'open',
    'gate-digest': 'sha256:1',
    'record-digest': 'sha256:2',
    proceed: 'true',
    verdict: 'passed',
    level: '3',
    gates,
  }
  const well: Record<string, Record<string, string>> = {
    test: {},
    'certify/evaluate': { verdict: 'pending', gates, 'record-digest': 'sha256:0', 'report-artifact': '1' },
    'certify/record': {},
    'certify/gate-3/preflight': { ready: 'true', environments: '["certify-gate-3"]', snapshot: '{}' },
    'certify/gate-3/wait': { started: 'true' },
    'certify/gate-3/confirm': confirmed,
    'certify/gate-3/record': { approval: 'abc', 'ledger-head': 'def' },
  }

  async function with3(job: string, result: Result) {
    const github = await GitHub.start()
    try {
      const forced: World['forced'] = Object.fromEntries(
        Object.entries(well).map(([path, outputs]) => [path, { result: 'success', outputs }]),
      )
      const path = `certify/gate-3/${job}`
      forced[path] = { result, outputs: result === 'skipped' ? {} : (well[path] ?? {}) }
      // What it says of the jobs before it is its own to say.
      if (job !== 'record' || result !== 'skipped')
        forced['certify/gate-3/record'] = {
          ...forced['certify/gate-3/record']!,
          steps: { certify: well['certify/gate-3/record']! },
        }
      const end = await play(worldOf({ github, workflows: { [RELEASE_FILE]: RELEASE }, forced }), RELEASE_FILE)
      return { decision: end.ended.get('certify/decision')!, deploy: end.ended.get('deploy')!.result }
    } finally {
      await github.stop()
    }
  }

  it('all well: open', async () => {
    expect(await with3('confirm', 'success')).toEqual({
      decision: { result: 'success', outputs: { verdict: 'passed', proceed: 'true' } },
      deploy: 'success',
    })
  })

  it.each(['preflight', 'wait', 'confirm', 'record'].flatMap((job) => RESULTS.slice(1).map((result) => [job, result] as const)))(
    '%s ends as %s: shut, whatever the others say',
    async (job, result) => {
      const { decision, deploy } = await with3(job, result)
      expect(decision).toMatchObject({ result: 'failure', outputs: { proceed: '' } })
      expect(decision.outputs.verdict).not.toBe('passed')
      expect(deploy).toBe('skipped')
    },
  )
})

describe('a caller that forgets a permission', () => {
  it.each(['contents: write', 'actions: read', 'checks: write', 'pull-requests: write'])(
    '%s is told before anything starts',
    async (left) => {
      const github = await GitHub.start()
      try {
        github.state.addFile('main', '.github/certification.yml', FOUR_LEVELS)
        const less = RELEASE.replace(new RegExp(`(?:, )?${left}(?:, )?`), '')
        expect(less).not.toBe(RELEASE)
        const world = worldOf({
          github,
          workflows: { [RELEASE_FILE]: less.replace(/(read|write)(actions|checks|pull)/g, '$1, $2') },
          files: fourLevelFiles(),
        })
        await expect(play(world, RELEASE_FILE)).rejects.toThrow(`startup_failure: the nested job 'certify/`)
        expect(github.requests).toEqual([])
      } finally {
        await github.stop()
      }
    },
  )
})
