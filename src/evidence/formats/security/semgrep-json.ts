// Semgrep's own JSON: one finding per result, and whether the scan came to its end.
import type { Finding, Severity } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { asArray, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { findingOf, lineOf, securityFacts, severityOfWord } from './scanner-finding.ts'

const LEVELS: ReadonlyMap<unknown, Severity> = new Map<unknown, Severity>([
  ['ERROR', 'high'],
  ['WARNING', 'medium'],
  ['INFO', 'low'],
])

/**
 * `semgrep scan --json` (and Opengrep).
 * - One finding per entry of `results`: ERROR is high, WARNING medium, INFO low; the newer words CRITICAL, HIGH, MEDIUM, LOW as
 *   they are. `extra.is_ignored` (nosemgrep) is suppressed.
 * - All findings are security but those whose rule says a category other than security.
 * - The scan failed where `errors` holds anything that is not a warning or information. Warnings (a file read in part) are no
 *   failure of the scan, as Semgrep has it, but are said.
 */
export const semgrepJson: Format<'security'> = {
  id: 'semgrep-json',
  kind: 'security',
  title: 'Semgrep (JSON)',
  producers: ['`semgrep scan --json`', '`opengrep scan --json`'],
  discovers: ['**/semgrep.json', '**/semgrep-report.json', '**/semgrep-results.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ((jsonKeys?.has('results') === true &&
      ((/"check_id"\s*:/.test(text) && /"extra"\s*:/.test(text)) || /"results"\s*:\s*\[\s*\{\s*"check_id"\s*:/.test(text))) ||
      (jsonKeys?.has('errors') === true && jsonKeys.has('paths') && /"scanned"\s*:/.test(text))),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const findings = asArray(field(root, 'results'), '"results"').map((value, index) =>
      inside(
        () => `results[${index}]`,
        () => resultFinding(asObject(value, 'the entry'), limits),
      ),
    )
    const errors = asArray(field(root, 'errors'), '"errors"')
    const [error] = errors.filter(isFailure)
    const partly = errors.filter((one) => isObject(one) && field(one, 'level') === 'warn')
    const version = textAt(root, 'version', limits)
    return {
      facts: securityFacts(
        {
          findings,
          tools: ['Semgrep'],
          scans: ['sast'],
          failure: error ? `Semgrep reported an error: ${said(error, limits)}` : null,
        },
        limits,
      ),
      info: { producer: version ? `Semgrep ${version.slice(0, 100)}` : 'Semgrep', commit: null, createdAt: null },
      problems:
        partly.length === 0
          ? []
          : [
              {
                code: 'scan_failed',
                message: `a part was not scanned, of which Semgrep warned (${partly.length}): ${said(partly[0], limits)}`,
              },
            ],
    }
  },
}

function resultFinding(result: JsonObject, limits: Limits): Finding {
  const extra = objectAt(result, 'extra') ?? {}
  const severity = field(extra, 'severity')
  const metadata = field(extra, 'metadata')
  const category = isObject(metadata) ? field(metadata, 'category') : null
  const line = lineOf(field(objectAt(result, 'start') ?? {}, 'line'))
  return findingOf({
    rule: textAt(result, 'check_id', limits)?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(extra, 'message', limits),
    severity: LEVELS.get(severity) ?? severityOfWord(severity),
    tool: 'Semgrep',
    security: typeof category !== 'string' || category.toLowerCase() === 'security',
    path: textAt(result, 'path', limits),
    line,
    endLine: lineOf(field(objectAt(result, 'end') ?? {}, 'line')) ?? line,
    fingerprint: fingerprintOf(extra, limits),
    state: field(extra, 'is_ignored') === true ? 'suppressed' : 'active',
  })
}

/** Without a login Semgrep writes the words "requires login" where the fingerprint goes. */
function fingerprintOf(extra: JsonObject, limits: Limits): string | null {
  const print = textAt(extra, 'fingerprint', limits)
  return print && print !== 'requires login' ? print.slice(0, limits.nameLength) : null
}

function isFailure(error: unknown): boolean {
  const level = isObject(error) ? field(error, 'level') : null
  return level !== 'warn' && level !== 'info'
}

function said(error: unknown, limits: Limits): string {
  const text = isObject(error) ? (textAt(error, 'message', limits) ?? textAt(error, 'long_msg', limits)) : null
  return text?.slice(0, 300) || 'it does not say why'
}
