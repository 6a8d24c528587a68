// The service as its callers know it: what each address promises, under load of several callers at once.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { desk } from '../neighbours.js'

describe('service: promises to callers', () => {
  const lines = []
  let one
  before(async () => {
    one = await desk({ capacity: 20, log: (line) => lines.push(line) })
  })
  after(() => one.close())

  it('is up, and says how many seats are free', async () => {
    assert.deepEqual(await one.ask('GET', '/health'), { status: 200, body: { free: 20 } })
  })

  it('never sells a seat twice, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => one.ask('POST', '/bookings', { block: 'gallery', seats: 1 })))
    assert.equal(answers.filter(({ status }) => status === 201).length, 20)
    assert.equal(answers.filter(({ status }) => status === 409).length, 10)
    assert.equal((await one.ask('GET', '/health')).body.free, 0)
    assert.equal(one.provider.charges.size, 20)
  })

  it('frees what is cancelled', async () => {
    const { body } = await desk({ capacity: 1 }).then(async (other) => {
      const { body } = await other.ask('POST', '/bookings', { block: 'stalls', seats: 1 })
      await other.ask('DELETE', `/bookings/${body.id}`)
      const again = await other.ask('POST', '/bookings', { block: 'stalls', seats: 1 })
      other.close()
      return again
    })
    assert.equal(body.cancelled, false)
  })

  it('shows nobody the charge, and logs no body', async () => {
    const other = await desk()
    const { body } = await other.ask('POST', '/bookings', { block: 'stalls', seats: 1 })
    other.close()
    assert.deepEqual(Object.keys(body), ['id', 'block', 'seats', 'cents', 'cancelled'])
    for (const line of lines) assert.match(line, /^(GET|POST) \/[\w/?=&-]* \d{3}$/)
  })

  it('answers what it cannot do with a reason', async () => {
    one.provider.status = 503
    const answers = [
      await one.ask('GET', '/prices?block=stalls&seats=0'),
      await one.ask('GET', '/bookings/none'),
      await one.ask('DELETE', '/bookings/none'),
      await one.ask('PATCH', '/bookings'),
      await one.ask('POST', '/bookings', { block: 'stalls', seats: 400 }),
    ]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [400, 404, 404, 404, 409],
    )
    for (const { body } of answers) assert.equal(typeof body.error, 'string')
  })

  it('keeps what is already cancelled so, and finds it again', async () => {
    const other = await desk()
    const { body } = await other.ask('POST', '/bookings', { block: 'circle', seats: 12 })
    assert.equal(body.cents, 33480)
    assert.equal((await other.ask('DELETE', `/bookings/${body.id}`)).status, 200)
    assert.equal((await other.ask('DELETE', `/bookings/${body.id}`)).status, 409)
    assert.equal((await other.ask('GET', `/bookings/${body.id}`)).body.cancelled, true)
    other.provider.status = 502
    assert.equal((await other.ask('POST', '/bookings', { block: 'circle', seats: 1 })).status, 502)
    other.close()
  })
})
