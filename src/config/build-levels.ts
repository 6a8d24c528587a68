// The levels with their criteria. Requirements are bound to checks afterwards (build-sentences.ts).
import type { CriterionConfig, LevelConfig, MetricConfig, RegressionConfig } from '../model/config.ts'
import { LEVEL_IDS, type LevelId, levelNumber } from '../model/level.ts'
import { longId } from './aliases.ts'
import { dateOf } from './build-evidence.ts'
import { limitsOf, warnBand } from './build-limits.ts'
import { DEFAULT_LAYER } from './defaults.ts'
import { meantOf } from './layer.ts'
import { isTree } from './pointer.ts'
import { Reader } from './reader.ts'
import { LEVEL_KEYS } from './schema/levels.ts'

export function levelReader(root: Reader, id: LevelId): Reader {
  return root.at('certification_levels').at(LEVEL_KEYS[levelNumber(id) - 1]!)
}

/** Metric id a criterion is about. */
function metricIdOf(reader: Reader): string {
  return isTree(reader.value) ? reader.text('metric', reader.key) : reader.key
}

/** The level whose criteria use a metric; the lowest where several do. */
export function usedAt(root: Reader): (metric: string) => LevelId | null {
  const used = new Map<string, LevelId>()
  for (const id of LEVEL_IDS) {
    for (const reader of levelReader(root, id).entries('validation_criteria')) {
      if (!used.has(metricIdOf(reader))) used.set(metricIdOf(reader), id)
    }
  }
  return (metric) => used.get(metric) ?? null
}

export function levelsOf(root: Reader, metrics: readonly MetricConfig[]): LevelConfig[] {
  const seen = new Map<string, Reader>()
  return LEVEL_IDS.map((id) => {
    const reader = levelReader(root, id)
    const criteria = reader.entries('validation_criteria').map((one) => {
      const earlier = seen.get(one.key)
      if (earlier !== undefined)
        one.problem(
          'criterion_twice',
          `criterion ${one.key} is also in ${earlier.origin}`,
          `give one of them another name, and say metric: ${one.key}`,
        )
      seen.set(one.key, one)
      return criterionOf(one, id, metrics)
    })
    return {
      id,
      number: levelNumber(id),
      enabled: reader.flag('enabled', true),
      name: reader.text('name', id),
      description: reader.text('description', ''),
      requirements: [],
      criteria,
      dependsOn: dependsOn(reader, id),
      autoProgression: reader.flag('auto_progression', true),
      manualReview: reader.flag('manual_review', false),
      components: reader.texts('components'),
    }
  })
}

function criterionOf(reader: Reader, level: LevelId, metrics: readonly MetricConfig[]): CriterionConfig {
  const grouped = isTree(reader.value)
  const id = metricIdOf(reader)
  const metric = metrics.find((one) => one.id === id)
  if (metric === undefined) unknownMetric(reader, id, metrics)
  const unit = metric?.unit ?? '%'
  const exempt = grouped && reader.has('not_applicable')
  const written = grouped ? reader.at('pass') : reader
  const pass = written.value === undefined ? inherited(reader, unit, exempt) : limitsOf(written, unit)
  const warn = grouped ? limitsOf(reader.at('warn'), unit) : []
  warnBand(reader, pass, warn)
  return {
    id: reader.key,
    level,
    metric: id,
    pass,
    warn,
    onMissing: reader.choice('on_missing', 'fail'),
    severity: reader.choice('severity', 'fail'),
    weight: reader.number('weight', 1),
    key: reader.flag('key', false),
    baseline: baselineOf(reader.at('baseline')),
    regression: grouped && reader.has('regression') ? regressionOf(reader.at('regression')) : null,
    notApplicable: exempt ? exemption(reader.at('not_applicable')) : null,
    origin: reader.origin,
  }
}

/** A criterion written without a limit keeps the built-in one. */
function inherited(reader: Reader, unit: string, exempt: boolean): CriterionConfig['pass'] {
  const built = Reader.of(DEFAULT_LAYER, { problems: [], notices: [] }, reader.pointer)
  if (built.value !== undefined) return limitsOf(built, unit)
  if (!exempt) reader.problem('no_limit', `criterion ${reader.key} has no limit`, 'write pass: ">= 90%"')
  return []
}

function unknownMetric(reader: Reader, id: string, metrics: readonly MetricConfig[]): void {
  const ids = metrics.map((one) => one.id)
  const hint = meantOf(id, ids) ?? `say how it is measured: metrics: { ${id}: { kind: ... } }`
  reader.problem('unknown_metric', `criterion ${reader.key} judges ${JSON.stringify(id)}, which is no metric`, hint)
}

function exemption(reader: Reader): CriterionConfig['notApplicable'] {
  return { reason: reader.text('reason', ''), expires: dateOf(reader, 'expires'), approvedBy: reader.maybe('approved_by') }
}

function baselineOf(reader: Reader): CriterionConfig['baseline'] {
  const missing = reader.choice<'pending' | 'fail' | 'bootstrap' | 'warn' | 'pass'>('missing', 'pending')
  if (missing === 'warn' || missing === 'pass') {
    reader
      .at('missing')
      .notice(
        'baseline_pending',
        `missing: ${missing} is read as pending: without a baseline nothing relative can pass`,
        'write pending, or bootstrap for the first run',
      )
  }
  const value = reader.at('value').value
  const select = reader.choice<CriterionConfig['baseline']['select']>('select', 'last_passed')
  if (select === 'fixed' && typeof value !== 'number')
    reader.problem('missing_key', 'a fixed baseline needs its value', 'value: 180')
  return {
    select,
    count: reader.number('count', 1),
    aggregate: reader.choice('aggregate', 'median'),
    value: typeof value === 'number' ? value : null,
    missing: missing === 'warn' || missing === 'pass' ? 'pending' : missing,
  }
}

const SAMPLES = 5
const WINDOW = 20

function regressionOf(reader: Reader): RegressionConfig {
  const minSamples = reader.number('min_samples', SAMPLES)
  const window = reader.number('window', Math.max(WINDOW, minSamples))
  if (window < minSamples)
    reader.problem(
      'contradiction',
      `window (${window}) is smaller than min_samples (${minSamples}): there would never be enough`,
      `window: ${minSamples}`,
    )
  return { test: reader.choice('test', 'percentage'), boundary: reader.number('boundary', 0), minSamples, window }
}

function dependsOn(reader: Reader, self: LevelId): LevelId[] {
  return reader.items('depends_on').flatMap((item) => {
    const { value } = item
    const at = typeof value === 'number' ? value - 1 : (LEVEL_KEYS as readonly string[]).indexOf(longId(String(value)))
    const id = LEVEL_IDS[at] ?? LEVEL_IDS.find((one) => one === value)
    if (id === undefined) {
      item.problem(
        'unknown_level',
        `there is no level ${JSON.stringify(value)}`,
        meantOf(String(value), LEVEL_IDS) ?? `levels: ${LEVEL_IDS.join(', ')}`,
      )
    } else if (levelNumber(id) >= levelNumber(self)) {
      item.problem('circular', `the ${self} level cannot wait for the ${id} level`, 'a level depends on levels below it')
      return []
    }
    return id === undefined ? [] : [id]
  })
}
