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
  return short.slice(0, FILES).map(({ file, ratio, what, open }) => ({
    name: file.path,
    state: 'short',
    detail: `${ratio.covered} of ${ratio.total} ${what}`,
    path: file.path,
    kind: 'file',
    lacks: open,
    ...placesOf(file.lines, what === 'lines' && measure !== 'combined' ? open : null),
  }))
}

/** `lacks`: what has to be covered, where it is lines; only then the lines of each range are worth counting. */
function placesOf(hits: LineHits | null, lacks: number | null): Pick<MetricPart, 'ranges' | 'sizes'> {
  if (hits === null) return { ranges: [] }
  const runs = runsOf(hits)
  const ranges = runs.map((run) => run.range)
  const sizes = runs.map((run) => run.lines)
  return sizes.reduce((sum, size) => sum + size, 0) === lacks ? { ranges, sizes } : { ranges }
}

/** Runs of uncovered lines; lines that hold no code do not interrupt a run. */
export function uncovered(hits: LineHits): [number, number][] {
  return runsOf(hits).map((run) => run.range)
}

function runsOf({ lines, hits }: LineHits): { range: [number, number]; lines: number }[] {
  const runs: { range: [number, number]; lines: number }[] = []
  let open: (typeof runs)[number] | null = null
  for (let i = 0; i < lines.length; i++) {
    if (hits[i]! > 0) {
      open = null
      continue
    }
    if (open === null) {
      if (runs.length === RANGES) break
      open = { range: [lines[i]!, lines[i]!], lines: 0 }
      runs.push(open)
    }
    open.range[1] = lines[i]!
    open.lines += 1
  }
  return runs
}
