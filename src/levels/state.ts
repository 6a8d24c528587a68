// From outcomes to a level's state, and which levels a level stands on. docs/levels-and-gates.md shows it as a table.
import type { LevelConfig } from '../model/config.ts'
import type { CriterionResult, GateItemResult, Outstanding } from '../model/judgement.ts'
import type { LevelState } from '../model/outcome.ts'

/** A level others may stand on. A review that is still awaited does not count here. */
export function isReached(state: LevelState): boolean {
  return state === 'passed' || state === 'passed_with_warnings' || state === 'not_applicable'
}

/** `depends_on` decides where there is one; else, in sequence, the nearest enabled level below. */
export function dependenciesOf(level: LevelConfig, inOrder: readonly LevelConfig[], sequential: boolean): LevelConfig[] {
  if (level.dependsOn.length > 0) return inOrder.filter((one) => level.dependsOn.includes(one.id))
  if (!sequential) return []
  const below = inOrder.filter((one) => one.number < level.number && one.enabled).at(-1)
  return below === undefined ? [] : [below]
}

export interface Standing {
  /** A person has still to review it. */
  review: boolean
  criteria: readonly CriterionResult[]
  requirements: readonly GateItemResult[]
  /** What the level itself leaves outstanding, its own review included. */
  own: Outstanding
  /** A level it stands on is not reached. */
  blocked: boolean
  advisory: boolean
}

/** The order matters: an error is never hidden, and nothing is said to be passed above a level that is not. */
export function stateOf(standing: Standing): LevelState {
  const { review, criteria, requirements, own, blocked, advisory } = standing
  if (own === 'error') return 'error'
  if (blocked) return 'blocked'
  const outcomes = [...criteria, ...requirements].map((one) => one.outcome)
  // Zero configuration (spec 3): a level for which there is nothing at all yet is pending, and only in advisory mode.
  if (own === 'failure')
    return advisory && criteria.length > 0 && outcomes.every((one) => one === 'no_evidence') ? 'evidence_pending' : 'failed'
  if (own === 'evidence') return 'evidence_pending'
  if (criteria.every((one) => one.outcome === 'not_applicable') && own === 'none') return 'not_applicable'
  if (own === 'approval' || review) return 'pending_review'
  return outcomes.includes('warn') ? 'passed_with_warnings' : 'passed'
}
