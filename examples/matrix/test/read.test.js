import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { read } from '../src/read.js'

describe('reading', () => {
  for (const [text, number] of [['I', 1], ['XIV', 14], ['MMXXVI', 2026]]) {
    it(`${text} is ${number}`, () => assert.equal(read(text), number))
  }
  for (const text of ['', 'IIII', 'VX', 'ABC']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => read(text), SyntaxError))
  }
})
