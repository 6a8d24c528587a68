// A file that was read, one that could not be, and what is known of each. The facts themselves are in facts.ts.
import type { Facts, Kind } from './facts.ts'
import type { JsonReading } from './json-reading.ts'
import type { LevelId } from './level.ts'
import type { Problem } from './problem.ts'
import type { Reason } from './reason.ts'

export type * from './facts.ts'

/**
 * Where a file came from. A path is relative to the workspace or to the artifact's root, with forward slashes. `bundle`: path
 * there of the evidence bundle that holds it; its own path is then that in the workspace of the job which wrote the bundle.
 */
export type Origin =
  | { type: 'workspace'; bundle?: string }
  | { type: 'artifact'; name: string; id: number; runId: number; digest: string | null; digestChecked: boolean; bundle?: string }

export interface EvidenceRef {
  path: string
  origin: Origin
  sha256: string
}

/** What a format's reader may say of the file beside its facts. */
export interface ReportInfo {
  /** Name and version of the tool that wrote it, where the file says; hostile text. */
  producer: string | null
  /** Commit the report says it was made for, lower-case hex; null: it names none. */
  commit: string | null
  /** When the report says it was made, ISO UTC; null: it does not say. */
  createdAt: string | null
}

/** A file that was read. `problems` are notices that do not make it unusable. */
export interface Evidence<F extends Facts = Facts> {
  ref: EvidenceRef
  bytes: number
  format: string
  /** Of `format: json`: the declaration it was read by. */
  json?: JsonReading
  kind: F['kind']
  info: ReportInfo
  facts: F
  problems: Problem[]
  /** The config entry that asked for it, else how it was found. */
  declaredBy: EvidenceClaim
  /** ISO time of the file's last modification, or of the artifact's creation. */
  modifiedAt: string | null
  /** Tracked in git: no evidence for a measured family in the Action (decision 12). */
  tracked: boolean
}

/** Who asked for a file. */
export interface EvidenceClaim {
  /** Metric ids that name this file in the config; empty for discovered files and global evidence. */
  metrics: string[]
  /** The level the config states for it; null: told apart by path, artifact or suite. */
  level: LevelId | null
  /** Every level that its entries state, where they state different ones: it speaks for each, and `level` is null. */
  levels?: LevelId[]
  /** Component of a monorepo it belongs to; null: the whole. */
  component: string | null
  discovered: boolean
  committed: boolean
}

/** A file that cannot be used, and why. */
export interface Rejected {
  path: string
  origin: Origin
  sha256: string | null
  bytes: number | null
  format: string | null
  kind: Kind | null
  declaredBy: EvidenceClaim
  problems: Problem[]
  reason: Reason
}

/** A declared pattern that matched nothing, or not the number it promised. */
export interface Unmet {
  pattern: string
  found: number
  expected: number | null
  declaredBy: EvidenceClaim
}

/** Everything that was gathered. Files, rejects and gaps together account for every declared entry. */
export interface Gathered {
  evidence: Evidence[]
  rejected: Rejected[]
  unmet: Unmet[]
  notices: Problem[]
}

/** After admission: what may be judged, with the level(s) it speaks for. */
export interface Admitted<F extends Facts = Facts> extends Evidence<F> {
  /** null: its cases are told apart one by one (tests), or it speaks for no level in particular. */
  level: LevelId | null
  ageSeconds: number | null
  reasons: Reason[]
}
