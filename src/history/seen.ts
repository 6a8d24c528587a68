// What a run saw, from its reports or from what a record kept of them: failing tests and open findings by an id that lasts.
import type { Seen, SeenFinding, SeenFindings, SeenTest, SeenTests } from '../model/changes.ts'
import type { Facts, Finding, SecurityFacts, TestCase, TestFacts } from '../model/facts.ts'

/** Which of a report's findings count: not those that policy accepts. */
export type OpenOf = (findings: readonly Finding[]) => readonly Finding[]

const MOST_TESTS = 1000
const MOST_FINDINGS = 2000
const LONGEST = 300

export function seenIn(facts: readonly Facts[], openOf: OpenOf): Seen {
  const tests = facts.filter((one): one is TestFacts => one.kind === 'tests')
  const scans = facts.filter((one): one is SecurityFacts => one.kind === 'security')
  return {
    tests: tests.length === 0 ? null : testsIn(tests),
    findings: scans.length === 0 ? null : findingsIn(scans, openOf),
  }
}

function testsIn(reports: readonly TestFacts[]): SeenTests {
  const failing = new Map<string, SeenTest>()
  const flaky = new Set<string>()
  let complete = reports.every((one) => !one.unfinished)
  for (const test of reports.flatMap((one) => one.cases)) {
    const fails = test.outcome === 'failed' || test.outcome === 'error'
    if (!fails && !test.flaky) continue
    // A record lets one stand for many where there were too many to name.
    if ((test.times ?? 1) > 1 || failing.size >= MOST_TESTS) complete = false
    else if (fails)
      failing.set(testId(test), { id: testId(test), name: testName(test), path: test.file?.slice(0, LONGEST) ?? null })
    else flaky.add(testId(test))
  }
  return { failing: [...failing.values()], flaky: [...flaky].slice(0, MOST_TESTS), complete }
}

/** Ids of the tests that ran and passed. */
export function passedIn(facts: readonly Facts[]): ReadonlySet<string> {
  const cases = facts.flatMap((one) => (one.kind === 'tests' ? one.cases : []))
  return new Set(cases.filter((test) => test.outcome === 'passed').map(testId))
}

function testId({ suite, classname, name }: TestCase): string {
  return JSON.stringify([suite.slice(0, LONGEST), (classname ?? '').slice(0, LONGEST), name.slice(0, LONGEST)])
}

function testName({ suite, name }: TestCase): string {
  return (suite === '' || name.startsWith(suite) ? name : `${suite} > ${name}`).slice(0, LONGEST)
}

function findingsIn(reports: readonly SecurityFacts[], openOf: OpenOf): SeenFindings {
  // Linters' suppressions in the code are respected, scanners' are not (decision 11).
  const counted = reports.flatMap((one) => one.findings).filter((one) => one.security || one.state === 'active')
  const open = openOf(counted)
  return {
    tools: [...new Set(reports.flatMap((one) => one.tools))].sort().map((tool) => tool.slice(0, LONGEST)),
    open: open.slice(0, MOST_FINDINGS).map(seenFinding),
    complete: open.length <= MOST_FINDINGS,
  }
}

function seenFinding(finding: Finding): SeenFinding {
  const { tool, rule, title, severity, path, line, package: name } = finding
  const what = name === null ? '' : ` in ${name}`
  return {
    id: findingId(finding),
    tool: tool.slice(0, LONGEST),
    name: `${title === null || title === rule ? rule : `${rule}: ${title}`}${what}`.slice(0, LONGEST),
    severity,
    path: path?.slice(0, LONGEST) ?? null,
    line,
  }
}

/** Without what every commit moves: lines, and versions in which the same hole is still open. */
function findingId({ identifiers, package: name, rule, fingerprint, tool, path }: Finding): string {
  const id = identifiers.find((one) => /^CVE-/i.test(one)) ?? [...identifiers].sort()[0]
  if (id !== undefined && name !== null) return JSON.stringify(['id', id.toUpperCase(), name])
  if (fingerprint !== null) return JSON.stringify(['print', rule, fingerprint.slice(0, LONGEST)])
  return JSON.stringify(['place', tool, rule, path])
}
