// One objective against what was measured: its limits in their own units, the worst of several reports.
import type { Objective } from '../model/config.ts'
import type { Admitted, PerformanceFacts } from '../model/evidence.ts'
import type { Limit } from '../model/limit.ts'
import { type Reason, reason } from '../model/reason.ts'
import { hold } from './compare.ts'
import { shown } from './shown.ts'
import { allMeasurements, type Measured, measurementsOf } from './sli.ts'

export interface ObjectiveResult {
  sli: string
  outcome: 'pass' | 'warn' | 'fail' | 'pending' | 'unknown'
  weight: number
  key: boolean
  detail: string
  reason: Reason | null
}

const WORST = ['fail', 'unknown', 'pending', 'warn', 'pass'] as const
const KNOWN_NAMES = 20

export function judgeObjective(objective: Objective, evidence: readonly Admitted[]): ObjectiveResult {
  const found = measurementsOf(objective.sli, evidence)
  if (found.length === 0) {
    const known = [...new Set(allMeasurements(evidence).map((one) => one.name))].slice(0, KNOWN_NAMES)
    return result(objective, 'unknown', 'not measured', reason('objective_unknown', { sli: objective.sli, known }))
  }
  const results = found.map((one) => judge(objective, one))
  return results.reduce((worst, one) => (WORST.indexOf(one.outcome) < WORST.indexOf(worst.outcome) ? one : worst))
}

function judge(objective: Objective, measured: Measured): ObjectiveResult {
  const { value, unit } = measured
  const limit = textOf(objective.pass)
  const detail = `${shown(value)}${unit === '' ? '' : ` ${unit}`}, ${limit}`
  const args = { sli: objective.sli, actual: value, unit, limit }
  const strict = objective.pass.length === 0 ? 'other_unit' : hold(objective.pass, value, unit)
  if (strict === 'holds') return result(objective, 'pass', detail, null)
  if (strict === 'other_unit')
    return result(objective, 'unknown', detail, reason('objective_unit', { sli: objective.sli, unit, limit }))
  if (strict === 'needs_baseline')
    return result(objective, 'pending', detail, reason('needs_more_samples', { found: 0, needed: 1 }))
  const lax = objective.warn.length === 0 ? 'fails' : hold(objective.warn, value, unit)
  if (lax === 'holds')
    return result(objective, 'warn', detail, reason('in_warn_band', { actual: value, unit, limit: textOf(objective.warn) }))
  if (lax === 'needs_baseline') return result(objective, 'pending', detail, reason('needs_more_samples', { found: 0, needed: 1 }))
  return result(objective, 'fail', detail, reason('objective_failed', args))
}

/** The verdicts of the load test on its own thresholds, each an objective of weight 1. */
export function judgeThresholds(one: Admitted<PerformanceFacts>): ObjectiveResult[] {
  return one.facts.thresholds.map(({ metric, text, ok }) => {
    const stat = /^\s{0,10}([a-z]{1,20}(?:\(\d{1,3}(?:\.\d{1,5})?\))?)/.exec(text)?.[1] ?? ''
    const measured = measurementsOf(`${metric}.${stat}`, [one])[0] ?? null
    const detail =
      measured === null ? text : `${shown(measured.value)}${measured.unit === '' ? '' : ` ${measured.unit}`}, ${text}`
    const failed = reason('objective_failed', {
      sli: metric,
      actual: measured?.value ?? null,
      unit: measured?.unit ?? '',
      limit: text,
    })
    const same = { sli: metric, weight: 1, key: false, detail }
    if (ok === null) return { ...same, outcome: 'unknown', reason: reason('objective_unknown', { sli: metric, known: [] }) }
    return { ...same, outcome: ok ? 'pass' : 'fail', reason: ok ? null : failed }
  })
}

function result(
  { sli, weight, key }: Objective,
  outcome: ObjectiveResult['outcome'],
  detail: string,
  why: Reason | null,
): ObjectiveResult {
  return { sli, outcome, weight, key, detail, reason: why }
}

function textOf(limits: readonly Limit[]): string {
  return limits.map((limit) => limit.text).join(' and ')
}
