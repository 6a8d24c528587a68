// 100 less the points of what is open: one arithmetic for security and for code quality.
import type { MetricConfig } from '../model/config.ts'
import type { Finding, Severity } from '../model/evidence.ts'
import { SEVERITIES } from '../model/facts.ts'
import type { MetricPart } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { plural, shown } from './shown.ts'

const PARTS = 50

export interface Score {
  value: number
  formula: string
  reasons: Reason[]
  parts: MetricPart[]
}

export function scoreOf(open: readonly Finding[], { weights }: MetricConfig, over: string): Score {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
  for (const finding of open) counts[finding.severity]++
  const terms = SEVERITIES.filter((severity) => counts[severity] > 0 && weights[severity] !== 0)
  const lost = terms.reduce((sum, severity) => sum + counts[severity] * weights[severity], 0)
  const value = Math.max(0, 100 - lost)
  const sum = terms.map((severity) => `${counts[severity]} ${severity} × ${shown(weights[severity])}`).join(' + ')
  const { critical, high, medium, low } = counts
  return {
    value,
    formula: `100 - ${terms.length > 0 ? `(${sum})` : '0'} = ${shown(value)} % over ${over}, rating ${letterOf(counts)}`,
    reasons: terms.length > 0 ? [reason('findings_open', { critical, high: high + counts.unknown, medium, low })] : [],
    parts: [...open]
      .sort(byGravity)
      .slice(0, PARTS)
      .map((finding) => partOf(finding, weights[finding.severity])),
  }
}

/** The worst open finding decides. One of unknown severity could be high. */
function letterOf(counts: Record<Severity, number>): string {
  if (counts.critical > 0) return 'E'
  if (counts.high + counts.unknown > 0) return 'D'
  if (counts.medium > 0) return 'C'
  return counts.low > 0 ? 'B' : 'A'
}

function byGravity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
}

function partOf(finding: Finding, points: number): MetricPart {
  const { rule, title, severity, tool, package: name, version, fixedIn, path, line, endLine } = finding
  const what = name === null ? '' : `, ${name}${version === null ? '' : ` ${version}`}`
  const fix = fixedIn === null ? '' : `, fixed in ${fixedIn}`
  return {
    name: title === null || title === rule ? rule : `${rule}: ${title}`,
    state: points !== 0 ? 'short' : 'warn',
    detail: `${severity}, ${tool}${what}${fix}`,
    path,
    ranges: line === null ? [] : [[line, endLine === null || endLine < line ? line : endLine]],
    kind: 'finding',
    ...(points > 0 ? { lacks: points } : {}),
  }
}

export function scansOver(reports: number, tools: readonly string[]): string {
  return `${plural(reports, 'report')}${tools.length > 0 ? ` of ${plural(tools.length, 'tool')}` : ''}`
}
