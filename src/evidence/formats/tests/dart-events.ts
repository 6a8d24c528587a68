// What the events of a Dart test run add up to: each test with its suite, its errors and its end.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { field, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { caseOf, fileOf, lineOf } from './json-tests.ts'

const RESULTS: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['error', 'error'],
])

interface Started {
  test: TestCase
  at: number | null
  /** Loading a file is a test too, until it has worked. */
  isLoading: boolean
  retried: boolean
  ended: boolean
  listed: boolean
}

export class DartEvents {
  readonly cases: TestCase[] = []
  suiteErrors = 0
  count = 0
  producer: string | null = null
  seconds: number | null = null
  private readonly suites = new Map<number, string>()
  private readonly tests = new Map<number, Started>()
  private running = false
  private brokenOff = false
  /** Whether anything in this run went wrong. */
  private bad = false

  constructor(private readonly limits: Limits) {}

  add(event: JsonObject): void {
    const type = field(event, 'type')
    if (type === 'start') this.start(event)
    else if (type === 'suite') this.suite(event)
    else if (type === 'testStart') this.testStart(event)
    else if (type === 'error') this.error(event)
    else if (type === 'print') this.print(event)
    else if (type === 'testDone') this.testDone(event)
    else if (type === 'done') this.done(event)
    // Others say nothing of an outcome; the protocol asks that unknown ones are passed over.
    else return
    this.count++
  }

  /** False: a run that began did not end. */
  finish(): boolean {
    this.endRun()
    return !this.brokenOff
  }

  private start(event: JsonObject): void {
    this.endRun()
    this.running = true
    this.bad = false
    const version = textAt(event, 'runnerVersion', this.limits)
    this.producer ??= version === null ? null : `dart test ${version}`
  }

  private suite(event: JsonObject): void {
    const suite = objectAt(event, 'suite')
    if (suite) this.suites.set(idOf(suite, 'id'), fileOf(textAt(suite, 'path', this.limits)) ?? '')
  }

  private testStart(event: JsonObject): void {
    const known = objectAt(event, 'test')
    if (!known) throw refused('wrong_shape', '"test" is absent')
    this.running = true
    const suite = this.suites.get(idOf(known, 'suiteID')) ?? ''
    // A test that a helper of a package declares names the place of the call as its root.
    const rooted = field(known, 'root_line') != null
    const url = textAt(known, rooted ? 'root_url' : 'url', this.limits) ?? ''
    const groups = field(known, 'groupIDs')
    this.tests.set(idOf(known, 'id'), {
      test: caseOf({
        suite,
        name: textAt(known, 'name', this.limits) ?? '',
        outcome: 'error',
        file: suite || null,
        line: url.startsWith('package:') ? null : lineOf(field(known, rooted ? 'root_line' : 'line')),
      }),
      at: millisecondsOf(event),
      isLoading: Array.isArray(groups) && groups.length === 0,
      retried: false,
      ended: false,
      listed: false,
    })
  }

  private error(event: JsonObject): void {
    const started = this.of(event)
    const { test, ended } = started
    test.message ??= textAt(event, 'error', this.limits)?.trim() || null
    test.trace ??= textAt(event, 'stackTrace', this.limits)
    // What a test left running may fail after the test has passed.
    if (!ended || test.outcome === 'failed' || test.outcome === 'error') return
    test.outcome = field(event, 'isFailure') === true ? 'failed' : 'error'
    test.flaky = false
    this.bad = true
    this.list(started)
  }

  /** The runner says only by this line that it runs a test that failed again. */
  private print(event: JsonObject): void {
    const message = field(event, 'message')
    if (typeof message !== 'string' || !message.startsWith('Retry: ')) return
    const started = this.of(event)
    if (message.slice(7, 7 + this.limits.textLength) === started.test.name) started.retried = true
  }

  private testDone(event: JsonObject): void {
    const started = this.of(event)
    const { test, at } = started
    const outcome = RESULTS.get(field(event, 'result')) ?? 'error'
    const end = millisecondsOf(event)
    started.ended = true
    test.outcome = outcome === 'passed' && field(event, 'skipped') === true ? 'skipped' : outcome
    test.flaky = started.retried && test.outcome === 'passed'
    test.seconds = at !== null && end !== null && end >= at ? (end - at) / 1000 : null
    if (outcome !== 'passed') this.bad = true
    if (field(event, 'hidden') !== true) this.list(started)
    else if (outcome !== 'passed') this.suiteErrors++
  }

  private list(started: Started): void {
    if (!started.listed) this.cases.push(started.test)
    started.listed = true
  }

  private done(event: JsonObject): void {
    const success = field(event, 'success')
    if (success === false && !this.bad) this.suiteErrors++
    // null: it was broken off.
    if (typeof success !== 'boolean') this.brokenOff = true
    const end = millisecondsOf(event)
    if (end !== null) this.seconds = (this.seconds ?? 0) + end / 1000
    this.endTests()
    this.running = false
  }

  private endRun(): void {
    if (this.running) this.brokenOff = true
    this.endTests()
  }

  /** A test without an end did not pass. */
  private endTests(): void {
    for (const { test, ended, isLoading } of this.tests.values()) {
      if (ended) continue
      this.brokenOff = true
      if (!isLoading) this.cases.push({ ...test, message: test.message ?? 'did not end' })
    }
    this.tests.clear()
    this.suites.clear()
  }

  private of(event: JsonObject): Started {
    const started = this.tests.get(idOf(event, 'testID'))
    if (!started) throw refused('wrong_shape', '"testID" names no test that was started')
    return started
  }
}

function idOf(object: JsonObject, key: string): number {
  const id = field(object, key)
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw refused('wrong_shape', `"${key}" is no number`)
  return id
}

function millisecondsOf(event: JsonObject): number | null {
  const time = field(event, 'time')
  return typeof time === 'number' && time >= 0 ? time : null
}
