// Which configuration decides (decisions 10, 11): the trusted ref's; the head's is shown and never counts.
import { describe, expect, it } from '@jest/globals'
import type { Policy, Ports, Subject } from '../../src/app/ports.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { evaluate } from '../support/evaluated.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const SOFTER = `${POLICY}certification_levels: { level_1: { validation_criteria: { test_coverage: "> 50%" } } }\n`
const STRICTER = `${POLICY}certification_levels: { level_1: { validation_criteria: { test_coverage: "> 99%" } } }\n`

/** GitHub: policy by branch (the default one under ''), a head of the pull request, reports in the workspace. */
function onGitHub(
  branches: Record<string, Record<string, string>>,
  head: string | null = null,
  change: Partial<Ports> = {},
): World {
  const w = world({ ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) }, { inAction: true, ...change })
  w.policy.trusted = async (path, branch = '') => ({
    text: branches[branch]?.[path] ?? null,
    source: `${path}@${branch === '' ? 'main' : branch}`,
  })
  w.policy.head = async () => head
  return w
}

const PULL: Partial<Ports> = {
  subject: { ...world({}).subject, event: 'pull_request', pullRequest: 7 } satisfies Subject,
  branch: { name: 'main', isDefault: true },
}

describe('a config that was named', () => {
  it('and is not on the ref that decides is an error, never advice', async () => {
    const named = invocation({ config: { path: 'policy/c.yml', named: true } })
    const result = await evaluate(named, onGitHub({ '': { [CONFIG]: POLICY } }))
    expect(result.decision).toMatchObject({ verdict: 'error', proceed: false })
    expect(result.config.mode).toBe('enforce')
    expect(JSON.stringify(result.decision.reasons)).toContain('policy/c.yml')
  })
})

describe('no config at all', () => {
  it('is advice: a verdict, but of defaults', async () => {
    const result = await evaluate(invocation(), onGitHub({}))
    expect(result.config).toMatchObject({ mode: 'advisory', source: 'defaults' })
    expect(result.decision.verdict).not.toBe('passed')
  })

  it('that cannot be read is an error, not "none"', async () => {
    const w = onGitHub({})
    w.policy.trusted = async () => {
      throw new CertifyError('policy_unreadable', 'the API does not answer', { hint: 'run it again' })
    }
    const result = await evaluate(invocation(), w)
    expect(result.decision.verdict).toBe('error')
    expect(JSON.stringify(result.decision.reasons)).toMatch(/the API does not answer.*run it again/)
  })
})

describe('a branch with a policy of its own', () => {
  const on = (name: string): Partial<Ports> => ({ branch: { name, isDefault: false } })
  const listing = `${POLICY}policy_refs: [release/1]\n`

  it('is judged by it where the default branch lists it', async () => {
    const branches = { '': { [CONFIG]: listing }, 'release/1': { [CONFIG]: SOFTER } }
    const result = await evaluate(invocation(), onGitHub(branches, null, on('release/1')))
    expect(result.config.source).toBe(`${CONFIG}@release/1`)
    expect(result.decision.verdict).toBe('passed')
  })

  it('is judged by the default branch where that does not list it', async () => {
    const branches = { '': { [CONFIG]: listing }, 'release/2': { [CONFIG]: SOFTER } }
    const result = await evaluate(invocation(), onGitHub(branches, null, on('release/2')))
    expect(result.config.source).toBe(`${CONFIG}@main`)
    expect(result.decision.verdict).toBe('failed')
  })

  it('cannot list itself', async () => {
    const branches = { '': { [CONFIG]: POLICY }, own: { [CONFIG]: `${SOFTER}policy_refs: [own]\n` } }
    expect((await evaluate(invocation(), onGitHub(branches, null, on('own')))).config.source).toBe(`${CONFIG}@main`)
  })

  it('that has deleted its config is held to the default branch, not let off with advice', async () => {
    const result = await evaluate(invocation(), onGitHub({ '': { [CONFIG]: listing } }, null, on('release/1')))
    expect(result.config).toMatchObject({ source: `${CONFIG}@main`, mode: 'enforce' })
    expect(result.decision.verdict).toBe('failed')
  })

  it('has its checklists read from the same branch as its policy', async () => {
    const list = (text: string) => `${text}checklists: { production_readiness: { source: docs/ready.md } }\n`
    const asked: string[] = []
    const branches = { '': { [CONFIG]: listing }, 'release/1': { [CONFIG]: list(SOFTER), 'docs/ready.md': '- [x] one\n' } }
    const w = onGitHub(branches, null, on('release/1'))
    const trusted = w.policy.trusted
    w.policy.trusted = async (path, branch) => {
      if (path === 'docs/ready.md') asked.push(branch ?? 'main')
      return trusted(path, branch)
    }
    expect((await evaluate(invocation(), w)).decision.verdict).toBe('passed')
    expect(asked).toEqual(['release/1'])
  })
})

