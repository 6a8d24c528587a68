// A person's word on a gate: what GitHub says of it, and what it is worth once it was held against the rules and the evidence.
import type { LevelNumber } from './level.ts'
import type { Reason } from './reason.ts'

/** One review of the run, as the API lists it: without a time, without an attempt, of all attempts (github-facts 1.5). */
export interface Review {
  environments: string[]
  state: 'approved' | 'rejected' | 'pending'
  user: Person
  /** Hostile text. */
  comment: string
}

/** With what tells it from another one: the API gives a review no id, and says nothing of its order. */
export interface KeyedReview extends Review {
  key: string
}

/** Id of whoever is gone: a no of theirs stands, a yes counts for nothing. */
export const GONE = 0

export interface Person {
  id: number
  login: string
}

/** An environment's protection, as it is now. null: the API does not say. */
export interface EnvironmentRules {
  name: string
  /** False: GitHub would make it when a job names it, without any rule. */
  exists: boolean
  /** Where its settings are. */
  url: string | null
  /** Required reviewers; empty: there is no such rule, and nobody is asked. */
  users: Person[]
  teams: { id: number; slug: string }[]
  preventSelfReview: boolean | null
  adminsBypass: boolean | null
  waitMinutes: number
  /** `any`: no branch rule. `protected`: any branch with a protection. `named`: those of `patterns`. */
  branches: 'any' | 'protected' | 'named'
  patterns: string[]
}

/** What was there before the wait: only what comes beyond it counts. */
export interface Snapshot {
  gate: LevelNumber
  run: number
  attempt: number
  commit: string
  evidenceDigest: string
  policyDigest: string
  /** Keys of the reviews that the run had for each environment. */
  reviews: Record<string, string[]>
  at: string
}

/** Somebody who may not approve this change, and why: a sentence of ours. */
export interface Excluded {
  login: string
  id: number | null
  why: string
}

/** One authority that has to say yes. */
export interface Slot {
  role: string
  environment: string
  required: boolean
  /** null: open. */
  filledBy: Person | null
  comment: string | null
  /** Whether the reviewer quoted the evidence code: `quoted` is right, `none` was quoted. A wrong one never fills a slot. */
  code: 'quoted' | 'none' | null
  /** Answers to the gate's questions, in their order; null: not answered. */
  answers: { question: string; answer: string | null }[]
}

export type ApprovalState =
  /** Nobody has decided yet. */
  | 'awaiting'
  | 'approved'
  | 'rejected'
  /** The job went on without a review that counts: bypassed by an admin, or nobody knows. The gate stays shut. */
  | 'bypassed_or_unknown'
  | 'expired'
  /** It was given for other evidence, another policy, commit or attempt. */
  | 'void'
  /** The environment would not have asked: its rules do not hold. */
  | 'refused'

export interface GateApproval {
  gate: LevelNumber
  state: ApprovalState
  slots: Slot[]
  /** Reviews that did not count, each with its reason. */
  refused: { user: Person; environment: string; reason: Reason }[]
  reasons: Reason[]
  environments: EnvironmentRules[]
  /** What it was given for. */
  commit: string
  evidenceDigest: string
  policyDigest: string
  run: number
  attempt: number
  /** The API gives no time: it was given before this. */
  approvedBefore: string | null
  /** `environment`, or the fallback that the policy names. */
  mechanism: 'environment' | 'issue' | 'pull_request_review'
  /** Gate 4 without auto-progression: a separate dispatch has verified everything again (decision 44). */
  goLive: { actor: string; at: string; approval: string } | null
}

/** One issue for each commit, evidence and gate. */
export interface IssueAsked {
  gate: number
  commit: string
  evidenceDigest: string
  /** The eight characters that a comment must carry. */
  code: string
}
