// Rows of a CSV file (RFC 4180) over a byte stream: quoted fields may hold delimiters, doubled quotes and line ends.
import type { ByteSource } from '../format.ts'
import { refusal } from '../problems.ts'
import { lineBlocks, textAt } from './lines.ts'
import { decodePlain } from './xml-bytes.ts'

/** No row is longer: bounds what is held where a quote is never closed. */
const ROW_BYTES = 1024 * 1024
const NEWLINE = 10
const CR = 13
const QUOTE = 34

/** Reused for every row: valid only until the next one is asked for. */
export class CsvRow {
  /** Number of fields. */
  count = 0
  /** Line that the row starts on, from 1, and how many more it goes on for. */
  line = 0
  more = 0
  private bytes: Uint8Array = new Uint8Array(0)
  private readonly from: number[] = []
  private readonly to: number[] = []

  start(bytes: Uint8Array, line: number): void {
    this.bytes = bytes
    this.line = line
    this.more = 0
    this.count = 0
  }

  add(from: number, to: number): void {
    this.from[this.count] = from
    this.to[this.count++] = to
  }

  /** The field's text without its quotes; empty where the row has no such field. */
  text(field: number): string {
    if (field < 0 || field >= this.count) return ''
    const from = this.from[field]!
    const to = this.to[field]!
    if (this.bytes[from] !== QUOTE) return decodePlain(this.bytes, from, to)
    const end = to - from > 1 && this.bytes[to - 1] === QUOTE ? to - 1 : to
    return textAt(this.bytes, from + 1, end).replaceAll('""', '"')
  }

  /** A whole number of 0 or more; -1 where the field is none. */
  whole(field: number): number {
    if (field < 0 || field >= this.count) return -1
    const to = this.to[field]!
    let value = 0
    let at = this.from[field]!
    if (to === at || to - at > 15) return -1
    for (; at < to; at++) {
      const digit = this.bytes[at]! - 48
      if (digit < 0 || digit > 9) return -1
      value = value * 10 + digit
    }
    return value
  }
}

/** The one row object, again and again. Empty lines are passed over. Throws `line_too_long`, `truncated`. */
export function* csvRows(source: ByteSource, delimiter: string): Iterable<CsvRow> {
  const row = new CsvRow()
  const comma = delimiter.charCodeAt(0)
  /** A row whose quotes are still open at the end of a block. */
  let held = new Uint8Array(0)
  let line = 1
  for (const block of lineBlocks(source)) {
    const bytes = held.length === 0 ? block.bytes : joined(held, block.bytes, block.end)
    const end = held.length + block.end
    let at = 0
    while (at < end) {
      const next = rowAt(row, bytes, at, end, comma, line)
      if (next === -1) break
      line += 1 + row.more
      at = next
      if (row.count > 0) yield row
    }
    held = bytes.slice(at, end)
    if (held.length > ROW_BYTES)
      throw refusal('line_too_long', `the row at line ${line} is longer than ${ROW_BYTES} bytes`, { path: source.path, line })
  }
  if (held.length > 0) throw refusal('truncated', 'ends inside a quoted field', { path: source.path, line })
}

function joined(held: Uint8Array, bytes: Uint8Array, end: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(held.length + end)
  all.set(held)
  all.set(bytes.subarray(0, end), held.length)
  return all
}

/** Fills the row that starts at `start` and returns where the next one does; -1: the row goes on behind `end`. */
function rowAt(row: CsvRow, bytes: Uint8Array, start: number, end: number, comma: number, line: number): number {
  row.start(bytes, line)
  let from = start
  let quoted = bytes[start] === QUOTE
  for (let at = quoted ? start + 1 : start; at < end; at++) {
    const byte = bytes[at]!
    if (quoted) {
      // Of a doubled quote the first one ends the field and the second one opens it again.
      if (byte === QUOTE) quoted = false
      else if (byte === NEWLINE) row.more++
    } else if (byte === comma) {
      row.add(from, at)
      from = at + 1
      if (bytes[from] === QUOTE) {
        quoted = true
        at++
      }
    } else if (byte === QUOTE && bytes[from] === QUOTE && bytes[at - 1] === QUOTE && at - 1 > from) quoted = true
    else if (byte === NEWLINE) {
      const last = at > from && bytes[at - 1] === CR ? at - 1 : at
      if (row.count > 0 || last > from) row.add(from, last)
      return at + 1
    }
  }
  return -1
}
