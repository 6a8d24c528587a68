// Going live: nothing of the approval's record is taken from it, because anybody who may write to the repository can append one.
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Invocation } from '../../../src/app/invocation.ts'
import { append } from '../../../src/app/ledger/append.ts'
import type { GateApproval } from '../../../src/model/approval.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { HEAD_PATH, type LedgerRecord, objectPath } from '../../../src/model/ledger.ts'
import { environment } from '../../support/approvals.ts'
import { GateJobs, POLICY } from '../../support/gate-jobs.ts'
import { tools } from '../../support/ledger/drafts.ts'
import { lastSeq, recordAt } from '../../support/ledger/recorded.ts'
import { junit } from '../../support/ready-repository.ts'

let jobs: GateJobs
let hash: string
beforeEach(async () => {
  jobs = new GateJobs()
  hash = await approvedBoth()
})

/** Gates 3 and 4 of one run, each by another person. */
async function approvedBoth(asked: Partial<Invocation> = {}): Promise<string> {
  await jobs.evaluated(asked)
  await jobs.recorded()
  await jobs.approved(3, 'anna')
  return (await jobs.approved(4, 'ben')).approval!
}

async function live(approval = hash) {
  const { subject } = jobs
  jobs.subject = { ...subject, run: 2002 }
  try {
    const { exit, outputs } = await jobs.phase('go-live', 4, { approval })
    if (exit === 0) await jobs.recorded('certify-gate-4')
    return { exit, ...outputs }
  } finally {
    jobs.subject = subject
  }
}

/** A record of somebody's own making, well in the chain. */
async function forged(type: 'approval' | 'evaluation', data: unknown): Promise<string> {
  const { header } = recordAt(jobs.store)
  const draft = { ...header, id: 'e'.repeat(30) + String(lastSeq(jobs.store)).padStart(2, '0'), type, data }
  return (await append(jobs.store, [draft], tools())).records.at(-1)!.hash
}

const find = (type: string, gate = 0): LedgerRecord<{ approval: GateApproval }> =>
  Array.from(
    { length: lastSeq(jobs.store) },
    (_, at) => recordAt(jobs.store, at + 1) as never as LedgerRecord<{ approval: GateApproval }>,
  )
    .reverse()
    .find(({ header, data }) => header.type === type && (gate === 0 || data.approval.gate === gate))!

const approval = () => find('approval', 4).data
const evaluation = () => find('evaluation').data as unknown as EvaluationData

const refused = { code: 'go_live_refused' }

it('opens gate 4 by the hash of its approval, as often as it is asked', async () => {
  expect(await live()).toMatchObject({ exit: 0, 'gate-state': 'open', proceed: 'true' })
  expect(await live()).toMatchObject({ exit: 0, 'gate-state': 'open', proceed: 'true' })
})

it('asks about the run that was approved, not about the dispatch', async () => {
  jobs.people.asked = []
  await live()
  expect(jobs.people.asked.map(({ run }) => run)).toEqual([1001, 1001])
})

it('where the evaluating step named reports of its own', async () => {
  jobs = new GateJobs()
  jobs.files.set('more/junit.xml', junit([{ suite: 'more', name: 'runs' }]))
  hash = await approvedBoth({ evidence: ['more/*.xml'] })
  expect(await live()).toMatchObject({ proceed: 'true' })
})

