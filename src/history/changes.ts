// What a change did: tests and findings against the run it started from, measurements against what is usual. Pure comparison.
import { median, medianAbsoluteDeviation } from 'simple-statistics'
import type {
  ChangedFinding,
  ChangedMeasurement,
  ChangedTest,
  Changes,
  Few,
  SeenFinding,
  SeenFindings,
  SeenTest,
  SeenTests,
} from '../model/changes.ts'
import { settle } from '../model/compare.ts'
import type { Config } from '../model/config.ts'
import { limitDirection } from '../model/direction.ts'
import { type Facts, SEVERITIES } from '../model/facts.ts'
import { type History, type PastRun, sliKey } from '../model/history.ts'
import type { MetricValue } from '../model/metric.ts'
import { runsBefore } from './samples.ts'
import { type OpenOf, passedIn, seenIn } from './seen.ts'

/** Runs that are looked at for what is flaky and for noise. */
export const LOOKED_BACK = 10
/** Fewer tell nothing of noise. */
const ENOUGH = 4
/** Within so many median absolute deviations lies what differs by chance. */
const SPREAD = 3
const MOST = 50

export interface ChangesInput {
  config: Config
  history: History
  /** Of the admitted reports of this run. */
  facts: readonly Facts[]
  openOf: OpenOf
  metrics: readonly MetricValue[]
  commit: string | null
}

/** null: there is no run to compare with, or nobody can tell which. */
export function changesSince(input: ChangesInput): Changes | null {
  const before = runsBefore(input.history)
  const base = before.filter((run) => run.seen != null).at(-1)
  if (base?.seen == null) return null
  const now = seenIn(input.facts, input.openOf)
  const { seq, commit, at, verdict, level, seen } = base
  return {
    against: { seq, commit, at, verdict, level },
    tests: now.tests === null || seen.tests === null ? null : testChanges(now.tests, seen.tests, before, input),
    findings: now.findings === null || seen.findings === null ? null : findingChanges(now.findings, seen.findings),
    performance: measurementChanges(before, input),
  }
}

function testChanges(
  now: SeenTests,
  then: SeenTests,
  before: readonly PastRun[],
  { facts, commit }: ChangesInput,
): NonNullable<Changes['tests']> {
  const rows = rowsOf(before)
  const failedThen = new Set(then.failing.map((one) => one.id))
  const failingNow = new Set(now.failing.map((one) => one.id))
  const passed = passedIn(facts)
  const told = (test: SeenTest, fails: boolean): ChangedTest => ({
    name: test.name,
    path: test.path,
    since: fails ? sinceOf(test.id, rows) : null,
    flaky: flakyOf(test.id, rows, { fails, commit }),
  })
  const failing = now.failing.map((test) => ({ test, told: told(test, true) }))
  const others = [...new Map(rows.flatMap((row) => row.failing).map((test) => [test.id, test])).values()]
  const quiet = others
    .filter((test) => !failingNow.has(test.id) && passed.has(test.id))
    .map((test) => ({ test, told: told(test, false) }))
  return {
    newly: few(failing.filter(({ test }) => !failedThen.has(test.id)).map((one) => one.told)),
    still: few(failing.filter(({ test }) => failedThen.has(test.id)).map((one) => one.told)),
    fixed: few(quiet.filter(({ test }) => failedThen.has(test.id)).map((one) => one.told)),
    flaky: few(quiet.filter(({ test, told: one }) => !failedThen.has(test.id) && one.flaky !== null).map((one) => one.told)),
    gone: then.failing.filter(({ id }) => !failingNow.has(id) && !passed.has(id)).length,
    complete: then.complete,
  }
}

interface Row extends SeenTests {
  seq: number
  commit: string | null
  ids: ReadonlySet<string>
}

/** The last runs whose failing tests are all known by name, oldest first. */
function rowsOf(before: readonly PastRun[]): Row[] {
  return before.slice(-LOOKED_BACK).flatMap(({ seq, commit, seen }) => {
    const tests = seen?.tests ?? null
    return tests === null || !tests.complete ? [] : [{ ...tests, seq, commit, ids: new Set(tests.failing.map((one) => one.id)) }]
  })
}

