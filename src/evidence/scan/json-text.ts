// Where a text of a JSON document ends, which a chunk may cut anywhere.

/** Bytes of a text that are looked at one by one before its end is searched for. */
const SHORT_TEXT = 32
/** It goes on in the next chunk. */
export const OPEN = -1
/** As OPEN, and the next byte is escaped. */
export const OPEN_ESCAPED = -2

/** At the quote that ends the text, OPEN or OPEN_ESCAPED. `escaped`: the byte at `from` is. */
export function textEnd(bytes: Uint8Array, from: number, escaped: boolean): number {
  const end = bytes.length
  let at = escaped ? from + 1 : from
  const near = Math.min(end, at + SHORT_TEXT)
  for (; at < near; at++) {
    if (bytes[at] === 0x22) return at
    if (bytes[at] === 0x5c && ++at === end) return OPEN_ESCAPED
  }
  const start = at
  for (; at < end; at++) {
    const quote = bytes.indexOf(0x22, at)
    at = quote === -1 ? end : quote
    let slashes = 0
    while (at - 1 - slashes >= start && bytes[at - 1 - slashes] === 0x5c) slashes++
    if (quote === -1) return slashes % 2 === 1 ? OPEN_ESCAPED : OPEN
    if (slashes % 2 === 0) return at
  }
  return OPEN
}
