// A weighted mean of other metrics. A part that is not known leaves the whole unknown; one declared not applicable leaves the sum.
import type { Config } from '../model/config.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { known, lowerCap, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { shown } from './shown.ts'

export const composite: Metric = {
  family: 'composite',
  kinds: [],
  accepts: [],
  minds: [],
  rollsUp: false,
  measure({ metric, input, ask }) {
    if (metric.parts.length === 0)
      return unknown(metric, 'no_evidence', [reason('no_scope', { metric: metric.id, looked_for: 'parts' })])
    const values = metric.parts
      .filter((part) => !notApplicable(part.metric, input.config, input.now))
      .map((part) => ({ ...part, value: ask(part.metric) }))
      .filter((part) => part.value?.state !== 'not_applicable')
    if (values.length === 0) return unknown(metric, 'not_applicable', [])
    const parts = values.map(partOf)
    const basis = values.flatMap((one) => one.value?.basis ?? [])
    const state = worst(values.map((one) => one.value))
    if (state !== 'known') {
      const open = values.filter((one) => one.value?.state !== 'known')
      const reasons = open.flatMap(
        (one): Reason[] => one.value?.reasons ?? [reason('no_scope', { metric: metric.id, looked_for: `metric ${one.metric}` })],
      )
      return unknown(metric, state, reasons, { basis, parts })
    }
    const weight = values.reduce((sum, one) => sum + one.weight, 0)
    const sum = values.reduce((total, one) => total + one.weight * (one.value?.value ?? Number.NaN), 0)
    const terms = values.map((one) => `${one.weight} × ${shown(one.value?.value ?? 0)}`).join(' + ')
    return known(metric, sum / weight, `(${terms}) / ${weight} = ${shown(sum / weight)} %`, basis, {
      capped: values.map((one) => one.value?.capped ?? null).reduce(lowerCap, null),
      reasons: values.flatMap((one) => (one.value?.capped ? one.value.reasons : [])),
      parts,
    })
  },
}

/** Every criterion on the metric is declared not applicable; from the day the declaration names it no longer helps, as in levels/. */
function notApplicable(id: string, config: Config, now: Date): boolean {
  const criteria = config.levels.flatMap((level) => level.criteria).filter((one) => one.metric === id)
  return (
    criteria.length > 0 &&
    criteria.every(
      ({ notApplicable: declared }) =>
        declared !== null && now.getTime() < Date.parse(`${declared.expires.slice(0, 10)}T00:00:00Z`),
    )
  )
}

function worst(values: readonly (MetricValue | null)[]): MetricValue['state'] {
  const states = values.map((one) => one?.state ?? 'error')
  return (['error', 'no_evidence', 'pending'] as const).find((state) => states.includes(state)) ?? 'known'
}

function partOf({ metric, weight, value }: { metric: string; weight: number; value: MetricValue | null }): MetricPart {
  const state =
    value?.state !== 'known' ? 'unknown' : value.capped === 'fail' ? 'short' : value.capped === 'warn' ? 'warn' : 'pass'
  return {
    name: metric,
    state,
    detail: `weight ${weight}: ${value === null ? 'not known' : value.formula}`,
    path: null,
    ranges: [],
  }
}
