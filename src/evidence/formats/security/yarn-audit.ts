// yarn audit --json: the lines of Yarn 1, with one advisory for each path, and those of Yarn 4, with one for each package.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { eachJsonLine } from '../../scan/json-lines.ts'
import { advisoryFinding, advisoryRule, ghsaOf, leftOut } from './npm-advisories.ts'
import { distinctIds, findingOf, securityFacts, severityOfWord } from './scanner-finding.ts'

/**
 * `yarn audit --json` (Yarn 1) and `yarn npm audit --json` (Yarn 4). Yarn 2 and 3 write the
 * [form of npm 6](#npm-audit-json-version-1-npm-audit-v1).
 * - One finding per advisory and package, however many lines Yarn 1 writes for its paths; moderate is medium. Yarn 1's own
 *   totals count paths: `declared_recount_differ` is only said of a severity that is counted and not listed (`--level`).
 * - Yarn 4 also lists packages that are deprecated: they are no security findings.
 * - The scan failed: an error among the lines of Yarn 1, or no summary at their end; a last line that is cut off.
 * - Yarn 4 writes nothing at all where it finds nothing, and an empty file is refused: it may as well be a step that never ran.
 */
export const yarnAudit: Format<'security'> = {
  id: 'yarn-audit',
  kind: 'security',
  title: 'yarn audit (JSON lines)',
  producers: ['`yarn audit --json` of Yarn 1', '`yarn npm audit --json` of Yarn 4'],
  discovers: ['**/yarn-audit.json', '**/yarn-audit.jsonl', '**/yarn-audit.ndjson'],
  recognises: ({ jsonRoot, text }) =>
    jsonRoot === 'object' &&
    (/^\{"type":"audit(?:Advisory|Summary)",/m.test(text) ||
      /^\{"type":"error","data":"/m.test(text) ||
      /^\{"value":"[^"\n]{1,300}","children":\{"ID":/.test(text)),
  read(source, limits): ReadResult<'security'> {
    const lines = new Lines(limits)
    const { cut, problems } = eachJsonLine(
      source,
      limits,
      (line) => lines.add(line),
      () => false,
    )
    return lines.result(cut, problems)
  },
}

class Lines {
  private readonly findings = new Map<string, Finding>()
  private ofYarn1 = false
  private count = 0
  private error: string | null = null
  private summary: JsonObject | null = null

  constructor(private readonly limits: Limits) {}

  add(line: JsonObject): void {
    this.count++
    const type = field(line, 'type')
    if (typeof type !== 'string') this.ofYarn4(line)
    else {
      this.ofYarn1 = true
      if (type === 'auditAdvisory') this.advisory(asObject(field(line, 'data'), '"data"'))
      else if (type === 'auditSummary') this.summary = asObject(field(line, 'data'), '"data"')
      else if (type === 'error') this.error ??= textAt(line, 'data', this.limits)?.slice(0, 300) || 'without a word'
    }
  }

  private advisory(data: JsonObject): void {
    const advisory = asObject(field(data, 'advisory'), '"advisory"')
    this.found(advisoryFinding(advisory, idOf(field(advisory, 'id')), 'yarn audit', this.limits))
  }

  private ofYarn4(line: JsonObject): void {
    const name = field(line, 'value')
    if (typeof name !== 'string' || name === '') throw refused('wrong_shape', 'the line names no package')
    const entry = asObject(field(line, 'children'), '"children"')
    const id = idOf(field(entry, 'ID'))
    const ghsa = ghsaOf(textAt(entry, 'URL', this.limits))
    const versions = distinctIds(arrayAt(entry, 'Tree Versions') ?? [])
    this.found(
      findingOf({
        rule: advisoryRule(ghsa, id).slice(0, this.limits.nameLength),
        title: textAt(entry, 'Issue', this.limits),
        severity: severityOfWord(field(entry, 'Severity')),
        tool: 'yarn audit',
        security: id?.endsWith(' (deprecation)') !== true,
        package: name.slice(0, this.limits.nameLength),
        version: versions.length === 1 ? versions[0]! : null,
        identifiers: distinctIds([ghsa]),
      }),
    )
  }

  private found(finding: Finding): void {
    // Nothing says of two advisories without a name that they are one.
    const key = finding.rule === 'unknown' ? `${this.count}` : JSON.stringify([finding.rule, finding.package])
    if (this.findings.has(key)) return
    if (this.findings.size >= this.limits.findings) throw refused('too_many', `holds more than ${this.limits.findings} findings`)
    this.findings.set(key, finding)
  }

  result(cut: boolean, problems: ReadResult['problems']): ReadResult<'security'> {
    const findings = [...this.findings.values()]
    if (this.count === 0) throw refused('wrong_shape', 'holds no line of an audit')
    const failure = this.failureOf(cut)
    const declared = this.summary && objectAt(this.summary, 'vulnerabilities')
    return {
      facts: securityFacts({ findings, tools: ['yarn audit'], scans: ['sca'], failure }, this.limits),
      info: { producer: 'yarn audit', commit: null, createdAt: null },
      problems: [
        ...problems,
        ...(failure === null ? [] : [{ code: 'scan_failed', message: `the audit did not complete: ${failure}` }]),
        ...leftOut(declared, findings),
      ],
    }
  }

  private failureOf(cut: boolean): string | null {
    if (this.error !== null) return `Yarn reported an error: ${this.error}`
    if (cut) return 'its last line is cut off'
    return this.ofYarn1 && this.summary === null ? 'it ends without a summary' : null
  }
}

function idOf(id: unknown): string | null {
  return typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : null
}
