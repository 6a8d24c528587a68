// The resolved configuration: every default filled in, every unit normalised, every sentence bound to a check.
import type { CertificateConfig } from './certificate-config.ts'
import type { Check } from './check.ts'
import type { Kind } from './facts.ts'
import type { LevelId, LevelNumber } from './level.ts'
import type { Limit } from './limit.ts'
import type { EvidenceEntry, MetricConfig, Suppression } from './metric-config.ts'
import type { Problem } from './problem.ts'
import type { VexEntry } from './vex.ts'

export type * from './metric-config.ts'

export type EventName = 'pull_request' | 'merge_group' | 'push' | 'release' | 'local'

export interface BaselineConfig {
  select: 'last_passed' | 'last' | 'certificate' | 'fixed'
  count: number
  aggregate: 'avg' | 'median' | 'p90' | 'p95' | 'min' | 'max'
  value: number | null
  missing: 'pending' | 'fail' | 'bootstrap'
}

/** Worse than what was usual: `boundary` in percent of the median, or in interquartile ranges outside the quartiles. */
export interface RegressionConfig {
  test: 'percentage' | 'iqr'
  boundary: number
  /** Fewer samples are no test: the criterion waits. */
  minSamples: number
  /** Number of latest samples that are looked at. */
  window: number
}

export interface CriterionConfig {
  id: string
  level: LevelId
  /** Metric id it judges. */
  metric: string
  pass: Limit[]
  warn: Limit[]
  onMissing: 'fail' | 'pending'
  severity: 'fail' | 'warn' | 'info'
  weight: number
  key: boolean
  baseline: BaselineConfig
  /** Beside the limits; null: none. */
  regression: RegressionConfig | null
  notApplicable: { reason: string; expires: string; approvedBy: string | null } | null
  origin: string
}

/** A sentence of the config and what it is bound to. */
export interface Requirement {
  text: string
  check: Check
  optional: boolean
  origin: string
}

export interface Deliverable extends Requirement {
  /** Human name; equal to `text`. */
  name: string
}

export interface SignOffRule {
  role: string
  users: string[]
  teams: string[]
  environment: string | null
  required: boolean
  distinct: boolean
}

export interface LevelConfig {
  id: LevelId
  number: LevelNumber
  enabled: boolean
  name: string
  description: string
  requirements: Requirement[]
  criteria: CriterionConfig[]
  dependsOn: LevelId[]
  autoProgression: boolean
  manualReview: boolean
  components: string[]
}

export interface GateConfig {
  number: LevelNumber
  id: string
  enabled: boolean
  /** Switched on by the file, not by a default: then it is judged although its level is disabled (spec 0.1, 16). */
  explicit?: boolean
  name: string
  entry: Requirement[]
  exit: Requirement[]
  deliverables: Deliverable[]
  autoProgression: boolean
  manualApproval: boolean
  environment: string | null
  signOffs: SignOffRule[]
  /** Branches and tags that may come to the approval; empty: the policy names none (decision 33). */
  refs: string[]
  /** Asked of whoever approves; answered in the comment of the approval. */
  questions: string[]
}

export interface ComponentConfig {
  id: string
  paths: string[]
  evidence: EvidenceEntry[]
}

export interface ChecklistItemRule {
  id: string
  text: string
  domain: string | null
  check: Check | null
  blocking: boolean
  weight: number
  origin: string
  /** Done, by somebody's word. Left out: nobody vouches for it here. */
  attested?: Attested
  /** It tells how far things are, and holds nothing back; left out: its words or its heading say. */
  progress?: boolean
}

export interface Attested {
  by: string
  on: string
  evidence: string
  /** The first day on which it no longer holds. */
  expires: string
}

export interface ChecklistConfig {
  id: string
  /** A Markdown task list in the repository; null: items only. */
  source: string | null
  items: ChecklistItemRule[]
  /** false: a plain tick is enough. Left out: a tick counts with who, when, evidence and expiry. Loosens. */
  attestation?: false
  /** file:line of `attestation`. */
  origin?: string
}

/** Report paths that begin with the folder `from` are files below `to` in the repository. */
export interface PathMapping {
  from: string
  to: string
}

/** What a config, environment variable or input made easier to pass than the layer below it. */
export interface Loosening {
  /** JSON pointer into the resolved config. */
  pointer: string
  from: string
  to: string
  /** file:line, variable or input that did it. */
  origin: string
}

export interface LedgerConfig {
  enabled: boolean
  branch: string
  /** `in-step`: the evaluating step appends by itself, with a token that may write contents (decision 27). Loosens. */
  write: 'own-job' | 'in-step'
}

export interface Config {
  version: 1
  mode: 'enforce' | 'advisory'
  environment: string
  timeoutSeconds: number
  retries: number
  autoApprove: boolean
  sequential: boolean
  gateAutoProgress: boolean
  target: Record<EventName, LevelNumber>
  discovery: boolean
  /** Level globs for telling suites apart (spec 2.2). */
  suites: Record<LevelId, string[]>
  /** Evidence that names no metric. */
  evidence: EvidenceEntry[]
  metrics: MetricConfig[]
  components: ComponentConfig[]
  levels: LevelConfig[]
  gates: GateConfig[]
  checklists: ChecklistConfig[]
  suppressions: Suppression[]
  /** Left out: it names none. */
  vex?: VexEntry[]
  /** Beside what is found by itself. */
  pathMap: PathMapping[]
  automatedValidation: boolean
  manualReview: {
    enabled: boolean
    approvalRequired: boolean
    reviewTimeoutHours: number
    escalationTimeoutHours: number
    /** Nobody who had a hand in the change approves it (decision 32). */
    preventSelfReview: boolean
    /** Administrators may go past an environment's review. */
    adminBypass: boolean
    /** What stands in for an environment where it cannot have required reviewers. */
    mechanism: 'environment' | 'issue' | 'pull_request_review'
    /** Logins that a fallback takes the word of; environments have their own lists. */
    approvers: string[]
  }
  /** Where evaluations are recorded and compared with; `branch` is the Action's, a laptop keeps a folder. */
  ledger: LedgerConfig
  certificate: CertificateConfig
  policyRefs: string[]
  /** Needed jobs that may be skipped without anything being missing. */
  expectedSkips: string[]
  locked: string[]
  /** Sections accepted but without behaviour in this version (decision 8). */
  notInForce: string[]
  /** Those sections as written (seed keys), for later commands and for the digest. */
  reserved: Record<string, unknown>
}

/** The result of resolving: either a config or every problem at once; notices come with both. */
export interface Resolved {
  config: Config | null
  problems: Problem[]
  notices: Problem[]
  loosened: Loosening[]
  /** What an input or variable tried to loosen where it may not (decision 10). */
  ignored: Loosening[]
  /** `sha256:` over the canonical JSON of the resolved config; null with problems. */
  digest: string | null
  /** Path (and ref) the config was read from; `defaults` without a file. */
  source: string
}

/** A policy as it was resolved without a problem: what a ledger keeps of it. */
export type ResolvedPolicy = Pick<Resolved, 'notices' | 'loosened' | 'ignored' | 'digest' | 'source'> & { config: Config }

/** Families whose evidence is measured, so that a committed file proves nothing (decision 12). */
export const MEASURED_KINDS: readonly Kind[] = ['coverage', 'tests', 'performance', 'security', 'apidocs', 'reliability']
