// Whose word counts, for what, and what becomes of a gate: proofs 3 and 4 where they are decided.
import { describe, expect, it } from '@jest/globals'
import { environmentsOf, settleApproval } from '../../src/gates/approvals.ts'
import { GONE } from '../../src/model/approval.ts'
import { approvalInput, CODE, environment, gateThree, review, SUBJECT, signOff, snapshot } from '../support/approvals.ts'

const settle = (change: Parameters<typeof approvalInput>[0] = {}) => settleApproval(approvalInput(change))
const codes = (approval: ReturnType<typeof settle>) =>
  [...approval.reasons, ...approval.refused.map((one) => one.reason)].map((one) => one.code)

describe('one reviewer', () => {
  it('approves', () => {
    const approval = settle({ reviews: [review('anna', { comment: 'looks right' })] })
    expect(approval).toMatchObject({ state: 'approved', approvedBefore: '2026-11-22T09:00:00.000Z', ...SUBJECT })
    expect(approval.slots).toMatchObject([{ role: 'final', filledBy: { login: 'anna' }, comment: 'looks right', code: 'none' }])
  })

  it('rejects, and one no is enough whoever else said yes', () => {
    const approval = settle({ reviews: [review('ben'), review('anna', { state: 'rejected' })] })
    expect(approval.state).toBe('rejected')
    expect(codes(approval)).toEqual(['gate_rejected'])
  })

  it('who has not decided yet has said nothing', () => {
    expect(settle({ reviews: [review('anna', { state: 'pending' })], waited: false }).state).toBe('awaiting')
  })

  it('of another environment says nothing of this one', () => {
    expect(settle({ reviews: [review('anna', { environments: ['production'] })] }).state).toBe('bypassed_or_unknown')
  })
})

describe('without a review that counts', () => {
  it('a job that went on all the same was let through by somebody else, and the gate stays shut', () => {
    const approval = settle()
    expect(approval.state).toBe('bypassed_or_unknown')
    expect(approval.slots[0]!.filledBy).toBeNull()
  })

  it('a job that never started waited in vain', () => {
    expect(settle({ waited: false, timedOut: true }).state).toBe('expired')
  })

  it('before the wait is over somebody may still come', () => {
    expect(settle({ waited: false }).state).toBe('awaiting')
  })
})

