// Which runs make a baseline, how they become one value, and what is said where there are too few (decisions 2, 38; proof 5).
import { describe, expect, it } from '@jest/globals'
import { baselinesOf } from '../../src/history/baseline.ts'
import type { BaselineConfig, Config, Objective } from '../../src/model/config.ts'
import { type BaselineResult, type History, NO_HISTORY, type PastRun } from '../../src/model/history.ts'
import type { Limit } from '../../src/model/limit.ts'
import { criterionOf, metricOf, seedConfig } from '../support/config.ts'
import { broken, historyOf, pastRun, runsOf } from '../support/history.ts'

const ID = 'test_coverage'

function found(history: History, baseline: Partial<BaselineConfig> = {}, change: (config: Config) => void = () => {}) {
  const config = seedConfig((draft) => {
    Object.assign(criterionOf(draft, ID).baseline, baseline)
    change(draft)
  })
  return baselinesOf(config, history).criteria[ID]!
}

const value = (result: BaselineResult): unknown => (result.state === 'found' ? result.baseline.value : result.state)
const seqs = (result: BaselineResult): unknown =>
  result.state === 'found' ? result.baseline.samples.map((one) => one.seq) : result.state

describe('last_passed', () => {
  it('is the newest run that passed', () => {
    const runs = runsOf(ID, [90, 91, 80], (seq) => (seq === 3 ? { verdict: 'failed' } : {}))
    expect(value(found(historyOf(runs)))).toBe(91)
  })

  it.each(['failed', 'pending', 'error'] as const)('no run that is %s, unless it was stored as a baseline', (verdict) => {
    const runs = (baseline: boolean) => runsOf(ID, [90], () => ({ verdict, baseline }))
    expect(value(found(historyOf(runs(false))))).toBe('none')
    expect(value(found(historyOf(runs(true))))).toBe(90)
  })

  it('no run that passed below the criterion’s level while the criterion itself failed', () => {
    const runs = runsOf(ID, [97, 92], (seq) => ({
      criteria: { [ID]: { value: seq === 1 ? 97 : 92, unit: '%', outcome: seq === 1 ? 'pass' : 'fail' } },
    }))
    expect(value(found(historyOf(runs)))).toBe(97)
    expect(value(found(historyOf(runs), { select: 'last' }))).toBe(92)
  })

  it('only at or before the merge base', () => {
    const runs = runsOf(ID, [90, 91, 92])
    expect(value(found(historyOf(runs, { ancestors: new Set(['c1', 'c2']) })))).toBe(91)
    expect(value(found(historyOf(runs, { ancestors: new Set() })))).toBe('none')
    const nameless = runsOf(ID, [90], () => ({ commit: null }))
    expect(value(found(historyOf(nameless, { ancestors: new Set(['c1']) })))).toBe('none')
    expect(value(found(historyOf(nameless)))).toBe(90)
  })

  it('newest first, with their records', () => {
    const result = found(historyOf(runsOf(ID, [90, 91, 92, 93])), { count: 3 })
    expect(seqs(result)).toEqual([4, 3, 2])
    expect(result.state === 'found' && result.baseline.samples[0]).toEqual({
      seq: 4,
      commit: 'c4',
      at: '2026-10-05T12:00:00.000Z',
      value: 93,
    })
  })

  it('looks past runs that did not measure it', () => {
    expect(seqs(found(historyOf(runsOf(ID, [90, 91, null])), { count: 2 }))).toEqual([2, 1])
  })
})

