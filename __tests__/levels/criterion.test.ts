import { describe, expect, it } from '@jest/globals'
import { judgeCriterion } from '../../src/levels/criterion.ts'
import type { CriterionConfig } from '../../src/model/config.ts'
import type { CriterionResult } from '../../src/model/judgement.ts'
import type { Limit, Term } from '../../src/model/limit.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { letsThrough, type Outcome } from '../../src/model/outcome.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionConfig, criterionOf, limit, SEED_CRITERIA, seedConfig } from '../support/config.ts'
import { metricValue, NOW, unknownMetric, without } from '../support/judged.ts'

function judge(
  criterion: CriterionConfig,
  metric: MetricValue | undefined,
  options: { automated?: boolean; onDefaultBranch?: boolean; now?: Date } = {},
): CriterionResult {
  const config = seedConfig((draft) => {
    draft.automatedValidation = options.automated ?? true
  })
  config.levels[0]!.criteria = [criterion]
  const { now = NOW, onDefaultBranch = false } = options
  return judgeCriterion({ criterion, metric, config, now, onDefaultBranch, ...without(config) })
}

const at = (value: number, change: Partial<MetricValue> = {}): MetricValue =>
  metricValue('test_coverage', 'component', value, change)
const over95 = (change: Partial<CriterionConfig> = {}): CriterionConfig =>
  criterionConfig('test_coverage', 'component', limit('>', 95), change)
const codes = (result: CriterionResult): string[] => result.reasons.map((one) => one.code)

function relative(text: string, term: Partial<Term>): Limit {
  return { terms: [{ op: '>=', value: 0, unit: '%', mode: 'relative', ...term }], text, origin: 'default' }
}

describe('the sixteen seed criteria at their boundary', () => {
  const step = 1e-9
  it.each(SEED_CRITERIA.map((seed) => [seed.id, seed] as const))('%s: just under, at, just over, missing', (id, seed) => {
    const criterion = criterionOf(seedConfig(), id)
    const { op, value } = seed.pass.terms[0]!
    const outcome = (actual: number): Outcome => judge(criterion, metricValue(id, seed.level, actual)).outcome
    expect(outcome(value - step)).toBe('fail')
    expect(outcome(value)).toBe(op === '>' ? 'fail' : 'pass')
    expect(outcome(value + step)).toBe('pass')
    expect(judge(criterion, unknownMetric(id, seed.level)).outcome).toBe('no_evidence')
    expect(judge(criterion, undefined).outcome).toBe('error')
  })
})

