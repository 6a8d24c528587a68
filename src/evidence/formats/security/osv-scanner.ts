// OSV-Scanner's JSON report: packages by source, their vulnerabilities in groups of one and the same.
import type { Finding, ScanKind } from '../../../model/evidence.ts'
import { SEVERITIES } from '../../../model/facts.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { severityOf } from './sarif-severity.ts'
import { distinctIds, findingOf, securityFacts, severityOfWord } from './scanner-finding.ts'

/**
 * `osv-scanner --format json`, versions 1 and 2.
 * - One finding per package and group: OSV-Scanner groups the entries that are aliases of each other. A vulnerability of no group
 *   is one by itself. Severity: the band of the group's `max_severity`, else the worst of its entries' own words, else unknown.
 * - Groups that the call analysis found uncalled, or that the distribution calls unimportant, are no failure: OSV-Scanner does
 *   not fail for them. `license_violations` are findings of unknown severity.
 * - Kind of scan: container with `image_metadata`, else sca; license where the configuration has a list of allowed ones.
 * - A scan that failed writes nothing, or nothing but an empty file, which is refused.
 */
export const osvScanner: Format<'security'> = {
  id: 'osv-scanner',
  kind: 'security',
  title: 'OSV-Scanner (JSON)',
  producers: ['`osv-scanner --format json`'],
  discovers: ['**/osv-scanner.json', '**/osv-results.json', '**/osv-report.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('results') === true &&
    (jsonKeys.has('experimental_config') ||
      (/"source"\s*:\s*\{\s*"path"\s*:/.test(text) && /"packages"\s*:\s*\[\s*\{\s*"package"\s*:/.test(text))),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const findings = asArray(field(root, 'results'), '"results"').flatMap((value, index) =>
      inside(
        () => `results[${index}]`,
        () => [...sourceFindings(asObject(value, 'the entry'), limits)],
      ),
    )
    const config = objectAt(root, 'experimental_config')
    const licences = config && objectAt(config, 'licenses')
    const scans: ScanKind[] = [objectAt(root, 'image_metadata') ? 'container' : 'sca']
    if (licences && (arrayAt(licences, 'allowlist')?.length ?? 0) > 0) scans.push('license')
    return {
      facts: securityFacts({ findings, tools: ['OSV-Scanner'], scans }, limits),
      info: { producer: 'OSV-Scanner', commit: null, createdAt: null },
      problems: [],
    }
  },
}

function* sourceFindings(entry: JsonObject, limits: Limits): Iterable<Finding> {
  const source = objectAt(entry, 'source')
  const path = source && textAt(source, 'path', limits)
  for (const [index, value] of (arrayAt(entry, 'packages') ?? []).entries()) {
    yield* inside(
      () => `packages[${index}]`,
      () => packageFindings(asObject(value, 'the entry'), path, limits),
    )
  }
}

function packageFindings(entry: JsonObject, path: string | null, limits: Limits): Finding[] {
  const named = objectAt(entry, 'package') ?? {}
  const name = textAt(named, 'name', limits)
  const about = { tool: 'OSV-Scanner', path, package: name, version: textAt(named, 'version', limits) }
  const vulnerabilities = objects(entry, 'vulnerabilities')
  const byId = new Map(vulnerabilities.map((one) => [field(one, 'id'), one]))
  const groups = objects(entry, 'groups')
  const grouped = new Set(groups.flatMap((group) => arrayAt(group, 'ids') ?? []))
  const alone = vulnerabilities.filter((one) => !grouped.has(field(one, 'id'))).map((one) => ({ ids: [field(one, 'id')] }))
  const found = [...groups, ...alone].map((group): Finding => {
    const ids = arrayAt(group, 'ids') ?? []
    const entries = ids.map((id) => byId.get(id)).filter((one) => one !== undefined)
    const score = scoreOf(field(group, 'max_severity'))
    const identifiers = distinctIds([
      ...ids,
      ...(arrayAt(group, 'aliases') ?? []),
      ...entries.flatMap((one) => arrayAt(one, 'aliases') ?? []),
    ])
    return findingOf({
      ...about,
      rule: identifiers[0] ?? 'unknown',
      title: entries.map((one) => textAt(one, 'summary', limits)).find((text) => text) ?? null,
      severity: score === null ? worst(entries) : severityOf(score, ''),
      score,
      fixedIn:
        distinctIds(entries.flatMap((one) => fixesIn(one, name)))
          .slice(0, 5)
          .join(', ') || null,
      identifiers,
      state: matters(group) ? 'active' : 'not_failure',
    })
  })
  const licences = distinctIds(arrayAt(entry, 'license_violations') ?? []).map((rule) => findingOf({ ...about, rule }))
  return [...found, ...licences]
}

/** Without an analysis everything does; with one, what any of its entries is called by and the distribution minds. */
function matters(group: JsonObject): boolean {
  const analysis = objectAt(group, 'experimental_analysis') ?? objectAt(group, 'experimentalAnalysis')
  const entries = Object.values(analysis ?? {}).filter(isObject)
  if (entries.length === 0) return true
  return entries.some((one) => field(one, 'called') !== false) && !entries.some((one) => field(one, 'unimportant') === true)
}

function worst(entries: readonly JsonObject[]): Finding['severity'] {
  const words = new Set(
    entries
      .map((one) => field(one, 'database_specific'))
      .map((own) => severityOfWord(isObject(own) ? field(own, 'severity') : null)),
  )
  return SEVERITIES.find((severity) => severity !== 'unknown' && words.has(severity)) ?? 'unknown'
}

function fixesIn(vulnerability: JsonObject, name: string | null): unknown[] {
  return objects(vulnerability, 'affected')
    .filter((affected) => textOf(objectAt(affected, 'package'), 'name') === name)
    .flatMap((affected) => objects(affected, 'ranges'))
    .flatMap((range) => objects(range, 'events'))
    .map((event) => field(event, 'fixed'))
}

function textOf(object: JsonObject | null, key: string): unknown {
  return object && field(object, key)
}

function objects(object: JsonObject, key: string): JsonObject[] {
  return (arrayAt(object, key) ?? []).filter(isObject)
}

/** Written as a text, empty where no entry has a score. */
function scoreOf(text: unknown): number | null {
  const score = typeof text === 'string' && /^\d{1,2}(?:\.\d{1,4})?$/.test(text) ? Number(text) : null
  return score !== null && score <= 10 ? score : null
}
