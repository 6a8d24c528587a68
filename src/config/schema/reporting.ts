// Reports: what, when, in which form and to whom. Accepted; not in force in this version.
import { flag, oneOrMoreOf, record, ref, type SchemaNode, section, texts } from './node.ts'

export const FORMATS = ['html', 'json', 'pdf', 'markdown'] as const
export const CHANNELS = ['email', 'slack', 'webhook', 'sms', 'dashboard'] as const

const format: SchemaNode = { type: 'string', enum: FORMATS }

export const reportingSection: SchemaNode = record({
  real_time_reporting: section(
    { reporting_interval: ref('duration', { default: 60, 'x-unit': 's' }), format, distribution: oneOrMoreOf(CHANNELS) },
    'CERTIFICATION_REPORTING_REAL_TIME',
  ),
  scheduled_reporting: section(
    { schedule: ref('cron'), format, distribution: oneOrMoreOf(CHANNELS) },
    'CERTIFICATION_REPORTING_SCHEDULED',
  ),
  formats: { type: 'array', uniqueItems: true, items: format, 'x-env': 'CERTIFICATION_REPORTING_FORMATS' },
  archival: flag(true, 'CERTIFICATION_REPORTING_ARCHIVAL_ENABLED'),
  report_content: section({
    executive_summary: flag(true),
    detailed_metrics: flag(true),
    trend_analysis: flag(true),
    recommendations: flag(true),
    action_items: flag(true),
  }),
  report_distribution: {
    ...section({
      email: section({ recipients: texts, smtp: ref('secret'), from: { type: 'string' } }),
      slack: section({
        channel: { type: 'string', pattern: '^[#@]?[\\w.-]+$' },
        webhook_url: ref('secret'),
        token: ref('secret'),
      }),
      webhook: section({ url: ref('secret'), secret: ref('secret') }),
      sms: section({ recipients: texts, gateway: ref('secret') }),
      dashboard: section({
        auto_refresh: flag(true),
        refresh_interval: ref('duration', { default: 30, 'x-unit': 's' }),
        target: { type: 'string', enum: ['pages', 'artifact', 'branch'] },
      }),
      groups: { type: 'object', additionalProperties: texts },
    }),
    'x-env': 'CERTIFICATION_REPORTING_DISTRIBUTION',
  },
})
