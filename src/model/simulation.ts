// What other verdicts the last recorded runs would have had under another policy.
import type { Verdict } from './outcome.ts'

export interface Standing {
  verdict: Verdict
  level: number
}

export interface SimulatedRun {
  record: number
  commit: string | null
  evaluatedAt: string
  event: string
  from: Standing
  /** null: it cannot be judged by the new policy. */
  to: Standing | null
  /** What holds it back now and did not before; or why it cannot be judged. */
  reasons: string[]
}

export interface Simulation {
  config: string
  place: string
  runs: number
  /** Runs that the new policy would have stopped, and those it would have let through. */
  blocked: number
  released: number
  unchanged: number
  notReplayable: number
  differing: SimulatedRun[]
  unreplayed: SimulatedRun[]
}
