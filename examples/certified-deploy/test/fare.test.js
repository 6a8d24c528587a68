import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayTicket, fare } from '../src/fare.js'

test('each further zone costs the same', () => {
  assert.deepEqual([1, 2, 6].map((zones) => fare(zones)), [180, 240, 480])
})

test('children and seniors pay half, rounded up', () => {
  assert.equal(fare(2, 'child'), 120)
  assert.equal(fare(1, 'senior'), 90)
})

test('there is no ride of no zone, of half a zone, or beyond the last', () => {
  for (const zones of [0, 1.5, 7]) assert.throws(() => fare(zones), RangeError)
})

test('a day never costs more than its ticket', () => {
  assert.equal(dayTicket([1]), 180)
  assert.equal(dayTicket([1, 2, 6, 6]), 540)
})
