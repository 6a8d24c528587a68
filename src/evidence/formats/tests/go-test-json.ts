// `go test -json`: one event a line, of packages and their tests.

import { CertifyError } from '../../../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, refusal } from '../../problems.ts'
import { readJson } from '../../scan/json.ts'
import { asObject, isObject, type JsonObject } from '../../scan/json-fields.ts'
import { lineBlocks, textAt } from '../../scan/lines.ts'
import { GoEvents } from './go-events.ts'
import { resultOf } from './json-tests.ts'

const NEWLINE = 10
const BRACE = 0x7b

/**
 * - Each test of each package is a case, a subtest and its parent one each, as `go test` reports them; fuzz seeds and
 *   examples too, benchmarks only where they fail. The suite is the package.
 * - A test without an end in a package that ended (it exited, or panicked beside another) is an error.
 * - A package that failed with no failed test (it does not build, TestMain or an `init` failed, the race detector, a time
 *   limit) is a suite error; so is a failed build that no package tells of.
 * - A package without an end, or a last line that is cut off, is an unfinished run.
 * - `-count` runs a test several times within one run of its package: it failed if one of them did. A test that failed and
 *   passed when its package was run again (`gotestsum --rerun-fails`) is passed and flaky.
 * - Time: the packages' own, summed; a cached package keeps the tests' outcomes. The place is the first `file.go:12:` of
 *   a failed test's output, below its package.
 * - Lines that are not JSON (compiler output before Go 1.24) are passed over with a notice.
 */
export const goTestJson: Format<'tests'> = {
  id: 'go-test-json',
  kind: 'tests',
  title: '`go test -json`',
  producers: ['`go test -json`', '`go tool test2json`', '`gotestsum --jsonfile`'],
  discovers: ['**/go-test*.json', '**/gotest*.json', '**/test2json*.json'],
  recognises: (head) =>
    head.jsonKeys?.has('Action') === true
      ? head.jsonRoot === 'object' && ['Package', 'ImportPath', 'Test'].some((key) => head.jsonKeys?.has(key))
      : head.xmlRoot === null && /^\{"(?:Time":"[^"\n]{1,40}","Action|Action)":"[a-z-]{1,20}","Package":"/m.test(head.text),
  read,
}

function read(source: ByteSource, limits: Limits): ReadResult<'tests'> {
  const { path } = source
  const events = new GoEvents(limits)
  const strange = { count: 0, first: 0 }
  let line = 1
  let cut: number | null = null
  for (const block of lineBlocks(source)) {
    for (let at = 0; at < block.end; line++) {
      const end = block.bytes.indexOf(NEWLINE, at)
      if (cut !== null) throw refusal('line_malformed', `line ${cut} is no whole event`, { path, line: cut })
      if (block.bytes[at] === BRACE) {
        if (!event(block.bytes.subarray(at, end), line, events, source, limits)) cut = line
      } else {
        const text = textAt(block.bytes, at, end)
        if (text !== '' && !events.text(text) && strange.count++ === 0) strange.first = line
      }
      at = end + 1
    }
  }
  if (events.count === 0) throw refusal(line === 1 ? 'empty' : 'wrong_format', 'holds no event of `go test -json`', { path })
  const { cases, seconds, createdAt, suiteErrors, unfinished } = events.finish()
  const told = { declared: null, seconds, suiteErrors, unfinished: unfinished || cut !== null }
  const result = resultOf(source, cases, told, { createdAt })
  if (cut !== null)
    result.problems.push(problem('truncated', 'the last line is cut off: the run did not end', { path, line: cut }))
  if (strange.count > 0) {
    const message = `${strange.count === 1 ? 'a line is' : `${strange.count} lines are`} no event: passed over`
    result.problems.push(problem('line_malformed', message, { path, line: strange.first }))
  }
  return result
}

/** False: the line is not whole, which only the last one may be. */
function event(bytes: Uint8Array, line: number, events: GoEvents, source: ByteSource, limits: Limits): boolean {
  const place = { path: source.path, line }
  try {
    const value =
      plain(textAt(bytes, 0, bytes.length)) ?? readJson({ ...place, size: bytes.length, chunks: () => [bytes] }, limits)
    const fault = events.add(asObject(value, 'the event'))
    if (fault !== null) throw refusal('line_malformed', fault, place)
    return true
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    if (error.code === 'json_truncated') return false
    const { message } = error.problems[0] ?? error
    throw refusal('line_malformed', error.code === 'line_malformed' ? message : `the event ${message} (${error.code})`, place)
  }
}

/** An event as Go writes them: flat, no key twice. null: it is to be looked at closely, by readJson. */
function plain(text: string): JsonObject | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(value)) return null
  // A quote before a colon ends a key unless it is escaped: as many keys as the object has, or it is not that plain.
  let keys = 0
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) if (text[at - 1] !== '\\') keys++
  return keys === Object.keys(value).length ? value : null
}
