import { describe, expect, it } from '@jest/globals'
import { Distribution, LARGEST_MEASUREMENT } from '../../../src/evidence/formats/performance/distribution.ts'

/** The same numbers at every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

function distributionOf(values: Iterable<number>): Distribution {
  const made = new Distribution()
  for (const value of values) made.add(value)
  return made
}

function nearestRank(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil((sorted.length * percent) / 100)) - 1]!
}

const PERCENTS = [0, 1, 50, 90, 95, 99, 99.9, 100]

describe('a distribution', () => {
  it('is exact for whole numbers below 4096', () => {
    const random = numbers(7)
    const values = Array.from({ length: 20_000 }, () => Math.floor(random.next().value! ** 3 * 4096))
    const found = distributionOf(values)
    for (const percent of PERCENTS) expect([percent, found.percentile(percent)]).toEqual([percent, nearestRank(values, percent)])
    expect(found).toMatchObject({ count: 20_000, min: Math.min(...values), max: Math.max(...values) })
  })

  it('is never below the true percentile and at most 0.05 % above it', () => {
    const random = numbers(11)
    const values = Array.from({ length: 20_000 }, () => Math.exp(random.next().value! * 30 - 8))
    const found = distributionOf(values)
    for (const percent of PERCENTS) {
      const exact = nearestRank(values, percent)
      expect(found.percentile(percent)).toBeGreaterThanOrEqual(exact)
      expect(found.percentile(percent)).toBeLessThanOrEqual(exact * (1 + 1 / 2048))
    }
  })

  it.each([[[5]], [[1, 2]], [[0, 0, 0]], [[0, 1e-9, LARGEST_MEASUREMENT]], [[0.1, 0.2, 0.30000000000000004]]])(
    'of %j is exact',
    (values) => {
      const found = distributionOf(values)
      expect(found.percentile(100)).toBe(Math.max(...values))
      expect(found.percentile(50)).toBe(nearestRank(values, 50))
    },
  )

  it('takes a zero below zero for zero', () => {
    const found = distributionOf([-0, 1, 2])
    expect([found.min, found.percentile(1), found.percentile(50)]).toEqual([0, 0, 1])
  })

  it('puts every power of two and its neighbours where they belong', () => {
    const values = Array.from({ length: 60 }, (_, at) => 2 ** (at - 18)).flatMap((power) => [power * (1 - 2 ** -12), power])
    const found = distributionOf(values)
    for (const [at, value] of values.entries()) expect(found.percentile(((at + 1) * 100) / values.length - 1e-9)).toBe(value)
  })
})
