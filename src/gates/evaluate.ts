// The four gates in order: entry, level, exit, deliverables, approval, open. Each stands on the gate before it.
import type { GateConfig, Requirement } from '../model/config.ts'
import type { GateResult, LevelResult } from '../model/judgement.ts'
import { levelId } from '../model/level.ts'
import { worst } from '../model/outstanding.ts'
import { reason } from '../model/reason.ts'
import { judgeItem } from './checks.ts'
import type { GateInput, Place } from './input.ts'
import { type Judged, stageOf } from './stage.ts'
import { conclusionOf } from './state.ts'

/** One result per configured gate, in ascending order. Pure: the same input gives the same result. */
export function evaluateGates(input: GateInput): GateResult[] {
  const results: GateResult[] = []
  for (const gate of [...input.config.gates].sort((a, b) => a.number - b.number)) {
    const before = results.filter((one) => one.state !== 'skipped').at(-1)
    results.push(evaluateGate(gate, before, input))
  }
  return results
}

function evaluateGate(gate: GateConfig, before: GateResult | undefined, input: GateInput): GateResult {
  const level = input.levels.find((one) => one.level.number === gate.number)
  if (!gate.enabled) return skipped(gate, reason('gate_disabled', { gate: gate.number }))
  const withoutLevel = level?.state === 'disabled'
  if (withoutLevel && gate.explicit !== true)
    return skipped(gate, reason('level_not_enabled_gate_skipped', { gate: gate.number }))

  const place: Place = {
    level: levelId(gate.number),
    gate: gate.number,
    environment: gate.environment ?? '',
    reviewIsApproval: false,
  }
  const atExit = { ...place, reviewIsApproval: gate.manualApproval }
  const judge = (requirements: readonly Requirement[], where: Place): Judged[] =>
    requirements.map((requirement) => ({ requirement, result: judgeItem(requirement, where, input) }))
  const exempt = (one: Judged): boolean => withoutLevel && needsLevel(one.requirement, level)

  const entry = stageOf([...needsRun(input), ...judge(gate.entry, place)], exempt)
  const exit = stageOf(judge(gate.exit, atExit), exempt)
  const deliverables = stageOf(judge(gate.deliverables, atExit), exempt)
  const approval = input.approvals.find((one) => one.gate === gate.number)
  const conclusion = conclusionOf({ gate, approval, level, before, entry, exit, deliverables })
  const proceed =
    conclusion.state === 'open' && gate.autoProgression && input.config.gateAutoProgress && level?.level.autoProgression === true
  return {
    gate,
    state: conclusion.state,
    entry: entry.items,
    exit: exit.items,
    deliverables: deliverables.items,
    proceed,
    outstanding: worst([conclusion.outstanding, before?.outstanding ?? 'none']),
    reasons: conclusion.reasons,
  }
}

/**
 * Jobs that the workflow names as needed and that did not run: what they would have produced is missing, whatever else is
 * there (proof 2). Without such a job nothing is claimed.
 */
function needsRun({ producers, config }: GateInput): Judged[] {
  const absent = producers.filter(
    ({ job, result, needed }) =>
      needed && (result === 'cancelled' || (result === 'skipped' && !config.expectedSkips.includes(job))),
  )
  if (absent.length === 0) return []
  const text = 'Needed jobs have run'
  const reasons = absent.map(({ job, result }) => reason('producer_not_run', { job, result }))
  const requirement: Requirement = { text, check: { fn: 'unbound' }, optional: false, origin: 'CERTIFY_NEEDS' }
  return [{ requirement, result: { text, check: 'needs', outcome: 'no_evidence', reasons } }]
}

/** With its level disabled, a gate that the file enables is judged by the sentences that need no level (spec 0.1, 16). */
function needsLevel({ check }: Requirement, level: LevelResult | undefined): boolean {
  if (level === undefined) return false
  if (check.fn === 'level') return check.level === level.level.id
  return check.fn === 'criterion' && level.level.criteria.some((one) => one.id === check.id)
}

function skipped(gate: GateConfig, why: GateResult['reasons'][number]): GateResult {
  return { gate, state: 'skipped', entry: [], exit: [], deliverables: [], proceed: false, outstanding: 'none', reasons: [why] }
}
