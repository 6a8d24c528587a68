// What one evaluation asks of the world: together where one answer does not rest on another, and what fails is told as if in turn.
import { describe, expect, it } from '@jest/globals'
import type { Ports, Subject } from '../../src/app/ports.ts'
import type { ChangedFile, Diff } from '../../src/model/diff.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { evaluate } from '../support/evaluated.ts'
import { invocation, ledgerOf, type World, world } from '../support/ports.ts'
import { POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const PULL: Partial<Ports> = {
  inAction: true,
  subject: { ...world({}).subject, event: 'pull_request', pullRequest: 7 } satisfies Subject,
}

/** On a pull request, with everything that GitHub would be asked for named as it is asked; each answer comes after `before`. */
function asking(before: (asked: string) => Promise<void> = async () => {}, policy = POLICY): { asked: string[]; w: World } {
  const w = world({ [CONFIG]: policy, ...readyFiles() }, PULL)
  const asked: string[] = []
  const answer =
    <A extends unknown[], T>(name: string, of: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      asked.push(name)
      await before(name)
      return of(...given)
    }
  w.policy.trusted = answer('policy', w.policy.trusted)
  w.policy.head = answer("the head's policy", w.policy.head)
  w.change.state = answer('the pull request', w.change.state)
  w.change.producers = answer('the jobs', w.change.producers)
  w.change.diff = answer('the change', w.change.diff)
  w.ledger = ledgerOf(null, { open: answer('the ledger', async () => null) })
  return { asked, w }
}

const TOGETHER = ['the ledger', 'the jobs', 'the pull request', 'the change']
const ALL = ["the head's policy", ...TOGETHER]

it('asks for the rest at once, once the policy decided; nothing twice', async () => {
  let release = (): void => {}
  const together = new Promise<void>((done) => {
    release = done
  })
  const { asked, w } = asking(async (name) => {
    if (name === 'policy') return
    if (asked.length === 1 + TOGETHER.length) release()
    await together
  }, `${POLICY}timeout: 30\n`)
  expect((await evaluate(invocation(), w)).decision.verdict).toBe('passed')
  expect(asked[0]).toBe('policy')
  expect(asked.slice(1).sort()).toEqual([...ALL].sort())
})

it('has sent its questions, and taken answers that are there, before it reads', async () => {
  const answered: string[] = []
  const { asked, w } = asking(async (name) => {
    if (name !== 'policy') await new Promise((turn) => setImmediate(turn))
    answered.push(name)
  })
  const { find } = w.files
  let before: string[] | null = null
  w.files.find = (...given) => {
    before ??= [...answered]
    return find.apply(w.files, given)
  }
  expect((await evaluate(invocation(), w)).decision.verdict).toBe('passed')
  expect(before).toEqual(['policy', 'the ledger', 'the jobs', 'the pull request'])
  expect(asked.length).toBe(answered.length)
})

describe("the head's policy", () => {
  const changed = (over: Partial<ChangedFile>): ChangedFile => ({
    path: 'src/a.ts',
    from: null,
    status: 'modified',
    added: [],
    unread: null,
    generated: null,
    ...over,
  })
  const askedBy = async (diff: Diff | null): Promise<boolean> => {
    const { asked, w } = asking()
    const { diff: named } = w.change
    w.change.diff = async () => {
      await named()
      return diff
    }
    await evaluate(invocation(), w)
    return asked.includes("the head's policy")
  }

  it('is not asked for where the change is known not to touch it', async () => {
    expect(await askedBy({ base: 'b', files: [changed({})], problem: null })).toBe(false)
  })

  it.each<[string, Diff | null]>([
    ['touches it', { base: 'b', files: [changed({ path: CONFIG })], problem: null }],
    ['deletes it', { base: 'b', files: [changed({ path: CONFIG, status: 'deleted' })], problem: null }],
    ['moves it away', { base: 'b', files: [changed({ path: 'x.yml', from: CONFIG, status: 'renamed' })], problem: null }],
    ['is not known whole', { base: 'b', files: [changed({})], problem: 'GitHub lists only the first 300 files of it' }],
    ['is not known', null],
  ])('is asked for where the change %s', async (_, diff) => {
    expect(await askedBy(diff)).toBe(true)
  })
})

describe('nothing but the policy is asked for', () => {
  it.each([
    ['has mistakes', 'mode: ['],
    ['names a level that does not exist', `${POLICY}level: 9\n`],
  ])('where that %s', async (_, policy) => {
    const { asked, w } = asking(undefined, policy)
    expect((await evaluate(invocation(), w)).decision.verdict).toBe('error')
    expect(asked).toEqual(['policy'])
  })

  it('where it cannot be read', async () => {
    const { asked, w } = asking(async () => {
      throw new CertifyError('policy_unreadable', 'no answer')
    })
    expect((await evaluate(invocation(), w)).decision.verdict).toBe('error')
    expect(asked).toEqual(['policy'])
  })
})

describe('what fails', () => {
  /** Those that fail, in the order their failures come. */
  const failing = async (...names: string[]) => {
    const gone: (() => void)[] = []
    const turns = names.map((_, at) => (at === 0 ? Promise.resolve() : new Promise<void>((done) => gone.push(done))))
    const { w } = asking(async (name) => {
      const at = names.indexOf(name)
      if (at < 0) return
      await turns[at]
      gone[at]?.()
      throw new CertifyError('no_answer', `${name} is not known`)
    })
    return { result: await evaluate(invocation(), w), w }
  }
  const told = ({ result }: Awaited<ReturnType<typeof failing>>) => result.decision.reasons.map(({ text }) => text).join('\n')

  it.each(ALL.filter((name) => name !== 'the ledger'))('%s: nothing is judged, and that is why', async (name) => {
    const end = await failing(name)
    expect(end.result.decision.verdict).toBe('error')
    expect(told(end)).toContain(`${name} is not known`)
  })

  it('is the first in the order of the story, whichever came first, and no other is told', async () => {
    const end = await failing('the pull request', 'the jobs', 'the change', "the head's policy")
    expect(told(end)).toContain("the head's policy is not known")
    expect(told(end)).not.toMatch(/the jobs|the pull request|the change/)
  })

  it('while nobody waits for it any more does not end the process', async () => {
    const lost: unknown[] = []
    const note = (error: unknown): void => void lost.push(error)
    process.on('unhandledRejection', note)
    try {
      await failing('the change', "the head's policy", 'the jobs', 'the pull request')
      await new Promise((turn) => setImmediate(turn))
    } finally {
      process.off('unhandledRejection', note)
    }
    expect(lost).toEqual([])
  })
})
