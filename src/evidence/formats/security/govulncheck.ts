// govulncheck -json: a stream of messages, of which the findings say how far a known hole is reached by the code.
import type { Finding } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { readJsonValues } from '../../scan/json-values.ts'
import { distinctIds, findingOf, lineOf, securityFacts } from './scanner-finding.ts'

/**
 * A stream of JSON objects: config, progress, osv, finding.
 * - One finding per OSV entry that some `finding` names, by the farthest that the code reaches: a vulnerable symbol is called,
 *   a vulnerable package imported, a vulnerable module required. Severity is unknown: govulncheck has none.
 * - Open is what reaches the level of the scan (`scan_level`; symbol where it is absent), as govulncheck's own exit code 3 has
 *   it: in a symbol scan what is called; in a module scan, which knows of no calls, every required one. The rest is no failure.
 * - Place: where the code's own part of the call begins. Identifiers: the OSV id and its aliases.
 * - The scan failed: a stream that ends with its configuration or while it fetches vulnerabilities (what `-json` leaves when the
 *   code does not compile or the database is out of reach), and `scan_mode` query or extract. A stream has no mark of its end:
 *   let the step fail when govulncheck fails.
 */
export const govulncheck: Format<'security'> = {
  id: 'govulncheck',
  kind: 'security',
  title: 'govulncheck (JSON stream)',
  producers: ['`govulncheck -json`', '`govulncheck -format json`'],
  discovers: ['**/govulncheck.json', '**/govulncheck-report.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' && jsonKeys?.has('config') === true && /"protocol_version"\s*:\s*"/.test(text),
  read(source, limits): ReadResult<'security'> {
    const messages = readJsonValues(source, limits)
    if (messages.length === 0) throw refused('empty', 'holds nothing')
    const stream = new Stream(limits)
    for (const [index, message] of messages.entries())
      inside(
        () => `message ${index + 1}`,
        () => stream.add(asObject(message, 'the message')),
      )
    return stream.result()
  },
}

const LEVELS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['module', 1],
  ['package', 2],
  ['symbol', 3],
])
const SCANS: ReadonlySet<unknown> = new Set(['source', 'binary', 'convert'])

class Stream {
  private config: JsonObject | null = null
  private readonly entries = new Map<string, JsonObject>()
  private readonly findings = new Map<string, { reach: number; finding: Finding }>()
  /** The last thing it was about to do; null: it came to something. */
  private waiting: string | null = 'it ends with its configuration'

  constructor(private readonly limits: Limits) {}

  add(message: JsonObject): void {
    this.config ??= objectAt(message, 'config')
    const entry = objectAt(message, 'osv')
    const finding = objectAt(message, 'finding')
    const progress = objectAt(message, 'progress')
    if (entry) this.entries.set(textAt(entry, 'id', this.limits) ?? '', entry)
    if (finding) this.found(finding)
    const said = progress && textAt(progress, 'message', this.limits)
    if (said?.startsWith('Fetching ')) this.waiting = 'it ends while it fetches vulnerabilities'
    else if (said || entry || finding) this.waiting = null
  }

  private found(message: JsonObject): void {
    const id = textAt(message, 'osv', this.limits)
    if (!id) throw refused('wrong_shape', 'a finding names no vulnerability')
    const trace = (arrayAt(message, 'trace') ?? []).filter(isObject)
    const [vulnerable = {}] = trace
    const reach = textAt(vulnerable, 'function', this.limits) ? 3 : textAt(vulnerable, 'package', this.limits) ? 2 : 1
    const before = this.findings.get(id)
    if (before && before.reach >= reach) return
    const finding = findingOf({
      rule: id.slice(0, this.limits.nameLength),
      tool: 'govulncheck',
      ...placeOf(trace, this.limits),
      package: textAt(vulnerable, 'module', this.limits),
      version: textAt(vulnerable, 'version', this.limits),
      fixedIn: textAt(message, 'fixed_version', this.limits) || null,
    })
    this.findings.set(id, { reach, finding })
  }

  result(): ReadResult<'security'> {
    if (this.config === null) throw refused('wrong_shape', 'no message of it is the configuration of govulncheck')
    const level = field(this.config, 'scan_level') ?? 'symbol'
    // A level that is not known asks for no more than the least.
    const needed = LEVELS.get(level) ?? 1
    const findings = [...this.findings].map(([id, { reach, finding }]): Finding => {
      const entry = this.entries.get(id) ?? {}
      return {
        ...finding,
        title: textAt(entry, 'summary', this.limits) || textAt(entry, 'details', this.limits),
        identifiers: distinctIds([id, ...(arrayAt(entry, 'aliases') ?? [])]),
        state: reach >= needed ? 'active' : 'not_failure',
      }
    })
    const mode = field(this.config, 'scan_mode') ?? 'source'
    const failure = SCANS.has(mode) ? this.waiting : 'it is no scan of code, by its scan_mode'
    const problems: Problem[] =
      failure === null ? [] : [{ code: 'scan_failed', message: `the scan did not complete: ${failure}` }]
    const name = textAt(this.config, 'scanner_name', this.limits) || 'govulncheck'
    const version = textAt(this.config, 'scanner_version', this.limits)
    return {
      facts: securityFacts({ findings, tools: ['govulncheck'], scans: ['sca'], failure }, this.limits),
      info: { producer: [name, version].filter((part) => part).join(' '), commit: null, createdAt: null },
      problems,
    }
  }
}

/** Frames go from the vulnerable symbol to where the code enters. */
function placeOf(trace: readonly JsonObject[], limits: Limits): Pick<Finding, 'path' | 'line' | 'endLine'> {
  const position = objectAt(trace.at(-1) ?? {}, 'position')
  const line = lineOf(position && field(position, 'line'))
  return { path: position && (textAt(position, 'filename', limits) || null), line, endLine: line }
}
