// SARIF 2.1.0: the runs of one or more analysis tools, each with its rules, results and account of itself.
import type { Finding, ScanKind } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject } from '../../scan/json-fields.ts'
import { readJsonParts } from '../../scan/json-parts.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'
import { overridesOf } from './sarif-overrides.ts'
import { type RunContext, readResult } from './sarif-result.ts'
import { rulesOf } from './sarif-rules.ts'
import { failureOf, resultsBeside } from './sarif-run.ts'
import { scansOf, toolOf } from './sarif-tools.ts'
import { weaknessesOf } from './sarif-weaknesses.ts'

/**
 * Version 2.1.0 of any tool. Known by name, with their kind of scan: CodeQL, Semgrep, SonarQube, SpotBugs, Bandit, gosec,
 * Brakeman, Flawfinder, Snyk, Checkmarx, Trivy, Grype, OSV-Scanner, dependency-check, Checkov, KICS, tfsec, Terrascan, Gitleaks,
 * TruffleHog, ZAP, nuclei and others; of an unknown tool the tags of its rules decide.
 * - Severity: `security-severity` of the result, else of its rule: from 9.0 critical, 7.0 high, 4.0 medium, above 0 low, 0
 *   info. Else the level: error high, warning medium, note low, none info. The level is the result's, else none where `kind`
 *   says that it is no failure, else the run's override, else the rule's default, else warning. Rules are found by index, id or
 *   guid, in the driver or the extension that is named.
 * - Open is what is left without: `kind` pass, notApplicable, informational; `baselineState` absent; suppressed results
 *   (at least one suppression, none under review or rejected).
 * - The scan failed: `executionSuccessful` that is not true, a signal, a process that did not start, a notification of level
 *   error from execution or configuration, a conversion that failed, no list of results (absent or null: nobody looked), results
 *   in other files or beside the runs. One such run is enough, whatever the others say.
 * - About security: a score, a tag (`security`, `external/cwe/...`, `owasp...`), a class of CWE or OWASP (`taxa`, the rule's
 *   `relationships`), a rule id with `security/` or of another security plugin, or a tool that
 *   does nothing else. CodeQL, Semgrep, SonarQube and SpotBugs also lint: there a rule with other tags only is lint.
 * - Commit from `versionControlProvenance`, when the runs name one only; time from `endTimeUtc`.
 */
export const sarif: Format<'security'> = {
  id: 'sarif',
  kind: 'security',
  title: 'SARIF 2.1.0',
  producers: [
    'CodeQL',
    'Semgrep',
    'Trivy',
    'Grype',
    'Snyk Code',
    'Checkmarx One',
    'Bandit',
    'gosec',
    'tfsec',
    'Flawfinder',
    'Security Code Scan',
    'ESLint',
    'Biome',
    'InspectCode',
  ],
  discovers: ['**/*.sarif', '**/*.sarif.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys !== null &&
    ((jsonKeys.has('runs') && (jsonKeys.has('version') || jsonKeys.has('$schema') || /"(?:driver|results)"\s*:/.test(text))) ||
      (jsonKeys.has('$schema') && /"\$schema"\s*:\s*"[^"]{0,300}sarif/i.test(text))),
  read(source, limits): ReadResult<'security'> {
    return readJsonParts(source, limits, 'runs[].results[]', (rest, eachResult) => {
      const root = asObject(rest, 'the report')
      const version = field(root, 'version')
      if (version !== '2.1.0') throw refused('wrong_version', 'is not SARIF 2.1.0', { hint: 'Have the tool write SARIF 2.1.0.' })
      const runs = asArray(field(root, 'runs'), '"runs"')
      if (runs.length === 0) throw refused('nothing_measured', 'holds no run of any tool')
      const reader = new Runs(runs, limits)
      eachResult((result, at, owner) => reader.result(result, at, owner))
      return reader.finish(root)
    })
  },
}

/** The runs one after another, each begun before its first result and ended after its last. */
class Runs {
  private readonly findings: Finding[] = []
  private readonly scans = new Set<ScanKind>()
  private readonly tools = new Set<string>()
  private readonly revisions = new Set<string>()
  private readonly failures: string[] = []
  private producer: string | null = null
  private endedAt: string | null = null
  private index = -1
  private context: RunContext | null = null
  /** Findings of the runs before. */
  private before = 0

  constructor(
    private readonly runs: readonly unknown[],
    private readonly limits: Limits,
  ) {}

  result(value: unknown, at: number | string, owner: number): void {
    while (this.index < owner) this.next()
    const { findings, limits } = this
    this.insideRun(() => {
      if (findings.length >= limits.findings) throw refused('too_many', `holds more than ${limits.findings} findings`)
      findings.push(
        inside(
          () => `results[${at}]`,
          () => readResult(asObject(value, 'the result'), this.context!, limits),
        ),
      )
    })
  }

  finish(root: JsonObject): ReadResult<'security'> {
    while (this.index < this.runs.length) this.next()
    const { findings, failures, revisions, limits } = this
    if (resultsBeside(root)) failures.push('results stand beside the runs, where they are not read')
    const [commit] = revisions
    return {
      facts: {
        kind: 'security',
        findings,
        tools: [...this.tools],
        scans: [...this.scans].sort(),
        scanFailed: failures.length > 0,
        failure: failures[0] ?? null,
        revisions: [...revisions],
      },
      // Runs may speak of several repositories: with more than one commit the report is bound to none by itself.
      info: { producer: this.producer, commit: revisions.size === 1 ? commit! : null, createdAt: this.endedAt },
      problems: failures
        .slice(0, limits.problems)
        .map((failure): Problem => ({ code: 'scan_failed', message: `the scan did not complete: ${failure}` })),
    }
  }

  private next(): void {
    if (this.context) this.insideRun(() => this.end(this.context!))
    this.context = null
    this.before = this.findings.length
    if (++this.index < this.runs.length) this.insideRun(() => this.begin(asObject(this.runs[this.index], 'the run')))
  }

  private begin(run: JsonObject): void {
    const [tool, rules] = [toolOf(run, this.limits), rulesOf(run)]
    this.context = { run, tool, rules, overrides: overridesOf(run, rules), weaknesses: weaknessesOf(run) }
    arrayAt(run, 'results')
  }

  private end({ run, tool, rules }: RunContext): void {
    this.tools.add(tool.name)
    this.producer ??= tool.label
    const failure = failureOf(run, this.limits)
    if (failure !== null) this.failures.push(failure)
    else for (const scan of scansOf(tool, run, rules, this.findings.slice(this.before))) this.scans.add(scan)
    for (const revision of revisionsOf(run)) this.revisions.add(revision)
    this.endedAt = later(this.endedAt, endOf(run))
  }

  private insideRun(read: () => void): void {
    inside(() => `runs[${this.index}]`, read)
  }
}

function revisionsOf(run: JsonObject): string[] {
  const details = arrayAt(run, 'versionControlProvenance') ?? []
  return details
    .map((detail) => (isObject(detail) ? commitOf(field(detail, 'revisionId')) : null))
    .filter((commit) => commit !== null)
}

function endOf(run: JsonObject): string | null {
  const invocations = (arrayAt(run, 'invocations') ?? []).filter(isObject)
  return invocations.map((invocation) => isoOf(field(invocation, 'endTimeUtc'))).reduce(later, null)
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a
}
