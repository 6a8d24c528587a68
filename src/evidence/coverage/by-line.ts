// Hits and branches collected in maps by line, as the facts hold them: columns in order of line.
import type { BranchHits, LineHits } from '../../model/hits.ts'

const MAX_HITS = 0xffffffff

export function lineHits(byLine: ReadonlyMap<number, number>): LineHits {
  const lines = sortedLines(byLine)
  return { lines, hits: Uint32Array.from(lines, (line) => Math.min(byLine.get(line)!, MAX_HITS)) }
}

/** Most reports list them in order: then nothing is compared twice. */
function sortedLines(byLine: ReadonlyMap<number, unknown>): Uint32Array<ArrayBuffer> {
  const lines = new Uint32Array(byLine.size)
  let at = 0
  let ascending = true
  for (const line of byLine.keys()) {
    if (at > 0 && line < lines[at - 1]!) ascending = false
    lines[at++] = line
  }
  return ascending ? lines : lines.sort()
}

/** Adds branches of a line to those that it has. */
export function addBranches(
  byLine: Map<number, [covered: number, total: number]>,
  line: number,
  covered: number,
  total: number,
): void {
  const before = byLine.get(line) ?? [0, 0]
  byLine.set(line, [before[0] + covered, before[1] + total])
}

export function branchHits(byLine: ReadonlyMap<number, readonly [covered: number, total: number]>): BranchHits {
  const lines = sortedLines(byLine)
  return {
    lines,
    covered: Uint32Array.from(lines, (line) => byLine.get(line)![0]),
    total: Uint32Array.from(lines, (line) => byLine.get(line)![1]),
  }
}
