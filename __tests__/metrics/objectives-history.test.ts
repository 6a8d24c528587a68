// Objectives against earlier runs: their own baselines, what is kept for later runs, and history that cannot be read.
import { describe, expect, it } from '@jest/globals'
import { baselinesOf } from '../../src/history/baseline.ts'
import type { Config, Objective } from '../../src/model/config.ts'
import type { Admitted } from '../../src/model/evidence.ts'
import { type History, NO_HISTORY, type PastRun } from '../../src/model/history.ts'
import type { Limit, Term } from '../../src/model/limit.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionConfig, limit } from '../support/config.ts'
import { codes, configOf, measured, performanceFacts } from '../support/facts.ts'
import { broken, historyOf, pastRun } from '../support/history.ts'
import { admitted, claim } from '../support/judged.ts'

const SLI = 'http_req_duration.p95'
const signed = (text: string, term: Partial<Term>): Limit => ({
  terms: [{ op: '<=', value: 10, unit: '%', mode: 'relative', ...term }],
  text,
  origin: 'x',
})
const tenPercent = signed('<= +10%', {})
const objective = (change: Partial<Objective> = {}): Objective => ({
  sli: SLI,
  pass: [tenPercent],
  warn: [],
  weight: 1,
  key: false,
  origin: 'x',
  ...change,
})
const past = (...ms: number[]): PastRun[] =>
  ms.map((value, at) => pastRun(at + 1, { slis: { [`m ${SLI}`]: { value, unit: 'ms' } } }))
const report = (ms: number, unit = 'ms', change: Partial<Admitted> = {}): Admitted =>
  admitted(`k6-${ms}.json`, 'component', performanceFacts([[SLI, ms, unit]]), change)

function run(
  evidence: Admitted[],
  history: History,
  objectives: Objective[] = [objective()],
  change: (config: Config) => void = () => {},
): MetricValue {
  const config = configOf({ family: 'performance', objectives }, (draft) => {
    draft.levels[0]!.criteria = [criterionConfig('m', 'component', limit('>=', 100))]
    change(draft)
  })
  return measured(config, evidence, { history, baselines: baselinesOf(config, history) })
}

describe('an objective against its baseline', () => {
  it.each([
    [219, 100],
    [220, 100],
    [220.0001, 0],
  ])('<= +10% of 200 ms: %d ms', (ms, value) => {
    expect(run([report(ms)], historyOf(past(180, 200)))).toMatchObject({ state: 'known', value })
  })

  it('is told with what it was held against', () => {
    expect(run([report(250)], historyOf(past(200))).reasons).toEqual([
      reason('baseline_not_met', {
        sli: SLI,
        actual: 250,
        unit: 'ms',
        limit: '<= +10%',
        bound: 220,
        against: { value: 200, samples: 1, by: 'median', passing: true, branch: 'main' },
      }),
    ])
  })

  it('missing an absolute limit too, is told by that', () => {
    const both = objective({ pass: [limit('<', 210, 'ms'), tenPercent] })
    expect(codes(run([report(250)], historyOf(past(200)), [both]))).toEqual(['objective_failed'])
  })

  it('added to it, in a unit of its own', () => {
    const added = objective({ pass: [signed('<= +0.01 s', { mode: 'delta', value: 0.01, unit: 's' })] })
    expect([210, 211].map((ms) => run([report(ms)], historyOf(past(200)), [added]).value)).toEqual([100, 0])
  })

  it('converts the baseline to the unit of the report; of another kind it is none', () => {
    const seconds = historyOf([pastRun(1, { slis: { [`m ${SLI}`]: { value: 0.2, unit: 's' } } })])
    expect([220, 221].map((ms) => run([report(ms)], seconds).value)).toEqual([100, 0])
    const bytes = historyOf([pastRun(1, { slis: { [`m ${SLI}`]: { value: 200, unit: 'MB' } } })])
    expect(run([report(200)], bytes)).toMatchObject({ state: 'pending', reasons: [{ code: 'no_baseline' }] })
  })

  it('may be met in the warn band', () => {
    const lax = objective({ warn: [signed('<= +50%', { value: 50 })] })
    expect([220, 300, 301].map((ms) => run([report(ms)], historyOf(past(200)), [lax]).value)).toEqual([100, 50, 0])
  })

  it('with two samples of three waits, whatever the value (proof 13)', () => {
    const three = (config: Config) => Object.assign(config.levels[0]!.criteria[0]!.baseline, { count: 3 })
    for (const ms of [1, 9999]) {
      const found = run([report(ms)], historyOf(past(200, 200)), [objective()], three)
      expect(found).toMatchObject({ state: 'pending', value: null })
      expect(found.reasons).toEqual([reason('needs_more_samples', { found: 2, needed: 3 })])
    }
    expect(run([report(9999)], historyOf(past(200, 200, 200)), [objective()], three).value).toBe(0)
  })

  it('without history waits, also where a first run may be let through', () => {
    const bootstrap = (config: Config) => Object.assign(config.levels[0]!.criteria[0]!.baseline, { missing: 'bootstrap' })
    expect(run([report(200)], NO_HISTORY, [objective()], bootstrap).state).toBe('pending')
  })
})

