// The plan of recertifying: each certificate acted on exactly once for what it is about, the rest left alone.
import { describe, expect, it } from '@jest/globals'
import { historyOf } from '../../src/certificate/history.ts'
import { type Finding, inForce, isUntouched, noticeRecord, type Plan, planFor } from '../../src/certificate/recertify.ts'
import type { Certificate, CertificateHistory } from '../../src/model/certificate.ts'
import type { CertificateConfig } from '../../src/model/certificate-config.ts'
import { certificate, chain, condition, type Entry, issuedData, positioned, revokedData } from '../support/certificates.ts'
import { readyConfig } from '../support/judged.ts'

const NOW = new Date('2026-12-01T12:00:00Z')
const FINE: Finding = { state: 'judged', missed: [], decayed: [], holds: [], against: [] }
const found = (change: Partial<Extract<Finding, { state: 'judged' }>>): Finding => ({ ...FINE, ...change }) as Finding
const VULNERABLE = found({ missed: [{ text: 'security_score', security: true }] })
const DUE: Partial<Certificate> = { validUntil: '2026-12-20T12:00:00.000Z', renewalDue: '2026-11-20T12:00:00.000Z' }
const OVER: Partial<Certificate> = { validUntil: '2026-11-25T12:00:00.000Z', renewalDue: '2026-11-20T12:00:00.000Z' }

const config = (change: Partial<CertificateConfig['recertify']> = {}): CertificateConfig => {
  const own = readyConfig().certificate
  return { ...own, recertify: { onFailure: 'warn', renew: true, ...change } }
}
const idOf = (n: number): string => `CERT-01KB8M4Z7Q9V3T5W2X8Y6R${String(n).padStart(4, '0')}`
const commitOf = (n: number): string => n.toString(16).padStart(40, 'c')

/** Each certificate of a commit of its own; then what was said since. */
function historyWith(changes: readonly Partial<Certificate>[], after: readonly Entry[] = []): CertificateHistory {
  const evaluation: Entry = { type: 'evaluation', data: {} }
  const issued = changes.map(
    (change, n) =>
      (records: Parameters<typeof positioned>[1]): Entry => ({
        type: 'certificate.issued',
        data: issuedData(positioned({ id: idOf(n), serial: n + 1, commit: commitOf(n), ...change }, records)),
      }),
  )
  return historyOf(chain([evaluation, ...issued, ...after]))
}

function planned(history: CertificateHistory, finding: Finding, asked = config(), now = NOW): Plan[] {
  return history.issued.map((held) => planFor(held, history, inForce(held, history, now) ? finding : null, asked, now))
}

/** What the plans leave in the ledger, as the next run reads it. */
function afterwards(history: CertificateHistory, plans: readonly Plan[]): CertificateHistory {
  const notices = plans.flatMap((plan) => plan.notices.map(({ data }, at) => ({ seq: 900 + at, data })))
  const revoked = plans.flatMap(({ revoke }) => (revoke === null ? [] : [{ seq: 950, data: revoke }]))
  return { ...history, notices: [...history.notices, ...notices], revoked: [...history.revoked, ...revoked] }
}

const said = (plans: readonly Plan[]): string[] => plans.flatMap((plan) => plan.notices.map(({ data }) => data.what))

