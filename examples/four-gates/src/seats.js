// Which seats of a show are free, and what some of them cost together. Nothing here knows of files or networks.
const PRICES = { stalls: 4200, circle: 3100, gallery: 1800 }
const GROUP = 10

export class SoldOut extends Error {}

export function priceOf(block, seats) {
  const each = PRICES[block]
  if (each === undefined) throw new RangeError(`there is no block ${block}`)
  if (!Number.isInteger(seats) || seats < 1) throw new RangeError('seats must be a positive whole number')
  const full = each * seats
  return seats >= GROUP ? Math.round(full * 0.9) : full
}

export function freeSeats(capacity, bookings) {
  return capacity - bookings.filter((one) => !one.cancelled).reduce((sum, one) => sum + one.seats, 0)
}

export function take(seats, free) {
  if (seats > free) throw new SoldOut(free === 0 ? 'sold out' : `only ${free} left`)
  return free - seats
}
