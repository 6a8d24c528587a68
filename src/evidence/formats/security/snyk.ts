// Snyk's own JSON: what snyk test, snyk container test and snyk iac test write with --json.
import type { Finding, ScanKind } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Head, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { securityFacts } from './scanner-finding.ts'
import { iacFinding, merged, vulnerabilityFinding } from './snyk-findings.ts'

/**
 * `snyk test`, `snyk container test` and `snyk iac test` with `--json`; one project, or a list of them. Snyk Code writes SARIF.
 * - One finding per issue and project, as Snyk's unique count has it: the paths that lead to one package are one thing.
 *   Licence issues are findings. The applications inside an image are projects of their own.
 * - `filtered.ignore`, `filtered.patch` and `isIgnored` are suppressed (whether policy accepts that is another matter).
 * - The scan failed: a project with an `error`, or one that says `ok: false` and lists no issue.
 * - Kinds of scan: container with `docker`, iac with `infrastructureAsCodeIssues`, else sca; license where it lists such issues.
 * - `declared_recount_differ` where `uniqueCount` is not what is listed.
 */
export const snyk: Format<'security'> = {
  id: 'snyk',
  kind: 'security',
  title: 'Snyk (JSON)',
  producers: ['`snyk test --json`', '`snyk container test --json`', '`snyk iac test --json`'],
  discovers: ['**/snyk.json', '**/snyk-report.json', '**/snyk-results.json'],
  recognises: isSnyk,
  read(source, limits): ReadResult<'security'> {
    const root = readJson(source, limits)
    const projects = Array.isArray(root) ? root : [root]
    if (projects.length === 0) throw refused('nothing_measured', 'holds no project')
    const report = new Report(limits)
    for (const [index, project] of projects.entries())
      inside(
        () => `project ${index + 1}`,
        () => report.add(asObject(project, 'the entry'), false),
      )
    return report.result()
  },
}

/** A long list of vulnerabilities fills the head: then the fields of its entries tell. */
function isSnyk({ jsonRoot, jsonKeys, text }: Head): boolean {
  if (jsonRoot === null || jsonKeys === null) return false
  if (jsonKeys.has('infrastructureAsCodeIssues')) return true
  if (jsonKeys.has('error')) return jsonKeys.has('ok') && jsonKeys.has('path')
  if (!/"vulnerabilities"\s*:\s*\[/.test(text) || !jsonKeys.has('vulnerabilities') || jsonKeys.has('bomFormat')) return false
  return (
    jsonKeys.has('ok') ||
    /"(?:dependencyCount|licensesPolicy)"\s*:/.test(text) ||
    (/"semver"\s*:/.test(text) && /"packageManager"\s*:/.test(text))
  )
}

class Report {
  private readonly findings = new Map<string, Finding>()
  private readonly scans = new Set<ScanKind>()
  private readonly failures: string[] = []
  private differs = false

  constructor(private readonly limits: Limits) {}

  /** `image`: an application found in one. */
  add(project: JsonObject, image: boolean): void {
    const error = field(project, 'error') ?? null
    const name = this.nameOf(project)
    if (error !== null) {
      const said = typeof error === 'string' ? error : (textAt(project, 'message', this.limits) ?? 'an error')
      this.failures.push(`Snyk could not test ${name}: ${said.slice(0, 300)}`)
      return
    }
    const listed = arrayAt(project, 'vulnerabilities')
    const configuration = arrayAt(project, 'infrastructureAsCodeIssues')
    if (listed === null && configuration === null)
      throw refused('wrong_shape', 'lists no issues, not even none: "vulnerabilities"')
    const container = image || (field(project, 'docker') ?? null) !== null
    this.scans.add(configuration !== null ? 'iac' : container ? 'container' : 'sca')
    const file = textAt(project, 'displayTargetFile', this.limits) ?? textAt(project, 'targetFile', this.limits)
    const found = [
      ...this.entries(listed, 'vulnerabilities').map((entry) => vulnerabilityFinding(entry, file, false, this.limits)),
      ...this.entries(configuration, 'infrastructureAsCodeIssues').map((entry) => iacFinding(entry, file, this.limits)),
    ]
    const aside = asideIn(project)
      .flatMap((list) => this.entries(list, 'filtered'))
      .map((entry) => vulnerabilityFinding(entry, file, true, this.limits))
    if (field(project, 'ok') === false && found.length + aside.length === 0)
      this.failures.push(`${name} is not ok by its own account, and lists no issue`)
    const unique = countAt(project, 'uniqueCount')
    if (unique !== null && unique !== new Set(found.map(({ rule }) => rule)).size) this.differs = true
    const place = textAt(project, 'path', this.limits) ?? ''
    for (const finding of [...found, ...aside]) this.keep(`${name}\n${place}`, finding, configuration !== null)
    for (const application of this.entries(arrayAt(project, 'applications'), 'applications')) this.add(application, true)
  }

  /** Each vulnerability of a project once, whatever the paths to it; of a configuration, each place. */
  private keep(project: string, finding: Finding, each: boolean): void {
    if (finding.rule.startsWith('snyk:lic:')) this.scans.add('license')
    const key = each ? `${this.findings.size}` : `${project}\n${finding.rule}`
    const before = this.findings.get(key)
    this.findings.set(key, before === undefined ? finding : merged(before, finding))
  }

  private entries(list: readonly unknown[] | null, what: string): JsonObject[] {
    return (list ?? []).map((value, index) =>
      inside(
        () => `${what}[${index}]`,
        () => asObject(value, 'the entry'),
      ),
    )
  }

  private nameOf(project: JsonObject): string {
    const name = textAt(project, 'projectName', this.limits) ?? textAt(project, 'path', this.limits)
    return name?.slice(0, 200) || 'a project'
  }

  result(): ReadResult<'security'> {
    const [failure = null] = this.failures
    const problems: Problem[] = this.failures
      .slice(0, this.limits.problems)
      .map((message) => ({ code: 'scan_failed', message: `the scan did not complete: ${message}` }))
    if (this.differs)
      problems.push({
        code: 'declared_recount_differ',
        message: 'the unique count of a project is not that of the issues listed',
      })
    const findings = [...this.findings.values()]
    return {
      facts: securityFacts({ findings, tools: ['Snyk'], scans: [...this.scans], failure }, this.limits),
      info: { producer: 'Snyk', commit: null, createdAt: null },
      problems,
    }
  }
}

function asideIn(project: JsonObject): (readonly unknown[] | null)[] {
  const filtered = field(project, 'filtered') ?? null
  if (filtered === null) return []
  const lists = asObject(filtered, '"filtered"')
  return [arrayAt(lists, 'ignore'), arrayAt(lists, 'patch')]
}
