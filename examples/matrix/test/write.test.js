import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { write } from '../src/write.js'

describe('writing', () => {
  for (const [number, text] of [[1, 'I'], [4, 'IV'], [9, 'IX'], [40, 'XL'], [1994, 'MCMXCIV'], [3999, 'MMMCMXCIX']]) {
    it(`${number} is ${text}`, () => assert.equal(write(number), text))
  }
})
