// Grype's JSON report: one match per vulnerability and package.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { packageOfPurl } from './purl.ts'
import { distinctIds, findingOf, highestOf, scoreOf, securityFacts, severityOfWord } from './scanner-finding.ts'

/**
 * `grype -o json`.
 * - One finding per entry of `matches`, by Grype's own severity; Negligible is info. Entries of `ignoredMatches` (ignore rules,
 *   VEX) are suppressed; whether policy accepts that is another matter.
 * - Identifiers are the vulnerability's and those of `relatedVulnerabilities`; score is the highest CVSS 3 or 4 of either.
 * - Kind of scan: container where the source is an image, else sca. Time from the descriptor, where Grype was asked for it.
 */
export const grype: Format<'security'> = {
  id: 'grype',
  kind: 'security',
  title: 'Grype (JSON)',
  producers: ['`grype -o json`'],
  discovers: ['**/grype.json', '**/grype-report.json', '**/grype-results.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('matches') === true &&
    ((jsonKeys.has('descriptor') && jsonKeys.has('source')) || /"matches"\s*:\s*\[\s*\{\s*"vulnerability"\s*:/.test(text)),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const of = (list: readonly unknown[], key: string, state: Finding['state']) =>
      list.map((value, index) =>
        inside(
          () => `${key}[${index}]`,
          () => matchFinding(asObject(value, 'the entry'), state, limits),
        ),
      )
    const findings = [
      ...of(asArray(field(root, 'matches'), '"matches"'), 'matches', 'active'),
      ...of(arrayAt(root, 'ignoredMatches') ?? [], 'ignoredMatches', 'suppressed'),
    ]
    const scanned = objectAt(root, 'source')
    const scan = scanned && field(scanned, 'type') === 'image' ? 'container' : 'sca'
    const descriptor = objectAt(root, 'descriptor')
    const version = descriptor && textAt(descriptor, 'version', limits)
    return {
      facts: securityFacts({ findings, tools: ['Grype'], scans: [scan] }, limits),
      info: {
        producer: version ? `Grype ${version.slice(0, 100)}` : 'Grype',
        commit: null,
        createdAt: isoOf(descriptor && field(descriptor, 'timestamp')),
      },
      problems: [],
    }
  },
}

function matchFinding(match: JsonObject, state: Finding['state'], limits: Limits): Finding {
  const vulnerability = asObject(field(match, 'vulnerability'), '"vulnerability"')
  const artifact = objectAt(match, 'artifact') ?? {}
  const related = (arrayAt(match, 'relatedVulnerabilities') ?? []).filter(isObject)
  const known = [vulnerability, ...related]
  const fix = objectAt(vulnerability, 'fix')
  const [location] = arrayAt(artifact, 'locations') ?? []
  const id = textAt(vulnerability, 'id', limits)
  return findingOf({
    rule: id?.slice(0, limits.nameLength) || 'unknown',
    title: known.map((one) => textAt(one, 'description', limits)).find((text) => text) ?? null,
    severity: severityOfWord(field(vulnerability, 'severity')),
    score: highestOf(known.flatMap(cvssOf)),
    tool: 'Grype',
    path: isObject(location) ? textAt(location, 'path', limits) : null,
    package: packageOfPurl(textAt(artifact, 'purl', limits) ?? '')?.name ?? textAt(artifact, 'name', limits),
    version: textAt(artifact, 'version', limits),
    fixedIn: fix && (distinctIds(arrayAt(fix, 'versions') ?? []).join(', ') || null),
    identifiers: distinctIds(known.map((one) => field(one, 'id'))),
    state,
  })
}

function cvssOf(vulnerability: JsonObject): (number | null)[] {
  return (arrayAt(vulnerability, 'cvss') ?? []).filter(isObject).map((cvss) => {
    const metrics = field(cvss, 'metrics')
    const version = field(cvss, 'version')
    const old = typeof version === 'string' && version.startsWith('2')
    return isObject(metrics) && !old ? scoreOf(field(metrics, 'baseScore')) : null
  })
}
