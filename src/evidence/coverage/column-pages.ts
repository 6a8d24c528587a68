// Columns of numbers packed one after another into large pages, each number in as few bytes as the column's largest needs.
import type { Column } from '../../model/hits.ts'

const FIRST_BYTES = 8 * 1024
const MOST_BYTES = 256 * 1024

/** Pages are never copied as they fill, so that little more is held than the numbers themselves. */
export class ColumnPages {
  private page = new ArrayBuffer(0)
  private at = 0

  /** The first `length` numbers, copied. */
  keep(from: Uint32Array, length: number): Column {
    let bits = 0
    for (let i = 0; i < length; i++) bits |= from[i]!
    const most = bits >>> 0
    const size = most < 0x100 ? 1 : most < 0x10000 ? 2 : 4
    const start = this.room(length, size)
    const column = columnAt(this.page, start, length, size)
    // Told apart, as a loop over one kind of array is many times faster than set() from another kind.
    if (column instanceof Uint8Array) for (let i = 0; i < length; i++) column[i] = from[i]!
    else if (column instanceof Uint16Array) for (let i = 0; i < length; i++) column[i] = from[i]!
    else column.set(from.subarray(0, length))
    return column
  }

  /** Where in the page so many numbers of `size` bytes may stand. */
  private room(length: number, size: number): number {
    let start = Math.ceil(this.at / size) * size
    if (start + length * size > this.page.byteLength) {
      const next = Math.min(MOST_BYTES, Math.max(FIRST_BYTES, 2 * this.page.byteLength))
      this.page = new ArrayBuffer(Math.max(next, length * size))
      start = 0
    }
    this.at = start + length * size
    return start
  }
}

function columnAt(page: ArrayBuffer, start: number, length: number, size: number): Column {
  if (size === 1) return new Uint8Array(page, start, length)
  return size === 2 ? new Uint16Array(page, start, length) : new Uint32Array(page, start, length)
}
