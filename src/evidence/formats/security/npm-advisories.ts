// The advisories that npm's registry answers an audit with, as npm 6, pnpm and Yarn hand them on.
import type { Finding, Severity } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Limits } from '../../format.ts'
import { arrayAt, countAt, field, isObject, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { distinctIds, findingOf, scoreOf, severityOfWord } from './scanner-finding.ts'

const LEVELS: readonly (readonly [string, Severity])[] = [
  ['critical', 'critical'],
  ['high', 'high'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['info', 'info'],
]

/** One finding, however many paths lead to the package. */
export function advisoryFinding(advisory: JsonObject, id: string | null, tool: string, limits: Limits): Finding {
  const ghsa = textAt(advisory, 'github_advisory_id', limits) || ghsaOf(textAt(advisory, 'url', limits))
  const places = (arrayAt(advisory, 'findings') ?? []).filter(isObject)
  const versions = distinctIds(places.map((place) => field(place, 'version')))
  const cvss = field(advisory, 'cvss')
  const patched = textAt(advisory, 'patched_versions', limits)
  return findingOf({
    rule: advisoryRule(ghsa, id).slice(0, limits.nameLength),
    title: textAt(advisory, 'title', limits),
    severity: severityOfWord(field(advisory, 'severity')),
    // 0 is what the registry writes for an advisory without a score.
    score: (isObject(cvss) ? scoreOf(field(cvss, 'score')) : null) || null,
    tool,
    package: textAt(advisory, 'module_name', limits),
    version: versions.length === 1 ? versions[0]! : null,
    fixedIn: patched && patched !== '<0.0.0' ? patched : null,
    identifiers: distinctIds([ghsa, ...(arrayAt(advisory, 'cves') ?? [])]),
  })
}

export function advisoryRule(ghsa: string | null, id: string | null): string {
  return ghsa || (id ? `npm-advisory:${id}` : 'unknown')
}

export function ghsaOf(url: string | null): string | null {
  return url === null ? null : (/GHSA(?:-[0-9a-z]{4}){3}/.exec(url)?.[0] ?? null)
}

/** The counts are of paths and mostly larger: only a severity that is counted and not listed tells of something left out. */
export function leftOut(declared: JsonObject | null, findings: readonly Finding[]): Problem[] {
  const listed = new Set(findings.map(({ severity }) => severity))
  const missing = LEVELS.filter(
    ([word, severity]) => !listed.has(severity) && (declared ? (countAt(declared, word) ?? 0) : 0) > 0,
  )
  if (missing.length === 0) return []
  const message = `vulnerabilities are counted that are not listed (${missing.map(([word]) => word).join(', ')})`
  return [{ code: 'declared_recount_differ', message }]
}
