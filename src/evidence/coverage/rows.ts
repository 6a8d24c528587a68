// Rows of small numbers keyed by line, appended in runs that each belong to an owner, read back by owner in order of line.
import type { Column } from '../../model/hits.ts'
import { ColumnPages } from './column-pages.ts'

type Merge = (into: number[], from: readonly number[]) => void

interface Run {
  owner: number
  columns: readonly Column[]
  sorted: boolean
}

export class Rows {
  private readonly runs: Run[] = []
  private readonly pages = new ColumnPages()
  /** Of the run being written: its rows, how many they are, the last line. */
  private lines = new Uint32Array(256)
  private first = new Uint32Array(256)
  private second = new Uint32Array(256)
  private length = 0
  private last = -1
  private owner = 0
  private sorted = true

  /** `width` columns, the first being the line. */
  constructor(private readonly width: 2 | 3) {}

  beginRun(owner: number): void {
    this.endRun()
    this.owner = owner
    this.last = -1
    this.sorted = true
  }

  push(line: number, first: number, second: number): void {
    const at = this.length
    if (at === this.lines.length) this.grow()
    this.length = at + 1
    this.lines[at] = line
    this.first[at] = first
    this.second[at] = second
    if (line <= this.last) this.sorted = false
    this.last = line
  }

  private grow(): void {
    this.lines = twice(this.lines)
    this.first = twice(this.first)
    this.second = twice(this.second)
  }

  private endRun(): void {
    const { length } = this
    if (length === 0) return
    const columns = [this.pages.keep(this.lines, length), this.pages.keep(this.first, length)]
    if (this.width > 2) columns.push(this.pages.keep(this.second, length))
    this.runs.push({ owner: this.owner, columns, sorted: this.sorted })
    this.length = 0
  }

  /** Columns of each owner that has rows: as they stand where one ascending run holds them, else sorted copies, one row a line. */
  byOwner(owners: number, merge: Merge): (readonly Column[] | undefined)[] {
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
      return list.length === 1 && only!.sorted ? only!.columns : this.merged(list, merge)
    })
  }

  private merged(list: readonly Run[], merge: Merge): Column[] {
    const length = list.reduce((sum, { columns }) => sum + columns[0]!.length, 0)
    const all = Array.from({ length: this.width }, () => new Uint32Array(length))
    let filled = 0
    for (const { columns } of list) {
      for (const [index, column] of columns.entries()) all[index]!.set(column, filled)
      filled += columns[0]!.length
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

function twice(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(2 * column.length)
  more.set(column)
  return more
}
