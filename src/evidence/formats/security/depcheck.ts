// What OWASP Dependency-Check's JSON and XML reports share: a dependency with its vulnerabilities as findings.
import type { Finding } from '../../../model/evidence.ts'
import type { Limits, ReadResult } from '../../format.ts'
import { isoOf } from '../../scan/stamps.ts'
import { packageOfPurl } from './purl.ts'
import { distinctIds, findingOf, securityFacts, severityOfWord } from './scanner-finding.ts'

export interface DepcheckDependency {
  fileName: string | null
  filePath: string | null
  purl: string | null
}

export interface DepcheckVulnerability {
  name: string | null
  title: string | null
  /** The report's own word, then those of CVSS, newest first: suppressed ones only have the latter. */
  severities: readonly (string | null)[]
  score: number | null
  fixedIn: string | null
  suppressed: boolean
}

export interface DepcheckReport {
  version: string | null
  date: string | null
  dependencies: number
  findings: Finding[]
  /** What an analyzer or a data source could not do. */
  failure: string | null
}

export function depcheckFinding(dependency: DepcheckDependency, known: DepcheckVulnerability, limits: Limits): Finding {
  const named = packageOfPurl(dependency.purl ?? '')
  const id = known.name ?? ''
  return findingOf({
    rule: id.slice(0, limits.nameLength) || 'unknown',
    title: known.title || null,
    severity: known.severities.map(severityOfWord).find((severity) => severity !== 'unknown') ?? 'unknown',
    score: known.score,
    tool: 'OWASP Dependency-Check',
    path: dependency.filePath?.replaceAll('\\', '/') || null,
    package: named?.name ?? dependency.fileName,
    version: named?.version ?? null,
    fixedIn: known.fixedIn,
    identifiers: distinctIds(/^(?:CVE|GHSA)-/.test(id) ? [id] : []),
    state: known.suppressed ? 'suppressed' : 'active',
  })
}

export function depcheckResult(report: DepcheckReport, limits: Limits): ReadResult<'security'> {
  const { findings, failure, version } = report
  const nothing = report.dependencies === 0 ? 'the report lists no dependency' : null
  return {
    facts: securityFacts({ findings, tools: ['OWASP Dependency-Check'], scans: ['sca'], failure: failure ?? nothing }, limits),
    info: {
      producer: version ? `OWASP Dependency-Check ${version.slice(0, 100)}` : 'OWASP Dependency-Check',
      commit: null,
      createdAt: isoOf(report.date),
    },
    problems: [
      ...(failure === null ? [] : [{ code: 'scan_failed', message: `the scan did not complete: ${failure}` }]),
      ...(nothing ? [{ code: 'nothing_measured', message: `has no results: ${nothing}` }] : []),
    ],
  }
}
