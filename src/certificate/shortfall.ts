// What a level that was not reached still lacks, in the order a person would do it: small steps first, approvals last.
import { bound } from '../model/compare.ts'
import type { CriterionResult, GateResult, LevelResult } from '../model/judgement.ts'
import type { LevelNumber } from '../model/level.ts'
import { letsThrough } from '../model/outcome.ts'
import { distinctReasons, type Reason, reasonKey } from '../model/reason.ts'

interface Step {
  /** 0..1: share of the limit that is missing; above: not to be measured. */
  size: number
  items: Reason[]
}

const UNKNOWN = 2
const BELOW = 3
const APPROVAL = 4

export function shortfallOf(n: LevelNumber, levels: readonly LevelResult[], gates: readonly GateResult[]): Reason[] {
  const level = levels.find((one) => one.level.number === n)
  const gate = gates.find((one) => one.gate.number === n)
  const steps: Step[] = []
  if (level !== undefined) {
    for (const one of level.criteria) {
      if (!letsThrough(one.outcome)) steps.push({ size: sizeOf(one), items: named(one.criterion.id, one.reasons) })
    }
    for (const one of level.requirements) {
      if (!letsThrough(one.outcome)) steps.push({ size: UNKNOWN, items: named(one.text, one.reasons) })
    }
    const own = level.reasons.filter(({ code }) => code !== 'criteria_short')
    steps.push({ size: BELOW, items: own })
  }
  const said = new Set(steps.flatMap((one) => one.items).map(withoutName))
  if (gate !== undefined && gate.state !== 'open' && gate.state !== 'skipped') steps.push(...stepsOf(gate, said))
  const sorted = steps.map((one) => ({ ...one, size: awaitsPerson(one.items) ? APPROVAL : one.size }))
  sorted.sort((a, b) => a.size - b.size)
  return distinctReasons(sorted.flatMap((one) => one.items))
}

/** What the gate asks for beyond its level: a sentence about a criterion repeats what was said of the criterion. */
function stepsOf(gate: GateResult, said: ReadonlySet<string>): Step[] {
  const { entry, exit, deliverables } = gate.gate
  const items = [
    ...gate.entry.filter((_, index) => entry[index]?.optional !== true),
    ...gate.exit.filter((_, index) => exit[index]?.optional !== true),
    ...gate.deliverables.filter((_, index) => deliverables[index]?.optional !== true),
  ]
  const open = items.filter((one) => !letsThrough(one.outcome))
  const steps = open.map((one) => ({
    size: UNKNOWN,
    items: named(
      one.text,
      one.reasons.filter((why) => !said.has(withoutName(why))),
    ),
  }))
  const before = gate.reasons.filter(({ code }) => code === 'gate_not_open' || code === 'awaiting_approval')
  return [...steps, { size: BELOW, items: before }]
}

function named(about: string, reasons: readonly Reason[]): Reason[] {
  return reasons.map((one) => ({ ...one, about: one.about ?? about }))
}

/** How far the value is from its nearest limit, as a share of that limit. */
function sizeOf({ criterion, actual, metric, baseline, outcome }: CriterionResult): number {
  if (outcome !== 'fail' || actual === null || metric === null) return UNKNOWN
  const gaps = criterion.pass
    .flatMap((one) => one.terms)
    .map((term) => bound(term, metric.unit, baseline))
    .filter((one): one is number => one !== null && Number.isFinite(one))
    .map((limit) => Math.abs(limit - actual) / (Math.abs(limit) || 1))
  return Math.min(1, Math.max(0, ...gaps))
}

function awaitsPerson(items: readonly Reason[]): boolean {
  return items.length > 0 && items.every(({ code }) => code === 'awaiting_approval' || code === 'awaiting_sign_off')
}

function withoutName({ code, args }: Reason): string {
  return reasonKey({ code, args } as Reason)
}
