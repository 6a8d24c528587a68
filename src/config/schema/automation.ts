// Triggers, notifications, escalation. Accepted; not in force in this version.
import { flag, record, ref, type SchemaNode, section, texts } from './node.ts'
import { CHANNELS } from './reporting.ts'

const ACTIONS = ['manager_notification', 'team_notification', 'emergency_response'] as const

export const channels: SchemaNode = { type: 'array', items: { type: 'string', enum: CHANNELS } }

export function flags(names: readonly string[]): SchemaNode {
  return record(Object.fromEntries(names.map((name) => [name, flag(true)])))
}

function trigger(type: string, conditions: readonly string[], more: Record<string, SchemaNode> = {}): SchemaNode {
  return section({
    trigger_type: { type: 'string', enum: [type] },
    trigger_conditions: { type: 'array', items: { type: 'string', enum: conditions } },
    ...more,
  })
}

export const automationSection: SchemaNode = record({
  automation_configuration: section(
    {
      scheduled_execution: flag(true, 'CERTIFICATION_AUTOMATION_SCHEDULED'),
      trigger_based_execution: flag(true),
      manual_execution: flag(true),
    },
    'CERTIFICATION_AUTOMATION_ENABLED',
  ),
  automation_triggers: {
    ...section({
      deployment_trigger: trigger('deployment', ['new_deployment', 'configuration_change', 'code_change'], { paths: texts }),
      time_trigger: trigger('scheduled', ['daily_certification', 'weekly_certification', 'monthly_certification'], {
        trigger_schedule: ref('cron'),
      }),
      manual_trigger: trigger('manual', ['manual_certification', 'emergency_certification', 'ad_hoc_certification']),
    }),
    'x-env': 'CERTIFICATION_AUTOMATION_TRIGGERS',
  },
  automation_notifications: section(
    {
      notification_channels: channels,
      notification_triggers: flags([
        'certification_start',
        'certification_success',
        'certification_failure',
        'certification_escalation',
      ]),
    },
    'CERTIFICATION_AUTOMATION_NOTIFICATIONS',
  ),
  automation_escalation: section(
    {
      escalation_levels: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
      escalation_timeout: ref('duration', { default: 60, 'x-unit': 'min' }),
      escalation_actions: { type: 'array', items: { type: 'string', enum: ACTIONS } },
      contacts: { type: 'object', additionalProperties: texts },
    },
    'CERTIFICATION_AUTOMATION_ESCALATION',
  ),
})
