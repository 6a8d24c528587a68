// Criteria against earlier runs: what a baseline says, what waits for samples, and what cannot be read (decisions 2, 38; proofs 5, 13).
import { describe, expect, it } from '@jest/globals'
import { baselinesOf } from '../../src/history/baseline.ts'
import { judgeCriterion } from '../../src/levels/criterion.ts'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import type { BaselineConfig, CriterionConfig, RegressionConfig } from '../../src/model/config.ts'
import { type History, NO_HISTORY } from '../../src/model/history.ts'
import type { CriterionResult } from '../../src/model/judgement.ts'
import type { Limit, Term } from '../../src/model/limit.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionConfig, criterionOf, limit, requirement, seedConfig } from '../support/config.ts'
import { broken, historyOf, runsOf } from '../support/history.ts'
import { metricValue, NOW, seedMetrics, unknownMetric } from '../support/judged.ts'

const ID = 'test_coverage'
const signed = (text: string, term: Partial<Term>): Limit => ({
  terms: [{ op: '>=', value: 0, unit: '%', mode: 'relative', ...term }],
  text,
  origin: 'x',
})
const lessOnePoint = signed('>= -1pp', { value: -1, unit: 'pp', mode: 'delta' })
const of = (...values: number[]): History => historyOf(runsOf(ID, values))

interface Setup {
  pass?: Limit[]
  warn?: Limit[]
  baseline?: Partial<BaselineConfig>
  regression?: Partial<RegressionConfig>
  more?: Partial<CriterionConfig>
  onDefaultBranch?: boolean
  metric?: MetricValue
}

function judge(value: number, history: History, setup: Setup = {}): CriterionResult {
  const { pass = [lessOnePoint], warn = [], baseline, regression, more, onDefaultBranch = false } = setup
  const criterion = criterionConfig(ID, 'component', limit('>', 0), { pass, warn, ...more })
  Object.assign(criterion.baseline, baseline)
  if (regression !== undefined)
    criterion.regression = { test: 'percentage', boundary: 5, minSamples: 3, window: 20, ...regression }
  const config = seedConfig((draft) => {
    draft.levels[0]!.criteria = [criterion]
  })
  const metric = setup.metric ?? metricValue(ID, 'component', value)
  return judgeCriterion({
    criterion,
    metric,
    config,
    now: NOW,
    baselines: baselinesOf(config, history),
    history,
    onDefaultBranch,
  })
}

const codes = (result: CriterionResult): string[] => result.reasons.map((one) => one.code)
const told = (result: CriterionResult): string[] => [result.outcome, ...codes(result)]

describe('against a baseline', () => {
  it.each([
    [97, 'pass'],
    [96, 'pass'],
    [95.9999999, 'fail'],
  ] as const)('>= -1pp of 97: %d is %s', (value, outcome) => {
    expect(judge(value, of(90, 97)).outcome).toBe(outcome)
  })

  it('says by how much, and below what', () => {
    const result = judge(94.2, historyOf(runsOf(ID, [97, 97.4, 98])), { baseline: { count: 3 } })
    expect(result).toMatchObject({ actual: 94.2, baseline: 97.4, delta: -3.2 })
    expect(result.reasons).toEqual([
      reason('baseline_not_met', {
        sli: null,
        actual: 94.2,
        unit: '%',
        limit: '>= -1pp',
        bound: 96.4,
        against: { value: 97.4, samples: 3, by: 'median', passing: true, branch: 'main' },
      }),
    ])
  })

  it('an absolute limit is said as it is written, each missed limit for itself', () => {
    expect(codes(judge(80, of(97), { pass: [limit('>', 95), lessOnePoint] }))).toEqual(['limit_not_met', 'baseline_not_met'])
    expect(codes(judge(96.5, of(98), { pass: [limit('>', 95), lessOnePoint] }))).toEqual(['baseline_not_met'])
  })

  it('a percentage of it, above it, and exactly it', () => {
    const atMost = signed('<= +10%', { op: '<=', value: 10 })
    expect([110, 110.001].map((value) => judge(value, of(100), { pass: [atMost] }).outcome)).toEqual(['pass', 'fail'])
    const same = signed('>= +0pp', { value: 0, unit: 'pp', mode: 'delta' })
    expect(judge(97, of(97), { pass: [same] })).toMatchObject({ outcome: 'pass', delta: 0 })
  })

  it('the warn band may be against it too', () => {
    const setup = { warn: [signed('>= -3pp', { value: -3, unit: 'pp', mode: 'delta' })] }
    expect([96, 95, 94, 93.9].map((value) => judge(value, of(97), setup).outcome)).toEqual(['pass', 'warn', 'warn', 'fail'])
  })

  it('a missed baseline was measured: severity softens it', () => {
    expect(told(judge(90, of(97), { more: { severity: 'warn' } }))).toEqual(['warn', 'baseline_not_met', 'severity_downgraded'])
  })
})

