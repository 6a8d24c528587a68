// `command: record`: the job that may write appends what its own run left, once, and what earlier jobs could not write.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { PENDING_FILE, pendingDigest } from '../../src/app/ledger/pending.ts'
import type { Ledger, Ports } from '../../src/app/ports.ts'
import { record } from '../../src/app/record.ts'
import { canonical } from '../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../src/certificate/ledger/verify.ts'
import type { EvaluationData } from '../../src/model/evaluation.ts'
import type { Pending } from '../../src/model/pending.ts'
import { CertifyError } from '../../src/model/problem.ts'
import {
  CONFIG,
  clockAt,
  lastSeq,
  MemoryLedger,
  ready,
  recordAt,
  replayed,
  runMany,
  runOnce,
} from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, type World, world } from '../support/ports.ts'
import { POLICY } from '../support/ready-repository.ts'

const FILE = `certify-report/${PENDING_FILE}`
const PUSH: Ports['subject'] = { ...world({}).subject, event: 'push', ref: 'refs/heads/main', run: 9, attempt: 1 }
const PULL: Ports['subject'] = { ...PUSH, event: 'pull_request', ref: 'refs/pull/1/merge', pullRequest: 1, run: 10 }

let store: MemoryLedger

beforeEach(async () => {
  store = new MemoryLedger()
  await runMany(store, [ready()])
})

/** What a run left for its record job. */
async function leave(subject = PUSH): Promise<string> {
  const change = {
    inAction: true,
    subject,
    ledger: ledgerOf(store, { mode: () => 'leave', newId: () => subject.commit!.slice(0, 32) }),
  }
  const { world: w, note } = await runOnce(ready(), store, change)
  expect(note.state).toBe('left')
  return w.files.written.get(FILE)!
}

interface Job {
  subject?: Ports['subject']
  digest?: string
  ledger?: Partial<Ledger>
  branch?: Ports['branch']
  policy?: string
}

function job(text: string | null, { subject = PUSH, ledger = {}, branch, policy = POLICY }: Job = {}): World {
  const files: Record<string, string> = { [CONFIG]: policy, ...(text === null ? {} : { [FILE]: text }) }
  const change = { inAction: true, clock: clockAt(1), subject, ledger: ledgerOf(store, ledger), ...(branch && { branch }) }
  return world(files, change)
}

function ask(text: string, asked: Job = {}, w = job(text, asked)) {
  const recordDigest = asked.digest ?? pendingDigest(text)
  return record(invocation({ command: 'record', json: true, recordDigest }), w)
}

/** The same file with something else in its one record. */
function forged(text: string, change: (draft: Pending['drafts'][number] & { data: EvaluationData }) => void): string {
  const pending = JSON.parse(text) as Pending
  change(pending.drafts[0]! as never)
  return canonical(pending)
}

describe('what the run itself left', () => {
  it('is appended, and the head is handed on', async () => {
    const text = await leave()
    const { exit, output, outputs } = await ask(text)
    expect(exit).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ place: 'memory', head: { seq: 2 }, records: [2], tries: 1 })
    expect(outputs).toEqual({ 'ledger-head': recordAt(store, 2).hash })
    expect(recordAt(store, 2).header.at).toBe(clockAt(1).now().toISOString())
    expect(recordAt(store, 2).data).toMatchObject({ main: true, earlier: [1] })
    expect(verifyLedger(store.files)).toMatchObject({ ok: true, records: 2 })
    expect(replayed(store, 2)).toMatchObject({ same: true })
  })

  it('is appended once, however often the job runs and whatever came in between', async () => {
    const text = await leave()
    await ask(text)
    await runMany(store, [ready()])
    const again = await ask(text)
    expect(JSON.parse(again.output)).toMatchObject({ records: [2] })
    expect(lastSeq(store)).toBe(3)
  })

  it('of a pull request is no run of the branch', async () => {
    const text = await leave(PULL)
    await ask(text, { subject: PULL })
    expect(recordAt(store, 2).data).toMatchObject({ main: false, branch: 'main' })
  })
})

