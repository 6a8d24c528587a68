import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { priceOf } from '../../src/price.js'

describe('price', () => {
  it('adds each started kilogram to the base of the zone', () => {
    assert.deepEqual(priceOf({ country: 'DE', grams: 1 }), { zone: 'domestic', cents: 509 })
    assert.deepEqual(priceOf({ country: 'DE', grams: 1001 }), { zone: 'domestic', cents: 569 })
    assert.deepEqual(priceOf({ country: 'US', grams: 2000 }), { zone: 'world', cents: 2539 })
  })

  it('asks half as much again for express', () => {
    assert.equal(priceOf({ country: 'AT', grams: 500, express: true }).cents, 1559)
  })

  it('refuses weights that cannot be sent', () => {
    assert.throws(() => priceOf({ country: 'DE', grams: 0 }), /positive/)
    assert.throws(() => priceOf({ country: 'DE', grams: 1.5 }), /positive/)
    assert.throws(() => priceOf({ country: 'DE', grams: 31_501 }), /at most/)
  })
})
