// The price of a parcel in cents: a base by zone, a surcharge by started kilogram, a limit on weight.
import { zoneOf } from './zones.js'

const BASE = { domestic: 449, neighbour: 899, world: 1699 }
const PER_KILOGRAM = { domestic: 60, neighbour: 140, world: 420 }
const MAX_GRAMS = 31_500

export function priceOf({ country, grams, express = false }) {
  if (!Number.isInteger(grams) || grams <= 0) throw new RangeError('grams must be a positive whole number')
  if (grams > MAX_GRAMS) throw new RangeError(`a parcel weighs at most ${MAX_GRAMS} g`)
  const zone = zoneOf(country)
  const cents = BASE[zone] + Math.ceil(grams / 1000) * PER_KILOGRAM[zone]
  return { zone, cents: express ? Math.round(cents * 1.5) : cents }
}
