// What the desk stands between, for tests: a payment provider, a file of bookings, and the desk itself on a free port.
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Payments } from '../src/payments.js'
import { deskServer } from '../src/server.js'
import { BookingStore } from '../src/store.js'

export async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}`
}

/** Charges everything while `status` is 200. `charges` holds what was not given back. */
export function paymentProvider() {
  const charges = new Set()
  const server = createServer((request, response) => {
    const refunded = /^\/charges\/([\w-]+)\/refund$/.exec(request.url)?.[1]
    const body = { id: randomUUID() }
    if (server.status === 200 && refunded === undefined) charges.add(body.id)
    if (server.status === 200) charges.delete(refunded)
    request.resume()
    response.writeHead(server.status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  return Object.assign(server, { status: 200, charges })
}

export async function bookingsFile() {
  return join(await mkdtemp(join(tmpdir(), 'seat-desk-')), 'bookings.jsonl')
}

/** The desk wired to a provider of its own. */
export async function desk({ capacity = 300, log } = {}) {
  const provider = paymentProvider()
  const payments = new Payments(await listen(provider))
  const server = deskServer({ store: new BookingStore(await bookingsFile()), payments, capacity, log })
  const url = await listen(server)
  const ask = async (method, path, body) => {
    const response = await fetch(new URL(path, url), { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status: response.status, body: await response.json() }
  }
  const close = () => {
    for (const one of [server, provider]) one.close()
  }
  return { url, ask, provider, close }
}
