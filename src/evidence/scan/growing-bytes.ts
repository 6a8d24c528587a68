// Bytes put together from pieces of chunks that do not last.

export class GrowingBytes {
  length = 0
  private bytes = new Uint8Array(64 * 1024)

  add(from: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start
    if (length > this.bytes.length) {
      const more = new Uint8Array(2 * length)
      more.set(this.bytes.subarray(0, this.length))
      this.bytes = more
    }
    this.bytes.set(from.subarray(start, end), this.length)
    this.length = length
  }

  /** A view: valid until the next piece is added. */
  all(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}
