// k6's single measurements, made into the figures that its summary has of them.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { Distribution, LARGEST_MEASUREMENT } from './distribution.ts'
import { isK6Time, type K6Type, k6TypeOf } from './k6-names.ts'

/** Metrics of one run; each costs memory. k6 has about twenty of its own. */
const METRICS = 200
const PERCENTILES = [90, 95, 99] as const

interface Tally {
  type: K6Type
  time: boolean
  values: Distribution
  last: number
  /** Of a rate: how many were not zero. */
  passes: number
  /** A trend of values below zero has no percentiles here. */
  negative: boolean
}

export class K6Points {
  private readonly metrics = new Map<string, Tally>()
  private passedOver = false
  private first = Number.POSITIVE_INFINITY
  private latest = Number.NEGATIVE_INFINITY

  /** `typed`: the file says what each metric is. Where it does not, every metric also has the mean of its values. */
  constructor(private readonly typed: boolean) {}

  /** What the file itself says of a metric; null: it says nothing that is known. */
  declare(name: string, type: K6Type | null, time: boolean): void {
    const tally = this.tallyOf(name)
    if (!tally || tally.values.count > 0 || type === null) return
    tally.type = type
    tally.time = time
  }

  /** `time` in milliseconds since 1970, NaN: not known. False where the value can be none of its metric. */
  add(name: string, value: number, time: number): boolean {
    const tally = this.tallyOf(name)
    if (!tally) return true
    if (time > 0) {
      if (time < this.first) this.first = time
      if (time > this.latest) this.latest = time
    }
    tally.last = value
    if (tally.type === 'rate') {
      if (value !== 0 && value !== 1) return false
      tally.passes += value
    } else if (value < 0 && !tally.time && tally.type !== 'counter') {
      tally.negative = true
      return Number.isFinite(value)
    }
    if (!(value >= 0 && value <= LARGEST_MEASUREMENT)) return false
    tally.values.add(value)
    return true
  }

  get began(): number | null {
    return Number.isFinite(this.first) ? this.first : null
  }

  facts(): PerformanceFacts {
    const failed = this.rateOf('http_req_failed')
    const checks = this.rateOf('checks')
    const count = (name: string) => {
      const tally = this.metrics.get(name)
      return tally && tally.type === 'counter' && tally.values.count > 0 ? tally.values.sum : null
    }
    return {
      kind: 'performance',
      metrics: [...this.metrics].flatMap(([name, tally]) => this.figures(name, tally)),
      samples: failed?.total ?? count('http_reqs') ?? count('grpc_reqs') ?? count('iterations'),
      errors: failed?.passes ?? null,
      // What is true of http_req_failed is that it failed.
      events: failed
        ? { good: failed.total - failed.passes, total: failed.total, source: 'http_req_failed' }
        : checks && { good: checks.passes, total: checks.total, source: 'checks' },
      thresholds: [],
    }
  }

  problems(): Problem[] {
    const out: Problem[] = []
    const tallies = [...this.metrics]
    if (!tallies.some(([, { values, negative }]) => values.count > 0 || negative))
      out.push({ code: 'nothing_measured', message: 'holds no measurement' })
    for (const [name] of tallies.filter(([, { negative }]) => negative).slice(0, 10))
      out.push({ code: 'no_value', message: `${name.slice(0, 200)} has values below zero: left out` })
    if (this.passedOver)
      out.push({ code: 'too_many', message: `has more than ${METRICS} metrics: the further ones are left out` })
    return out
  }

  private rateOf(name: string): { passes: number; total: number } | null {
    const tally = this.metrics.get(name)
    return tally?.type === 'rate' && tally.values.count > 0 ? { passes: tally.passes, total: tally.values.count } : null
  }

  private tallyOf(name: string): Tally | null {
    const found = this.metrics.get(name)
    if (found) return found
    if (this.metrics.size >= METRICS || name.length > 1000) {
      this.passedOver = true
      return null
    }
    const type = k6TypeOf(name)
    const time = type === 'trend' && isK6Time(name)
    const made: Tally = { type, time, values: new Distribution(), last: 0, passes: 0, negative: false }
    this.metrics.set(name, made)
    return made
  }

  private figures(name: string, { type, time, values, last, passes, negative }: Tally): PerformanceMetric[] {
    if (values.count === 0 || negative) return []
    const one = (stat: string, value: number, unit: string | null) => ({ name: `${name}.${stat}`, value, unit })
    const seconds = (this.latest - this.first) / 1000
    const mean = (unit: string | null) => (this.typed ? [] : [one('avg', values.mean, unit)])
    switch (type) {
      case 'counter': {
        const rate = seconds > 0 ? [one('rate', values.sum / seconds, '1/s')] : []
        return [one('count', values.sum, 'count'), ...rate, ...mean('count')]
      }
      case 'rate': {
        const fails = values.count - passes
        const counts = [one('passes', passes, 'count'), one('fails', fails, 'count')]
        return [one('rate', passes / values.count, 'ratio'), ...counts, ...mean('ratio')]
      }
      case 'gauge':
        return [one('value', last, null), one('min', values.min, null), one('max', values.max, null), ...mean(null)]
      case 'trend': {
        const unit = time ? 'ms' : null
        const percentiles = PERCENTILES.map((percent) => one(`p(${percent})`, values.percentile(percent), unit))
        const { min, max } = values
        return [
          one('avg', values.mean, unit),
          one('min', min, unit),
          one('med', values.percentile(50), unit),
          one('max', max, unit),
          ...percentiles,
        ]
      }
    }
  }
}
