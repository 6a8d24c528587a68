import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { zoneOf } from '../../src/zones.js'

describe('zones', () => {
  it('knows home, the neighbours and the rest of the world', () => {
    assert.equal(zoneOf('DE'), 'domestic')
    assert.equal(zoneOf('FR'), 'neighbour')
    assert.equal(zoneOf('NZ'), 'world')
  })

  it('refuses what is no country code', () => {
    assert.throws(() => zoneOf('Germany'), /two capital letters/)
  })
})
