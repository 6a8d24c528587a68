// The schema of .github/certification.yml, put together. schema/certification.schema.json and the validator are made from it.
import { automationSection } from './automation.ts'
import { certificateSections } from './certificate.ts'
import { commonDefs } from './common.ts'
import { complianceSection } from './compliance.ts'
import { gateDefs, gatesSection } from './gates.ts'
import { levelDefs, levelsSection } from './levels.ts'
import { maintenanceSection } from './maintenance.ts'
import { metricDefs, metricSections } from './metrics.ts'
import { flag, record, ref, type SchemaNode, texts } from './node.ts'
import { reportingSection } from './reporting.ts'
import { validationSection } from './validation.ts'

export const WRAPPER = 'certification_process'
export const ENVIRONMENTS = ['development', 'test', 'staging', 'production'] as const
export const EVENTS = ['pull_request', 'merge_group', 'push', 'release', 'local'] as const

const general: Record<string, SchemaNode> = {
  version: { const: 1 },
  extends: { type: 'string', minLength: 1, description: 'A base config: owner/repo/path@full-commit-sha.' },
  mode: {
    type: 'string',
    enum: ['enforce', 'advisory'],
    default: 'enforce',
    description: 'advisory reports and never fails the job.',
  },
  environment: { type: 'string', enum: ENVIRONMENTS, default: 'development', 'x-env': 'CERTIFICATION_PROCESS_ENVIRONMENT' },
  environments: {
    ...record(Object.fromEntries(ENVIRONMENTS.map((name) => [name, ref('process')]))),
    description: 'What is different where `environment` has that value.',
  },
  timeout: ref('duration', { default: 600, 'x-unit': 's', 'x-env': 'CERTIFICATION_PROCESS_TIMEOUT' }),
  retries: { type: 'integer', minimum: 0, maximum: 10, default: 3, 'x-env': 'CERTIFICATION_PROCESS_RETRIES' },
  auto_approve: flag(false, 'CERTIFICATION_PROCESS_AUTO_APPROVE'),
  sequential: flag(true, 'CERTIFICATION_LEVEL_SEQUENTIAL'),
  gate_auto_progress: flag(true, 'CERTIFICATION_GATE_AUTO_PROGRESS'),
  target: {
    ...record(Object.fromEntries(EVENTS.map((name) => [name, ref('level')]))),
    description: 'How far a run must get, by event.',
  },
  expected_skips: { ...texts, description: 'Jobs in CERTIFY_NEEDS that may be skipped. Any other skip shuts the gates.' },
  policy_refs: { ...texts, description: 'Branches beside the default branch whose own policy counts.' },
  locked: {
    type: 'array',
    items: { type: 'string', pattern: '^/' },
    description: 'JSON pointers into this config that variables and inputs may not change.',
  },
}

/** Every key of the config, without the wrapper. */
export const PROCESS: SchemaNode = record({
  ...general,
  certification_levels: ref('certification_levels'),
  certification_gates: ref('certification_gates'),
  certification_validation: validationSection,
  ...metricSections,
  certification_reporting: reportingSection,
  certification_automation: automationSection,
  certification_maintenance: maintenanceSection,
  certification_compliance: complianceSection,
  ...certificateSections,
})

export const SCHEMA_URL = 'schema/certification.schema.json'

export const CONFIG_SCHEMA: SchemaNode & { $schema: string } = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'certify configuration',
  description: '.github/certification.yml: everything not written has a default. Keys that start with x- are yours.',
  type: 'object',
  if: { required: [WRAPPER] },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: record({ version: general.version!, extends: general.extends!, [WRAPPER]: ref('process') }),
  else: ref('process'),
  $defs: {
    ...commonDefs,
    ...levelDefs,
    ...gateDefs,
    ...metricDefs,
    certification_levels: levelsSection,
    certification_gates: gatesSection,
    process: PROCESS,
  },
}
