// History in words: signs, units and which way is better, as a person takes them who reads nothing else.
import { describe, expect, it } from '@jest/globals'
import type { Comparison, Continuity, Trend } from '../../src/model/history.ts'
import type { LedgerNote } from '../../src/model/ledger.ts'
import type { Result, ResultCriterion } from '../../src/model/result.ts'
import {
  changesOf,
  comparedWith,
  heldFor,
  isFlat,
  ledgerWords,
  runsOf,
  sparkline,
  toldTrends,
  trendOf,
  trendWords,
} from '../../src/reporting/history-words.ts'
import { COMMIT, NO_COMPARISON, NOW, resultOf } from '../support/result.ts'

const PLAIN = { plain: (text: string) => text, hash: (hash: string) => hash }

/** A result whose first criteria are these. */
function moved(...changes: Partial<ResultCriterion>[]): Result {
  const result = resultOf()
  const criteria = result.levels.flatMap((level) => level.criteria)
  for (const [at, change] of changes.entries()) Object.assign(criteria[at]!, change)
  return result
}

const change = (value: number, baseline: number, unit = '%', limit = '> 95 %'): Partial<ResultCriterion> => ({
  value,
  baseline,
  unit,
  delta: Number((value - baseline).toPrecision(15)),
  limit: { text: limit, origin: 'default' },
})

describe('what changed', () => {
  const one = (of: Partial<ResultCriterion>) => changesOf(moved(of)).changed[0]!

  it.each<[string, Partial<ResultCriterion>, object]>([
    [
      'a share that fell, in points',
      change(96, 97.2),
      { before: '97.2 %', now: '96 %', delta: '-1.2 pp', tone: 'bad', mark: '▼' },
    ],
    ['a share that rose', change(98.5, 97), { delta: '+1.5 pp', tone: 'good', mark: '▲' }],
    ['a share, where the machine’s own fractions do not show', change(96.4, 97), { delta: '-0.6 pp' }],
    ['the other way round', change(97, 96.4), { delta: '+0.6 pp' }],
    ['a time that fell is better', change(180, 200, 'ms', '< 250 ms'), { delta: '-20 ms', tone: 'good', mark: '▼' }],
    ['a time that rose is worse', change(210, 200, 'ms', '<= +10%'), { delta: '+10 ms', tone: 'bad', mark: '▲' }],
    ['a rate that fell is worse', change(900, 1000, 'req/s', '> 500 req/s'), { delta: '-100 req/s', tone: 'bad' }],
    ['a count', change(12, 10, 'count', '>= 10'), { delta: '+2', tone: 'good' }],
    ['a large number', change(12_480, 10_000, 'B', '< 20 kB'), { before: '10,000 B', delta: '+2480 B', tone: 'bad' }],
    ['a very small change is not nothing', change(99.9999, 100), { delta: '-0.0001 pp', tone: 'bad' }],
  ])('%s', (_, of, expected) => {
    expect(one(of)).toMatchObject(expected)
  })

  it('worse ones come first; what stayed is counted; what has no baseline is neither', () => {
    const { changed, same } = changesOf(moved(change(99, 98), change(90, 95), change(97, 97), {}))
    expect(changed.map(({ tone }) => tone)).toEqual(['bad', 'good'])
    expect(same).toBe(1)
    expect(changesOf(resultOf())).toEqual({ changed: [], same: 0 })
  })
})

const history = (more: Partial<Comparison>): Comparison => ({
  ...NO_COMPARISON,
  state: 'known',
  place: '.certify/ledger',
  ...more,
})
const HOUR_AGO = new Date(NOW.getTime() - 3_600_000).toISOString()
const record = (seq: number) => ({ seq, commit: COMMIT, at: HOUR_AGO })

describe('compared with', () => {
  const said = (more: Partial<Comparison>) => comparedWith(history(more), NOW.toISOString(), PLAIN)

  it('one record, or several', () => {
    expect(said({ baseline: { records: [record(7)] } })).toBe(`record 7, commit ${COMMIT.slice(0, 8)}, 1 h ago`)
    expect(said({ baseline: { records: [record(7), record(5), record(2)] } })).toBe('records 7, 5, 2')
  })

  it('nothing, and where was looked', () => {
    expect(said({ steps: ['12 runs of main: 0 passed', 'older runs were not read'] })).toBe(
      'no baseline: 12 runs of main: 0 passed; older runs were not read',
    )
    expect(said({ state: 'absent' })).toBe('no baseline: nothing recorded in .certify/ledger yet')
  })

  it('a ledger that cannot be read is never called an empty one', () => {
    const words = said({ state: 'unreadable', steps: ['record 7 does not follow record 6'] })
    expect(words).toBe('not compared: record 7 does not follow record 6')
    expect(said({ state: 'unreadable' })).toBe('not compared: .certify/ledger cannot be read')
    expect(words).not.toMatch(/no baseline|first/)
  })

  it('nothing is said where no ledger is kept, and foreign text goes through the surface’s own hands', () => {
    expect(said({ state: 'off' })).toBeNull()
    const marks = { plain: (text: string) => `[${text}]`, hash: (hash: string) => `<${hash}>` }
    expect(comparedWith(history({ steps: ['x'] }), NOW.toISOString(), marks)).toBe('[no baseline: x]')
    expect(comparedWith(history({ baseline: { records: [record(1)] } }), NOW.toISOString(), marks)).toContain(
      `<${COMMIT.slice(0, 8)}>`,
    )
  })
})