describe('the value', () => {
  const four = historyOf(runsOf(ID, [10, 40, 20, 31]))
  it.each([
    ['median', 4, 25.5],
    ['median', 3, 31],
    ['avg', 4, 25.25],
    ['min', 4, 10],
    ['max', 4, 40],
    ['p90', 4, 37.3],
    ['p95', 4, 38.65],
  ] as const)('%s of %d', (aggregate, count, expected) => {
    expect(value(found(four, { aggregate, count }))).toBe(expected)
  })

  it('has none of the noise of adding', () => {
    expect(value(found(historyOf(runsOf(ID, [0.1, 0.2])), { aggregate: 'avg', count: 2 }))).toBe(0.15)
  })

  it('takes no sample in another unit, and none that is no number', () => {
    const runs = [...runsOf(ID, [90]), ...runsOf(ID, [0.9], () => ({}), { unit: 'ratio' }), ...runsOf(ID, [Number.NaN])]
    expect(value(found(historyOf(runs)))).toBe(90)
    expect(found(historyOf(runs), { count: 2 })).toMatchObject({ state: 'few', found: 1, needed: 2 })
  })
})

describe('too few', () => {
  it('two of three are two of three: no value is made of them', () => {
    expect(found(historyOf(runsOf(ID, [90, 91])), { count: 3 })).toEqual({
      state: 'few',
      found: 2,
      needed: 3,
      steps: ['2 runs of main: 2 passed'],
    })
    expect(value(found(historyOf(runsOf(ID, [90, 91, 92])), { count: 3 }))).toBe(91)
  })

  it('none at all is none', () => {
    expect(found(historyOf([]))).toEqual({ state: 'none', steps: ['0 runs of main: 0 passed'] })
  })
})

describe('other selections', () => {
  it('last: whatever came of it', () => {
    const runs = runsOf(ID, [90, 80], (seq) => (seq === 2 ? { verdict: 'failed' } : {}))
    expect(value(found(historyOf(runs), { select: 'last' }))).toBe(80)
    expect(value(found(historyOf(runs, { ancestors: new Set(['c1']) }), { select: 'last' }))).toBe(90)
  })

  it('certificate: there is none yet, which is said, and then what passed last', () => {
    const result = found(historyOf(runsOf(ID, [90])), { select: 'certificate' })
    expect(value(result)).toBe(90)
    expect(result.steps).toEqual(['no certificate yet', '1 run of main: 1 passed'])
  })

  it('fixed: its value, whatever history says', () => {
    for (const history of [NO_HISTORY, broken(), historyOf(runsOf(ID, [90]))]) {
      expect(found(history, { select: 'fixed', value: 88 })).toEqual({
        state: 'found',
        baseline: { value: 88, unit: '%', samples: [] },
        steps: ['fixed by the policy: 88 %'],
      })
    }
    expect(value(found(NO_HISTORY, { select: 'fixed', value: null }))).toBe('none')
  })
})

describe('where it was looked', () => {
  it('says what the runs were, and which of them did not help', () => {
    const runs = [
      ...runsOf(ID, [90, null, 92]),
      ...runsOf(ID, [0.9], () => ({}), { unit: 'ratio' }),
      ...runsOf(ID, [91], () => ({ verdict: 'failed' })),
    ]
    const ancestors = new Set(['c1', 'c2', 'c3'])
    expect(found(historyOf(runs, { ancestors, complete: false }), { count: 9 }).steps).toEqual([
      '5 runs of main: 4 passed at or before the merge base',
      '1 of them without this value',
      '1 of them in another unit',
      'older runs were not read',
    ])
  })

  it.each([
    ['off', NO_HISTORY, ['no ledger is kept here']],
    ['absent', historyOf([], { state: 'absent' }), ['no ledger yet at .certify/ledger']],
    [
      'shallow',
      historyOf(runsOf(ID, [90]), { ancestryProblem: 'the clone is shallow' }),
      ['the clone is shallow: check out with fetch-depth: 0'],
    ],
    [
      'shallow, with its fix',
      historyOf(runsOf(ID, [90]), { ancestryProblem: 'the clone is shallow (fetch-depth: 0 helps)' }),
      ['the clone is shallow (fetch-depth: 0 helps)'],
    ],
  ])('%s: none, and where to look', (_, history, steps) => {
    expect(found(history)).toEqual({ state: 'none', steps })
  })

  it('unreadable is never none (proof 5)', () => {
    const { problem } = broken()
    for (const select of ['last_passed', 'last', 'certificate'] as const)
      expect(found(broken(), { select })).toMatchObject({ state: 'unreadable', message: problem!.message, hint: problem!.hint })
  })
})