describe('what is refused (proof 4)', () => {
  it('the word of somebody who had a hand in the change', () => {
    const approval = settle({ reviews: [review('anna')], excluded: [{ login: 'Anna', id: 1, why: 'author of pull request 12' }] })
    expect(approval.state).not.toBe('approved')
    expect(codes(approval)).toContain('approver_excluded')
  })

  it('also where only their login is known, in whatever case', () => {
    const approval = settle({ reviews: [review('anna')], excluded: [{ login: 'ANNA', id: null, why: 'commit author' }] })
    expect(approval.state).not.toBe('approved')
  })

  it('the word of somebody who is no reviewer of the environment', () => {
    const approval = settle({ reviews: [review('cleo')] })
    expect(approval.state).not.toBe('approved')
    expect(codes(approval)).toContain('approver_not_reviewer')
  })

  it('the yes of an account that is gone, and not its no', () => {
    const environments = [environment('certify-gate-3', [], { teams: [{ id: 9, slug: 'release' }] })]
    const gone = { user: { id: GONE, login: 'ghost' } }
    expect(settle({ environments, reviews: [review('dan', gone)] }).state).not.toBe('approved')
    expect(settle({ environments, reviews: [review('anna'), review('dan', { ...gone, state: 'rejected' })] }).state).toBe(
      'rejected',
    )
  })

  it("the word of a reviewer who is not on the policy's list", () => {
    const gate = gateThree({ signOffs: [signOff('security', { users: ['Ben'] })] })
    expect(codes(settle({ gate, reviews: [review('anna')] }))).toContain('approver_not_listed')
    expect(settle({ gate, reviews: [review('ben')] }).state).toBe('approved')
  })

  it('a review that quotes the code of other evidence', () => {
    const approval = settle({ reviews: [review('anna', { comment: 'ok 0000-0001' })] })
    expect(approval.state).not.toBe('approved')
    expect(codes(approval)).toContain('approval_code_wrong')
    expect(settle({ reviews: [review('anna', { comment: `ok ${CODE}` })] }).slots[0]!.code).toBe('quoted')
  })

  it.each(['commit', 'evidenceDigest', 'policyDigest', 'attempt', 'run'] as const)(
    'an approval given for another %s is void',
    (key) => {
      const other = key === 'attempt' || key === 'run' ? 7 : 'other'
      const approval = settle({ snapshot: snapshot({ [key]: other }), reviews: [review('anna')] })
      expect(approval.state).toBe('void')
      expect(codes(approval)).toEqual(['approval_void'])
    },
  )

  it('what was there before the wait, in whatever order the API lists it', () => {
    const old = review('anna', { key: 'old' })
    const before = snapshot({ reviews: { 'certify-gate-3': ['old'] } })
    expect(settle({ snapshot: before, reviews: [old] }).state).toBe('bypassed_or_unknown')
    const again = review('anna', { key: 'old' })
    for (const reviews of [
      [old, again],
      [again, old],
    ])
      expect(settle({ snapshot: before, reviews }).state).toBe('approved')
    for (const reviews of [
      [review('ben'), old],
      [old, review('ben')],
    ])
      expect(settle({ snapshot: before, reviews }).slots[0]!.filledBy?.login).toBe('ben')
  })

  it('everything, where what was evaluated is no longer what would be approved', () => {
    const stale = [{ code: 'approval_void' as const, args: { gate: 3, what: 'the commit' } }]
    const approval = settle({ stale, reviews: [review('anna')] })
    expect(approval).toMatchObject({ state: 'void', reasons: stale })
    expect(approval.slots[0]!.filledBy).toBeNull()
  })

  it('everything, where the job in the environment did not end well: it found something, or was stopped', () => {
    for (const result of ['failure', 'cancelled', 'skipped']) {
      const approval = settle({ wait: result, reviews: [review('anna')] })
      expect(approval.state).toBe('refused')
      expect(codes(approval)).toEqual(['environment_unsafe'])
    }
    expect(settle({ wait: 'success', reviews: [review('anna')] }).state).toBe('approved')
  })

  it('everything, where the environment would not have asked anybody (proof 3)', () => {
    const refusals = [{ code: 'environment_unsafe' as const, args: { gate: 3, environment: 'e', setting: 's', fix: 'f' } }]
    expect(settle({ refusals, reviews: [review('anna')] }).state).toBe('refused')
  })
})

describe('a team', () => {
  it("is GitHub's to know: whoever it let review is one of them", () => {
    const environments = [environment('certify-gate-3', [], { teams: [{ id: 9, slug: 'release' }] })]
    expect(settle({ environments, reviews: [review('dan')] }).state).toBe('approved')
  })

  const release = [{ id: 9, slug: 'release' }]
  const gate = gateThree({ signOffs: [signOff('security', { teams: ['acme/security'], users: ['ben'] })] })
  const teamAlone = gateThree({ signOffs: [signOff('security', { teams: ['acme/security'] })] })
  const inEnvironment = (change: Parameters<typeof environment>[2], by: Parameters<typeof review>[0] = 'dan', of = gate) =>
    settle({ gate: of, environments: [environment('certify-gate-3', ['anna'], change)], reviews: [review(by)] })

  it('that the policy lists is a list: a reviewer who need not be of it says nothing for it', () => {
    for (const [teams, by] of [
      [[], 'anna'],
      [release, 'dan'],
      [[...release, { id: 10, slug: 'security' }], 'dan'],
      [[{ id: 10, slug: 'security' }], 'anna'],
    ] as const) {
      const approval = inEnvironment({ teams: [...teams] }, by, teamAlone)
      expect(approval.state).not.toBe('approved')
      expect(codes(approval)).toContain('approver_not_listed')
    }
  })

  it('that the policy lists, and nobody else could have reviewed: approved; so does a user on the list', () => {
    expect(inEnvironment({ teams: [{ id: 10, slug: 'Security' }] }).state).toBe('approved')
    expect(inEnvironment({ teams: [{ id: 10, slug: 'security' }] }, 'ben').state).toBe('approved')
  })

  it('that the policy lists cannot be told where no environment asks', () => {
    expect(settle({ gate, mechanism: 'issue', environments: [], reviews: [review('dan')] }).state).not.toBe('approved')
    expect(settle({ gate, mechanism: 'issue', environments: [], reviews: [review('ben')] }).state).toBe('approved')
  })
})

