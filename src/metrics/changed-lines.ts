// The changed lines of one file that hold code, and which of them ran: each with the most hits that any report gives it.
import type { LineRange } from '../model/diff.ts'
import type { Column, LineHits } from '../model/hits.ts'

export interface ChangedLines {
  covered: number
  total: number
  /** Changed lines that nothing ran, and in each range those that hold code. */
  uncovered: { range: LineRange; lines: number }[]
}

export function changedLines(ranges: readonly LineRange[], reports: readonly LineHits[]): ChangedLines {
  const counted: ChangedLines = { covered: 0, total: 0, uncovered: [] }
  for (const range of ranges) {
    let open: ChangedLines['uncovered'][number] | null = null
    for (const [line, ran] of hitsWithin(range, reports)) {
      counted.total++
      if (ran) {
        counted.covered++
        open = null
        continue
      }
      if (open === null) {
        open = { range: [line, line], lines: 0 }
        counted.uncovered.push(open)
      }
      open.range[1] = line
      open.lines++
    }
  }
  return counted
}

/** By line, ascending. */
function hitsWithin([from, to]: LineRange, reports: readonly LineHits[]): [number, boolean][] {
  const ran = new Map<number, boolean>()
  for (const { lines, hits } of reports) {
    for (let at = firstFrom(lines, from); at < lines.length && lines[at]! <= to; at++)
      ran.set(lines[at]!, hits[at]! > 0 || ran.get(lines[at]!) === true)
  }
  return [...ran].sort(([a], [b]) => a - b)
}

/** Index of the first line that is not before `from`. */
function firstFrom(lines: Column, from: number): number {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle]! < from) low = middle + 1
    else high = middle
  }
  return low
}
