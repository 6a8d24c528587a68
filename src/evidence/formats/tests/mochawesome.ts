// Mochawesome: Mocha's tests as a tree of suites with their hooks, of one run or of several merged.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { beyond, caseOf, fileOf, firstLineOf, lineInTrace, pathOf, resultOf } from './json-tests.ts'
import { worse } from './test-cases.ts'

/**
 * - Each test of each suite is a case; a suite's name is the path of titles around it, joined by `/`.
 * - Outcome: `state` and the flags beside it, the worse where they differ; pending and skipped (kept from running by a
 *   hook) are skipped; neither a known state nor a flag is an error.
 * - A hook that failed is a suite error; so is what `stats.other` counts, and failures that only `stats` counts.
 * - Mochawesome's own total leaves out what was kept from running: `testsRegistered` is the one compared.
 * - Time: `stats.duration`, which mochawesome-merge sums. Retries are not in the file: nothing is flaky.
 * - Cypress leaves `stats.skipped` where others have `pending`: what is skipped is not compared.
 */
export const mochawesome: Format<'tests'> = {
  id: 'mochawesome',
  kind: 'tests',
  title: 'Mochawesome (JSON)',
  producers: ['mochawesome', 'cypress-mochawesome-reporter', 'mochawesome-merge'],
  discovers: ['**/mochawesome*.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('stats') === true &&
    head.jsonKeys.has('results') &&
    /"testsRegistered"\s{0,20}:/.test(head.text),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const stats = objectAt(root, 'stats')
    const results = arrayAt(root, 'results')
    if (results === null) throw refused('wrong_shape', '"results" is absent: no test can be counted')
    const found: Found = { cases: [], hooks: 0 }
    for (const [index, suite] of results.entries()) {
      // A run without any test has `false` in the place of its root suite.
      if (suite === false) continue
      inside(
        () => `results[${index}]`,
        () => walk(asObject(suite, 'the suite'), '', null, found, limits),
      )
    }
    const milliseconds = stats && countAt(stats, 'duration')
    const told = {
      declared: stats && {
        total: countAt(stats, 'testsRegistered'),
        failed: countAt(stats, 'failures'),
        errors: null,
        skipped: null,
      },
      seconds: milliseconds === null ? null : milliseconds / 1000,
      suiteErrors: Math.max(found.hooks, beyond(stats && countAt(stats, 'other'), 0)),
      unfinished: false,
    }
    return resultOf(source, found.cases, told, {
      producer: producerOf(root, limits),
      createdAt: isoOf(stats && field(stats, 'start')),
    })
  },
}

interface Found {
  cases: TestCase[]
  hooks: number
}

function walk(suite: JsonObject, around: string, outerFile: string | null, found: Found, limits: Limits): void {
  const path = pathOf([around, textAt(suite, 'title', limits)], limits.nameLength)
  const file = fileOf(textAt(suite, 'fullFile', limits) || textAt(suite, 'file', limits)) ?? outerFile
  for (const list of ['beforeHooks', 'afterHooks']) {
    for (const hook of arrayAt(suite, list) ?? []) {
      const outcome = outcomeOf(asObject(hook, 'the hook'))
      if (outcome === 'failed') found.hooks++
    }
  }
  for (const test of arrayAt(suite, 'tests') ?? []) found.cases.push(one(asObject(test, 'the test'), path, file, limits))
  for (const inner of arrayAt(suite, 'suites') ?? []) walk(asObject(inner, 'the suite'), path, file, found, limits)
}

function one(test: JsonObject, suite: string, file: string | null, limits: Limits): TestCase {
  const name = textAt(test, 'title', limits)
  if (name === null) throw refused('wrong_shape', '"title" of a test is absent')
  const outcome = outcomeOf(test)
  const err = field(test, 'err')
  const [message, trace] = isObject(err) ? [textAt(err, 'message', limits), textAt(err, 'estack', limits)] : [null, null]
  const milliseconds = countAt(test, 'duration')
  return caseOf({
    suite,
    name,
    file,
    line: outcome === 'failed' ? lineInTrace(trace, file) : null,
    outcome,
    seconds: milliseconds === null ? null : milliseconds / 1000,
    message: message ?? firstLineOf(trace),
    trace,
  })
}

const STATES: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
])
const FLAGS = [
  ['pass', 'passed'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
  ['fail', 'failed'],
] as const

function outcomeOf(test: JsonObject): TestOutcome {
  const state = field(test, 'state') ?? null
  const said: TestOutcome[] = state === null ? [] : [STATES.get(state) ?? 'error']
  for (const [flag, outcome] of FLAGS) if (field(test, flag) === true) said.push(outcome)
  return said.length === 0 ? 'error' : said.reduce(worse)
}

function producerOf(root: JsonObject, limits: Limits): string | null {
  const meta = field(root, 'meta')
  const own = isObject(meta) ? field(meta, 'mochawesome') : null
  const version = isObject(own) ? textAt(own, 'version', limits) : null
  return version && `mochawesome ${version}`
}
