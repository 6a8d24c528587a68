// One objective against what was measured: its limits in their own units, the worst of several reports.
import { bound } from '../model/compare.ts'
import type { BaselineConfig, Objective } from '../model/config.ts'
import { limitDirection } from '../model/direction.ts'
import type { Admitted, PerformanceFacts } from '../model/evidence.ts'
import type { BaselineResult, Direction, History } from '../model/history.ts'
import type { Limit } from '../model/limit.ts'
import { nearest } from '../model/nearest.ts'
import { type Reason, reason } from '../model/reason.ts'
import { againstBaseline, baselineValue, lacking } from '../model/relative.ts'
import { convert } from '../model/units.ts'
import { hold, inUnit } from './compare.ts'
import { shown } from './shown.ts'
import { allMeasurements, type Measured, measurementsOf } from './sli.ts'

export interface ObjectiveResult {
  sli: string
  outcome: 'pass' | 'warn' | 'fail' | 'pending' | 'unknown'
  weight: number
  key: boolean
  detail: string
  reason: Reason | null
  /** What later runs are compared with: the worst of what was measured; null: nothing was. */
  measured: { value: number; unit: string } | null
}

/** What an objective with a limit against the baseline is held against. */
export interface Past {
  found: BaselineResult | undefined
  /** How the baseline was made; its `fixed` value is the criterion's own. */
  config: BaselineConfig
  history: History
}

const WORST = ['fail', 'unknown', 'pending', 'warn', 'pass'] as const
const KNOWN_NAMES = 20
/** More letters apart is another measurement, not a misspelt one. */
const MOST_SLIPS = 3

export function judgeObjective(objective: Objective, evidence: readonly Admitted[], past: Past): ObjectiveResult {
  const found = measurementsOf(objective.sli, evidence)
  const measured = worstOf(found, limitDirection(objective.pass))
  if (measured === null) {
    const names = [...new Set(allMeasurements(evidence).map((one) => one.name))]
    const near = nearest(objective.sli, names.map(asWritten), MOST_SLIPS)
    const known = names.slice(0, KNOWN_NAMES)
    const why = reason('objective_unknown', { sli: objective.sli, known, ...(near === null ? {} : { near }) })
    return result(objective, 'unknown', 'not measured', why)
  }
  const results = found.map((one) => judge(objective, one, past))
  const worst = results.reduce((least, one) => (WORST.indexOf(one.outcome) < WORST.indexOf(least.outcome) ? one : least))
  return { ...worst, measured: { value: measured.value, unit: measured.unit } }
}

function judge(objective: Objective, measured: Measured, past: Past): ObjectiveResult {
  const { value, unit } = measured
  const { sli, pass, warn } = objective
  const limit = textOf(pass)
  const said = inPercent(measured, pass)
  const detail = `${shown(said.value)}${said.unit === '' ? '' : ` ${said.unit}`}, ${limit}`
  const baseline = baselineValue(past.found, unit)
  const strict = pass.length === 0 ? 'other_unit' : hold(pass, value, unit, baseline)
  if (strict === 'holds') return result(objective, 'pass', detail, null)
  if (strict === 'other_unit') return result(objective, 'unknown', detail, reason('objective_unit', { sli, unit, limit }))
  const waits = () => result(objective, 'pending', detail, lacking(sli, past.found, Math.max(1, past.config.count)))
  if (strict === 'needs_baseline') return waits()
  const lax = warn.length === 0 ? 'fails' : hold(warn, value, unit, baseline)
  if (lax === 'holds')
    return result(objective, 'warn', detail, reason('in_warn_band', { actual: said.value, unit: said.unit, limit: textOf(warn) }))
  if (lax === 'needs_baseline') return waits()
  const failed = reason('objective_failed', { sli, actual: said.value, unit: said.unit, limit })
  return result(objective, 'fail', detail, behind(objective, measured, past, baseline) ?? failed)
}

/** A share is read beside its limit: in percent where that is. */
function inPercent({ value, unit }: Measured, limits: readonly Limit[]): { value: number; unit: string } {
  const percent = limits.flatMap((one) => one.terms).every((term) => term.unit === '%' && term.mode === 'absolute')
  if (unit !== 'ratio' || !percent) return { value, unit }
  return { value: Number((convert(value, unit, '%') ?? value).toPrecision(12)), unit: '%' }
}

/** The limits are missed against the baseline alone; null: by an absolute one, which says more. */
function behind({ sli, pass }: Objective, { value, unit }: Measured, past: Past, baseline: number | null): Reason | null {
  if (baseline === null || past.found?.state !== 'found') return null
  const broken = pass
    .flatMap((limit) => limit.terms.map((term) => ({ ...limit, terms: [term] })))
    .filter((one) => hold([one], value, unit, baseline) === 'fails')
  const term = broken[0]?.terms[0]
  if (term === undefined || broken.some((one) => one.terms[0]?.mode === 'absolute')) return null
  return reason('baseline_not_met', {
    sli,
    actual: value,
    unit,
    limit: textOf(pass),
    bound: bound(inUnit(term, unit), unit, baseline) ?? baseline,
    against: againstBaseline(baseline, past.found.baseline, past.config, past.history),
  })
}

/** Of several reports the one that counts: the worst. Where no direction is asked for, or their units differ in kind, the first. */
function worstOf(found: readonly Measured[], direction: Direction | null): Measured | null {
  const [first, ...rest] = found
  if (first === undefined) return null
  if (direction === null) return first
  return rest.reduce((worst, one) => {
    const value = one.unit === worst.unit ? one.value : convert(one.value, one.unit, worst.unit)
    if (value === null) return worst
    return (direction === 'higher_is_better' ? value < worst.value : value > worst.value) ? one : worst
  }, first)
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
    const same = { sli: metric, weight: 1, key: false, detail, measured: null }
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
  return { sli, outcome, weight, key, detail, reason: why, measured: null }
}

/** k6's `p(95)` as policies write it. */
function asWritten(name: string): string {
  return name.replace(/\.p\((\d{1,3}(?:\.\d{1,5})?)\)$/, '.p$1')
}

function textOf(limits: readonly Limit[]): string {
  return limits.map((limit) => limit.text).join(' and ')
}
