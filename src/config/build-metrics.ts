// How each metric is measured: the sixteen of the seed and those the config adds.
import type { DocumentRule, MetricConfig, MetricFamily, Objective } from '../model/config.ts'
import type { Severity } from '../model/evidence.ts'
import type { LevelId } from '../model/level.ts'
import { evidenceOf, levelOf } from './build-evidence.ts'
import { limitsOf, warnBand } from './build-limits.ts'
import { meantOf } from './layer.ts'
import type { Reader } from './reader.ts'
import { METRIC_KINDS } from './schema/metrics.ts'

/** Points a finding takes from 100 (spec 2.5). A severity nobody stated counts as high. */
const WEIGHTS: Record<Severity, number> = { critical: 100, high: 25, medium: 5, low: 1, info: 0, unknown: 25 }

const MIN_EVENTS = 1000
const MIN_LINES = 20

/** `usedAt`: the level whose criteria name a metric that states no level itself. */
export function metricsOf(root: Reader, usedAt: (id: string) => LevelId | null, components: readonly string[]): MetricConfig[] {
  const ids = root.entries('metrics').map((reader) => reader.key)
  const checklists = root.entries('checklists').map((reader) => reader.key)
  const named = root.entries('metrics').flatMap((reader) => (reader.has('kind') ? [reader.key] : []))
  return root.entries('metrics').map((reader) => {
    const metric = metricOf(reader, usedAt(reader.key), components, named)
    for (const part of metric.parts) known(reader.at('parts').at(part.metric), 'metric', part.metric, ids)
    for (const list of metric.checklists) known(reader.at('checklists'), 'checklist', list, checklists)
    if (metric.parts.some((part) => part.metric === metric.id))
      reader.at('parts').problem('circular', `${metric.id} is a part of itself`)
    return metric
  })
}

/** `named`: metrics that have a kind. */
function metricOf(reader: Reader, usedAt: LevelId | null, components: readonly string[], named: readonly string[]): MetricConfig {
  const coverage = reader.at('coverage')
  const security = reader.at('security')
  const family = reader.choice<MetricFamily | ''>('kind', '')
  if (family === '') {
    const meant = meantOf(reader.key, named)
    const kinds = `kinds: ${METRIC_KINDS.join(', ')}`
    const hint = meant === undefined ? kinds : `${meant} A metric of your own needs its kind. ${kinds}`
    reader.problem('missing_key', `metric ${reader.key} has no kind`, hint)
  }
  const metric: MetricConfig = {
    id: reader.key,
    family: family === '' ? 'value' : family,
    level: levelOf(reader.at('level').value) ?? usedAt ?? 'component',
    unit: reader.text('unit', family === 'continuity' ? 'd' : '%'),
    evidence: evidenceOf(reader, components),
    maxAgeSeconds: reader.seconds('max_age', 'd'),
    measure: coverage.choice('measure', 'lines'),
    include: coverage.texts('include'),
    exclude: coverage.texts('exclude'),
    objectives: reader.items('objectives').map(objectiveOf),
    weights: weightsOf(security.at('weights')),
    requireScans: security.texts('require') as MetricConfig['requireScans'],
    documents: reader.items('documents').map(documentOf),
    points: reader.items('points').map((point) => ({ id: point.text('id', ''), tests: point.texts('tests') })),
    tests: reader.texts('tests'),
    minEvents: reader.number('min_events', MIN_EVENTS),
    minLines: reader.number('min_lines', MIN_LINES),
    sli: reader.maybe('sli'),
    parts: reader.entries('parts').map((part) => ({ metric: part.key, weight: Number(part.value) })),
    checklists: reader.texts('checklists'),
    origin: reader.origin,
  }
  lacks(reader, metric)
  return metric
}

/** A kind without the one thing it cannot do without. */
function lacks(reader: Reader, metric: MetricConfig): void {
  const need = (missing: boolean, key: string, example: string) => {
    if (missing) reader.problem('missing_key', `metric ${metric.id} of kind ${metric.family} needs ${key}`, example)
  }
  need(
    metric.family === 'value' && metric.sli === null && reader.has('kind'),
    'sli',
    'name the number to read: sli: http_reqs.rate',
  )
  need(
    metric.family === 'composite' && metric.parts.length === 0,
    'parts',
    'name its metrics with their weights: parts: { test_coverage: 2 }',
  )
  need(
    metric.family === 'checklist' && metric.checklists.length === 0 && metric.evidence.length === 0,
    'checklists or evidence',
    'name a list under checklists',
  )
  if (metric.family === 'continuity' && metric.unit !== 'd' && metric.unit !== 'commits')
    reader
      .at('unit')
      .problem('bad_unit', `metric ${metric.id} of kind continuity cannot be in ${metric.unit}`, 'unit: d, or unit: commits')
}

function known(reader: Reader, what: string, id: string, ids: readonly string[]): void {
  if (!ids.includes(id))
    reader.problem(
      `unknown_${what}`,
      `there is no ${what} ${JSON.stringify(id)}`,
      meantOf(id, ids) ?? `known: ${ids.slice(0, 20).join(', ') || 'none'}`,
    )
}

function objectiveOf(reader: Reader): Objective {
  const pass = limitsOf(reader.at('pass'), '')
  const warn = limitsOf(reader.at('warn'), '')
  warnBand(reader, pass, warn)
  return {
    sli: reader.text('sli', ''),
    pass,
    warn,
    weight: reader.number('weight', 1),
    key: reader.flag('key', false),
    origin: reader.origin,
  }
}

function weightsOf(reader: Reader): Record<Severity, number> {
  const weights = { ...WEIGHTS }
  for (const name of Object.keys(WEIGHTS) as Severity[]) weights[name] = reader.number(name, WEIGHTS[name])
  return weights
}

function documentOf(reader: Reader): DocumentRule {
  const path = typeof reader.value === 'string' ? reader.value : reader.text('path', '')
  return {
    id: reader.text('id', path),
    path,
    minWords: reader.number('min_words', 0),
    headings: reader.texts('headings'),
    maxAgeSeconds: reader.seconds('max_age', 'd'),
    weight: reader.number('weight', 1),
    links: reader.flag('links', true),
  }
}
