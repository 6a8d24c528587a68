// What the bench makes of its measurements: medians, and whether a goal is met, in words that cannot hide a miss.
import { describe, expect, it } from '@jest/globals'
import { load } from './load.ts'

const { median, megabytesPerSecond } = await load('statistics.mjs')
const { goalText, isMet, outcome } = await load('goals.mjs')

describe('median', () => {
  it('is the middle one, or the mean of two, whatever the order', () => {
    const values = [9, 1, 5]
    expect(median(values)).toBe(5)
    expect(values).toEqual([9, 1, 5])
    expect(median([4, 1, 3, 10])).toBe(3.5)
    expect(median([10, 9])).toBe(9.5)
  })

  it('of nothing is an error and no number', () => {
    expect(() => median([])).toThrow('no median')
  })
})

it('counts megabytes of a million bytes', () => {
  expect(megabytesPerSecond(50_000_000, 0.5)).toBe(100)
})

describe('a goal', () => {
  it('is met up to its limit, and then only', () => {
    expect(outcome({ ratio: 3 }, { ratio: 3 })).toBe('met')
    expect(outcome({ ratio: 3.9 }, { ratio: 3 })).toBe('ratio 1.30 x over')
    expect(outcome({ requests: 9 }, { requests: 8 })).toBe('requests 1 over')
    expect(outcome({ requests: 2 }, { requests: 0 })).toBe('requests 2 over')
  })

  it('that is missed by a hair never reads as met', () => {
    expect(outcome({ ratio: 3.0001 }, { ratio: 3 })).toBe('ratio 1.01 x over')
    expect(isMet({ ratio: 3.0001 }, { ratio: 3 })).toBe(false)
  })

  it('names each figure that misses it, and none that does not', () => {
    expect(outcome({ ratio: 4, memory: 80 }, { ratio: 4, memory: 65 })).toBe('memory 1.23 x over')
    expect(outcome({ ratio: 8, memory: 130 }, { ratio: 4, memory: 65 })).toBe('ratio 2.00 x over, memory 2.00 x over')
  })

  it('is not met by what was not measured', () => {
    expect(isMet({}, { ratio: 3 })).toBe(false)
    expect(outcome({ memory: 10 }, { ratio: 3, memory: 65 })).toBe('ratio not measured')
    expect(isMet({ ratio: Number.NaN }, { ratio: 3 })).toBe(false)
  })

  it('that is not set is neither met nor missed', () => {
    expect(isMet({ ratio: 3 }, {})).toBe(null)
    expect(outcome({ ratio: 3 }, {})).toBe('')
    expect(goalText({})).toBe('')
  })

  it('is written with its units', () => {
    expect(goalText({ ratio: 4, memory: 65 })).toBe('<= 4 x floor, 65 MiB')
    expect(goalText({ timeRatio: 2.2, memoryRatio: 1.1 })).toBe('<= time 2.2 x, memory 1.1 x')
    expect(goalText({ kB: 500 })).toBe('<= 500 kB')
  })
})
