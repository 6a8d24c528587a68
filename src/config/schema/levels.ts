// The levels and their criteria.
import { LIMIT } from './common.ts'
import { flag, named, record, ref, type SchemaNode, section, text, texts } from './node.ts'

export const LEVEL_KEYS = [
  'level_1_component_certification',
  'level_2_integration_certification',
  'level_3_service_certification',
  'level_4_system_certification',
] as const

export const levelDefs: Record<string, SchemaNode> = {
  baseline: record({
    select: { type: 'string', enum: ['last_passed', 'last', 'certificate', 'fixed'], default: 'last_passed' },
    count: { type: 'integer', minimum: 1, maximum: 50, default: 1 },
    aggregate: { type: 'string', enum: ['avg', 'median', 'p90', 'p95', 'min', 'max'], default: 'median' },
    value: { type: 'number' },
    missing: {
      type: 'string',
      enum: ['pending', 'fail', 'bootstrap', 'warn', 'pass'],
      default: 'pending',
      description: 'Without a baseline nothing relative can pass: warn and pass are read as pending. bootstrap loosens.',
    },
  }),
  regression: record(
    {
      test: {
        type: 'string',
        enum: ['percentage', 'iqr'],
        description: 'percentage: worse than the median of the samples. iqr: outside their quartiles on the worse side.',
      },
      boundary: {
        type: 'number',
        minimum: 0,
        description: 'By more than so many percent of the median, or so many interquartile ranges.',
      },
      min_samples: {
        type: 'integer',
        minimum: 3,
        maximum: 50,
        default: 5,
        description: 'With fewer it waits: pending, never passed.',
      },
      window: {
        type: 'integer',
        minimum: 3,
        maximum: 50,
        default: 20,
        description: 'Number of latest samples that are looked at.',
      },
    },
    ['test', 'boundary'],
    'Must not be worse than what earlier runs of the branch were, beside its limits.',
  ),
  criterion: {
    description: 'The limit of a metric: a number n (>= n), a comparison, a list that must all hold, or an object.',
    ...record({
      pass: ref('thresholds'),
      warn: ref('thresholds'),
      metric: { type: 'string', description: 'Name of the metric; left out: the name of the criterion.' },
      on_missing: { type: 'string', enum: ['fail', 'pending'], default: 'fail', description: 'Missing evidence never passes.' },
      severity: { type: 'string', enum: ['fail', 'warn', 'info'], default: 'fail' },
      weight: { type: 'number', exclusiveMinimum: 0, default: 1 },
      key: flag(false),
      baseline: ref('baseline'),
      regression: ref('regression'),
      not_applicable: record({ reason: { type: 'string', minLength: 10 }, expires: ref('date'), approved_by: ref('login') }, [
        'reason',
        'expires',
      ]),
      controls: texts,
    }),
    type: ['number', 'string', 'array', 'object'],
    pattern: LIMIT,
    minItems: 1,
    items: ref('threshold'),
    'x-meaning': 'threshold',
  },
}

/** One level; `number` names its environment variable. */
function level(number: number, manual: boolean, automatic: boolean): SchemaNode {
  return section(
    {
      name: text,
      description: text,
      requirements: { type: 'array', items: ref('requirement') },
      validation_criteria: named(ref('criterion')),
      auto_progression: flag(automatic),
      manual_review: flag(manual),
      depends_on: { type: 'array', items: { type: ['string', 'integer'] }, description: 'Levels that must be reached first.' },
      components: { ...texts, description: 'Globs of components; the level takes the worst of them.' },
    },
    `CERTIFICATION_LEVEL_${number}_ENABLED`,
  )
}

const manual = [false, false, true, true]
const automatic = [true, true, true, false]
const levels: Record<string, SchemaNode> = {}
for (const [index, key] of LEVEL_KEYS.entries()) {
  levelDefs[`level_${index + 1}`] = level(index + 1, manual[index]!, automatic[index]!)
  levels[key] = ref(`level_${index + 1}`)
  levels[`level_${index + 1}`] = ref(`level_${index + 1}`)
}

export const levelsSection: SchemaNode = record(levels)
