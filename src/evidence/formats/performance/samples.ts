// Figures of a load test whose report has every request: of all of them, and of each name that requests go by.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Limits } from '../../format.ts'
import { Distribution, LARGEST_MEASUREMENT } from './distribution.ts'

/** Names whose figures are kept apart: each costs memory, and a record keeps 2000 figures of a report. */
const NAMES = 100
const PERCENTILES = [50, 90, 95, 99] as const

interface Tally {
  times: Distribution
  /** null: no sample said whether it succeeded. */
  errors: number | null
}

export class Samples {
  private readonly all: Tally = fresh()
  private readonly named = new Map<string, Tally>()
  private passedOver = false
  private first = Number.POSITIVE_INFINITY
  private last = Number.NEGATIVE_INFINITY

  constructor(private readonly limits: Limits) {}

  get count(): number {
    return this.all.times.count
  }

  /** `elapsed` and `start` in milliseconds; `start` -1: not known. False where the time can be none. */
  add(name: string, start: number, elapsed: number, ok: boolean | null): boolean {
    if (!(elapsed >= 0 && elapsed <= LARGEST_MEASUREMENT)) return false
    put(this.all, elapsed, ok)
    const tally = this.tallyOf(name)
    if (tally) put(tally, elapsed, ok)
    if (start > 0) {
      this.first = Math.min(this.first, start)
      this.last = Math.max(this.last, start + elapsed)
    }
    return true
  }

  /** When the first sample began, in milliseconds since 1970; null: not known. */
  get began(): number | null {
    return Number.isFinite(this.first) ? this.first : null
  }

  /** `besides`: errors without a time of their own. They count as samples that failed. */
  facts(besides = 0): PerformanceFacts {
    const { count } = this
    const { errors } = this.all
    const seconds = (this.last - this.first) / 1000
    const metrics: PerformanceMetric[] = count === 0 ? [] : figures('', this.all)
    if (count > 0 && seconds > 0) metrics.push({ name: 'throughput', value: count / seconds, unit: '1/s' })
    for (const [name, tally] of this.named) metrics.push(...figures(`${name}.`, tally))
    return {
      kind: 'performance',
      metrics,
      samples: count + besides,
      errors: errors === null && count > 0 && besides === 0 ? null : (errors ?? 0) + besides,
      events: errors === null || count === 0 ? null : { good: count - errors, total: count + besides, source: 'samples' },
      thresholds: [],
    }
  }

  problems(): Problem[] {
    const out: Problem[] = []
    if (this.count === 0) out.push({ code: 'nothing_measured', message: 'holds no sample' })
    if (this.passedOver) {
      const message = `the figures of ${NAMES} names are told apart; those of further names only count in the whole`
      out.push({ code: 'too_many', message, hint: 'Give requests that differ by an id alone one name.' })
    }
    return out
  }

  private tallyOf(name: string): Tally | null {
    const found = this.named.get(name)
    if (found) return found
    if (name === '') return null
    if (this.named.size >= NAMES || name.length > this.limits.nameLength) {
      this.passedOver = true
      return null
    }
    const made = fresh()
    this.named.set(name, made)
    return made
  }
}

function fresh(): Tally {
  return { times: new Distribution(), errors: null }
}

function put(tally: Tally, elapsed: number, ok: boolean | null): void {
  tally.times.add(elapsed)
  if (ok !== null) tally.errors = (tally.errors ?? 0) + (ok ? 0 : 1)
}

function figures(prefix: string, { times, errors }: Tally): PerformanceMetric[] {
  const out: PerformanceMetric[] = []
  const add = (stat: string, value: number, unit: string) => out.push({ name: `${prefix}${stat}`, value, unit })
  if (errors !== null) add('error_rate', errors / times.count, 'ratio')
  add('avg', times.mean, 'ms')
  add('min', times.min, 'ms')
  add('max', times.max, 'ms')
  for (const percent of PERCENTILES) add(`p${percent}`, times.percentile(percent), 'ms')
  return out
}
