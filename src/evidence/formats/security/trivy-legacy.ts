// Trivy's report before schema 2 (to 0.19): a bare list of results.
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { asArray, field, isObject, type JsonObject } from '../../scan/json-fields.ts'
import { securityFacts } from './scanner-finding.ts'
import { type Results, readResults } from './trivy-results.ts'

/** The values of `Type` that are operating systems, at that time. */
const SYSTEMS: ReadonlySet<unknown> = new Set([
  'alpine',
  'amazon',
  'centos',
  'debian',
  'fedora',
  'opensuse',
  'opensuse.leap',
  'opensuse.tumbleweed',
  'oracle',
  'photon',
  'redhat',
  'suse linux enterprise server',
  'ubuntu',
])

/**
 * Trivy to 0.19, and later with TRIVY_NEW_JSON_SCHEMA=false: a list of results without a head.
 * - Findings and kinds of scan as in schema 2. Without `Class`, the packages of an operating system are told by `Type`: a list
 *   with any is a scan of a container image.
 * - An empty list, or null, tells neither what was scanned nor that anything was: the scan counts as failed.
 */
export const trivyLegacy: Format<'security'> = {
  id: 'trivy-legacy',
  kind: 'security',
  title: 'Trivy before schema 2 (JSON)',
  producers: ['`trivy --format json`, to 0.19'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'array' &&
    jsonKeys?.has('Target') === true &&
    ['Vulnerabilities', 'Misconfigurations', 'Type', 'Class'].some((key) => jsonKeys.has(key)),
  read(source, limits): ReadResult<'security'> {
    const root = readJson(source, limits)
    const list = (root === null ? [] : asArray(root, 'the report')).map((one) => (isObject(one) ? withClass(one) : one))
    const found: Results = { findings: [], scans: new Set() }
    const image = list.some((one) => isObject(one) && field(one, 'Class') === 'os-pkgs')
    readResults(list, image, 'result', found, limits)
    const failure = list.length === 0 ? 'the report lists nothing that was scanned' : null
    return {
      facts: securityFacts({ findings: found.findings, tools: ['Trivy'], scans: [...found.scans], failure }, limits),
      info: { producer: 'Trivy', commit: null, createdAt: null },
      problems: failure ? [{ code: 'nothing_measured', message: `has no results: ${failure}` }] : [],
    }
  },
}

function withClass(result: JsonObject): JsonObject {
  if ((field(result, 'Class') ?? null) !== null || (field(result, 'Misconfigurations') ?? null) !== null) return result
  return { ...result, Class: SYSTEMS.has(field(result, 'Type')) ? 'os-pkgs' : 'lang-pkgs' }
}
