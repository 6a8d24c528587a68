// What ZAP's JSON and XML reports share: an alert on a site as a finding.
import type { Finding, Severity } from '../../../model/evidence.ts'
import type { Limits, ReadResult } from '../../format.ts'
import { isoOf } from '../../scan/stamps.ts'
import { findingOf, securityFacts } from './scanner-finding.ts'

const RISKS: ReadonlyMap<string | null, Severity> = new Map([
  ['3', 'high'],
  ['2', 'medium'],
  ['1', 'low'],
  ['0', 'info'],
])
const FALSE_POSITIVE = '0'

export interface ZapAlert {
  site: string | null
  plugin: string | null
  /** One plugin may raise several kinds of alert. */
  reference: string | null
  name: string | null
  risk: string | null
  confidence: string | null
  /** The first of its instances. */
  url: string | null
}

export interface ZapReport {
  version: string | null
  createdAt: string | null
  sites: number
  findings: Finding[]
}

export function zapFinding(alert: ZapAlert, limits: Limits): Finding {
  const rule = alert.reference || alert.plugin
  return findingOf({
    rule: rule?.slice(0, limits.nameLength) || 'unknown',
    title: alert.name || null,
    severity: RISKS.get(alert.risk) ?? 'unknown',
    tool: 'ZAP',
    path: alert.url || alert.site || null,
    // Which of its pages ZAP came to first may differ from scan to scan; the site and the alert do not.
    fingerprint: `${alert.site ?? ''} ${rule ?? ''} ${alert.name ?? ''}`.slice(0, limits.nameLength),
    state: alert.confidence === FALSE_POSITIVE ? 'suppressed' : 'active',
  })
}

export function zapResult({ version, createdAt, sites, findings }: ZapReport, limits: Limits): ReadResult<'security'> {
  const nothing = sites === 0 ? 'the report lists no site' : null
  return {
    facts: securityFacts({ findings, tools: ['ZAP'], scans: ['dast'], failure: nothing }, limits),
    info: { producer: version ? `ZAP ${version.slice(0, 100)}` : 'ZAP', commit: null, createdAt: isoOf(createdAt) },
    problems: nothing ? [{ code: 'nothing_measured', message: `has no results: ${nothing}` }] : [],
  }
}
