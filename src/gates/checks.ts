// The closed list of checks, each with its judge. What is not on the list is never let through.
import { notationOf } from '../model/check.ts'
import type { LevelConfig, Requirement } from '../model/config.ts'
import { filePresent } from '../model/file-check.ts'
import type { GateItemResult, LevelResult } from '../model/judgement.ts'
import { type Finding, judgeMetricCheck } from '../model/metric-check.ts'
import { reason } from '../model/reason.ts'
import { goneLive, saidByPeople } from './approval-checks.ts'
import { baselineKnown } from './baseline-check.ts'
import { evidencePresent, testsCount, testsPassed } from './evidence-checks.ts'
import type { GateInput, Place } from './input.ts'
import { changeReady, checklistDone, criterionHolds, issuesClosed, levelReached } from './standing-checks.ts'

export function judgeItem(requirement: Requirement, place: Place, input: GateInput): GateItemResult {
  const { text, check } = requirement
  const { outcome, reasons } = judgeCheck(requirement, place, input)
  return { text, check: notationOf(check), outcome, reasons }
}

function judgeCheck({ text, check }: Requirement, place: Place, input: GateInput): Finding {
  switch (check.fn) {
    case 'criterion':
      return criterionHolds(check, input)
    case 'metric':
      return judgeMetricCheck(check, { ...input, criteria: input.levels.flatMap((one) => one.criteria) })
    case 'level':
      return levelReached(check, place, input)
    case 'tests.passed':
      return testsPassed(check, input)
    case 'tests.count':
      return testsCount(check, input)
    case 'evidence':
      return evidencePresent(check, place, input)
    case 'file':
      return filePresent(check, input.files)
    case 'change.ready':
      return changeReady(input)
    case 'baseline':
      return baselineKnown(check, input)
    case 'checklist':
      return checklistDone(check, input)
    case 'issues.closed':
    case 'sub_issues.closed':
      return issuesClosed(check, input)
    case 'approval':
    case 'manual':
      return saidByPeople(place, input)
    case 'go_live':
      return goneLive(place, input)
    default:
      return { outcome: 'no_evidence', reasons: [reason('no_check_bound', { text })] }
  }
}

/** The judge that `evaluateLevels` is lent for requirements beyond criteria and metrics. */
export function requirementJudge(input: Omit<GateInput, 'levels'>) {
  return (requirement: Requirement, level: LevelConfig, before: readonly LevelResult[]): GateItemResult => {
    const environment = input.config.gates.find((one) => one.number === level.number)?.environment ?? ''
    const place: Place = { level: level.id, gate: level.number, environment, reviewIsApproval: false }
    return judgeItem(requirement, place, { ...input, levels: before })
  }
}
