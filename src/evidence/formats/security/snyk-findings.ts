// One issue of Snyk's as a finding, and two paths to one issue as one.
import type { Finding, Severity } from '../../../model/evidence.ts'
import { SEVERITIES } from '../../../model/facts.ts'
import type { Limits } from '../../format.ts'
import { field, isObject, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { distinctIds, findingOf, lineOf, scoreOf, severityOfWord } from './scanner-finding.ts'

export function vulnerabilityFinding(entry: JsonObject, file: string | null, aside: boolean, limits: Limits): Finding {
  const id = textAt(entry, 'id', limits)
  const named = field(entry, 'identifiers')
  const identifiers = isObject(named) ? named : {}
  return findingOf({
    rule: id?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(entry, 'title', limits),
    severity: severityOf(entry),
    score: scoreOf(field(entry, 'cvssScore')),
    tool: 'Snyk',
    path: file,
    package: textAt(entry, 'packageName', limits) || textAt(entry, 'name', limits) || textAt(entry, 'moduleName', limits),
    version: textAt(entry, 'version', limits),
    fixedIn: distinctIds(list(entry, 'fixedIn')).join(', ') || null,
    identifiers: distinctIds([...list(identifiers, 'CVE'), ...list(identifiers, 'GHSA'), id, ...list(entry, 'alternativeIds')]),
    state: aside ? 'suppressed' : 'active',
  })
}

export function iacFinding(entry: JsonObject, file: string | null, limits: Limits): Finding {
  const id = textAt(entry, 'id', limits)
  const line = lineOf(field(entry, 'lineNumber'))
  const place = list(entry, 'path').filter((part) => typeof part === 'string' || typeof part === 'number')
  return findingOf({
    rule: id?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(entry, 'title', limits),
    severity: severityOf(entry),
    tool: 'Snyk',
    path: file,
    line,
    endLine: line,
    // Without a line the property is what tells two resources of one file apart.
    fingerprint: place.length > 0 ? `${file ?? ''}:${place.join('.')}`.slice(0, limits.nameLength) : null,
    state: field(entry, 'isIgnored') === true ? 'suppressed' : 'active',
  })
}

/** The same issue by two paths: open where one of them is, in one version where both name the same. */
export function merged(a: Finding, b: Finding): Finding {
  const worse: Severity = SEVERITIES.indexOf(b.severity) < SEVERITIES.indexOf(a.severity) ? b.severity : a.severity
  return {
    ...a,
    severity: worse,
    version: a.version === b.version ? a.version : null,
    path: a.path === b.path ? a.path : null,
    state: a.state === 'active' || b.state === 'active' ? 'active' : 'suppressed',
  }
}

/** Old versions of Snyk's service called critical issues high, and critical in a field of its own. */
function severityOf(entry: JsonObject): Severity {
  const severity = severityOfWord(field(entry, 'severity'))
  return severity === 'high' && field(entry, 'severityWithCritical') === 'critical' ? 'critical' : severity
}

function list(object: JsonObject, key: string): readonly unknown[] {
  const value = field(object, key)
  return Array.isArray(value) ? value : []
}
