// RSpec's JSON formatter: one entry per example.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { caseOf, fileOf, lineOf, resultOf } from './json-tests.ts'

const OUTCOMES: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
])

/**
 * - Each example is a case; `pending` (skipped ones, and those that fail as they are expected to) is skipped; a status that
 *   RSpec does not have is an error. The suite is the full description without the example's own.
 * - `errors_outside_of_examples_count` (a file that could not be loaded, a hook after all) are suite errors; so are failures
 *   that only the summary counts. Fewer examples than it counts is an unfinished run.
 * - Time: the summary's. Retries are not in the file, nor is when it was made.
 * - A `--dry-run` runs nothing and reports every example as passed, and nothing in the file tells: do not collect one.
 */
export const rspecJson: Format<'tests'> = {
  id: 'rspec-json',
  kind: 'tests',
  title: 'RSpec JSON',
  producers: ['`rspec --format json`'],
  discovers: ['**/rspec*.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('examples') === true &&
    (/"full_description"\s{0,20}:/.test(head.text) || /"example_count"\s{0,20}:/.test(head.text)),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const examples = arrayAt(root, 'examples')
    if (examples === null) throw refused('wrong_shape', '"examples" is absent: no test can be counted')
    const summary = objectAt(root, 'summary')
    const cases = examples.map((example, index) =>
      inside(
        () => `examples[${index}]`,
        () => one(asObject(example, 'the example'), limits),
      ),
    )
    const told = {
      declared: summary && {
        total: countAt(summary, 'example_count'),
        failed: countAt(summary, 'failure_count'),
        errors: null,
        skipped: countAt(summary, 'pending_count'),
      },
      seconds: summary && countAt(summary, 'duration'),
      suiteErrors: (summary && countAt(summary, 'errors_outside_of_examples_count')) ?? 0,
      unfinished: summary === null,
    }
    const version = textAt(root, 'version', limits)
    return resultOf(source, cases, told, { producer: version && `RSpec ${version}` })
  },
}

function one(example: JsonObject, limits: Limits): TestCase {
  const name = textAt(example, 'description', limits) ?? textAt(example, 'full_description', limits)
  if (name === null) throw refused('wrong_shape', '"description" is absent')
  const full = textAt(example, 'full_description', limits) ?? ''
  const outcome = OUTCOMES.get(field(example, 'status')) ?? 'error'
  const exception = field(example, 'exception')
  const failure = isObject(exception) ? exception : null
  const kind = failure && textAt(failure, 'class', limits)
  const said = failure && textAt(failure, 'message', limits)?.trim()
  const frames = failure ? (arrayAt(failure, 'backtrace') ?? []).filter((frame) => typeof frame === 'string') : []
  return caseOf({
    suite: full !== name && full.endsWith(name) ? full.slice(0, -name.length).trimEnd() : '',
    name,
    file: fileOf(textAt(example, 'file_path', limits)),
    line: lineOf(field(example, 'line_number')),
    outcome,
    seconds: countAt(example, 'run_time'),
    message: said || kind || textAt(example, 'pending_message', limits),
    trace: frames.length > 0 ? [kind ?? '', ...frames].join('\n').slice(0, limits.textLength) : null,
  })
}
