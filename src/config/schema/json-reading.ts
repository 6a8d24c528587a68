// What an evidence entry of `format: json` says beside its path: where in the file which figure stands.
import { orText, record, type SchemaNode } from './node.ts'

const POINTER = '^(?:/(?:[^~/]|~[01])*)+$'

const pointer: SchemaNode = {
  description: 'A JSON pointer (RFC 6901) into the file: /metrics/http/p95, /runs/0/total, /a~1b for the key a/b.',
  type: 'string',
  pattern: POINTER,
}

export const jsonReading: Record<string, SchemaNode> = {
  values: {
    description: 'For format json: named numbers, each by the pointer to it, with its unit.',
    type: 'object',
    propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_.()-]*$' },
    additionalProperties: {
      ...orText(record({ pointer, unit: { type: 'string', minLength: 1, maxLength: 40 } }, ['pointer'])),
      pattern: POINTER,
    },
  },
  events: {
    ...record({ good: pointer, bad: pointer, total: pointer }, ['total']),
    description: 'For format json: total events, and the good or the bad ones of them; reliability is counted from these.',
  },
  generated_at: { ...pointer, description: 'For format json: pointer to when the report was made (ISO time, or milliseconds).' },
  commit: { ...pointer, description: 'For format json: pointer to the full hash of the commit it was made for.' },
}
