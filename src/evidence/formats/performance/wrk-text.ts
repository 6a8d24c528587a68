// wrk and wrk2, as printed: latencies, requests and errors of one run.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { ByteSource, Format, ReadResult } from '../../format.ts'
import { problem, refusal } from '../../problems.ts'
import { textLines } from './text-lines.ts'

const START = /^Running \S{1,20} test @ \S/m
const LATENCY = /^ {4}Latency {1,20}(\S{1,20}) {1,20}(\S{1,20}) {1,20}(\S{1,20}) /
const PERCENTILE = /^ {1,10}(\d{1,3}(?:\.\d{1,5})?)% {1,20}(\S{1,20})$/
const REQUESTS = /^ {2}(\d{1,15}) requests in \S{1,20}, \S/
const SOCKET = /^ {2}Socket errors: connect (\d{1,15}), read (\d{1,15}), write (\d{1,15}), timeout (\d{1,15})$/
const OTHER = /^ {2}Non-2xx or 3xx responses: (\d{1,15})$/
const RATE = /^Requests\/sec: {1,20}(\d{1,15}(?:\.\d{1,5})?)$/
const UNITS: Readonly<Record<string, string>> = { us: 'us', ms: 'ms', s: 's', m: 'min', h: 'h' }

/**
 * - `latency.avg`, `.stdev`, `.max` and with `--latency` `.p50`, `.p75`, `.p90`, `.p99` (of wrk2 some more), each in the unit
 *   that is printed; `requests_per_sec`, `requests`.
 * - Errors: responses other than 2xx and 3xx, and socket errors. Requests that never got an answer (connect, read, write) are
 *   events beside those that did; one that timed out is among them.
 * - Refused: output without its last line, `Transfer/sec` (the run did not end), and two runs in one file.
 */
export const wrkText: Format<'performance'> = {
  id: 'wrk-text',
  kind: 'performance',
  title: 'wrk (text)',
  producers: ['`wrk --latency`', 'wrk2'],
  discovers: [],
  recognises: ({ xmlRoot, text }) => xmlRoot === null && START.test(text) && /^ {2}Thread Stats {1,10}Avg/m.test(text),
  read: (source) => new Reader(source).read(),
}

class Reader {
  private readonly metrics = new Map<string, PerformanceMetric>()
  private runs = 0
  private readonly counts = new Map<string, number>()
  private readonly lines: [RegExp, (match: RegExpExecArray, line: number) => void][] = [
    [START, (_, line) => this.begin(line)],
    [LATENCY, (match, line) => this.latencies(match, line)],
    [PERCENTILE, (match, line) => this.latency(`p${Number(match[1])}`, match[2]!, line)],
    [REQUESTS, (match) => this.counts.set('requests', Number(match[1]))],
    [OTHER, (match) => this.counts.set('failed', Number(match[1]))],
    [RATE, (match) => this.counts.set('rate', Number(match[1]))],
    [SOCKET, (match) => this.socketErrors(match)],
    [/^Transfer\/sec:/, () => this.counts.set('ended', 1)],
  ]

  constructor(private readonly source: ByteSource) {}

  read(): ReadResult<'performance'> {
    const { path } = this.source
    for (const { text, line } of textLines(this.source)) this.readLine(text, line)
    const count = (name: string) => this.counts.get(name) ?? 0
    const [requests, failed] = [count('requests'), count('failed')]
    if (!['requests', 'rate', 'ended'].every((name) => this.counts.has(name)))
      throw refusal('truncated', 'ends before the figures of its run', { path }, 'Keep the whole output of wrk.')
    if (failed > requests) throw refusal('impossible_total', 'more requests failed than there were', { path })
    const good = Math.max(0, requests - failed - count('timeouts'))
    const events = { good, total: requests + count('unanswered'), source: 'requests' }
    const problems: Problem[] = requests === 0 ? [problem('nothing_measured', 'holds no request', { path })] : []
    const totals: PerformanceMetric[] = [
      { name: 'requests_per_sec', value: count('rate'), unit: '1/s' },
      { name: 'requests', value: requests, unit: 'count' },
    ]
    return {
      facts: {
        kind: 'performance',
        metrics: requests === 0 ? [] : [...this.metrics.values(), ...totals],
        samples: events.total,
        errors: events.total - events.good,
        events: events.total === 0 ? null : events,
        thresholds: [],
      },
      info: { producer: 'wrk', commit: null, createdAt: null },
      problems,
    }
  }

  private readLine(text: string, line: number): void {
    for (const [pattern, take] of this.lines) {
      const match = pattern.exec(text)
      if (match) {
        take(match, line)
        return
      }
    }
    if (/^ {2}(?:Socket errors|Non-2xx)|^Requests\/sec/.test(text))
      throw refusal('line_malformed', 'a count of the run cannot be read', { path: this.source.path, line })
  }

  private begin(line: number): void {
    if (this.runs++ === 0) return
    const hint = 'Write the output of each run into a file of its own.'
    throw refusal('duplicate_name', 'holds two runs', { path: this.source.path, line }, hint)
  }

  private socketErrors([, connect, read, write, timeout]: RegExpExecArray): void {
    this.counts.set('unanswered', Number(connect) + Number(read) + Number(write))
    this.counts.set('timeouts', Number(timeout))
  }

  private latencies([, avg, stdev, max]: RegExpExecArray, line: number): void {
    for (const [stat, text] of Object.entries({ avg, stdev, max })) this.latency(stat, text!, line)
  }

  /** wrk2 may print a second set of percentiles, of latencies that it did not correct: the first one counts. */
  private latency(stat: string, text: string, line: number): void {
    const [, number, unit] = /^(\d{1,15}(?:\.\d{1,5})?)(us|ms|s|m|h)$/.exec(text) ?? []
    if (number === undefined || unit === undefined)
      throw refusal('bad_number', `latency ${JSON.stringify(text)} is no time`, { path: this.source.path, line })
    const name = `latency.${stat}`
    if (!this.metrics.has(name)) this.metrics.set(name, { name, value: Number(number), unit: UNITS[unit]! })
  }
}
