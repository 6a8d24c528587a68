// Playwright's JSON reporter: files, describes, specs, and each spec's tests by project, with every attempt.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, countAt, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { caseOf, firstLineOf, lineOf, pathOf, resultOf } from './json-tests.ts'

/** The verdict over all attempts, measured against the status that the test expects. */
const OUTCOMES: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['expected', 'passed'],
  ['flaky', 'passed'],
  ['unexpected', 'failed'],
  ['skipped', 'skipped'],
])

/**
 * - A case for each test of each spec: one per project, with the project as its class; the suite is the path of file and
 *   describes. Attempts are not counted.
 * - `expected` passes (also a `test.fail()` that failed), `flaky` passes and is flaky, `unexpected` is failed, `skipped` is
 *   skipped; an absent or other word is an error, and so is one that passes without any attempt, or with a last attempt of
 *   another status than the expected one.
 * - `errors` outside of any test (a file that cannot be loaded, a teardown, `maxFailures` reached) are suite errors; so are
 *   failures that only `stats` counts.
 * - An interrupted attempt, and a test that was to run and has no attempt, are an unfinished run.
 * - One shard's report holds that shard only: give all of them, or the merged one (`playwright merge-reports`).
 * - Time and duration from `stats`; file below `config.rootDir`; the place is that of the failure where it is in that file.
 */
export const playwrightJson: Format<'tests'> = {
  id: 'playwright-json',
  kind: 'tests',
  title: 'Playwright JSON',
  producers: ['`playwright test --reporter=json`'],
  discovers: ['**/playwright*.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('config') === true &&
    /"(?:rootDir|forbidOnly)"\s{0,20}:/.test(head.text) &&
    /"(?:fullyParallel|globalTimeout|reportSlowTests)"\s{0,20}:/.test(head.text),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const suites = arrayAt(root, 'suites')
    if (suites === null) throw refused('wrong_shape', '"suites" is absent: no test can be counted')
    const config = objectAt(root, 'config')
    const run = new Run((config && textAt(config, 'rootDir', limits)) ?? '', limits)
    for (const [index, suite] of suites.entries()) {
      inside(
        () => `suites[${index}]`,
        () => run.suite(asObject(suite, 'the suite'), ''),
      )
    }
    const stats = objectAt(root, 'stats')
    const counts = ['expected', 'flaky', 'unexpected', 'skipped'].map((key) => stats && countAt(stats, key))
    const milliseconds = stats && countAt(stats, 'duration')
    const told = {
      declared: stats && {
        total: counts.every((count) => count === null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
        failed: countAt(stats, 'unexpected'),
        errors: null,
        skipped: countAt(stats, 'skipped'),
      },
      seconds: milliseconds === null ? null : milliseconds / 1000,
      suiteErrors: (arrayAt(root, 'errors') ?? []).length,
      unfinished: run.unfinished,
    }
    const version = config && textAt(config, 'version', limits)
    return resultOf(source, run.cases, told, {
      producer: version && `Playwright ${version}`,
      createdAt: isoOf(stats && field(stats, 'startTime')),
    })
  },
}

class Run {
  readonly cases: TestCase[] = []
  unfinished = false

  constructor(
    private readonly rootDir: string,
    private readonly limits: Limits,
  ) {}

  suite(suite: JsonObject, around: string): void {
    const path = pathOf([around, textAt(suite, 'title', this.limits)], this.limits.nameLength)
    for (const entry of arrayAt(suite, 'specs') ?? []) this.spec(asObject(entry, 'the spec'), path)
    for (const inner of arrayAt(suite, 'suites') ?? []) this.suite(asObject(inner, 'the suite'), path)
  }

  private spec(spec: JsonObject, suite: string): void {
    const name = textAt(spec, 'title', this.limits)
    if (name === null) throw refused('wrong_shape', '"title" of a spec is absent')
    const file = textAt(spec, 'file', this.limits)
    for (const entry of arrayAt(spec, 'tests') ?? []) {
      const test = asObject(entry, 'the test')
      this.cases.push({ ...this.test(test, spec, file), suite, name })
    }
  }

  private test(test: JsonObject, spec: JsonObject, file: string | null): TestCase {
    const attempts = (arrayAt(test, 'results') ?? []).map((result) => asObject(result, 'the attempt'))
    const expected = field(test, 'expectedStatus')
    if (attempts.length === 0 ? expected !== 'skipped' : attempts.some((one) => field(one, 'status') === 'interrupted'))
      this.unfinished = true
    const status = field(test, 'status')
    let outcome = OUTCOMES.get(status) ?? 'error'
    const last = attempts.at(-1)
    if (outcome === 'passed' && (!last || field(last, 'status') !== expected)) outcome = 'error'
    const failure = attempts.map(failureOf).find((error) => error !== null) ?? null
    const place = failure && field(failure, 'location')
    const path = this.pathOf(file)
    const own = isObject(place) && textAt(place, 'file', this.limits)?.replaceAll('\\', '/') === path
    const times = attempts.map((one) => countAt(one, 'duration')).filter((time) => time !== null)
    const message = failure && textAt(failure, 'message', this.limits)
    return caseOf({
      name: '',
      classname: textAt(test, 'projectName', this.limits) || null,
      file: path,
      line: (own && outcome !== 'passed' ? lineOf(field(place, 'line')) : null) ?? lineOf(field(spec, 'line')),
      outcome,
      flaky: status === 'flaky',
      seconds: times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / 1000,
      message: firstLineOf(message),
      trace: failure && (textAt(failure, 'stack', this.limits) ?? message),
    })
  }

  private pathOf(file: string | null): string | null {
    if (!file) return null
    const path = file.replaceAll('\\', '/')
    return this.rootDir === '' || path.startsWith('/') || /^[A-Za-z]:\//.test(path)
      ? path
      : `${this.rootDir.replaceAll('\\', '/')}/${path}`
  }
}

function failureOf(attempt: JsonObject): JsonObject | null {
  const error = field(attempt, 'error') ?? (arrayAt(attempt, 'errors') ?? [])[0]
  return isObject(error) ? error : null
}
