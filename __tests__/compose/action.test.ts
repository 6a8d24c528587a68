// The ports of the Action, put together from the runner's variables. What they do on GitHub is in __tests__/bundle.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Ports } from '../../src/app/ports.ts'
import { readInputs } from '../../src/compose/inputs.ts'
import { Clone } from '../support/clone.ts'
import { HEAD, MERGE, pullRequestEvent, type RunOptions, repositoryOf, runnerEnvironment } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'

let github: GitHub
let kept: NodeJS.ProcessEnv

beforeEach(async () => {
  kept = { ...process.env }
  github = await GitHub.start()
})
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name]
  Object.assign(process.env, kept)
  expect(github.requests).toEqual([])
  await github.stop()
})

interface Run extends RunOptions {
  event?: Record<string, unknown>
  inputs?: Record<string, string>
  env?: Record<string, string>
}

async function ports({ event, inputs = {}, env = {}, ...run }: Run = {}): Promise<Ports> {
  const payload = event ?? pullRequestEvent(github, github.state.pulls.get(7) ?? github.state.addPull(7))
  const { root } = Clone.of({ 'README.md': 'x' })
  const runner = runnerEnvironment(github, mkdtempSync(join(tmpdir(), 'certify-action-')), payload, run)
  const given = Object.entries({ token: github.token, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  Object.assign(process.env, runner, { GITHUB_WORKSPACE: root }, Object.fromEntries(given), env)
  // The toolkit reads the runner's variables when it is loaded, as it is once in a step.
  jest.resetModules()
  const { actionPorts } = await import('../../src/compose/action.ts')
  return actionPorts(readInputs())
}

const ids = ({ publishers }: Ports): string[] => publishers.map((one) => one.id)
const push = () => ({ event: repositoryOf(github), eventName: 'push' })

describe('on a pull request', () => {
  it("the subject is its head, tested as the runner's merge commit", async () => {
    expect((await ports({ run: 5, attempt: 2 })).subject).toMatchObject({
      repository: 'acme/shop',
      commit: HEAD,
      tested: MERGE,
      event: 'pull_request',
      pullRequest: 7,
      run: 5,
      attempt: 2,
    })
  })

  it('is about the branch it goes to, and holds tracked reports for no evidence', async () => {
    const built = await ports()
    expect(built.branch).toEqual({ name: 'main', isDefault: true })
    expect(built.inAction).toBe(true)
    expect(built.git.tracked()).toEqual(new Set(['README.md']))
  })

  it('into another branch is not about the default branch', async () => {
    const pull = github.state.addPull(7, { base: { ...github.state.addPull(8).base, ref: 'release/1' } })
    expect((await ports({ event: pullRequestEvent(github, pull) })).branch).toEqual({ name: 'release/1', isDefault: false })
  })
})

describe('on a push', () => {
  it('is about the branch that was pushed', async () => {
    const built = await ports(push())
    expect(built.subject).toMatchObject({ commit: HEAD, event: 'push', pullRequest: null })
    expect(built.branch).toEqual({ name: 'main', isDefault: true })
  })

  it.each([
    ['refs/heads/feature/x', { name: 'feature/x', isDefault: false }],
    ['refs/tags/main', { name: null, isDefault: false }],
  ])('of %s: %j', async (ref, branch) => {
    expect((await ports({ ...push(), env: { GITHUB_REF: ref } })).branch).toEqual(branch)
  })
})

describe('what is published', () => {
  it('the report first, so that it is there whatever GitHub answers; then outputs, summary, check and comment', async () => {
    const [folder, outputs, ...more] = ids(await ports())
    expect([folder, outputs]).toEqual(['the report folder', 'the outputs'])
    expect(more).toHaveLength(3)
  })

  it('nothing on GitHub under dry-run', async () => {
    expect(ids(await ports({ inputs: { 'dry-run': 'true' } }))).toHaveLength(3)
  })

  it('no comment where the input says never', async () => {
    expect(ids(await ports({ inputs: { comment: 'never' } }))).toHaveLength(4)
  })

  it('no comment without a pull request', async () => {
    expect(ids(await ports(push()))).toHaveLength(4)
  })
})

describe('the clock (decision 14)', () => {
  const env = { SOURCE_DATE_EPOCH: '1795348800' }

  it('is not to be set in a run that counts', async () => {
    expect((await ports({ env })).clock.kind).toBe('system')
  })

  it('is under dry-run', async () => {
    expect((await ports({ env, inputs: { 'dry-run': 'true' } })).clock.kind).toBe('fixed')
  })
})

describe('artifacts', () => {
  it('are read of this run, or of the one that is named', async () => {
    expect((await ports()).artifactRun).toBeNull()
    expect((await ports({ inputs: { 'run-id': '42' } })).artifactRun).toBe(42)
  })

  it('cannot be read without a token', async () => {
    expect((await ports({ inputs: { token: '' } })).artifacts).toBeNull()
  })
})