describe('what later runs are compared with', () => {
  it('is every objective’s measurement, also of those with an absolute limit', () => {
    const two = [objective(), objective({ sli: 'http_reqs.rate', pass: [limit('>', 1, '')] })]
    const facts = performanceFacts([
      [SLI, 180, 'ms'],
      ['http_reqs.rate', 1500, '1/s'],
      ['not_asked_for', 1, null],
    ])
    expect(run([admitted('k6.json', 'component', facts)], NO_HISTORY, two).slis).toEqual([
      { sli: SLI, value: 180, unit: 'ms' },
      { sli: 'http_reqs.rate', value: 1500, unit: '1/s' },
    ])
  })

  it('is the worst of several reports, by the direction of the limit', () => {
    const three = [report(150), report(0.25, 's'), report(100)]
    expect(run(three, NO_HISTORY).slis).toEqual([{ sli: SLI, value: 0.25, unit: 's' }])
    const floor = objective({ pass: [limit('>', 1, 'ms')] })
    expect(run(three, NO_HISTORY, [floor]).slis).toEqual([{ sli: SLI, value: 100, unit: 'ms' }])
  })

  it('is nothing for what nobody measured', () => {
    expect(run([report(1)], NO_HISTORY, [objective({ sli: 'nope' })]).slis).toEqual([])
  })

  it('is a component’s own, and compared with its own', () => {
    const parts = (config: Config) => {
      config.components = ['web', 'api'].map((id) => ({ id, paths: [`${id}/**`], evidence: [] }))
    }
    const of = (ms: number, component: string) => report(ms, 'ms', { declaredBy: claim({ component }) })
    const own = { [`m ${SLI}@web`]: { value: 100, unit: 'ms' }, [`m ${SLI}@api`]: { value: 300, unit: 'ms' } }
    const history = historyOf([pastRun(1, { slis: own })])
    const good = run([of(110, 'web'), of(330, 'api')], history, [objective()], parts)
    expect(good).toMatchObject({
      value: 100,
      slis: [
        { sli: `${SLI}@web`, value: 110 },
        { sli: `${SLI}@api`, value: 330 },
      ],
    })
    // What would be fine for the slow component is not for the fast one.
    expect(run([of(200, 'web'), of(300, 'api')], history, [objective()], parts).value).toBe(0)
  })
})

describe('unreadable history (proof 5)', () => {
  const why = { code: 'history_unreadable', args: { what: 'record 7 does not follow record 6' } }
  it('is an error for an objective against it: never pending, never a first run', () => {
    for (const evidence of [[report(1)], [report(9999)], []])
      expect(run(evidence, broken())).toMatchObject({ state: 'error', value: null, reasons: [why] })
    const absolute = objective({ sli: 'x', pass: [limit('<', 1, 'ms')] })
    expect(run([report(1)], broken(), [absolute, objective()])).toMatchObject({ state: 'error' })
  })

  it('is no matter for absolute objectives', () => {
    expect(run([report(1)], broken(), [objective({ pass: [limit('<', 200, 'ms')] })])).toMatchObject({ value: 100 })
  })
})
