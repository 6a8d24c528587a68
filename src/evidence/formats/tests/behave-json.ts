// Behave's JSON formatter: features and scenarios with a status of their own.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, countAt, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { caseOf, fileOf, firstLineOf, lineOf, resultOf } from './json-tests.ts'
import { worse } from './test-cases.ts'

/** Behave's statuses; any other, or none, is an error. `untested` ran nothing: a dry run, or a run that stopped before. */
const OUTCOMES: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['untested', 'skipped'],
])

/** Statuses of a feature that say of no failure. */
const HARMLESS: ReadonlySet<unknown> = new Set(['passed', 'skipped', 'untested'])

/**
 * - A scenario is a case, each row of an outline one of its own; the suite is the feature's name. Backgrounds are within the
 *   scenarios and not counted.
 * - Its `status` counts, or a worse one of its steps: failed; skipped and untested are skipped; error, hook_error,
 *   cleanup_error, undefined, pending and any other are errors, as behave fails for them.
 * - A feature that failed with no scenario that did (a hook) is a suite error; one left untested is an unfinished run.
 * - Time: the sum of the steps' own, in seconds. The file has no totals and no date.
 */
export const behaveJson: Format<'tests'> = {
  id: 'behave-json',
  kind: 'tests',
  title: 'Behave JSON',
  producers: ['`behave -f json`'],
  discovers: ['**/behave*.json'],
  recognises: (head) =>
    head.jsonRoot === 'array' &&
    head.jsonKeys?.has('location') === true &&
    head.jsonKeys.has('keyword') &&
    /"location"\s{0,20}:\s{0,20}"[^"\n]{1,500}\.feature:\d/.test(head.text),
  read(source, limits) {
    const cases: TestCase[] = []
    let suiteErrors = 0
    let unfinished = false
    for (const [index, entry] of asArray(readJson(source, limits), 'the report').entries()) {
      inside(
        () => `feature ${index + 1}`,
        () => {
          const feature = asObject(entry, 'the feature')
          const own = casesOf(feature, limits)
          for (const test of own) cases.push(test)
          const status = field(feature, 'status')
          if (status === 'untested') unfinished = true
          const shown = own.some(({ outcome }) => outcome === 'failed' || outcome === 'error')
          if (!shown && !HARMLESS.has(status)) suiteErrors++
        },
      )
    }
    return resultOf(source, cases, { declared: null, seconds: null, suiteErrors, unfinished }, {})
  },
}

function casesOf(feature: JsonObject, limits: Limits): TestCase[] {
  const suite = textAt(feature, 'name', limits) ?? ''
  const cases: TestCase[] = []
  for (const [index, entry] of (arrayAt(feature, 'elements') ?? []).entries()) {
    inside(
      () => `element ${index + 1}`,
      () => {
        const element = asObject(entry, 'the element')
        if (field(element, 'type') !== 'background') cases.push(one(element, suite, limits))
      },
    )
  }
  return cases
}

function one(scenario: JsonObject, suite: string, limits: Limits): TestCase {
  let outcome = OUTCOMES.get(field(scenario, 'status')) ?? 'error'
  let place = placeOf(textAt(scenario, 'location', limits))
  let message: string | null = null
  let trace: string | null = null
  let seconds: number | null = null
  for (const entry of arrayAt(scenario, 'steps') ?? []) {
    const step = asObject(entry, 'the step')
    const result = objectAt(step, 'result')
    // A step that was not reached has no result.
    if (result === null) continue
    const status = field(result, 'status')
    const own = OUTCOMES.get(status) ?? 'error'
    const time = countAt(result, 'duration')
    if (time !== null) seconds = (seconds ?? 0) + time
    outcome = worse(outcome, own)
    if (own === 'passed' || message !== null) continue
    const error = field(result, 'error_message')
    trace = (
      Array.isArray(error) ? error.filter((line) => typeof line === 'string').join('\n') : typeof error === 'string' ? error : ''
    ).slice(0, limits.textLength)
    message = firstLineOf(trace) ?? `${typeof status === 'string' ? status : 'no status'}: ${textAt(step, 'name', limits) ?? ''}`
    trace = trace || null
    if (own !== 'skipped') place = placeOf(textAt(step, 'location', limits)) ?? place
  }
  return caseOf({
    suite,
    name: (textAt(scenario, 'name', limits) ?? '').trim(),
    file: place?.file ?? null,
    line: place?.line ?? null,
    outcome,
    seconds,
    message: outcome === 'passed' ? null : message,
    trace: outcome === 'passed' ? null : trace,
  })
}

/** `features/basket.feature:12`. */
function placeOf(location: string | null): { file: string | null; line: number | null } | null {
  const colon = location?.lastIndexOf(':') ?? -1
  if (location === null || colon <= 0) return null
  return { file: fileOf(location.slice(0, colon)), line: lineOf(Number(location.slice(colon + 1))) }
}
