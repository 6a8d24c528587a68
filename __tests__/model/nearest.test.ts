import { describe, expect, it } from '@jest/globals'
import { nearest } from '../../src/model/nearest.ts'

const KNOWN = ['test_coverage', 'security_score', 'certification_levels', 'id', 'evidence']

describe('nearest', () => {
  it.each([
    ['test_covrage', 'test_coverage'],
    ['tets_coverage', 'test_coverage'],
    ['Test_Coverage', 'test_coverage'],
    ['certification_level', 'certification_levels'],
    ['evidnece', 'evidence'],
    ['ids', 'id'],
    ['coverage', null],
    ['x', null],
    ['', null],
    ['e'.repeat(100_000), null],
  ])('%p is near %p', (word, expected) => {
    expect(nearest(word, KNOWN)).toBe(expected)
  })

  it('takes the nearest of several', () => {
    expect(nearest('levle', ['lever', 'level', 'leave'])).toBe('level')
  })
})
