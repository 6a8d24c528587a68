// The branches of one LCOV record: as they are listed, and by line.

/** One buffer for all records: `reset` begins another. */
export class BranchLog {
  /** As listed. */
  total = 0
  covered = 0
  /** Line, key and whether it was taken, of each. */
  private rows = new Uint32Array(3 * 256)
  private line = 0
  private first = 0
  /** Line after line, and no branch of a line again: as all tools but geninfo list them. */
  private plain = true

  reset(): void {
    this.total = 0
    this.covered = 0
    this.line = 0
    this.plain = true
  }

  /** `key` stands for block and branch. */
  push(line: number, key: number, taken: boolean): void {
    const at = 3 * this.total++
    if (at === this.rows.length) {
      const more = new Uint32Array(2 * at)
      more.set(this.rows)
      this.rows = more
    }
    this.rows[at] = line
    this.rows[at + 1] = key
    this.rows[at + 2] = taken ? 1 : 0
    if (taken) this.covered++
    if (line !== this.line) {
      if (line < this.line) this.plain = false
      this.line = line
      this.first = key
    } else if (key === this.first) this.plain = false
  }

  /** Each line once, each branch of it once: geninfo lists those of a template for each of its instances, the first one first. */
  eachLine(take: (line: number, covered: number, total: number) => void): void {
    if (!this.plain) {
      this.eachGrouped(take)
      return
    }
    const end = 3 * this.total
    for (let at = 0; at < end; ) {
      const line = this.rows[at]!
      const start = at
      let covered = 0
      for (; at < end && this.rows[at] === line; at += 3) covered += this.rows[at + 2]!
      take(line, covered, (at - start) / 3)
    }
  }

  private eachGrouped(take: (line: number, covered: number, total: number) => void): void {
    const byLine = new Map<number, number[]>()
    for (let at = 0; at < 3 * this.total; at += 3) {
      const line = this.rows[at]!
      const group = byLine.get(line)
      if (group) group.push(at)
      else byLine.set(line, [at])
    }
    const key = (at: number): number => this.rows[at + 1]!
    const taken = (at: number): boolean => this.rows[at + 2] === 1
    const repeated = [...byLine.values()].some(([first, ...others]) => others.some((at) => key(at) === key(first!)))
    for (const [line, group] of byLine) {
      const hit = group.filter(taken)
      if (repeated) take(line, new Set(hit.map(key)).size, new Set(group.map(key)).size)
      else take(line, hit.length, group.length)
    }
  }
}
