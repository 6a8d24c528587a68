// gitleaks' JSON report: a list of the secrets it found, which never leave this file.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { asArray, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { findingOf, lineOf, securityFacts } from './scanner-finding.ts'

/**
 * `gitleaks git|dir -f json` (also `detect` and `protect` of older versions).
 * - One finding per entry; severity is unknown, as gitleaks has none. The secret itself and the line around it are not read.
 * - A literal `[]` or `null` is a run that found nothing. By its content alone that could be any tool's: name the format in the
 *   config, or the file so that its name has `gitleaks` in it.
 */
export const gitleaks: Format<'security'> = {
  id: 'gitleaks',
  kind: 'security',
  title: 'gitleaks (JSON)',
  producers: ['`gitleaks git -f json`', '`gitleaks dir -f json`'],
  discovers: ['**/gitleaks.json', '**/gitleaks-report.json'],
  recognises: ({ jsonRoot, jsonKeys, text }, path) =>
    (jsonRoot === 'array' && jsonKeys?.has('RuleID') === true && (jsonKeys.has('StartLine') || jsonKeys.has('Description'))) ||
    (/gitleaks[^/]*$/i.test(path) && /^\s*(?:\[\s{0,100}\]|null)\s{0,100}$/.test(text)),
  read(source, limits): ReadResult<'security'> {
    const root = readJson(source, limits)
    // Go writes an empty list as null.
    const list = root === null ? [] : asArray(root, 'the report')
    const findings = list.map((value, index) =>
      inside(
        () => `[${index}]`,
        () => leakFinding(asObject(value, 'the entry'), limits),
      ),
    )
    return {
      facts: securityFacts({ findings, tools: ['gitleaks'], scans: ['secrets'] }, limits),
      info: { producer: 'gitleaks', commit: null, createdAt: null },
      problems: [],
    }
  },
}

function leakFinding(entry: JsonObject, limits: Limits): Finding {
  const line = lineOf(field(entry, 'StartLine'))
  return findingOf({
    rule: textAt(entry, 'RuleID', limits)?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(entry, 'Description', limits),
    tool: 'gitleaks',
    path: textAt(entry, 'File', limits) || null,
    line,
    endLine: lineOf(field(entry, 'EndLine')) ?? line,
    fingerprint: textAt(entry, 'Fingerprint', limits)?.slice(0, limits.nameLength) || null,
  })
}
