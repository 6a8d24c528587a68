// The JSON reporter of Dart's test runner: one event a line, as `dart test` and `flutter test` write them while they run.
import type { Format } from '../../format.ts'
import { problem } from '../../problems.ts'
import { eachJsonLine } from '../../scan/json-lines.ts'
import { DartEvents } from './dart-events.ts'
import { resultOf } from './json-tests.ts'

/**
 * - Each test that is not hidden counts, by the result of its end: success, skipped, failure, error; any other word is an
 *   error. Loading a file that worked is hidden, and not counted; one that did not is an error. What is hidden and went wrong
 *   is a suite error, so is a run that says it had no success while nothing in it shows why.
 * - An error that comes after its test has passed makes it failed. A test the runner ran again and that passed is flaky.
 * - A test without an end is an error, and the run unfinished; so it is without its last event, where that event does not know
 *   whether it was a success, where the last line is cut off, and in a file without any event of the runner.
 * - A line that begins as an event and is no JSON ends the reading: the tests so far count, the run is unfinished, with a suite
 *   error. An event that has no sense (an end of a test that did not begin, a key twice) refuses the file.
 * - The suite and the file are the test file's path; the line is where the test is written, not the helper that declares it.
 * - flutter's own events between (lines that begin with a bracket) are passed over; other lines too, with a notice.
 */
export const dartJson: Format<'tests'> = {
  id: 'dart-json',
  kind: 'tests',
  title: 'Dart test events (JSON lines)',
  producers: ['`dart test --reporter json`', '`flutter test --machine`'],
  discovers: ['**/dart-test*.json', '**/flutter-test*.json'],
  recognises: (head) =>
    (head.jsonRoot === 'object' && head.jsonKeys?.has('protocolVersion') === true && head.jsonKeys.has('type')) ||
    (head.xmlRoot === null && /^\{"protocolVersion":"[^"\n]{1,40}","runnerVersion":/m.test(head.text)),
  read(source, limits) {
    const events = new DartEvents(limits)
    const { cut, broken, problems } = eachJsonLine(
      source,
      limits,
      (event) => events.add(event),
      (text) => text.startsWith('['),
      'stop',
    )
    const whole = events.finish()
    const { cases, seconds, producer } = events
    const suiteErrors = events.suiteErrors + (broken ? 1 : 0)
    const result = resultOf(
      source,
      cases,
      { declared: null, seconds, suiteErrors, unfinished: !whole || cut || broken || events.count === 0 },
      { producer },
    )
    result.problems.push(...problems)
    if (events.count === 0)
      result.problems.push(problem('wrong_format', "holds no event of Dart's test runner", { path: source.path }))
    return result
  },
}
