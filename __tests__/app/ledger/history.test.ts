// What is read of earlier runs: those of the branch alone, with few reads however busy the repository is, and never half of them.
import { describe, expect, it } from '@jest/globals'
import { type HistoryAsked, RUNS, readHistory } from '../../../src/app/ledger/history.ts'
import { canonical, seal } from '../../../src/certificate/ledger/seal.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { draft, NOW } from '../../support/ledger/drafts.ts'
import { evaluationData, PULL_REQUEST, pastOf } from '../../support/ledger/evaluations.ts'
import { MemoryLedger } from '../../support/ledger/memory.ts'

const ASKED: HistoryAsked = { name: 'certify', branch: 'main', ancestors: async () => ({ commits: null, problem: null }) }

async function read(store: MemoryLedger | null, asked: Partial<HistoryAsked> = {}) {
  const found = await readHistory(store, { ...ASKED, ...asked })
  return { ...found, seqs: found.history.runs.map((run) => run.seq) }
}

/** Counts the records that are read. */
function counting(store: MemoryLedger): { records: () => number; requests: () => number } {
  let records = 0
  let requests = 0
  const reading = store.read.bind(store)
  store.read = (version, paths) => {
    records += paths.filter((path) => path.startsWith('records/')).length
    requests += 1
    return reading(version, paths)
  }
  return { records: () => records, requests: () => requests }
}

const mainEvery = (gap: number) => (seq: number) => (seq % gap === 1 ? {} : PULL_REQUEST)

describe('which runs are read', () => {
  it('those of the branch itself, oldest first, never a pull request’s or a candidate’s', async () => {
    const { seqs, history, earlier, seen } = await read(pastOf(9, mainEvery(3)))
    expect(seqs).toEqual([1, 4, 7])
    expect(earlier).toEqual([7, 4, 1])
    expect([seen, history.state, history.complete, history.head?.seq]).toEqual([9, 'known', true, 9])
  })

  it('none of another branch, whatever its records say of themselves', async () => {
    const store = pastOf(6, (seq) => (seq % 2 === 0 ? { branch: 'release/1', main: true } : {}))
    expect((await read(store)).seqs).toEqual([1, 3, 5])
    expect((await read(store, { branch: 'release/1' })).seqs).toEqual([2, 4, 6])
    expect((await read(store, { branch: null })).seqs).toEqual([])
  })

  it('none of another use in the same repository', async () => {
    const store = pastOf(6, (seq) => (seq % 2 === 0 ? { name: 'nightly' } : {}))
    expect((await read(store)).seqs).toEqual([1, 3, 5])
    expect((await read(store, { name: 'nightly' })).seqs).toEqual([2, 4, 6])
  })

  it('none that is no evaluation, or of a making that this version does not know', async () => {
    const others = [
      { raw: { schema: 'certify/evaluation/v9', main: true, name: 'certify', branch: 'main' } },
      { raw: 'words' },
      { raw: null },
    ]
    const store = pastOf(6, (seq) => others[seq - 2] ?? {})
    expect((await read(store)).seqs).toEqual([1, 5, 6])
  })

  it('the last of very many, and says that there are more', async () => {
    const { seqs, history, earlier } = await read(pastOf(100))
    expect(seqs).toHaveLength(RUNS)
    expect(seqs.at(-1)).toBe(100)
    expect(earlier).toHaveLength(RUNS)
    expect(history.complete).toBe(false)
  })

  it('what was measured then, without what was not', async () => {
    const criteria = {
      test_coverage: { outcome: 'fail', value: 91, unit: '%', baseline: 96, delta: -5, reasons: [] },
      security_score: { outcome: 'no_evidence', value: null, unit: '', baseline: null, delta: null, reasons: [] },
    } as const
    const outcome = {
      ...evaluationData(1).outcome,
      verdict: 'failed',
      level: 0,
      criteria,
      slis: { 'm p95': { value: 180, unit: 'ms' } },
    }
    const { history } = await read(
      pastOf(1, () => ({ outcome: outcome as unknown as EvaluationData['outcome'], baseline: true })),
    )
    expect(history.runs[0]).toMatchObject({ verdict: 'failed', level: 0, baseline: true, slis: { 'm p95': { value: 180 } } })
    expect(history.runs[0]!.criteria).toEqual({ test_coverage: { outcome: 'fail', value: 91, unit: '%' } })
  })
})

