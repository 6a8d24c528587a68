// The four levels in order: each judged for itself, then held against the levels it stands on.
import type { Config, LevelConfig } from '../model/config.ts'
import type { Baselines, History } from '../model/history.ts'
import type { CriterionResult, GateItemResult, LevelResult, Outstanding } from '../model/judgement.ts'
import type { LevelId } from '../model/level.ts'
import type { MetricValue } from '../model/metric.ts'
import { outstandingOf, worst } from '../model/outstanding.ts'
import { reason } from '../model/reason.ts'
import { judgeCriterion } from './criterion.ts'
import { type JudgeRequirement, judgeRequirements } from './requirements.ts'
import { dependenciesOf, isReached, stateOf } from './state.ts'

export interface LevelsInput {
  config: Config
  metrics: readonly MetricValue[]
  now: Date
  baselines: Baselines
  history: History
  /** Numbers of the levels whose review has been given: a gate's approval is its level's review (decision 21). */
  reviewed?: ReadonlySet<number>
  /** Numbers of those whose review was asked for and came out as a no, or as none: nobody is waited for any more. */
  declined?: ReadonlySet<number>
  /** Only there a first run may pass without the baseline it will become (decision 2). Default: no. */
  onDefaultBranch?: boolean
  /** Judges what a level requires beyond criteria and metrics; the app lends the gates' judge. Without it such requirements are errors. */
  judge?: JudgeRequirement
}

/** One result per configured level, in ascending order. Pure: the same input gives the same result. */
export function evaluateLevels(input: LevelsInput): LevelResult[] {
  const inOrder = [...input.config.levels].sort((a, b) => a.number - b.number)
  const done = new Map<LevelId, LevelResult>()
  const visiting = new Set<LevelId>()

  const visit = (level: LevelConfig): LevelResult => {
    const known = done.get(level.id)
    if (known !== undefined) return known
    visiting.add(level.id)
    const below: LevelResult[] = []
    let circular = false
    if (level.enabled) {
      for (const dependency of dependenciesOf(level, inOrder, input.config.sequential)) {
        if (visiting.has(dependency.id)) circular = true
        else below.push(visit(dependency))
      }
    }
    visiting.delete(level.id)
    const result = evaluateLevel(level, below, circular, input, [...done.values()])
    done.set(level.id, result)
    return result
  }
  return inOrder.map(visit)
}

function evaluateLevel(
  level: LevelConfig,
  below: LevelResult[],
  circular: boolean,
  input: LevelsInput,
  before: readonly LevelResult[],
): LevelResult {
  if (!level.enabled) {
    const reasons = [reason('level_disabled', { level: level.id })]
    return { level, state: 'disabled', criteria: [], requirements: [], outstanding: 'failure', reasons }
  }
  const { config, metrics, now, baselines, history, onDefaultBranch = false } = input
  const review = level.manualReview && !input.reviewed?.has(level.number)
  const criteria = level.criteria.map((criterion) => {
    const metric = metrics.find((one) => one.id === criterion.metric)
    return judgeCriterion({ criterion, metric, config, now, baselines, history, onDefaultBranch })
  })
  const requirements = judgeRequirements(level, { criteria, metrics, before, baselines, history }, input.judge)
  const missing = below.filter((one) => !isReached(one.state))
  const own = ownOutstanding(criteria, requirements, review)
  const outstanding = worst([own, ...missing.map((one) => one.outstanding), circular ? 'failure' : 'none'])
  const blocked = circular || missing.length > 0
  const state = stateOf({ review, criteria, requirements, own, blocked, advisory: config.mode === 'advisory' })
  const gate = config.gates.find((one) => one.number === level.number)
  const reasons = [
    ...(circular ? [reason('level_below_not_reached', { level: level.id, state: 'blocked' })] : []),
    ...missing.map((one) => reason('level_below_not_reached', { level: one.level.id, state: one.state })),
    ...shortReasons(level, criteria),
    ...requirements.filter((one) => outstandingOf(one.outcome, one.reasons) !== 'none').flatMap((one) => one.reasons),
    ...(review && !input.declined?.has(level.number) && (own === 'none' || own === 'approval')
      ? [reason('awaiting_approval', { gate: level.number, environment: gate?.environment ?? '' })]
      : []),
  ]
  return {
    level,
    state,
    criteria,
    requirements,
    outstanding: state === 'evidence_pending' ? worstPending(outstanding) : outstanding,
    reasons,
  }
}

/** A level that is pending as a whole (advisory mode, no evidence at all) is outstanding as evidence, not as a failure. */
function worstPending(found: Outstanding): Outstanding {
  return found === 'failure' ? 'evidence' : found
}

function ownOutstanding(criteria: CriterionResult[], requirements: GateItemResult[], review: boolean): Outstanding {
  const parts = [...criteria, ...requirements].map((one) => outstandingOf(one.outcome, one.reasons))
  if (criteria.length === 0) parts.push('failure')
  if (review) parts.push('approval')
  return worst(parts)
}

function shortReasons(level: LevelConfig, criteria: CriterionResult[]) {
  if (criteria.length === 0) return [reason('level_without_criteria', { level: level.id })]
  const short = criteria.filter((one) => outstandingOf(one.outcome, one.reasons) !== 'none').map((one) => one.criterion.id)
  return short.length === 0 ? [] : [reason('criteria_short', { level: level.id, criteria: short })]
}
