// What a level's prose requires beyond its own criteria. A sentence about one of the criteria is judged with that criterion.
import { notationOf } from '../model/check.ts'
import type { LevelConfig, Requirement } from '../model/config.ts'
import type { Baselines, History } from '../model/history.ts'
import type { CriterionResult, GateItemResult, LevelResult } from '../model/judgement.ts'
import type { MetricValue } from '../model/metric.ts'
import { type Finding, judgeMetricCheck } from '../model/metric-check.ts'
import { reason } from '../model/reason.ts'

/** Judges what needs more than criteria and metrics; `before` are the levels judged so far. */
export type JudgeRequirement = (requirement: Requirement, level: LevelConfig, before: readonly LevelResult[]) => GateItemResult

interface Known {
  criteria: readonly CriterionResult[]
  metrics: readonly MetricValue[]
  before: readonly LevelResult[]
  baselines: Baselines
  history: History
}

/** Results of the requirements that are not simply one of the level's own criteria. Optional ones hold nothing back and are left out. */
export function judgeRequirements(level: LevelConfig, known: Known, judge: JudgeRequirement | undefined): GateItemResult[] {
  const own = new Set(known.criteria.map((one) => one.criterion.id))
  return level.requirements
    .filter(
      ({ check, optional }) => !optional && !(check.fn === 'criterion' && own.has(check.id)) && !coveredByReview(level, check.fn),
    )
    .map((requirement) => {
      const finding = judgeHere(requirement, known)
      if (finding === null) return judge?.(requirement, level, known.before) ?? withoutJudge(requirement)
      return { text: requirement.text, check: notationOf(requirement.check), ...finding }
    })
}

/** "Deployment approval granted": the level's manual review says it (decision 21). */
function coveredByReview(level: LevelConfig, fn: string): boolean {
  return level.manualReview && (fn === 'approval' || fn === 'manual')
}

/** What can be told from criteria and metrics alone; null: it needs the judge. */
function judgeHere({ text, check }: Requirement, known: Known): Finding | null {
  const criteria = [...known.criteria, ...known.before.flatMap((one) => one.criteria)]
  if (check.fn === 'metric') return judgeMetricCheck(check, { ...known, criteria })
  if (check.fn === 'unbound') return { outcome: 'no_evidence', reasons: [reason('no_check_bound', { text })] }
  if (check.fn !== 'criterion') return null
  const found = criteria.find((one) => one.criterion.id === check.id)
  return found === undefined ? null : { outcome: found.outcome, reasons: found.reasons }
}

function withoutJudge({ text, check }: Requirement): GateItemResult {
  return { text, check: notationOf(check), outcome: 'error', reasons: [reason('no_check_bound', { text })] }
}