describe('a busy repository', () => {
  it('has its branch’s runs found over a thousand records of pull requests, with a few reads', async () => {
    const store = pastOf(1021, mainEvery(51))
    const count = counting(store)
    const { seqs, history } = await read(store)
    expect(seqs).toHaveLength(21)
    expect(history.complete).toBe(true)
    // The end of the chain, one window, and the runs that the newest one names.
    expect(count.records()).toBeLessThanOrEqual(1 + 40 + 40 + 21)
    expect(count.requests()).toBeLessThanOrEqual(4)
  })

  it('also where all thousand came after its last run, by what they name together, and says that not all was looked at', async () => {
    const store = pastOf(1010, (seq) => (seq <= 10 ? {} : PULL_REQUEST))
    const count = counting(store)
    const { seqs, history } = await read(store)
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(history.complete).toBe(false)
    expect(count.records()).toBeLessThanOrEqual(1 + 400 + 10)
  })

  it('where a pull request’s record names what it likes, nothing of the branch is hidden and nothing added', async () => {
    const forged = Array.from({ length: 5000 }, (_, at) => 550 - (at % 540))
    const store = pastOf(600, (seq) => (seq <= 10 ? {} : { ...PULL_REQUEST, ...(seq === 600 ? { earlier: forged } : {}) }))
    const { seqs } = await read(store)
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('of which nothing is known of this branch says so, with a bounded number of reads', async () => {
    const store = pastOf(1000, () => ({ branch: 'other' }))
    const count = counting(store)
    const { seqs, history } = await read(store)
    expect([seqs, history.state, history.complete]).toEqual([[], 'known', false])
    expect(count.records()).toBeLessThanOrEqual(401)
  })
})

describe('a run that knew less than what stands before it', () => {
  const forgetful: [string, Partial<EvaluationData>][] = [
    ['could not be judged', { facts: null, earlier: [], seen: 0 }],
    ['could not read the ledger', { earlier: [], seen: 0 }],
    ['waited long to be appended', { earlier: [3], seen: 5 }],
  ]

  it.each(forgetful)('%s: does not cut off the runs before it', async (_, change) => {
    const store = pastOf(300, (seq) => (seq === 300 ? change : seq % 60 === 1 ? {} : PULL_REQUEST))
    const { seqs, history } = await read(store)
    expect(seqs).toEqual([1, 61, 121, 181, 241, 300])
    expect(history.complete).toBe(true)
  })

  it('as the only one within reach is not taken for the branch’s first', async () => {
    const store = pastOf(600, (seq) => (seq === 600 ? { facts: null, earlier: [], seen: 0 } : seq === 1 ? {} : PULL_REQUEST))
    const { seqs, history } = await read(store)
    expect(seqs).toEqual([1, 600])
    expect(history.complete).toBe(false)
  })
})

describe('a ledger that is not as it was written', () => {
  const damage: [string, (store: MemoryLedger) => void, RegExp][] = [
    ['a record among them is missing', (store) => store.files.delete(recordPath(4)), /record 4 is missing/],
    ['a record among them was edited', (store) => edit(store, 4), /record 4/],
    ['a record among them is another’s in its place', (store) => swapIn(store, 4), /record 5 does not follow record 4/],
    ['the last one was edited', (store) => edit(store, 6), /record 6/],
    ['the last one is missing', (store) => store.files.delete(recordPath(6)), /record 6/],
    ['head.json is no such thing', (store) => store.files.set(HEAD_PATH, Buffer.from('{"seq":6}')), /head\.json/],
    ['head.json names another hash', (store) => head(store, 'f'.repeat(64)), /head\.json does not name record 6/],
  ]

  it.each(damage)('%s: unreadable, with why and what to do, never empty', async (_, hurt, why) => {
    const store = pastOf(6)
    hurt(store)
    const { history, earlier, seen } = await read(store)
    expect(history.state).toBe('unreadable')
    expect(history.problem!.message).toMatch(why)
    expect(history.problem!.hint).toMatch(/\w/)
    expect([history.runs, history.complete, earlier, seen]).toEqual([[], false, [], 0])
  })

  it.each([
    ['no outcome', { outcome: undefined }],
    ['an outcome without criteria', { outcome: { verdict: 'passed', level: 2 } }],
    ['a verdict that is none', { outcome: { ...evaluationData(1).outcome, verdict: 'great' } }],
    [
      'a value in words',
      { outcome: { ...evaluationData(1).outcome, criteria: { a: { outcome: 'pass', value: '96', unit: '%' } } } },
    ],
    ['no date', { evaluatedAt: 'yesterday' }],
    ['no subject', { subject: null }],
    ['earlier runs of all kinds', { earlier: [1, 'x', -4] }],
    ['a policy that is text', { policy: 'mine' }],
  ])('sealed as it should be, but with %s: unreadable too', async (_, change) => {
    const store = pastOf(3, (seq) => (seq === 2 ? { raw: JSON.parse(JSON.stringify({ ...evaluationData(2), ...change })) } : {}))
    const { history } = await read(store)
    expect(history).toMatchObject({ state: 'unreadable', runs: [] })
    expect(history.problem!.message).toMatch(/record 2 is no evaluation/)
  })

  it('that cannot be reached is unreadable, one that is not there yet absent, one that is not kept off', async () => {
    const store = pastOf(3)
    store.readable = false
    expect((await read(store)).history).toMatchObject({ state: 'unreadable', place: 'memory', problem: { hint: 'look again' } })
    expect((await read(new MemoryLedger())).history).toMatchObject({ state: 'absent', place: 'memory', runs: [], complete: true })
    expect((await read(null)).history).toMatchObject({ state: 'off', runs: [] })
  })

  it('a fault of ours is not called the ledger’s', async () => {
    const store = pastOf(1)
    store.read = () => Promise.reject(new TypeError('x'))
    await expect(readHistory(store, ASKED)).rejects.toThrow(TypeError)
  })
})

describe('commits at or before the one that is judged', () => {
  const commits = (...seqs: number[]) => new Set(seqs.map((seq) => evaluationData(seq).subject.commit!))

  it('are asked for once there is a run, and kept', async () => {
    let asked = 0
    const ancestors = async () => {
      asked += 1
      return { commits: commits(1, 2), problem: null }
    }
    expect((await read(pastOf(3), { ancestors })).history.ancestors).toEqual(commits(1, 2))
    await read(new MemoryLedger(), { ancestors })
    await read(
      pastOf(3, () => PULL_REQUEST),
      { ancestors },
    )
    expect(asked).toBe(1)
  })

  it('of a clone that was cut off tell nothing where a run’s commit is not among them', async () => {
    const shallow = (known: Set<string> | null) => async () => ({ commits: known, problem: 'the clone is shallow' })
    const cut = await read(pastOf(3), { ancestors: shallow(commits(2, 3)) })
    expect(cut.history).toMatchObject({ ancestors: null, ancestryProblem: 'the clone is shallow' })
    const none = await read(pastOf(3), { ancestors: shallow(null) })
    expect(none.history.ancestryProblem).toBe('the clone is shallow')
    const all = await read(pastOf(3), { ancestors: shallow(commits(1, 2, 3)) })
    expect(all.history).toMatchObject({ ancestors: commits(1, 2, 3), ancestryProblem: null })
  })

  it('that cannot be asked for are a problem of history’s', async () => {
    const ancestors = () => Promise.reject(new CertifyError('api', 'GitHub did not answer', { hint: 'later' }))
    expect((await read(pastOf(2), { ancestors })).history).toMatchObject({ state: 'unreadable', runs: [] })
  })
})

function edit(store: MemoryLedger, seq: number): void {
  const text = new TextDecoder().decode(store.files.get(recordPath(seq)))
  store.files.set(recordPath(seq), Buffer.from(text.replace('"value":96', '"value":97')))
}

/** Whole in itself, of the same number, and not the one that was there. */
function swapIn(store: MemoryLedger, seq: number): void {
  const other = seal(draft('other', evaluationData(seq)), { seq: seq - 1, hash: 'a'.repeat(64) }, NOW)
  store.files.set(recordPath(seq), Buffer.from(canonical(other)))
}

function head(store: MemoryLedger, hash: string): void {
  store.files.set(HEAD_PATH, Buffer.from(canonical({ v: 1, seq: 6, hash })))
}
