import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { started } from './running.js'

describe('journey: buy a seat', () => {
  it('asks the price, pays, and finds the booking again', async () => {
    const system = await started()
    const { cents } = (await system.ask('GET', '/prices?block=circle&seats=2')).body
    const { status, body } = await system.ask('POST', '/bookings', { block: 'circle', seats: 2 })
    assert.equal(status, 201)
    assert.equal(body.cents, cents)
    assert.deepEqual((await system.ask('GET', `/bookings/${body.id}`)).body, body)
    await system.stop()
  })
})

describe('journey: change of plans', () => {
  it('cancels, and somebody else gets the seat', async () => {
    const system = await started({ capacity: 1 })
    const mine = await system.ask('POST', '/bookings', { block: 'stalls', seats: 1 })
    assert.equal((await system.ask('POST', '/bookings', { block: 'stalls', seats: 1 })).status, 409)
    assert.equal((await system.ask('DELETE', `/bookings/${mine.body.id}`)).status, 200)
    assert.equal((await system.ask('POST', '/bookings', { block: 'stalls', seats: 1 })).status, 201)
    await system.stop()
  })
})

describe('journey: the night the desk restarts', () => {
  it('knows every booking afterwards', async () => {
    const before = await started()
    const { body } = await before.ask('POST', '/bookings', { block: 'gallery', seats: 3 })
    await before.stop()
    const after = await started({ file: before.file })
    assert.deepEqual((await after.ask('GET', `/bookings/${body.id}`)).body, body)
    assert.equal((await after.ask('GET', '/health')).body.free, 47)
    await after.stop()
  })
})
