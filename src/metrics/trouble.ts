// Declared evidence that is missing, refused or unreadable: it keeps its metric from being measured on what is left.
import type { Config, MetricConfig } from '../model/config.ts'
import type { Evidence, EvidenceClaim, Kind } from '../model/evidence.ts'
import type { LevelId } from '../model/level.ts'
import type { MetricState } from '../model/metric.ts'
import { type Reason, type ReasonCode, reason } from '../model/reason.ts'
import { pathGlobs } from './globs.ts'
import { METRICS } from './index.ts'
import { likelyKinds } from './likely-kinds.ts'
import type { MeasureInput, Metric } from './metric.ts'

export interface Trouble {
  /** Each of these alone makes the metric unknown. */
  blocking: Reason[]
  /** Said only where nothing else is left to measure. */
  hints: Reason[]
}

/** A tool that failed, as against a report that is not there. */
const BROKEN: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'evidence_unreadable',
  'evidence_unrecognised',
  'evidence_ambiguous',
  'evidence_altered',
  'evidence_rejected',
  'scan_failed',
])

export function stateOf(reasons: readonly Reason[]): Exclude<MetricState, 'known'> {
  return reasons.some((one) => BROKEN.has(one.code)) ? 'error' : 'no_evidence'
}

/** What stands between this metric and a value. */
export function troubleOf(metric: MetricConfig, family: Pick<Metric, 'kinds' | 'minds'>, input: MeasureInput): Trouble {
  const trouble: Trouble = { blocking: [], hints: [] }
  for (const { pattern, found, expected, declaredBy } of input.unmet) {
    if (!concerns(metric, family, declaredBy, null, pattern, input.config)) continue
    const short = found === 0 || expected === null
    trouble.blocking.push(
      short
        ? reason('evidence_missing', { what: metric.id, expected: [pattern] })
        : reason('evidence_count', { what: pattern, found, expected }),
    )
  }
  for (const { path, kind, declaredBy, reason: why } of input.rejected) {
    if (!concerns(metric, family, declaredBy, kind, path, input.config)) continue
    // A file that discovery found by its name and that is no report at all is not a broken report.
    if (declaredBy.discovered && kind === null) trouble.hints.push(why)
    else trouble.blocking.push(why)
  }
  for (const { evidence, reason: why } of input.refused) {
    if (!concerns(metric, family, evidence.declaredBy, evidence.kind, evidence.ref.path, input.config)) continue
    const spare = why.code === 'evidence_duplicate' && servedBy(evidence, metric, input) && !promised(evidence, metric)
    const harmless = spare || (why.code === 'evidence_tracked' && evidence.declaredBy.discovered)
    if (harmless) trouble.hints.push(why)
    else trouble.blocking.push(why)
  }
  return trouble
}

/** A file named for it; and of its level, whoever names it, what it would have been measured on. */
function concerns(
  metric: MetricConfig,
  family: Pick<Metric, 'kinds' | 'minds'>,
  claim: EvidenceClaim,
  kind: Kind | null,
  path: string,
  config: Config,
): boolean {
  if (claim.metrics.includes(metric.id)) return true
  // What a component declares as its own coverage is asked for by every coverage metric of its level; see scope.ts.
  const ofComponent = claim.component !== null && claim.metrics.length === 0 && family.kinds.includes('coverage')
  const kinds = metric.evidence.length > 0 && !ofComponent ? family.minds : [...family.kinds, ...family.minds]
  const might = kind === null ? possibleKinds(path, claim, config) : [kind]
  return might.some((one) => kinds.includes(one) && speaksFor(claim.level, one, metric.level))
}

/** By its name, as far as the metrics that name it can use such a kind at all. */
function possibleKinds(path: string, claim: EvidenceClaim, config: Config): readonly Kind[] {
  const families = config.metrics.filter((one) => claim.metrics.includes(one.id)).map((one) => one.family)
  const usable = METRICS.filter((one) => families.includes(one.family)).flatMap((one) => one.accepts)
  const likely = likelyKinds(path)
  if (usable.length === 0) return likely
  const both = likely.filter((one) => usable.includes(one))
  return both.length > 0 ? both : usable
}

/** The other copy is counted, for this metric or for its level. */
function servedBy(copy: Evidence, metric: MetricConfig, { admitted }: MeasureInput): boolean {
  return admitted.some(
    (one) =>
      one.ref.sha256 === copy.ref.sha256 &&
      (one.declaredBy.metrics.includes(metric.id) || one.level === (copy.declaredBy.level ?? 'component')),
  )
}

/**
 * One of so many reports that an entry counts: a copy stands where another one should be, as it counts once (decision 6).
 * Clean scans are often equal byte by byte, and stand for themselves.
 */
function promised({ kind, ref }: Evidence, { evidence }: MetricConfig): boolean {
  if (kind !== 'tests' && kind !== 'coverage') return false
  return evidence.some((entry) => entry.expect !== null && entry.expect > 1 && pathGlobs(entry.paths)(ref.path))
}

/** Tests that nobody could read might have been of any level; everything else that names none is of the first. */
function speaksFor(level: LevelId | null, kind: Kind, wanted: LevelId): boolean {
  return level === null ? kind === 'tests' || wanted === 'component' : level === wanted
}