/** The first of the unbroken row of failures that ends with the last run. */
function sinceOf(id: string, rows: readonly Row[]): number | null {
  let since: number | null = null
  for (const row of [...rows].reverse()) {
    if (!row.ids.has(id)) break
    since = row.seq
  }
  return since
}

/**
 * Flaky by history: it failed, did not, and failed again; or both on one commit; or failed before it passed within a run. One
 * row of failures with an end is a fault that was mended.
 */
function flakyOf(id: string, rows: readonly Row[], now: { fails: boolean; commit: string | null }): ChangedTest['flaky'] {
  const runs = [...rows.map((row) => ({ fails: row.ids.has(id), commit: row.commit })), now]
  const failed = runs.filter((run) => run.fails).length
  const begins = runs.filter((run, at) => run.fails && runs[at - 1]?.fails !== true).length
  const bothWays = runs.some(
    (run) => run.fails && runs.some((other) => !other.fails && other.commit !== null && other.commit === run.commit),
  )
  const within = rows.filter((row) => row.flaky.includes(id)).length
  return begins > 1 || bothWays || within > 0 ? { failed: failed + within, runs: runs.length } : null
}

function findingChanges(now: SeenFindings, then: SeenFindings): NonNullable<Changes['findings']> {
  const both = now.tools.filter((tool) => then.tools.includes(tool))
  const compared = (list: readonly SeenFinding[]): SeenFinding[] => list.filter((one) => both.includes(one.tool))
  return {
    added: few(without(compared(now.open), compared(then.open)).map(told).sort(byGravity)),
    fixed: few(without(compared(then.open), compared(now.open)).map(told).sort(byGravity)),
    open: now.open.length,
    uncompared: [...new Set([...now.tools, ...then.tools])].filter((tool) => !both.includes(tool)).sort(),
    complete: now.complete && then.complete,
  }
}

/** Of several alike in one file so many are new as there are more of them; those on lines of their own first. */
function without(list: readonly SeenFinding[], others: readonly SeenFinding[]): SeenFinding[] {
  const left = new Map<string, SeenFinding[]>()
  for (const other of others) left.set(other.id, [...(left.get(other.id) ?? []), other])
  const moved = list.filter((one) => !take(left.get(one.id), one.line))
  return moved.filter((one) => left.get(one.id)?.pop() === undefined)
}

function take(others: SeenFinding[] | undefined, line: number | null): boolean {
  const at = others?.findIndex((other) => other.line === line) ?? -1
  if (at >= 0) others!.splice(at, 1)
  return at >= 0
}

function told({ id: _, ...finding }: SeenFinding): ChangedFinding {
  return finding
}

function byGravity(a: ChangedFinding, b: ChangedFinding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
}

function measurementChanges(before: readonly PastRun[], { config, metrics }: ChangesInput): ChangedMeasurement[] {
  return metrics.flatMap(({ id, slis }) => {
    const objectives = config.metrics.find((metric) => metric.id === id)?.objectives ?? []
    return slis.flatMap(({ sli, value, unit }) => {
      const past = before.slice(-LOOKED_BACK).flatMap((run) => {
        const found = run.slis[sliKey(id, sli)]
        return found !== undefined && found.unit === unit && Number.isFinite(found.value) ? [found.value] : []
      })
      if (past.length === 0 || !Number.isFinite(value)) return []
      const objective = objectives.find((one) => one.sli === sli.split('@')[0])
      const smaller = limitDirection(objective?.pass ?? []) !== 'higher_is_better'
      return [{ metric: id, sli, unit, ...measured(value, past, smaller) }]
    })
  })
}

function measured(value: number, past: number[], smallerIsBetter: boolean): Omit<ChangedMeasurement, 'metric' | 'sli' | 'unit'> {
  const middle = settle(median(past))
  const noise = settle(medianAbsoluteDeviation(past))
  const known = { value, median: middle, noise, runs: past.length }
  if (past.length < ENOUGH) return { ...known, state: 'few' }
  const change = settle(value - middle)
  if (Math.abs(change) <= settle(SPREAD * noise)) return { ...known, state: 'within_noise' }
  return { ...known, state: change < 0 === smallerIsBetter ? 'better' : 'worse' }
}

function few<T>(list: readonly T[]): Few<T> {
  return { total: list.length, first: list.slice(0, MOST) }
}
