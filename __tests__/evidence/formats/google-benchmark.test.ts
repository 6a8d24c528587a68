// Google Benchmark: times in the unit of each benchmark, repetitions apart, aggregates under the tool's names, a failed one is said.
import { expect, it } from '@jest/globals'
import { googleBenchmark } from '../../../src/evidence/formats/performance/google-benchmark.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => googleBenchmark.read(sourceOf(content), DEFAULT_LIMITS)
const of = (...benchmarks: object[]) => JSON.stringify({ context: { num_cpus: 2 }, benchmarks })
const entry = { name: 'a', run_type: 'iteration', iterations: 5, real_time: 1.5, cpu_time: 1.25, time_unit: 'ns' }

it('real and CPU time in the unit of the benchmark, its rates and its own counters', () => {
  const { facts, info, problems } = read(fixture('google-benchmark/valid.json'))
  expect(facts.metrics).toEqual([
    { name: 'total.real_time', value: 209.79157975620987, unit: 'ns' },
    { name: 'total.cpu_time', value: 209.80672117350008, unit: 'ns' },
    { name: 'totals/100.real_time', value: 0.636074699610411, unit: 'us' },
    { name: 'totals/100.cpu_time', value: 0.6361057618205722, unit: 'us' },
    { name: 'totals/100.items_per_second', value: 157206562.18204045, unit: '1/s' },
    { name: 'totals/100.prices', value: 100, unit: null },
    { name: 'totals/1000.real_time', value: 12.612705691755085, unit: 'us' },
    { name: 'totals/1000.cpu_time', value: 12.613618621307069, unit: 'us' },
    { name: 'totals/1000.items_per_second', value: 79279390.79359737, unit: '1/s' },
    { name: 'totals/1000.prices', value: 1000, unit: null },
  ])
  expect(facts).toMatchObject({ samples: 66536 + 22059 + 1117, errors: 0 })
  expect(info).toEqual({ producer: 'Google Benchmark 1.9.5', commit: null, createdAt: '2026-11-26T10:45:40.000Z' })
  expect(problems).toEqual([])
})

it('repetitions are told apart, aggregates have their own names, a variation is a share', () => {
  const { facts } = read(fixture('google-benchmark/valid-repetitions.json'))
  expect(facts.metrics.filter(({ name }) => name.endsWith('.cpu_time')).map(({ name, unit }) => [name, unit])).toEqual([
    ['total[0].cpu_time', 'ns'],
    ['total[1].cpu_time', 'ns'],
    ['total[2].cpu_time', 'ns'],
    ['total_mean.cpu_time', 'ns'],
    ['total_median.cpu_time', 'ns'],
    ['total_stddev.cpu_time', 'ns'],
    ['total_cv.cpu_time', 'ratio'],
  ])
  expect(facts.metrics).toContainEqual({ name: 'total_median.real_time', value: 210.04954354040296, unit: 'ns' })
  expect(facts.samples).toBe(3 * 64687)
})

it('a benchmark that failed has no time, not one of 0, and is an error', () => {
  const { facts, problems } = read(fixture('google-benchmark/failing.json'))
  expect(facts.metrics.filter(({ name }) => name.startsWith('broken'))).toEqual([])
  expect(facts.errors).toBe(1)
  expect(problems).toMatchObject([{ code: 'no_value', message: 'broken failed' }])
})

it('what was fitted to a complexity: coefficients, and the error as a share', () => {
  const { facts } = read(fixture('google-benchmark/failing.json'))
  expect(facts.metrics.filter(({ name }) => /BigO|RMS/.test(name))).toEqual([
    { name: 'grow_BigO.real_coefficient', value: 5.462197252663395, unit: 'ns' },
    { name: 'grow_BigO.cpu_coefficient', value: 5.136472481694065, unit: 'ns' },
    { name: 'grow_RMS.rms', value: 0.10186753444323346, unit: 'ratio' },
  ])
})

it('a skipped benchmark has no value, and is no error', () => {
  const { facts, problems } = read(of(entry, { ...entry, name: 'b', skipped: 'SKIPPED_WITH_MESSAGE', real_time: 0 }))
  expect(facts.metrics.map(({ name }) => name)).toEqual(['a.real_time', 'a.cpu_time'])
  expect(facts.errors).toBe(0)
  expect(problems.map(({ code }) => code)).toEqual(['no_value'])
})

it('no benchmark with a value is nothing measured', () => {
  expect(read(fixture('google-benchmark/empty.json'))).toMatchObject({
    facts: { metrics: [], samples: null },
    problems: [{ code: 'nothing_measured' }],
  })
  expect(read(of({ ...entry, error_occurred: true })).problems.map(({ code }) => code)).toEqual(['no_value', 'nothing_measured'])
})

it('a date without its zone is no time', () =>
  expect(read('{"context":{"date":"2019-11-29 21:26:59"},"benchmarks":[]}').info.createdAt).toBeNull())

it.each([
  [of({ ...entry, name: undefined })],
  [of({ ...entry, time_unit: undefined })],
  [of({ ...entry, real_time: '1' })],
  [of({ ...entry, cpu_time: -1 })],
  [of({ ...entry, cpu_time: undefined })],
  [of({ ...entry, items_per_second: 'fast' })],
  [of(entry, entry)],
  [of({ ...entry, repetition_index: 0 }, { ...entry, repetition_index: 0 })],
  [of([])],
  ['{"context":{},"benchmarks":{}}'],
])('refused %s', (text) => expect(() => read(text)).toThrow())
