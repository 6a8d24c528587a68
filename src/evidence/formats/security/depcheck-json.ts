// OWASP Dependency-Check's JSON report.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { type DepcheckDependency, depcheckFinding, depcheckResult } from './depcheck.ts'
import { distinctIds, scoreOf } from './scanner-finding.ts'

/**
 * `dependency-check --format JSON`, and its Maven, Gradle and other plugins.
 * - One finding per dependency and entry of its `vulnerabilities`, by `severity`, else by the word of its CVSS;
 *   `suppressedVulnerabilities` are suppressed. The package is the purl's, else the file. `relatedDependencies` are not counted.
 * - The scan failed where `analysisExceptions` lists any (an analyzer or a data source that did not answer), and where there is
 *   no dependency at all.
 */
export const depcheckJson: Format<'security'> = {
  id: 'depcheck-json',
  kind: 'security',
  title: 'OWASP Dependency-Check (JSON)',
  producers: ['OWASP Dependency-Check'],
  discovers: ['**/dependency-check-report.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('scanInfo') === true &&
    ['reportSchema', 'projectInfo', 'dependencies'].some((key) => jsonKeys.has(key)),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const dependencies = asArray(field(root, 'dependencies'), '"dependencies"')
    const findings = dependencies.flatMap((value, index) =>
      inside(
        () => `dependencies[${index}]`,
        () => findingsIn(asObject(value, 'the entry'), limits),
      ),
    )
    const scan = objectAt(root, 'scanInfo')
    const project = objectAt(root, 'projectInfo')
    return depcheckResult(
      {
        version: scan && textAt(scan, 'engineVersion', limits),
        date: project && textAt(project, 'reportDate', limits),
        dependencies: dependencies.length,
        findings,
        failure: scan && failureOf(arrayAt(scan, 'analysisExceptions') ?? [], limits),
      },
      limits,
    )
  },
}

function findingsIn(entry: JsonObject, limits: Limits): Finding[] {
  const [first] = (arrayAt(entry, 'packages') ?? []).filter(isObject)
  const dependency = {
    fileName: textAt(entry, 'fileName', limits),
    filePath: textAt(entry, 'filePath', limits),
    purl: first ? textAt(first, 'id', limits) : null,
  }
  return (['vulnerabilities', 'suppressedVulnerabilities'] as const).flatMap((key) =>
    (arrayAt(entry, key) ?? []).map((value) =>
      vulnerability(asObject(value, `an entry of "${key}"`), dependency, key !== 'vulnerabilities', limits),
    ),
  )
}

function vulnerability(entry: JsonObject, dependency: DepcheckDependency, suppressed: boolean, limits: Limits): Finding {
  const [v4, v3, v2] = ['cvssv4', 'cvssv3', 'cvssv2'].map((key) => objectAt(entry, key))
  const scored = v4 ?? v3
  const known = {
    name: textAt(entry, 'name', limits),
    title: textAt(entry, 'description', limits),
    severities: [
      textAt(entry, 'severity', limits),
      ...[v4, v3].map((cvss) => (cvss ? (textAt(cvss, 'baseSeverity', limits) ?? textAt(cvss, 'baseSeverity>', limits)) : null)),
      v2 ? textAt(v2, 'severity', limits) : null,
    ],
    score: scored ? scoreOf(field(scored, 'baseScore')) : null,
    fixedIn: fixedIn(arrayAt(entry, 'vulnerableSoftware') ?? []),
    suppressed,
  }
  return depcheckFinding(dependency, known, limits)
}

/** The first version that is no longer among those that matched. */
function fixedIn(software: readonly unknown[]): string | null {
  const matched = software
    .map((entry) => (isObject(entry) ? field(entry, 'software') : null))
    .filter(isObject)
    .filter((one) => String(field(one, 'vulnerabilityIdMatched')) === 'true')
  return distinctIds(matched.map((one) => field(one, 'versionEndExcluding'))).join(', ') || null
}

function failureOf(exceptions: readonly unknown[], limits: Limits): string | null {
  if (exceptions.length === 0) return null
  const [first] = exceptions
  const inner = isObject(first) ? (field(first, 'exception') ?? first) : null
  const said = isObject(inner) ? textAt(inner, 'message', limits)?.slice(0, 300) : null
  return said || 'an analyzer failed'
}
