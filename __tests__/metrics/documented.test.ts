// docs/metrics.md lists every criterion and every family.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { METRICS } from '../../src/metrics/index.ts'
import { SEED_CRITERIA } from '../support/config.ts'

const text = readFileSync('docs/metrics.md', 'utf8')

describe('docs/metrics.md', () => {
  it.each(SEED_CRITERIA.map((one) => [one.id, one.family]))(
    'says how %s is measured, what from, and when it is unknown',
    (id, family) => {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${id}\` |`))
      const cells = (row ?? '')
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1)
      expect(cells).toHaveLength(6)
      expect(cells[1]).toBe(family)
      expect(cells.filter((cell) => cell === '')).toEqual([])
    },
  )

  it.each(METRICS.map((one) => one.family))('has the arithmetic of %s', (family) => {
    expect(text).toMatch(new RegExp(`^### (?:\\w+ and )?${family}(?: and \\w+)?$`, 'm'))
  })
})
