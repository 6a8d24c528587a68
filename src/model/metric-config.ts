// How metrics are measured, resolved: evidence entries, objectives, documents, scenarios, suppressions.
import type { ScanKind, Severity } from './facts.ts'
import type { JsonReading } from './json-reading.ts'
import type { LevelId } from './level.ts'
import type { Limit } from './limit.ts'

/** One entry under `metrics.<id>.evidence` or `evidence`. */
export interface EvidenceEntry {
  /** Globs relative to the workspace, or to the artifact's root. */
  paths: string[]
  /** Artifact name pattern; null: the workspace. */
  artifact: string | null
  /** Format id that must read it; null: told by content. */
  format: string | null
  /** Of `format: json`: where its figures are. */
  json?: JsonReading
  level: LevelId | null
  component: string | null
  /** Number of files it must match; null: at least one. */
  expect: number | null
  required: boolean
  /** May be tracked in git (decision 12); recorded as loosened. */
  committed: boolean
  origin: string
}

export interface Objective {
  sli: string
  pass: Limit[]
  warn: Limit[]
  weight: number
  key: boolean
  origin: string
}

export interface DocumentRule {
  id: string
  path: string
  minWords: number
  headings: string[]
  maxAgeSeconds: number | null
  weight: number
  /** Check that relative links resolve. */
  links: boolean
}

/** A declared interaction, service, database, integration point or journey, bound to tests by globs on suite, file, classname or name. */
export interface ScenarioPoint {
  id: string
  tests: string[]
}

export interface Suppression {
  /** Rule id, CVE, or fingerprint. */
  id: string
  path: string | null
  package: string | null
  justification: string
  owner: string
  /** ISO date. */
  expires: string
  origin: string
}

export type MetricFamily =
  | 'coverage'
  | 'tests'
  | 'performance'
  | 'security'
  | 'quality'
  | 'documentation'
  | 'checklist'
  | 'scenario'
  | 'reliability'
  | 'readiness'
  | 'approval'
  | 'value'
  | 'composite'
  | 'continuity'
  | 'new_code'

export type CoverageMeasure = 'lines' | 'statements' | 'branches' | 'functions' | 'combined'

/** How a metric is measured. One object for all families keeps the config flat; a family reads its own keys. */
export interface MetricConfig {
  id: string
  family: MetricFamily
  level: LevelId
  unit: string
  evidence: EvidenceEntry[]
  maxAgeSeconds: number | null
  /** coverage */
  measure: CoverageMeasure
  include: string[]
  exclude: string[]
  /** performance */
  objectives: Objective[]
  /** security, quality: points per severity taken from 100. */
  weights: Record<Severity, number>
  requireScans: ScanKind[]
  /** documentation */
  documents: DocumentRule[]
  /** scenario: declared points; else `tests` globs select the suites, else the level's own suites. */
  points: ScenarioPoint[]
  tests: string[]
  /** reliability */
  minEvents: number
  /** new_code: with fewer changed lines that hold code nothing is enforced. */
  minLines: number
  /** value: SLI name to read from performance evidence. */
  sli: string | null
  /** composite: metric ids with weights. */
  parts: { metric: string; weight: number }[]
  /** readiness, checklist: names under `checklists`. */
  checklists: string[]
  origin: string
}
