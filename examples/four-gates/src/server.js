// The HTTP service: prices, bookings, cancellations, and whether it is up.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { freeSeats, priceOf, SoldOut, take } from './seats.js'

export function deskServer({ store, payments, capacity, log = () => {} }) {
  // One sale at a time: two that looked at the same free seats would both take them.
  let last = Promise.resolve()
  const inTurn = (work) => {
    last = last.then(work, work)
    return last
  }

  async function book({ block, seats }) {
    const cents = priceOf(block, seats)
    take(seats, freeSeats(capacity, await store.all()))
    const booking = { id: randomUUID(), block, seats, cents, charge: await payments.charge(cents), cancelled: false }
    await store.put(booking)
    return shown(201, booking)
  }

  async function cancel(id) {
    const booking = await store.find(id)
    if (booking === undefined) return NOT_FOUND
    if (booking.cancelled) return { status: 409, body: { error: 'already cancelled' } }
    await payments.giveBack(booking.charge)
    const cancelled = { ...booking, cancelled: true }
    await store.put(cancelled)
    return shown(200, cancelled)
  }

  async function answer(request) {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    const id = /^\/bookings\/([\w-]+)$/.exec(pathname)?.[1]
    switch (`${request.method} ${id === undefined ? pathname : '/bookings/ID'}`) {
      case 'GET /health':
        return { status: 200, body: { free: freeSeats(capacity, await store.all()) } }
      case 'GET /prices':
        return { status: 200, body: { cents: priceOf(searchParams.get('block'), Number(searchParams.get('seats'))) } }
      case 'POST /bookings': {
        const asked = JSON.parse(await text(request))
        return inTurn(() => book(asked))
      }
      case 'GET /bookings/ID': {
        const booking = await store.find(id)
        return booking === undefined ? NOT_FOUND : shown(200, booking)
      }
      case 'DELETE /bookings/ID':
        return inTurn(() => cancel(id))
      default:
        return NOT_FOUND
    }
  }

  return createServer(async (request, response) => {
    const { status, body } = await answer(request).catch(failure)
    log(`${request.method} ${request.url} ${status}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

const NOT_FOUND = { status: 404, body: { error: 'not found' } }

/** What a caller sees of a booking: not the charge, with which money could be asked back. */
function shown(status, { charge: _, ...booking }) {
  return { status, body: booking }
}

function failure(error) {
  const status = error instanceof SoldOut ? 409 : error instanceof RangeError || error instanceof SyntaxError ? 400 : 502
  return { status, body: { error: error.message } }
}

async function text(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
