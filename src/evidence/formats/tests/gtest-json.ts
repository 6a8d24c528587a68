// GoogleTest's own JSON: suites of tests with their failures.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, countAt, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { caseOf, fileOf, lineOf, resultOf } from './json-tests.ts'

/**
 * - A test that ran to its end (`RUN`, `COMPLETED`) with no failure passes; one with failures failed, whatever its result says;
 *   `NOTRUN` (disabled), `SKIPPED` and `SUPPRESSED` are skipped; any other word, or none, is an error.
 * - A test that is skipped and never began (its time stamp is 1970's) is one whose suite could not be set up: GoogleTest leaves
 *   out the failure of `SetUpTestSuite`, so it is a suite error, also where the suite only asked to be skipped.
 * - Failures of no suite (an environment's tear-down) are a case of the suite NonTestSuiteFailure; 1.12 writes JSON that is
 *   not well-formed then, and is refused. Failures and tests that only the head counts: suite errors, unfinished.
 * - The suite is the test suite's name, the message the first failure's; `file` and `line` are where the test begins.
 */
export const gtestJson: Format<'tests'> = {
  id: 'gtest-json',
  kind: 'tests',
  title: 'GoogleTest (JSON)',
  producers: ['GoogleTest (`--gtest_output=json`)'],
  discovers: ['**/test_detail.json', '**/gtest*.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' && ['testsuites', 'tests', 'failures', 'disabled'].every((key) => jsonKeys?.has(key) === true),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const suites = arrayAt(root, 'testsuites')
    if (suites === null) throw refused('wrong_shape', '"testsuites" is absent: no test can be counted')
    const cases: TestCase[] = []
    let neverBegan = 0
    suites.forEach((value, at) => {
      inside(
        () => `testsuites[${at}]`,
        () => {
          const suite = asObject(value, 'the suite')
          for (const one of arrayAt(suite, 'testsuite') ?? []) {
            const test = asObject(one, 'the test')
            cases.push(testOf(test, textAt(suite, 'name', limits) ?? '', limits))
            if (cases.at(-1)!.outcome === 'skipped' && hasNoBeginning(test)) neverBegan++
          }
        },
      )
    })
    const [disabled, stated] = [countAt(root, 'disabled'), countAt(root, 'errors')]
    const declared = { total: countAt(root, 'tests'), failed: countAt(root, 'failures'), errors: stated, skipped: null }
    const told = { declared, seconds: secondsOf(root), suiteErrors: neverBegan, unfinished: false }
    const result = resultOf(source, cases, told, { createdAt: isoOf(field(root, 'timestamp')) })
    // `disabled` is a part of what is skipped: the head counts the rest nowhere.
    if (disabled !== null && disabled > result.facts.totals.skipped) result.facts.unfinished = true
    return result
  },
}

function testOf(test: JsonObject, suite: string, limits: Limits): TestCase {
  const failures = arrayAt(test, 'failures') ?? []
  const texts = failures.map((one) => textAt(asObject(one, 'a failure'), 'failure', limits) ?? '')
  const skips = asArray(field(test, 'skipped') ?? [], '"skipped"').map((one) =>
    textAt(asObject(one, 'a skip'), 'message', limits),
  )
  const words = failures.length > 0 ? texts : skips
  const trace = words.join('\n\n').slice(0, limits.textLength)
  return caseOf({
    suite,
    name: textAt(test, 'name', limits) ?? '',
    classname: textAt(test, 'classname', limits) || null,
    file: fileOf(textAt(test, 'file', limits)),
    line: lineOf(field(test, 'line')),
    outcome: failures.length > 0 ? 'failed' : outcomeOf(field(test, 'status'), field(test, 'result')),
    seconds: secondsOf(test),
    message: firstSaid(words[0] ?? null),
    trace: failures.length > 0 ? trace : null,
  })
}

function outcomeOf(status: unknown, result: unknown): TestOutcome {
  if (status === 'NOTRUN' || result === 'SKIPPED' || result === 'SUPPRESSED') return 'skipped'
  return status === 'RUN' && result === 'COMPLETED' ? 'passed' : 'error'
}

function hasNoBeginning(test: JsonObject): boolean {
  const timestamp = field(test, 'timestamp')
  return field(test, 'status') === 'RUN' && typeof timestamp === 'string' && timestamp.startsWith('1970-01-01T00:00:00')
}

/** Below the line that names the place. */
function firstSaid(text: string | null): string | null {
  if (text === null) return null
  const at = text.indexOf('\n')
  return (at === -1 ? text : text.slice(at + 1)).trim() || null
}

/** `0.003s`; null: none. */
function secondsOf(object: JsonObject): number | null {
  const found = /^(\d{1,12}(?:\.\d{1,12})?)s$/.exec(String(field(object, 'time') ?? ''))
  return found ? Number(found[1]) : null
}
