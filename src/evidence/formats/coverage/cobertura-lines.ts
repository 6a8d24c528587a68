// The lines of one Cobertura class, as they are listed: numbers in one array that is used again for the next class.

/** Where a number of a line stands among its four. */
export const [LINE, HITS, COVERED, TOTAL] = [0, 1, 2, 3] as const

const MAX_HITS = 0xffffffff
const WIDTH = 4

export class LineLog {
  length = 0
  private rows = new Uint32Array(WIDTH * 256)

  push(line: number, hits: number): void {
    const at = WIDTH * this.length++
    if (at === this.rows.length) {
      const more = new Uint32Array(2 * at)
      more.set(this.rows)
      this.rows = more
    }
    this.rows[at + LINE] = line
    this.rows[at + HITS] = hits > MAX_HITS ? MAX_HITS : hits
    this.rows[at + COVERED] = 0
    this.rows[at + TOTAL] = 0
  }

  /** Of the line pushed last. */
  branches(covered: number, total: number): void {
    const at = WIDTH * (this.length - 1)
    this.rows[at + COVERED] = covered
    this.rows[at + TOTAL] = total
  }

  of(index: number, which: number): number {
    return this.rows[WIDTH * index + which]!
  }

  clear(): void {
    this.length = 0
  }
}
