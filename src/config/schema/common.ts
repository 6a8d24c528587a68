// Shapes used by several sections: limits, dates, durations, secrets, people, evidence.
import { jsonReading } from './json-reading.ts'
import { flag, oneOrMore, orText, record, ref, type SchemaNode, text, texts } from './node.ts'

export const LEVEL_NAMES = ['component', 'integration', 'service', 'system'] as const
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const
export const SCAN_KINDS = ['sast', 'sca', 'secrets', 'container', 'iac', 'dast', 'license'] as const

const term = String.raw`(?:<=|>=|==|!=|<|>|=)\s*[+-]?\d+(?:\.\d+)?\s*(?:%|[A-Za-z][A-Za-z0-9/]*)?`

/** For editors; what a limit means is read by threshold.ts. */
export const LIMIT = String.raw`^\s*${term}(?:\s*(?:and|&&)\s*${term})*\s*$`

export const commonDefs: Record<string, SchemaNode> = {
  level: { description: 'A level by name or number.', type: ['string', 'integer'], enum: [...LEVEL_NAMES, 1, 2, 3, 4] },
  threshold: {
    description:
      'A number n (means >= n), or comparisons: "> 95%", "< 200ms", "> 90% and < 110%", "<= +10%" against the baseline.',
    type: ['number', 'string'],
    pattern: LIMIT,
    'x-meaning': 'threshold',
  },
  thresholds: {
    description: 'One limit, or a list of limits that must all hold.',
    type: ['number', 'string', 'array'],
    pattern: LIMIT,
    minItems: 1,
    items: { $ref: '#/$defs/threshold' },
    'x-meaning': 'threshold',
  },
  date: { description: 'A date that exists, as YYYY-MM-DD.', type: 'string', format: 'date', 'x-meaning': 'date' },
  duration: {
    description: 'ISO 8601 (P6M, PT24H) or 10m, 24h, 90d, 4w, 6mo, 1y; a bare whole number takes the unit of its key.',
    type: ['integer', 'string'],
    pattern: String.raw`^(?:P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|\d+(?:ms|s|m|h|d|w|mo|q|y))$`,
    'x-meaning': 'duration',
  },
  secret: {
    description: 'The name of an environment variable that holds the secret, as env:NAME. Never the secret itself.',
    type: 'string',
    pattern: String.raw`^(?:env:[A-Za-z_][A-Za-z0-9_]*|.*\.\.\.)$`,
    'x-meaning': 'secret',
  },
  cron: {
    description: 'Five fields, as GitHub reads them in a workflow.',
    type: 'string',
    pattern: String.raw`^\S+(?:\s+\S+){4}$`,
    'x-meaning': 'cron',
  },
  login: { description: 'A GitHub login.', type: 'string', pattern: '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$' },
  requirement: {
    ...orText(
      record(
        {
          text: { type: 'string', minLength: 1 },
          id: text,
          check: { type: 'string', description: 'What decides it: see docs/checks.md.' },
          optional: flag(false),
          manual: { type: 'boolean', description: 'A person vouches for it in the approval.' },
        },
        ['text'],
      ),
    ),
    description: 'A sentence. The sentences of the default config are bound to checks; give others a check.',
  },
  deliverable: {
    ...orText(
      record(
        {
          name: { type: 'string', minLength: 1 },
          path: { ...oneOrMore, description: 'Glob of the file or files.' },
          check: text,
          max_age: ref('duration', { 'x-unit': 'd' }),
          optional: flag(false),
        },
        ['name'],
      ),
    ),
    description: 'Something the gate must find.',
  },
  sign_off: record(
    {
      role: { enum: ['technical', 'security', 'business', 'final', 'performance', 'operations', 'lead'], type: 'string' },
      title: text,
      users: { type: 'array', items: ref('login') },
      teams: texts,
      environment: text,
      required: flag(true),
      distinct: { ...flag(true), description: 'Not the same person as another sign-off or the author of the change.' },
    },
    ['role'],
  ),
  evidence_item: orText(
    record({
      path: { ...oneOrMore, description: 'Globs below the workspace, or below the root of the artifact.' },
      artifact: { type: 'string', minLength: 1, description: 'Name pattern of a workflow artifact.' },
      format: { type: 'string', minLength: 1, description: 'Format that must read it; left out: told by content.' },
      level: ref('level'),
      component: text,
      expect: { type: 'integer', minimum: 1, description: 'Number of files it must match.' },
      required: flag(true),
      committed: { ...flag(false), description: 'May be a file tracked in git. Loosens.' },
      ...jsonReading,
    }),
  ),
  evidence: {
    description: 'Where the reports are: a glob, a list of globs, or a list of entries.',
    type: ['string', 'array'],
    minLength: 1,
    minItems: 1,
    items: ref('evidence_item'),
  },
}
