// A checklist item that is bound to a check: judged from this run's metrics and evidence, never by a tick.
import type { Check } from '../model/check.ts'
import type { Admitted, EvidenceRef, Kind } from '../model/evidence.ts'
import { LEVEL_IDS, type LevelId } from '../model/level.ts'
import type { Limit } from '../model/limit.ts'
import type { MetricValue } from '../model/metric.ts'
import { hold } from './compare.ts'
import { refsOf } from './known.ts'
import type { Measuring } from './metric.ts'
import { healthOf } from './test-health.ts'
import { troubleOf } from './trouble.ts'

/** open: judged, and not met. unknown: nothing to judge it by here. */
export interface ItemVerdict {
  state: 'done' | 'open' | 'unknown'
  basis: EvidenceRef[]
}

const UNKNOWN: ItemVerdict = { state: 'unknown', basis: [] }

/** null: only a person can say. */
export function judgeCheck(check: Check, measuring: Measuring): ItemVerdict | null {
  const { input, ask } = measuring
  switch (check.fn) {
    case 'manual':
      return null
    case 'metric':
      return byLimits(ask(check.id), [check.limit])
    case 'criterion': {
      const criterion = input.config.levels.flatMap((level) => level.criteria).find((one) => one.id === check.id)
      return criterion === undefined ? UNKNOWN : byLimits(ask(criterion.metric), criterion.pass)
    }
    case 'tests.passed': {
      if (gapIn('tests', check.level, measuring)) return UNKNOWN
      const reports = of(input.admitted, 'tests', check.level)
      const health = healthOf(reports)
      return verdict(
        health.executed === 0 && health.capped === null ? null : health.passed > 0 && health.capped !== 'fail',
        reports,
      )
    }
    case 'tests.count': {
      if (gapIn('tests', check.level, measuring)) return UNKNOWN
      const reports = of(input.admitted, 'tests', check.level)
      return verdict(reports.length === 0 ? null : hold([check.limit], healthOf(reports).executed, '') === 'holds', reports)
    }
    case 'evidence': {
      if (gapIn(check.kind, check.level, measuring)) return UNKNOWN
      const { scan } = check
      const found = of(input.admitted, check.kind, check.level).filter(
        (one) => scan === undefined || (one.facts.kind === 'security' && one.facts.scans.includes(scan)),
      )
      return verdict(found.length > 0 ? true : null, found)
    }
    default:
      return UNKNOWN
  }
}

/** Evidence of the kind that was asked for and is missing or unusable: what is left cannot answer for it, as at the gates. */
function gapIn(kind: Kind, level: LevelId | null, { metric, input }: Measuring): boolean {
  const levels = level === null ? LEVEL_IDS : [level]
  return levels.some(
    (one) => troubleOf({ ...metric, id: '', level: one, evidence: [] }, { kinds: [kind], minds: [] }, input).blocking.length > 0,
  )
}

function byLimits(value: MetricValue | null, limits: readonly Limit[]): ItemVerdict {
  if (value === null || value.state !== 'known' || value.value === null) return UNKNOWN
  const judged = limits.length === 0 ? 'needs_baseline' : hold(limits, value.value, value.unit)
  if (judged === 'needs_baseline' || judged === 'other_unit') return UNKNOWN
  return { state: judged === 'holds' && value.capped !== 'fail' ? 'done' : 'open', basis: value.basis }
}

function verdict(holds: boolean | null, evidence: readonly Admitted[]): ItemVerdict {
  return { state: holds === null ? 'unknown' : holds ? 'done' : 'open', basis: refsOf(evidence) }
}

/** Of that level; without one, of any. */
function of(admitted: readonly Admitted[], kind: Kind, level: LevelId | null): Admitted[] {
  return admitted.filter(
    (one) => one.kind === kind && (level === null ? one.level === null || LEVEL_IDS.includes(one.level) : one.level === level),
  )
}
