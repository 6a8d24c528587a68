// Communication, external services, databases, journeys: declared points, else the level's tests as a whole (spec 2.8 to 2.10, 2.16).
import type { MetricValue } from '../model/metric.ts'
import { reason } from '../model/reason.ts'
import { isCoverage, measureCoverage } from './coverage.ts'
import { testGlobs } from './globs.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Measuring, Metric } from './metric.ts'
import { measurePoints } from './scenario-points.ts'
import { missing } from './scope.ts'
import { plural, shown } from './shown.ts'
import { healthOf } from './test-health.ts'

export const scenario: Metric = {
  family: 'scenario',
  kinds: ['tests'],
  accepts: ['tests', 'coverage'],
  minds: [],
  rollsUp: true,
  measure(measuring) {
    const { metric, evidence, input } = measuring
    const tests = evidence.filter((one) => one.kind === 'tests')
    // Points that are declared are what has to hold: a coverage figure beside them answers for none.
    if (tests.length === 0 && metric.points.length === 0) {
      const reports = evidence.filter(isCoverage)
      if (reports.length > 0) return measureCoverage(measuring, reports)
      return unknown(metric, 'no_evidence', missing(metric, scenario, [], input))
    }
    return metric.points.length > 0 ? measurePoints(measuring, 'all') : measureTests(measuring)
  },
}

function measureTests({ metric, evidence }: Measuring): MetricValue {
  const reports = evidence.filter((one) => one.kind === 'tests')
  const basis = refsOf(reports)
  const undeclared = reason('not_declared', { what: `points of ${metric.id}` })
  const wanted = metric.tests.length > 0 ? testGlobs(metric.tests) : undefined
  const health = healthOf(reports, wanted)
  if (health.executed === 0) {
    const looked =
      metric.tests.length > 0 ? `tests that match ${metric.tests.join(', ')}` : `executed tests of the ${metric.level} level`
    return unknown(metric, 'no_evidence', [reason('no_scope', { metric: metric.id, looked_for: looked }), ...health.reasons], {
      basis,
    })
  }
  const value = (100 * health.passed) / health.executed
  return known(metric, value, `${health.passed} / ${plural(health.executed, 'test')} passed = ${shown(value)} %`, basis, {
    ratio: { good: health.passed, total: health.executed, what: 'tests' },
    capped: health.capped,
    reasons: [...health.reasons, undeclared],
    parts: health.parts,
  })
}
