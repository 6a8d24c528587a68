// Certificate, ledger, roadmap, metrics export. Accepted; not in force in this version.
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
    branch: { type: 'string', default: 'certify-ledger' },
    write: { type: 'string', enum: ['own-job', 'in-step'], default: 'own-job' },
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
