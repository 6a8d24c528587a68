// What a report says, once read: a union by kind. Facts only; nothing here is judged.
import type { BranchHits, LineHits } from './hits.ts'

export type Kind = 'coverage' | 'tests' | 'performance' | 'security' | 'documentation' | 'apidocs' | 'checklist' | 'reliability'

/** covered <= total, both counts of the same thing. */
export interface Ratio {
  covered: number
  total: number
}

export interface CoverageTotals {
  lines: Ratio | null
  branches: Ratio | null
  functions: Ratio | null
  statements: Ratio | null
}

export interface FileCoverage {
  /** As the report writes it, forward slashes, never resolved. */
  path: string
  totals: CoverageTotals
  /** null where the format has totals per file only. */
  lines: LineHits | null
  branches: BranchHits | null
}

export interface CoverageFacts {
  kind: 'coverage'
  /** What counts (decision 19): counted item by item where the format allows it, else as declared. */
  totals: CoverageTotals
  /** The file's own totals; null where it states none. */
  declared: CoverageTotals | null
  /** The tool's own headline figure. */
  headline: { metric: string; percent: number } | null
  files: FileCoverage[]
}

export type TestOutcome = 'passed' | 'failed' | 'error' | 'skipped'

export interface TestCase {
  suite: string
  name: string
  classname: string | null
  file: string | null
  line: number | null
  outcome: TestOutcome
  /** In records of a ledger one case stands for so many alike; left out: for itself. */
  times?: number
  /** Failed, then passed, within the same run. */
  flaky: boolean
  seconds: number | null
  /** The failure's first line(s), as the report has them: hostile text. */
  message: string | null
  trace: string | null
}

export interface TestFacts {
  kind: 'tests'
  /** total = passed + failed + errors + skipped. */
  totals: { total: number; passed: number; failed: number; errors: number; skipped: number; flaky: number }
  declared: { total: number | null; failed: number | null; errors: number | null; skipped: number | null } | null
  durationSeconds: number | null
  /** Errors outside any test case: they stop a pass just like a failed test. */
  suiteErrors: number
  /** The run was aborted, timed out, or ended before its plan. */
  unfinished: boolean
  cases: TestCase[]
}

export interface PerformanceMetric {
  /** `<metric>.<stat>` where the tool has statistics, as the tool names it. */
  name: string
  value: number
  unit: string | null
}

export interface PerformanceFacts {
  kind: 'performance'
  metrics: PerformanceMetric[]
  /** Number of measured iterations or requests, where the report says. */
  samples: number | null
  /** Failed requests or iterations, where the report says. */
  errors: number | null
  /** Good and total events for reliability (k6: http_req_failed, else checks); null where the report has none. */
  events: { good: number; total: number; source: string } | null
  /** The tool's own threshold verdicts. */
  /** `ok` null: held, but on nothing that was measured. */
  thresholds: { metric: string; text: string; ok: boolean | null }[]
}

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown'

/** Gravest first. One of unknown severity could be high. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'unknown', 'medium', 'low', 'info']

export type ScanKind = 'sast' | 'sca' | 'secrets' | 'container' | 'iac' | 'dast' | 'license'

export interface Finding {
  rule: string
  title: string | null
  severity: Severity
  /** CVSS or security-severity where stated. */
  score: number | null
  tool: string
  /** True where the tool or rule is about security; lint findings feed code quality instead. */
  security: boolean
  path: string | null
  line: number | null
  endLine: number | null
  package: string | null
  version: string | null
  fixedIn: string | null
  /** CVE, GHSA and the like. */
  identifiers: string[]
  fingerprint: string | null
  state: 'active' | 'suppressed' | 'absent' | 'not_failure'
}

export interface SecurityFacts {
  kind: 'security'
  findings: Finding[]
  tools: string[]
  /** What kinds of scan this report is. */
  scans: ScanKind[]
  /** The scan did not complete, in the report's own account. */
  scanFailed: boolean
  /** Why it failed; hostile text. */
  failure: string | null
  /** The commits the report says it scanned (SARIF versionControlProvenance), lower-case. */
  revisions: string[]
}

export interface ChecklistItem {
  text: string
  checked: boolean
  section: string | null
  line: number
  /** Headings above it, outermost first, where there is more than the one of `section`. */
  headings?: string[]
  /** Who vouches for it; left out: it does not say. */
  vouched?: Vouched
  /** Marked so, or below a heading that is: it tells how far things are, and holds nothing back. */
  progress?: true
}

/** Whose word a tick is, as written: hostile text. null: it does not say. */
export interface Vouched {
  by: string | null
  on: string | null
  /** A path of the repository or an https address. */
  evidence: string | null
  expires: string | null
}

export interface ChecklistFacts {
  kind: 'checklist'
  items: ChecklistItem[]
}

/** A heading with the number of words below it, sub-headings included. */
export interface DocumentHeading {
  text: string
  depth: number
  line: number
  words: number
}

export interface DocumentFacts {
  kind: 'documentation'
  path: string
  words: number
  headings: DocumentHeading[]
  placeholders: { text: string; line: number }[]
  /** Relative link targets as written, fragment and query stripped. */
  links: { target: string; line: number; resolves: boolean | null }[]
  /** null: not known (no git). */
  tracked: boolean | null
  /** ISO time of the last commit touching it; null: not known. */
  changedAt: string | null
}

/** How much of a program's interface has documentation, in a tool's account. */
export interface ApiDocsFacts {
  kind: 'apidocs'
  /** Documented, and all that should be. */
  documented: Ratio
  /** What is not, as far as the report names it and the limits allow. */
  undocumented: { name: string; path: string | null; line: number | null }[]
}

export interface ReliabilityFacts {
  kind: 'reliability'
  events: { good: number; total: number; source: string } | null
  window: string | null
}

export type Facts =
  | CoverageFacts
  | TestFacts
  | PerformanceFacts
  | SecurityFacts
  | DocumentFacts
  | ApiDocsFacts
  | ChecklistFacts
  | ReliabilityFacts

/** By index and not by Extract, which would keep a format of one kind out of a list of formats of any kind. */
export type FactsOf<K extends Kind> = { [F in Facts as F['kind']]: F }[K]