describe("a pull request's own policy", () => {
  const judged = (head: string | null, remote?: Policy['remote']) => {
    const w = onGitHub({ '': { [CONFIG]: POLICY } }, head, PULL)
    if (remote) w.policy.remote = remote
    return evaluate(invocation(), w)
  }

  it.each([
    ['the same', POLICY, null],
    ['not to be compared', null, null],
    ['softer', SOFTER, { tightened: [], loosened: expect.arrayContaining([expect.stringMatching(/test_coverage.*95.*50/)]) }],
    ['stricter', STRICTER, { tightened: expect.arrayContaining([expect.stringMatching(/test_coverage.*95.*99/)]), loosened: [] }],
    ['broken', 'version: 1\nmode: [', { tightened: [], loosened: [expect.stringMatching(/1 problem.*refused/)] }],
    ['wrong in five places', 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n', { tightened: [], loosened: [expect.stringMatching(/5 problem/)] }],
  ])('that is %s is shown, and the verdict is that of the trusted one', async (_what, head, shown) => {
    const result = await judged(head)
    expect(result.config.changedInHead).toEqual(shown)
    expect(result.decision.verdict).toBe('failed')
    expect(result.decision.failedCriteria).toEqual(['test_coverage'])
    expect(result.config.source).toBe(`${CONFIG}@main`)
  })

  it('that extends what cannot be read does not keep the run from being judged', async () => {
    const result = await judged(`${POLICY}extends: acme/policy/base.yml@${'b'.repeat(40)}\n`, async () => {
      throw new CertifyError('extends_missing', 'acme/policy does not exist')
    })
    expect(result.config.changedInHead).toEqual({
      tightened: [],
      loosened: [expect.stringMatching(/acme\/policy does not exist/)],
    })
    expect(result.decision.failedCriteria).toEqual(['test_coverage'])
  })
})

describe('what the trusted config extends', () => {
  it('is fetched once where the pull request leaves the config as it is', async () => {
    const text = `version: 1\nextends: acme/policy/base.yml@${'b'.repeat(40)}\n`
    const w = onGitHub({ '': { [CONFIG]: text } }, text, PULL)
    const fetched: string[] = []
    w.policy.remote = async (source) => {
      fetched.push(source)
      return { text: SOFTER, source }
    }
    expect((await evaluate(invocation(), w)).config.changedInHead).toBeNull()
    expect(fetched).toHaveLength(1)
  })

  it('decides with it; where it cannot be read, nothing does', async () => {
    const text = `version: 1\nextends: acme/policy/base.yml@${'b'.repeat(40)}\n`
    const w = onGitHub({ '': { [CONFIG]: text } })
    w.policy.remote = async (source) => ({ text: SOFTER, source })
    expect((await evaluate(invocation(), w)).decision.verdict).toBe('passed')
    w.policy.remote = async () => {
      throw new CertifyError('policy_unreadable', 'the base is gone')
    }
    const result = await evaluate(invocation(), w)
    expect(result.decision.verdict).toBe('error')
    expect(JSON.stringify(result.decision.reasons)).toContain('the base is gone')
  })
})

describe('the input level', () => {
  const target = async (event: Subject['event'], level: string, config = `${POLICY}target: { push: 2, pull_request: 2 }\n`) => {
    const subject = { ...world({}).subject, event }
    const result = await evaluate(invocation({ level }), onGitHub({ '': { [CONFIG]: config } }, null, { subject }))
    return {
      target: result.decision.target,
      ignored: result.config.ignored.map((one) => one.origin),
      verdict: result.decision.verdict,
    }
  }

  it.each([
    ['push', '1', 1, []],
    ['push', '3', 3, []],
    ['push', 'service', 3, []],
    ['pull_request', '3', 3, []],
    ['pull_request', '1', 2, ['input level']],
    ['pull_request', 'component', 2, ['input level']],
    ['local', '4', 4, []],
  ] as const)('on %s, %s: the target is %i', async (event, level, reached, ignored) => {
    expect(await target(event, level)).toMatchObject({ target: reached, ignored })
  })

  it('cannot move a target that the policy locks, and that is said', async () => {
    const locked = `${POLICY}target: { push: 2 }\nlocked: [/target]\n`
    expect(await target('push', '1', locked)).toMatchObject({ target: 2, ignored: ['input level'] })
  })

  it.each(['5', '0', 'everything', '1.5', '-1'])('%s is none: nothing is judged', async (level) => {
    expect((await target('push', level)).verdict).toBe('error')
  })

  it('means the same with space around it', async () => {
    expect(await target('push', ' 3 ')).toMatchObject({ target: 3 })
  })
})
