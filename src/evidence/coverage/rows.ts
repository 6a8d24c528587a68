// Rows of small numbers keyed by line, appended in runs that each belong to an owner, read back by owner in order of line.

type Merge = (into: number[], from: readonly number[]) => void

export class Rows {
  private readonly columns: Uint32Array<ArrayBuffer>[]
  private length = 0
  /** Owner and first row of each run, and whether its lines ascend. */
  private readonly owners: number[] = []
  private readonly starts: number[] = []
  private readonly sorted: boolean[] = []
  private last = -1

  /** `width` columns, the first being the line. */
  constructor(private readonly width: number) {
    this.columns = Array.from({ length: width }, () => new Uint32Array(1024))
  }

  beginRun(owner: number): void {
    // A run that got no row is taken over.
    if (this.starts.at(-1) === this.length) {
      this.owners[this.owners.length - 1] = owner
    } else {
      this.owners.push(owner)
      this.starts.push(this.length)
      this.sorted.push(true)
    }
    this.last = -1
  }

  push(line: number, first: number, second: number): void {
    if (this.length === this.columns[0]!.length) this.grow()
    const at = this.length++
    this.columns[0]![at] = line
    this.columns[1]![at] = first
    if (this.width > 2) this.columns[2]![at] = second
    if (line <= this.last) this.sorted[this.sorted.length - 1] = false
    this.last = line
  }

  private grow(): void {
    for (const [index, column] of this.columns.entries()) {
      const next = new Uint32Array(column.length * 2)
      next.set(column)
      this.columns[index] = next
    }
  }

  /** Columns of each owner that has rows: views where one ascending run holds them, else sorted copies, one row a line. */
  byOwner(owners: number, merge: Merge): (Uint32Array[] | undefined)[] {
    const runs: number[][] = Array.from({ length: owners })
    for (const [run, owner] of this.owners.entries()) {
      if (this.endOf(run) === this.starts[run]) continue
      const list = runs[owner]
      if (list) list.push(run)
      else runs[owner] = [run]
    }
    return runs.map((list) => {
      if (!list) return undefined
      const [only] = list
      if (list.length === 1 && this.sorted[only!]) {
        return this.columns.map((column) => column.subarray(this.starts[only!], this.endOf(only!)))
      }
      return this.merged(list, merge)
    })
  }

  private endOf(run: number): number {
    return this.starts[run + 1] ?? this.length
  }

  private merged(list: number[], merge: Merge): Uint32Array[] {
    const rows: number[] = []
    for (const run of list) for (let at = this.starts[run]!; at < this.endOf(run); at++) rows.push(at)
    const lines = this.columns[0]!
    rows.sort((a, b) => lines[a]! - lines[b]! || a - b)
    const out = this.columns.map(() => new Uint32Array(rows.length))
    let used = 0
    for (const at of rows) {
      const values = this.columns.slice(1).map((column) => column[at]!)
      if (used > 0 && out[0]![used - 1] === lines[at]) {
        const into = out.slice(1).map((column) => column[used - 1]!)
        merge(into, values)
        for (const [index, value] of into.entries()) out[index + 1]![used - 1] = value
      } else {
        out[0]![used] = lines[at]!
        for (const [index, value] of values.entries()) out[index + 1]![used] = value
        used++
      }
    }
    return out.map((column) => column.subarray(0, used))
  }
}
