// Hits and branches collected in maps by line, as the facts hold them: columns in order of line.
import type { BranchHits, LineHits } from '../../model/hits.ts'

const MAX_HITS = 0xffffffff

export function lineHits(byLine: ReadonlyMap<number, number>): LineHits {
  const sorted = [...byLine].sort(([a], [b]) => a - b)
  return {
    lines: Uint32Array.from(sorted, ([line]) => line),
    hits: Uint32Array.from(sorted, ([, hits]) => Math.min(hits, MAX_HITS)),
  }
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
  const sorted = [...byLine].sort(([a], [b]) => a - b)
  return {
    lines: Uint32Array.from(sorted, ([line]) => line),
    covered: Uint32Array.from(sorted, ([, [covered]]) => covered),
    total: Uint32Array.from(sorted, ([, [, total]]) => total),
  }
}
