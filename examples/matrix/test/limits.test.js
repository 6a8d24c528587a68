import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { write } from '../src/write.js'

describe('what cannot be written', () => {
  for (const number of [0, -1, 1.5, 4000]) {
    it(`${number}`, () => assert.throws(() => write(number), RangeError))
  }
})
