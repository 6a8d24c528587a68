// CTRF, the common test report format (JSON): one entry per test with status, retries and flakiness.
import type { TestCase, TestFacts, TestOutcome } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'

/** `pending` and `other` ran no assertion to its end: skipped, never passed. */
const OUTCOMES: ReadonlyMap<string, TestOutcome> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'skipped'],
  ['other', 'skipped'],
])

/**
 * - `skipped`, `pending` and `other` are skipped. A status that CTRF does not have is an error.
 * - Flaky: passed, and marked `flaky` or with retries. Commit from `environment.commit`; time from `timestamp`, else `stop`.
 * - Failures that only the summary counts are suite errors; fewer tests than the summary counts is an unfinished run.
 */
export const ctrf: Format<'tests'> = {
  id: 'ctrf',
  kind: 'tests',
  title: 'CTRF (JSON)',
  producers: ['the CTRF reporters of jest, Playwright, Cypress, vitest, pytest, Go and others'],
  discovers: ['**/ctrf-report.json', '**/ctrf.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('results') === true &&
    // Checkov's.
    !head.jsonKeys.has('check_type') &&
    /"results"\s*:\s*\{/.test(head.text) &&
    (head.jsonKeys.has('reportFormat') || /"(?:summary|tests|tool)"\s*:\s*[[{]/.test(head.text)),
  read(source, limits): ReadResult<'tests'> {
    const root = asObject(readJson(source, limits), 'the report')
    const results = asObject(field(root, 'results'), '"results"')
    const tests = arrayAt(results, 'tests')
    if (tests === null) throw refused('wrong_shape', '"tests" is absent: no test can be counted')
    const summary = objectAt(results, 'summary')
    const tool = objectAt(results, 'tool')
    const environment = objectAt(results, 'environment')
    const problems: Problem[] = []
    const cases = tests.map((test, index) =>
      inside(
        () => `tests[${index}]`,
        () => caseOf(asObject(test, 'the test'), limits),
      ),
    )
    const facts = factsOf(cases, summary)
    if (differs(facts))
      problems.push({ code: 'declared_recount_differ', message: 'the summary does not agree with the tests counted one by one' })
    if (cases.length === 0) problems.push({ code: 'nothing_measured', message: 'holds no test' })
    const [name, version] = tool ? [textAt(tool, 'name', limits), textAt(tool, 'version', limits)] : [null, null]
    return {
      facts,
      info: {
        producer: name && (version ? `${name} ${version}` : name),
        commit: commitOf(environment && field(environment, 'commit')),
        createdAt: isoOf(field(root, 'timestamp')) ?? isoOf(summary && field(summary, 'stop')),
      },
      problems,
    }
  },
}

function caseOf(test: JsonObject, limits: Limits): TestCase {
  const status = field(test, 'status')
  // A status that CTRF does not have says nothing we could trust: an error, so that it stops a pass.
  const outcome = (typeof status === 'string' ? OUTCOMES.get(status) : undefined) ?? 'error'
  const suite = field(test, 'suite')
  const milliseconds = countAt(test, 'duration')
  const name = textAt(test, 'name', limits)
  if (name === null) throw refused('wrong_shape', '"name" is absent')
  const line = field(test, 'line')
  return {
    suite: (Array.isArray(suite)
      ? suite.filter((part) => typeof part === 'string').join(' > ')
      : (textAt(test, 'suite', limits) ?? '')
    ).slice(0, limits.textLength),
    name,
    classname: null,
    file: textAt(test, 'filePath', limits)?.replaceAll('\\', '/') ?? null,
    line: typeof line === 'number' && Number.isInteger(line) && line > 0 ? line : null,
    outcome,
    flaky: outcome === 'passed' && (field(test, 'flaky') === true || (countAt(test, 'retries') ?? 0) > 0),
    seconds: milliseconds === null ? null : milliseconds / 1000,
    message: textAt(test, 'message', limits),
    trace: textAt(test, 'trace', limits),
  }
}

function factsOf(cases: TestCase[], summary: JsonObject | null): TestFacts {
  const count = (outcome: TestOutcome) => cases.filter((test) => test.outcome === outcome).length
  const declare = (...keys: string[]) => {
    const counts = keys.map((key) => (summary ? countAt(summary, key) : null))
    return counts.every((n) => n === null) ? null : counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)
  }
  const [start, stop] = summary ? [countAt(summary, 'start'), countAt(summary, 'stop')] : [null, null]
  return {
    kind: 'tests',
    totals: {
      total: cases.length,
      passed: count('passed'),
      failed: count('failed'),
      errors: count('error'),
      skipped: count('skipped'),
      flaky: cases.filter((test) => test.flaky).length,
    },
    declared: isObject(summary)
      ? { total: declare('tests'), failed: declare('failed'), errors: null, skipped: declare('skipped', 'pending', 'other') }
      : null,
    durationSeconds: start !== null && stop !== null && stop >= start ? (stop - start) / 1000 : null,
    // What the summary counts and the list does not show happened all the same.
    suiteErrors: Math.max(0, (declare('failed') ?? 0) - count('failed')),
    unfinished: (declare('tests') ?? 0) > cases.length,
    cases,
  }
}

function differs({ declared, totals }: TestFacts): boolean {
  if (!declared) return false
  return (['total', 'failed', 'skipped'] as const).some((key) => declared[key] !== null && declared[key] !== totals[key])
}
