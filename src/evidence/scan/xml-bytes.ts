// What single bytes and short byte sequences mean to XML: which stop a scan, UTF-8 sequences, references, names.
import { flatText } from './xml-flat.ts'

export const LT = 60
export const GT = 62
export const AMP = 38
export const CR = 13
export const SLASH = 47
export const BANG = 33
export const QUESTION = 63
export const EQUALS = 61
export const RBRACKET = 93
export const DASH = 45
export const QUOTE = 34
export const APOSTROPHE = 39

/** 1 for every byte at which a scan has to look closer: control characters, non-ASCII, and the ones given. */
export function stops(...extra: number[]): Uint8Array {
  const table = new Uint8Array(256)
  for (let byte = 0; byte < 32; byte++) table[byte] = 1
  table[9] = 0
  table[10] = 0
  table.fill(1, 128)
  for (const byte of extra) table[byte] = 1
  return table
}

const blanks = new Uint8Array(256)
for (const byte of [9, 10, 13, 32]) blanks[byte] = 1

export function isBlank(byte: number): boolean {
  return blanks[byte] === 1
}

const nameBytes = new Uint8Array(256).fill(1, 128)
for (let byte = 0; byte < 128; byte++) if (/[A-Za-z0-9_:.-]/.test(String.fromCharCode(byte))) nameBytes[byte] = 1

/** Any non-ASCII byte may be part of a name; the sequence itself is checked apart. */
export function isNameByte(byte: number): boolean {
  return nameBytes[byte] === 1
}

/** A name starts with a letter, `_`, `:` or a non-ASCII character. */
export function startsName(byte: number): boolean {
  return nameBytes[byte] === 1 && !(byte >= 48 && byte <= 57) && byte !== DASH && byte !== 46
}

/** Length of the UTF-8 sequence at a non-ASCII byte; 0: cut off at `end`; -1: invalid, or a character XML forbids. */
export function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  if (length === 0) return -1
  for (let i = 1; i < length; i++) {
    if (at + i >= end) return 0
    if ((bytes[at + i]! & 0xc0) !== 0x80) return -1
  }
  const second = bytes[at + 1]!
  if (first === 0xe0 && second < 0xa0) return -1
  if (first === 0xed && second > 0x9f) return -1
  if (first === 0xf0 && second < 0x90) return -1
  if (first === 0xf4 && second > 0x8f) return -1
  if (first === 0xef && second === 0xbf && bytes[at + 2]! >= 0xbe) return -1
  return length
}

/** The longest reference XML has use for: `&#x0010FFFF;` and some zeros. */
const REFERENCE_BYTES = 24
const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** End of the reference at `&` (past its `;`); 0: cut off at `end`; -1: not one of the five, nor a character XML allows. */
export function referenceEnd(bytes: Uint8Array, at: number, end: number): number {
  let semicolon = at + 1
  while (semicolon < end && semicolon - at < REFERENCE_BYTES && (isNameByte(bytes[semicolon]!) || bytes[semicolon] === 35))
    semicolon++
  if (semicolon === end) return 0
  if (bytes[semicolon] !== 59) return -1
  if (isNamed(bytes, at + 1, semicolon)) return semicolon + 1
  return character(latin1(bytes, at + 1, semicolon)) === null ? -1 : semicolon + 1
}

/** `lt`, `gt` and `quot`, which reports are full of, without a text made of them. */
function isNamed(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from]
  if (to - from === 2) return (first === 108 || first === 103) && bytes[from + 1] === 116
  return to - from === 4 && first === 113 && bytes[from + 1] === 117 && bytes[from + 2] === 111 && bytes[from + 3] === 116
}

function character(body: string): string | null {
  const named = NAMED.get(body)
  if (named !== undefined) return named
  const hex = /^#x([0-9a-fA-F]+)$/.exec(body)
  const decimal = /^#([0-9]+)$/.exec(body)
  const code = hex ? Number.parseInt(hex[1]!, 16) : decimal ? Number.parseInt(decimal[1]!, 10) : -1
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  return allowed ? String.fromCodePoint(code) : null
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes already found valid, as text; `dirty` where they hold references or carriage returns. */
export function decodeText(bytes: Uint8Array, from: number, to: number, dirty: boolean): string {
  if (!dirty) return decodePlain(bytes, from, to)
  const flat = flatText(bytes, from, to, false)
  if (flat !== null) return flat
  const text = decodePlain(bytes, from, to)
  return expand(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)
}

/** As decodeText, with white space made spaces as XML does in attribute values. */
export function decodeValue(bytes: Uint8Array, from: number, to: number, dirty: boolean): string {
  if (!dirty) return decodePlain(bytes, from, to)
  const flat = flatText(bytes, from, to, true)
  if (flat !== null) return flat
  const text = decodePlain(bytes, from, to)
  return expand(/[\r\n\t]/.test(text) ? text.replace(/\r\n|[\r\n\t]/g, ' ') : text)
}

export function decodePlain(bytes: Uint8Array, from: number, to: number): string {
  for (let i = from; i < to; i++) if (bytes[i]! > 127) return decoder.decode(bytes.subarray(from, to))
  return latin1(bytes, from, to)
}

/** A third of the time that a decoder takes for a short text. Right for ASCII alone. */
function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.prototype.latin1Slice.call(bytes, from, to)
}

/** All references in it were found valid. */
function expand(text: string): string {
  let out = ''
  let from = 0
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', from)) {
    const semicolon = text.indexOf(';', at)
    out += text.slice(from, at) + character(text.slice(at + 1, semicolon))!
    from = semicolon + 1
  }
  return out + text.slice(from)
}
