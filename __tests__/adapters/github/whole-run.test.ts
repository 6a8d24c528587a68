// All that one evaluation asks of GitHub: at most eight requests, none of them twice; and its context as the runner gives it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { ApiChange } from '../../../src/adapters/github/change.ts'
import { loadContext } from '../../../src/adapters/github/context.ts'
import { ApiPolicy } from '../../../src/adapters/github/policy.ts'
import { githubPublishers } from '../../../src/adapters/github/publishers.ts'
import type { RenderedCheck } from '../../../src/model/rendered.ts'
import { HEAD, MERGE, NO_CLONE, pullRequestEvent, runnerEnvironment, runOn, verdict } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'

const PATH = '.github/certification.yml'
const before = { ...process.env }
let github: GitHub
let folder: string
beforeEach(async () => {
  github = await GitHub.start()
  folder = mkdtempSync(join(tmpdir(), 'certify-test-'))
  // The toolkit's context is read while its module loads.
  jest.resetModules()
})
afterEach(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, before)
  rmSync(folder, { recursive: true })
  await github.stop()
})

function environment(): Record<string, string> {
  const env = runnerEnvironment(github, folder, pullRequestEvent(github, github.state.addPull(12)), { run: 1001, attempt: 3 })
  Object.assign(process.env, env)
  return env
}

it.each(['first', 'second'])('the %s run stays within eight requests', async (which) => {
  github.state.addFile('main', PATH, 'mode: enforce\n')
  github.state.addFile(HEAD, PATH, 'mode: advisory\n')
  github.state.addRun(1001, {}, [{ name: 'test', status: 'completed', conclusion: 'success' }])
  const rendered: RenderedCheck = {
    name: 'certify verdict',
    title: 't',
    conclusion: 'failure',
    summary: 's',
    text: null,
    annotations: [],
  }
  const once = async (attempt: number) => {
    const { client, context, log } = await runOn(github, { attempt })
    const policy = new ApiPolicy(client, context, log)
    const change = new ApiChange(client, context, {}, log, NO_CLONE)
    for (const _ of [1, 2]) await Promise.all([policy.trusted(PATH), policy.head(PATH), change.state(), change.producers()])
    const publishers = githubPublishers({
      client,
      context,
      log,
      name: 'certify',
      comment: 'changes',
      comments: () => change.comments(),
      renderCheck: () => rendered,
      renderComment: (_, marker) => `${marker} ${attempt}`,
      annotate: () => {},
    })
    for (const publisher of publishers) await publisher.publish(verdict('failed'), { state: 'off' })
    expect(log.warnings).toEqual([])
  }
  await once(1)
  if (which === 'second') {
    github.requests.length = 0
    await once(2)
  }
  expect(github.violations).toEqual([])
  expect(github.requests.length).toBeLessThanOrEqual(8)
  const asked = github.requests.map((r) => `${r.method} ${r.path} ${JSON.stringify(r.query)}`)
  expect(new Set(asked).size).toBe(asked.length)
})

it('the context is that of the event file', async () => {
  const context = await loadContext(environment())
  expect(context).toMatchObject({
    owner: 'acme',
    repo: 'shop',
    repositoryId: 101,
    defaultBranch: 'main',
    baseRef: 'main',
    readOnly: null,
  })
  expect(context.subject).toMatchObject({
    commit: HEAD,
    tested: MERGE,
    event: 'pull_request',
    pullRequest: 12,
    run: 1001,
    attempt: 3,
  })
})

it('a broken event file is an error that says so', async () => {
  const env = environment()
  writeFileSync(env.GITHUB_EVENT_PATH ?? '', '{"pull_request":')
  await expect(loadContext(env)).rejects.toMatchObject({ code: 'event_unreadable' })
})
