// One Trivy entry of each kind as a finding.
import type { Finding, Severity } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { highestOf, lineOf, scoreOf } from './scanner-finding.ts'

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['NONE', 'info'],
])

export function vulnerabilityFinding(entry: JsonObject, target: string | null, limits: Limits): Finding {
  const rule = textAt(entry, 'VulnerabilityID', limits) ?? 'unknown'
  return {
    ...base(entry, rule, limits),
    score: scoreIn(field(entry, 'CVSS')),
    path: textAt(entry, 'PkgPath', limits) || target,
    package: textAt(entry, 'PkgName', limits),
    version: textAt(entry, 'InstalledVersion', limits),
    fixedIn: textAt(entry, 'FixedVersion', limits) || null,
    identifiers: [rule, ...vendorIds(entry)],
    fingerprint: textAt(entry, 'Fingerprint', limits),
  }
}

/** Status PASS and EXCEPTION are checks that found nothing to say. */
export function misconfigurationFinding(entry: JsonObject, target: string | null, limits: Limits): Finding {
  const cause = objectAt(entry, 'CauseMetadata')
  const status = field(entry, 'Status')
  return {
    ...base(entry, textAt(entry, 'AVDID', limits) || (textAt(entry, 'ID', limits) ?? 'unknown'), limits),
    path: target,
    line: lineOf(cause && field(cause, 'StartLine')),
    endLine: lineOf(cause && field(cause, 'EndLine')),
    identifiers: [textAt(entry, 'ID', limits), textAt(entry, 'AVDID', limits)].filter(
      (id) => id !== null && id !== '',
    ) as string[],
    state: status === 'PASS' || status === 'EXCEPTION' ? 'not_failure' : 'active',
  }
}

export function secretFinding(entry: JsonObject, target: string | null, limits: Limits): Finding {
  return {
    ...base(entry, textAt(entry, 'RuleID', limits) ?? 'unknown', limits),
    path: target,
    line: lineOf(field(entry, 'StartLine')),
    endLine: lineOf(field(entry, 'EndLine')),
  }
}

export function licenceFinding(entry: JsonObject, target: string | null, limits: Limits): Finding {
  return {
    ...base(entry, textAt(entry, 'Name', limits) ?? 'unknown', limits),
    path: textAt(entry, 'FilePath', limits) || target,
    package: textAt(entry, 'PkgName', limits) || null,
  }
}

/** What --show-suppressed lists: findings set aside by an ignore file or VEX. */
export function suppressedFinding(entry: JsonObject, target: string | null, limits: Limits): Finding {
  const inner = objectAt(entry, 'Finding') ?? {}
  const type = field(entry, 'Type')
  const finding =
    type === 'misconfiguration'
      ? misconfigurationFinding(inner, target, limits)
      : type === 'secret'
        ? secretFinding(inner, target, limits)
        : type === 'license'
          ? licenceFinding(inner, target, limits)
          : vulnerabilityFinding(inner, target, limits)
  return { ...finding, state: 'suppressed' }
}

function base(entry: JsonObject, rule: string, limits: Limits): Finding {
  const severity = field(entry, 'Severity')
  return {
    rule,
    title: textAt(entry, 'Title', limits),
    severity: (typeof severity === 'string' ? SEVERITIES.get(severity.toUpperCase()) : undefined) ?? 'unknown',
    score: null,
    tool: 'Trivy',
    security: true,
    path: null,
    line: null,
    endLine: null,
    package: null,
    version: null,
    fixedIn: null,
    identifiers: [],
    fingerprint: null,
    state: 'active',
  }
}

function vendorIds(entry: JsonObject): string[] {
  const ids = field(entry, 'VendorIDs')
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, 100) : []
}

/** The highest CVSS 3 or 4 score that any source gives. */
function scoreIn(cvss: unknown): number | null {
  if (!isObject(cvss)) return null
  const sources = Object.values(cvss).filter(isObject)
  return highestOf(sources.flatMap((source) => [scoreOf(field(source, 'V40Score')), scoreOf(field(source, 'V3Score'))]))
}
