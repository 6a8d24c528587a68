// Where the line is drawn, on which side it is worse, and when there are too few samples to draw one (decision 43; proof 13).
import { describe, expect, it } from '@jest/globals'
import { baselinesOf } from '../../src/history/baseline.ts'
import { directionOf } from '../../src/history/direction.ts'
import type { MetricConfig, RegressionConfig } from '../../src/model/config.ts'
import type { History, RegressionResult } from '../../src/model/history.ts'
import type { Limit, Term } from '../../src/model/limit.ts'
import { isRegression } from '../../src/model/relative.ts'
import { criterionOf, limit, metricConfig, metricOf, seedConfig } from '../support/config.ts'
import { broken, historyOf, pastRun, runsOf } from '../support/history.ts'

const ID = 'test_coverage'

function drawn(
  history: History,
  test: Partial<RegressionConfig>,
  pass: Limit = limit('>', 50),
  unit = '%',
  select: 'last_passed' | 'last' = 'last_passed',
): RegressionResult {
  const config = seedConfig((draft) => {
    metricOf(draft, ID).unit = unit
    const criterion = criterionOf(draft, ID)
    criterion.pass = [pass]
    criterion.baseline.select = select
    criterion.regression = { test: 'percentage', boundary: 10, minSamples: 5, window: 20, ...test }
  })
  return baselinesOf(config, history).regressions[ID]!
}

const line = (result: RegressionResult): unknown => (result.state === 'found' ? result.regression.line : result.state)
const of = (...values: number[]): History => historyOf(runsOf(ID, values))

describe('percentage', () => {
  it('is so many percent from the median, on the worse side', () => {
    expect(line(drawn(of(100, 90, 80, 70, 60), {}))).toBe(72)
    expect(line(drawn(of(100, 90, 80, 70, 60), {}, limit('<', 500)))).toBe(88)
  })

  it('of an even number of samples is from the middle of the middle two', () => {
    expect(line(drawn(of(10, 20, 40, 50), { minSamples: 4 }, limit('<', 500)))).toBe(33)
  })

  it('of nothing but zeros is zero: anything worse is worse', () => {
    const result = drawn(of(0, 0, 0, 0, 0), {}, limit('<', 5))
    expect(line(result)).toBe(0)
    expect(result.state === 'found' && isRegression(result.regression, 0.001, '%')).toBe(true)
  })
})

describe('iqr', () => {
  it('is so many interquartile ranges outside the quartile on the worse side', () => {
    // Quartiles 2 and 4, range 2.
    expect(line(drawn(of(1, 2, 3, 4, 5), { test: 'iqr', boundary: 1.5 }, limit('<', 500)))).toBe(7)
    expect(line(drawn(of(11, 12, 13, 14, 15), { test: 'iqr', boundary: 1.5 }))).toBe(9)
  })

  it('of samples that are all the same allows nothing worse', () => {
    const result = drawn(of(90, 90, 90, 90, 90), { test: 'iqr', boundary: 3 })
    const judged = (value: number) => result.state === 'found' && isRegression(result.regression, value, '%')
    expect([judged(90), judged(89.999), judged(95)]).toEqual([false, true, false])
  })

  it('is not moved by one wild sample', () => {
    const calm = line(drawn(of(80, 81, 82, 83, 84, 85, 86), { test: 'iqr', boundary: 1.5 })) as number
    const wild = line(drawn(of(80, 81, 82, 83, 84, 85, 9), { test: 'iqr', boundary: 1.5 })) as number
    expect(Math.abs(calm - wild)).toBeLessThan(3)
  })
})

describe('the boundary itself', () => {
  const higher = { line: 90, unit: '%', direction: 'higher_is_better' as const, median: 100, samples: 5 }
  const lower = { ...higher, line: 200, unit: 'ms', direction: 'lower_is_better' as const }
  it.each([
    [higher, 90, '%', false],
    [higher, 89.999999, '%', true],
    [higher, 100, '%', false],
    [higher, 0.1 + 0.2 + 89.7, '%', false],
    [lower, 200, 'ms', false],
    [lower, 200.000001, 'ms', true],
    [lower, 0.2, 's', false],
    [lower, 0.201, 's', true],
    [lower, 50, '%', null],
    [lower, Number.NaN, 'ms', null],
  ])('%j: %d %s', (drawnLine, value, unit, expected) => {
    expect(isRegression(drawnLine, value, unit)).toBe(expected)
  })
})

