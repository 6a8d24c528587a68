// Which kinds of reports are looked for by their names: those that the policy speaks of itself are not.
import type { Config, MetricConfig } from './config.ts'
import type { EvidenceClaim, Kind } from './evidence.ts'

interface Read {
  kind: Kind | null
  declaredBy: EvidenceClaim
}

/** With everything that was read or refused, of whatever kind. */
interface Judged {
  config: Config
  admitted: readonly Read[]
  rejected: readonly Read[]
  refused: readonly { evidence: Read }[]
}

export function isDiscovered(kind: Kind, { config, admitted, rejected, refused }: Judged): boolean {
  const read = [...admitted, ...rejected, ...refused.map((one) => one.evidence)]
  const named = kindsNamed(config).includes(kind)
  return config.discovery && !named && !read.some((one) => one.kind === kind && !one.declaredBy.discovered)
}

/** What the metrics that name their reports speak of. */
export function kindsNamed({ metrics }: Config): Kind[] {
  return metrics.filter((metric) => metric.evidence.length > 0).flatMap(kindsOf)
}

function kindsOf(metric: MetricConfig): Kind[] {
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
