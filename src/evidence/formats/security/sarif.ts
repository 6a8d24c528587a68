// SARIF 2.1.0: the runs of one or more analysis tools, each with its rules, results and account of itself.
import type { Finding, ScanKind } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject } from '../../scan/json-fields.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'
import { overridesOf } from './sarif-overrides.ts'
import { readResult } from './sarif-result.ts'
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
    const root = asObject(readJson(source, limits), 'the report')
    const version = field(root, 'version')
    if (version !== '2.1.0') throw refused('wrong_version', 'is not SARIF 2.1.0', { hint: 'Have the tool write SARIF 2.1.0.' })
    const runs = asArray(field(root, 'runs'), '"runs"')
    if (runs.length === 0) throw refused('nothing_measured', 'holds no run of any tool')
    const findings: Finding[] = []
    const scans = new Set<ScanKind>()
    const [tools, revisions, failures] = [new Set<string>(), new Set<string>(), [] as string[]]
    let producer: string | null = null
    let endedAt: string | null = null
    for (const [index, value] of runs.entries()) {
      inside(
        () => `runs[${index}]`,
        () => {
          const run = asObject(value, 'the run')
          const tool = toolOf(run, limits)
          const rules = rulesOf(run)
          const context = { run, tool, rules, overrides: overridesOf(run, rules), weaknesses: weaknessesOf(run) }
          const results = arrayAt(run, 'results')
          const before = findings.length
          for (const [at, result] of (results ?? []).entries()) {
            if (findings.length >= limits.findings) throw refused('too_many', `holds more than ${limits.findings} findings`)
            findings.push(
              inside(
                () => `results[${at}]`,
                () => readResult(asObject(result, 'the result'), context, limits),
              ),
            )
          }
          tools.add(tool.name)
          producer ??= tool.label
          const failure = failureOf(run, limits)
          if (failure !== null) failures.push(failure)
          else for (const scan of scansOf(tool, run, rules, findings.slice(before))) scans.add(scan)
          for (const revision of revisionsOf(run)) revisions.add(revision)
          endedAt = later(endedAt, endOf(run))
        },
      )
    }
    if (resultsBeside(root)) failures.push('results stand beside the runs, where they are not read')
    const [commit] = revisions
    return {
      facts: {
        kind: 'security',
        findings,
        tools: [...tools],
        scans: [...scans].sort(),
        scanFailed: failures.length > 0,
        failure: failures[0] ?? null,
        revisions: [...revisions],
      },
      // Runs may speak of several repositories: with more than one commit the report is bound to none by itself.
      info: { producer, commit: revisions.size === 1 ? commit! : null, createdAt: endedAt },
      problems: failures
        .slice(0, limits.problems)
        .map((failure): Problem => ({ code: 'scan_failed', message: `the scan did not complete: ${failure}` })),
    }
  },
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
