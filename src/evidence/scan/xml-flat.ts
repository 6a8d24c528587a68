// Text with references and line ends, made plain in bytes: one short string, where pieces put together would each be kept.

/** Longer values are rare. */
const MOST_BYTES = 4096
const [AMP, SEMICOLON, TAB, LF, CR, SPACE] = [38, 59, 9, 10, 13, 32]

const plain = new Uint8Array(MOST_BYTES)

/** `spaces`: white space becomes spaces. null: it is long, not ASCII, or has character numbers. */
export function flatText(bytes: Uint8Array, from: number, to: number, spaces: boolean): string | null {
  if (to - from > MOST_BYTES) return null
  let length = 0
  for (let i = from; i < to; ) {
    let byte = bytes[i++]!
    if (byte > 127) return null
    if (byte === AMP) {
      byte = named(bytes, i)
      if (byte === 0) return null
      while (bytes[i++] !== SEMICOLON);
    } else if (byte === CR) {
      if (i < to && bytes[i] === LF) i++
      byte = spaces ? SPACE : LF
    } else if (spaces && (byte === LF || byte === TAB)) byte = SPACE
    plain[length++] = byte
  }
  return Buffer.prototype.latin1Slice.call(plain, 0, length)
}

/** The character of `lt`, `gt`, `amp`, `quot`, `apos`, told by the first letters as the reference was found valid; 0: a number. */
function named(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === 108) return 60
  if (first === 103) return 62
  if (first === 113) return 34
  return first !== 97 ? 0 : bytes[at + 1] === 109 ? AMP : 39
}
