// ESLint's JSON: what it says of each file. Lint, but for the rules of plugins that are about security.
import type { Finding, Severity } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, countAt, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { findingOf, lineOf, securityFacts } from './scanner-finding.ts'
import { namesSecurity } from './security-rules.ts'

const LEVELS: ReadonlyMap<unknown, Severity> = new Map<unknown, Severity>([
  [2, 'high'],
  [1, 'medium'],
])

/**
 * `eslint -f json`.
 * - One finding per message: severity 2 (error) is high, 1 (warning) medium. `suppressedMessages` are suppressed.
 * - They feed code quality. Only rules of security plugins (`security/...`, `no-unsanitized/...` and the like) are security, and no
 *   kind of scan is claimed: a report without messages does not show which plugins ran.
 * - The scan failed where a message is `fatal` (a file that could not be parsed was not looked into), and where no file is listed.
 * - `declared_recount_differ` where `errorCount` and `warningCount` are not the messages listed.
 */
export const eslintJson: Format<'security'> = {
  id: 'eslint-json',
  kind: 'security',
  title: 'ESLint (JSON)',
  producers: ['`eslint -f json`'],
  discovers: ['**/eslint.json', '**/eslint-report.json', '**/eslint-results.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'array' &&
    jsonKeys?.has('filePath') === true &&
    jsonKeys.has('messages') &&
    (jsonKeys.has('errorCount') || jsonKeys.has('suppressedMessages') || /"ruleId"\s*:/.test(text)),
  read(source, limits): ReadResult<'security'> {
    const files = asArray(readJson(source, limits), 'the report')
    const lint = new Lint(limits)
    for (const [index, value] of files.entries())
      inside(
        () => `[${index}]`,
        () => lint.add(asObject(value, 'the entry')),
      )
    return lint.result(files.length === 0 ? 'no file was looked into' : null)
  },
}

class Lint {
  private readonly findings: Finding[] = []
  private failure: string | null = null
  private differs = false

  constructor(private readonly limits: Limits) {}

  add(file: JsonObject): void {
    const path = textAt(file, 'filePath', this.limits)?.replaceAll('\\', '/') ?? null
    const messages = asArray(field(file, 'messages'), '"messages"').map((value) => asObject(value, 'a message'))
    for (const message of messages) {
      this.findings.push(messageFinding(message, path, 'active', this.limits))
      if (field(message, 'fatal') === true) this.failure ??= `${path}: ${textAt(message, 'message', this.limits)}`.slice(0, 300)
    }
    for (const value of arrayAt(file, 'suppressedMessages') ?? [])
      this.findings.push(messageFinding(asObject(value, 'a message'), path, 'suppressed', this.limits))
    for (const [key, severity] of [['errorCount', 2] as const, ['warningCount', 1] as const]) {
      const declared = countAt(file, key)
      if (declared !== null && declared !== messages.filter((one) => field(one, 'severity') === severity).length)
        this.differs = true
    }
  }

  result(nothing: string | null): ReadResult<'security'> {
    const { findings, failure, differs } = this
    return {
      facts: securityFacts({ findings, tools: ['ESLint'], scans: [], failure: failure ?? nothing }, this.limits),
      info: { producer: 'ESLint', commit: null, createdAt: null },
      problems: [
        ...(failure ? [{ code: 'scan_failed', message: `a file could not be parsed: ${failure}` }] : []),
        ...(nothing ? [{ code: 'nothing_measured', message: `has no results: ${nothing}` }] : []),
        ...(differs ? [{ code: 'declared_recount_differ', message: 'its counts are not those of the messages listed' }] : []),
      ],
    }
  }
}

function messageFinding(message: JsonObject, path: string | null, state: Finding['state'], limits: Limits): Finding {
  const rule = textAt(message, 'ruleId', limits)?.slice(0, limits.nameLength) || 'unknown'
  const line = lineOf(field(message, 'line'))
  return findingOf({
    rule,
    title: textAt(message, 'message', limits),
    severity: LEVELS.get(field(message, 'severity')) ?? 'unknown',
    tool: 'ESLint',
    security: namesSecurity(rule),
    path,
    line,
    endLine: lineOf(field(message, 'endLine')) ?? line,
    state,
  })
}
