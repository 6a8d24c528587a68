import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Carrier } from '../../src/carrier.js'
import { carrierSandbox, listen, wired } from './sandbox.js'

describe('external carrier', () => {
  it('reads the transit days of a destination', async () => {
    const sandbox = carrierSandbox()
    const carrier = new Carrier(await listen(sandbox))
    assert.equal(await carrier.days('DE'), 2)
    assert.equal(await carrier.days('US'), 5)
    sandbox.close()
  })

  it('answers 502 while the carrier is down', async () => {
    const service = await wired(503)
    const answer = await fetch(`${service.url}/quotes`, { method: 'POST', body: '{"country":"DE","grams":100}' })
    assert.equal(answer.status, 502)
    service.close()
  })
})
