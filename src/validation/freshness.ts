// How old a report is, and whether that is too old for everything that would use it.
import type { Config, MetricConfig, MetricFamily } from '../model/config.ts'
import type { Evidence, Kind } from '../model/evidence.ts'
import type { LevelId } from '../model/level.ts'
import { type Reason, reason } from '../model/reason.ts'

/** Clocks of two machines may differ by this much. */
const SKEW_SECONDS = 600
/** Some tools write local time without its zone; the zone farthest ahead of UTC is this far. */
const ZONE_SECONDS = 14 * 3600

const USERS: Record<Kind, readonly MetricFamily[]> = {
  coverage: ['coverage'],
  tests: ['tests', 'scenario', 'coverage'],
  performance: ['performance', 'value', 'reliability'],
  security: ['security', 'quality'],
  documentation: ['documentation'],
  apidocs: ['documentation'],
  checklist: ['checklist', 'readiness'],
  reliability: ['reliability'],
}

export type Age = { refused: Reason } | { seconds: number | null }

/**
 * Seconds since the report was made: by its own word, else by its file's date. null: not known.
 * A report that says it is from the future is refused; a file's date that does is no date.
 */
export function ageOf(evidence: Evidence, now: Date, inAction: boolean): Age {
  const said = secondsSince(evidence.info.createdAt, now)
  if (said !== null) {
    if (said >= -SKEW_SECONDS) return { seconds: Math.max(0, said) }
    if (inAction || said < -(ZONE_SECONDS + SKEW_SECONDS)) {
      return { refused: reason('evidence_from_future', { path: evidence.ref.path, date: evidence.info.createdAt! }) }
    }
  }
  const modified = secondsSince(evidence.modifiedAt, now)
  if (modified === null || modified < -SKEW_SECONDS) return { seconds: null }
  return { seconds: Math.max(0, modified) }
}

/** Too old for every metric that would use it; what is too old for one of several is that metric's own affair. */
export function stale(
  evidence: Evidence,
  levels: readonly (LevelId | null)[],
  seconds: number | null,
  config: Config,
): Reason | null {
  const { metrics } = evidence.declaredBy
  const wants = (metric: MetricConfig): boolean =>
    metrics.length > 0
      ? metrics.includes(metric.id)
      : USERS[evidence.kind].includes(metric.family) && levels.includes(metric.level)
  const limits = config.metrics.filter(wants).map((metric) => metric.maxAgeSeconds)
  if (limits.length === 0 || limits.includes(null)) return null
  const longest = Math.max(...limits.map((limit) => limit ?? 0))
  if (seconds !== null && seconds <= longest) return null
  return reason('evidence_stale', { path: evidence.ref.path, age: inWords(seconds), max: inWords(longest) })
}

function secondsSince(date: string | null, now: Date): number | null {
  if (date === null) return null
  const time = Date.parse(date)
  return Number.isNaN(time) ? null : (now.getTime() - time) / 1000
}

function inWords(seconds: number | null): string {
  if (seconds === null) return 'not known how'
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d`
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 60)} min`
}
