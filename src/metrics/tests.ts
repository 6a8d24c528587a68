// Tests passed of those that ran. Skipped ones did not run.
import { reason } from '../model/reason.ts'
import { testGlobs } from './globs.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { missing } from './scope.ts'
import { plural, shown } from './shown.ts'
import { healthOf } from './test-health.ts'

export const tests: Metric = {
  family: 'tests',
  kinds: ['tests'],
  accepts: ['tests'],
  minds: [],
  rollsUp: true,
  measure({ metric, evidence, input }) {
    if (evidence.length === 0) return unknown(metric, 'no_evidence', missing(metric, tests, [], input))
    const basis = refsOf(evidence)
    const health = healthOf(evidence, metric.tests.length > 0 ? testGlobs(metric.tests) : undefined)
    if (health.executed === 0) {
      const none = evidence.map((one) => reason('zero_tests', { path: one.ref.path }))
      return unknown(metric, 'no_evidence', [...none, ...health.reasons], { basis, formula: '0 / 0 tests' })
    }
    const value = (100 * health.passed) / health.executed
    return known(metric, value, `${health.passed} / ${plural(health.executed, 'test')} passed = ${shown(value)} %`, basis, {
      ratio: { good: health.passed, total: health.executed, what: 'tests' },
      capped: health.capped,
      reasons: health.reasons,
      parts: health.parts,
    })
  },
}
