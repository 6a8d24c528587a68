// TAP 12 to 14: test points, plans, subtests by indentation, notes in YAML. The tests are the points that have none below them.
import type { TestCase, TestFacts } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, refusal } from '../../problems.ts'
import {
  BAIL_OUT,
  beginsLikeTap,
  caseOf,
  eachLine,
  type Point,
  planIn,
  pointIn,
  subtestIn,
  trailerIn,
  VERSION,
} from './tap-line.ts'
import { notesIn } from './tap-notes.ts'
import { noticeOf, secondsOf, totalsOf } from './test-cases.ts'

/**
 * - `ok` passes, `not ok` failed; SKIP and TODO are skipped whatever stands before them. A hash within a word is no directive.
 * - Subtests are indented by four. The innermost points are the tests; the point that sums them up gives them their suite, and
 *   counts itself where it is `not ok` and nothing below it is, or where node says that it is a test of its own. node's totals
 *   (`# tests`) agree with that; prove counts the outer points alone. A sum that is SKIP or TODO skips what failed below it.
 * - No plan, fewer points than planned (in subtests too), `Bail out!`, a subtest that nothing sums up, a file that ends within
 *   a block of notes: unfinished. `Bail out!`, and more points than planned, are suite errors.
 * - Message, place and time from the notes (`message`, `error`; `location`, `at`; `duration_ms`), the whole of them is the
 *   trace; without notes, the comments and indented lines below a point that failed. Other lines are a program's own and passed over.
 * - A pass in a last line without line end is not counted: it may have lost its directive.
 * - Refused: a file with neither version, plan nor test point.
 */
