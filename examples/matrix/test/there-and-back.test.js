import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { read } from '../src/read.js'
import { write } from '../src/write.js'

describe('there and back', () => {
  it('every number is read as it was written', () => {
    for (let number = 1; number < 4000; number++) assert.equal(read(write(number)), number)
  })
})
