// Clean-up and upkeep. Accepted; not in force in this version.
import { channels, flags } from './automation.ts'
import { flag, record, ref, type SchemaNode, section } from './node.ts'

export const FREQUENCIES = ['hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const

const frequency: SchemaNode = { type: 'string', enum: FREQUENCIES }

function tasks(words: readonly string[]): SchemaNode {
  return { type: 'array', items: { type: 'string', enum: words } }
}

export const maintenanceSection: SchemaNode = record({
  maintenance_configuration: section(
    {
      maintenance_frequency: { ...frequency, 'x-env': 'CERTIFICATION_MAINTENANCE_FREQUENCY' },
      automated_maintenance: flag(true, 'CERTIFICATION_MAINTENANCE_AUTOMATED'),
      manual_maintenance: flag(true),
      documentation: flag(true, 'CERTIFICATION_MAINTENANCE_DOCUMENTATION'),
    },
    'CERTIFICATION_MAINTENANCE_ENABLED',
  ),
  maintenance_tasks: section({
    data_cleanup: section({
      cleanup_frequency: frequency,
      retention_period: ref('duration', { default: 90, 'x-unit': 'd' }),
      cleanup_criteria: tasks(['old_certification_data', 'expired_reports', 'outdated_metrics']),
    }),
    performance_optimization: section({
      optimization_frequency: frequency,
      optimization_criteria: tasks(['database_optimization', 'cache_optimization', 'query_optimization']),
    }),
    security_updates: section({
      update_frequency: frequency,
      update_criteria: tasks(['security_patches', 'vulnerability_fixes', 'compliance_updates']),
    }),
  }),
  maintenance_notifications: section(
    {
      notification_channels: channels,
      notification_triggers: flags(['maintenance_start', 'maintenance_complete', 'maintenance_failure', 'maintenance_schedule']),
    },
    'CERTIFICATION_MAINTENANCE_NOTIFICATIONS',
  ),
})