export const tap: Format<'tests'> = {
  id: 'tap',
  kind: 'tests',
  title: 'TAP (Test Anything Protocol 12 to 14)',
  producers: [
    '`node --test --test-reporter=tap`',
    'Perl (Test::More)',
    'node-tap',
    'tape',
    'mocha',
    'bats',
    'pgTAP',
    'pytest-tap',
  ],
  discovers: ['**/*.tap'],
  recognises: ({ text, xmlRoot, jsonRoot }) => xmlRoot === null && jsonRoot === null && beginsLikeTap(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

/** Points of one indentation below one point. */
interface Level {
  /** Cases that were there before it. */
  from: number
  points: number
  plan: number | null
}

/** The last point, which lines below it may still explain. */
interface Last {
  test: TestCase
  point: Point
  indent: number
  sumsUp: 'nothing' | 'good' | 'bad'
  lines: string[]
  length: number
  /** `lines` are a block of notes. */
  noted: boolean
}

class Reader {
  private readonly cases: TestCase[] = []
  private readonly levels: Level[] = [{ from: 0, points: 0, plan: null }]
  private last: Last | null = null
  /** Indentation of the block of notes that is being read. */
  private notes: number | null = null
  private readonly trailer = new Map<string, number>()
  private subtest: { depth: number; name: string } | null = null
  private isTap = false
  private nested = false
  private bailedOut = false
  private short = false
  private surplus = 0

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'tests'> {
    const whole = eachLine(this.source, (text) => this.line(text))
    const { path } = this.source
    const inNotes = this.notes !== null
    // A line without its end may have lost a directive: it is no pass.
    if (!whole && this.last?.point.ok) {
      this.levels.at(-1)!.points--
      this.last = null
    }
    this.settle()
    if (!this.isTap) throw refusal('wrong_format', 'holds neither a TAP version, a plan nor a test point', { path })
    if (this.levels.length > 1) this.short = true
    for (const level of this.levels) this.hold(level)
    const { cases } = this
    const { plan } = this.levels[0]!
    const totals = totalsOf(cases)
    const declared = this.declared()
    const stated = this.trailer.has('suites') ? (declared?.failed ?? 0) : 0
    const facts: TestFacts = {
      kind: 'tests',
      totals,
      declared,
      durationSeconds: secondsOf(cases),
      suiteErrors: this.surplus + (this.bailedOut ? 1 : 0) + Math.max(0, stated - totals.failed),
      unfinished: this.bailedOut || this.short || inNotes || plan === null,
      cases,
    }
    const problems: Problem[] = noticeOf(declared, totals, path)
    if (inNotes) problems.push(problem('truncated', 'ends within the notes of a test point', { path }))
    if (cases.length === 0) problems.push(problem('nothing_measured', 'holds no test', { path }))
    return { facts, info: { producer: null, commit: null, createdAt: null }, problems }
  }

  private line(text: string): void {
    const body = text.trimStart()
    const indent = text.length - body.length
    if (this.notes !== null && this.note(text, body.trimEnd(), indent)) return
    if (body === '') return
    if (BAIL_OUT.test(body)) {
      this.isTap = this.bailedOut = true
      return
    }
    if (this.last && indent > this.last.indent && (body === '---' || body.startsWith('--- '))) {
      this.notes = indent
      Object.assign(this.last, { lines: [], length: 0, noted: true })
      return
    }
    if (indent % 4 === 0 && !text.startsWith('\t') && this.told(body, indent)) return
    if (this.last && !this.last.noted && indent > this.last.indent) this.keep(text.slice(this.last.indent))
  }

  /** Whether the line is TAP. */
  private told(body: string, indent: number): boolean {
    const depth = Math.min(indent / 4, this.limits.depth)
    const point = pointIn(body)
    const plan = point ? null : planIn(body)
    if (point) this.point(point, depth, indent)
    else if (plan !== null) this.level(depth).plan = (this.level(depth).plan ?? 0) + plan
    else if (indent === 0 && VERSION.test(body)) this.isTap = true
    else if (body.startsWith('#')) {
      const name = subtestIn(body)
      const count = trailerIn(body)
      if (name !== null) this.subtest = { depth, name }
      if (count && indent === 0) this.trailer.set(...count)
      else if (name === null && this.last && !this.last.noted) this.keep(body.slice(1).trim())
    } else return false
    return true
  }

  private point(point: Point, depth: number, indent: number): void {
    const level = this.level(depth)
    const from = this.levels[depth + 1]?.from ?? this.cases.length
    for (const done of this.levels.splice(depth + 1)) this.hold(done)
    level.points++
    const name = point.name === '' && this.subtest?.depth === depth ? this.subtest.name : point.name
    this.subtest = null
    const sumsUp = this.sumUp(from, name, point)
    this.last = { test: caseOf(point, name, this.limits), point, indent, sumsUp, lines: [], length: 0, noted: false }
  }

  /** The level of that depth, opened where it is not; what was read before it is settled. */
  private level(depth: number): Level {
    this.settle()
    this.isTap = true
    while (this.levels.length <= depth) {
      this.levels.push({ from: this.cases.length, points: 0, plan: null })
      this.nested = true
    }
    return this.levels[depth]!
  }

  /** Puts the cases below a point into its suite. */
  private sumUp(from: number, name: string, point: Point): Last['sumsUp'] {
    let bad = false
    for (let at = from; at < this.cases.length; at++) {
      const test = this.cases[at]!
      test.suite = (test.suite === '' ? name : `${name}/${test.suite}`).slice(0, this.limits.textLength)
      if (point.directive !== null && test.outcome === 'failed') test.outcome = 'skipped'
      bad ||= test.outcome === 'failed'
    }
    return from === this.cases.length ? 'nothing' : bad ? 'bad' : 'good'
  }

  /** A level that is over: were all of its points there? */
  private hold({ points, plan }: Level): void {
    if (plan === null) return
    if (points < plan) this.short = true
    if (points > plan) this.surplus++
  }

  /** Whether the line belongs to the notes. One that is indented less ends them, as does `...`. */
  private note(text: string, body: string, indent: number): boolean {
    const within = body === '' || indent >= this.notes!
    if (within && !(body === '...' && indent === this.notes)) {
      this.keep(text.slice(this.notes!))
      return true
    }
    this.notes = null
    this.settle()
    return within
  }

  private keep(line: string): void {
    if (!this.last || this.last.length > this.limits.textLength) return
    this.last.lines.push(line)
    this.last.length += line.length + 1
  }

  /** Done with the last point: what its notes say of it, and whether it is a test. */
  private settle(): void {
    const { last } = this
    if (!last) return
    this.last = null
    this.notes = null
    const { test, point, sumsUp } = last
    const notes = notesIn(last.noted ? last.lines : [])
    const bad = test.outcome === 'failed'
    const isNodesTest = notes.milliseconds !== null && !notes.isSuite
    if (sumsUp !== 'nothing' && !isNodesTest && !(bad && sumsUp === 'good')) return
    const text = last.lines.join('\n').trim().slice(0, this.limits.textLength)
    if (sumsUp === 'nothing') test.seconds = notes.milliseconds === null ? point.seconds : notes.milliseconds / 1000
    test.file = notes.file
    test.line = notes.line
    if (bad && text !== '') {
      test.trace = text
      test.message = last.noted ? notes.message : text.split('\n', 1)[0]!.trim()
    }
    this.cases.push(test)
  }

  /** node's own totals; else the plan, where the points are the tests. */
  private declared(): TestFacts['declared'] {
    const { trailer } = this
    const of = (word: string) => trailer.get(word) ?? 0
    if (trailer.has('suites'))
      return { total: of('tests'), failed: of('fail') + of('cancelled'), errors: null, skipped: of('skipped') + of('todo') }
    const plan = this.levels[0]!.plan
    return plan === null || this.nested ? null : { total: plan, failed: null, errors: null, skipped: null }
  }
}
