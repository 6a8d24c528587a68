// The files that pull a coverage figure down, worst first, with the lines nothing ran.
import type { CoverageMeasure } from '../model/config.ts'
import type { FileCoverage } from '../model/evidence.ts'
import type { LineHits } from '../model/hits.ts'
import type { MetricPart } from '../model/metric.ts'
import { ratioOfFile } from './coverage-union.ts'

const FILES = 20
const RANGES = 50

export function worstFiles(files: readonly FileCoverage[], measure: CoverageMeasure): MetricPart[] {
  const short = files.flatMap((file) => {
    const counted = ratioOfFile(file.totals, measure)
    if (counted === null || counted.ratio.covered >= counted.ratio.total) return []
    return [{ file, ...counted, open: counted.ratio.total - counted.ratio.covered }]
  })
  short.sort((a, b) => b.open - a.open || (a.file.path < b.file.path ? -1 : 1))
  return short.slice(0, FILES).map(({ file, ratio, what }) => ({
    name: file.path,
    state: 'short',
    detail: `${ratio.covered} of ${ratio.total} ${what}`,
    path: file.path,
    ranges: file.lines === null ? [] : uncovered(file.lines),
  }))
}

/** Runs of uncovered lines; lines that hold no code do not interrupt a run. */
export function uncovered({ lines, hits }: LineHits): [number, number][] {
  const ranges: [number, number][] = []
  let open: [number, number] | null = null
  for (let i = 0; i < lines.length; i++) {
    if (hits[i]! > 0) {
      open = null
      continue
    }
    if (open === null) {
      if (ranges.length === RANGES) break
      open = [lines[i]!, lines[i]!]
      ranges.push(open)
    } else open[1] = lines[i]!
  }
  return ranges
}
