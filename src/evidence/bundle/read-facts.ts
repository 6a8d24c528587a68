// Facts back from the form a bundle has them in; whoever wrote it, no count in them contradicts another.
import type { CoverageFacts, CoverageTotals, Facts, FileCoverage, Ratio, TestCase, TestFacts } from '../../model/evidence.ts'
import type { Limits } from '../format.ts'
import { refused } from '../scan/json.ts'
import { inside } from '../scan/json-fields.ts'
import { type Budget, readBranches, readLines } from './runs.ts'
import { OUTCOMES } from './write-facts.ts'
import type { Pair, Pairs, WrittenCoverage, WrittenFacts, WrittenFileCoverage, WrittenTests } from './written.ts'

/** The shape is checked before, by the schema. Throws CertifyError with the place within the facts. */
export function readFacts(written: WrittenFacts, limits: Limits, budget: Budget): Facts {
  switch (written.kind) {
    case 'coverage':
      return readCoverage(written, budget)
    case 'tests':
      return readTests(written, limits)
    case 'security':
      if (written.findings.length > limits.findings)
        throw refused('too_many', `has more than ${limits.findings} findings`, { hint: 'See docs/limits.md.' })
      return written
    case 'apidocs':
      inside(
        () => 'documented',
        () => possible([written.documented.covered, written.documented.total]),
      )
      return written
    default:
      return written
  }
}

function readCoverage({ kind, totals, declared, headline, files }: WrittenCoverage, budget: Budget): CoverageFacts {
  return {
    kind,
    totals: inside(
      () => 'totals',
      () => totalsOf(totals),
    ),
    // What a report says of itself may be wrong: it is only shown.
    declared: declared === null ? null : namedPairs(declared),
    headline,
    files: files.map((file, at) =>
      inside(
        () => `files[${at}]`,
        () => readFile(file, budget),
      ),
    ),
  }
}

function readFile(file: WrittenFileCoverage, budget: Budget): FileCoverage {
  return {
    path: file.path,
    totals: inside(
      () => 'totals',
      () => totalsOf(file.totals),
    ),
    lines:
      file.lines === null
        ? null
        : inside(
            () => 'lines',
            () => readLines(file.lines!, budget),
          ),
    branches:
      file.branches === null
        ? null
        : inside(
            () => 'branches',
            () => readBranches(file.branches!, budget),
          ),
  }
}

function totalsOf(pairs: Pairs): CoverageTotals {
  for (const pair of pairs) if (pair !== null) possible(pair)
  return namedPairs(pairs)
}

function possible(pair: readonly [number, number]): void {
  const [covered, total] = pair.map(count) as [number, number]
  if (covered > total) throw refused('impossible_total', `states ${covered} covered of ${total}`)
}

function namedPairs([lines, branches, functions, statements]: Pairs): CoverageTotals {
  const ratio = (pair: Pair): Ratio | null => (pair === null ? null : { covered: pair[0], total: pair[1] })
  return { lines: ratio(lines), branches: ratio(branches), functions: ratio(functions), statements: ratio(statements) }
}

function readTests({ texts, cases, ...rest }: WrittenTests, limits: Limits): TestFacts {
  const facts: TestFacts = {
    ...rest,
    suiteErrors: inside(
      () => 'suiteErrors',
      () => count(rest.suiteErrors),
    ),
    cases: cases.map((row, at) =>
      inside(
        () => `cases[${at}]`,
        () => readCase(row, texts, limits),
      ),
    ),
  }
  inside(
    () => 'totals',
    () => agree(facts),
  )
  return facts
}

/** Each list of a case and of its totals: numbers that add up. */
function agree({ totals, cases }: TestFacts): void {
  for (const value of Object.values(totals)) count(value)
  const { total, passed, failed, errors, skipped } = totals
  if (total !== passed + failed + errors + skipped)
    throw refused('impossible_total', `states ${total} tests, and ${passed + failed + errors + skipped} by outcome`)
  if (cases.length === 0) return
  const counted = OUTCOMES.map((outcome) => cases.filter((one) => one.outcome === outcome).length)
  if ([passed, failed, errors, skipped].some((stated, at) => stated !== counted[at]))
    throw refused(
      'impossible_total',
      `states ${[passed, failed, errors, skipped].join(', ')} passed, failed, errors, skipped; its cases are ${counted.join(', ')}`,
    )
}

function readCase(row: readonly (string | number | null)[], texts: readonly string[], limits: Limits): TestCase {
  const [
    suite,
    name,
    outcome,
    seconds = null,
    classname = null,
    file = null,
    line = null,
    flaky = 0,
    message = null,
    trace = null,
  ] = row
  const known = typeof outcome === 'number' ? OUTCOMES[outcome] : undefined
  const suiteName = textIn(texts, suite)
  if (suiteName === null || typeof name !== 'string' || known === undefined || row.length > 10)
    throw refused('wrong_shape', 'is no test: suite, name and outcome are needed, and ten values at most')
  if (!isNumber(seconds) || !isNumber(line) || (flaky !== 0 && flaky !== 1) || !isText(message) || !isText(trace))
    throw refused('wrong_shape', 'has a value of another type than it has there')
  if (line !== null) count(line)
  return {
    suite: suiteName,
    name,
    classname: textIn(texts, classname),
    file: textIn(texts, file),
    line,
    outcome: known,
    flaky: flaky === 1,
    seconds,
    message: message?.slice(0, limits.textLength) ?? null,
    trace: trace?.slice(0, limits.textLength) ?? null,
  }
}

function textIn(texts: readonly string[], place: string | number | null | undefined): string | null {
  if (place === null) return null
  const text = typeof place === 'number' ? texts[place] : undefined
  if (text === undefined)
    throw refused('wrong_shape', `names the text ${JSON.stringify(place)}, of which there are ${texts.length}`)
  return text
}

function isNumber(value: string | number | null): value is number | null {
  return typeof value !== 'string'
}

function isText(value: string | number | null): value is string | null {
  return typeof value !== 'number'
}

function count(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw refused('bad_number', `${value} is no count`)
  return value
}