describe('two authorities', () => {
  const gate = gateThree({
    signOffs: [
      signOff('security', { environment: 'certify-security' }),
      signOff('business', { environment: 'certify-business' }),
    ],
  })
  const environments = [environment('certify-security'), environment('certify-business')]
  const inSecurity = { environments: ['certify-security'] }
  const inBusiness = { environments: ['certify-business'] }

  it('are two environments, each once', () => {
    expect(environmentsOf(gate)).toEqual(['certify-security', 'certify-business'])
    expect(environmentsOf(gateThree())).toEqual(['certify-gate-3'])
  })

  it('are two people', () => {
    expect(settle({ gate, environments, reviews: [review('anna', inSecurity), review('ben', inBusiness)] }).state).toBe(
      'approved',
    )
  })

  it('one person in both leaves a slot open, and says which', () => {
    const approval = settle({ gate, environments, reviews: [review('anna', inSecurity), review('anna', inBusiness)] })
    expect(approval.state).toBe('awaiting')
    expect(approval.slots.filter((slot) => slot.filledBy === null)).toHaveLength(1)
    expect(JSON.stringify(approval.reasons)).toMatch(/certify-(?:security|business)/)
  })

  it('people are matched to slots so that as many as can be are filled', () => {
    const reviews = [review('anna', inSecurity), review('ben', inSecurity), review('anna', inBusiness)]
    expect(settle({ gate, environments, reviews }).state).toBe('approved')
  })

  it('one slot need not be another person where the policy says so', () => {
    const lax = { ...gate, signOffs: gate.signOffs.map((rule) => ({ ...rule, distinct: false })) }
    const reviews = [review('anna', inSecurity), review('anna', inBusiness)]
    expect(settle({ gate: lax, environments, reviews }).state).toBe('approved')
  })

  it('an optional one holds nothing back, but alone opens nothing', () => {
    const optional = { ...gate, signOffs: [gate.signOffs[0]!, { ...gate.signOffs[1]!, required: false }] }
    expect(settle({ gate: optional, environments, reviews: [review('anna', inSecurity)] }).state).toBe('approved')
    expect(settle({ gate: optional, environments, reviews: [review('anna', inBusiness)] }).state).not.toBe('approved')
  })
})

describe("the gate's questions", () => {
  it('are answered in the comment, and what is not answered is recorded as such', () => {
    const gate = gateThree({ questions: ['Rollback tried', 'Who is on call'] })
    const reviews = [review('anna', { comment: '- [x] Rollback tried\n2: Ben, until Friday' })]
    expect(settle({ gate, reviews }).slots[0]!.answers).toEqual([
      { question: 'Rollback tried', answer: 'yes' },
      { question: 'Who is on call', answer: 'Ben, until Friday' },
    ])
    const open = settle({ gate, reviews: [review('anna', { comment: '- [ ] Rollback tried' })] })
    expect(open.slots[0]!.answers.map((one) => one.answer)).toEqual([null, null])
  })
})
