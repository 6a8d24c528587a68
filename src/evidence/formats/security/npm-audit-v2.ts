// npm audit --json (npm 7 and later): one finding per vulnerable package, as npm itself counts them.
import type { Finding, Severity } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { highestOf } from './scanner-finding.ts'

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['info', 'info'],
])

/**
 * - One finding per vulnerable package, as npm counts; moderate is medium. A package with several advisories is known by its
 *   name (`npm:NAME`) and by none of their ids: accepting one advisory must not accept the others.
 * - Refused: the error object that npm writes when it has no lockfile or no registry.
 */
export const npmAuditV2: Format<'security'> = {
  id: 'npm-audit-v2',
  kind: 'security',
  title: 'npm audit (JSON, version 2)',
  producers: ['`npm audit --json` of npm 7 and later'],
  discovers: ['**/npm-audit.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' && (head.jsonKeys?.has('auditReportVersion') === true || isErrorReport(head.jsonKeys, head.text)),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    // A network or lockfile error is written to the same file: an audit that did not happen, not one without findings.
    const error = field(root, 'error') ?? null
    if (error !== null) throw failedAudit(root, error, limits)
    const version = field(root, 'auditReportVersion')
    if (version !== 2)
      throw refused('wrong_version', 'is not of npm audit version 2', { hint: 'Run npm audit --json with npm 7 or later.' })
    const packages = objectAt(root, 'vulnerabilities')
    if (packages === null) throw refused('wrong_shape', '"vulnerabilities" is absent: the audit did not finish')
    const findings = Object.entries(packages).map(([name, value]) =>
      inside(
        () => name.slice(0, 200),
        () => findingOf(name, asObject(value, 'the entry'), limits),
      ),
    )
    if (findings.length > limits.findings) throw refused('too_many', `holds more than ${limits.findings} findings`)
    return {
      facts: {
        kind: 'security',
        findings,
        tools: ['npm audit'],
        scans: ['sca'],
        scanFailed: false,
        failure: null,
        revisions: [],
      },
      info: { producer: 'npm audit', commit: null, createdAt: null },
      problems: disagreements(root, findings),
    }
  },
}

function isErrorReport(keys: ReadonlySet<string> | null, text: string): boolean {
  if (!keys?.has('error')) return false
  return (keys.has('message') && keys.has('statusCode')) || (/"code"\s*:\s*"E[A-Z]+"/.test(text) && /"summary"\s*:/.test(text))
}

function failedAudit(root: JsonObject, error: unknown, limits: Limits) {
  const said = isObject(error)
    ? [textAt(error, 'code', limits), textAt(error, 'summary', limits)].filter((part) => part).join(': ')
    : typeof error === 'string'
      ? error
      : ''
  const text = said || (textAt(root, 'message', limits) ?? '')
  return refused('scan_failed', `npm audit reported an error instead of a result${text ? `: ${text.slice(0, 300)}` : ''}`, {
    hint: 'Check the lockfile and the access to the registry, then run npm audit --json again.',
  })
}

function findingOf(name: string, entry: JsonObject, limits: Limits): Finding {
  const advisories = (arrayAt(entry, 'via') ?? []).filter(isObject)
  const identifiers = [...new Set(advisories.flatMap((advisory) => ghsaOf(textAt(advisory, 'url', limits))))]
  // A package with several advisories is one finding: were it known by each of their ids, accepting one would accept all.
  const [only] = advisories.length === 1 ? identifiers : []
  const severity = field(entry, 'severity')
  const score = advisories.map((advisory) => objectAt(advisory, 'cvss')).map((cvss) => (cvss ? countAt(cvss, 'score') : null))
  return {
    rule: only ?? `npm:${name}`,
    title:
      advisories
        .map((advisory) => textAt(advisory, 'title', limits))
        .filter((title) => title)
        .join('; ')
        .slice(0, limits.textLength) || null,
    severity: (typeof severity === 'string' ? SEVERITIES.get(severity) : undefined) ?? 'unknown',
    score: highestOf(score) || null,
    tool: 'npm audit',
    security: true,
    path: null,
    line: null,
    endLine: null,
    package: name,
    version: null,
    fixedIn: fixOf(name, field(entry, 'fixAvailable')),
    identifiers: only ? [only] : [],
    fingerprint: null,
    state: 'active',
  }
}

function ghsaOf(url: string | null): string[] {
  const found = url === null ? null : /GHSA(?:-[0-9a-z]{4}){3}/.exec(url)
  return found ? [found[0]] : []
}

/** The package and version whose update fixes it: often a package above it in the tree. */
function fixOf(name: string, fix: unknown): string | null {
  if (!isObject(fix)) return null
  const [by, version] = [field(fix, 'name'), field(fix, 'version')]
  if (typeof by !== 'string' || typeof version !== 'string') return null
  return by === name ? version.slice(0, 100) : `${by} ${version}`.slice(0, 200)
}

function disagreements(root: JsonObject, findings: Finding[]): Problem[] {
  const metadata = objectAt(root, 'metadata')
  const declared = metadata && objectAt(metadata, 'vulnerabilities')
  if (!declared) return []
  const differs = [...SEVERITIES].some(([theirs, ours]) => {
    const count = countAt(declared, theirs)
    return count !== null && count !== findings.filter((finding) => finding.severity === ours).length
  })
  return differs
    ? [{ code: 'declared_recount_differ', message: 'the counts in the metadata are not those of the packages listed' }]
    : []
}
