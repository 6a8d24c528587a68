// Reliability: good of all events, from enough of them for the figure to mean something (spec 2.14).
import type { Admitted, EvidenceRef } from '../model/evidence.ts'
import { reason } from '../model/reason.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { missing } from './scope.ts'
import { shown } from './shown.ts'

export const reliability: Metric = {
  family: 'reliability',
  kinds: ['reliability', 'performance'],
  accepts: ['reliability', 'performance'],
  minds: [],
  rollsUp: true,
  measure({ metric, evidence, input }) {
    const counted = evidence.flatMap((one) => eventsOf(one))
    const blind = evidence.filter((one) => eventsOf(one).length === 0)
    const silent = blind.map((one) => reason('nothing_measured', { what: 'good and total events', path: one.ref.path }))
    // A file named for this metric has to say it; of its level's load tests some may well be about speed alone.
    const named = blind.some((one) => one.declaredBy.metrics.includes(metric.id))
    if (counted.length === 0 || named) {
      const reasons = evidence.length === 0 ? missing(metric, reliability, [], input) : silent
      return unknown(metric, 'no_evidence', reasons, { basis: refsOf(evidence) })
    }
    const good = counted.reduce((sum, one) => sum + one.good, 0)
    const total = counted.reduce((sum, one) => sum + one.total, 0)
    const basis = counted.map((one) => one.ref)
    const needed = Math.max(1, metric.minEvents)
    if (!(total >= needed)) {
      return unknown(metric, 'no_evidence', [reason('sample_too_small', { found: total, needed })], {
        basis,
        formula: `${good} / ${total} events`,
      })
    }
    const value = (100 * good) / total
    const sources = [...new Set(counted.map((one) => one.source))].join(', ')
    return known(metric, value, `${good} / ${total} good events (${sources}) = ${shown(value)} %`, basis, {
      ratio: { good, total, what: 'events' },
      parts: counted.map((one) => ({
        name: one.source,
        state: one.good === one.total ? 'pass' : 'short',
        detail: `${one.good} of ${one.total} events`,
        path: one.ref.path,
        ranges: [],
      })),
    })
  },
}

function eventsOf(one: Admitted): { good: number; total: number; source: string; ref: EvidenceRef }[] {
  const { facts } = one
  if (facts.kind !== 'reliability' && facts.kind !== 'performance') return []
  return facts.events === null || facts.events.total === 0 ? [] : [{ ...facts.events, ref: one.ref }]
}
