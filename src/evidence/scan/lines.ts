// Whole lines over a byte stream: blocks that end at a line's end, so that a reader scans bytes without ever cutting a line.
import type { ByteSource } from '../format.ts'
import { refusal } from '../problems.ts'
import { utf8Chunks } from './text.ts'
import { decodePlain } from './xml-bytes.ts'

/** No line of a report is longer; bounds what is held when a file has no line ends at all. */
const LINE_BYTES = 1024 * 1024
const NEWLINE = 10

/** UTF-8 bytes from `start` to `end`, made of whole lines each ending in a newline (the file's last one is given one). */
export interface LineBlock {
  readonly bytes: Uint8Array
  readonly end: number
}

/** Throws `line_too_long`. The block is valid until the next one is asked for; its `bytes` may hold more after `end`. */
export function* lineBlocks(source: ByteSource): Iterable<LineBlock> {
  let held = new Uint8Array(64 * 1024)
  let length = 0
  let passed = 0
  for (const chunk of utf8Chunks(source)) {
    const last = chunk.lastIndexOf(NEWLINE)
    const need = length + chunk.length + 1
    if (need > held.length) held = grown(held, length, need)
    held.set(chunk, length)
    const end = last === -1 ? 0 : length + last + 1
    length += chunk.length
    if (end > 0) {
      yield { bytes: held, end }
      passed += end
      held.copyWithin(0, end, length)
      length -= end
    }
    if (length > LINE_BYTES) {
      const line = lineAt(source, passed)
      throw refusal('line_too_long', `line ${line} is longer than ${LINE_BYTES} bytes`, { path: source.path, line })
    }
  }
  if (length > 0) {
    held[length] = NEWLINE
    yield { bytes: held, end: length + 1 }
  }
}

function grown(held: Uint8Array, length: number, need: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(Math.max(need, held.length * 2))
  next.set(held.subarray(0, length))
  return next
}

/** Number of the line that begins after so many bytes. Counted only for a refusal, by reading the file again. */
function lineAt(source: ByteSource, offset: number): number {
  let line = 1
  let left = offset
  for (const chunk of utf8Chunks(source)) {
    const end = Math.min(left, chunk.length)
    for (let at = chunk.indexOf(NEWLINE); at !== -1 && at < end; at = chunk.indexOf(NEWLINE, at + 1)) line++
    left -= end
    if (left === 0) break
  }
  return line
}

/** Text of a piece of a line, without a carriage return at its end; an invalid sequence becomes U+FFFD. */
export function textAt(bytes: Uint8Array, start: number, end: number): string {
  const to = end > start && bytes[end - 1] === 13 ? end - 1 : end
  return decodePlain(bytes, start, to)
}
