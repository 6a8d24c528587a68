// Which environments hold a gate and which only look like it (proof 3); each refusal names the setting and the fix.
import { describe, expect, it } from '@jest/globals'
import { guard } from '../../src/gates/environment-guard.ts'
import type { EnvironmentRules } from '../../src/model/approval.ts'
import { environment } from '../support/approvals.ts'

const POLICY = { gate: 3, preventSelfReview: true, adminBypass: false, refs: ['main'] }
const against = (
  change: Partial<EnvironmentRules>,
  policy: Partial<typeof POLICY> = {},
  ref: string | null = 'refs/heads/main',
) => guard(environment('certify-gate-3', ['anna'], change), { ...POLICY, ...policy }, ref)

it('one with reviewers, no self-review, no bypass and the branches of the policy holds', () => {
  expect(against({})).toEqual({ refusals: [], warnings: [] })
})

it.each<[string, Partial<EnvironmentRules>, RegExp]>([
  ['does not exist', { exists: false }, /does not exist/],
  ['has no reviewers', { users: [], teams: [] }, /no required reviewers/],
  ['allows self-review', { preventSelfReview: false }, /approve what they started/],
  ['does not say whether it allows self-review', { preventSelfReview: null }, /not known/],
  ['lets admins bypass', { adminsBypass: true }, /bypass/],
  ['does not say whether admins may bypass', { adminsBypass: null }, /not known/],
  ['lets any branch in', { branches: 'any' }, /any branch/],
  ['lets any protected branch in', { branches: 'protected' }, /protected branch/],
  ['lets another branch in', { patterns: ['main', 'release/*'] }, /release\/\*/],
])('one that %s is refused, with a fix', (_, change, setting) => {
  const { refusals } = against(change)
  expect(refusals).toHaveLength(1)
  expect(refusals[0]).toMatchObject({ code: 'environment_unsafe', args: { environment: 'certify-gate-3' } })
  const { args } = refusals[0]! as { args: { setting: string; fix: string } }
  expect(args.setting).toMatch(setting)
  expect(args.fix.length).toBeGreaterThan(8)
})

describe('what the policy allows', () => {
  it('self-review and bypass are no fault then', () => {
    expect(
      against({ preventSelfReview: false, adminsBypass: true }, { preventSelfReview: false, adminBypass: true }).refusals,
    ).toEqual([])
  })

  it('without refs of its own any branch is a warning only', () => {
    const { refusals, warnings } = against({ branches: 'any' }, { refs: [] })
    expect(refusals).toEqual([])
    expect(warnings).toHaveLength(1)
  })

  it.each(['refs/heads/feature', null])('a run on %s does not come to a gate of main', (ref) => {
    expect(against({}, {}, ref).refusals).toMatchObject([{ args: { setting: expect.stringMatching(/into gate 3$/) } }])
  })
})

it('a team is a reviewer as well', () => {
  expect(against({ users: [], teams: [{ id: 1, slug: 'release' }] }).refusals).toEqual([])
})
