// Bytes to text: which encoding a file is in, and its content as UTF-8 without a byte order mark.
import type { ByteSource } from '../format.ts'
import { refusal } from '../problems.ts'

export interface Encoding {
  /** A label TextDecoder knows. */
  label: string
  /** Bytes of byte order mark to skip. */
  bom: number
}

const UTF8: Encoding = { label: 'utf-8', bom: 0 }

/** Told from a byte order mark, or from the zero bytes that UTF-16 puts between Latin letters. Else UTF-8. */
export function encodingOf(start: Uint8Array): Encoding {
  const [a, b, c, d] = start
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', bom: 3 }
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', bom: 2 }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', bom: 2 }
  if (a !== undefined && a > 0 && b === 0 && c !== undefined && c > 0 && d === 0) return { label: 'utf-16le', bom: 0 }
  if (a === 0 && b !== undefined && b > 0 && c === 0 && d !== undefined && d > 0) return { label: 'utf-16be', bom: 0 }
  return UTF8
}

/** The first `count` bytes of a file, copied. */
export function firstBytes(source: ByteSource, count: number): Uint8Array {
  const out = Buffer.allocUnsafe(count)
  let filled = 0
  for (const chunk of source.chunks()) {
    const part = chunk.subarray(0, count - filled)
    out.set(part, filled)
    filled += part.length
    if (filled === count) break
  }
  return out.subarray(0, filled)
}

/** Text of a piece of a file, lenient: a sequence cut off at its end is dropped, an invalid one becomes U+FFFD. */
export function decodeStart(bytes: Uint8Array): string {
  const { label, bom } = encodingOf(bytes)
  return new TextDecoder(label, { ignoreBOM: true }).decode(bytes.subarray(bom), { stream: true })
}

/**
 * The whole file as text, byte order mark removed. Throws CertifyError `invalid_encoding` on bytes that are not the
 * encoding's, `binary` on a NUL.
 */
export function textOf(source: ByteSource): string {
  const pieces: string[] = []
  const { label, bom } = encodingOf(firstBytes(source, 4))
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
  try {
    let skip = bom
    for (const chunk of source.chunks()) {
      const from = Math.min(skip, chunk.length)
      skip -= from
      pieces.push(decoder.decode(chunk.subarray(from), { stream: true }))
    }
    pieces.push(decoder.decode())
  } catch (error) {
    if (!isDecodingError(error)) throw error
    throw notText(source, label)
  }
  const text = pieces.join('')
  if (text.includes('\0')) {
    const before = text.slice(0, text.indexOf('\0')).split('\n')
    throw refusal('binary', 'holds a NUL character: it is no text', { path: source.path, line: before.length })
  }
  return text
}

/**
 * The file as UTF-8 bytes without a byte order mark, in pieces that live until the next one is asked for. UTF-8 goes
 * through untouched and unchecked; anything else (told by its byte order mark, or `declared`) is decoded and checked.
 */
export function* utf8Chunks(source: ByteSource, declared: string | null = null): Iterable<Uint8Array> {
  const found = encodingOf(firstBytes(source, 4))
  const label = found.label === 'utf-8' && found.bom === 0 && declared !== null ? declared : found.label
  let skip = found.bom
  if (label === 'utf-8') {
    for (const chunk of source.chunks()) {
      const from = Math.min(skip, chunk.length)
      skip -= from
      yield from === 0 ? chunk : chunk.subarray(from)
    }
    return
  }
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
  const encoder = new TextEncoder()
  try {
    for (const chunk of source.chunks()) {
      const from = Math.min(skip, chunk.length)
      skip -= from
      yield encoder.encode(decoder.decode(chunk.subarray(from), { stream: true }))
    }
    yield encoder.encode(decoder.decode())
  } catch (error) {
    if (!isDecodingError(error)) throw error
    throw notText(source, label)
  }
}

function notText(source: ByteSource, label: string) {
  return refusal('invalid_encoding', `holds bytes that are not ${label}`, { path: source.path }, 'Write the report as UTF-8.')
}

/** By its code: in a test, or wherever else the program runs in a context of its own, the decoder's TypeError is another one. */
function isDecodingError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
}
