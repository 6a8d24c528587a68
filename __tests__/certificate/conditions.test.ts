// Certificates with conditions: what may be left open, and that only what is truly passed is covered.
import { describe, expect, it } from '@jest/globals'
import type { Config } from '../../src/model/config.ts'
import { criterionOf } from '../support/config.ts'
import { approvalOf, certificateOf, type IssuingSpec, issued, refusedOf } from '../support/issuing.ts'

const ID = 'end_to_end_validation'

function promised(change: (config: Config) => void = () => {}, criterion = ID, due = '2026-12-10'): IssuingSpec['config'] {
  return (config) => {
    config.certificate.conditional.conditions.push({ criterion, owner: 'zoe', due, origin: 'policy.yml:9' })
    change(config)
  }
}

/** Gate 3 is open, signed as final; one criterion of level 4 is short, and the policy has a promise for it. */
const OPEN: IssuingSpec = { approvals: [approvalOf(3)], metrics: { [ID]: { value: 90 } }, config: promised()! }

describe('a certificate with conditions', () => {
  it('covers the levels below, names what is open and by when, and keeps the owner out', () => {
    const issue = issued(OPEN)
    if ('refused' in issue) throw new Error(issue.refused.join(' '))
    expect(issue.owners).toEqual({ [ID]: 'zoe' })
    const { certificate } = issue
    expect(certificate.level).toBe(3)
    expect(certificate.conditions).toEqual([
      { id: ID, level: 4, text: '90 %; >= 100 % is asked for', due: '2026-12-10T00:00:00.000Z' },
    ])
    expect(certificate).toMatchObject({ validUntil: '2026-12-10T00:00:00.000Z', expiresBecause: 'condition' })
    expect(certificate.gates.map((one) => one.state)).toEqual(['open', 'open', 'open', 'exit_failed'])
    expect(certificate.statement).toMatch(
      /met levels 1 .*and 3 \(Service Certification\) with 1 open condition, listed below.*lapses on 2026-12-10 or when a condition is overdue/,
    )
    expect(certificate.blockers[0]).toEqual({
      issue: `${ID}: 90 %, >= 100 % is asked for`,
      impact: 'Level 4 (System Certification) is not certified.',
      action: expect.stringMatching(/ \(by 2026-12-10\)$/),
    })
    expect(JSON.stringify(certificate)).not.toContain('zoe')
  })

  it('holds no longer than the policy gives it', () => {
    expect(certificateOf({ ...OPEN, config: promised(() => {}, ID, '2027-03-01')! })).toMatchObject({
      validUntil: '2026-12-22T09:00:00.000Z',
      expiresBecause: 'condition',
    })
  })

  it('leaves an open approval of a level above to come: it is covered by nothing', () => {
    expect(certificateOf(OPEN).conditions.map((one) => one.id)).not.toContain('deployment_approval')
  })

  const REFUSED: [string, RegExp, IssuingSpec][] = [
    [
      'without leave',
      /allows no certificate with conditions/,
      { config: promised((one) => void Object.assign(one.certificate.conditional, { enabled: false }))! },
    ],
    [
      'of a criterion that the policy does not name',
      /names no condition for it/,
      { config: promised(() => {}, 'test_coverage')! },
    ],
    [
      'of a key criterion',
      /is a key criterion/,
      { config: promised((one) => void Object.assign(criterionOf(one, ID), { key: true }))! },
    ],
    ['that are due already', /was due on 2026-11-22/, { config: promised(() => {}, ID, '2026-11-22')! }],
    ['due on a day that is none', /was due on soon/, { config: promised(() => {}, ID, 'soon')! }],
    ['due on a day that does not exist', /was due on 2026-11-31/, { config: promised(() => {}, ID, '2026-11-31')! }],
    [
      'beyond their number',
      /1 criteria are open; at most 0/,
      { config: promised((one) => void Object.assign(one.certificate.conditional, { maxConditions: 0 }))! },
    ],
    ['that nobody signed as final', /role final/, { approvals: [approvalOf(3, 'technical')] }],
    [
      'signed at another gate than the highest open one',
      /role final to have signed at gate 2/,
      { approvals: [approvalOf(3, 'final', { state: 'rejected' })] },
    ],
    [
      'beside something that is no criterion',
      /"Manual steps done" \(gate 4\) is open, and only criteria/,
      {
        config: promised(
          (one) =>
            void one.gates[3]!.exit.push({
              text: 'Manual steps done',
              check: { fn: 'file', paths: ['steps.md'], maxAgeSeconds: null },
              optional: false,
              origin: 'x',
            }),
        )!,
      },
    ],
    [
      'where level 1 itself is open',
      /No level is passed/,
      { metrics: { test_coverage: { value: 1 } }, config: promised(() => {}, 'test_coverage')! },
    ],
  ]

  it.each(REFUSED)('is refused %s', (_, why, spec) => {
    expect(refusedOf({ ...OPEN, ...spec })).toContainEqual(expect.stringMatching(why))
  })

  it('is refused for security, whatever the policy names', () => {
    const spec: IssuingSpec = {
      approvals: [approvalOf(3)],
      metrics: { service_security: { value: 90 } },
      config: promised(() => {}, 'service_security')!,
    }
    expect(refusedOf(spec)).toContainEqual('service_security is about security, and cannot be left open.')
  })

  it('takes what an optional item asks for as no hindrance', () => {
    const config = promised(
      (one) =>
        void one.gates[3]!.exit.push({
          text: 'Nice',
          check: { fn: 'file', paths: ['x'], maxAgeSeconds: null },
          optional: true,
          origin: 'x',
        }),
    )!
    expect(certificateOf({ ...OPEN, config }).conditions).toHaveLength(1)
  })
})
