import { describe, expect, it } from '@jest/globals'
import { distance } from '../../src/reporting/distance.ts'

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
