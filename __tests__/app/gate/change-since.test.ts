// Where the change begins whose people may not approve it: at the release that was last let through, not at a run that passed.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { append } from '../../../src/app/ledger/append.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { HEAD_PATH, type LedgerRecord, recordPath } from '../../../src/model/ledger.ts'
import { GateJobs, SUBJECT } from '../../support/gate-jobs.ts'
import { tools } from '../../support/ledger/drafts.ts'
import { lastSeq, recordAt } from '../../support/ledger/recorded.ts'

const [FIRST, SECOND, THIRD, FOURTH] = ['1', '2', '3', '4'].map((digit) => digit.repeat(40)) as [string, string, string, string]

let jobs: GateJobs
let runs: number
beforeEach(() => {
  jobs = new GateJobs()
  runs = 1000
})

/** A run of that commit that came as far as its gates, recorded. */
async function pushed(commit: string, change: Partial<typeof SUBJECT> = {}): Promise<void> {
  runs += 1
  jobs.subject = { ...SUBJECT, commit, run: runs, ...change }
  jobs.people.at = commit
  jobs.people.run = { commit, attempt: 1, event: 'push', branch: 'main' }
  jobs.people.said = []
  jobs.after = []
  await jobs.evaluated()
  await jobs.recorded()
}

/** Since when gate 3, or another, is asked about the run that was pushed last. */
async function since(gate = 3): Promise<string | null | undefined> {
  jobs.people.since = []
  await jobs.phase('preflight', gate)
  return jobs.people.since[0]
}

/** Another record of that shape, as a run on another branch or by another name would have left it. */
async function recordedLike(record: LedgerRecord, data: unknown, id: string): Promise<void> {
  await append(jobs.store, [{ ...record.header, id: id.padStart(32, 'e'), data }], tools())
}

const evaluation = () => newest<EvaluationData>('evaluation')

function newest<D>(type: string): LedgerRecord<D> {
  for (let seq = lastSeq(jobs.store); seq > 0; seq--) {
    const record = recordAt(jobs.store, seq)
    if (record.header.type === type) return record as never
  }
  throw new Error(`no ${type}`)
}

/** An open gate 3 of the newest evaluation, changed. */
async function openedElsewhere(change: Partial<EvaluationData>, id: string): Promise<void> {
  const { data } = evaluation()
  await recordedLike(evaluation(), { ...data, ...change }, id)
  const decision = newest<object>('gate.decision')
  await recordedLike(decision, { ...decision.data, evaluation: id.padStart(32, 'e') }, `${id}1`)
}

describe('since', () => {
  it('the last opened release, past every run that only passed', async () => {
    await pushed(FIRST)
    await jobs.approved(3, 'anna')
    await pushed(SECOND)
    await pushed(THIRD)
    await pushed(FOURTH)
    expect(await since()).toBe(FIRST)
  })

  it('the newest of several', async () => {
    for (const commit of [FIRST, SECOND]) {
      await pushed(commit)
      await jobs.approved(3, 'anna')
    }
    await pushed(THIRD)
    expect(await since()).toBe(SECOND)
  })

  it('the oldest run of the branch, and what that was about, where nothing was ever let through', async () => {
    await pushed(FIRST)
    await pushed(SECOND)
    await pushed(THIRD)
    expect(await since()).toBe(`from ${FIRST}`)
  })

  it('nothing that the ledger knows, where this commit is all that it holds', async () => {
    await pushed(FIRST)
    expect(await since()).toBeNull()
    await pushed(FIRST)
    expect([null, FIRST]).toContain(await since())
  })

  it('the one before, where this very commit was let through already: that says nothing of who brought it', async () => {
    await pushed(FIRST)
    await jobs.approved(3, 'anna')
    await pushed(SECOND)
    await pushed(THIRD)
    await jobs.approved(3, 'anna')
    await pushed(THIRD)
    expect(await since()).toBe(FIRST)
  })
})

describe('no release of this gate', () => {
  beforeEach(async () => {
    await pushed(FIRST)
    await jobs.approved(3, 'anna')
    await pushed(SECOND)
  })

  it('is one that opened another gate', async () => {
    expect(await since(3)).toBe(FIRST)
    await jobs.approved(3, 'anna')
    await pushed(THIRD)
    expect(await since(3)).toBe(SECOND)
    await jobs.approved(3, 'anna')
    // Gate 4 has never opened: the oldest run is what is left.
    expect(await since(4)).toBe(`from ${FIRST}`)
  })

  it('is one that stayed shut', async () => {
    await jobs.phase('preflight', 3)
    await jobs.phase('confirm', 3)
    await jobs.recorded('certify-gate-3')
    expect(newest<{ state: string }>('gate.decision').data.state).not.toBe('open')
    await pushed(THIRD)
    expect(await since()).toBe(FIRST)
  })

  it.each<[string, Partial<EvaluationData>]>([
    ['of another branch', { branch: 'release/1' }],
    ['of a pull request', { main: false }],
    ['of other evidence', { name: 'backend' }],
  ])('is one %s', async (_, change) => {
    await openedElsewhere(change, 'f')
    await pushed(THIRD)
    expect(await since()).toBe(FIRST)
  })

  it('is one whose evaluation the ledger does not hold', async () => {
    const decision = newest<object>('gate.decision')
    await recordedLike(decision, { ...decision.data, evaluation: 'f'.repeat(32) }, 'a')
    await pushed(THIRD)
    expect(await since()).toBe(FIRST)
  })

  it('is one that came after this run: what goes live later is held against what was before it', async () => {
    const third = { commit: THIRD, run: 3003 }
    const before = { digest: '', files: new Map<string, string>() }
    await pushed(THIRD, third)
    before.digest = jobs.digest
    before.files = new Map(jobs.files)
    await pushed(FOURTH)
    await jobs.approved(3, 'anna')
    jobs.subject = { ...SUBJECT, ...third }
    jobs.digest = before.digest
    jobs.after = []
    for (const [path, text] of before.files) jobs.files.set(path, text)
    expect(await since()).toBe(FIRST)
  })
})

describe('a ledger that cannot be read', () => {
  const refusal = /who had a hand in this change is not known/

  it.each<[string, () => void]>([
    [
      'because it gives no answer',
      () => {
        jobs.store.readable = false
      },
    ],
    ['because a record of it is missing', () => void jobs.store.files.delete(recordPath(lastSeq(jobs.store) - 1))],
    ['because it is gone', () => jobs.store.files.clear()],
    ['because its end is', () => void jobs.store.files.delete(HEAD_PATH)],
  ])('%s leaves nobody free, and nobody is asked', async (_, change) => {
    await pushed(FIRST)
    await pushed(SECOND)
    await pushed(THIRD)
    change()
    jobs.people.since = []
    const { exit, outputs, output } = await jobs.phase('preflight', 3)
    expect({ exit, ready: outputs!.ready }).toEqual({ exit: 2, ready: '' })
    expect(output).toMatch(refusal)
    expect(jobs.people.since).toEqual([])
  })
})

it('where no ledger is kept it is what the evaluation was compared with', async () => {
  jobs = new GateJobs(`${jobs.policy}ledger: { enabled: false }\n`)
  jobs.subject = { ...SUBJECT, commit: SECOND }
  jobs.people.at = SECOND
  await jobs.evaluated()
  jobs.store.readable = false
  expect(await since()).toBeNull()
})
