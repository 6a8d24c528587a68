// Lines of a file out of llvm-cov's segments: places where the count changes, each valid until the next.
import type { LineHits } from '../../../model/hits.ts'
import { lineNumber } from '../../coverage/json-places.ts'
import type { SpreadRoom } from '../../coverage/spread.ts'
import { refused } from '../../scan/json.ts'
import { asArray, asCount } from '../../scan/json-fields.ts'

const MAX_HITS = 0xffffffff

interface Segment {
  line: number
  count: number
  /** A segment without a count begins code that is not measured. */
  hasCount: boolean
  /** A counted region starts here; a gap between two regions is none. */
  starts: boolean
  entry: boolean
}

/**
 * As LLVM's own LineCoverageStats: a line has the most hits of the region it begins in and of those that start in it.
 * null: the file claims more lines than are spread out.
 */
export function linesOfSegments(list: readonly unknown[], room: SpreadRoom): LineHits | null {
  const segments = list.map(segmentOf)
  const last = segments.at(-1)?.line ?? 0
  if (!room.take(last)) return null
  const lines: number[] = []
  const hits: number[] = []
  let around: Segment | null = null
  let next = 0
  for (let line = segments[0]?.line ?? 1; line <= last; line++) {
    const first = next
    while (next < segments.length && segments[next]!.line === line) next++
    const here = segments.slice(first, next)
    const count = hitsOf(here, around)
    if (count !== null) {
      lines.push(line)
      hits.push(Math.min(count, MAX_HITS))
    }
    around = here.at(-1) ?? around
  }
  if (next < segments.length) throw refused('wrong_shape', 'its segments are not in the order of their lines')
  return { lines: Uint32Array.from(lines), hits: Uint32Array.from(hits) }
}

/** null: the line holds nothing that is measured. */
function hitsOf(here: readonly Segment[], around: Segment | null): number | null {
  const starting = here.filter((segment) => segment.starts)
  const [first] = here
  const skipped = first !== undefined && !first.hasCount && first.entry
  const inside = around?.hasCount === true
  const counted = here.some((segment) => segment.hasCount && segment.entry)
  if (!counted && (skipped || !inside)) return null
  return starting.reduce((most, { count }) => Math.max(most, count), around?.count ?? 0)
}

/** [line, column, count, has a count, is a region's entry, is a gap]. */
function segmentOf(value: unknown): Segment {
  const [line, , count, hasCount, entry, gap] = asArray(value, 'a segment')
  if (typeof hasCount !== 'boolean' || typeof entry !== 'boolean') throw refused('wrong_shape', 'a segment lacks its marks')
  return {
    line: lineNumber(line, 'the first number of a segment'),
    count: asCount(count, "a segment's count"),
    hasCount,
    entry,
    starts: hasCount && entry && gap !== true,
  }
}
