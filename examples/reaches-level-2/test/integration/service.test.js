import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { wired } from './sandbox.js'

describe('service communication', () => {
  let service
  before(async () => {
    service = await wired()
  })
  after(() => service.close())

  const post = (body) => fetch(`${service.url}/quotes`, { method: 'POST', body })

  it('quotes a parcel and finds the quote again', async () => {
    const made = await post(JSON.stringify({ country: 'DE', grams: 1200 }))
    assert.equal(made.status, 201)
    const quote = await made.json()
    assert.equal(quote.cents, 569)
    assert.equal(quote.days, 2)
    const found = await fetch(`${service.url}/quotes/${quote.id}`)
    assert.deepEqual(await found.json(), quote)
  })

  it('tells the caller what is wrong with a request', async () => {
    assert.equal((await post('{"country":"DE","grams":-1}')).status, 400)
    assert.equal((await post('not json')).status, 400)
    assert.equal((await fetch(`${service.url}/quotes/none`)).status, 404)
    assert.equal((await fetch(`${service.url}/`)).status, 404)
  })
})
