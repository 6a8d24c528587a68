// Theil-Sen, noise by median absolute deviation, and a crossing only where the line leads to one (spec 8.3).
import { describe, expect, it } from '@jest/globals'
import { trendsOf } from '../../src/history/trend.ts'
import type { History, PastRun, Trend } from '../../src/model/history.ts'
import type { Limit } from '../../src/model/limit.ts'
import { criterionOf, limit, metricOf, seedConfig } from '../support/config.ts'
import { broken, historyOf, runsOf } from '../support/history.ts'

const ID = 'test_coverage'
const NOW = new Date('2026-11-22T09:00:00Z')

function trend(runs: PastRun[] | History, pass: Limit[] = [limit('>', 50)], unit = '%'): Trend | undefined {
  const config = seedConfig((draft) => {
    criterionOf(draft, ID).pass = pass
    metricOf(draft, ID).unit = unit
  })
  return trendsOf(config, Array.isArray(runs) ? historyOf(runs) : runs, NOW)[0]
}

const of = (...values: number[]): PastRun[] => runsOf(ID, values)
const said = (found: Trend | undefined) => [found?.direction, found?.slope, found?.noise]

describe('direction', () => {
  it.each<[string, number[], Trend['direction'], number | null, number | null]>([
    ['four points are not enough', [60, 70, 80, 90], 'few', null, null],
    ['five are', [60, 65, 70, 75, 80], 'improving', 5, 0],
    ['falling', [80, 75, 70, 65, 60], 'worsening', -5, 0],
    ['flat', [80, 80, 80, 80, 80, 80], 'stable', 0, 0],
    ['zero noise and the smallest step', [80, 80.001, 80.002, 80.003, 80.004], 'improving', 0.001, 0],
    ['up and down', [80, 90, 80, 90, 80, 90], 'stable', 0, 5],
    ['one wild point in a flat row', [80, 80, 80, 12, 80, 80, 80], 'stable', 0, 0],
    ['one wild point in a rising row', [60, 62, 64, 99, 68, 70, 72], 'improving', 2, 0],
    ['ties with one step', [80, 80, 80, 81, 81, 81], 'improving', 0.25, 0.125],
  ])('%s', (_, values, direction, slope, noise) => {
    const found = trend(of(...values))
    expect(found?.direction).toBe(direction)
    for (const [actual, expected] of [
      [found?.slope, slope],
      [found?.noise, noise],
    ])
      if (expected === null) expect(actual).toBeNull()
      else expect(actual).toBeCloseTo(expected!, 10)
  })

  it('worse is what the limit says is worse', () => {
    expect(trend(of(1, 2, 3, 4, 5), [limit('<', 50)])?.direction).toBe('worsening')
    expect(trend(of(5, 4, 3, 2, 1), [limit('<', 50)])?.direction).toBe('improving')
  })

  it('a change within the noise is none, beyond it is one', () => {
    expect(said(trend(of(70, 90, 71, 91, 72, 92)))).toEqual(['stable', 0.5, 9.75])
  })

  it('of an even and an odd number has the middle of both', () => {
    expect(trend(of(1, 2, 3, 4))?.median).toBe(2.5)
    expect(trend(of(1, 9, 3, 4, 5))).toMatchObject({ min: 1, median: 4, max: 9 })
  })
})

