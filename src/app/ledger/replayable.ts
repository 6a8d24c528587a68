// Whether a recorded run can be judged by another policy: what that one would have looked at and the record does not keep.
import { canonical } from '../../certificate/ledger/seal.ts'
import type { Config, EvidenceEntry, MetricConfig } from '../../model/config.ts'
import type { RecordedFacts } from '../../model/evaluation.ts'
import { isIssueCheck, wasAsked } from '../../model/issue.ts'
import { checksOf, fileChecks } from '../deliverables.ts'

/** Each a sentence; empty: it can be judged. */
export function obstacles(before: Config, after: Config, facts: RecordedFacts): string[] {
  const found: string[] = []
  const differ = (what: (config: Config) => unknown): boolean => !same(what(before), what(after))
  if (differ(reportsOf)) found.push('it names other reports')
  if (differ((config) => config.suites)) found.push('it tells the suites of the levels apart in another way')
  if (differ((config) => config.checklists)) found.push('it has other checklists')
  for (const metric of after.metrics) found.push(...metricObstacles(metric, before, after, facts))
  const unseen = patternsOf(after).filter((pattern) => !Object.hasOwn(facts.matched, pattern))
  if (unseen.length > 0) found.push(`it asks for files that nobody looked for: ${unseen.slice(0, 3).join(', ')}`)
  if (
    checksOf(after)
      .filter(isIssueCheck)
      .some((check) => !wasAsked(check, facts.issues))
  )
    found.push('it asks for issues that nobody looked up')
  return [...new Set(found)]
}

function metricObstacles(metric: MetricConfig, before: Config, after: Config, facts: RecordedFacts): string[] {
  const old = before.metrics.find((one) => one.id === metric.id)
  const told = (what: string): string[] => [`${metric.id} needs ${what}`]
  if (old !== undefined && same(bare(old), bare(metric)) && same(shared(metric, before), shared(metric, after))) return []
  if (old !== undefined && facts.measured.some((one) => one.id === metric.id))
    return told('the single lines or tests of its reports')
  const lost = (kind: string): boolean => facts.files.some((file) => file.kind === kind && !file.whole)
  const refusedForAge = facts.refused.some((one) => one.reason.code === 'evidence_stale')
  if (old !== undefined && old.maxAgeSeconds !== metric.maxAgeSeconds && refusedForAge)
    return told('reports that were refused for their age')
  switch (metric.family) {
    case 'documentation':
      return same(old?.documents, metric.documents) ? [] : told('documents that were not read')
    case 'tests':
    case 'scenario':
      return lost('tests') ? told('the names of single tests') : []
    case 'coverage': {
      const asBefore =
        old !== undefined && same(shared(metric, before), shared(metric, after)) && same(scopeOf(old), scopeOf(metric))
      if (!asBefore && reportsOverlap(facts)) return told('the single lines of its reports')
      return lost('coverage') || (metric.points.length > 0 && lost('tests')) ? told('the figures of single files') : []
    }
    case 'new_code':
      return facts.diff === undefined || facts.diff.problem !== null ? [] : told('the single lines of its reports')
    case 'performance':
    case 'value':
      return lost('performance') ? told('measurements that were left out') : []
    case 'security':
    case 'quality':
      return lost('security') ? told('findings that were left out') : []
    default:
      return []
  }
}

/** Of which reports coverage is united, and what of it. */
function scopeOf({ level, measure }: MetricConfig): unknown {
  return [level, measure]
}

/** Two reports speak of one file: what they cover of it together, only its lines tell. */
function reportsOverlap({ files }: RecordedFacts): boolean {
  const seen = new Set<string>()
  const paths = files.flatMap(({ facts }) => (facts.kind === 'coverage' ? [new Set(facts.files.map((file) => file.path))] : []))
  return paths.some((own) => [...own].some((path) => seen.size === seen.add(path).size))
}

/** What of the rest of a policy a metric's value depends on. */
function shared({ family, level }: MetricConfig, config: Config): unknown {
  const components = [config.components, config.levels.find((one) => one.id === level)?.components]
  if (family === 'new_code') return [components, config.pathMap]
  return family === 'security' || family === 'quality' ? [components, config.suppressions, config.vex ?? []] : components
}

function reportsOf(config: Config): unknown {
  const entry = ({ origin: _, ...rest }: EvidenceEntry): unknown => rest
  return [
    config.discovery,
    config.evidence.map(entry),
    config.components.map((one) => [one.id, one.evidence.map(entry)]),
    config.metrics.map((one) => [one.id, one.evidence.map(entry)]).filter(([, entries]) => (entries as unknown[]).length > 0),
  ]
}

/** A metric as it is measured; where its lines stand in the config is no part of it. */
function bare(metric: MetricConfig): unknown {
  return withoutOrigin(metric)
}

function withoutOrigin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigin)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'origin' ? [] : [[key, withoutOrigin(inner)]])),
  )
}

function patternsOf(config: Config): string[] {
  return fileChecks(config).flatMap((check) => check.paths)
}

function same(a: unknown, b: unknown): boolean {
  return canonical(withoutOrigin(a ?? null)) === canonical(withoutOrigin(b ?? null))
}
