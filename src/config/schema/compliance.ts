// Compliance frameworks and what evidence maps to them. Accepted; not in force in this version.
import { FREQUENCIES } from './maintenance.ts'
import { flag, named, record, type SchemaNode, section, text, texts } from './node.ts'
import { FORMATS } from './reporting.ts'

const framework: SchemaNode = { type: 'string', minLength: 1, 'x-meaning': 'framework' }

export const complianceSection: SchemaNode = record({
  compliance_configuration: section(
    {
      compliance_frameworks: { type: 'array', items: framework, 'x-env': 'CERTIFICATION_COMPLIANCE_FRAMEWORKS' },
      compliance_auditing: flag(true, 'CERTIFICATION_COMPLIANCE_AUDITING'),
      compliance_reporting: flag(true, 'CERTIFICATION_COMPLIANCE_REPORTING'),
      compliance_archival: flag(true, 'CERTIFICATION_COMPLIANCE_ARCHIVAL'),
    },
    'CERTIFICATION_COMPLIANCE_ENABLED',
  ),
  compliance_requirements: {
    ...named(section({ requirements: texts, controls: { type: 'object', additionalProperties: texts } })),
    type: ['boolean', 'object'],
  },
  compliance_reporting: section({
    reporting_frequency: { type: 'string', enum: FREQUENCIES },
    reporting_format: { type: 'string', enum: FORMATS },
    reporting_distribution: texts,
  }),
  oscal: section({ findings: flag(false), assessment_plan: text }),
})
