// Checkov's own JSON: one finding per failed check, over one framework or a list of them.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, countAt, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { findingOf, lineOf, securityFacts, severityOfWord } from './scanner-finding.ts'

/**
 * `checkov -o json`: one framework, or a list of them.
 * - One finding per entry of `failed_checks`; entries of `skipped_checks` are suppressed. Without a platform key Checkov knows
 *   no severity: unknown.
 * - The scan failed where files could not be parsed (`parsing_errors`), and where nothing was scanned: Checkov then writes the
 *   totals alone.
 * - Kind of scan: secrets, sca or iac by `check_type`. `--compact` and `--quiet` leave out what is not counted here.
 * - `declared_recount_differ` where `summary.failed` is not what is listed.
 */
export const checkovJson: Format<'security'> = {
  id: 'checkov-json',
  kind: 'security',
  title: 'Checkov (JSON)',
  producers: ['`checkov -o json`'],
  discovers: ['**/checkov.json', '**/checkov-report.json', '**/results_json.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot !== null &&
    ((jsonKeys?.has('check_type') === true && jsonKeys.has('results')) || jsonKeys?.has('checkov_version') === true),
  read(source, limits): ReadResult<'security'> {
    const root = readJson(source, limits)
    const frameworks = (Array.isArray(root) ? root : [root]).map((value) => asObject(value, 'the report'))
    if (frameworks.length === 0) throw refused('nothing_measured', 'holds no framework')
    const read = frameworks.map((framework, index) =>
      inside(
        () => `framework ${index + 1}`,
        () => frameworkOf(framework, limits),
      ),
    )
    const version = read.find((one) => one.version)?.version
    return {
      facts: securityFacts(
        {
          findings: read.flatMap((one) => one.findings),
          tools: ['Checkov'],
          scans: [...new Set(read.map((one) => one.scan))],
          failure: read.find((one) => one.failure)?.failure ?? null,
        },
        limits,
      ),
      info: { producer: version ? `Checkov ${version.slice(0, 100)}` : 'Checkov', commit: null, createdAt: null },
      problems: read.some((one) => one.differs)
        ? [{ code: 'declared_recount_differ', message: '"summary.failed" is not the number of failed checks listed' }]
        : [],
    }
  },
}

function frameworkOf(framework: JsonObject, limits: Limits) {
  const type = field(framework, 'check_type')
  const scan =
    type === 'secrets'
      ? ('secrets' as const)
      : type === 'sca_package' || type === 'sca_image'
        ? ('sca' as const)
        : ('iac' as const)
  if (field(framework, 'checkov_version') !== undefined && field(framework, 'results') === undefined) {
    const version = textAt(framework, 'checkov_version', limits)
    if ((countAt(framework, 'failed') ?? 0) > 0) throw refused('wrong_shape', '"results" is absent, though checks failed')
    return { findings: [], scan, version, failure: 'the report lists nothing that was scanned', differs: false }
  }
  const results = asObject(field(framework, 'results'), '"results"')
  const failed = asArray(field(results, 'failed_checks'), '"failed_checks"')
  const summary = objectAt(framework, 'summary') ?? {}
  const unread = Math.max((arrayAt(results, 'parsing_errors') ?? []).length, countAt(summary, 'parsing_errors') ?? 0)
  const of = (list: readonly unknown[], state: Finding['state']) =>
    list.map((check) => checkFinding(asObject(check, 'a check'), state, limits))
  return {
    findings: [...of(failed, 'active'), ...of(arrayAt(results, 'skipped_checks') ?? [], 'suppressed')],
    scan,
    version: textAt(summary, 'checkov_version', limits),
    failure: unread > 0 ? `Checkov could not parse ${unread} file(s)` : null,
    differs: (countAt(summary, 'failed') ?? failed.length) !== failed.length,
  }
}

function checkFinding(check: JsonObject, state: Finding['state'], limits: Limits): Finding {
  const [start, end] = arrayAt(check, 'file_line_range') ?? []
  return findingOf({
    rule: textAt(check, 'check_id', limits)?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(check, 'check_name', limits),
    severity: severityOfWord(field(check, 'severity')),
    tool: 'Checkov',
    path: textAt(check, 'file_path', limits)?.replace(/^\//, '') ?? null,
    line: lineOf(start),
    endLine: lineOf(end) ?? lineOf(start),
    state,
  })
}
