// Identifiers of certificates: a ULID, so that they sort by time and nobody can guess the next.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const RANDOM_BYTES = 10

/** 26 characters: 48 bits of time in milliseconds, then 80 bits of `random`. */
export function ulid(time: Date, random: Uint8Array): string {
  const ms = time.getTime()
  if (!(ms >= 0 && ms < 2 ** 48)) throw new RangeError('a ULID holds times from 1970 to 10889')
  if (random.length !== RANDOM_BYTES) throw new RangeError(`a ULID takes ${RANDOM_BYTES} random bytes`)
  const bits = random.reduce((sum, byte) => (sum << 8n) | BigInt(byte), BigInt(ms))
  return Array.from({ length: 26 }, (_, at) => ALPHABET[Number((bits >> BigInt(5 * (25 - at))) & 31n)]).join('')
}

export function certificateId(time: Date, random: Uint8Array): string {
  return `CERT-${ulid(time, random)}`
}
