// Limits to start from: room to be twice as bad, in digits that a person would write and the config can read.
import { describe, expect, it } from '@jest/globals'
import { parseLimit } from '../../../src/config/threshold.ts'
import { objectivesFor } from '../../../src/maintenance/init/objectives.ts'
import type { Lying } from '../../../src/maintenance/init/repository.ts'

type Measured = [name: string, value: number, unit: string | null]
const of = (...list: Measured[]) =>
  objectivesFor({ measurements: list.map(([name, value, unit]) => ({ name, value, unit })) } as unknown as Lying)
const limits = (...list: Measured[]) => of(...list).map(({ sli, pass }) => `${sli} ${pass}`)

describe('proposed limits', () => {
  it("are k6's duration and failures, and nothing else of its dozens", () => {
    const k6: Measured[] = [
      ['http_req_blocked.p(95)', 1, 'ms'],
      ['http_req_duration.p(95)', 38, 'ms'],
      ['http_req_duration.avg', 20, 'ms'],
      ['iteration_duration.p(95)', 90, 'ms'],
    ]
    expect(limits(...k6)).toEqual(['http_req_duration.p95 < 100ms', 'http_req_failed.rate < 1%'])
  })

  it('prefer the percentile of each thing measured', () => {
    expect(limits(['a.mean', 3, 's'], ['a.p95', 4, 's'], ['b.mean', 0.04, 's'])).toEqual(['a.p95 < 10s', 'b.mean < 0.1s'])
  })

  it('of a throughput go down', () => {
    expect(limits(['x.throughput', 3500, 'req/s'])).toEqual(['x.throughput > 1000 req/s'])
  })

  it('are at most three', () => {
    expect(of(...['a', 'b', 'c', 'd'].map((name): Measured => [`${name}.p95`, 1, 'ms']))).toHaveLength(3)
  })

  it('are none for what has no time, no unit or no value', () => {
    expect(of(['size', 3, 'kB'], ['a.p95', 3, null], ['b.p95', 0, 'ms'], ['c.p95', Number.NaN, 'ms'])).toEqual([])
  })

  it.each([1e-7, 0.0069, 0.5, 1, 4.99, 50, 1234, 8e8])('can be read, and hold for what was measured: %d', (value) => {
    const [proposed] = of(['a.p95', value, 'ms'])
    const parsed = parseLimit(proposed!.pass, 'ms', 'here')
    expect(parsed).toHaveProperty('limit')
    const [term] = (parsed as { limit: { terms: { op: string; value: number }[] } }).limit.terms
    expect([term!.op, term!.value >= 2 * value, term!.value <= 5.1 * value]).toEqual(['<', true, true])
  })
})