describe('a record that was made by hand', () => {
  it.each<[string, (approval: GateApproval) => Partial<GateApproval>]>([
    ['has no slots and no environments', () => ({ slots: [], environments: [] })],
    ['names a fallback that the policy does not', () => ({ mechanism: 'issue' })],
    ['names somebody who said nothing', (one) => ({ slots: [{ ...one.slots[0]!, filledBy: { id: 4, login: 'dan' } }] })],
    [
      'names the environment of another gate',
      (one) => ({ slots: [{ ...one.slots[0]!, environment: 'certify-gate-3', filledBy: { id: 1, login: 'anna' } }] }),
    ],
    ['is of another run', () => ({ run: 999 })],
    ['is of another attempt', () => ({ attempt: 2 })],
    ['is of another commit', () => ({ commit: 'd'.repeat(40) })],
    ['is of other evidence', () => ({ evidenceDigest: 'sha256:other' })],
  ])('and %s opens nothing', async (_, change) => {
    const data = approval()
    const made = await forged('approval', { ...data, approval: { ...data.approval, ...change(data.approval) } })
    await expect(live(made)).rejects.toMatchObject(refused)
  })

  it('for an evaluation of another commit, with the reviews of a real run, opens nothing', async () => {
    const [given, commit, id] = [approval(), 'd'.repeat(40), 'e'.repeat(30) + String(lastSeq(jobs.store)).padStart(2, '0')]
    await forged('evaluation', { ...evaluation(), subject: { ...evaluation().subject, commit } })
    const made = await forged('approval', { ...given, evaluation: id, approval: { ...given.approval, commit } })
    await expect(live(made)).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/run 1001 is not one of commit/),
    })
  })

  it('for a gate 3 that nobody approved opens nothing', async () => {
    jobs.people.said = jobs.people.said.filter(({ environments }) => environments[0] !== 'certify-gate-3')
    await expect(live()).rejects.toMatchObject(refused)
  })

  it('of a policy that was changed under its name is a broken ledger', async () => {
    const path = objectPath(evaluation().policy!.object)
    const text = Buffer.from(jobs.store.files.get(path)!).toString()
    jobs.store.files.set(path, Buffer.from(text.replace('"certify-gate-4"', '"elsewhere"')))
    await expect(live()).rejects.toMatchObject({ code: 'ledger_broken' })
  })

  it('that does not follow is a broken ledger', async () => {
    jobs.store.files.set(HEAD_PATH, Buffer.from(`{"hash":"${'f'.repeat(64)}","seq":5,"v":1}`))
    await expect(live()).rejects.toMatchObject({ code: 'ledger_broken' })
  })
})

describe('what came after the approval', () => {
  it.each<[string, () => void]>([
    [
      'the run was started again',
      () => {
        jobs.people.run = { ...jobs.people.run!, attempt: 2 }
      },
    ],
    [
      'the run is gone',
      () => {
        jobs.people.run = null
      },
    ],
    [
      'the run is a pull request’s',
      () => {
        jobs.people.run = { ...jobs.people.run!, event: 'pull_request' }
      },
    ],
    [
      'the run is another branch’s',
      () => {
        jobs.people.run = { ...jobs.people.run!, branch: 'feature' }
      },
    ],
    [
      'the reviewer is none any more',
      () => void jobs.people.environments.set('certify-gate-4', environment('certify-gate-4', ['anna'])),
    ],
    ['the environment asks nobody', () => void jobs.people.environments.set('certify-gate-3', environment('certify-gate-3', []))],
    ['the reviewer had a hand in it', () => void jobs.people.hands.push({ id: 2, login: 'ben', why: 'wrote it' })],
    [
      'the policy changed',
      () => {
        jobs.policy = `${POLICY}expected_skips: [docs]\n`
      },
    ],
  ])('%s: nothing opens', async (_, change) => {
    change()
    await expect(live()).rejects.toMatchObject(refused)
  })

  it('a later evaluation of the same commit failed: nothing opens', async () => {
    const { outcome, subject } = evaluation()
    await forged('evaluation', {
      ...evaluation(),
      subject: { ...subject, run: 1005 },
      outcome: { ...outcome, verdict: 'failed' },
    })
    await expect(live()).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/later run found that commit to fail/),
    })
  })

  it('its own run was evaluated again: nothing opens', async () => {
    await forged('evaluation', evaluation())
    await expect(live()).rejects.toMatchObject({ ...refused, message: expect.stringMatching(/evaluated again/) })
  })

  it('a gate of the same evaluation was rejected: nothing opens', async () => {
    const data = find('approval', 3).data
    await forged('approval', { ...data, approval: { ...data.approval, state: 'rejected' } })
    await expect(live()).rejects.toMatchObject({ ...refused, message: expect.stringMatching(/gate 3 was rejected later/) })
  })

  it('another run found the same commit good, or another commit bad: that is no reason', async () => {
    const { outcome, subject } = evaluation()
    await forged('evaluation', { ...evaluation(), subject: { ...subject, run: 1005 } })
    const other = { ...subject, run: 1006, commit: 'd'.repeat(40) }
    await forged('evaluation', { ...evaluation(), subject: other, outcome: { ...outcome, verdict: 'failed' } })
    expect(await live()).toMatchObject({ proceed: 'true' })
  })
})