describe('held for', () => {
  const held = (more: Partial<Continuity>) =>
    heldFor(
      history({
        continuity: { level: 2, since: HOUR_AGO, seconds: 41 * 86_400, commits: 63, runs: 70, complete: true, ...more },
      }),
    )

  it('says how long, in runs and commits; at least, where older runs were not read', () => {
    expect(held({})).toBe('level 2 held for 41 d, 70 runs, 63 commits')
    expect(held({ complete: false })).toBe('level 2 held for at least 41 d, 70 runs, 63 commits')
    expect(held({ runs: 2, commits: 1, seconds: 90 })).toBe('level 2 held for 1 min 30 s, 2 runs, 1 commit')
  })

  it('says nothing of a level that only this run holds, or none', () => {
    expect(held({ runs: 1 })).toBeNull()
    expect([heldFor(history({})), heldFor(null)]).toEqual([null, null])
  })
})

describe('a trend', () => {
  const trend = (more: Partial<Trend> = {}): Trend => ({
    criterion: 'test_coverage',
    unit: '%',
    points: [99, 98.4, 97.8, 97.2, 96.6].map((value, at) => ({ seq: at + 1, at: HOUR_AGO, value })),
    min: 96.6,
    median: 97.8,
    max: 99,
    direction: 'worsening',
    slope: -0.6,
    noise: 0,
    policyChanges: [],
    crossing: null,
    ...more,
  })

  it.each<[string, Partial<Trend>, string]>([
    ['falls', {}, 'falling by 0.6 pp a run'],
    ['falls, without the machine’s own fractions', { slope: -0.599999999999994 }, 'falling by 0.6 pp a run'],
    ['rises', { slope: 12, unit: 'ms' }, 'rising by 12 ms a run'],
    [
      'crosses',
      { crossing: { runs: 3, at: '2026-03-17T09:00:00.000Z', limit: '> 95 %' } },
      'falling by 0.6 pp a run, crosses > 95 % in 3 runs (about 2026-03-17) if it goes on',
    ],
    [
      'crosses, nobody knows when',
      { crossing: { runs: 1, at: null, limit: '> 95 %' } },
      'falling by 0.6 pp a run, crosses > 95 % in 1 run if it goes on',
    ],
    ['is stable', { direction: 'stable' }, 'stable around 97.8 %'],
    ['is not known yet', { direction: 'few', points: trend().points.slice(0, 3), slope: null }, 'not enough data: 3 runs of 5'],
  ])('%s', (_, more, words) => {
    expect(trendWords(trend(more))).toBe(words)
  })

  it('counts the runs of all criteria together, and says where one has fewer', () => {
    const fewer = trend()
    const all = {
      ...fewer,
      points: [...fewer.points, { seq: 98, at: NOW.toISOString(), value: 1 }, { seq: 99, at: NOW.toISOString(), value: 1 }],
    }
    expect([runsOf([fewer, all]), runsOf([fewer])]).toEqual([7, 5])
    expect(trendOf(fewer, 7)).toBe(`${trendWords(fewer)}, over 5 runs with a value`)
    expect(trendOf(all, 7)).toBe(trendWords(all))
  })

  it('is drawn oldest first, the lowest and the highest bar at its ends; alike where nothing moved', () => {
    expect(sparkline(trend())).toBe('█▆▅▃▁')
    const flat = trend({ points: trend().points.map((point) => ({ ...point, value: 97 })), min: 97, max: 97 })
    expect([sparkline(flat), isFlat(flat), isFlat(trend())]).toEqual(['▄▄▄▄▄', true, false])
    const long = trend({
      points: Array.from({ length: 90 }, (_, at) => ({ seq: at, at: HOUR_AGO, value: at < 89 ? 97 : 99 })),
      min: 97,
    })
    expect(sparkline(long)).toBe(`${'▁'.repeat(29)}█`)
  })

  it('worsening ones are told first, those without enough data not at all', () => {
    const directions = ['stable', 'few', 'improving', 'worsening'] as const
    const told = toldTrends(history({ trends: directions.map((direction) => trend({ direction })) }))
    expect(told.map((one) => one.direction)).toEqual(['worsening', 'improving', 'stable'])
    expect(toldTrends(null)).toEqual([])
  })
})

describe('where the run stands in the ledger', () => {
  const hash = 'ab'.repeat(32)
  const known = history({ head: { seq: 12_480, hash } })

  const words = (seen: Comparison | null, note: LedgerNote) => ledgerWords(seen, note, PLAIN)

  it('recorded, left, failed, or only looked at', () => {
    expect(words(known, { state: 'recorded', place: 'x', seq: 12_481, hash: 'cd'.repeat(32) })).toBe(
      'ledger record 12,481, head cdcdcdcdcdcd',
    )
    expect(words(known, { state: 'left', place: 'x', path: 'p', digest: `sha256:${'ef'.repeat(32)}` })).toBe(
      "ledger head abababababab, record 12,480, this run's record efefefefefef waits to be appended",
    )
    expect(words(known, { state: 'failed', place: 'x', message: 'm', hint: null })).toBe(
      'ledger head abababababab, record 12,480, not recorded',
    )
    expect(words(known, { state: 'off' })).toBe('ledger head abababababab, record 12,480')
    expect(words(history({ state: 'absent' }), { state: 'failed', place: 'x', message: 'm', hint: null })).toBe(
      'ledger, not recorded',
    )
    expect(words(null, { state: 'off' })).toBeNull()
  })
})