describe('samples', () => {
  it('fewer than asked are no test (proof 13)', () => {
    expect(drawn(of(90, 91), {})).toMatchObject({ state: 'few', found: 2, needed: 5 })
    expect(drawn(of(90, 91, 92), { minSamples: 3 }).state).toBe('found')
    expect(drawn(historyOf([]), {})).toMatchObject({ state: 'few', found: 0, needed: 5 })
  })

  it('are the newest of the window alone', () => {
    const result = drawn(of(10, 10, 10, 90, 90, 90), { minSamples: 3, window: 3 })
    expect(result).toMatchObject({ state: 'found', regression: { median: 90, samples: 3 } })
  })

  it('are runs that passed, and such as only waited for samples; else the first would never come together', () => {
    const runs = [
      ...runsOf(ID, [90], () => ({ verdict: 'pending' }), { outcome: 'pending' }),
      ...runsOf(ID, [80], () => ({ verdict: 'pending' }), { outcome: 'pass' }),
      ...runsOf(ID, [70], () => ({ verdict: 'failed' }), { outcome: 'pending' }),
      ...runsOf(ID, [60], () => ({}), { outcome: 'fail' }),
      ...runsOf(ID, [50], () => ({ verdict: 'failed', baseline: true })),
      ...runsOf(ID, [91]),
    ]
    expect(drawn(historyOf(runs), { minSamples: 3 })).toMatchObject({ state: 'found', regression: { median: 90, samples: 3 } })
    expect(drawn(historyOf(runs), { minSamples: 3 }, limit('>', 50), '%', 'last')).toMatchObject({ regression: { samples: 6 } })
  })

  it('of another unit or from after the merge base do not count', () => {
    const runs = [...runsOf(ID, [90, 91, 92]), pastRun(4, { criteria: { [ID]: { value: 1, unit: 'ratio', outcome: 'pass' } } })]
    expect(drawn(historyOf(runs), { minSamples: 3 })).toMatchObject({ regression: { samples: 3 } })
    expect(drawn(historyOf(runs, { ancestors: new Set(['c1']) }), { minSamples: 3 })).toMatchObject({ state: 'few', found: 1 })
  })

  it('that cannot be read are not none (proof 5)', () => {
    expect(drawn(broken(), {}).state).toBe('unreadable')
    expect(drawn(historyOf([], { state: 'absent' }), {}).state).toBe('none')
  })
})

describe('the better direction', () => {
  const of = (...pass: Limit[]) => ({ pass })
  const signed = (op: Term['op'], value: number): Limit => ({
    terms: [{ op, value, unit: '%', mode: 'relative' }],
    text: '',
    origin: 'x',
  })
  const band: Limit = { terms: [...limit('>', 0, 'ms').terms, ...limit('<', 200, 'ms').terms], text: '', origin: 'x' }
  const metric = (unit: string, change: Partial<MetricConfig> = {}) =>
    metricConfig('m', 'value', 'component', { unit, ...change })
  it.each([
    ['a floor', of(limit('>', 95)), metric('%'), 'higher_is_better'],
    ['a ceiling', of(limit('<', 1)), metric('%'), 'lower_is_better'],
    ['a floor for a time', of(limit('>=', 10, 's')), metric('s'), 'higher_is_better'],
    ['an absolute limit before a relative one', of(signed('<=', 10), limit('>', 95)), metric('%'), 'higher_is_better'],
    ['a relative ceiling on a percentage', of(signed('<=', 10)), metric('%'), 'lower_is_better'],
    ['a band of a time', of(band), metric('ms'), 'lower_is_better'],
    ['a percentage', of(limit('!=', 1)), metric('%'), 'higher_is_better'],
    ['a time', of(), metric('ms'), 'lower_is_better'],
    ['a size', of(), metric('MiB'), 'lower_is_better'],
    ['a rate', of(), metric('req/s'), 'higher_is_better'],
    ['days that something held', of(), metric('d', { family: 'continuity' }), 'higher_is_better'],
  ])('%s', (_, criterion, one, expected) => {
    expect(directionOf(criterion, one)).toBe(expected)
  })
})
