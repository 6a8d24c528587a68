import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Payments } from '../../src/payments.js'
import { listen, paymentProvider } from '../neighbours.js'

describe('external payment provider', () => {
  const provider = paymentProvider()
  let payments
  before(async () => {
    payments = new Payments(await listen(provider))
  })
  after(() => provider.close())

  it('charges, and gives back', async () => {
    const charge = await payments.charge(4200)
    assert.deepEqual([...provider.charges], [charge])
    await payments.giveBack(charge)
    assert.equal(provider.charges.size, 0)
  })

  it('says what the provider answered while it is down', async () => {
    provider.status = 503
    await assert.rejects(payments.charge(1), /answered 503/)
  })
})
