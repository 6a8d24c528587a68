// An evidence bundle as it is written: what one job's reports say, in one JSON document. Its schema is made from these types.
import type {
  ApiDocsFacts,
  ChecklistFacts,
  CoverageFacts,
  DocumentFacts,
  PerformanceFacts,
  ReliabilityFacts,
  ReportInfo,
  SecurityFacts,
  TestFacts,
} from '../../model/evidence.ts'
import type { JsonReading } from '../../model/json-reading.ts'
import type { Problem } from '../../model/problem.ts'

export const BUNDLE_SCHEMA = 'certify/evidence-bundle/v1'

export interface EvidenceBundle {
  /** The first key of the document: by it a bundle is told from other JSON. */
  schema: 'certify/evidence-bundle/v1'
  /** What wrote it. */
  tool: string
  /** Commit the job worked on, lower-case hex; null: not known. */
  commit: string | null
  /** Patterns that were asked for and matched nothing. */
  missing: string[]
  files: WrittenFile[]
  rejected: WrittenReject[]
}

export interface WrittenFile {
  /** In the workspace of the job, forward slashes. */
  path: string
  sha256: string
  bytes: number
  format: string
  /** Of `format: json`: the pointers it was read by. */
  json?: JsonReading
  info: ReportInfo
  problems: Problem[]
  modifiedAt: string | null
  tracked: boolean
  facts: WrittenFacts
}

/** A file of the job that could not be used, and why. */
export interface WrittenReject {
  path: string
  sha256: string | null
  bytes: number | null
  format: string | null
  /** Formats that claim its content, where more than one does. */
  claimedBy: string[]
  problems: Problem[]
}

export type WrittenFacts =
  | WrittenCoverage
  | WrittenTests
  | PerformanceFacts
  | SecurityFacts
  | DocumentFacts
  | ApiDocsFacts
  | ChecklistFacts
  | ReliabilityFacts

/** Covered and total; null: not known. */
export type Pair = [number, number] | null

/** Of lines, branches, functions, statements. */
export type Pairs = [Pair, Pair, Pair, Pair]

export interface WrittenCoverage {
  kind: 'coverage'
  totals: Pairs
  declared: Pairs | null
  headline: CoverageFacts['headline']
  files: WrittenFileCoverage[]
}

export interface WrittenFileCoverage {
  path: string
  totals: Pairs
  /** Runs of lines one after the other with equal hits, three numbers each: lines passed over, length, hits. */
  lines: number[] | null
  /** Runs as of lines, four numbers each: lines passed over, length, covered, total. */
  branches: number[] | null
}

export interface WrittenTests {
  kind: 'tests'
  totals: TestFacts['totals']
  declared: TestFacts['declared']
  durationSeconds: number | null
  suiteErrors: number
  unfinished: boolean
  /** Suites, classes and files, each once. */
  texts: string[]
  /**
   * One list a case: suite (place in `texts`), name, outcome (place in passed, failed, error, skipped), seconds, class, file
   * (places in `texts`), line, flaky (0 or 1), message, trace. What is null or 0 at its end is left out.
   */
  cases: (string | number | null)[][]
}
