// Evidence that was asked for by name and is not usable: it keeps a check from passing on what happens to be left.
import type { MetricFamily } from '../model/config.ts'
import type { EvidenceClaim, Kind } from '../model/evidence.ts'
import { type LevelId, levelNumber } from '../model/level.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { GateInput } from './input.ts'

/**
 * Reasons why evidence of the kind is incomplete for the level, or for any level up to one; empty: it is not.
 * A gap whose kind or level nobody can tell counts for each.
 */
export function gapsOf(kind: Kind, level: LevelId | { upTo: LevelId }, input: GateInput): Reason[] {
  const within = (claim: EvidenceClaim): boolean =>
    typeof level === 'string'
      ? claim.level === null || claim.level === level
      : levelsOf(claim, input).some((one) => levelNumber(one) <= levelNumber(level.upTo))
  const concerns = (of: Kind | null, claim: EvidenceClaim): boolean => (of === null || of === kind) && within(claim)
  return [
    ...input.unmet
      .filter(({ declaredBy }) => concerns(kindOf(declaredBy, input), declaredBy))
      .map(({ pattern, found, expected }) =>
        found === 0 || expected === null
          ? reason('evidence_missing', { what: kind, expected: [pattern] })
          : reason('evidence_count', { what: pattern, found, expected }),
      ),
    ...input.rejected
      .filter(
        (one) => concerns(one.kind ?? kindOf(one.declaredBy, input), one.declaredBy) && !incidental(one.declaredBy, one.reason),
      )
      .map((one) => one.reason),
    ...input.refused
      .filter(({ evidence, reason: why }) => concerns(evidence.kind, evidence.declaredBy) && counts(evidence.declaredBy, why))
      .map((one) => one.reason),
  ]
}

const KIND_OF_FAMILY: Readonly<Record<MetricFamily, Kind | null>> = {
  coverage: 'coverage',
  new_code: 'coverage',
  tests: 'tests',
  scenario: 'tests',
  performance: 'performance',
  value: 'performance',
  security: 'security',
  quality: 'security',
  documentation: 'documentation',
  checklist: 'checklist',
  readiness: 'checklist',
  reliability: 'reliability',
  approval: null,
  composite: null,
  continuity: null,
}

/** What the naming metrics mostly read; null: several kinds, or no metric is named. The metric itself misses the file in any case. */
function kindOf(claim: EvidenceClaim, { config }: GateInput): Kind | null {
  const kinds = new Set(config.metrics.filter((one) => claim.metrics.includes(one.id)).map((one) => KIND_OF_FAMILY[one.family]))
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null
}

/** Of the metrics that name it, where the claim has none of its own. What no metric names was asked for by a job: it counts everywhere. */
function levelsOf(claim: EvidenceClaim, { config }: GateInput): LevelId[] {
  const naming = config.metrics.filter((one) => claim.metrics.includes(one.id)).map((one) => one.level)
  if (naming.length === 0) return ['component']
  return claim.level === null ? naming : [claim.level]
}

/** A discovered file that is no report at all was never asked for. */
function incidental(claim: EvidenceClaim, why: Reason): boolean {
  return claim.discovered && why.code === 'evidence_unrecognised'
}

/** A second copy of the same bytes is no gap; nor is a discovered file that is simply not this run's. */
function counts(claim: EvidenceClaim, why: Reason): boolean {
  if (why.code === 'evidence_duplicate') return false
  return !claim.discovered || !NOT_OURS.includes(why.code)
}

const NOT_OURS: readonly Reason['code'][] = ['evidence_stale', 'evidence_wrong_commit', 'evidence_tracked', 'evidence_unbound']
