// All configured metrics, in the config's order: what stands in the way first, then the family's own arithmetic.
import type { MetricConfig } from '../model/config.ts'
import type { MetricValue } from '../model/metric.ts'
import { reason } from '../model/reason.ts'
import { componentsOf, rollUp } from './components.ts'
import { historyTrouble } from './history-trouble.ts'
import { METRICS } from './index.ts'
import { refsOf, unknown } from './known.ts'
import type { MeasureInput } from './metric.ts'
import { missing, scopeOf } from './scope.ts'
import { stateOf, troubleOf } from './trouble.ts'

export type { MeasureInput } from './metric.ts'

/**
 * One value for each metric of the config. Missing, refused or unreadable evidence makes it unknown, whatever the rest says;
 * a metric that rests on others asks for them by id.
 */
export function measure(input: MeasureInput): MetricValue[] {
  const done = new Map<string, MetricValue>()
  const under = new Set<string>()
  const ask = (id: string): MetricValue | null => {
    const before = done.get(id)
    if (before !== undefined) return before
    const metric = input.config.metrics.find((one) => one.id === id)
    if (metric === undefined || under.has(id)) return null
    under.add(id)
    const value = measureOne(metric, input, ask)
    under.delete(id)
    done.set(id, value)
    return value
  }
  return input.config.metrics.flatMap((metric) => ask(metric.id) ?? [])
}

function measureOne(metric: MetricConfig, input: MeasureInput, ask: (id: string) => MetricValue | null): MetricValue {
  const family = METRICS.find((one) => one.family === metric.family)
  if (family === undefined)
    return unknown(metric, 'error', [reason('no_scope', { metric: metric.id, looked_for: `kind ${metric.family}` })])
  const blind = historyTrouble(metric, input)
  if (blind !== null) return unknown(metric, 'error', [blind])
  const { blocking, hints } = troubleOf(metric, family, input)
  const { evidence, tests, unfit } = scopeOf(metric, family, input)
  const between = [...blocking, ...unfit]
  if (between.length > 0) {
    const jobs = missing(metric, family, [], input).slice(1)
    return unknown(metric, stateOf(between), [...between, ...jobs], { basis: refsOf(evidence) })
  }
  // A declared file that vanished without a trace, or nothing at all: only the family knows whether it needs any.
  const value = family.rollsUp
    ? rollUp(metric, componentsOf(metric, input.config, evidence), evidence, (part, component) =>
        family.measure({ metric, evidence: part, tests, component, input, ask }),
      )
    : family.measure({ metric, evidence, tests, component: null, input, ask })
  if (value.state !== 'known' && evidence.length === 0) return { ...value, reasons: [...value.reasons, ...hints] }
  return value
}