describe('comparison', () => {
  it('never rounds up: 94.9999 is not > 95, and says so with the unrounded number', () => {
    const result = judge(over95(), at(94.9999))
    expect(result.outcome).toBe('fail')
    expect(result.reasons).toContainEqual(reason('limit_not_met', { actual: 94.9999, unit: '%', limit: '> 95 %' }))
    expect(result.actual).toBe(94.9999)
  })

  it('kills the noise of binary fractions and no more: 0.1 + 0.2 is 0.3, 0.3000000000001 is not', () => {
    const criterion = criterionConfig('x', 'component', limit('<=', 0.3))
    expect(judge(criterion, at(0.1 + 0.2)).outcome).toBe('pass')
    expect(judge(criterion, at(0.3000000000001)).outcome).toBe('fail')
  })

  it.each([
    ['<', 'pass', 'fail', 'fail'],
    ['<=', 'pass', 'pass', 'fail'],
    ['==', 'fail', 'pass', 'fail'],
    ['>=', 'fail', 'pass', 'pass'],
    ['>', 'fail', 'fail', 'pass'],
    ['!=', 'pass', 'fail', 'pass'],
  ] as const)('%s below, at and above its limit', (op, below, equal, above) => {
    const criterion = criterionConfig('x', 'component', limit(op, 50))
    expect([49, 50, 51].map((value) => judge(criterion, at(value)).outcome)).toEqual([below, equal, above])
  })

  it('holds every limit of the list, and every term of a limit', () => {
    const both = over95({ pass: [limit('>', 50), limit('<', 60)] })
    expect([50, 55, 60].map((value) => judge(both, at(value)).outcome)).toEqual(['fail', 'pass', 'fail'])
    const terms = [...limit('>', 50).terms, ...limit('<', 60).terms]
    const one = over95({ pass: [{ terms, text: '> 50 % and < 60 %', origin: 'default' }] })
    expect([50, 55, 60].map((value) => judge(one, at(value)).outcome)).toEqual(['fail', 'pass', 'fail'])
  })

  it('converts the limit to the unit of the value', () => {
    const criterion = criterionConfig('latency', 'component', limit('<', 0.2, 's'))
    expect(judge(criterion, at(199, { unit: 'ms' })).outcome).toBe('pass')
    expect(judge(criterion, at(200, { unit: 'ms' })).outcome).toBe('fail')
  })

  it('cannot compare milliseconds with percent: an error, never a pass', () => {
    const result = judge(over95(), at(100, { unit: 'ms' }))
    expect(result.outcome).toBe('error')
    expect(codes(result)).toContain('unit_mismatch')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('a value of %s is an error', (value) => {
    expect(judge(over95(), at(value)).outcome).toBe('error')
  })

  it('a criterion with no limit, or a limit with no term, has nothing to hold: an error', () => {
    expect(codes(judge(over95({ pass: [] }), at(100)))).toEqual(['no_limit'])
    expect(judge(over95({ pass: [{ terms: [], text: '', origin: 'default' }] }), at(100)).outcome).toBe('error')
  })

  it('a known metric without a number is an error', () => {
    expect(judge(over95(), at(0, { value: null })).outcome).toBe('error')
  })
})

describe('the warn band', () => {
  const banded = over95({ warn: [limit('>', 90)] })
  it.each([
    [96, 'pass'],
    [95, 'warn'],
    [90.000001, 'warn'],
    [90, 'fail'],
  ] as const)('%d is %s', (value, outcome) => {
    expect(judge(banded, at(value)).outcome).toBe(outcome)
  })

  it('says which limit was missed', () => {
    expect(judge(banded, at(92)).reasons).toEqual([reason('in_warn_band', { actual: 92, unit: '%', limit: '> 95 %' })])
  })
})

describe('severity', () => {
  it.each(['warn', 'info'] as const)('%s softens a fail and says so', (severity) => {
    const result = judge(over95({ severity }), at(10))
    expect(result.outcome).toBe('warn')
    expect(codes(result)).toEqual(['limit_not_met', 'severity_downgraded'])
  })

  it.each(['no_evidence', 'error', 'pending'] as const)('never softens %s', (state) => {
    for (const severity of ['warn', 'info'] as const) {
      expect(judge(over95({ severity }), unknownMetric('test_coverage', 'component', state)).outcome).toBe(state)
    }
  })

  it.each([
    ['an objective that nobody measured', reason('objective_unknown', { sli: 'x', known: [] })],
    ['an objective in another unit', reason('objective_unit', { sli: 'x', unit: '', limit: '< 1 ms' })],
    ['an objective that waits for its baseline', reason('needs_more_samples', { found: 0, needed: 1 })],
    ['a run that broke off', reason('run_unfinished', { path: 'junit.xml' })],
  ])('never softens a fail for %s', (_, why) => {
    const metric = at(50, { capped: 'fail', reasons: [why] })
    expect(judge(over95({ severity: 'warn' }), metric).outcome).toBe('fail')
    expect(judge(over95({ severity: 'info', pass: [limit('>', 10)] }), metric).outcome).toBe('fail')
  })

  it('never softens a baseline that is missing', () => {
    const criterion = over95({ severity: 'warn', pass: [relative('>= -1%', { value: -1 })] })
    criterion.baseline = { ...criterion.baseline, missing: 'fail' }
    expect(judge(criterion, at(100)).outcome).toBe('fail')
  })

  it('never softens a key criterion', () => {
    expect(judge(over95({ severity: 'warn', key: true }), at(10)).outcome).toBe('fail')
  })
})

describe('not knowing', () => {
  it('on_missing: pending turns no evidence into pending, and nothing else', () => {
    const criterion = over95({ onMissing: 'pending' })
    expect(judge(criterion, unknownMetric('test_coverage', 'component')).outcome).toBe('pending')
    expect(judge(criterion, unknownMetric('test_coverage', 'component', 'error')).outcome).toBe('error')
    expect(judge(criterion, at(10)).outcome).toBe('fail')
    expect(judge(criterion, undefined).outcome).toBe('error')
  })

  it('always gives a reason, even where the metric gives none', () => {
    for (const state of ['no_evidence', 'error', 'pending', 'not_applicable'] as const) {
      expect(judge(over95(), at(0, { state, value: null })).reasons.length).toBeGreaterThan(0)
    }
  })

  it('with automated validation off, every automatic criterion is pending, and only the approval is judged', () => {
    const result = judge(over95(), at(10), { automated: false })
    expect(result.outcome).toBe('pending')
    expect(codes(result)).toEqual(['automated_validation_off'])
    const approval = criterionConfig('deployment_approval', 'system', limit('>=', 100))
    expect(judge(approval, metricValue('deployment_approval', 'system', 0), { automated: false }).outcome).toBe('fail')
  })
})

describe('caps', () => {
  it.each([
    ['warn', 100, 'warn'],
    ['warn', 10, 'fail'],
    ['fail', 100, 'fail'],
    ['fail', 10, 'fail'],
  ] as const)('a cap of %s on a value of %d gives %s', (capped, value, outcome) => {
    expect(judge(over95(), at(value, { capped })).outcome).toBe(outcome)
  })

  it('a cap of fail is not hidden by a missing baseline', () => {
    const criterion = over95({ pass: [relative('>= -1 %', { value: -1 })] })
    expect(judge(criterion, at(100, { capped: 'fail' })).outcome).toBe('fail')
  })
})

describe('baselines', () => {
  const both = (change: Partial<CriterionConfig> = {}): CriterionConfig =>
    over95({ pass: [limit('>', 95), relative('>= -1 %', { value: -1 })], ...change })

  it('without one a relative limit is pending, and says how many samples are needed', () => {
    const result = judge(both(), at(96))
    expect([result.outcome, ...codes(result)]).toEqual(['pending', 'no_baseline'])
    const five = judge(both({ baseline: { ...both().baseline, count: 5 } }), at(96))
    expect(five.reasons).toEqual([reason('needs_more_samples', { found: 0, needed: 5 })])
  })

  it('an absolute limit beside it is judged on its own', () => {
    expect(judge(both(), at(95)).outcome).toBe('fail')
  })

  it('a worse value never comes out better: in the warn band it waits for the baseline too', () => {
    expect(judge(both({ warn: [limit('>', 90)] }), at(92)).outcome).toBe('pending')
    expect(judge(both({ warn: [limit('>', 90)] }), at(89)).outcome).toBe('fail')
  })

  it('missing: fail fails; bootstrap helps on the default branch alone', () => {
    const missing = (value: 'fail' | 'bootstrap'): CriterionConfig => both({ baseline: { ...both().baseline, missing: value } })
    expect(judge(missing('fail'), at(96)).outcome).toBe('fail')
    expect(judge(missing('bootstrap'), at(96)).outcome).toBe('pending')
    const first = judge(missing('bootstrap'), at(96), { onDefaultBranch: true })
    expect([first.outcome, ...codes(first)]).toEqual(['pass', 'no_baseline'])
    expect(judge(missing('bootstrap'), at(95), { onDefaultBranch: true }).outcome).toBe('fail')
  })

  it('a fixed baseline is compared against: percent of it, or added to it', () => {
    const fixed = { ...both().baseline, select: 'fixed' as const, value: 200 }
    const percent = over95({ pass: [relative('>= -1 %', { value: -1 })], baseline: fixed })
    expect([197.9, 198].map((value) => judge(percent, at(value)).outcome)).toEqual(['fail', 'pass'])
    const points = over95({ pass: [relative('>= -0.5 pp', { value: -0.5, unit: 'pp', mode: 'delta' })], baseline: fixed })
    expect([199.4, 199.5].map((value) => judge(points, at(value)).outcome)).toEqual(['fail', 'pass'])
    expect(judge(points, at(199)).delta).toBe(-1)
  })

  it('fixed without a value is a missing baseline', () => {
    const fixed = { ...both().baseline, select: 'fixed' as const, value: null }
    expect(judge(both({ baseline: fixed }), at(96)).outcome).toBe('pending')
  })
})

describe('not applicable', () => {
  const declared = over95({ notApplicable: { reason: 'there is no such thing here', expires: '2027-06-30', approvedBy: null } })

  it('lets through until the day it expires, with its reason', () => {
    const result = judge(declared, undefined, { now: new Date('2027-06-29T23:59:59.999Z') })
    expect(result.outcome).toBe('not_applicable')
    expect(result.reasons).toEqual([
      reason('not_applicable_until', { reason: 'there is no such thing here', expires: '2027-06-30' }),
    ])
  })

  it('no longer helps from that day on, and says so', () => {
    const result = judge(declared, unknownMetric('test_coverage', 'component'), { now: new Date('2027-06-30T00:00:00Z') })
    expect(result.outcome).toBe('no_evidence')
    expect(codes(result)).toEqual(['evidence_missing', 'not_applicable_expired'])
  })

  it.each(['November 31, 2025', '', '2027-13-45'])('an expiry of "%s" has expired', (expires) => {
    const broken = over95({ notApplicable: { reason: 'there is no such thing here', expires, approvedBy: null } })
    expect(judge(broken, at(10)).outcome).toBe('fail')
  })
})

describe('what lets through', () => {
  const expected: Record<Outcome, boolean> = {
    pass: true,
    warn: true,
    not_applicable: true,
    fail: false,
    no_evidence: false,
    error: false,
    pending: false,
    skipped: false,
  }
  it.each(Object.entries(expected) as [Outcome, boolean][])('%s: %s', (outcome, through) => {
    expect(letsThrough(outcome)).toBe(through)
  })
})
