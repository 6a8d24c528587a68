// What a ledger tells of earlier evaluations, as the middle of the house sees it: facts to compare with, never a verdict.
import type { Changes, Seen } from './changes.ts'
import type { LevelNumber } from './level.ts'
import type { Outcome, Verdict } from './outcome.ts'

/** A value that was measured then. */
export interface PastValue {
  value: number
  unit: string
}

export interface PastCriterion extends PastValue {
  outcome: Outcome
}

/** One earlier evaluation. */
export interface PastRun {
  /** Number of its record. */
  seq: number
  /** When it was evaluated, ISO UTC. */
  at: string
  commit: string | null
  verdict: Verdict
  level: 0 | LevelNumber
  /** Stored by `certify baseline`: it counts although nothing relative could be judged yet. */
  baseline: boolean
  /** `sha256:` of the policy it was judged by. */
  policy: string | null
  /** Known values by criterion id. */
  criteria: Readonly<Record<string, PastCriterion>>
  /** Measurements that objectives name, by `sliKey`. */
  slis: Readonly<Record<string, PastValue>>
  /** Its failing tests and open findings, of the few runs for which they were asked; null: its record does not tell. */
  seen?: Seen | null
}

/** The name under which a component's own measurement is kept; `component` null: the whole's. */
export function sliOf(sli: string, component: string | null): string {
  return component === null ? sli : `${sli}@${component}`
}

/** The key of a metric's objective in `PastRun.slis` and `Baselines.slis`. */
export function sliKey(metric: string, sli: string): string {
  return `${metric} ${sli}`
}

/**
 * `known`: read and checked, also where it holds no run yet. `absent`: there is no ledger yet. `off`: none is kept here.
 * `unreadable`: it cannot be read or does not verify; whatever needs it cannot be judged (decision 38).
 */
export interface History {
  state: 'known' | 'absent' | 'off' | 'unreadable'
  /** As a person names the place: `.certify/ledger`. */
  place: string
  /** Why it is unreadable, and what to do: sentences of ours. */
  problem: { message: string; hint: string | null } | null
  /** Where the chain ended when it was read; null: nothing in it, or not read. */
  head: { seq: number; hash: string } | null
  /** Branch whose runs these are; null: not known. */
  branch: string | null
  /** Evaluations of that branch itself, never of pull requests; oldest first. */
  runs: readonly PastRun[]
  /** False where older runs of the branch may exist that were not read. */
  complete: boolean
  /**
   * Commits at or before the one to compare with (a pull request's merge base). null with `ancestryProblem`: history does not
   * tell, which is no baseline; null without: every run counts (nothing to relate to).
   */
  ancestors: ReadonlySet<string> | null
  ancestryProblem: string | null
}

/** No ledger is kept: nothing to compare with, and nothing that could not be read. */
export const NO_HISTORY: History = {
  state: 'off',
  place: 'the ledger',
  problem: null,
  head: null,
  branch: null,
  runs: [],
  complete: true,
  ancestors: null,
  ancestryProblem: null,
}

/** What a criterion or objective is compared with. */
export interface Baseline {
  value: number
  unit: string
  /** Values it was made from, newest first, with their record. */
  samples: readonly { seq: number; commit: string | null; at: string; value: number }[]
}

/**
 * Found, or why there is none. `needed`: samples that the policy asks for; `found`: how many there are.
 * `steps`: the places that were looked in, in order, each a sentence of ours.
 */
export type BaselineResult =
  | { state: 'found'; baseline: Baseline; steps: string[] }
  | { state: 'few'; found: number; needed: number; steps: string[] }
  | { state: 'none'; steps: string[] }
  | { state: 'unreadable'; message: string; hint: string | null; steps: string[] }

/** Where a regression test draws its line: what is on the worse side of `line` is a regression. */
export interface RegressionLine {
  line: number
  unit: string
  direction: Direction
  /** Median of the samples. */
  median: number
  samples: number
}

export type RegressionResult =
  | { state: 'found'; regression: RegressionLine; steps: string[] }
  | Exclude<BaselineResult, { state: 'found' }>

export interface Baselines {
  /** By criterion id, for every criterion. */
  criteria: Readonly<Record<string, BaselineResult>>
  /** By `sliKey`, for objectives with a limit against the baseline. */
  slis: Readonly<Record<string, BaselineResult>>
  /** By criterion id, for criteria with a regression test. */
  regressions: Readonly<Record<string, RegressionResult>>
}

/** How long a level has been held without a break on the branch, from its runs. */
export interface Continuity {
  level: LevelNumber
  since: string
  seconds: number
  commits: number
  runs: number
  /** False where it may have been held for longer than was read. */
  complete: boolean
}

export type Direction = 'higher_is_better' | 'lower_is_better'

/** How one criterion went over the branch's last runs. */
export interface Trend {
  criterion: string
  unit: string
  /** Oldest first. */
  points: readonly { seq: number; at: string; value: number }[]
  min: number
  median: number
  max: number
  /** `few`: not enough data. `stable`: no direction beyond the noise. */
  direction: 'few' | 'stable' | 'improving' | 'worsening'
  /** Theil-Sen slope in units a run; null with `few`. */
  slope: number | null
  /** Median absolute deviation of the points from their line. */
  noise: number | null
  /** Records at which the policy changed. */
  policyChanges: readonly number[]
  /** Where the limit will be crossed if it goes on like this; null: not, not clear, or nothing to cross. */
  crossing: { runs: number; at: string | null; limit: string } | null
}

/** What a result says of history: what it was compared with, how long its level is held, where its numbers are going. */
export interface Comparison {
  state: History['state']
  place: string
  /** Where the chain ended when it was read. */
  head: { seq: number; hash: string } | null
  branch: string | null
  /** Runs of the branch that were looked at. */
  runs: number
  /** The runs that most criteria are compared with; null: none. */
  baseline: { records: { seq: number; commit: string | null; at: string }[] } | null
  /** Where a baseline was looked for, in order. */
  steps: string[]
  /** Of the highest level reached; null: none is held, or history does not tell. */
  continuity: Continuity | null
  /** One for each criterion with a value, in the config's order; empty where there are too few runs for any. */
  trends: Trend[]
  /** What became of tests, findings and measurements; null: there is no run to compare with. */
  changes: Changes | null
}