describe('objectives', () => {
  const SLI = 'http_req_duration.p95'
  const relative: Limit = { terms: [{ op: '<=', value: 10, unit: '%', mode: 'relative' }], text: '<= +10%', origin: 'x' }
  const absolute: Limit = { terms: [{ op: '<', value: 200, unit: 'ms', mode: 'absolute' }], text: '< 200 ms', origin: 'x' }
  const objective = (pass: Limit[], warn: Limit[] = []): Objective => ({
    sli: SLI,
    pass,
    warn,
    weight: 1,
    key: false,
    origin: 'x',
  })
  const slis = (history: History, one: Objective = objective([relative]), change: (config: Config) => void = () => {}) =>
    baselinesOf(
      seedConfig((config) => {
        metricOf(config, 'performance_compliance').objectives = [one]
        change(config)
      }),
      history,
    ).slis
  const KEY = `performance_compliance ${SLI}`
  const timed = (ms: number, seq: number, unit = 'ms', change: Partial<PastRun> = {}): PastRun =>
    pastRun(seq, { slis: { [KEY]: { value: ms, unit } }, ...change })

  it('have one where a limit is against it, and only there', () => {
    const history = historyOf([timed(180, 1), timed(190, 2)])
    expect(slis(history)).toMatchObject({ [KEY]: { state: 'found', baseline: { value: 190, unit: 'ms' } } })
    expect(slis(history, objective([absolute], [relative]))).toMatchObject({ [KEY]: { state: 'found' } })
    expect(slis(history, objective([absolute]))).toEqual({})
  })

  it('are in the unit of the newest: what was measured in another one is no sample', () => {
    const history = historyOf([timed(180, 1), timed(0.2, 2, 's')])
    const count = (config: Config) => Object.assign(criterionOf(config, 'performance_compliance').baseline, { count: 2 })
    expect(slis(history)[KEY]).toMatchObject({ state: 'found', baseline: { value: 0.2, unit: 's' } })
    expect(slis(history, undefined, count)[KEY]).toMatchObject({ state: 'few', found: 1, needed: 2 })
  })

  it('take no run in which the criterion on them failed', () => {
    const criteria = { performance_compliance: { value: 0, unit: '%', outcome: 'fail' as const } }
    expect(slis(historyOf([timed(180, 1), timed(400, 2, 'ms', { criteria })]))[KEY]).toMatchObject({ baseline: { value: 180 } })
  })

  it('of a criterion with a fixed baseline are compared with what passed last: the value is not theirs', () => {
    const fixed = (config: Config) =>
      Object.assign(criterionOf(config, 'performance_compliance').baseline, { select: 'fixed', value: 100 })
    expect(slis(historyOf([timed(180, 1)]), undefined, fixed)[KEY]).toMatchObject({ baseline: { value: 180, unit: 'ms' } })
    expect(slis(NO_HISTORY, undefined, fixed)[KEY]).toMatchObject({ state: 'none' })
  })

  it('have one for each component', () => {
    const parts = (config: Config) => {
      config.components = [{ id: 'web', paths: ['web/**'], evidence: [] }]
    }
    const own = { [`${KEY}@web`]: { value: 90, unit: 'ms' } }
    expect(slis(historyOf([pastRun(1, { slis: own })]), undefined, parts)).toMatchObject({
      [KEY]: { state: 'none' },
      [`${KEY}@web`]: { state: 'found', baseline: { value: 90 } },
    })
  })

  it('unreadable is unreadable', () => {
    expect(slis(broken())[KEY]?.state).toBe('unreadable')
  })
})

it('has an entry for every criterion, also without history', () => {
  const config = seedConfig()
  const ids = config.levels.flatMap((level) => level.criteria.map((one) => one.id))
  const { criteria, slis, regressions } = baselinesOf(config, NO_HISTORY)
  expect(Object.keys(criteria)).toEqual(ids)
  expect([slis, regressions]).toEqual([{}, {}])
})
