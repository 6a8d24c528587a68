// Rows of small numbers keyed by line, appended in runs that each belong to an owner, read back by owner in order of line.

type Merge = (into: number[], from: readonly number[]) => void
type Column = Uint32Array<ArrayBuffer>

/** Rows of a page. Pages are never copied as they fill, so that no more is held than the rows themselves. */
const PAGE = 16 * 1024

interface Run {
  owner: number
  page: readonly Column[]
  from: number
  to: number
  sorted: boolean
}

export class Rows {
  private readonly runs: Run[] = []
  private lines: Column
  private first: Column
  private second: Column
  /** Rows in the page, the first one of the run being written, its last line. */
  private at = 0
  private from = 0
  private last = -1
  private owner = 0
  private sorted = true

  /** `width` columns, the first being the line. */
  constructor(private readonly width: 2 | 3) {
    ;[this.lines, this.first, this.second] = this.newPage(1024)
  }

  beginRun(owner: number): void {
    this.endRun()
    this.owner = owner
    this.from = this.at
    this.last = -1
    this.sorted = true
  }

  push(line: number, first: number, second: number): void {
    if (this.at === this.lines.length) this.turn()
    const at = this.at++
    this.lines[at] = line
    this.first[at] = first
    if (this.width > 2) this.second[at] = second
    if (line <= this.last) this.sorted = false
    this.last = line
  }

  /** A run is never split: what there is of it goes to the next page. */
  private turn(): void {
    const before = [this.lines, this.first, this.second]
    const length = this.at - this.from
    const page = this.newPage(Math.max(PAGE, 2 * length))
    for (const [index, column] of page.entries()) if (column.length > 0) column.set(before[index]!.subarray(this.from, this.at))
    ;[this.lines, this.first, this.second] = page
    this.from = 0
    this.at = length
  }

  private newPage(rows: number): [Column, Column, Column] {
    return [new Uint32Array(rows), new Uint32Array(rows), new Uint32Array(this.width > 2 ? rows : 0)]
  }

  private endRun(): void {
    if (this.at === this.from) return
    const page = [this.lines, this.first, this.second].slice(0, this.width)
    this.runs.push({ owner: this.owner, page, from: this.from, to: this.at, sorted: this.sorted })
    this.from = this.at
  }

  /** Columns of each owner that has rows: views where one ascending run holds them, else sorted copies, one row a line. */
  byOwner(owners: number, merge: Merge): (Column[] | undefined)[] {
    this.endRun()
    const runs: Run[][] = Array.from({ length: owners })
    for (const run of this.runs) {
      const list = runs[run.owner]
      if (list) list.push(run)
      else runs[run.owner] = [run]
    }
    return runs.map((list) => {
      if (!list) return undefined
      const [only] = list
      return list.length === 1 && only!.sorted ? columnsOf(only!) : this.merged(list, merge)
    })
  }

  private merged(list: readonly Run[], merge: Merge): Column[] {
    const length = list.reduce((sum, { from, to }) => sum + to - from, 0)
    const all = Array.from({ length: this.width }, () => new Uint32Array(length))
    let filled = 0
    for (const run of list) {
      for (const [index, column] of columnsOf(run).entries()) all[index]!.set(column, filled)
      filled += run.to - run.from
    }
    const lines = all[0]!
    const rows = Array.from(lines.keys()).sort((a, b) => lines[a]! - lines[b]! || a - b)
    const out = all.map(() => new Uint32Array(length))
    let used = 0
    for (const at of rows) {
      const values = all.slice(1).map((column) => column[at]!)
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

function columnsOf({ page, from, to }: Run): Column[] {
  return page.map((column) => column.subarray(from, to))
}
