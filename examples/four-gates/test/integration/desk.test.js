import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { desk } from '../neighbours.js'

describe('desk to its neighbours', () => {
  let one
  before(async () => {
    one = await desk({ capacity: 10 })
  })
  after(() => one.close())

  it('charges what it books and keeps it', async () => {
    const made = await one.ask('POST', '/bookings', { block: 'stalls', seats: 2 })
    assert.equal(made.status, 201)
    assert.equal(one.provider.charges.size, 1)
    assert.deepEqual(await one.ask('GET', `/bookings/${made.body.id}`), { status: 200, body: made.body })
  })

  it('gives back what is cancelled, once', async () => {
    const { body } = await one.ask('POST', '/bookings', { block: 'circle', seats: 1 })
    const held = one.provider.charges.size
    assert.equal((await one.ask('DELETE', `/bookings/${body.id}`)).body.cancelled, true)
    assert.equal(one.provider.charges.size, held - 1)
    assert.equal((await one.ask('DELETE', `/bookings/${body.id}`)).status, 409)
  })

  it('books nothing that was not paid', async () => {
    const { free } = (await one.ask('GET', '/health')).body
    one.provider.status = 500
    assert.equal((await one.ask('POST', '/bookings', { block: 'stalls', seats: 1 })).status, 502)
    one.provider.status = 200
    assert.equal((await one.ask('GET', '/health')).body.free, free)
  })

  it('tells a caller what is wrong', async () => {
    assert.equal((await one.ask('GET', '/prices?block=roof&seats=1')).status, 400)
    assert.deepEqual((await one.ask('GET', '/prices?block=circle&seats=2')).body, { cents: 6200 })
    assert.equal((await one.ask('POST', '/bookings', { block: 'stalls', seats: 99 })).status, 409)
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/bookings/none'],
      ['DELETE', '/bookings/none'],
    ])
      assert.equal((await one.ask(method, path)).status, 404)
    const malformed = await fetch(new URL('/bookings', one.url), { method: 'POST', body: 'two, please' })
    assert.equal(malformed.status, 400)
  })
})