describe('points', () => {
  it('are the last thirty', () => {
    const found = trend(of(...Array.from({ length: 40 }, (_, at) => at)))
    expect(found?.points).toHaveLength(30)
    expect([found?.points[0]?.value, found?.points.at(-1)?.value]).toEqual([10, 39])
  })

  it('are of the last ninety days', () => {
    const edge = NOW.getTime() - 90 * 86_400_000
    const at = [edge - 1, edge, edge + 1].map((time) => new Date(time).toISOString())
    const found = trend(runsOf(ID, [1, 2, 3], (seq) => ({ at: at[seq - 1]! })))
    expect(found?.points.map((one) => one.value)).toEqual([2, 3])
  })

  it('skip runs without a value, and values of another unit', () => {
    const runs = [...runsOf(ID, [60, null, 70, 75, 80, 85]), ...runsOf(ID, [1], () => ({ seq: 7 }), { unit: 'ratio' })]
    const found = trend(runs)
    expect(found?.points.map((one) => one.seq)).toEqual([1, 3, 4, 5, 6])
    expect(found?.direction).toBe('improving')
  })

  it('include runs that failed: a trend shows what was', () => {
    expect(trend(runsOf(ID, [60, 50, 40, 30, 20], () => ({ verdict: 'failed' }), { outcome: 'fail' }))?.direction).toBe(
      'worsening',
    )
  })

  it('are none where none was measured or history is not known', () => {
    expect(trend(runsOf(ID, [null, null]))).toBeUndefined()
    for (const state of ['off', 'absent', 'unreadable'] as const)
      expect(trend(state === 'unreadable' ? broken() : historyOf(of(1, 2, 3, 4, 5), { state }))).toBeUndefined()
  })

  it('mark the runs at which the policy changed', () => {
    const policies = ['sha256:a', 'sha256:a', 'sha256:b', null, 'sha256:b', 'sha256:a']
    const found = trend(runsOf(ID, [1, 2, 3, 4, 5, 6], (seq) => ({ policy: policies[seq - 1]! })))
    expect(found?.policyChanges).toEqual([3, 6])
  })
})

describe('crossing', () => {
  const falling = (pass: Limit[]) => trend(of(99, 98, 97, 96, 95), pass)?.crossing
  it.each<[string, Limit, number]>([
    ['a floor that must be exceeded is missed where it is met', limit('>', 93), 2],
    ['one that may be met is missed a run later', limit('>=', 93), 3],
    ['between two runs: the later one', limit('>', 92.5), 3],
    ['at once', limit('>=', 95), 1],
  ])('%s', (_, pass, runs) => {
    expect(falling([pass])).toEqual({
      runs,
      at: new Date(Date.parse('2026-10-06T12:00:00Z') + runs * 86_400_000).toISOString(),
      limit: pass.text,
    })
  })

  it('the nearest of several', () => {
    expect(falling([limit('>', 90), limit('>', 94), limit('<', 200)])?.limit).toBe('> 94 %')
  })

  it('also where it gets better towards a limit that is not met yet', () => {
    expect(trend(of(50, 60, 70, 80, 90), [limit('>', 95)])?.crossing).toMatchObject({ runs: 1 })
    expect(trend(of(50, 40, 30, 20, 10), [limit('<', 5)])?.crossing).toMatchObject({ runs: 1 })
  })

  it.each<[string, number[], Limit[]]>([
    ['moving away from it', [95, 96, 97, 98, 99], [limit('>', 93)]],
    ['missed already, and getting worse', [90, 89, 88, 87, 86], [limit('>', 95)]],
    ['no direction', [95, 99, 95, 99, 95, 99], [limit('>', 93)]],
    ['too few', [99, 98, 97, 96], [limit('>', 93)]],
    ['too far', [99, 98.999, 98.998, 98.997, 98.996], [limit('>', 50)]],
  ])('none: %s', (_, values, pass) => {
    expect(trend(of(...values), pass)?.crossing).toBeNull()
  })

  it('none of a limit against the baseline', () => {
    const signed: Limit = { terms: [{ op: '>=', value: -1, unit: '%', mode: 'relative' }], text: '>= -1%', origin: 'x' }
    expect(falling([signed])).toBeNull()
  })

  it('in another unit of the same kind', () => {
    const runs = runsOf(ID, [100, 120, 140, 160, 180], () => ({}), { unit: 'ms' })
    expect(trend(runs, [limit('<', 0.2, 's')], 'ms')).toMatchObject({ direction: 'worsening', crossing: { runs: 1 } })
  })

  it('names a day only where runs are an hour apart or more, by the middle gap', () => {
    const start = Date.parse('2026-11-20T00:00:00Z')
    const every = (minutes: number[]) =>
      trend(
        runsOf(ID, [99, 98, 97, 96, 95], (seq) => ({ at: new Date(start + minutes[seq - 1]! * 60_000).toISOString() })),
        [limit('>', 93)],
      )?.crossing
    expect(every([0, 60, 120, 180, 240])).toMatchObject({ runs: 2, at: '2026-11-20T06:00:00.000Z' })
    expect(every([0, 59, 118, 177, 236])).toMatchObject({ runs: 2, at: null })
    // A long gap in the middle does not make them rare.
    expect(every([0, 1, 2, 1000, 1001])).toMatchObject({ runs: 2, at: null })
  })
})
