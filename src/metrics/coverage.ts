// Coverage: covered / coverable over all files, reports united by path; failing tests spoil the figure (spec 2.3, 2.7, 2.11, 2.15).
import type { MetricConfig } from '../model/config.ts'
import type { Admitted, CoverageFacts, FileCoverage, Ratio } from '../model/evidence.ts'
import type { MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { worstFiles } from './coverage-parts.ts'
import { add, ratioOf, ratioOfFile, union } from './coverage-union.ts'
import { pathGlobs, selector } from './globs.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Measuring, Metric } from './metric.ts'
import { measurePoints } from './scenario-points.ts'
import { missing } from './scope.ts'
import { shown } from './shown.ts'
import { healthOf } from './test-health.ts'

export const coverage: Metric = {
  family: 'coverage',
  kinds: ['coverage'],
  accepts: ['coverage', 'tests'],
  minds: ['tests'],
  rollsUp: true,
  measure(measuring) {
    const { metric, evidence, input } = measuring
    const reports = evidence.filter(isCoverage)
    if (reports.length > 0) return measureCoverage(measuring, reports)
    if (metric.points.length > 0) return measurePoints(measuring, 'any')
    return unknown(metric, 'no_evidence', missing(metric, coverage, [], input))
  },
}

export function isCoverage(one: Admitted): one is Admitted<CoverageFacts> {
  return one.kind === 'coverage'
}

/** The coverage form, also for scenario metrics whose entry names a coverage report. */
export function measureCoverage(measuring: Measuring, reports: readonly Admitted<CoverageFacts>[]): MetricValue {
  const { metric, tests } = measuring
  const counted = count(measuring, reports)
  const basis = refsOf(reports)
  if ('reasons' in counted) return unknown(metric, 'no_evidence', counted.reasons, { basis })
  const { ratio, what, files } = counted
  if (ratio.total === 0) {
    return unknown(
      metric,
      'no_evidence',
      reports.map((one) => reason('nothing_measured', { what, path: one.ref.path })),
      {
        basis,
        formula: `0 / 0 ${what}`,
      },
    )
  }
  const value = (100 * ratio.covered) / ratio.total
  const health = healthOf(tests)
  return known(metric, value, `${ratio.covered} / ${ratio.total} ${what} = ${shown(value)} %`, [...basis, ...refsOf(tests)], {
    ratio: { good: ratio.covered, total: ratio.total, what },
    capped: health.capped,
    reasons: [...health.reasons, ...ownHeadline(reports, value)],
    parts: [...health.parts, ...worstFiles(files, metric.measure)],
  })
}

type Counted = { ratio: Ratio; what: string; files: FileCoverage[] } | { reasons: Reason[] }

function count({ metric, component }: Measuring, reports: readonly Admitted<CoverageFacts>[]): Counted {
  const blind = reports.filter((one) => ratioOf(one.facts.totals, metric.measure) === null)
  if (blind.length > 0)
    return { reasons: blind.map((one) => reason('nothing_measured', { what: metric.measure, path: one.ref.path })) }

  const tagged = reports.every((one) => component !== null && one.declaredBy.component === component.id)
  const paths = component !== null && !tagged ? component.paths : []
  const selecting = paths.length > 0 || metric.include.length > 0 || metric.exclude.length > 0
  const summaries = reports.filter((one) => one.facts.files.length === 0)
  if (selecting && summaries.length > 0) {
    return {
      reasons: summaries.map((one) =>
        reason('nothing_measured', { what: 'single files, which the config selects', path: one.ref.path }),
      ),
    }
  }
  const merged = union(reports.map((one) => one.facts.files)).filter(selectorWithin(metric, paths))
  const whole = reports.length === 1 && !selecting ? reports : summaries
  const parts = whole.map((one) => ratioOf(one.facts.totals, metric.measure)!)
  if (whole !== reports)
    for (const file of merged)
      parts.push(ratioOfFile(file.totals, metric.measure) ?? { ratio: { covered: 0, total: 0 }, what: metric.measure })
  const names = new Set(parts.filter((part) => part.ratio.total > 0).map((part) => part.what))
  return {
    ratio: parts.reduce((sum, part) => add(sum, part.ratio), { covered: 0, total: 0 }),
    what: names.size > 0 ? [...names].sort().join(' and ') : metric.measure,
    files: merged,
  }
}

function selectorWithin(metric: MetricConfig, paths: readonly string[]): (file: FileCoverage) => boolean {
  const chosen = selector(metric)
  const inside = paths.length > 0 ? pathGlobs(paths.flatMap((path) => [path, `${path.replace(/\/+$/, '')}/**`])) : () => true
  return ({ path }) => chosen(path) && inside(path)
}

/** The tool's own figure where it is another than ours: shown, never used (decision 19). */
function ownHeadline(reports: readonly Admitted<CoverageFacts>[], value: number): Reason[] {
  const own = reports.length === 1 ? reports[0]!.facts.headline : null
  if (own === null || !Number.isFinite(own.percent) || Math.abs(own.percent - value) < 0.01) return []
  return [reason('custom_value', { name: `the report's own headline (${own.metric})`, value: own.percent, unit: '%' })]
}
