// A single measurement as a metric of its own, in the metric's unit.
import { reason } from '../model/reason.ts'
import { convert } from '../model/units.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { missing } from './scope.ts'
import { shown } from './shown.ts'
import { allMeasurements, measurementsOf } from './sli.ts'

const NAMES = 20

export const value: Metric = {
  family: 'value',
  kinds: ['performance'],
  accepts: ['performance'],
  minds: [],
  rollsUp: false,
  measure({ metric, evidence, input }) {
    const { sli } = metric
    if (sli === null) return unknown(metric, 'no_evidence', [reason('no_scope', { metric: metric.id, looked_for: 'sli' })])
    if (evidence.length === 0) return unknown(metric, 'no_evidence', missing(metric, value, [], input))
    const basis = refsOf(evidence)
    const found = measurementsOf(sli, evidence)
    const first = found[0]
    if (first === undefined) {
      const names = [...new Set(allMeasurements(evidence).map((one) => one.name))].slice(0, NAMES)
      return unknown(metric, 'no_evidence', [reason('objective_unknown', { sli, known: names })], { basis })
    }
    const values = found.map((one) => (one.unit === '' ? one.value : convert(one.value, one.unit, metric.unit)))
    const mine = values[0] ?? null
    if (mine === null)
      return unknown(metric, 'error', [reason('objective_unit', { sli, unit: first.unit, limit: metric.unit })], { basis })
    // Which of several would be the better one depends on the limit: nobody but the config can say.
    if (values.some((one) => one !== mine)) {
      const files = [...new Set(found.map((one) => one.ref.path))].join(', ')
      return unknown(
        metric,
        'error',
        [reason('evidence_rejected', { path: files, why: `it gives more than one figure for ${sli}` })],
        { basis },
      )
    }
    return known(metric, mine, `${sli} = ${shown(mine)}${metric.unit === '' ? '' : ` ${metric.unit}`}`, [first.ref])
  },
}
