// Trivy's JSON report (schema 2): vulnerabilities, misconfigurations, secrets and licences, by target.
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'
import { type Results, readResults } from './trivy-results.ts'

/**
 * Schema 2 of `trivy image`, `fs`, `repo`, `config`, `vm`.
 * - Vulnerabilities, misconfigurations, secrets, licences, by Trivy's own severity. Status PASS and EXCEPTION are no
 *   findings; `ExperimentalModifiedFindings` (`--show-suppressed`) are suppressed.
 * - Kinds of scan by `Class`: os-pkgs and lang-pkgs of an image are container (lang-pkgs sca as well), elsewhere sca; config
 *   is iac; secret, license. A target without findings is a scan of it.
 * - Without `Results` the report says neither what was scanned nor that anything was: the scan counts as failed. A clean scan
 *   for secrets alone looks just like that; have it write SARIF.
 * - Commit from `Metadata.Commit`; time from `CreatedAt`.
 */
export const trivy: Format<'security'> = {
  id: 'trivy',
  kind: 'security',
  title: 'Trivy (JSON)',
  producers: ['`trivy image`, `fs`, `repo`, `config` and `vm`, 0.20 and later'],
  discovers: ['**/trivy.json', '**/trivy-report.json', '**/trivy-results.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('SchemaVersion') === true &&
    ['ArtifactName', 'ArtifactType', 'Results'].some((key) => jsonKeys.has(key)),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const version = field(root, 'SchemaVersion')
    if (version !== 2)
      throw refused('wrong_version', 'is not of Trivy schema version 2', {
        hint: 'Write it with a current Trivy: --format json.',
      })
    const results = arrayAt(root, 'Results')
    const artifact = field(root, 'ArtifactType')
    const found: Results = { findings: [], scans: new Set() }
    readResults(results ?? [], artifact === 'container_image' || artifact === 'vm', 'Results', found, limits)
    const nothing = results === null
    const problems: Problem[] = nothing
      ? [
          {
            code: 'nothing_measured',
            message: 'has no results: nothing was scanned, or nothing was found; it does not tell which',
          },
        ]
      : []
    const tool = objectAt(root, 'Trivy')
    const toolVersion = tool && textAt(tool, 'Version', limits)
    return {
      facts: {
        kind: 'security',
        findings: found.findings,
        tools: ['Trivy'],
        scans: [...found.scans].sort(),
        // Without results, Trivy found no lockfile, package database or config file to look at: no scan that could vouch for anything.
        scanFailed: nothing,
        failure: nothing ? 'the report lists nothing that was scanned' : null,
        revisions: commitsOf(root),
      },
      info: {
        producer: toolVersion ? `Trivy ${toolVersion}` : 'Trivy',
        commit: commitsOf(root)[0] ?? null,
        createdAt: isoOf(field(root, 'CreatedAt')),
      },
      problems,
    }
  },
}

/** Repository scans name the commit (0.66 and later). */
function commitsOf(root: JsonObject): string[] {
  const metadata = field(root, 'Metadata')
  const commit = isObject(metadata) ? commitOf(field(metadata, 'Commit')) : null
  return commit ? [commit] : []
}
