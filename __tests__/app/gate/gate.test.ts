// `command: gate` around the wait: what was evaluated must still be what is approved, and earlier gates must be of the same run.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { PENDING_FILE, pendingDigest } from '../../../src/app/ledger/pending.ts'
import { canonical } from '../../../src/certificate/ledger/seal.ts'
import type { GateApproval } from '../../../src/model/approval.ts'
import type { Pending } from '../../../src/model/pending.ts'
import { environment } from '../../support/approvals.ts'
import { GateJobs, POLICY } from '../../support/gate-jobs.ts'

const STRICTER = `${POLICY}expected_skips: [docs]\n`

let jobs: GateJobs
beforeEach(async () => {
  jobs = new GateJobs()
  await jobs.evaluated()
  await jobs.recorded()
})

it('asked, approved and confirmed, gate 3 opens', async () => {
  expect((await jobs.phase('preflight', 3)).outputs).toMatchObject({ ready: 'true', environments: '["certify-gate-3"]' })
  jobs.people.approve('anna', 3)
  expect((await jobs.phase('inside', 3)).exit).toBe(0)
  const { exit, outputs } = await jobs.phase('confirm', 3)
  expect({ exit, state: outputs!['gate-state'] }).toEqual({ exit: 0, state: 'open' })
})

describe('what was evaluated is no longer what would be approved', () => {
  it.each<[string, () => void]>([
    [
      'the policy is another than it was judged by',
      () => {
        jobs.policy = STRICTER
      },
    ],
    [
      'the policy has mistakes now',
      () => {
        jobs.policy = 'version: 1\nnonsense: true\n'
      },
    ],
    [
      'the branch has a newer commit',
      () => {
        jobs.people.at = 'd'.repeat(40)
      },
    ],
    [
      'the branch is gone',
      () => {
        jobs.people.at = ''
      },
    ],
  ])('%s: nobody is asked, and a yes is void', async (_, change) => {
    const asked = await jobs.phase('preflight', 3)
    jobs.people.approve('anna', 3)
    change()
    expect((await jobs.phase('inside', 3)).exit).toBe(1)
    expect((await jobs.phase('confirm', 3)).outputs!['gate-state']).toBe('awaiting_approval')
    expect(jobs.left(3).state).toBe('void')
    expect(jobs.left(3).reasons.length).toBeGreaterThan(0)
    const again = await jobs.phase('preflight', 3)
    expect(asked.outputs!.ready).toBe('true')
    expect(again.outputs!.ready).toBe('')
    expect(again.exit).toBe(1)
    // Also where it was so before anybody was asked: a snapshot of that moment helps nobody.
    jobs.people.said = []
    jobs.people.approve('ben', 3)
    expect((await jobs.phase('confirm', 3)).outputs!['gate-state']).toBe('awaiting_approval')
    expect(jobs.left(3).state).toBe('void')
  })

  it('a tag has no newer commit', async () => {
    jobs.people.at = null
    expect((await jobs.phase('preflight', 3)).outputs!.ready).toBe('true')
  })
})

describe('the job in the environment', () => {
  it.each(['failure', 'cancelled'])('that ended as %s keeps the gate shut, whatever is in order by now', async (result) => {
    await jobs.phase('preflight', 3)
    jobs.people.approve('anna', 3)
    jobs.needs = { wait: { result, outputs: { started: 'true' } } }
    const { exit, outputs } = await jobs.phase('confirm', 3)
    expect(exit).toBe(2)
    expect(outputs!['gate-state']).toBe('error')
    expect(jobs.left(3).state).toBe('refused')
  })
})

