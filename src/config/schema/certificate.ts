// The certificate and the ledger; roadmap and metrics export, which are accepted and not in force in this version.
import { flag, record, ref, type SchemaNode, section, text, texts } from './node.ts'

export const certificateSections: Record<string, SchemaNode> = {
  certificate: section({
    system: { ...text, description: 'What is certified; left out: owner/name.' },
    validity: ref('duration', { default: 'P6M' }),
    valid_until: { ...ref('date'), description: 'First day (UTC) on which no certificate of this policy holds.' },
    renewal_notice: ref('duration', { default: '30d', 'x-unit': 'd' }),
    conditional: section({
      validity: ref('duration', { default: '30d', 'x-unit': 'd' }),
      max_conditions: { type: 'integer', minimum: 0, maximum: 5, default: 5 },
      conditions: {
        type: 'array',
        description: 'Criteria that may still be open when a certificate is issued: neither key nor security.',
        items: record(
          { criterion: { type: 'string', minLength: 1 }, owner: { type: 'string', minLength: 1 }, due: ref('date') },
          ['criterion', 'owner', 'due'],
        ),
      },
    }),
    attest: { type: 'string', enum: ['auto', 'always', 'never'], default: 'auto' },
    authority: text,
    statement: text,
    contacts: { type: 'object', additionalProperties: text },
    sign_offs: { type: 'array', items: ref('sign_off') },
    subjects: { ...texts, description: 'Globs of built files, or oci://name@sha256:...; left out: the commit.' },
    signers: {
      ...texts,
      description: 'Workflows whose signature counts: OWNER/REPO/.github/workflows/FILE.yml, with @REF for one ref of it alone.',
    },
    door: record({
      allow_unsigned: { ...flag(false), description: 'verify takes a certificate without a signature. Loosens.' },
      allow_unchecked: { ...flag(false), description: 'verify takes one whose revocation could not be checked. Loosens.' },
    }),
    recertify: record({
      on_failure: {
        type: 'string',
        enum: ['warn', 'revoke'],
        default: 'warn',
        description: 'What `command: recertify` does where the commit no longer meets the policy, or a condition is overdue.',
      },
      renew: { ...flag(true), description: 'Renews what is due and still meets everything; else it is only told.' },
    }),
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
