// Mocha's JSON reporter: every test that ended, and lists of those that passed, failed and are pending.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { caseOf, fileOf, firstLineOf, lineInTrace, resultOf } from './json-tests.ts'

/**
 * - Each entry of `tests` is a case. Its outcome is the list that it is in: `failures`, else `pending` (skipped), else
 *   `passes`; in none of them it is an error. One in two lists (`done()` called twice) has the worse of them.
 * - A failure that is no test is a hook's: a suite error. The tests that such a hook kept from running are not in the file.
 * - Flaky: passed with `currentRetry` above 0. File as mocha has it; line from the first frame of the trace in that file.
 * - More failures or tests in `stats` than in the lists: suite errors, an unfinished run. Time from `stats`.
 * - Cypress writes it too (`--reporter json`).
 */
export const mochaJson: Format<'tests'> = {
  id: 'mocha-json',
  kind: 'tests',
  title: 'Mocha JSON',
  producers: ['`mocha --reporter json`', 'Cypress'],
  discovers: ['**/mocha*.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('stats') === true &&
    head.jsonKeys.has('tests') &&
    !head.jsonKeys.has('results') &&
    /"stats"\s{0,20}:\s{0,20}\{\s{0,20}"suites"\s{0,20}:/.test(head.text),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const stats = objectAt(root, 'stats')
    const ended = endings(root, limits)
    const cases = entries(root, 'tests', true).map((test, index) =>
      inside(
        () => `tests[${index}]`,
        () => one(test, ended.get(keyOf(test, limits))?.pop(), limits),
      ),
    )
    let hooks = 0
    for (const left of ended.values()) hooks += left.filter(({ outcome }) => outcome === 'failed').length
    const milliseconds = stats && countAt(stats, 'duration')
    const told = {
      declared: stats && {
        total: countAt(stats, 'tests'),
        failed: countAt(stats, 'failures'),
        errors: null,
        skipped: countAt(stats, 'pending'),
      },
      seconds: milliseconds === null ? null : milliseconds / 1000,
      suiteErrors: hooks,
      unfinished: false,
    }
    return resultOf(source, cases, told, { createdAt: isoOf(stats && field(stats, 'start')) })
  },
}

interface Ending {
  outcome: TestOutcome
  entry: JsonObject
}

/** What the lists say of each test, the worst on top: tests have no identity but their name and file. */
function endings(root: JsonObject, limits: Limits): Map<string, Ending[]> {
  const ended = new Map<string, Ending[]>()
  for (const [list, outcome] of [
    ['passes', 'passed'],
    ['pending', 'skipped'],
    ['failures', 'failed'],
  ] as const) {
    for (const entry of entries(root, list, list !== 'pending').reverse()) {
      const key = keyOf(entry, limits)
      const stack = ended.get(key)
      if (stack) stack.push({ outcome, entry })
      else ended.set(key, [{ outcome, entry }])
    }
  }
  return ended
}

function entries(root: JsonObject, list: string, needed: boolean): JsonObject[] {
  const found = arrayAt(root, list)
  if (found === null && needed) throw refused('wrong_shape', `"${list}" is absent: no test can be counted`)
  return (found ?? []).map((entry, index) => asObject(entry, `${list}[${index}]`))
}

function keyOf(entry: JsonObject, limits: Limits): string {
  return `${textAt(entry, 'file', limits) ?? ''}\0${textAt(entry, 'fullTitle', limits) ?? ''}\0${textAt(entry, 'title', limits) ?? ''}`
}

function one(test: JsonObject, ending: Ending | undefined, limits: Limits): TestCase {
  const { outcome, entry } = ending ?? { outcome: 'error' as const, entry: test }
  const name = textAt(entry, 'title', limits)
  if (name === null) throw refused('wrong_shape', '"title" is absent')
  const full = textAt(entry, 'fullTitle', limits) ?? ''
  const err = field(entry, 'err')
  const [message, trace] = isObject(err) ? [textAt(err, 'message', limits), textAt(err, 'stack', limits)] : [null, null]
  const file = fileOf(textAt(entry, 'file', limits))
  const milliseconds = countAt(entry, 'duration')
  return caseOf({
    suite: full.endsWith(` ${name}`) ? full.slice(0, -name.length - 1) : '',
    name,
    file,
    line: outcome === 'failed' ? lineInTrace(trace, file) : null,
    outcome,
    flaky: (countAt(entry, 'currentRetry') ?? 0) > 0,
    seconds: milliseconds === null ? null : milliseconds / 1000,
    message: message ?? firstLineOf(trace),
    trace,
  })
}
