// The HTTP service: POST /quotes prices a parcel and keeps the quote, GET /quotes/ID finds it again.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { priceOf } from './price.js'

export function quoteServer({ store, carrier }) {
  return createServer(async (request, response) => {
    try {
      const { status, body } = await answer(request, store, carrier)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    } catch (error) {
      const status = error instanceof RangeError || error instanceof SyntaxError ? 400 : 502
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message }))
    }
  })
}

async function answer(request, store, carrier) {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (request.method === 'POST' && pathname === '/quotes') {
    const parcel = JSON.parse(await text(request))
    const { zone, cents } = priceOf(parcel)
    const quote = { id: randomUUID(), zone, cents, days: await carrier.days(parcel.country) }
    await store.add(quote)
    return { status: 201, body: quote }
  }
  if (request.method === 'GET' && pathname.startsWith('/quotes/')) {
    const quote = await store.find(pathname.slice('/quotes/'.length))
    return quote ? { status: 200, body: quote } : { status: 404, body: { error: 'no such quote' } }
  }
  return { status: 404, body: { error: 'not found' } }
}

async function text(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
