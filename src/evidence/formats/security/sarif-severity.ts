// How severe a SARIF result is, and whether it is open: the rules of the standard and of GitHub's security-severity.
import type { Finding, Severity } from '../../../model/evidence.ts'
import { arrayAt, field, isObject, type JsonObject } from '../../scan/json-fields.ts'
import type { Overrides } from './sarif-overrides.ts'

const LEVELS: ReadonlyMap<unknown, Severity> = new Map<unknown, Severity>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
  ['none', 'info'],
])

/** Kinds of result that are no failure; a word that nobody knows is one. */
const NO_FAILURES: ReadonlySet<unknown> = new Set(['pass', 'open', 'informational', 'notApplicable', 'review'])

/** `security-severity` of the result, else of its rule; null: none, or no number from 0 on. */
export function securitySeverity(result: JsonObject, rule: JsonObject | null): number | null {
  for (const bearer of [result, rule]) {
    const properties = bearer && field(bearer, 'properties')
    const value = isObject(properties) ? field(properties, 'security-severity') : undefined
    const score =
      typeof value === 'number'
        ? value
        : typeof value === 'string' && /^\d{1,3}(?:\.\d{1,10})?$/.test(value)
          ? Number(value)
          : null
    if (score !== null && Number.isFinite(score) && score >= 0) return score
  }
  return null
}

/** CVSS bands; 9.0 itself is critical. Without a score: error is high, warning medium, note low, none info. */
export function severityOf(score: number | null, level: string): Severity {
  if (score === null) return LEVELS.get(level) ?? 'unknown'
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return score > 0 ? 'low' : 'info'
}

/** SARIF 3.27.10: the result's level; else `none` for what is no failure; else an override, the rule's default, `warning`. */
export function levelOf(result: JsonObject, rule: JsonObject | null, overrides: Overrides): string {
  const own = field(result, 'level') ?? null
  if (own !== null) return String(own)
  if (NO_FAILURES.has(field(result, 'kind'))) return 'none'
  const configured = overrides(result, rule) ?? (rule && field(rule, 'defaultConfiguration'))
  const level = isObject(configured) ? field(configured, 'level') : null
  return typeof level === 'string' ? level : 'warning'
}

/** Suppressed as SARIF 3.27.23 has it: at least one suppression and none of them under review or rejected. */
export function stateOf(result: JsonObject): Finding['state'] {
  const kind = field(result, 'kind')
  if (kind === 'pass' || kind === 'notApplicable' || kind === 'informational') return 'not_failure'
  if (field(result, 'baselineState') === 'absent') return 'absent'
  const suppressions = arrayAt(result, 'suppressions') ?? []
  const effective = (suppression: unknown) => {
    const status = isObject(suppression) ? (field(suppression, 'status') ?? 'accepted') : null
    return status === 'accepted'
  }
  return suppressions.length > 0 && suppressions.every(effective) ? 'suppressed' : 'active'
}
