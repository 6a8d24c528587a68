// The fork pair of examples/fork-pair (decision 29), both halves run by the bundle: the right result on the right pull request, and attacks.
import { createHash } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { openPending, pendingDigest, pendingText } from '../../src/app/ledger/pending.ts'
import { openReport } from '../../src/app/open-report.ts'
import { REPORTED_SCHEMA } from '../../src/model/pending.ts'
import { FORK } from '../support/github/fork.ts'
import type { CheckRun, Comment } from '../support/github/state.ts'
import { bomb, zip } from '../support/github/zip.ts'
import {
  certified,
  forged,
  type Left,
  leave,
  left,
  type Pair,
  pairOf,
  readOnlyHalf,
  trustedHalf,
} from '../support/workflows/fork-pair.ts'
import type { RunEnd } from '../support/workflows/model.ts'

const SAID = /reported by the fork, not verified/i

const NOTHING_TESTED = {
  'test/slug.test.js': "import '../src/slug.js'\nimport { test } from 'node:test'\ntest('nothing', () => {})\n",
}

let pair: Pair
/** What honest runs leave, one that passes and one that does not. */
let honest: { passed: Left; failed: Left }

beforeAll(async () => {
  const leftBy = async (files: Record<string, string>): Promise<Left> => {
    const once = await pairOf()
    await readOnlyHalf(once, files)
    await once.github.stop()
    return left(once)
  }
  honest = { passed: await leftBy({}), failed: await leftBy(NOTHING_TESTED) }
})
beforeEach(async () => {
  pair = await pairOf()
})
afterEach(async () => {
  await pair.github.stop()
  expect(pair.github.violations).toEqual([])
})

const checks = (): CheckRun[] => pair.github.state.checkRuns
const comments = (): Comment[] => pair.github.state.comments
const refused = (): number => pair.github.requests.filter((one) => one.status === 403).length

/** The whole of what came of the trusted half: which checks and comments, and that nothing opens anywhere. */
function seen(end: RunEnd) {
  const { exit, outputs, log } = certified(end)
  expect(outputs.verdict).not.toBe('passed')
  expect(outputs.proceed ?? '').toBe('')
  expect(outputs.level ?? '0').toBe('0')
  expect(Object.values(JSON.parse(outputs.gates || '{}'))).not.toContain('open')
  expect(outputs['record-digest'] ?? '').toBe('')
  expect(checks().map((one) => one.conclusion)).not.toContain('success')
  expect(pair.github.state.git.files('certify-ledger').size).toBe(0)
  return { exit, outputs, log }
}

