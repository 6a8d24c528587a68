// The figures of Gatling's report, of the whole or of one request: the same object in both of its JSON files.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { refused } from '../../scan/json.ts'
import { asCount, asObject, field, type JsonObject, objectAt } from '../../scan/json-fields.ts'

const SPLIT: Readonly<Record<string, string>> = {
  numberOfRequests: 'count',
  minResponseTime: 'ms',
  maxResponseTime: 'ms',
  meanResponseTime: 'ms',
  standardDeviation: 'ms',
  percentiles1: 'ms',
  percentiles2: 'ms',
  percentiles3: 'ms',
  percentiles4: 'ms',
}
const BANDS = ['group1', 'group2', 'group3', 'group4']
const RATE = 'meanNumberOfRequestsPerSecond'
const COLUMNS = ['total', 'ok', 'ko'] as const

/** `prefix` ends in a dot, or is empty. A figure that nothing was measured for is written `-`, and left out. */
export function gatlingFigures(stats: JsonObject, prefix: string): PerformanceMetric[] {
  const bands = BANDS.flatMap((name) => {
    const count = field(objectAt(stats, name) ?? {}, 'count') ?? null
    return count === null ? [] : [{ name: `${prefix}${name}.count`, value: asCount(count, `"${name}.count"`), unit: 'count' }]
  })
  return [
    ...Object.entries(SPLIT).flatMap(([name, unit]) => columns(stats, prefix, name, unit)),
    ...bands,
    ...columns(stats, prefix, RATE, '1/s'),
  ]
}

function columns(stats: JsonObject, prefix: string, name: string, unit: string): PerformanceMetric[] {
  const values = objectAt(stats, name)
  if (values === null) return []
  return COLUMNS.flatMap((column) => {
    const value = field(values, column) ?? '-'
    return value === '-' ? [] : [{ name: `${prefix}${name}.${column}`, value: asCount(value, `"${name}.${column}"`), unit }]
  })
}

export function gatlingFacts(root: JsonObject, more: readonly PerformanceMetric[], problems: Problem[]): PerformanceFacts {
  const counts = asObject(field(root, 'numberOfRequests'), '"numberOfRequests"')
  const [total, ok, ko] = COLUMNS.map((column) => countOf(counts, column)) as [number, number, number]
  if (ok > total || ko > total) throw refused('impossible_total', 'more requests succeeded or failed than there were')
  if (total === 0) problems.push({ code: 'nothing_measured', message: 'holds no request' })
  const sums = ok + ko === total
  if (!sums)
    problems.push({ code: 'declared_recount_differ', message: `${ok} requests succeeded, ${ko} failed, but there were ${total}` })
  return {
    kind: 'performance',
    metrics: total === 0 ? [] : [...gatlingFigures(root, ''), ...more],
    samples: total,
    // Of two accounts the worse one.
    errors: Math.max(ko, total - ok),
    events: sums && total > 0 ? { good: ok, total, source: 'numberOfRequests' } : null,
    thresholds: [],
  }
}

function countOf(counts: JsonObject, column: string): number {
  const value = field(counts, column)
  if (value === '-') return 0
  const count = asCount(value, `"numberOfRequests.${column}"`)
  if (!Number.isSafeInteger(count)) throw refused('bad_number', `"numberOfRequests.${column}" is no whole number`)
  return count
}
