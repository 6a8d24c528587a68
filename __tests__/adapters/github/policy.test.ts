// Policy comes from the trusted branch, whatever a pull request changes; what cannot be read is an error, never "no policy".
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ApiPolicy } from '../../../src/adapters/github/policy.ts'
import { HEAD, type RunOptions, runOn } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'

const PATH = '.github/certification.yml'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start()
  github.state.addFile('main', PATH, 'mode: enforce\n# größer\n')
  github.state.addFile(HEAD, PATH, 'mode: advisory\n')
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
})

async function policy(options: RunOptions = {}) {
  const run = await runOn(github, options)
  return { ...run, policy: new ApiPolicy(run.client, run.context, run.log) }
}

describe('the trusted policy', () => {
  it("is the default branch's, with its source, on a pull request that edits it", async () => {
    const { policy: p } = await policy()
    expect(await p.trusted(PATH)).toEqual({ text: 'mode: enforce\n# größer\n', source: `${PATH}@main` })
    expect(await p.head(PATH)).toBe('mode: advisory\n')
  })

  it('is asked for once', async () => {
    const { policy: p } = await policy()
    await Promise.all([p.trusted(PATH), p.trusted(PATH)])
    await p.trusted(PATH)
    expect(github.requests).toHaveLength(1)
  })

  it('may be that of a branch which the default branch lists', async () => {
    github.state.addFile('release/1', PATH, 'mode: enforce # 1\n')
    const { policy: p } = await policy()
    expect(await p.trusted(PATH, 'release/1')).toEqual({ text: 'mode: enforce # 1\n', source: `${PATH}@release/1` })
  })

  it('is asked of the repository where the event does not name its default branch', async () => {
    const { client, context, log } = await runOn(github)
    const p = new ApiPolicy(client, { ...context, defaultBranch: null }, log)
    await p.trusted(PATH)
    await p.trusted('other.yml')
    expect(github.requests.map((r) => r.route)).toEqual([
      'GET /repos/{owner}/{repo}',
      'GET /repos/{owner}/{repo}/contents/{path}',
      'GET /repos/{owner}/{repo}/contents/{path}',
    ])
  })

  it('is null where the branch has no such file', async () => {
    const { policy: p } = await policy()
    expect((await p.trusted('nothing.yml')).text).toBeNull()
  })
})

describe('a policy that cannot be read', () => {
  it.each([
    ['without permission', () => (github.state.permissions = { checks: 'write' }), 'contents: read'],
    ['during an outage', () => github.faults.order(/contents/, { status: 503 }, 9), '503'],
    ['while the branch does not exist', () => github.state.trees.delete('main'), 'cannot be read'],
  ])('%s is an error, not an absence', async (_, breaks, says) => {
    breaks()
    const { policy: p } = await policy()
    await expect(p.trusted(PATH)).rejects.toMatchObject({ code: 'policy_unreadable', message: expect.stringContaining(says) })
  })

  it('because it is a folder, or larger than a mebibyte', async () => {
    github.state.addFile('main', 'big.yml', 'x'.repeat(1024 * 1024 + 1))
    const { policy: p } = await policy()
    await expect(p.trusted('.github')).rejects.toMatchObject({ code: 'not_a_file' })
    await expect(p.trusted('big.yml')).rejects.toMatchObject({ code: 'too_large' })
  })
})

describe("the head's version", () => {
  it('is null without a pull request, and where the head has none', async () => {
    expect(await (await policy({ pull: null })).policy.head(PATH)).toBeNull()
    expect(await (await policy()).policy.head('other.yml')).toBeNull()
    expect(github.requests).toHaveLength(0 + 1)
  })

  it('that cannot be read is a warning', async () => {
    github.faults.order(/contents/, { status: 500 }, 9)
    const { policy: p, log } = await policy()
    expect(await p.head(PATH)).toBeNull()
    expect(log.warnings).toHaveLength(1)
  })
})

describe('an extended policy', () => {
  it('is read at the commit it is pinned to', async () => {
    const sha = 'd'.repeat(40)
    github.state.addFile(sha, 'base/policy.yml', 'level: 3\n')
    const { policy: p } = await policy()
    expect(await p.remote(`acme/shop/base/policy.yml@${sha}`)).toEqual({
      text: 'level: 3\n',
      source: `acme/shop/base/policy.yml@${sha}`,
    })
    await expect(p.remote(`acme/shop/other.yml@${sha}`)).rejects.toMatchObject({ code: 'extends_missing' })
  })

  it.each([
    'acme/shop/policy.yml@main',
    'acme/shop/policy.yml',
    `https://example.com/x@${'d'.repeat(40)}`,
    `acme/shop@${'d'.repeat(40)}`,
  ])('is refused unless pinned: %s', async (reference) => {
    const { policy: p } = await policy()
    await expect(p.remote(reference)).rejects.toMatchObject({ code: 'extends_invalid' })
    expect(github.requests).toEqual([])
  })
})
