// One SARIF result as a finding: rule, severity, place, identity.
import type { Finding } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { arrayAt, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { type Rules, ruleIdOf } from './sarif-rules.ts'
import { levelOf, securitySeverity, severityOf, stateOf } from './sarif-severity.ts'
import { isSecurity, type Tool } from './sarif-tools.ts'

const IDENTIFIER = /\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-[0-9a-z]{4}){3})\b/g

export function readResult(result: JsonObject, run: JsonObject, rules: Rules, tool: Tool, limits: Limits): Finding {
  const rule = rules.of(result)
  const id = ruleIdOf(result, rule)?.slice(0, limits.nameLength) ?? 'unnamed rule'
  const score = securitySeverity(result, rule)
  const message = objectAt(result, 'message')
  const text = message && (textAt(message, 'text', limits) ?? textAt(message, 'markdown', limits))
  return {
    rule: id,
    title: text ?? titleOf(rule, limits),
    severity: severityOf(score, levelOf(result, rule, run)),
    score,
    tool: tool.name,
    security: isSecurity(tool, id, rule, score),
    ...placeOf(result, run, limits),
    package: null,
    version: null,
    fixedIn: null,
    identifiers: [...new Set(id.match(IDENTIFIER) ?? [])],
    fingerprint: fingerprintOf(result, limits),
    state: stateOf(result),
  }
}

function titleOf(rule: JsonObject | null, limits: Limits): string | null {
  const short = rule && field(rule, 'shortDescription')
  return (isObject(short) ? textAt(short, 'text', limits) : null) ?? (rule && textAt(rule, 'name', limits))
}

function placeOf(result: JsonObject, run: JsonObject, limits: Limits): Pick<Finding, 'path' | 'line' | 'endLine'> {
  const [first] = arrayAt(result, 'locations') ?? []
  const physical = isObject(first) ? objectAt(first, 'physicalLocation') : null
  const artifact = physical && objectAt(physical, 'artifactLocation')
  const region = physical && objectAt(physical, 'region')
  const line = lineOf(region && field(region, 'startLine'))
  return { path: artifact && pathOf(artifact, run, limits), line, endLine: lineOf(region && field(region, 'endLine')) ?? line }
}

/** The uri, or that of the artifact it points to by index; `file://` and percent signs undone, forward slashes. */
function pathOf(location: JsonObject, run: JsonObject, limits: Limits): string | null {
  const index = field(location, 'index')
  const listed = typeof index === 'number' && index >= 0 ? (arrayAt(run, 'artifacts') ?? [])[index] : null
  const there = isObject(listed) ? objectAt(listed, 'location') : null
  const uri = textAt(location, 'uri', limits) || (there && textAt(there, 'uri', limits))
  if (!uri) return null
  const path = uri.replace(/^file:\/\/(?:localhost)?(?:\/(?=[A-Za-z]:))?/, '').replaceAll('\\', '/')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function lineOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null
}

/** Full fingerprints before partial ones, by name, so that the order in the file doesn't matter. */
function fingerprintOf(result: JsonObject, limits: Limits): string | null {
  for (const key of ['fingerprints', 'partialFingerprints']) {
    const prints = field(result, key)
    if (!isObject(prints)) continue
    const [first] = Object.entries(prints)
      .filter(([, value]) => typeof value === 'string' && value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
    if (first) return `${first[0]}:${String(first[1])}`.slice(0, limits.nameLength)
  }
  return null
}