describe('what is not what the run left', () => {
  const refused = async (text: string, asked: Job, code: string, message: RegExp) => {
    const error = await ask(text, asked).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CertifyError)
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.stringMatching(/\w/) })
    expect(lastSeq(store)).toBe(1)
  }

  it('without a digest, or without a file, there is nothing to record', async () => {
    const text = await leave()
    await expect(record(invocation({ command: 'record' }), job(text))).rejects.toMatchObject({ code: 'usage' })
    const recordDigest = pendingDigest(text)
    await expect(record(invocation({ recordDigest }), job(null))).rejects.toMatchObject({ code: 'pending_missing' })
  })

  it('another digest, or an altered file', async () => {
    const text = await leave()
    await refused(text, { digest: `sha256:${'0'.repeat(64)}` }, 'pending_altered', /is not what was left/)
    await refused(text, { digest: '' }, 'pending_altered', /is not what was left/)
    const altered = forged(text, ({ data }) => {
      data.outcome.verdict = 'failed'
    })
    await refused(altered, { digest: pendingDigest(text) }, 'pending_altered', /is not what was left/)
  })

  it.each<[string, (draft: Pending['drafts'][number] & { data: EvaluationData }) => void, RegExp]>([
    ['another run', (draft) => Object.assign(draft, { run: { id: 8, attempt: 1 } }), /is of run 8, not of run 9/],
    ['a run that its data says is another', ({ data }) => Object.assign(data.subject, { run: 8 }), /not of run 9|another run/],
    ['no run', (draft) => Object.assign(draft, { run: null }), /run unknown/],
    ['another commit', (draft) => Object.assign(draft, { sha: 'f'.repeat(40) }), /another commit/],
    ['a commit that its data says is another', ({ data }) => Object.assign(data.subject, { commit: 'f'.repeat(40) }), /commit/],
    ['another repository', (draft) => Object.assign(draft, { repo: 'evil/shop' }), /another repository/],
    ['another branch', ({ data }) => Object.assign(data, { branch: 'release/1' }), /release\/1, which this is not/],
    ['another type', (draft) => Object.assign(draft, { type: 'certificate.issued' }), /certificate\.issued, which no/],
  ])('a digest that fits, of %s', async (_, change, message) => {
    await refused(forged(await leave(), change), {}, 'record_foreign', message)
  })

  it('a pull request that says it is a run of the branch', async () => {
    const text = forged(await leave(PULL), ({ data }) => {
      data.main = true
    })
    await refused(text, { subject: PULL }, 'record_foreign', /says it is a run of main, which this is not/)
  })

  it('a policy without a ledger, or none that can be read', async () => {
    const text = await leave()
    await refused(text, { policy: `${POLICY}ledger: false\n` }, 'ledger_off', /keeps no ledger/)
    await expect(ask(text, { policy: 'mode: [' })).rejects.toMatchObject({ code: 'config_invalid', problems: [{ line: 1 }] })
    expect(lastSeq(store)).toBe(1)
  })
})

describe('a ledger that cannot take it', () => {
  it('in time: the records are kept for the next job, and the error says so', async () => {
    const text = await leave()
    store.next.push(...Array<'lost'>(500).fill('lost'))
    let now = 0
    const kept: string[] = []
    const ledger: Partial<Ledger> = {
      append: { sleep: async () => {}, random: () => 1, elapsed: () => (now += 60_000) },
      leaveBehind: async (what) => {
        kept.push(what)
        return 'certify-ledger-left-9'
      },
    }
    const error = await ask(text, { ledger }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CertifyError)
    expect(error).toMatchObject({
      code: 'ledger_busy',
      message: expect.stringMatching(/kept in the artifact certify-ledger-left-9/),
    })
    expect(kept).toEqual([text])
    expect(lastSeq(store)).toBe(1)
  })

  it.each<[string, (store: MemoryLedger) => void, string]>([
    ['unreachable', (one) => Object.assign(one, { readable: false }), 'ledger_unreadable'],
    ['broken', (one) => one.files.delete('records/000000/00000001.json'), 'ledger_broken'],
  ])('%s: an error, nothing is appended', async (_, hurt, code) => {
    const text = await leave()
    hurt(store)
    const before = store.files.size
    await expect(ask(text)).rejects.toMatchObject({ code })
    expect([store.files.size, store.swaps]).toEqual([before, 1])
  })
})

