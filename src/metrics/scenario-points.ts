// Scenario form: how many of the declared interactions, services, databases or journeys have tests that pass (spec 2.7 to 2.10, 2.16).
import type { ScenarioPoint } from '../model/config.ts'
import type { Admitted, TestCase, TestFacts } from '../model/evidence.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { reason } from '../model/reason.ts'
import { testGlobs } from './globs.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Measuring } from './metric.ts'
import { plural, shown } from './shown.ts'
import { healthOf } from './test-health.ts'

/**
 * `all`: a point holds when every test bound to it ran and passed; one that was skipped leaves it open, as it was not tried.
 * `any`: when one passed; what failed caps the whole.
 */
export function measurePoints(measuring: Measuring, need: 'all' | 'any'): MetricValue {
  const { metric } = measuring
  const tests = measuring.evidence.filter((one) => one.kind === 'tests')
  const reports = tests.length > 0 ? tests : measuring.tests
  const basis = refsOf(reports)
  if (reports.length === 0)
    return unknown(metric, 'no_evidence', [reason('evidence_missing', { what: metric.id, expected: ['a test report'] })])
  const parts = metric.points.map((point) => judge(point, reports, need))
  const good = parts.filter((part) => part.state === 'pass').length
  const value = (100 * good) / parts.length
  const open = parts.filter((part) => part.state !== 'pass').map((part) => part.name)
  const health = healthOf(reports)
  return known(metric, value, `scenario coverage: ${good} / ${parts.length} declared points = ${shown(value)} %`, basis, {
    ratio: { good, total: parts.length, what: 'points' },
    capped: health.capped,
    reasons: [
      ...health.reasons,
      ...(open.length > 0 ? [reason('items_open', { open: open.length, total: parts.length, items: open.slice(0, 10) })] : []),
    ],
    parts: [...parts, ...health.parts],
  })
}

function judge(point: ScenarioPoint, reports: readonly Admitted[], need: 'all' | 'any'): MetricPart {
  const wanted = testGlobs(point.tests)
  const cases: TestCase[] = reports.flatMap((one) => (one.facts as TestFacts).cases.filter(wanted))
  const count = (of: (test: TestCase) => boolean): number =>
    cases.reduce((sum, test) => (of(test) ? sum + (test.times ?? 1) : sum), 0)
  const bound = count(() => true)
  const ran = count((test) => test.outcome !== 'skipped')
  const passed = count((test) => test.outcome === 'passed')
  const holds = passed > 0 && (need === 'any' || passed === bound)
  const skipped = bound - ran
  const part = (state: MetricPart['state'], detail: string): MetricPart => ({
    name: point.id,
    state,
    detail,
    path: null,
    ranges: [],
    kind: 'point',
    // Where all of them ran, the failed ones are what there is to mend.
    ...(state === 'pass' || (ran > 0 && skipped === 0) ? {} : { lacks: 1 }),
  })
  if (bound === 0) return part('unknown', 'no test is bound to it')
  if (ran === 0) return part('unknown', `${plural(bound, 'test')}, all skipped`)
  return part(holds ? 'pass' : 'short', `${passed} of ${plural(ran, 'test')} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
}
