// The ledger; certificate, roadmap and metrics export, which are accepted and not in force in this version.
import { flag, record, ref, type SchemaNode, section, text, texts } from './node.ts'

export const certificateSections: Record<string, SchemaNode> = {
  certificate: section({
    validity: ref('duration', { default: 'P6M' }),
    valid_until: ref('date'),
    renewal_notice: ref('duration', { default: '30d', 'x-unit': 'd' }),
    conditional: section({
      validity: ref('duration', { default: '30d', 'x-unit': 'd' }),
      max_conditions: { type: 'integer', minimum: 0, default: 5 },
    }),
    attest: { type: 'string', enum: ['auto', 'always', 'never'], default: 'auto' },
    authority: text,
    statement: text,
    contacts: { type: 'object', additionalProperties: text },
    sign_offs: { type: 'array', items: ref('sign_off') },
    subjects: { ...texts, description: 'Globs of built files, or oci://name@sha256:...; left out: the commit.' },
  }),
  ledger: section({
    branch: {
      type: 'string',
      default: 'certify-ledger',
      pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,98}[A-Za-z0-9_-])?$',
      description: 'Branch that holds the ledger, of nothing else.',
    },
    write: {
      type: 'string',
      enum: ['own-job', 'in-step'],
      default: 'own-job',
      description:
        'own-job: a job of its own appends (command: record). in-step: the evaluating step does, with contents: write. Loosens.',
    },
    postgres: ref('secret'),
    compaction: { type: 'string', enum: ['strip', 'segment', 'off'], default: 'strip' },
    hold_certificates: flag(true),
  }),
  metrics_export: section({ openmetrics: flag(false), otlp_endpoint: ref('secret'), pushgateway: ref('secret') }),
  roadmap: {
    type: 'array',
    items: record({ phase: text, due: ref('date'), tasks: texts, requires: texts }, ['phase']),
  },
}
