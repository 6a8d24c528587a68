// pip-audit's JSON: the packages that were audited, each with the holes that are known in it.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { distinctIds, findingOf, securityFacts } from './scanner-finding.ts'

/** Said of packages of one's own, of which no advisory could be known. */
const OWN = /^(?:dependency not found on pypi|distribution marked as editable)/i

/**
 * `pip-audit -f json`, and the list that versions before 2.5 wrote.
 * - One finding per package and vulnerability; severity is unknown, as pip-audit has none. Identifiers are the id and its
 *   aliases. `--fix` does not close findings: audit again after it.
 * - A package that was skipped because it is not on PyPI or is editable is told in a notice. The scan failed where one was
 *   skipped for any other reason, and where no package was audited at all.
 */
export const pipAudit: Format<'security'> = {
  id: 'pip-audit',
  kind: 'security',
  title: 'pip-audit (JSON)',
  producers: ['`pip-audit -f json`'],
  discovers: ['**/pip-audit.json', '**/pip-audit-report.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonKeys !== null &&
    (jsonRoot === 'object'
      ? jsonKeys.has('dependencies') && (jsonKeys.has('fixes') || /"(?:vulns|skip_reason)"\s*:/.test(text))
      : jsonKeys.has('name') && (jsonKeys.has('vulns') || jsonKeys.has('skip_reason'))),
  read(source, limits): ReadResult<'security'> {
    const root = readJson(source, limits)
    const list = Array.isArray(root) ? root : asArray(field(asObject(root, 'the report'), 'dependencies'), '"dependencies"')
    const audit = new Audit(limits)
    for (const [index, value] of list.entries())
      inside(
        () => `dependencies[${index}]`,
        () => audit.add(asObject(value, 'the entry')),
      )
    return audit.result()
  },
}

class Audit {
  private readonly findings: Finding[] = []
  private readonly own: string[] = []
  private audited = 0
  private failure: string | null = null

  constructor(private readonly limits: Limits) {}

  add(entry: JsonObject): void {
    const name = textAt(entry, 'name', this.limits)?.slice(0, this.limits.nameLength) || null
    if (name === null) throw refused('wrong_shape', 'it names no package')
    const reason = field(entry, 'skip_reason') ?? null
    if (reason !== null) this.skipped(name, typeof reason === 'string' ? reason.slice(0, 300) : 'for no reason')
    else {
      this.audited++
      for (const vulnerability of asArray(field(entry, 'vulns'), '"vulns"')) {
        if (this.findings.length >= this.limits.findings)
          throw refused('too_many', `holds more than ${this.limits.findings} findings`)
        this.found(asObject(vulnerability, 'a vulnerability'), name, textAt(entry, 'version', this.limits))
      }
    }
  }

  private skipped(name: string, reason: string): void {
    if (OWN.test(reason)) this.own.push(name)
    else this.failure ??= `${name} was not audited: ${reason}`
  }

  private found(vulnerability: JsonObject, name: string, version: string | null): void {
    const id = textAt(vulnerability, 'id', this.limits)
    this.findings.push(
      findingOf({
        rule: id?.slice(0, this.limits.nameLength) || 'unknown',
        title: textAt(vulnerability, 'description', this.limits),
        tool: 'pip-audit',
        package: name,
        version,
        fixedIn: distinctIds(arrayAt(vulnerability, 'fix_versions') ?? []).join(', ') || null,
        identifiers: distinctIds([id, ...(arrayAt(vulnerability, 'aliases') ?? [])]),
      }),
    )
  }

  result(): ReadResult<'security'> {
    const nothing = this.audited === 0 ? 'no package was audited' : null
    const own = this.own.length
    return {
      facts: securityFacts(
        { findings: this.findings, tools: ['pip-audit'], scans: ['sca'], failure: this.failure ?? nothing },
        this.limits,
      ),
      info: { producer: 'pip-audit', commit: null, createdAt: null },
      problems: [
        ...(this.failure === null ? [] : [{ code: 'scan_failed', message: `the audit did not complete: ${this.failure}` }]),
        ...(nothing ? [{ code: 'nothing_measured', message: `has no results: ${nothing}` }] : []),
        ...(own > 0 ? [{ code: 'no_value', message: `${own} package(s) not known to PyPI, the first ${this.own[0]}` }] : []),
      ],
    }
  }
}
