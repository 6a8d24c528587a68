// Draft, conflict, and how the other jobs ended: from the API, with "not known" where it cannot tell.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ApiChange } from '../../../src/adapters/github/change.ts'
import { NO_CLONE, type RunOptions, runOn } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start()
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
})

async function change(env: Record<string, string> = {}, options: RunOptions = {}) {
  const { client, context, log } = await runOn(github, options)
  return { change: new ApiChange(client, context, env, log, NO_CLONE), log }
}

describe('the state of a change', () => {
  it.each([
    [
      { draft: false, mergeable: true },
      { draft: false, conflict: false },
    ],
    [
      { draft: true, mergeable: true },
      { draft: true, conflict: false },
    ],
    [
      { draft: false, mergeable: false },
      { draft: false, conflict: true },
    ],
    [
      { draft: false, mergeable: null },
      { draft: false, conflict: null },
    ],
  ])('of a pull request with %j is %j', async (pull, state) => {
    github.state.addPull(12, pull)
    const { change: c } = await change()
    expect(await c.state()).toEqual({ ...state, changed: null })
    await c.state()
    expect(github.requests).toHaveLength(1)
  })

  it('of a push is ready without asking', async () => {
    const { change: c } = await change({}, { pull: null })
    expect(await c.state()).toEqual({ draft: false, conflict: false, changed: null })
    expect(github.requests).toEqual([])
  })

  it('that cannot be asked for is unknown, with a warning', async () => {
    github.state.permissions = {}
    const { change: c, log } = await change()
    expect(await c.state()).toEqual({ draft: null, conflict: null, changed: null })
    expect(log.warnings[0]).toContain('pull-requests: read')
  })
})

describe('the jobs before', () => {
  it('are those of CERTIFY_NEEDS where it is given, without a request', async () => {
    const { change: c } = await change({
      CERTIFY_NEEDS: '{"test":{"result":"success","outputs":{}},"scan":{"result":"skipped","outputs":{}}}',
    })
    expect(await c.producers()).toEqual([
      { job: 'test', result: 'success', needed: true },
      { job: 'scan', result: 'skipped', needed: true },
    ])
    expect(github.requests).toEqual([])
  })

  it.each(['', '{', '[]', 'null', '{"test":"success"}', '{"test":null}'].slice(1))(
    'CERTIFY_NEEDS that is no such thing is an error: %s',
    async (text) => {
      const { change: c } = await change({ CERTIFY_NEEDS: text })
      await expect(c.producers()).rejects.toMatchObject({ code: 'needs_invalid' })
    },
  )

  it("else are the run's jobs that have ended, and whatever is no success is none", async () => {
    github.state.addRun(1001, {}, [
      { name: 'certify', status: 'in_progress', conclusion: null },
      { name: 'test (20)', status: 'completed', conclusion: 'success' },
      { name: 'scan', status: 'completed', conclusion: 'skipped' },
      { name: 'load', status: 'completed', conclusion: 'timed_out' },
      { name: 'lint', status: 'completed', conclusion: 'cancelled' },
    ])
    const { change: c } = await change()
    expect(await c.producers()).toEqual([
      { job: 'test (20)', result: 'success', needed: false },
      { job: 'scan', result: 'skipped', needed: false },
      { job: 'load', result: 'failure', needed: false },
      { job: 'lint', result: 'cancelled', needed: false },
    ])
  })

  it('are all of them, over more than one page', async () => {
    github.state.addRun(
      1001,
      {},
      Array.from({ length: 130 }, (_, i) => ({ name: `job ${i}`, status: 'completed' as const, conclusion: 'success' })),
    )
    const { change: c } = await change()
    expect(await c.producers()).toHaveLength(130)
  })

  it('are unknown, and no claim is made, where GitHub does not tell', async () => {
    github.state.permissions = {}
    const { change: c, log } = await change()
    expect(await c.producers()).toEqual([])
    expect(log.warnings).toEqual([])
  })
})
