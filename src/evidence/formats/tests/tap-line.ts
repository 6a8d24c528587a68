// One line of TAP as producers write it: test points with their directives, plans, bail-outs, counts of node's trailer.
import type { TestCase } from '../../../model/evidence.ts'
import type { ByteSource, Limits } from '../../format.ts'
import { lineBlocks, textAt } from '../../scan/lines.ts'

export interface Point {
  ok: boolean
  name: string
  directive: 'skip' | 'todo' | null
  /** What stands after the directive. */
  reason: string
  seconds: number | null
}

/** `ok`, `not ok` as a word of its own; `ok: done` and `okay` are a program's own output. */
const POINT = /^(not )?ok(?=[\s#-]|$)/
const NUMBER = /^\s{0,20}\d{1,15}(?=[\s#-]|$)/
const DIRECTIVE = /^#\s{0,20}(skip|skipped|todo)(?=[\s:]|$)[\s:-]{0,20}/i
/** Notes of the time a test took: node-tap's `# time=5ms`, bats' `# in 5 ms`. */
const TIME = /^#\s{0,20}(?:time=|in )(\d{1,12}(?:\.\d{1,12})?) ?(ms|s)(?=\s|$)/

export function pointIn(text: string): Point | null {
  const found = POINT.exec(text)
  if (!found) return null
  let rest = text.slice(found[0].length)
  rest = rest.slice(NUMBER.exec(rest)?.[0].length ?? 0).trim()
  if (rest.startsWith('-')) rest = rest.slice(1).trimStart()
  const point: Point = { ok: found[1] === undefined, name: rest, directive: null, reason: '', seconds: null }
  // A hash stands for itself within a word or after a backslash: "issue #12", "a\#todo".
  for (let at = rest.indexOf('#'); at !== -1; at = rest.indexOf('#', at + 1)) {
    if (at > 0 && !/\s/.test(rest[at - 1]!)) continue
    const tail = rest.slice(at)
    const directive = DIRECTIVE.exec(tail)
    const time = TIME.exec(tail)
    if (!directive && !time) continue
    point.name = rest.slice(0, at)
    if (time) {
      point.seconds = Number(time[1]) / (time[2] === 'ms' ? 1000 : 1)
      const after = tail.slice(time[0].length).trimStart()
      if (after.startsWith('#')) Object.assign(point, directiveOf(DIRECTIVE.exec(after), after))
    } else Object.assign(point, directiveOf(directive, tail))
    break
  }
  point.name = point.name.trim().replace(/\\([#\\])/g, '$1')
  return point
}

function directiveOf(found: RegExpExecArray | null, text: string): Partial<Point> {
  if (!found) return {}
  return {
    directive: found[1]!.toLowerCase() === 'todo' ? 'todo' : 'skip',
    reason: text.slice(found[0].length).trim(),
  }
}

/** The number of points planned; null: no plan. */
export function planIn(text: string): number | null {
  const found = /^1\.\.(\d{1,15})\s{0,20}(?:#|$)/.exec(text)
  return found ? Number(found[1]) : null
}

export const VERSION = /^TAP version 1[234]\s{0,20}$/

export const BAIL_OUT = /^bail out!/i

/** node's own totals stand in comments at the end of a run. */
export function trailerIn(text: string): [word: string, count: number] | null {
  const found = /^# (tests|suites|pass|fail|cancelled|skipped|todo) (\d{1,15})$/.exec(text)
  return found ? [found[1]!, Number(found[2])] : null
}

/** The name in `# Subtest: name`; null: another comment. */
export function subtestIn(text: string): string | null {
  return text.startsWith('# Subtest:') ? text.slice('# Subtest:'.length).trim() : null
}

/** The first line that is neither blank, a comment, nor npm's note of the command it runs. */
export function beginsLikeTap(text: string): boolean {
  for (const line of text.split('\n')) {
    const plain = line.trim()
    if (plain === '' || plain.startsWith('#') || plain.startsWith('>')) continue
    // `ok  \tpackage\t0.1s` is go test's own.
    return VERSION.test(plain) || planIn(plain) !== null || /^(?:not )?ok(?: \d| ?-)/.test(plain)
  }
  return false
}

/** Passed, failed, or skipped where a directive says that the point does not count. */
export function caseOf(point: Point, name: string, limits: Limits): TestCase {
  return {
    suite: '',
    name: name.slice(0, limits.textLength),
    classname: null,
    file: null,
    line: null,
    outcome: point.directive !== null ? 'skipped' : point.ok ? 'passed' : 'failed',
    flaky: false,
    seconds: null,
    message: point.reason.slice(0, limits.textLength) || null,
    trace: null,
  }
}

const NEWLINE = 10

/** Hands out the lines of a file. False: the last one has no end, something may be cut off. */
export function eachLine(source: ByteSource, take: (text: string) => void): boolean {
  let last = NEWLINE
  const watched: ByteSource = {
    path: source.path,
    size: source.size,
    *chunks() {
      for (const chunk of source.chunks()) {
        last = chunk.at(-1) ?? last
        yield chunk
      }
    },
  }
  for (const { bytes, end } of lineBlocks(watched)) {
    for (let at = 0; at < end; ) {
      const stop = bytes.indexOf(NEWLINE, at)
      take(textAt(bytes, at, stop))
      at = stop + 1
    }
  }
  // UTF-16 ends in a zero byte.
  return last === NEWLINE || last === 0
}
