// Where a trend meets an absolute limit if it goes on like this.
import { median } from 'simple-statistics'
import { bound, compareLimit } from '../model/compare.ts'
import type { Trend } from '../model/history.ts'
import type { Limit, Term } from '../model/limit.ts'

export interface Line {
  limits: readonly Limit[]
  unit: string
  /** Where the line stands at the last run. */
  end: number
  /** Units a run; never 0. */
  slope: number
  /** When the runs were, in ms. */
  times: readonly number[]
}

/** Further ahead nothing is foretold. */
const FARTHEST = 365
const HOUR_MS = 3_600_000

/** The first limit whose state changes, in whole runs after the last; null: the line leads to none. */
export function crossingOf(line: Line): Trend['crossing'] {
  const found = line.limits.flatMap((limit) =>
    limit.terms.flatMap((term) => {
      const runs = runsUntil(term, limit, line)
      return runs === null ? [] : [{ runs, limit: limit.text }]
    }),
  )
  const first = found.reduce<(typeof found)[number] | null>(
    (least, one) => (least === null || one.runs < least.runs ? one : least),
    null,
  )
  return first === null ? null : { runs: first.runs, at: dateOf(first.runs, line.times), limit: first.limit }
}

function runsUntil(term: Term, limit: Limit, { unit, end, slope }: Line): number | null {
  if (term.mode !== 'absolute' || term.op === '==' || term.op === '!=') return null
  const goal = bound(term, unit, null)
  if (goal === null || !Number.isFinite(goal)) return null
  const holds = (runs: number) => compareLimit({ ...limit, terms: [term] }, end + slope * runs, unit, null)
  const now = holds(0)
  const guess = Math.max(1, Math.floor(Number(((goal - end) / slope).toPrecision(12))))
  if (!(guess <= FARTHEST)) return null
  // Whether the limit itself still holds decides between the run that meets it and the next.
  return [guess, guess + 1].find((runs) => holds(runs) !== now) ?? null
}

/** Only where the runs are far enough apart for a day to mean something. */
function dateOf(runs: number, times: readonly number[]): string | null {
  const gaps = times.slice(1).map((time, at) => time - times[at]!)
  const spacing = gaps.length === 0 ? Number.NaN : median(gaps)
  const at = new Date(times.at(-1)! + runs * spacing)
  return spacing >= HOUR_MS && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}
