// Facts in the form that a bundle has them in.
import type { CoverageFacts, CoverageTotals, Facts, Ratio, TestCase, TestFacts, TestOutcome } from '../../model/evidence.ts'
import { refused } from '../scan/json.ts'
import { writeBranches, writeLines } from './runs.ts'
import type { Pair, Pairs, WrittenCoverage, WrittenFacts, WrittenTests } from './written.ts'

export const OUTCOMES: readonly TestOutcome[] = ['passed', 'failed', 'error', 'skipped']

/** Throws `bad_number` where JSON has no number for what was measured. */
export function writeFacts(facts: Facts): WrittenFacts {
  switch (facts.kind) {
    case 'coverage':
      return writeCoverage(facts)
    case 'tests':
      return writeTests(facts)
    case 'performance':
    case 'reliability':
      JSON.stringify(facts, (_, value) => {
        if (typeof value === 'number' && !Number.isFinite(value))
          throw refused('bad_number', `has the value ${value}, which is no measurement`)
        return value
      })
      return facts
    default:
      return facts
  }
}

function writeCoverage({ kind, totals, declared, headline, files }: CoverageFacts): WrittenCoverage {
  return {
    kind,
    totals: pairsOf(totals),
    declared: declared === null ? null : pairsOf(declared),
    headline,
    files: files.map((file) => ({
      path: file.path,
      totals: pairsOf(file.totals),
      lines: file.lines === null ? null : writeLines(file.lines),
      branches: file.branches === null ? null : writeBranches(file.branches),
    })),
  }
}

function pairsOf({ lines, branches, functions, statements }: CoverageTotals): Pairs {
  const pair = (one: Ratio | null): Pair => (one === null ? null : [one.covered, one.total])
  return [pair(lines), pair(branches), pair(functions), pair(statements)]
}

function writeTests({ cases, ...rest }: TestFacts): WrittenTests {
  const places = new Map<string, number>()
  const placeOf = (text: string): number => {
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, places.size)
    return places.size - 1
  }
  const written = cases.map((one) => writeCase(one, placeOf))
  return { ...rest, texts: [...places.keys()], cases: written }
}

function writeCase(one: TestCase, placeOf: (text: string) => number): (string | number | null)[] {
  const place = (text: string | null): number | null => (text === null ? null : placeOf(text))
  const row = [
    placeOf(one.suite),
    one.name,
    OUTCOMES.indexOf(one.outcome),
    one.seconds,
    place(one.classname),
    place(one.file),
    one.line,
    one.flaky ? 1 : 0,
    one.message,
    one.trace,
  ]
  // A place in `texts` may be 0: of the end of a list only what is null, and `flaky` where it is 0, goes without saying.
  while (row.length > 3 && (row.at(-1) === null || (row.length === 8 && row.at(-1) === 0))) row.pop()
  return row
}
