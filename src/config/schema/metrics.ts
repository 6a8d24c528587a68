// How things are measured: metrics, suites, components, checklists, suppressions.
import { LEVEL_NAMES, SCAN_KINDS, SEVERITIES } from './common.ts'
import { flag, named, oneOrMore, orText, record, ref, type SchemaNode, text, texts } from './node.ts'

export const METRIC_KINDS = [
  'coverage',
  'tests',
  'performance',
  'security',
  'quality',
  'documentation',
  'checklist',
  'scenario',
  'reliability',
  'readiness',
  'approval',
  'value',
  'composite',
  'continuity',
  'new_code',
] as const

const measure: SchemaNode = {
  type: 'string',
  enum: ['lines', 'statements', 'branches', 'functions', 'combined'],
  default: 'lines',
}
const scans: SchemaNode = { type: 'array', items: { type: 'string', enum: [...SCAN_KINDS] } }
const weights: SchemaNode = record(
  Object.fromEntries(SEVERITIES.map((name) => [name, { type: 'number', minimum: 0, maximum: 100 }])),
)
const weight: SchemaNode = { type: 'number', exclusiveMinimum: 0, default: 1 }

export const metricDefs: Record<string, SchemaNode> = {
  objective: record(
    {
      sli: { type: 'string', minLength: 1 },
      name: text,
      pass: ref('thresholds'),
      warn: ref('thresholds'),
      weight,
      key: flag(false),
    },
    ['sli', 'pass'],
  ),
  document: orText(
    record(
      {
        id: text,
        path: { type: 'string', minLength: 1 },
        headings: texts,
        min_words: { type: 'integer', minimum: 0, default: 0 },
        max_age: ref('duration', { 'x-unit': 'd' }),
        weight,
        links: { ...flag(true), description: 'Relative links must resolve.' },
      },
      ['path'],
    ),
  ),
  metric: record({
    kind: { type: 'string', enum: [...METRIC_KINDS] },
    level: ref('level'),
    unit: { ...text, description: 'For kind continuity: d or commits.' },
    evidence: ref('evidence'),
    max_age: ref('duration', { 'x-unit': 'd' }),
    coverage: record({ measure, include: texts, exclude: texts }),
    objectives: { type: 'array', minItems: 1, items: ref('objective') },
    security: record({ weights, require: scans }),
    documents: { type: 'array', minItems: 1, items: ref('document') },
    points: {
      type: 'array',
      minItems: 1,
      items: record({ id: { type: 'string', minLength: 1 }, tests: oneOrMore }, ['id', 'tests']),
      description: 'Interactions, services, databases or journeys, each with the tests that prove it.',
    },
    tests: { ...oneOrMore, description: 'Globs on suite, file, class or test name.' },
    min_events: { type: 'integer', minimum: 1, default: 1000 },
    min_lines: {
      type: 'integer',
      minimum: 1,
      default: 20,
      description: 'For kind new_code: with fewer changed lines that hold code nothing is enforced, and that is said.',
    },
    sli: { type: 'string', description: 'For kind value: the number to read from performance evidence.' },
    parts: { ...named(weight), description: 'For kind composite: metrics with their weights.' },
    checklists: texts,
  }),
  checklist: record({
    title: text,
    source: { type: 'string', minLength: 1, description: 'A Markdown file with a task list.' },
    attestation: {
      ...flag(true),
      description: 'A tick counts with who, when, evidence and expiry. false loosens: a plain tick is enough.',
    },
    items: {
      type: 'array',
      items: orText(
        record(
          {
            text: { type: 'string', minLength: 1 },
            id: text,
            domain: { type: 'string', enum: ['functional', 'performance', 'security', 'operational', 'documentation'] },
            check: text,
            blocking: flag(true),
            weight,
            attested: record(
              {
                by: { type: 'string', minLength: 1, description: 'Login of who vouches for it.' },
                on: ref('date'),
                evidence: { type: 'string', minLength: 1, description: 'A path of the repository, or an https address.' },
                expires: ref('date'),
              },
              ['by', 'on', 'evidence', 'expires'],
            ),
            progress: { type: 'boolean', description: 'It tells how far things are, and holds nothing back.' },
          },
          ['text'],
        ),
      ),
    },
  }),
}

export const metricSections: Record<string, SchemaNode> = {
  evidence: ref('evidence'),
  discovery: { ...flag(true), description: 'Look for reports by their usual names for metrics that name no evidence.' },
  suites: {
    ...record(Object.fromEntries(LEVEL_NAMES.map((name) => [name, oneOrMore]))),
    description: 'Globs on suite, file or class name that tell the suites of the levels apart.',
  },
  metrics: named(ref('metric')),
  components: named(record({ paths: texts, evidence: ref('evidence') }, ['paths'])),
  checklists: named(ref('checklist')),
  suppressions: {
    type: 'array',
    items: record(
      {
        id: { type: 'string', minLength: 1, description: 'Rule, CVE or fingerprint.' },
        path: { type: 'string', minLength: 1 },
        package: { type: 'string', minLength: 1 },
        justification: { type: 'string', minLength: 10 },
        owner: { type: 'string', minLength: 1 },
        expires: ref('date'),
      },
      ['id', 'justification', 'owner', 'expires'],
    ),
    description: 'Findings that are accepted for a while. Each loosens.',
  },
  vex: {
    type: 'array',
    items: record(
      {
        file: { type: 'string', minLength: 1, description: 'OpenVEX or CycloneDX JSON, read where this file is read.' },
        product: {
          ...oneOrMore,
          description: 'What this repository is called in the document, for what it says of it as a whole.',
        },
        owner: { type: 'string', minLength: 1 },
        expires: ref('date'),
      },
      ['file', 'owner', 'expires'],
    ),
    description: 'VEX documents whose word on findings is accepted for a while. Each loosens.',
  },
  path_map: {
    type: 'array',
    items: record({ from: { type: 'string', minLength: 1 }, to: text }, ['from', 'to']),
    description: 'Folders as coverage reports name them, and where they are in the repository, beside what is found by itself.',
  },
}
