// Which kinds of reports are looked for by their names: those that the policy speaks of itself are not.
import type { Config, MetricConfig } from './config.ts'
import type { EvidenceClaim, Kind } from './evidence.ts'

interface Read {
  kind: Kind | null
  declaredBy: EvidenceClaim
}

/** `read`: everything that was read or refused, of whatever kind. */
export function isDiscovered(kind: Kind, config: Config, read: readonly Read[]): boolean {
  const named = config.metrics.some((metric) => metric.evidence.length > 0 && kindsNamedBy(metric).includes(kind))
  return config.discovery && !named && !read.some((one) => one.kind === kind && !one.declaredBy.discovered)
}

/** What a metric that names its reports speaks of. */
export function kindsNamedBy(metric: MetricConfig): Kind[] {
  switch (metric.family) {
    case 'coverage':
    case 'new_code':
      return ['coverage']
    case 'tests':
    case 'scenario':
      return ['tests']
    case 'performance':
    case 'value':
      return ['performance']
    case 'security':
    case 'quality':
      return ['security']
    case 'reliability':
      return ['reliability']
    case 'documentation':
      return ['apidocs']
    default:
      return []
  }
}
