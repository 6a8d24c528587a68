// What a ride costs, in cents.
const BASE = 180
const PER_ZONE = 60
const HALF = ['child', 'senior']

/** Throws RangeError where there is no such ride. */
export function fare(zones, rider = 'adult') {
  if (!Number.isInteger(zones) || zones < 1 || zones > 6) throw new RangeError(`no ride crosses ${zones} zones`)
  const full = BASE + PER_ZONE * (zones - 1)
  return HALF.includes(rider) ? Math.ceil(full / 2) : full
}

export function dayTicket(rides) {
  const single = rides.reduce((sum, zones) => sum + fare(zones), 0)
  return Math.min(single, 3 * BASE)
}
