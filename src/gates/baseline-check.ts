// "Performance baselines established": the level's performance criteria have something to be compared with.
import type { Check } from '../model/check.ts'
import type { Finding } from '../model/metric-check.ts'
import { reason } from '../model/reason.ts'
import { lacking, unreadable } from '../model/relative.ts'
import type { GateInput } from './input.ts'

/** Holds where each has a baseline, found or fixed. Unreadable history is an error and never a first run (decision 38). */
export function baselineKnown({ level }: Extract<Check, { fn: 'baseline' }>, { config, baselines, history }: GateInput): Finding {
  const performance = config.metrics.filter((one) => one.family === 'performance' && one.level === level).map((one) => one.id)
  const criteria = config.levels.flatMap((one) => one.criteria).filter((one) => performance.includes(one.metric))
  if (criteria.length === 0)
    return { outcome: 'no_evidence', reasons: [reason('not_declared', { what: `${level} performance` })] }
  const without = criteria.filter(({ id }) => baselines.criteria[id]?.state !== 'found')
  if (without.length === 0) return { outcome: 'pass', reasons: [] }
  const blind = unreadable(history, ...without.map(({ id }) => baselines.criteria[id]))
  if (blind !== null) return { outcome: 'error', reasons: [blind] }
  const fails = without.some(({ id, baseline }) => baseline.missing === 'fail' && baselines.criteria[id]?.state !== 'few')
  return {
    outcome: fails ? 'fail' : 'pending',
    reasons: without.map(({ id, metric }) => lacking(metric, baselines.criteria[id])),
  }
}
