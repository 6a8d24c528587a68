// Which price zone a destination country belongs to.
const ZONES = { domestic: ['DE'], neighbour: ['AT', 'BE', 'CH', 'CZ', 'DK', 'FR', 'LU', 'NL', 'PL'] }

export function zoneOf(country) {
  if (!/^[A-Z]{2}$/.test(country)) throw new RangeError('country must be two capital letters')
  if (ZONES.domestic.includes(country)) return 'domestic'
  if (ZONES.neighbour.includes(country)) return 'neighbour'
  return 'world'
}