describe('a ledger of 200 certificates', () => {
  const changes = Array.from({ length: 200 }, (_, n) => (n < 10 ? DUE : n >= 13 && n < 15 ? OVER : {}))
  const history = historyWith(changes)
  const plansOf = (of: CertificateHistory, now = NOW): Plan[] =>
    of.issued.map((held, n) =>
      planFor(
        held,
        of,
        !inForce(held, of, now) ? null : n >= 10 && n < 13 ? VULNERABLE : FINE,
        config({ onFailure: 'revoke' }),
        now,
      ),
    )

  it('renews the ten that are due, revokes the three that are vulnerable, tells of the two that ended, and leaves 185 alone', () => {
    const plans = plansOf(history)
    const at = (which: (plan: Plan) => boolean) => plans.flatMap((plan, n) => (which(plan) ? [n] : []))
    expect(at((plan) => plan.renews)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(at((plan) => plan.revoke !== null)).toEqual([10, 11, 12])
    expect(at((plan) => plan.notices.some(({ data }) => data.what === 'expired'))).toEqual([13, 14])
    expect(at(isUntouched)).toHaveLength(185)
    expect(plans[10]!.revoke).toMatchObject({ reason: 'vulnerability', comment: expect.stringContaining('security_score') })
  })

  it('does no more a day later, once it is recorded', () => {
    const plans = plansOf(history)
    const renewed = new Set(plans.filter((plan) => plan.renews).map((plan) => plan.id))
    const next = afterwards(history, plans)
    const later = plansOf(next, new Date('2026-12-02T12:00:00Z')).filter((plan) => !renewed.has(plan.id))
    expect(later.filter((plan) => !isUntouched(plan))).toEqual([])
  })

  it('gives each action a record of its own, the same in a second run at another time', () => {
    const records = (now: Date) => plansOf(history, now).flatMap((plan) => plan.notices.map((one) => one.record))
    expect(new Set(records(NOW)).size).toBe(2)
    expect(records(new Date('2026-12-01T18:00:00Z'))).toEqual(records(NOW))
    expect(records(NOW).every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true)
  })
})

describe('what no longer meets its level', () => {
  it('is told by a notice where the policy only warns, once for the same shortfall and again for another', () => {
    const history = historyWith([{}])
    const first = planned(history, VULNERABLE)
    expect([said(first), first[0]!.revoke]).toEqual([['no_longer_meets'], null])
    const next = afterwards(history, first)
    expect(said(planned(next, VULNERABLE, config(), new Date('2026-12-09T12:00:00Z')))).toEqual([])
    const other = found({ missed: [{ text: 'test_coverage', security: false }] })
    expect(said(planned(next, other))).toEqual(['no_longer_meets'])
  })

  it('is revoked for its evidence where no security is at stake', () => {
    const other = found({ missed: [{ text: 'test_coverage', security: false }] })
    expect(planned(historyWith([{}]), other, config({ onFailure: 'revoke' }))[0]!.revoke).toMatchObject({
      reason: 'evidence_invalid',
    })
  })

  it('is never renewed, however due', () => {
    const [plan] = planned(historyWith([DUE]), VULNERABLE)
    expect([plan!.renews, said([plan!])]).toEqual([false, ['no_longer_meets', 'renewal_due']])
  })
})

describe('evidence that is too old', () => {
  const OLD = found({ decayed: [{ what: 'trivy.json, evidence of security_score', at: '2026-11-30T00:00:00.000Z' }] })

  it('is named, and nothing but it', () => {
    const [plan] = planned(historyWith([{}]), OLD, config({ onFailure: 'revoke' }))
    expect([plan!.revoke, plan!.notices.map(({ data }) => data.what)]).toEqual([null, ['evidence_decayed']])
    expect(plan!.notices[0]!.data.text).toMatch(
      /^Evidence is too old: trivy\.json, evidence of security_score\. Run only that again/,
    )
  })

  it('is told again when more of it decays, and not before', () => {
    const history = historyWith([{}])
    const next = afterwards(history, planned(history, OLD))
    expect(said(planned(next, OLD, config(), new Date('2026-12-05T00:00:00Z')))).toEqual([])
    const more = found({ decayed: [{ what: 'zap.json', at: '2026-12-04T00:00:00.000Z' }] })
    expect(said(planned(next, more, config(), new Date('2026-12-05T00:00:00Z')))).toEqual(['evidence_decayed'])
  })
})

describe('conditions', () => {
  const two: Partial<Certificate> = {
    conditions: [condition('load', '2026-12-10T00:00:00.000Z'), condition('docs', '2027-03-05T00:00:00.000Z')],
    validUntil: '2026-12-10T00:00:00.000Z',
    renewalDue: '2026-11-20T12:00:00.000Z',
    expiresBecause: 'condition',
  }

  it('close when their criteria hold; those due soon are told', () => {
    const [plan] = planned(historyWith([two]), found({ holds: ['docs', 'test_coverage'] }))
    expect([plan!.closes, said([plan!]), plan!.renews]).toEqual([['docs'], ['condition_due'], false])
    expect(plan!.notices[0]!.data.text).toMatch(/^The condition load is due on 2026-12-10/)
  })

  it('are told when overdue, which is all that is said of the end, and are not judged any more', () => {
    const history = historyWith([two])
    const over = new Date('2026-12-10T00:00:00.000Z')
    expect(inForce(history.issued[0]!, history, over)).toBe(false)
    const plans = planned(history, found({ holds: ['load', 'docs'] }), config(), over)
    expect([said(plans), plans[0]!.closes]).toEqual([['condition_overdue'], []])
    expect(said(planned(afterwards(history, plans), FINE, config(), new Date('2027-01-01T00:00:00Z')))).toEqual([])
  })
})

describe('a condition that is overdue', () => {
  const late: Partial<Certificate> = {
    conditions: [condition('load', '2026-12-10T00:00:00.000Z'), condition('docs', '2026-12-12T00:00:00.000Z')],
    validUntil: '2026-12-10T00:00:00.000Z',
    expiresBecause: 'condition',
  }
  const over = new Date('2026-12-20T00:00:00.000Z')

  it('revokes the certificate that it ended, once, where the policy revokes', () => {
    const history = historyWith([late])
    const revoking = config({ onFailure: 'revoke' })
    const [plan] = planned(history, FINE, revoking, over)
    expect(plan).toMatchObject({
      notices: [],
      revoke: { reason: 'evidence_invalid', comment: expect.stringMatching(/load.*2026-12-10/) },
    })
    expect(planned(afterwards(history, [plan!]), FINE, revoking, over).every(isUntouched)).toBe(true)
  })

  it('does neither where it was met in time, or was due only after the end', () => {
    const history = historyWith([{ ...late, conditions: [late.conditions![1]!], expiresBecause: 'policy' }])
    const [plan] = planned(history, FINE, config({ onFailure: 'revoke' }), over)
    expect([plan!.revoke, said([plan!])]).toEqual([null, ['expired']])
  })
})

describe('renewal', () => {
  it.each<[string, Finding, CertificateConfig]>([
    ['the policy renews nothing', FINE, config({ renew: false })],
    ['something stands against it', found({ against: ['The gates ask for other approvals now.'] }), config()],
    ['evidence decayed', found({ decayed: [{ what: 'k6.json', at: '2026-11-30T00:00:00.000Z' }] }), config()],
    ['it could not be judged', { state: 'unjudged', why: 'The policy names other reports.' }, config()],
  ])('is only told to be due where %s, once', (_, finding, asked) => {
    const history = historyWith([DUE])
    const plans = planned(history, finding, asked)
    expect(plans[0]!.renews).toBe(false)
    expect(said(plans)).toContain('renewal_due')
    const later = planned(afterwards(history, plans), finding, asked, new Date('2026-12-03T00:00:00Z'))
    expect(said(later)).toEqual([])
  })

  it('is due from that instant on', () => {
    const history = historyWith([DUE])
    const at = (time: string) => planned(history, FINE, config(), new Date(time))[0]!.renews
    expect([at('2026-11-20T12:00:00.000Z'), at('2026-11-20T11:59:59.999Z')]).toEqual([true, false])
  })
})

describe('what is not in force', () => {
  it('has nothing done to it once it is revoked, though it would be due and vulnerable', () => {
    const history = historyWith([DUE], [{ type: 'certificate.revoked', data: revokedData(idOf(0)) }])
    expect(planned(history, VULNERABLE).every(isUntouched)).toBe(true)
  })

  it('is left alone before it begins: a clock that is behind says nothing', () => {
    const history = historyWith([DUE])
    expect(inForce(history.issued[0]!, history, new Date('2026-11-20T11:00:00Z'))).toBe(false)
  })

  it('is not told to have ended where another took its place', () => {
    const history = historyWith([OVER, { commit: commitOf(0), supersedes: idOf(0) }])
    expect(said(planned(history, FINE))).toEqual([])
  })
})

it('a notice of another certificate, or of another date, stands in the way of none', () => {
  const history = historyWith([OVER, OVER])
  const [first] = planned(history, FINE)
  const next = afterwards(history, [first!])
  expect(planned(next, FINE).map((plan) => plan.notices.length)).toEqual([0, 1])
  const { data } = first!.notices[0]!
  expect(noticeRecord({ ...data, at: '2027-01-01T00:00:00.000Z' })).not.toBe(noticeRecord(data))
})

it('what could not be judged is never told to be untouched', () => {
  const plans = planned(historyWith([certificate()]), { state: 'unjudged', why: 'it keeps too little' })
  expect([isUntouched(plans[0]!), plans[0]!.notices]).toEqual([false, []])
})
