// Trivy's report on a Kubernetes cluster: the results of each of its resources.
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asObject, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { securityFacts } from './scanner-finding.ts'
import { type Results, readResults } from './trivy-results.ts'

/**
 * `trivy k8s --format json`, with `--report all` (`Resources`) and `summary` (`Findings`).
 * - Every result of every resource, as in Trivy's other reports; a container image in two workloads is listed twice.
 * - The scan failed: a resource with an `Error`, and a report whose resources hold no result at all.
 */
export const trivyK8s: Format<'security'> = {
  id: 'trivy-k8s',
  kind: 'security',
  title: 'Trivy on Kubernetes (JSON)',
  producers: ['`trivy k8s --format json`'],
  discovers: ['**/trivy-k8s.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('ClusterName') === true &&
    ['Resources', 'Findings', 'SchemaVersion'].some((key) => jsonKeys.has(key)) &&
    !jsonKeys.has('ArtifactName'),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const found: Results = { findings: [], scans: new Set() }
    const failures: string[] = []
    let results = 0
    const read = (resource: JsonObject) => {
      const list = arrayAt(resource, 'Results') ?? []
      results += list.length
      readResults(list, true, 'Results', found, limits)
      const error = textAt(resource, 'Error', limits)
      if (error) failures.push(`${textAt(resource, 'Kind', limits)} ${textAt(resource, 'Name', limits)}: ${error}`.slice(0, 300))
    }
    for (const key of ['Resources', 'Findings']) {
      for (const [index, value] of (arrayAt(root, key) ?? []).entries())
        inside(
          () => `${key}[${index}]`,
          () => read(asObject(value, 'the resource')),
        )
    }
    const nothing = results === 0 ? 'the report lists nothing that was scanned' : null
    return {
      facts: securityFacts(
        { findings: found.findings, tools: ['Trivy'], scans: [...found.scans], failure: failures[0] ?? nothing },
        limits,
      ),
      info: { producer: 'Trivy', commit: null, createdAt: null },
      problems: [
        ...failures
          .slice(0, limits.problems)
          .map((failure) => ({ code: 'scan_failed', message: `the scan did not complete: ${failure}` })),
        ...(nothing ? [{ code: 'nothing_measured', message: `has no results: ${nothing}` }] : []),
      ],
    }
  },
}
