// What needs history: limits against a baseline, and the value they are held against, in the unit of the judged one.
import { settle } from './compare.ts'
import type { BaselineConfig, CriterionConfig } from './config.ts'
import type { Baseline, BaselineResult, History, RegressionLine, RegressionResult } from './history.ts'
import type { Limit } from './limit.ts'
import { type Against, type Reason, reason } from './reason.ts'
import { convert } from './units.ts'

export function hasRelative(limits: readonly Limit[]): boolean {
  return limits.some((one) => one.terms.some((term) => term.mode !== 'absolute'))
}

/** Its limits or its regression test cannot be judged without history. A fixed baseline is known without it. */
export function needsHistory({ pass, warn, baseline, regression }: CriterionConfig): boolean {
  if (regression !== null) return true
  const fixed = baseline.select === 'fixed' && baseline.value !== null
  return !fixed && (hasRelative(pass) || hasRelative(warn))
}

/** The baseline's value in `unit`; null: none was found, or it is of another kind. */
export function baselineValue(found: BaselineResult | undefined, unit: string): number | null {
  if (found?.state !== 'found') return null
  const { value, unit: own } = found.baseline
  return own === unit ? value : convert(value, own, unit)
}

/** On the worse side of the line; null: the value is of another kind than the samples. */
export function isRegression({ line, unit: own, direction }: RegressionLine, value: number, unit: string): boolean | null {
  const converted = own === unit ? value : convert(value, unit, own)
  if (converted === null || !Number.isFinite(converted)) return null
  const gap = settle(converted) - settle(line)
  return direction === 'higher_is_better' ? gap < 0 : gap > 0
}

export function againstBaseline(value: number, baseline: Baseline, config: BaselineConfig, history: History): Against {
  const { select, aggregate } = config
  return { value, samples: baseline.samples.length, by: aggregate, passing: select !== 'last', branch: history.branch }
}

/** Why history cannot answer, for what needs it: it, or what was looked up in it, is unreadable. null: it can. */
export function unreadable(
  { state, problem, place }: History,
  ...looked: readonly (BaselineResult | RegressionResult | undefined)[]
): Reason | null {
  const found = looked.find((one) => one?.state === 'unreadable')
  if (state !== 'unreadable' && found?.state !== 'unreadable') return null
  const said = state === 'unreadable' ? problem : found?.state === 'unreadable' ? found : null
  return reason('history_unreadable', { what: said?.message ?? `${place} cannot be read`, hint: said?.hint ?? null })
}

/** Why there is nothing to compare with: too few samples of those that are `needed`, or none. */
export function lacking(metric: string, found: BaselineResult | RegressionResult | undefined, needed = 1): Reason {
  if (found?.state === 'few') return reason('needs_more_samples', { found: found.found, needed: found.needed })
  if (needed > 1) return reason('needs_more_samples', { found: 0, needed })
  return reason('no_baseline', { metric, looked: found?.state === 'none' ? found.steps : [] })
}
