// A monorepo's parts: each measured on its own evidence or on its share of the whole; the lowest counts (decision 23).
import picomatch from 'picomatch'
import type { ComponentConfig, Config, MetricConfig } from '../model/config.ts'
import type { Admitted } from '../model/evidence.ts'
import { glob, globs } from '../model/glob.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { distinctReasons, type Reason, reason } from '../model/reason.ts'
import { lowerCap, refsOf, unknown } from './known.ts'
import { shown } from './shown.ts'

const PARTS = 100

/** Declared components that the level has, and those that its patterns find among the covered files. */
export function componentsOf(metric: MetricConfig, config: Config, evidence: readonly Admitted[]): ComponentConfig[] {
  const patterns = config.levels.find((level) => level.id === metric.level)?.components ?? []
  const bare = (id: string, paths: string[] = []): ComponentConfig => ({ id, paths, evidence: [] })
  const chosen = globs(patterns, { dot: true, nonegate: true })
  const mine = config.components.filter(
    (one) => patterns.length === 0 || [one.id, ...one.paths].some((name) => patterns.includes(name) || chosen(name)),
  )
  const tags = [...new Set(evidence.flatMap((one) => one.declaredBy.component ?? []))].filter(
    (tag) => !config.components.some((one) => one.id === tag),
  )
  const unused = patterns.filter(
    (pattern) =>
      !config.components.some((one) =>
        [one.id, ...one.paths].some((name) => name === pattern || picomatch.isMatch(name, pattern)),
      ),
  )
  const found = metric.family === 'coverage' ? unused.flatMap((pattern) => foldersLike(pattern, evidence)) : []
  return [...mine, ...tags.map((tag) => bare(tag)), ...found.map((folder) => bare(folder, [folder]))]
}

/** Folders of covered files that match `packages/*`; the pattern itself where none does, so that it cannot go unnoticed. */
function foldersLike(pattern: string, evidence: readonly Admitted[]): string[] {
  const matches = glob(pattern.replace(/\/+$/, ''), { dot: true, nonegate: true })
  const folders = new Set<string>()
  for (const one of evidence) {
    if (one.facts.kind !== 'coverage') continue
    for (const { path } of one.facts.files) {
      const name = path.replace(/^(?:\.\/)+/, '')
      for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        if (matches(name.slice(0, slash))) {
          folders.add(name.slice(0, slash))
          break
        }
      }
    }
  }
  return folders.size > 0 ? [...folders].sort() : [pattern]
}

export type MeasureOne = (evidence: Admitted[], component: ComponentConfig | null) => MetricValue

/** One value for the metric from all its components: unknown if any is, else the lowest. */
export function rollUp(
  metric: MetricConfig,
  components: readonly ComponentConfig[],
  evidence: readonly Admitted[],
  measure: MeasureOne,
): MetricValue {
  const common = evidence.filter((one) => one.declaredBy.component === null)
  const tagged = common.length < evidence.length
  if (components.length === 0 || (!tagged && metric.family !== 'coverage')) return measure([...evidence], null)

  const results: { name: string; value: MetricValue }[] = []
  for (const component of components) {
    const own = evidence.filter((one) => one.declaredBy.component === component.id)
    if (own.length > 0) results.push({ name: component.id, value: measure(own, component) })
    else if (common.length === 0) results.push({ name: component.id, value: without(metric, component.id) })
    else if (metric.family === 'coverage') results.push({ name: component.id, value: measure(common, component) })
  }
  if (common.length > 0) results.push({ name: 'everything', value: measure(common, null) })
  return lowest(metric, results, evidence)
}

function without(metric: MetricConfig, component: string): MetricValue {
  return unknown(metric, 'no_evidence', [reason('component_short', { component, actual: null, unit: metric.unit })])
}

function lowest(
  metric: MetricConfig,
  results: readonly { name: string; value: MetricValue }[],
  evidence: readonly Admitted[],
): MetricValue {
  const inner = results.flatMap(({ name, value }) =>
    results.length === 1 ? value.parts : value.parts.map((part) => ({ ...part, component: name })),
  )
  const parts = [...results.map(partOf), ...inner].slice(0, PARTS)
  const slis = results.flatMap((one) => one.value.slis)
  const failing = (['error', 'no_evidence', 'pending'] as const).find((state) => results.some((one) => one.value.state === state))
  if (failing !== undefined) {
    const reasons = results.filter((one) => one.value.state !== 'known').flatMap((one) => unknownReasons(metric, one))
    return unknown(metric, failing, distinctReasons(reasons), { basis: refsOf(evidence), parts, slis })
  }
  const least = results.reduce((low, one) => ((one.value.value ?? 0) < (low.value.value ?? 0) ? one : low))
  const actual = least.value.value ?? 0
  const short: Reason[] =
    results.length > 1 && actual < 100 ? [reason('component_short', { component: least.name, actual, unit: metric.unit })] : []
  return {
    ...least.value,
    formula: results.length > 1 ? `lowest of ${results.length}, ${least.name}: ${least.value.formula}` : least.value.formula,
    basis: refsOf(evidence).concat(least.value.basis).filter(firstOf),
    capped: results.map((one) => one.value.capped).reduce(lowerCap, null),
    reasons: distinctReasons([...short, ...results.flatMap((one) => one.value.reasons)]),
    parts,
    slis,
  }
}

function unknownReasons(metric: MetricConfig, { name, value }: { name: string; value: MetricValue }): Reason[] {
  const said = value.reasons.some((one) => one.code === 'component_short')
  return said
    ? value.reasons
    : [reason('component_short', { component: name, actual: null, unit: metric.unit }), ...value.reasons]
}

function partOf({ name, value }: { name: string; value: MetricValue }): MetricPart {
  const state = value.state !== 'known' ? 'unknown' : (value.value ?? 0) < 100 || value.capped === 'fail' ? 'short' : 'pass'
  const detail = value.state === 'known' ? `${shown(value.value ?? 0)} %: ${value.formula}` : 'not measured'
  return {
    name: `component ${name}`,
    state,
    detail,
    path: null,
    ranges: [],
    kind: 'component',
    component: name,
    ratio: value.ratio,
  }
}

function firstOf<T extends { path: string; sha256: string }>(ref: T, at: number, all: readonly T[]): boolean {
  return all.findIndex((one) => one.path === ref.path && one.sha256 === ref.sha256) === at
}
