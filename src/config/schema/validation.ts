// Review, escalation and rollback.
import { flag, oneOrMoreOf, record, ref, type SchemaNode, section, text, texts } from './node.ts'

const trigger = ['certification_failure', 'gate_rejected', 'certificate_revoked', 'manual']

export const validationSection: SchemaNode = record({
  automated_validation: section(
    {
      validation_interval: ref('duration', { default: 60, 'x-unit': 's' }),
      timeout_threshold: ref('duration', { default: 600, 'x-unit': 's' }),
      retry_attempts: { type: 'integer', minimum: 0, maximum: 10, default: 3 },
    },
    'CERTIFICATION_VALIDATION_AUTOMATED',
    'Off: what is measured automatically stays pending.',
  ),
  manual_review: section(
    {
      review_timeout: ref('duration', { default: 24, 'x-unit': 'h' }),
      escalation_timeout: ref('duration', { default: 48, 'x-unit': 'h' }),
      approval_required: flag(true, 'CERTIFICATION_VALIDATION_APPROVAL_REQUIRED'),
      mechanism: {
        type: 'string',
        enum: ['environment', 'issue', 'pull_request_review'],
        default: 'environment',
        description: 'What stands in where an environment cannot have required reviewers. Loosens.',
      },
      approvers: { type: 'array', items: ref('login'), description: 'Logins whose word counts where `mechanism` stands in.' },
      prevent_self_review: flag(true),
      admin_bypass: { ...flag(false), description: 'Administrators may go past the review of an environment. Loosens.' },
    },
    'CERTIFICATION_VALIDATION_MANUAL_REVIEW',
  ),
  escalation_process: section(
    {
      escalation_levels: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
      escalation_timeout: ref('duration', { default: 60, 'x-unit': 'min' }),
      auto_approval: { ...flag(false), description: 'Refused when true: silence never approves.' },
    },
    'CERTIFICATION_VALIDATION_ESCALATION_ENABLED',
  ),
  rollback_process: section(
    {
      rollback_trigger: oneOrMoreOf(trigger),
      rollback_timeout: ref('duration', { default: 300, 'x-unit': 's' }),
      rollback_verification: flag(true),
      strategy: { type: 'string', enum: ['workflow_dispatch', 'redeploy', 'revert_pr', 'notify'], default: 'notify' },
      workflow: text,
      environments: texts,
      verification_criteria: texts,
    },
    'CERTIFICATION_VALIDATION_ROLLBACK_ENABLED',
  ),
})
