import { describe, expect, it } from '@jest/globals'
import { distance, missing, smallestFix } from '../../src/reporting/smallest-fix.ts'
import { limit } from '../support/config.ts'

const lines = (good: number, total: number) => ({ good, total, what: 'lines' })

describe('the smallest step', () => {
  it.each([
    [1918, 2000, limit('>', 95.9), 1, 'to exceed 95.9 %'],
    [1900, 2000, limit('>', 95), 1, 'to exceed 95 %'],
    [1900, 2000, limit('>=', 95), null, null],
    [1816, 2000, limit('>', 95), 85, 'to exceed 95 %'],
    [0, 3, limit('>=', 100), 3, 'to reach 100 %'],
    [998, 1000, limit('>=', 99.9), 1, 'to reach 99.9 %'],
    [3, 3, limit('>', 100), null, null],
  ])('%p of %p against a limit needs %p', (good, total, bound, more, goal) => {
    expect(missing(lines(good, total), [bound])).toEqual(more === null ? null : { more, goal })
  })

  it('is enough, and one less is not', () => {
    for (let total = 1; total <= 400; total++) {
      const step = missing(lines(0, total), [limit('>', 95)])!
      expect((100 * step.more) / total).toBeGreaterThan(95)
      expect((100 * (step.more - 1)) / total).toBeLessThanOrEqual(95)
    }
  })

  it('gives no number where a baseline decides or nothing was counted', () => {
    const relative = { ...limit('>', 95), terms: [{ op: '>' as const, value: 5, unit: '%', mode: 'relative' as const }] }
    expect(smallestFix(lines(1, 2), [relative])).toBeNull()
    expect(smallestFix(lines(0, 0), [limit('>', 95)])).toBeNull()
    expect(smallestFix(null, [limit('>', 95)])).toBeNull()
  })

  it('says what to do in the words of what is counted, and where to start', () => {
    const file = (name: string, to: number) => ({
      name,
      path: name,
      state: 'short' as const,
      detail: '',
      ranges: [[1, to]] as [number, number][],
    })
    expect(smallestFix(lines(94, 100), [limit('>', 95)], [file('a.ts', 2), file('b.ts', 9)])).toBe(
      'Cover 2 more lines to exceed 95 %; start with b.ts, lines 1-9',
    )
    expect(smallestFix({ good: 1, total: 2, what: 'journeys' }, [limit('>=', 100)])).toBe(
      'Make 1 more journey pass to reach 100 %',
    )
    expect(smallestFix({ good: 1, total: 4, what: 'items' }, [limit('>=', 100)])).toBe('Complete 3 more items to reach 100 %')
  })
})

describe('the distance to a limit', () => {
  it.each([
    [250, 'ms', '< 200 ms', 'Lower it by more than 50 ms'],
    [75, '%', '>= 90 %', 'Raise it by at least 15 points'],
    [95, '%', '> 95 %', 'Raise it above 95 %'],
    [96, '%', '> 95 %', null],
    [250, 'ms', '< 1 s', null],
    [5, '', 'nonsense', null],
    [Number.NaN, '%', '> 95 %', null],
  ])('%p %p against %p: %p', (actual, unit, bound, words) => expect(distance(actual, unit, bound)).toBe(words))
})
