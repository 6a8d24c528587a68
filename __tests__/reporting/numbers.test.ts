import { describe, expect, it } from '@jest/globals'
import { amount, count, duration, plural } from '../../src/reporting/numbers.ts'

describe('amount', () => {
  it.each([
    [94.996, '%', '> 95 %', '94.99 %'],
    [94.9999999, '%', '>= 95 %', '94.99 %'],
    [95, '%', '> 95 %', '95 %'],
    [95.0000001, '%', '> 95 %', '95.0000001 %'],
    [99.999, '%', '>= 99.9 %', '99.99 %'],
    [66.6666, '%', '', '66.66 %'],
    [200.001, 'ms', '< 200 ms', '200.01 ms'],
    [199.9999, 'ms', '< 200 ms', '199.9999 ms'],
    [0.00012, 's', '', '0.00012 s'],
    [94.99, '%', '', '94.99 %'],
    [0.1 + 0.2, '', '', '0.3'],
    [1234567.891, 'req/s', '', '1,234,567.89 req/s'],
    [-1.005, 'pp', '', '-1.01 pp'],
    [3, 'count', '', '3'],
  ])('%p %p against %p is shown as %p', (value, unit, limit, shown) => {
    expect(amount(value, unit, limit)).toBe(shown)
  })

  it.each([null, Number.NaN, Number.POSITIVE_INFINITY])('%p is unknown and never a number', (value) => {
    expect(amount(value, '%')).toBe('unknown')
  })

  it('never shows a failing value as one that passes', () => {
    for (let i = 1; i < 2_000; i++) {
      const value = 95 - i / 1_000_003
      const shown = Number.parseFloat(amount(value, '%', '>= 95 %'))
      expect(shown).toBeLessThan(95)
      expect(shown).toBeLessThanOrEqual(value)
    }
  })
})

describe('words around numbers', () => {
  it('counts and durations', () => {
    expect([count(12480), plural(1, 'line'), plural(2, 'criterion', 'criteria')]).toEqual(['12,480', '1 line', '2 criteria'])
    expect([duration(0), duration(59), duration(413), duration(90_000), duration(null)]).toEqual([
      '0 s',
      '59 s',
      '6 min 53 s',
      '1 d 1 h',
      'unknown',
    ])
  })
})
