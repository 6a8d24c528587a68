// Hostile changes to the bytes of a report, the same for the same seed.

/** A number from 0 (with) to `below` (without). */
export type Random = (below: number) => number

/** Mulberry32: small, and the same on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const encoder = new TextEncoder()

/** What readers trip over: numbers at their edges, the beginnings and ends of every syntax, odd characters. */
const PIECES = [
  '-1',
  '0',
  '-0',
  '1e999',
  '1e-999',
  'NaN',
  'Infinity',
  'null',
  'true',
  '99999999999999999999',
  '4294967296',
  '0x10',
  '1_000',
  '1,5',
  '½',
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '\0',
  '\u0001',
  '\u007f',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '😀',
  '"',
  "'",
  '\\',
  '\\u0000',
  '\\ud800',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '<',
  '>',
  '</',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '<!DOCTYPE a [',
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&evil;',
  '%',
  '%00',
  '../',
  'C:\\',
  '__proto__',
  'constructor',
  '"__proto__":',
  'end_of_record',
  'SF:',
  'DA:1,1',
  'mode: set',
  'ok 1',
  'not ok 1',
  '1..0',
  'Bail out!',
  'failed',
  'passed',
  'skipped',
  'critical',
].map((text) => encoder.encode(text))

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const MUTATIONS: Mutation[] = [
  // A few bytes changed.
  (bytes, random) => {
    const out = bytes.slice()
    for (let times = 1 + random(4); times > 0; times--) out[random(out.length)] = random(256)
    return out
  },
  // One bit.
  (bytes, random) => {
    const out = bytes.slice()
    const at = random(out.length)
    out[at] = out[at]! ^ (1 << random(8))
    return out
  },
  // A piece put in, or in the place of something.
  (bytes, random) => {
    const at = random(bytes.length + 1)
    return joined(bytes.subarray(0, at), PIECES[random(PIECES.length)]!, bytes.subarray(Math.min(bytes.length, at + random(8))))
  },
  // A number replaced.
  (bytes, random) => {
    const from = digitAfter(bytes, random(bytes.length))
    let to = from
    while (to < bytes.length && isDigit(bytes[to]!)) to++
    return joined(bytes.subarray(0, from), PIECES[random(15)]!, bytes.subarray(to))
  },
  // A part left out.
  (bytes, random) => {
    const from = random(bytes.length)
    return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + random(Math.min(400, bytes.length))))
  },
  // A part said again, once or many times.
  (bytes, random) => {
    const from = random(bytes.length)
    const part = bytes.subarray(from, from + 1 + random(200))
    const copies = Array.from({ length: random(8) === 0 ? 200 : 1 }, () => part)
    return joined(bytes.subarray(0, from), ...copies, bytes.subarray(from))
  },
  // The beginning of one and the end of another.
  (bytes, random, other) => joined(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1))),
  // A part of another in the midst.
  (bytes, random, other) => {
    const at = random(bytes.length + 1)
    const from = random(other.length + 1)
    return joined(bytes.subarray(0, at), other.subarray(from, from + random(300)), bytes.subarray(at))
  },
  // One token repeated deep.
  (bytes, random) => {
    const at = random(bytes.length + 1)
    const token = encoder.encode(['[', '{"a":', '<a>', '(', '  ', '# ', '"'][random(7)]!)
    return joined(bytes.subarray(0, at), ...Array.from({ length: 50 + random(400) }, () => token), bytes.subarray(at))
  },
  // UTF-16, with or without its mark, one byte short or not.
  (bytes, random) => {
    const text = new TextDecoder().decode(bytes)
    const big = random(2) === 1
    const out = new Uint8Array(2 * text.length + 2)
    const view = new DataView(out.buffer)
    view.setUint16(0, 0xfeff, !big)
    for (let at = 0; at < text.length; at++) view.setUint16(2 + 2 * at, text.charCodeAt(at), !big)
    return out.subarray(random(4) === 0 ? 2 : 0, out.length - random(2))
  },
  // Cut off.
  (bytes, random) => bytes.slice(0, random(bytes.length)),
]

/** One to three changes. `others`: further reports, of the same format or not. */
export function mutated(bytes: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  let out = bytes
  for (let times = 1 + random(3); times > 0 && out.length > 0; times--)
    out = MUTATIONS[random(MUTATIONS.length)]!(out, random, others[random(others.length)]!)
  return out
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function digitAfter(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) if (isDigit(bytes[at]!)) return at
  return bytes.length
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