describe('the delta', () => {
  it('is shown beside an absolute limit, and does not judge', () => {
    expect(judge(96, of(99), { pass: [limit('>', 95)] })).toMatchObject({ outcome: 'pass', baseline: 99, delta: -3, reasons: [] })
  })

  it('has no noise', () => {
    expect(judge(0.3, of(0.1), { pass: [limit('>', 0)] }).delta).toBe(0.2)
  })

  it('is not known without a value or without a baseline', () => {
    expect(judge(96, NO_HISTORY, { pass: [limit('>', 95)] })).toMatchObject({ baseline: null, delta: null })
    expect(judge(0, of(99), { metric: unknownMetric(ID, 'component') })).toMatchObject({ baseline: 99, delta: null })
  })
})

describe('too few samples (proof 13)', () => {
  const three = { baseline: { count: 3 } }
  it('two of three: neither pass nor fail, for a good value and for a bad one', () => {
    for (const value of [100, 97, 10]) {
      const result = judge(value, of(97, 98), three)
      expect(result.outcome).toBe('pending')
      expect(result.reasons).toEqual([reason('needs_more_samples', { found: 2, needed: 3 })])
    }
    expect(judge(97, of(97, 98, 99), three).outcome).toBe('pass')
    expect(judge(10, of(97, 98, 99), three).outcome).toBe('fail')
  })

  it('an absolute limit beside it is judged on its own', () => {
    const pass = [limit('>', 95), lessOnePoint]
    expect(told(judge(95, of(97, 98), { ...three, pass }))).toEqual(['fail', 'limit_not_met'])
    expect(judge(96, of(97, 98), { ...three, pass }).outcome).toBe('pending')
  })

  it('is pending also where a missing baseline would fail, and only bootstrap on the default branch lets it through', () => {
    const setup = (missing: BaselineConfig['missing'], onDefaultBranch = false) => ({
      baseline: { count: 3, missing },
      onDefaultBranch,
    })
    expect(judge(97, of(97, 98), setup('fail')).outcome).toBe('pending')
    expect(judge(97, of(), setup('fail')).outcome).toBe('fail')
    expect(judge(97, of(97, 98), setup('bootstrap')).outcome).toBe('pending')
    expect(told(judge(97, of(97, 98), setup('bootstrap', true)))).toEqual(['pass', 'needs_more_samples'])
  })

  it('says where it looked where there is none', () => {
    expect(judge(97, historyOf([])).reasons).toEqual([
      reason('no_baseline', { metric: ID, looked: ['0 runs of main: 0 passed'] }),
    ])
  })

  it('shallow history is no baseline, with the fix (decision 5)', () => {
    const result = judge(97, historyOf(runsOf(ID, [97]), { ancestryProblem: 'the clone is shallow' }))
    expect(told(result)).toEqual(['pending', 'no_baseline'])
    expect(JSON.stringify(result.reasons)).toContain('fetch-depth: 0')
  })
})