describe('a snapshot', () => {
  it.each<[string, (snapshot: Record<string, unknown>) => unknown]>([
    ['that says nothing of the environment', (one) => ({ ...one, reviews: {} })],
    ['of another gate', (one) => ({ ...one, gate: 4 })],
    ['that is none', () => null],
  ])('%s is refused', async (_, change) => {
    await jobs.phase('preflight', 3)
    jobs.people.approve('anna', 3)
    jobs.snapshot = JSON.stringify(change(JSON.parse(jobs.snapshot) as Record<string, unknown>))
    await expect(jobs.phase('confirm', 3)).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('an environment', () => {
  it('that GitHub writes in another case is refused, with the name to write', async () => {
    jobs.people.environments.set('certify-gate-3', environment('Certify-Gate-3'))
    const { exit, output } = await jobs.phase('preflight', 3)
    expect(exit).toBe(2)
    expect(output).toMatch(/GitHub calls it Certify-Gate-3/)
  })
})

describe('where the word is given elsewhere', () => {
  it('a ref that the policy does not name comes to no gate either', async () => {
    const policy = `${POLICY.replace('environment: certify-gate-3', 'environment: certify-gate-3, refs: [main]')}certification_validation: { manual_review: { mechanism: issue, approvers: [anna] } }\n`
    jobs = new GateJobs(policy)
    jobs.needs = {}
    await jobs.evaluated()
    await jobs.phase('preflight', 3)
    jobs.people.approve('anna', 3)
    expect((await jobs.phase('confirm', 3)).outputs!['gate-state']).toBe('open')
    jobs.subject = { ...jobs.subject, ref: 'refs/heads/feature' }
    expect((await jobs.phase('confirm', 3)).outputs!['gate-state']).toBe('error')
  })
})

describe('the gate before', () => {
  beforeEach(async () => {
    await jobs.approved(3, 'anna')
  })

  it('as it was left lets gate 4 be asked', async () => {
    expect((await jobs.phase('preflight', 4)).outputs!.ready).toBe('true')
  })

  it.each<[string, (approval: GateApproval) => GateApproval]>([
    ['another gate', (one) => ({ ...one, gate: 2 })],
    ['a gate that was rejected', (one) => ({ ...one, state: 'rejected' })],
    ['another run', (one) => ({ ...one, run: 7 })],
    ['another attempt', (one) => ({ ...one, attempt: 2 })],
    ['another commit', (one) => ({ ...one, commit: 'd'.repeat(40) })],
    ['other evidence', (one) => ({ ...one, evidenceDigest: 'sha256:other' })],
    ['another policy', (one) => ({ ...one, policyDigest: 'sha256:other' })],
  ])('of %s is refused, though its digest is right', async (_, change) => {
    const text = canonical(change(jobs.left(3)))
    jobs.files.set('certify-gate-3/gate.json', text)
    jobs.after = [`3:${pendingDigest(text)}`]
    await expect(jobs.phase('preflight', 4)).rejects.toMatchObject({ code: 'gate_foreign' })
  })

  it('at which nobody was asked leaves no approval', async () => {
    const text = canonical({ gate: 3, state: 'awaiting' })
    jobs.files.set('certify-gate-3/gate.json', text)
    jobs.after = [`3:${pendingDigest(text)}`]
    expect((await jobs.phase('preflight', 4)).outputs!.ready).toBe('')
  })
})

describe('what a gate left for the ledger', () => {
  it.each<[string, (approval: GateApproval) => unknown]>([
    ['of another run', (one) => ({ ...one, run: 7 })],
    ['of another commit', (one) => ({ ...one, commit: 'd'.repeat(40) })],
    ['of no shape', () => null],
  ])('and is an approval %s is not recorded', async (_, change) => {
    await jobs.approved(3, 'anna')
    const path = `certify-gate-3/${PENDING_FILE}`
    const pending = JSON.parse(jobs.files.get(path)!) as Pending
    const [draft] = pending.drafts as { id: string; data: { approval: unknown } }[]
    draft!.data.approval = change(draft!.data.approval as GateApproval)
    draft!.id = 'f'.repeat(32)
    jobs.files.set(path, canonical(pending))
    await expect(jobs.recorded('certify-gate-3')).rejects.toMatchObject({ code: 'record_foreign' })
  })
})
