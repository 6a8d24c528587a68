// npm audit --json of npm 6, and what pnpm and Yarn 2 and 3 write in its form: one finding per advisory.
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asObject, field, inside, isObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { advisoryFinding, leftOut } from './npm-advisories.ts'
import { securityFacts } from './scanner-finding.ts'

/**
 * - One finding per entry of `advisories`; moderate is medium. The tools' own totals (`metadata.vulnerabilities`) count paths
 *   to the packages and are mostly larger: `declared_recount_differ` is only said of a severity that is counted and not listed
 *   (`pnpm audit --audit-level`).
 * - Identifiers are the GHSA and CVE ids; without a GHSA id the rule is `npm-advisory:ID`.
 * - Refused: the error that pnpm writes instead of a result.
 */
export const npmAuditV1: Format<'security'> = {
  id: 'npm-audit-v1',
  kind: 'security',
  title: 'npm audit (JSON, version 1)',
  producers: ['`npm audit --json` of npm 6', '`pnpm audit --json`', '`yarn npm audit --json` of Yarn 2 and 3'],
  discovers: ['**/pnpm-audit.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys !== null &&
    ((jsonKeys.has('advisories') && (jsonKeys.has('metadata') || /"module_name"\s*:/.test(text))) ||
      (jsonKeys.has('actions') && /"resolves"\s*:/.test(text)) ||
      (jsonKeys.has('error') && /"code"\s*:\s*"ERR_PNPM_/.test(text))),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const error = field(root, 'error') ?? null
    if (error !== null) {
      const said = isObject(error) ? (textAt(error, 'message', limits) ?? textAt(error, 'code', limits)) : null
      throw refused('scan_failed', `the audit reported an error instead of a result${said ? `: ${said.slice(0, 300)}` : ''}`, {
        hint: 'Check the lockfile and the access to the registry, then run the audit again.',
      })
    }
    const findings = Object.entries(asObject(field(root, 'advisories'), '"advisories"')).map(([id, value]) =>
      inside(
        () => `advisory ${id.slice(0, 200)}`,
        () => advisoryFinding(asObject(value, 'the entry'), id, 'npm audit', limits),
      ),
    )
    const metadata = objectAt(root, 'metadata')
    return {
      facts: securityFacts({ findings, tools: ['npm audit'], scans: ['sca'] }, limits),
      info: { producer: 'npm audit', commit: null, createdAt: null },
      problems: leftOut(metadata && objectAt(metadata, 'vulnerabilities'), findings),
    }
  },
}
