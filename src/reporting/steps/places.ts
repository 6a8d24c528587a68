// Which lines of a file to cover: as few ranges as are enough, the largest first, the last one as tight as it can be.
import type { MetricPart } from '../../model/metric.ts'

export interface Place {
  ranges: [number, number][]
  /** Uncovered lines in them: any `take` of these will do. */
  of: number
}

/** All ranges, and what the file lacks, where the lines of each range are not counted. */
export function covered({ ranges, sizes, lacks = 0 }: MetricPart, take: number): Place {
  if (sizes === undefined || sizes.length !== ranges.length || take >= lacks) return { ranges, of: lacks }
  const left = ranges.map((range, at) => ({ range, size: sizes[at]! })).sort((a, b) => b.size - a.size)
  const chosen: typeof left = []
  let missing = take
  while (missing > 0 && left.length > 0) {
    const enough = left.filter((one) => one.size >= missing)
    const next = enough.at(-1) ?? left[0]!
    left.splice(left.indexOf(next), 1)
    chosen.push(next)
    missing -= next.size
  }
  chosen.sort((a, b) => a.range[0] - b.range[0])
  return { ranges: chosen.map((one) => one.range), of: chosen.reduce((sum, one) => sum + one.size, 0) }
}
