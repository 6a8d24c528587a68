// What a record says came out: the result in states and numbers, to look through and to compare with when it is judged again.
import type { RecordedOutcome } from '../../model/evaluation.ts'
import { sliKey } from '../../model/history.ts'
import type { MetricValue } from '../../model/metric.ts'
import type { Result, ResultEvidence } from '../../model/result.ts'

export function outcomeOf(result: Result, metrics: readonly MetricValue[]): RecordedOutcome {
  const { verdict, level, target, proceed, pendingFor, warnings, failedCriteria, reasons } = result.decision
  return {
    verdict,
    level,
    target,
    proceed,
    pendingFor,
    warnings,
    failedCriteria: [...failedCriteria],
    reasons: reasons.map((one) => one.code),
    levels: Object.fromEntries(result.levels.map((one) => [one.id, one.state])),
    gates: Object.fromEntries(result.gates.map((one) => [String(one.id), one.state])),
    criteria: Object.fromEntries(
      result.levels.flatMap((one) =>
        one.criteria.map(({ id, outcome, value, unit, baseline, delta, reasons: why }) => [
          id,
          { outcome, value, unit, baseline, delta, reasons: why.map((each) => each.code) },
        ]),
      ),
    ),
    formulas: Object.fromEntries(result.metrics.map((one) => [one.id, one.formula])),
    items: Object.fromEntries(
      result.gates.flatMap((gate) =>
        (['entry', 'exit', 'deliverables'] as const).flatMap((stage) =>
          gate[stage].map((item) => [`${gate.id} ${stage}: ${item.text}`, item.outcome]),
        ),
      ),
    ),
    evidence: Object.fromEntries(result.evidence.map((one) => [nameOf(one), one.summary])),
    slis: Object.fromEntries(
      metrics.flatMap(({ id, slis = [] }) => slis.map(({ sli, value, unit }) => [sliKey(id, sli), { value, unit }])),
    ),
  }
}

function nameOf({ path, origin }: ResultEvidence): string {
  return origin.type === 'workspace' ? path : `artifact:${origin.name}/${path}`
}

/** The first place where two outcomes differ, as a dotted path with both values; null: they are the same. */
export function firstDifference(recorded: unknown, recomputed: unknown, at = ''): Difference | null {
  if (Object.is(recorded, recomputed)) return null
  if (!isTree(recorded) || !isTree(recomputed) || Array.isArray(recorded) !== Array.isArray(recomputed))
    return { at, recorded: recorded ?? null, recomputed: recomputed ?? null }
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(recomputed)])].sort(causesFirst)
  for (const key of keys) {
    const found = firstDifference(recorded[key], recomputed[key], at === '' ? key : `${at}.${key}`)
    if (found !== null) return found
  }
  return null
}

export interface Difference {
  at: string
  recorded: unknown
  recomputed: unknown
}

/** What a report said stands before what followed from it. */
const CAUSES = ['evidence', 'formulas', 'slis', 'criteria', 'items', 'levels', 'gates']

function causesFirst(a: string, b: string): number {
  const rank = (key: string): number => (CAUSES.includes(key) ? CAUSES.indexOf(key) : CAUSES.length)
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
