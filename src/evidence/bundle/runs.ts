// Line hits and branches as runs of equal neighbours, and back: small in a bundle, and bounded when somebody else wrote them.
import type { BranchHits, Column, LineHits } from '../../model/hits.ts'
import { refused } from '../scan/json.ts'

const MOST = 0xffffffff

/** What all bundles of a run may still unfold: a run of a few digits can stand for four thousand million lines. */
export interface Budget {
  lines: number
}

export function writeLines({ lines, hits }: LineHits): number[] {
  return writeRuns(lines, [hits])
}

export function writeBranches({ lines, covered, total }: BranchHits): number[] {
  return writeRuns(lines, [covered, total])
}

export function readLines(runs: readonly number[], budget: Budget): LineHits {
  const { lines, columns } = readRuns(runs, 1, budget)
  return { lines, hits: columns[0]! }
}

export function readBranches(runs: readonly number[], budget: Budget): BranchHits {
  const { lines, columns } = readRuns(runs, 2, budget)
  const [covered, total] = columns as [Uint32Array, Uint32Array]
  for (let at = 0; at < lines.length; at++)
    if (covered[at]! > total[at]!)
      throw refused('impossible_total', `states ${covered[at]} covered of ${total[at]} branches in line ${lines[at]}`)
  return { lines, covered, total }
}

function writeRuns(lines: Column, columns: readonly Column[]): number[] {
  const runs: number[] = []
  let next = 0
  for (let start = 0; start < lines.length; ) {
    let end = start + 1
    while (end < lines.length && lines[end] === lines[end - 1]! + 1 && columns.every((one) => one[end] === one[start])) end++
    runs.push(lines[start]! - next, end - start)
    for (const one of columns) runs.push(one[start]!)
    next = lines[end - 1]! + 1
    start = end
  }
  return runs
}

function readRuns(runs: readonly number[], width: number, budget: Budget): { lines: Uint32Array; columns: Uint32Array[] } {
  const step = width + 2
  if (runs.length % step !== 0) throw refused('wrong_shape', `has ${runs.length} numbers, which are no runs of ${step}`)
  const count = lengthOf(runs, step, budget)
  const lines = new Uint32Array(count)
  const columns = Array.from({ length: width }, () => new Uint32Array(count))
  let at = 0
  let line = 0
  for (let run = 0; run < runs.length; run += step) {
    line += runs[run]!
    const end = at + runs[run + 1]!
    columns.forEach((column, index) => {
      column.fill(runs[run + 2 + index]!, at, end)
    })
    while (at < end) lines[at++] = line++
  }
  return { lines, columns }
}

/** Every number and the sum of all lengths is looked at before a byte is set aside for them. */
function lengthOf(runs: readonly number[], step: number, budget: Budget): number {
  let count = 0
  let line = 0
  for (let at = 0; at < runs.length; at++) {
    const value = runs[at]!
    if (!Number.isInteger(value) || value < 0 || value > MOST) throw refused('bad_number', `has ${value} among its runs`)
    if (at % step > 1) continue
    line += value
    if (at % step === 0) continue
    if (value === 0) throw refused('bad_number', 'has a run of no lines')
    count += value
  }
  if (line > MOST + 1) throw refused('bad_number', `goes on to line ${line - 1}`)
  budget.lines -= count
  if (budget.lines < 0)
    throw refused('too_many', 'unfolds to more lines than all bundles together may have', { hint: 'See docs/limits.md.' })
  return count
}
