// How a repository is set up, as far as it could be told, and what doctor finds in it.
import type { EnvironmentRules } from './approval.ts'
import type { Config } from './config.ts'

/** What was asked for; or, in a sentence of ours, why it is not known. */
export type Told<T> = { known: true; value: T } | { known: false; why: string }

/**
 * `broken`: a gate does not hold, or never opens. `risk`: it holds as long as nobody errs. `unknown` is never `ok`, and neither is
 * `not_looked_at`: the repository has nothing of the kind.
 */
export type FindingState = 'ok' | 'risk' | 'broken' | 'unknown' | 'not_looked_at'

export interface Finding {
  /** Of the check that found it. */
  id: string
  /** What was looked at. Names in it may be foreign text. */
  what: string
  state: FindingState
  /** What is the matter and what may come of it, or why it was not looked at; null: nothing. */
  risk: string | null
  fix: string | null
}

export interface RepositoryFacts {
  fullName: string
  defaultBranch: string
  private: boolean
  ghes: boolean
  /** Whether environments can have required reviewers here; null: the plan is not known. */
  requiredReviewers: boolean | null
}

/** The rules in force for a branch, of whatever ruleset or protection. */
export interface BranchFacts {
  requiredChecks: string[]
  /** Workflows that a ruleset requires. */
  requiredWorkflows: { path: string; organization: boolean }[]
  mergeQueue: boolean
}

export interface ActionsFacts {
  enabled: boolean
  allowed: 'all' | 'local_only' | 'selected'
}

export interface Retention {
  days: number
  /** Told by artifacts: the setting may give more. */
  atLeast: boolean
}

export interface WorkflowFile {
  path: string
  text: string
}

/** An environment that a gate waits in, with what the gate itself would say of it. */
export interface AskedEnvironment {
  gate: number
  name: string
  /** Required sign-offs that have to come from it, each by another person. */
  slots: number
  rules: Told<EnvironmentRules>
  refusals: { setting: string; fix: string }[]
  warnings: { setting: string; fix: string }[]
}

export interface SetupFacts {
  /** `--name`: the check is called `<name> verdict`. */
  name: string
  /** null: it cannot be used. */
  config: Config | null
  /** Where the policy was read from; `defaults` where there is none. */
  source: string
  /** How many problems the policy has. */
  problems: number
  repository: Told<RepositoryFacts>
  /** Of the default branch. */
  branch: Told<BranchFacts>
  actions: Told<ActionsFacts>
  /** For how long artifacts are kept; null: there is none yet to tell by. */
  retention: Told<Retention | null>
  workflows: Told<WorkflowFile[]>
  environments: AskedEnvironment[]
  inAction: boolean
}

/** What setup would do to an environment. */
export interface PlannedEnvironment {
  name: string
  gate: number
  /** In words; empty: it is as it should be. */
  changes: string[]
}

/** What setup cannot do, or nobody did. */
export interface LeftToDo {
  environment: string
  setting: string
  fix: string
  url: string | null
}

export interface SetupDone {
  plan: PlannedEnvironment[]
  /** `none`: nothing had to be. `refused`: nobody said yes. */
  changed: 'all' | 'none' | 'refused'
  left: LeftToDo[]
}