describe('the read-only half', () => {
  it('judges, asks for nothing that it may not, and leaves its evaluation where no job records it', async () => {
    const end = await readOnlyHalf(pair)
    const { exit, outputs, log, summary } = certified(end)
    expect([exit, outputs.verdict, outputs.level]).toEqual([0, 'passed', '1'])
    expect(refused()).toBe(0)
    expect(log).not.toContain('403')
    expect([checks(), comments()]).toEqual([[], []])
    expect(outputs['record-digest']).toBe('')
    expect(outputs['evaluation-digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(summary).toContain(outputs['evaluation-digest']!.slice(7, 19))
    expect(left(pair).draft.data.outcome).toMatchObject({ verdict: 'passed', level: 1 })
  })

  it('ends red where a criterion is short, and leaves what it found all the same', async () => {
    const end = await readOnlyHalf(pair, NOTHING_TESTED)
    expect(end.conclusion).toBe('failure')
    expect(left(pair).draft.data.outcome.verdict).toBe('failed')
  })
})

describe('the trusted half', () => {
  it.each([
    ['passed', {}],
    ['failed', NOTHING_TESTED],
  ] as const)(
    'posts what the run says of itself, %s, on the right pull request, and that nobody verified it',
    async (verdict, files) => {
      const own = pair.github.state.addPull(8, { head: { ref: 'feature', sha: 'e'.repeat(40), repo: pair.pull.base.repo } })
      const first = await readOnlyHalf(pair, files)
      const { exit, outputs, log } = seen(await trustedHalf(pair))
      expect(exit).toBe(0)
      expect(outputs).toMatchObject({
        verdict: 'pending',
        level: '0',
        proceed: '',
        'evidence-digest': certified(first).outputs['evidence-digest'],
      })
      expect(checks()).toMatchObject([{ name: 'certify verdict', head_sha: pair.pull.head.sha, conclusion: 'action_required' }])
      expect(checks()[0]!.title).toMatch(SAID)
      expect(checks()[0]!.title).toContain(verdict)
      expect(comments().map((one) => one.issue)).toEqual([7])
      expect(comments()[0]!.body).toMatch(SAID)
      expect(comments()[0]!.body).toContain(certified(first).outputs['evaluation-digest']!.slice(7, 19))
      expect(log).toMatch(SAID)
      expect(own.number).toBe(8)
      expect(refused()).toBe(0)
    },
  )

  it('updates what it said for the next run, and an older run does not come after it', async () => {
    await readOnlyHalf(pair)
    await trustedHalf(pair)
    const older = pair.run
    pair.run = pair.github.state.addRun(1005, { ...older, id: 1005 })
    await readOnlyHalf(pair, NOTHING_TESTED)
    await trustedHalf(pair)
    expect(checks().at(-1)!.title).toContain('failed')
    const text = comments()[0]!.body
    // The older run's half comes late.
    pair.run = older
    const { log } = seen(await trustedHalf(pair, 3000))
    expect(log).toMatch(/a newer run has already/)
    expect(checks().at(-1)!.title).toContain('failed')
    expect(comments().map((one) => one.body)).toEqual([text])
  })

  it("is not moved by the fork's own policy, and shows the difference (proof 11)", async () => {
    const { state } = pair.github
    const policy = state.trees.get('main')!.get('.github/certification.yml')!
    const softer = `${policy}certification_levels: { level_1: { validation_criteria: { test_coverage: "> 5%" } } }\n`
    state.addFile(pair.pull.head.sha, '.github/certification.yml', softer)
    const first = await readOnlyHalf(pair, { ...NOTHING_TESTED, '.github/certification.yml': softer })
    expect(certified(first).outputs.verdict).toBe('failed')
    seen(await trustedHalf(pair))
    expect(checks()[0]!.title).toContain('failed')
    expect(comments()[0]!.body.replaceAll('\\', '')).toMatch(/test_coverage.*95.*5/)
  })

  it('leaves a verdict that was measured on this commit as it is', async () => {
    await readOnlyHalf(pair)
    await trustedHalf(pair)
    const [check] = checks()
    Object.assign(check!, { conclusion: 'success', external_id: check!.external_id.replace('1001.1r', '900.1') })
    Object.assign(comments()[0]!, { body: comments()[0]!.body.replace('1001.1r', '1001.1') })
    const before = structuredClone([checks(), comments()])
    const { log } = certified(await trustedHalf(pair, 3000))
    expect(log).toMatch(/measured/)
    expect([checks(), comments()]).toEqual(before)
  })

  it.each<[string, () => void, RegExp]>([
    ['was closed', () => Object.assign(pair.pull, { mergedBy: 'bob' }), /no open pull request/],
    ['has another head by now', () => Object.assign(pair.pull.head, { sha: 'f'.repeat(40) }), /no open pull request/],
    ["is another repository's of the same name", () => Object.assign(pair.pull.head.repo!, { id: 1000 }), /no open pull request/],
    [
      'is one of two',
      () => void pair.github.state.addPull(9, { head: pair.pull.head, base: { ...pair.pull.base, ref: 'release' } }),
      /2 open pull requests/,
    ],
    [
      'is of a run that was started again',
      () => Object.assign(pair.github.state.runs.get(1001)!, { run_attempt: 2 }),
      /attempt 2/,
    ],
  ])('says nothing where the pull request %s', async (_, happens, why) => {
    await readOnlyHalf(pair)
    const known = pair.github.state.runs.get(1001)!
    const event = { ...known }
    happens()
    // The event still says what was true when the run ended.
    const end = await trustedHalf(pair, 2001, event)
    expect(seen(end).log).toMatch(why)
    expect([checks(), comments()]).toEqual([[], []])
    expect(certified(end).exit).toBe(0)
  })

  it('is not started for a pull request of the repository itself, and would say nothing', async () => {
    const { state } = pair.github
    Object.assign(state.runs.get(1001)!, {
      head_repository: { id: state.repositoryId, full_name: state.fullName, owner: { login: state.owner } },
    })
    const end = await trustedHalf(pair)
    expect(end.conclusion).toBe('skipped')
  })
})

describe('Dependabot', () => {
  beforeEach(() => {
    const { state } = pair.github
    Object.assign(pair.pull.head, { repo: pair.pull.base.repo })
    pair.run = state.addRun(1001, {
      ...pair.run,
      actor: 'dependabot[bot]',
      head_repository: { id: state.repositoryId, full_name: state.fullName, owner: { login: state.owner } },
    })
  })

  it('is reported the same way where its token can only read', async () => {
    const end = await readOnlyHalf(pair)
    expect(certified(end).exit).toBe(0)
    expect(certified(end).log).not.toMatch(/403|::warning/)
    const { exit } = seen(await trustedHalf(pair))
    expect(exit).toBe(0)
    expect(checks()).toMatchObject([
      { conclusion: 'action_required', title: expect.stringMatching(/reported by its own run, not verified/i) },
    ])
  })
})

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('an attack', () => {
  /** What the check says; it is on the fork's own head and red, and nobody else's pull request hears of it. */
  async function attack(content: Left | string | Uint8Array): Promise<string> {
    const other = pair.github.state.addPull(8, { head: { ref: 'other', sha: 'e'.repeat(40), repo: pair.pull.base.repo } })
    leave(pair, content)
    const { exit, outputs, log } = seen(await trustedHalf(pair))
    expect([exit, outputs.verdict]).toEqual([2, 'error'])
    expect(log).not.toContain('which is a bug')
    expect(checks()).toMatchObject([
      { head_sha: pair.pull.head.sha, conclusion: 'failure', title: expect.stringMatching(/^Could not judge/) },
    ])
    expect(comments().map((one) => one.issue)).toEqual([7])
    expect(other.head.sha).not.toBe(checks()[0]!.head_sha)
    return comments()[0]!.body.replaceAll('\\', '')
  }

  it('by another pull request’s number is refused', async () => {
    const text = await attack(forged(honest.passed, ({ draft }) => Object.assign(draft.data.subject, { pullRequest: 8 })))
    expect(text).toMatch(/says it is about pull request 8, and the run was for 7/)
  })

  it('by facts that contradict their digests is refused, naming the report', async () => {
    const before = structuredClone(honest.passed)
    for (const { facts } of before.facts.files)
      if (facts.kind === 'coverage') for (const file of facts.files) file.totals.lines = { covered: 100, total: 100 }
    const text = await attack(before)
    expect(text).toMatch(/contradicts itself: reports\/lcov\.info/)
  })

  it('by a verdict that its facts do not give is refused', async () => {
    const before = structuredClone(honest.failed)
    Object.assign(before.draft.data.outcome, { verdict: 'passed', level: 1 })
    expect(await attack(before)).toMatch(/contradicts itself: (?!reports)/)
  })

  it('by an edited policy is refused, though it agrees with itself', async () => {
    const softer = forged(honest.passed, ({ policy }) => {
      for (const level of policy.config.levels) for (const one of level.criteria) one.pass = one.pass.slice(0, 0)
    })
    expect(await attack(softer)).toMatch(/another policy than .*main of now/)
  })

  it('by a policy that claims the right digest is refused', async () => {
    const { draft, objects, policy, facts } = structuredClone(honest.passed)
    policy.config.mode = 'advisory'
    const text = JSON.stringify(policy)
    draft.data.policy = { ...draft.data.policy!, object: sha(text) }
    await attack({ draft, policy, facts, objects: { [`objects/${sha(text)}.json`]: text } })
    expect(objects).not.toEqual({})
  })

  it('by a zip bomb is refused before it unpacks', async () => {
    const before = process.memoryUsage().rss
    expect(await attack(bomb(600))).toMatch(/unpacks to/)
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 31)
  })

  it.each<[string, Uint8Array, RegExp]>([
    [
      'a file that is larger than it says',
      zip([{ path: 'evaluation.json', content: 'x'.repeat(5000), claimedSize: 10 }]),
      /not the 10 bytes/,
    ],
    ['a link', zip([{ path: 'evaluation.json', content: '/etc/passwd', mode: 0o120777 }]), /is a link/],
    ['two of them', zip(['evaluation.json', 'a/evaluation.json'].map((path) => ({ path, content: '{}' }))), /2 files/],
    ['none', zip([{ path: 'result.json', content: '{}' }]), /0 files/],
    ['no zip', Buffer.from('evaluation'), /0 files|not one/],
  ])('by an artifact with %s is refused', async (_, blob, why) => expect(await attack(blob)).toMatch(why))

  it.each<[string, string | (() => Left), RegExp]>([
    ['no JSON', '{', /is not JSON/],
    ['JSON of endless depth', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /unpacks to 7\d\d times/],
    [
      'another commit',
      () => forged(honest.passed, ({ draft }) => Object.assign(draft.data.subject, { commit: 'e'.repeat(40) })),
      /another repository, commit or run/,
    ],
    [
      'another run',
      () => ({ ...honest.passed, draft: { ...honest.passed.draft, run: { id: 1, attempt: 1 } } }),
      /another repository, commit or run/,
    ],
    [
      'another attempt',
      () => forged(honest.passed, ({ draft }) => Object.assign(draft.data.subject, { attempt: 2 })),
      /another repository, commit or run/,
    ],
    [
      'another repository',
      () => ({ ...honest.passed, draft: { ...honest.passed.draft, repo: FORK.full_name } }),
      /another repository, commit or run/,
    ],
    [
      'a certificate',
      () => ({ ...honest.passed, draft: { ...honest.passed.draft, type: 'certificate.issued' } }),
      /does not hold one evaluation/,
    ],
    [
      'facts of another shape',
      () => {
        const odd = structuredClone(honest.passed)
        Object.assign(odd.draft.data.facts!, { admitted: 'all', files: 7 })
        return odd
      },
      /holds facts that no run leaves|contradicts itself/,
    ],
    [
      'another version',
      () => forged(honest.passed, ({ draft }) => Object.assign(draft.data.tool, { version: '9.9.9' })),
      /certify 9\.9\.9/,
    ],
  ])('by a file that is %s is refused', async (_, content, why) =>
    expect(await attack(typeof content === 'string' ? content : content())).toMatch(why),
  )

  it('by no artifact at all is refused', async () => {
    const { state } = pair.github
    state.artifacts.splice(0)
    const { exit } = seen(await trustedHalf(pair))
    expect(exit).toBe(2)
    expect(comments()[0]!.body.replaceAll('\\', '')).toMatch(/left no artifact certify-report/)
  })

  it('by a forgery in which everything fits together is posted as what it is: somebody’s word', async () => {
    expect(honest.failed.draft.data.outcome.verdict).toBe('failed')
    const perfect = forged(honest.failed, ({ facts }) => {
      for (const one of facts.files)
        if (one.facts.kind === 'coverage')
          for (const file of one.facts.files)
            Object.assign(file, { lines: null, totals: { ...file.totals, lines: { covered: 100, total: 100 } } })
    })
    expect(perfect.draft.data.outcome.verdict).toBe('passed')
    leave(pair, perfect)
    const { exit } = seen(await trustedHalf(pair))
    expect(exit).toBe(0)
    expect(checks()).toMatchObject([{ conclusion: 'action_required', title: expect.stringMatching(SAID) }])
    expect(comments()[0]!.body.split('\n')[2]).toMatch(SAID)
    expect(`${checks()[0]!.summary} ${comments()[0]!.body}`.replace(/not verified/gi, '')).not.toMatch(
      /\bverified\b|✅ \*\*?passed/i,
    )
  })

  it('by JSON of endless depth is refused where it is not packed, too', () => {
    const of = {
      subject: { ...honest.passed.draft.data.subject },
      name: 'certify',
      version: '0.1.0',
      policy: honest.passed.policy,
    }
    for (const text of ['['.repeat(2_000_000), `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`])
      expect(() => openReport(Buffer.from(text), of)).toThrow(/evaluation\.json/)
  })

  it('by handing the file to the record job is refused: it is no record', () => {
    const { draft, objects } = honest.passed
    const text = pendingText([draft], new Map(Object.entries(objects)), 0, REPORTED_SCHEMA)
    expect(() => openPending(Buffer.from(text), 'ledger-pending.json', pendingDigest(text))).toThrow(/no list of pending records/)
  })
})
