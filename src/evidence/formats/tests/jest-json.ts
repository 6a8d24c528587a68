// What `jest --json` and vitest's JSON reporter write: one entry per test file with its tests.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { beyond, caseOf, fileOf, firstLineOf, lineInTrace, lineOf, pathOf, resultOf } from './json-tests.ts'

/** `pending`, `todo` and the like ran nothing. */
const OUTCOMES: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
  ['todo', 'skipped'],
  ['disabled', 'skipped'],
])

/**
 * - Each assertion result is a case; its suite is the path of its describes. `pending`, `skipped`, `todo`, `disabled` are
 *   skipped; any other word is an error. Read too: the raw results that jest hands to a `testResultsProcessor`.
 * - Flaky: passed after more than one invocation, or with the messages of an earlier attempt (jest's and vitest's retries).
 * - A file that failed with none of its tests failed (it could not be loaded) is a suite error. So is `success: false` of a
 *   run with tests and no failure: a snapshot, a coverage threshold or a reporter failed it.
 * - `wasInterrupted`, and fewer tests than `numTotalTests`, are an unfinished run.
 * - Time: the sum of the tests' own. Line: `location`, else from the trace of a failure.
 * - vitest says nothing here of errors outside any test once all files were loaded: it exits with 1, and its report says
 *   success. Its JUnit report has the same gap.
 */
export const jestJson: Format<'tests'> = {
  id: 'jest-json',
  kind: 'tests',
  title: 'Jest JSON',
  producers: ['`jest --json`', '`vitest --reporter=json`'],
  discovers: ['**/jest-results.json', '**/jest-report.json', '**/vitest-results.json', '**/vitest-report.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' && head.jsonKeys?.has('numTotalTests') === true && head.jsonKeys.has('numFailedTests'),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const files = arrayAt(root, 'testResults')
    if (files === null) throw refused('wrong_shape', '"testResults" is absent: no test can be counted')
    const cases: TestCase[] = []
    let broken = 0
    for (const [index, entry] of files.entries()) {
      const own = inside(
        () => `testResults[${index}]`,
        () => casesOf(asObject(entry, 'the file'), limits),
      )
      for (const test of own.cases) cases.push(test)
      broken += own.broken
    }
    const [pending, todo] = [countAt(root, 'numPendingTests'), countAt(root, 'numTodoTests')]
    const bad = cases.some(({ outcome }) => outcome === 'failed' || outcome === 'error')
    const failedOtherwise = !bad && cases.length > 0 && field(root, 'success') !== true ? 1 : 0
    const told = {
      declared: {
        total: countAt(root, 'numTotalTests'),
        failed: countAt(root, 'numFailedTests'),
        errors: null,
        skipped: pending === null && todo === null ? null : (pending ?? 0) + (todo ?? 0),
      },
      seconds: null,
      suiteErrors: Math.max(broken, beyond(countAt(root, 'numRuntimeErrorTestSuites'), 0), failedOtherwise),
      unfinished: field(root, 'wasInterrupted') === true,
    }
    return resultOf(source, cases, told, { createdAt: isoOf(field(root, 'startTime')) })
  },
}

function casesOf(entry: JsonObject, limits: Limits): { cases: TestCase[]; broken: number } {
  const tests = arrayAt(entry, 'assertionResults') ?? arrayAt(entry, 'testResults')
  if (tests === null) throw refused('wrong_shape', '"assertionResults" is absent')
  const file = fileOf(textAt(entry, 'name', limits) ?? textAt(entry, 'testFilePath', limits))
  const cases = tests.map((test, index) =>
    inside(
      () => `assertionResults[${index}]`,
      () => one(asObject(test, 'the test'), file, limits),
    ),
  )
  const failed = field(entry, 'status') === 'failed' || isObject(field(entry, 'testExecError'))
  const shown = cases.some(({ outcome }) => outcome === 'failed' || outcome === 'error')
  return { cases, broken: failed && !shown ? 1 : 0 }
}

function one(test: JsonObject, file: string | null, limits: Limits): TestCase {
  const name = textAt(test, 'title', limits) ?? textAt(test, 'fullName', limits)
  if (name === null) throw refused('wrong_shape', '"title" is absent')
  const outcome = OUTCOMES.get(field(test, 'status')) ?? 'error'
  const messages = (arrayAt(test, 'failureMessages') ?? []).filter((message) => typeof message === 'string')
  const trace = messages.length > 0 ? messages.join('\n').slice(0, limits.textLength) : null
  const location = field(test, 'location')
  const milliseconds = countAt(test, 'duration')
  const again = (countAt(test, 'invocations') ?? 1) > 1 || (arrayAt(test, 'retryReasons') ?? []).length > 0
  return caseOf({
    suite: pathOf(arrayAt(test, 'ancestorTitles') ?? [], limits.nameLength),
    name,
    file,
    line: (isObject(location) ? lineOf(field(location, 'line')) : null) ?? lineInTrace(trace, file),
    outcome,
    flaky: again || trace !== null,
    seconds: milliseconds === null ? null : milliseconds / 1000,
    message: firstLineOf(trace),
    trace,
  })
}
