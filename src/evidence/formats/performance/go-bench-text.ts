// go test -bench, as printed: the Go benchmark format, one line a run.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, quote, refusal } from '../../problems.ts'
import { textLines } from './text-lines.ts'

const RESULT = /^(Benchmark\S{0,1024})\s{1,200}(\d{1,15})\s{1,200}(\S[^\n]*)$/
const HAS_RESULT = /^Benchmark\S{0,500}[ \t]{1,200}\d{1,15}[ \t]{1,200}[\d.e+]{1,40} \S{1,60}/m
const NUMBER = /^\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,3})?$/

/**
 * - Read: `BenchmarkName-8  N  123.4 ns/op  16 B/op ...` anywhere in the printed output.
 * - `BenchmarkName` is its time per operation (`ns/op`); other figures are `BenchmarkName.<unit>`: `.B/op`, `.allocs/op`,
 *   `.MB/s`, and those of `b.ReportMetric`. Of several runs (`-count`) the median counts; each is a sample.
 * - The number of processors at the end of a name is left out, unless names would no longer differ (`-cpu 1,2,4`). A name
 *   that several packages have goes with its package: `example.com/basket.BenchmarkTotal`.
 * - `--- FAIL` and `FAIL` are errors, and said; so is an output that ends without `PASS`, `ok` or `FAIL`.
 * - Refused: a result whose figures cannot be read.
 */
export const goBenchText: Format<'performance'> = {
  id: 'go-bench-text',
  kind: 'performance',
  title: 'go test -bench (text)',
  producers: ['`go test -bench`'],
  discovers: [],
  recognises: ({ xmlRoot, text }) => xmlRoot === null && HAS_RESULT.test(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Benchmark {
  package: string
  /** With the number of processors, where the name ends in one. */
  full: string
  short: string
  /** By unit, a value for each run. */
  values: Map<string, number[]>
}

class Reader {
  private readonly benchmarks = new Map<string, Benchmark>()
  private package = ''
  private samples = 0
  private failed = 0
  private packagesFailed = 0
  private ended = false

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'performance'> {
    for (const { text, line } of textLines(this.source)) {
      if (text.startsWith('Benchmark')) this.result(text, line)
      else if (text.startsWith('pkg: ')) this.package = text.slice(5).trim()
      else if (text.startsWith('--- FAIL: ')) this.failed++
      else if (/^(?:PASS$|ok\s)/.test(text)) this.ended = true
      else if (text.startsWith('FAIL\t') || text.startsWith('panic: ')) this.packagesFailed++
    }
    const errors = Math.max(this.failed, this.packagesFailed)
    return {
      facts: {
        kind: 'performance',
        metrics: this.metrics(),
        samples: this.samples,
        errors: errors > 0 || this.ended ? errors : null,
        events: null,
        thresholds: [],
      },
      info: { producer: null, commit: null, createdAt: null },
      problems: this.problems(errors),
    }
  }

  private result(text: string, line: number): void {
    const match = RESULT.exec(text)
    // With -v the name stands alone before its benchmark runs.
    if (!match) return
    const [, full, , figures] = match as unknown as [string, string, string, string]
    const fields = figures.trim().split(/\s+/)
    const place = { path: this.source.path, line }
    if (fields.length % 2 !== 0) throw refusal('truncated', `${quote(text)} ends before a unit`, place)
    const benchmark = this.benchmarkOf(full)
    for (let at = 0; at < fields.length; at += 2) {
      const [number, unit] = [fields[at]!, fields[at + 1]!]
      const value = Number(number)
      if (!NUMBER.test(number) || !Number.isFinite(value)) throw refusal('bad_number', `${quote(number)} is no figure`, place)
      const values = benchmark.values.get(unit)
      if (values) values.push(value)
      else benchmark.values.set(unit, [value])
    }
    this.samples++
  }

  private benchmarkOf(full: string): Benchmark {
    const key = `${this.package}\n${full}`
    const found = this.benchmarks.get(key)
    if (found) return found
    const made = { package: this.package, full, short: full.replace(/-\d{1,6}$/, ''), values: new Map() }
    this.benchmarks.set(key, made)
    return made
  }

  private metrics(): PerformanceMetric[] {
    const all = [...this.benchmarks.values()]
    const shared = (nameOf: (one: Benchmark) => string) => {
      const counts = new Map<string, number>()
      for (const one of all) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1)
      return (one: Benchmark) => counts.get(nameOf(one))! > 1
    }
    const alike = shared((one) => `${one.package}\n${one.short}`)
    const isFull = (one: Benchmark) => one.full !== one.short && this.benchmarks.has(`${one.package}\n${one.short}`)
    const named = (one: Benchmark) => (alike(one) || isFull(one) ? one.full : one.short)
    const elsewhere = shared(named)
    return all.flatMap((one) => {
      const name = elsewhere(one) && one.package !== '' ? `${one.package}.${named(one)}` : named(one)
      return [...one.values].map(([unit, values]) => ({
        name: (unit === 'ns/op' ? name : `${name}.${unit}`).slice(0, this.limits.textLength),
        value: median(values),
        unit,
      }))
    })
  }

  private problems(errors: number): Problem[] {
    const { path } = this.source
    const out: Problem[] = []
    if (this.samples === 0) out.push(problem('nothing_measured', 'holds no benchmark', { path }))
    if (errors > 0)
      out.push(problem('scan_failed', `says that ${errors} failed: what it would have measured is not there`, { path }))
    else if (!this.ended) out.push(problem('truncated', 'ends without PASS or FAIL: not all benchmarks may be there', { path }))
    return out
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
