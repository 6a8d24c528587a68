import { describe, expect, it } from '@jest/globals'
import { convert, reportedUnit, UNITS, unitOf } from '../../src/model/units.ts'

describe('units', () => {
  it('have one dimension and one spelling each', () => {
    expect(new Set(UNITS.map((unit) => unit.id)).size).toBe(UNITS.length)
    for (const unit of UNITS) expect(unitOf(unit.id)).toBe(unit)
  })

  it('are case-sensitive', () => {
    expect(unitOf('MS')).toBeNull()
    expect(unitOf('mb')).toBeNull()
    expect(unitOf('')).toBeNull()
    expect(unitOf('__proto__')).toBeNull()
  })

  it.each([
    [1, 's', 'ms', 1000],
    [1.5, 'min', 's', 90],
    [2, 'd', 'h', 48],
    [250, 'us', 'ms', 0.25],
    [1, 'MB', 'kB', 1000],
    [1, 'MiB', 'B', 1_048_576],
    [1, 'GiB', 'MB', 1073.741824],
    [1, 'MB/s', 'Mbps', 8],
    [1, 'Gbps', 'MB/s', 125],
    [120, 'req/min', 'req/s', 2],
    [7, 'rps', 'req/s', 7],
    [60, 'ops/min', 'ops/s', 1],
    [1, 'files/s', 'files/min', 60],
    [0.07, 'ratio', '%', 7],
    [0.9995, 'ratio', '%', 99.95],
    [12, 'ops/sec', 'ops/s', 12],
    [3, 'milliseconds', 's', 0.003],
    [5, 'µs/op', 'us', 5],
  ])('%p %s is %s: %p', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected)
  })

  it('convert there and back, for each pair of a dimension, and never across dimensions', () => {
    for (const from of UNITS) {
      for (const to of UNITS) {
        const there = convert(37.25, from.id, to.id)
        if (from.dimension !== to.dimension) expect(there).toBeNull()
        else expect(Math.abs(convert(there!, to.id, from.id)! / 37.25 - 1)).toBeLessThan(1e-12)
      }
    }
  })

  it('leave a value as it is where no unit is asked for, and know nothing of a value without one', () => {
    expect(convert(5, 'anything', '')).toBe(5)
    expect(convert(5, 'widgets', 'widgets')).toBe(5)
    expect(convert(5, '', 'ms')).toBeNull()
    expect(convert(5, 'widgets', 'ms')).toBeNull()
  })

  it('know how reports spell them, only in reports', () => {
    expect(reportedUnit('seconds')?.id).toBe('s')
    expect(unitOf('seconds')).toBeNull()
  })
})
