// One SARIF result as a finding: rule, severity, place, identity.
import type { Finding } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { field, isObject, type JsonObject } from '../../scan/json-fields.ts'
import { messageOf } from './sarif-message.ts'
import type { Overrides } from './sarif-overrides.ts'
import { placeOf } from './sarif-place.ts'
import { type Rules, ruleIdOf } from './sarif-rules.ts'
import { levelOf, securitySeverity, severityOf, stateOf } from './sarif-severity.ts'
import { isSecurity, type Tool } from './sarif-tools.ts'
import type { Weaknesses } from './sarif-weaknesses.ts'

const IDENTIFIER = /\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-[0-9a-z]{4}){3})\b/g

/** What the results of one run have in common. */
export interface RunContext {
  run: JsonObject
  tool: Tool
  rules: Rules
  overrides: Overrides
  weaknesses: Weaknesses
}

export function readResult(result: JsonObject, context: RunContext, limits: Limits): Finding {
  const { run, tool, rules, overrides, weaknesses } = context
  const rule = rules.of(result)
  const id = ruleIdOf(result, rule)?.slice(0, limits.nameLength) ?? 'unnamed rule'
  const score = securitySeverity(result, rule)
  return {
    rule: id,
    title: messageOf(result, rule, rules, limits),
    severity: severityOf(score, levelOf(result, rule, overrides)),
    score,
    tool: tool.name,
    security: score !== null || weaknesses(result, rule) || isSecurity(tool, id, rule),
    ...placeOf(result, run, limits),
    package: null,
    version: null,
    fixedIn: null,
    identifiers: [...new Set(id.match(IDENTIFIER) ?? [])],
    fingerprint: fingerprintOf(result, limits),
    state: stateOf(result),
  }
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
