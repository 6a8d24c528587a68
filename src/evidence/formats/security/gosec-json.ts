// gosec's own JSON: one finding per issue, and the packages that it could not load.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import {
  arrayAt,
  asArray,
  asObject,
  countAt,
  field,
  inside,
  isObject,
  type JsonObject,
  objectAt,
  textAt,
} from '../../scan/json-fields.ts'
import { findingOf, lineOf, securityFacts, severityOfWord } from './scanner-finding.ts'

/**
 * `gosec -fmt json`.
 * - One finding per entry of `Issues`, by gosec's own severity. Those with `nosec` or `suppressions` are suppressed.
 * - The scan failed where `Golang errors` names anything: those files were not looked into.
 * - `declared_recount_differ` where `Stats.found` is not the number of issues that are not suppressed.
 */
export const gosecJson: Format<'security'> = {
  id: 'gosec-json',
  kind: 'security',
  title: 'gosec (JSON)',
  producers: ['`gosec -fmt json`'],
  discovers: ['**/gosec.json', '**/gosec-report.json', '**/gosec-results.json'],
  recognises: ({ jsonRoot, jsonKeys }) => jsonRoot === 'object' && jsonKeys?.has('Golang errors') === true,
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    // Go writes an empty list as null.
    const issues = field(root, 'Issues') === null ? [] : asArray(field(root, 'Issues'), '"Issues"')
    const findings = issues.map((value, index) =>
      inside(
        () => `Issues[${index}]`,
        () => issueFinding(asObject(value, 'the entry'), limits),
      ),
    )
    const found = countAt(objectAt(root, 'Stats') ?? {}, 'found')
    const differs = found !== null && found !== findings.filter((finding) => finding.state === 'active').length
    const version = textAt(root, 'GosecVersion', limits)
    return {
      facts: securityFacts(
        { findings, tools: ['gosec'], scans: ['sast'], failure: failureOf(field(root, 'Golang errors')) },
        limits,
      ),
      info: { producer: version ? `gosec ${version.slice(0, 100)}` : 'gosec', commit: null, createdAt: null },
      problems: differs ? [{ code: 'declared_recount_differ', message: '"Stats.found" is not the number of issues listed' }] : [],
    }
  },
}

function issueFinding(issue: JsonObject, limits: Limits): Finding {
  const [line, endLine] = linesOf(field(issue, 'line'))
  const suppressed = field(issue, 'nosec') === true || (arrayAt(issue, 'suppressions') ?? []).length > 0
  return findingOf({
    rule: textAt(issue, 'rule_id', limits)?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(issue, 'details', limits),
    severity: severityOfWord(field(issue, 'severity')),
    tool: 'gosec',
    path: textAt(issue, 'file', limits),
    line,
    endLine,
    state: suppressed ? 'suppressed' : 'active',
  })
}

/** gosec writes lines as text: "12" or "12-14". */
function linesOf(value: unknown): [number | null, number | null] {
  const parts = typeof value === 'string' ? /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(value) : null
  const line = lineOf(parts ? Number(parts[1]) : value)
  return [line, (parts?.[2] ? lineOf(Number(parts[2])) : null) ?? line]
}

function failureOf(errors: unknown): string | null {
  if (errors === null || errors === undefined || errors === '') return null
  const files = isObject(errors) ? Object.keys(errors) : null
  if (files?.length === 0) return null
  return `gosec could not read ${files ? `${files.length} file(s), the first ${files[0]!.slice(0, 300)}` : 'all files'}`
}
