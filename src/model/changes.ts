// What became of tests, findings and measurements since an earlier run: facts, each by its name, none of them a verdict.
import type { Severity } from './facts.ts'
import type { LevelNumber } from './level.ts'
import type { Verdict } from './outcome.ts'

/** What one run saw that a later one can be held against. */
export interface Seen {
  /** null: it read no test report. */
  tests: SeenTests | null
  /** null: it read no report of findings. */
  findings: SeenFindings | null
}

export interface SeenTests {
  failing: SeenTest[]
  /** Ids of those that failed before they passed, within that run. */
  flaky: string[]
  /** False where more failed than are named: then nothing follows from a test's not being among them. */
  complete: boolean
}

/** Foreign text, bounded. Tests of equal id are the same test. */
export interface SeenTest {
  id: string
  name: string
  path: string | null
}

export interface SeenFindings {
  tools: string[]
  /** What policy does not accept. */
  open: SeenFinding[]
  complete: boolean
}

/** Findings of equal id are the same one, wherever in their file they are by now. */
export interface SeenFinding {
  id: string
  tool: string
  name: string
  severity: Severity
  path: string | null
  line: number | null
}

/** All there are, and the first of them. */
export interface Few<T> {
  total: number
  first: T[]
}

export interface ChangedTest {
  name: string
  path: string | null
  /** First record of the row of runs in which it fails; null: it begins with this one. */
  since: number | null
  /** It failed in so many of the last runs, with others between them in which it did not; null: no such row. */
  flaky: { failed: number; runs: number } | null
}

export type ChangedFinding = Omit<SeenFinding, 'id'>

/** A measurement that an objective names, against its own last runs. */
export interface ChangedMeasurement {
  metric: string
  sli: string
  unit: string
  value: number
  /** Median of the last runs, and median absolute deviation from it. */
  median: number
  noise: number
  runs: number
  /** `few`: too few runs to tell noise from change. */
  state: 'few' | 'within_noise' | 'better' | 'worse'
}

export interface Changes {
  /** The newest run of the branch at or before the commit to compare with: what tests and findings are held against. */
  against: { seq: number; commit: string | null; at: string; verdict: Verdict; level: 0 | LevelNumber }
  /** null: one of the two runs has no test report. */
  tests: {
    newly: Few<ChangedTest>
    still: Few<ChangedTest>
    fixed: Few<ChangedTest>
    /** Flaky by history and not failing now. */
    flaky: Few<ChangedTest>
    /** Failed then and did not run now: nobody knows. */
    gone: number
    /** False where not every test that failed then is named: some that are called new may be old. */
    complete: boolean
  } | null
  /** null: one of the two runs has no report of findings. */
  findings: {
    added: Few<ChangedFinding>
    fixed: Few<ChangedFinding>
    open: number
    /** Tools that only one of the two runs has: theirs are not compared. */
    uncompared: string[]
    complete: boolean
  } | null
  performance: ChangedMeasurement[]
}
