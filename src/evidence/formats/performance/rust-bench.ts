// What `cargo bench` prints: lines of the built-in benchmarks and of Criterion, which may stand in one output.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { ByteSource, Limits, ReadResult } from '../../format.ts'
import { problem, quote, refusal } from '../../problems.ts'
import { textLines } from './text-lines.ts'

const BUILT_IN = ' ... bench:'
const PER_ITERATION = /^\s{1,40}([\d,]{1,30}(?:\.\d{1,10})?) (\S{1,20}\/iter)(?:\s|$)/
const CRITERION =
  /^\s{1,40}\[(?:\d{1,20}(?:\.\d{1,10})? [^\s\]]{1,20} )(\d{1,20}(?:\.\d{1,10})?) ([^\s\]]{1,20}) \d{1,20}(?:\.\d{1,10})? [^\s\]]{1,20}\]/
/** Of a run before: `change:` and its percentages, cut-off brackets of the estimate itself aside. */
const CHANGE = /^\s{1,40}\[[+-]/

/** Begins like a line of a built-in benchmark, anywhere in the beginning of the file. */
export const HAS_BUILT_IN = /^test \S[^\n]{0,500} \.\.\. bench: {1,40}[\d,.]{1,40} \S{1,20}\/iter/m
export const HAS_CRITERION = /(?:^|[ \t])time: {1,40}\[\d{1,20}(?:\.\d{1,10})? [^\s\]]{1,20} \d/m

export function readRustBench(source: ByteSource, limits: Limits): ReadResult<'performance'> {
  return new Reader(source, limits).read()
}

class Reader {
  private readonly metrics = new Map<string, PerformanceMetric>()
  private before = ''
  private failed = 0
  private started = 0
  private ended = 0
  private broken = false

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'performance'> {
    for (const { text, line } of textLines(this.source)) {
      this.readLine(text, line)
      if (text.trim() !== '') this.before = text.trim()
    }
    const errors = Math.max(this.failed, this.broken ? 1 : 0)
    const known = errors > 0 || (this.ended > 0 && this.ended >= this.started)
    return {
      facts: {
        kind: 'performance',
        metrics: [...this.metrics.values()],
        samples: null,
        errors: known ? errors : null,
        events: null,
        thresholds: [],
      },
      info: { producer: null, commit: null, createdAt: null },
      problems: this.problems(errors),
    }
  }

  private readLine(text: string, line: number): void {
    if (text.startsWith('test ')) {
      const at = text.indexOf(BUILT_IN)
      if (at !== -1) this.builtIn(text.slice(5, at).trimEnd(), text.slice(at + BUILT_IN.length), line)
      else if (text.endsWith(' ... FAILED')) this.failed++
      else if (text.startsWith('test result: ')) this.ended++
    } else if (/^running \d{1,9} tests?$/.test(text)) this.started++
    else if (text.startsWith('error: bench failed') || text.startsWith('error: 1 target failed')) this.broken = true
    else {
      const at = text.lastIndexOf('time:')
      if (at !== -1 && /^\s{1,40}\[/.test(text.slice(at + 5))) this.criterion(text.slice(0, at).trim(), text.slice(at + 5), line)
    }
  }

  private builtIn(name: string, rest: string, line: number): void {
    const match = PER_ITERATION.exec(rest)
    const value = Number(match?.[1]?.replaceAll(',', ''))
    if (!match || !Number.isFinite(value))
      throw refusal('bad_number', `${quote(rest.trim())} is no time per iteration`, { path: this.source.path, line })
    this.add({ name, value, unit: match[2]! }, line)
  }

  /** A name too long for its column stands on the line before. */
  private criterion(name: string, rest: string, line: number): void {
    if (CHANGE.test(rest)) return
    const match = CRITERION.exec(rest)
    if (!match)
      throw refusal('bad_number', `${quote(rest.trim())} is no estimate with its bounds`, { path: this.source.path, line })
    this.add({ name: name === '' ? this.before : name, value: Number(match[1]), unit: match[2]! }, line)
  }

  private add(metric: PerformanceMetric, line: number): void {
    const name = metric.name.slice(0, this.limits.nameLength)
    const place = { path: this.source.path, line }
    if (name === '') throw refusal('line_malformed', 'a benchmark has no name', place)
    if (this.metrics.has(name)) {
      const hint = 'Write the output of each benchmark program into a file of its own.'
      throw refusal('duplicate_name', `two benchmarks are named ${quote(name)}`, place, hint)
    }
    this.metrics.set(name, { ...metric, name })
  }

  private problems(errors: number): Problem[] {
    const { path } = this.source
    const out: Problem[] = []
    if (this.metrics.size === 0) out.push(problem('nothing_measured', 'holds no benchmark', { path }))
    if (errors > 0)
      out.push(problem('scan_failed', `says that ${errors} failed: what it would have measured is not there`, { path }))
    if (this.started > this.ended)
      out.push(problem('truncated', 'ends before the result of its last benchmarks: not all may be there', { path }))
    return out
  }
}
