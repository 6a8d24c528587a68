// Globs on names from reports: told in linear time where nothing can match, and never told wrong.
import { describe, expect, it } from '@jest/globals'
import picomatch from 'picomatch'
import { testGlobs } from '../../src/metrics/globs.ts'
import { mayMatch } from '../../src/model/glob.ts'
import { testCase } from '../support/facts.ts'

/** A small generator with a fixed seed: the same cases on every machine. */
function random(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

describe('what cannot match', () => {
  it('is never something that the glob does match', () => {
    const below = random(11)
    const word = (letters: readonly string[], most: number): string =>
      Array.from({ length: 1 + below(most) }, () => letters[below(letters.length)]).join('')
    let matched = 0
    for (let i = 0; i < 20_000; i++) {
      const glob = word(['a', 'B', '*', '*', '/', '**/', '/**', '.', ' ', '-'], 6)
      const text = word(['A', 'b', 'a', '/', '.', ' ', '-'], 7)
      const options = { dot: true, nonegate: true, nocase: true }
      if (!picomatch(glob, options)(text) && !picomatch(glob, { ...options, bash: true })(text)) continue
      matched++
      expect([glob, text, mayMatch(glob)(text)]).toEqual([glob, text, true])
    }
    expect(matched).toBeGreaterThan(500)
  })

  it.each(['{a,b}*', '[ab]', '+(a)', 'a?', '!a', 'a\\*', '"a"', 'ç'])('is not told of %s', (glob) => {
    expect(mayMatch(glob)('zzz')).toBe(true)
  })
})

it('a glob of many stars comes to an end on names made against it', () => {
  const matches = testGlobs(['*order*pay*ship*', '*a*a*a*a*a*a*a*a*a*b'])
  const cases = Array.from({ length: 300 }, (_, i) => testCase(`${'order pay '.repeat(90)}${'a'.repeat(90)}${i}`))
  expect(cases.filter(matches)).toEqual([])
  expect(matches(testCase('An order, to pay and ship'))).toBe(true)
})
