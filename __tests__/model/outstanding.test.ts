import { describe, expect, it } from '@jest/globals'
import { letsThrough, type Outcome } from '../../src/model/outcome.ts'
import { outstandingOf, worst } from '../../src/model/outstanding.ts'
import { type Reason, reason } from '../../src/model/reason.ts'

const OUTCOMES: Outcome[] = ['pass', 'warn', 'fail', 'no_evidence', 'error', 'pending', 'not_applicable', 'skipped']
const approval = reason('awaiting_approval', { gate: 3, environment: 'e' })
const signOff = reason('awaiting_sign_off', { roles: ['final'] })
const github = reason('needs_github', { what: 'x' })

describe('what an outcome leaves outstanding', () => {
  it.each(OUTCOMES)('%s: nothing exactly where it lets through, whatever the reasons say', (outcome) => {
    for (const reasons of [[], [approval], [github]]) {
      expect(outstandingOf(outcome, reasons) === 'none').toBe(letsThrough(outcome))
    }
  })

  it.each<[Reason[], string]>([
    [[approval], 'approval'],
    [[approval, signOff], 'approval'],
    [[signOff, reason('note', { text: 'a remark' })], 'approval'],
    [[approval, github], 'evidence'],
    [[github], 'evidence'],
    [[reason('note', { text: 'a remark' })], 'evidence'],
    [[], 'evidence'],
  ])('pending because of %j is outstanding as %s', (reasons, expected) => {
    expect(outstandingOf('pending', reasons)).toBe(expected)
  })

  it('only pending can be a matter of approval', () => {
    expect(outstandingOf('fail', [approval])).toBe('failure')
    expect(outstandingOf('no_evidence', [approval])).toBe('failure')
    expect(outstandingOf('skipped', [approval])).toBe('failure')
    expect(outstandingOf('error', [approval])).toBe('error')
  })
})

describe('worst', () => {
  it('takes the worst, in any order; of nothing, none', () => {
    const order = ['none', 'approval', 'evidence', 'failure', 'error'] as const
    for (const [i, a] of order.entries()) for (const [j, b] of order.entries()) expect(worst([a, b])).toBe(order[Math.max(i, j)])
    expect(worst([])).toBe('none')
  })
})
