import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freeSeats, priceOf, SoldOut, take } from '../../src/seats.js'

describe('component: prices', () => {
  it('multiplies the price of the block', () => {
    assert.equal(priceOf('stalls', 2), 8400)
    assert.equal(priceOf('gallery', 9), 16200)
  })

  it('takes a tenth off for groups of ten', () => {
    assert.equal(priceOf('circle', 10), 27900)
  })

  it('refuses blocks and numbers that cannot be', () => {
    assert.throws(() => priceOf('roof', 1), /no block roof/)
    for (const seats of [0, -1, 1.5, Number.NaN]) assert.throws(() => priceOf('stalls', seats), /positive whole/)
  })
})

describe('component: free seats', () => {
  it('are what nobody holds', () => {
    assert.equal(freeSeats(100, [{ seats: 30 }, { seats: 5, cancelled: true }]), 70)
  })

  it('run out', () => {
    assert.equal(take(3, 3), 0)
    assert.throws(() => take(1, 0), new SoldOut('sold out'))
    assert.throws(() => take(4, 3), new SoldOut('only 3 left'))
  })
})