describe('what earlier jobs could not write', () => {
  const EARLIER = { ...PUSH, run: 5, commit: '5'.repeat(40) }
  const leftover = (text: string, change: Partial<Awaited<ReturnType<Ledger['leftovers']>>[number]> = {}) => ({
    pending: JSON.parse(text) as Pending,
    run: { run: EARLIER.run, repository: EARLIER.repository, commit: EARLIER.commit },
    main: 'main',
    ...change,
  })

  it('is appended first, and once', async () => {
    const earlier = leftover(await leave(EARLIER))
    const text = await leave()
    const w = job(text, { ledger: { leftovers: async () => [earlier, earlier] } })
    await ask(text, {}, w)
    expect([2, 3].map((seq) => recordAt(store, seq).header.run!.id)).toEqual([5, 9])
    await ask(text, {}, job(text, { ledger: { leftovers: async () => [earlier] } }))
    expect(lastSeq(store)).toBe(3)
    expect(w.logged.join('\n')).toMatch(/records left by run 5 are in the ledger as 2/)
    expect(verifyLedger(store.files)).toMatchObject({ ok: true, records: 3 })
  })

  it.each<[string, (text: string) => ReturnType<typeof leftover>]>([
    [
      'of another run than it lies in',
      (text) => leftover(text, { run: { run: 6, repository: 'acme/shop', commit: EARLIER.commit } }),
    ],
    ['of another commit', (text) => leftover(text, { run: { run: 5, repository: 'acme/shop', commit: '6'.repeat(40) } })],
    ['of another repository', (text) => leftover(text, { run: { run: 5, repository: 'evil/shop', commit: EARLIER.commit } })],
    ['of a branch that it was no run of', (text) => leftover(text, { main: null })],
    [
      'with a name to draw on the log',
      (text) => leftover(forged(text, (draft) => Object.assign(draft, { repo: 'x\u001b[2J\n::error::y' }))),
    ],
  ])('%s: refused with a warning, and this run’s own are recorded', async (_, of) => {
    const earlier = of(await leave(EARLIER))
    const text = await leave()
    const w = job(text, { ledger: { leftovers: async () => [earlier] } })
    const { output } = await ask(text, {}, w)
    expect(JSON.parse(output).records).toEqual([2])
    expect(lastSeq(store)).toBe(2)
    expect(w.logged.join('\n')).toMatch(/not taken/)
    expect(w.logged.join('')).not.toMatch(/\u001b|\n/)
  })

  it('that no reader of history could read past is not taken', async () => {
    const garbage = [
      (data: EvaluationData) => Object.assign(data, { outcome: null }),
      (data: EvaluationData) => Object.assign(data, { earlier: 'all' }),
      (data: EvaluationData) => Object.assign(data, { schema: 'mine' }),
    ]
    const whole = await leave(EARLIER)
    const left = garbage.map((change) => leftover(forged(whole, ({ data }) => change(data))))
    const text = await leave()
    await ask(text, {}, job(text, { ledger: { leftovers: async () => left } }))
    expect(lastSeq(store)).toBe(2)
    const { result } = await runOnce(ready(), store)
    expect(result.history).toMatchObject({ state: 'known', runs: 2 })
  })

  it('that the ledger cannot follow: a warning, and this run’s own are recorded', async () => {
    const earlier = leftover(await leave(EARLIER))
    earlier.pending.since = 999_999
    const text = await leave()
    const w = job(text, { ledger: { leftovers: async () => [earlier] } })
    expect(JSON.parse((await ask(text, {}, w)).output).records).toEqual([2])
    expect(w.logged.join('\n')).toMatch(/left by run 5 could not be written now either/)
  })
})
