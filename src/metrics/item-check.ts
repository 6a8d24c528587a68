// A checklist item that is bound to a check: judged from this run's metrics and evidence, never by a tick.
import type { Check } from '../model/check.ts'
import type { CriterionConfig } from '../model/config.ts'
import type { Admitted, EvidenceRef, Kind } from '../model/evidence.ts'
import { filePresent } from '../model/file-check.ts'
import type { BaselineResult, Baselines } from '../model/history.ts'
import { judgeIssues } from '../model/issue.ts'
import { LEVEL_IDS, type LevelId } from '../model/level.ts'
import type { Limit } from '../model/limit.ts'
import type { MetricValue } from '../model/metric.ts'
import { baselineValue, isRegression } from '../model/relative.ts'
import { hold } from './compare.ts'
import { refsOf, toldBy } from './known.ts'
import type { Measuring } from './metric.ts'
import { healthOf } from './test-health.ts'
import { troubleOf } from './trouble.ts'

/** open: judged, and not met. unknown: nothing to judge it by here. */
export interface ItemVerdict {
  state: 'done' | 'open' | 'unknown'
  basis: EvidenceRef[]
  /** Why it is not done, as the end of a sentence; left out: the state says it. */
  why?: string
}

const UNKNOWN: ItemVerdict = { state: 'unknown', basis: [], why: 'not judged in this run' }

/** null: only a person can say. */
export function judgeCheck(check: Check, measuring: Measuring): ItemVerdict | null {
  const { input, ask } = measuring
  const criteria = input.config.levels.flatMap((level) => level.criteria)
  const baselineOf = (one: CriterionConfig | undefined) => (one === undefined ? undefined : input.baselines.criteria[one.id])
  switch (check.fn) {
    case 'manual':
      return null
    case 'metric':
      return byLimits(ask(check.id), [check.limit], baselineOf(criteria.find((one) => one.metric === check.id)))
    case 'criterion': {
      const criterion = criteria.find((one) => one.id === check.id)
      if (criterion === undefined) return UNKNOWN
      const value = ask(criterion.metric)
      const found = byLimits(value, criterion.pass, baselineOf(criterion))
      return found.state === 'done' && value !== null ? tested(found, criterion, value, input.baselines) : found
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
      return verdict(reports.length === 0 ? null : hold([check.limit], healthOf(reports).executed, '', null) === 'holds', reports)
    }
    case 'evidence': {
      if (gapIn(check.kind, check.level, measuring)) return UNKNOWN
      const { scan } = check
      const found = of(input.admitted, check.kind, check.level).filter(
        (one) => scan === undefined || (one.facts.kind === 'security' && one.facts.scans.includes(scan)),
      )
      return verdict(found.length > 0 ? true : null, found)
    }
    case 'file': {
      const files = input.files ?? {}
      const refs = check.paths.flatMap((pattern) => files[pattern] ?? []).map(({ path }) => toldBy(path))
      return filePresent(check, files).outcome === 'pass'
        ? { state: 'done', basis: refs }
        : { state: 'open', basis: [], why: `there is no such file, or it is empty or too old: ${check.paths.join(', ')}` }
    }
    case 'issues.closed':
    case 'sub_issues.closed': {
      const found = judgeIssues(check, input.issues)
      if (found.state === 'done') return { state: 'done', basis: [toldBy('the issues on GitHub')] }
      if (found.state === 'unknown') return { state: 'unknown', basis: [], why: found.why }
      return {
        state: 'open',
        basis: [toldBy('the issues on GitHub')],
        why: `open: ${found.issues.map((number) => `#${number}`).join(', ')}`,
      }
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

/** A criterion's regression test holds for the item too; without its samples nothing is done. */
function tested(done: ItemVerdict, { id, regression }: CriterionConfig, metric: MetricValue, baselines: Baselines): ItemVerdict {
  if (regression === null) return done
  const found = baselines.regressions[id]
  const worse =
    found?.state === 'found' && metric.value !== null ? isRegression(found.regression, metric.value, metric.unit) : null
  return worse === null ? UNKNOWN : worse ? { ...done, state: 'open' } : done
}

function byLimits(value: MetricValue | null, limits: readonly Limit[], found: BaselineResult | undefined): ItemVerdict {
  if (value === null || value.state !== 'known' || value.value === null) return UNKNOWN
  const baseline = baselineValue(found, value.unit)
  const judged = limits.length === 0 ? 'needs_baseline' : hold(limits, value.value, value.unit, baseline)
  if (judged === 'needs_baseline' || judged === 'other_unit') return UNKNOWN
  return { state: judged === 'holds' && value.capped !== 'fail' ? 'done' : 'open', basis: value.basis }
}

function verdict(holds: boolean | null, evidence: readonly Admitted[]): ItemVerdict {
  return holds === null ? { ...UNKNOWN, basis: refsOf(evidence) } : { state: holds ? 'done' : 'open', basis: refsOf(evidence) }
}

/** Of that level; without one, of any. */
function of(admitted: readonly Admitted[], kind: Kind, level: LevelId | null): Admitted[] {
  return admitted.filter(
    (one) => one.kind === kind && (level === null ? one.level === null || LEVEL_IDS.includes(one.level) : one.level === level),
  )
}
