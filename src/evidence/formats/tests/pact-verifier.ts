// What Pact's verifier writes as JSON: each interaction of the consumers' contracts, tried against the provider.
import type { TestCase } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, inside, type JsonObject, objectAt, textAt, wrong } from '../../scan/json-fields.ts'
import { caseOf, firstLineOf, resultOf } from './json-tests.ts'

const MARK = ' - '

/**
 * - Each entry of `interactionResults` is a case: `OK` passes, any other result is failed. One that failed and is pending is
 *   skipped, as it fails nothing; its message is kept.
 * - What went wrong is told of in `errors` and `pendingErrors` under a name that ends in the interaction's description.
 *   An error that belongs to no interaction (a contract that could not be loaded) is a suite error; so is
 *   `result: false` with nothing that failed.
 * - Refused: a report without `interactionResults` (of verifiers before 2023): what passed is not in it.
 * - When it was made is not in the file, nor are totals.
 */
export const pactVerifier: Format<'tests'> = {
  id: 'pact-verifier',
  kind: 'tests',
  title: 'Pact verification (JSON)',
  producers: ['`pact_verifier_cli --json`', 'pact-js, pact-python and others on its core'],
  discovers: ['**/pact-verif*.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('errors') === true &&
    (head.jsonKeys.has('interactionResults') || head.jsonKeys.has('pendingErrors')) &&
    !head.jsonKeys.has('suites'),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const results = arrayAt(root, 'interactionResults')
    if (results === null) {
      throw refused('wrong_shape', '"interactionResults" is absent: what passed is not in the report', {
        hint: 'Verify with a newer Pact, or give its JUnit report.',
      })
    }
    const result = field(root, 'result')
    if (typeof result !== 'boolean') throw wrong('"result"', result, 'true or false')
    const errors = new Errors(root, 'errors', limits)
    const pending = new Errors(root, 'pendingErrors', limits)
    const cases = results.map((entry, index) =>
      inside(
        () => `interactionResults[${index}]`,
        () => one(asObject(entry, 'the interaction'), errors, pending, limits),
      ),
    )
    const failed = cases.some(({ outcome }) => outcome === 'failed')
    const suiteErrors = Math.max(errors.left, !result && !failed ? 1 : 0)
    return resultOf(source, cases, { declared: null, seconds: null, suiteErrors, unfinished: false }, {})
  },
}

interface PactError {
  message: string | null
  trace: string | null
  taken: boolean
}

/** Errors of one list, found by the description that their names end in. */
class Errors {
  /** How many belong to no interaction. */
  left = 0
  private readonly ends = new Map<string, { about: string; error: PactError }[]>()

  constructor(root: JsonObject, list: string, limits: Limits) {
    for (const [index, entry] of (arrayAt(root, list) ?? []).entries()) {
      const told = asObject(entry, `${list}[${index}]`)
      const name = textAt(told, 'interaction', limits) ?? ''
      const error = { ...wordsOf(objectAt(told, 'mismatch'), limits), taken: false }
      this.left++
      // A description may hold the mark itself: what follows each of the first few may be the one.
      let at = name.indexOf(MARK)
      for (let few = 0; at >= 0 && few < 8; few++, at = name.indexOf(MARK, at + 1)) {
        const description = name.slice(at + MARK.length)
        const same = this.ends.get(description)
        if (same) same.push({ about: name.slice(0, at), error })
        else this.ends.set(description, [{ about: name.slice(0, at), error }])
      }
    }
  }

  take(description: string): { about: string; error: PactError } | null {
    const stack = this.ends.get(description)
    for (let end = stack?.pop(); end; end = stack?.pop()) {
      if (end.error.taken) continue
      end.error.taken = true
      this.left--
      return end
    }
    return null
  }
}

function wordsOf(mismatch: JsonObject | null, limits: Limits): { message: string | null; trace: string | null } {
  if (!mismatch) return { message: null, trace: null }
  const lines = (arrayAt(mismatch, 'mismatches') ?? []).map((entry, index) => {
    const one = asObject(entry, `mismatches[${index}]`)
    const [path, text] = [textAt(one, 'path', limits) ?? textAt(one, 'key', limits), textAt(one, 'mismatch', limits) ?? '']
    return path === null ? text : `${path}: ${text}`
  })
  const trace = lines.length > 0 ? lines.join('\n').slice(0, limits.textLength) : null
  return { message: textAt(mismatch, 'message', limits) ?? firstLineOf(trace), trace }
}

function one(entry: JsonObject, errors: Errors, pending: Errors, limits: Limits): TestCase {
  const name = textAt(entry, 'description', limits)
  if (name === null) throw refused('wrong_shape', '"description" is absent')
  const passed = field(entry, 'result') === 'OK'
  const error = passed ? null : errors.take(name)
  const awaited = passed || error ? null : pending.take(name)
  const told = error ?? awaited
  return caseOf({
    name,
    outcome: passed ? 'passed' : awaited ? 'skipped' : 'failed',
    seconds: secondsOf(field(entry, 'duration')),
    message: told?.error.message ?? null,
    // Not the suite: interactions that passed have none, and a case keeps its name whatever it comes to.
    trace: told && [told.about, told.error.trace].filter(Boolean).join('\n'),
  })
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['\u00b5s', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
])

/** `16ms`, `1s 20ms`: null where a part of it is not known. */
function secondsOf(text: unknown): number | null {
  if (typeof text !== 'string' || text === '' || text.length > 80) return null
  let sum = 0
  for (const part of text.split(' ')) {
    const found = /^(\d{1,12}(?:\.\d{1,12})?)(\D{1,2})$/.exec(part)
    const unit = found && UNITS.get(found[2]!)
    if (!unit) return null
    sum += Number(found[1]) * unit
  }
  return sum
}
