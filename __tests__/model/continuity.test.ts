// "Level 2 held for 41 days, 63 commits": from the newest run backwards to the last one below the level.
import { describe, expect, it } from '@jest/globals'
import { continuityOf } from '../../src/model/continuity.ts'
import type { History } from '../../src/model/history.ts'
import type { LevelNumber } from '../../src/model/level.ts'
import { historyOf, pastRun } from '../support/history.ts'

const levels = (...reached: (0 | LevelNumber)[]): History => historyOf(reached.map((level, at) => pastRun(at + 1, { level })))
const DAY = 86_400

describe('how long a level is held', () => {
  it('counts from the first run of the unbroken row to the newest', () => {
    expect(continuityOf(2, levels(2, 1, 2, 3, 2))).toEqual({
      level: 2,
      since: '2026-10-04T12:00:00.000Z',
      seconds: 2 * DAY,
      commits: 3,
      runs: 3,
      complete: true,
    })
  })

  it('a higher level holds the lower ones', () => {
    expect(continuityOf(1, levels(2, 4, 1, 3))?.runs).toBe(4)
    expect(continuityOf(3, levels(2, 4, 1, 3))?.runs).toBe(1)
  })

  it('is none where the newest run is below it, or there is no run', () => {
    expect(continuityOf(2, levels(2, 2, 1))).toBeNull()
    expect(continuityOf(1, levels(1, 1, 0))).toBeNull()
    expect(continuityOf(1, historyOf([]))).toBeNull()
  })

  it('counts a commit once however often it ran, and runs of no commit as none', () => {
    const runs = ['a', 'a', null, 'b'].map((commit, at) => pastRun(at + 1, { commit }))
    expect(continuityOf(2, historyOf(runs))).toMatchObject({ commits: 2, runs: 4 })
  })

  it('one run alone is no time', () => {
    expect(continuityOf(2, levels(1, 2))).toMatchObject({ seconds: 0, runs: 1, commits: 1 })
  })

  it('may have been held longer than was read, unless the break was seen', () => {
    const partly = (history: History) => continuityOf(2, { ...history, complete: false })?.complete
    expect(partly(levels(2, 2, 2))).toBe(false)
    expect(partly(levels(1, 2, 2))).toBe(true)
  })
})
