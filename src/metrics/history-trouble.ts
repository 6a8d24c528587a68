// Metrics that are made from history too: where it cannot be read they are errors, whatever the evidence says (decision 38).
import type { Check } from '../model/check.ts'
import type { Config, MetricConfig } from '../model/config.ts'
import { sliKey } from '../model/history.ts'
import type { Reason } from '../model/reason.ts'
import { hasRelative, needsHistory, unreadable } from '../model/relative.ts'
import type { MeasureInput } from './metric.ts'

/** null: the metric does not need history, or it can be read. */
export function historyTrouble(metric: MetricConfig, { config, history, baselines }: MeasureInput): Reason | null {
  const relative = metric.objectives.filter((one) => hasRelative(one.pass) || hasRelative(one.warn))
  const items = config.checklists.filter((list) => metric.checklists.includes(list.id)).flatMap((list) => list.items)
  const needs =
    metric.family === 'continuity' || relative.length > 0 || items.some(({ check }) => check !== null && looksBack(check, config))
  return needs ? unreadable(history, ...relative.map(({ sli }) => baselines.slis[sliKey(metric.id, sli)])) : null
}

function looksBack(check: Check, config: Config): boolean {
  if (check.fn === 'metric') return hasRelative([check.limit])
  if (check.fn !== 'criterion') return false
  return config.levels.flatMap((level) => level.criteria).some((one) => one.id === check.id && needsHistory(one))
}
