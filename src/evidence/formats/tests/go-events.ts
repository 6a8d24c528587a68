// The events of `go test -json`, followed package by package: what each test came to, and what failed outside of any.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { earliest } from '../../scan/epoch.ts'
import { countAt, field, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { messageIn, placeInGo, toldBy } from './go-output.ts'
import { caseOf } from './json-tests.ts'
import { worse } from './test-cases.ts'

const ENDS: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
])

/** A package's tests run once, or again from its next event after its end. */
interface Pack {
  round: number
  ended: boolean
  bad: number
  open: Set<Test>
}

interface Test {
  pack: string
  name: string
  round: number
  outcome: TestOutcome | null
  failedBefore: boolean
  seconds: number | null
  output: string
}

export class GoEvents {
  count = 0
  private readonly packs = new Map<string, Pack>()
  private readonly tests = new Map<string, Test>()
  private readonly builds = new Set<string>()
  private packErrors = 0
  private seconds: number | null = null
  private first: string | null = null

  constructor(private readonly limits: Limits) {}

  /** What is wrong with the event, null: nothing. */
  add(event: JsonObject): string | null {
    const action = field(event, 'Action')
    if (typeof action !== 'string') return 'the event has no "Action"'
    this.count++
    if (this.first === null) this.first = isoOf(field(event, 'Time'))
    if (action === 'build-fail') this.builds.add(textAt(event, 'ImportPath', this.limits) ?? '')
    if (action.startsWith('build-')) return null
    const name = textAt(event, 'Package', this.limits) ?? ''
    const test = textAt(event, 'Test', this.limits)
    // Words that come after a package's end do not begin it again.
    if (action === 'output' && test === null && this.packs.has(name)) return null
    const pack = this.packOf(name)
    const outcome = ENDS.get(action) ?? null
    if (test !== null) this.onTest(this.testOf(pack, name, test), pack, action, outcome, event)
    else if (outcome !== null) this.onEnd(pack, outcome, event)
    return null
  }

  /** A line of no event: whether it is one that `go test` writes of a package that could not be built. */
  text(line: string): boolean {
    if (!/^FAIL\t\S{1,1000} \[(?:build|setup) failed\]$/.test(line)) return false
    this.packErrors++
    return true
  }

  finish() {
    const cases: TestCase[] = []
    let unfinished = false
    for (const pack of this.packs.values()) {
      if (pack.ended) continue
      unfinished = true
      for (const test of pack.open) test.outcome = 'error'
    }
    for (const test of this.tests.values()) cases.push(this.caseOf(test))
    const suiteErrors = this.packErrors + this.builds.size
    return { cases, seconds: this.seconds, createdAt: earliest([this.first]), suiteErrors, unfinished }
  }

  private packOf(name: string): Pack {
    let pack = this.packs.get(name)
    if (!pack) {
      pack = { round: 1, ended: false, bad: 0, open: new Set() }
      this.packs.set(name, pack)
    } else if (pack.ended) {
      pack.ended = false
      pack.round++
      pack.bad = 0
    }
    return pack
  }

  private testOf(pack: Pack, name: string, test: string): Test {
    const key = `${name}\0${test}`
    let found = this.tests.get(key)
    if (!found) {
      found = { pack: name, name: test, round: pack.round, outcome: null, failedBefore: false, seconds: null, output: '' }
      this.tests.set(key, found)
    } else if (found.round !== pack.round) {
      found.failedBefore ||= found.outcome === 'failed' || found.outcome === 'error'
      found.round = pack.round
      found.outcome = null
      found.output = ''
    }
    return found
  }

  private onTest(test: Test, pack: Pack, action: string, outcome: TestOutcome | null, event: JsonObject): void {
    if (outcome !== null) {
      pack.open.delete(test)
      if (outcome === 'failed') pack.bad++
      test.outcome = test.outcome === null ? outcome : worse(test.outcome, outcome)
      test.seconds = countAt(event, 'Elapsed') ?? test.seconds
      if (test.outcome === 'passed') test.output = ''
      return
    }
    if (action === 'output') {
      const room = this.limits.textLength - test.output.length
      if (room > 0) test.output += (textAt(event, 'Output', this.limits) ?? '').slice(0, room)
      // After its end a test still gets the output that came late.
      if (test.outcome !== null) return
    }
    pack.open.add(test)
  }

  private onEnd(pack: Pack, outcome: TestOutcome, event: JsonObject): void {
    const build = textAt(event, 'FailedBuild', this.limits)
    if (build !== null) this.builds.delete(build)
    if (outcome === 'failed' && pack.bad === 0 && pack.open.size === 0) this.packErrors++
    for (const test of pack.open) {
      // A benchmark that went well has no end of its own.
      if (outcome === 'passed' && test.name.startsWith('Benchmark')) this.tests.delete(`${test.pack}\0${test.name}`)
      else test.outcome = 'error'
    }
    pack.open.clear()
    pack.ended = true
    const elapsed = countAt(event, 'Elapsed')
    if (elapsed !== null) this.seconds = (this.seconds ?? 0) + elapsed
  }

  private caseOf(test: Test): TestCase {
    const outcome = test.outcome ?? 'error'
    const trace = outcome === 'passed' ? null : toldBy(test.output)
    const place = placeInGo(trace)
    return caseOf({
      suite: test.pack,
      name: test.name,
      file: place && (test.pack === '' ? place.file : `${test.pack}/${place.file}`),
      line: place?.line ?? null,
      outcome,
      flaky: test.failedBefore,
      seconds: test.seconds,
      message: place?.message ?? messageIn(trace) ?? (outcome === 'error' ? 'has no end: it, or the run, stopped' : null),
      trace,
    })
  }
}