describe('the regression test', () => {
  const pass = [limit('>', 50)]
  it('stands beside the limits: both must hold', () => {
    const history = of(98, 99, 100, 100, 100)
    const setup = { pass, regression: {} }
    expect(judge(95, history, setup)).toMatchObject({ outcome: 'pass', reasons: [] })
    expect(told(judge(94.9, history, setup))).toEqual(['fail', 'regressed'])
    expect(told(judge(40, history, setup))).toEqual(['fail', 'limit_not_met', 'regressed'])
  })

  it('fails what the warn band would let through', () => {
    const setup = { pass: [limit('>', 99)], warn: [limit('>', 50)], regression: {} }
    expect(told(judge(96, of(100, 100, 100), setup))).toEqual(['warn', 'in_warn_band'])
    expect(told(judge(90, of(100, 100, 100), setup))).toEqual(['fail', 'limit_not_met', 'regressed'])
  })

  it('says what it was held against', () => {
    const [why] = judge(90, of(100, 100, 100), { pass, regression: {} }).reasons
    const against = { value: 100, samples: 3, by: 'median', passing: true, branch: 'main' }
    expect(why).toEqual(reason('regressed', { actual: 90, unit: '%', test: 'percentage', boundary: 5, line: 95, against }))
  })

  it('with too few samples waits, whatever the value; a missed limit fails at once', () => {
    const setup = { pass, regression: { minSamples: 5 } }
    expect(judge(99, of(100, 100), setup).reasons).toEqual([reason('needs_more_samples', { found: 2, needed: 5 })])
    expect(judge(51, of(100, 100), setup).outcome).toBe('pending')
    expect(judge(50, of(100, 100), setup).outcome).toBe('fail')
    expect(judge(99, NO_HISTORY, setup).outcome).toBe('pending')
  })

  it('outside the quartiles by more than so many ranges', () => {
    const setup = { pass, regression: { test: 'iqr' as const, boundary: 1.5, minSamples: 5 } }
    expect([82, 81.999].map((value) => judge(value, of(84, 85, 86, 87, 88), setup).outcome)).toEqual(['pass', 'fail'])
  })

  it('is softened by severity, being measured', () => {
    expect(judge(90, of(100, 100, 100), { pass, regression: {}, more: { severity: 'warn' } }).outcome).toBe('warn')
  })

  it('of a value in another kind of unit is an error', () => {
    const metric = metricValue(ID, 'component', 90, { unit: 'points' })
    const result = judge(90, of(100, 100, 100), { pass: [limit('>', 50, 'points')], regression: {}, metric })
    expect(told(result)).toEqual(['error', 'unit_mismatch'])
  })
})

describe('unreadable history (proof 5)', () => {
  const why = reason('history_unreadable', {
    what: 'record 7 does not follow record 6',
    hint: 'restore .certify/ledger from a copy',
  })
  it.each<[string, Setup]>([
    ['a limit against the baseline', {}],
    ['beside an absolute limit that holds', { pass: [limit('>', 50), lessOnePoint] }],
    ['beside an absolute limit that fails', { pass: [limit('>', 99), lessOnePoint] }],
    ['in the warn band', { pass: [limit('>', 99)], warn: [lessOnePoint] }],
    ['a regression test', { pass: [limit('>', 50)], regression: {} }],
    ['bootstrapping', { baseline: { missing: 'bootstrap' }, onDefaultBranch: true }],
    ['softened', { more: { severity: 'info' } }],
    ['without evidence that may come later', { more: { onMissing: 'pending' }, metric: unknownMetric(ID, 'component') }],
  ])('%s is an error', (_, setup) => {
    const result = judge(98, broken(), setup)
    expect(result.outcome).toBe('error')
    expect(result.reasons[0]).toEqual(why)
    expect(result.baseline).toBeNull()
  })

  it('is no matter for what does not need it', () => {
    expect(judge(98, broken(), { pass: [limit('>', 95)] }).outcome).toBe('pass')
    expect(judge(98, broken(), { baseline: { select: 'fixed', value: 98 } }).outcome).toBe('pass')
  })

  it('says something, also where nobody said why', () => {
    expect(judge(98, broken({ problem: null })).reasons[0]).toEqual(
      reason('history_unreadable', { what: '.certify/ledger cannot be read', hint: null }),
    )
  })

  it('holds for a sentence with a number against the baseline', () => {
    const config = seedConfig((draft) => {
      draft.levels[0]!.requirements = [requirement('No worse', { fn: 'metric', id: ID, limit: lessOnePoint })]
    })
    const item = (history: History) =>
      evaluateLevels({ config, metrics: seedMetrics(), now: NOW, baselines: baselinesOf(config, history), history })[0]!
        .requirements[0]
    expect(item(broken())).toMatchObject({ outcome: 'error', reasons: [why] })
    expect(item(of(100))?.outcome).toBe('pass')
    expect(item(NO_HISTORY)).toMatchObject({ outcome: 'pending', reasons: [{ code: 'no_baseline' }] })
  })

  it('makes the level an error', () => {
    const config = seedConfig((draft) => {
      criterionOf(draft, ID).pass.push(lessOnePoint)
    })
    const level = (history: History) =>
      evaluateLevels({ config, metrics: seedMetrics(), now: NOW, baselines: baselinesOf(config, history), history })[0]
    expect(level(broken())).toMatchObject({ state: 'error', outstanding: 'error' })
    expect(level(historyOf([]))).toMatchObject({ state: 'evidence_pending' })
  })
})
