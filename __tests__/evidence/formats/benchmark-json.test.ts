// JMH, pytest-benchmark, BenchmarkDotNet, vegeta: figures under the tools' own names, units stated, a benchmark without a score left out and said.
import { expect, it } from '@jest/globals'
import { benchmarkdotnet } from '../../../src/evidence/formats/performance/benchmarkdotnet.ts'
import { jmh } from '../../../src/evidence/formats/performance/jmh.ts'
import { pytestBenchmark } from '../../../src/evidence/formats/performance/pytest-benchmark.ts'
import { vegeta } from '../../../src/evidence/formats/performance/vegeta.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const ofJmh = (content: string | Uint8Array) => jmh.read(sourceOf(content), DEFAULT_LIMITS)
const ofPytest = (content: string | Uint8Array) => pytestBenchmark.read(sourceOf(content), DEFAULT_LIMITS)

it('JMH: the score in its unit, by benchmark and parameters', () => {
  const { facts, info } = ofJmh(fixture('jmh/valid.json'))
  expect(facts.metrics).toEqual([
    { name: 'shop.Basket.add', value: 1250.5, unit: 'ops/ms' },
    { name: 'shop.Basket.total(size=10, kind=list)', value: 3.25, unit: 'us/op' },
    { name: 'shop.Basket.total(size=100, kind=list)', value: 4.5, unit: 'us/op' },
  ])
  expect(info.producer).toBe('JMH 1.37')
})

it('JMH: another mode is another name, and NaN is no value', () => {
  const { facts, problems } = ofJmh(fixture('jmh/failing.json'))
  expect(facts.metrics.map(({ name }) => name)).toEqual(['shop.Basket.total', 'shop.Basket.total:thrpt'])
  expect(problems).toMatchObject([{ code: 'no_value', message: expect.stringContaining('shop.Basket.add') }])
})

it.each([
  '[{"benchmark":"a","mode":"thrpt"}]',
  '[{"benchmark":"a","mode":"thrpt","primaryMetric":{"score":"1"}}]',
  '[{"benchmark":"a","mode":"thrpt","primaryMetric":{"score":-1}}]',
  '[{"mode":"thrpt","primaryMetric":{"score":1}}]',
  `[${Array(3).fill('{"benchmark":"a","mode":"thrpt","primaryMetric":{"score":1}}').join()}]`,
])('JMH: refused %s', (text) => expect(() => ofJmh(text)).toThrow())

it('pytest-benchmark: six figures a benchmark, rounds, commit and time', () => {
  const { facts, info } = ofPytest(fixture('pytest-benchmark/valid.json'))
  expect(facts.metrics.slice(0, 6)).toEqual([
    { name: 'bench/test_basket.py::test_add.min', value: 0.001, unit: 's' },
    { name: 'bench/test_basket.py::test_add.max', value: 0.003, unit: 's' },
    { name: 'bench/test_basket.py::test_add.mean', value: 0.0015, unit: 's' },
    { name: 'bench/test_basket.py::test_add.median', value: 0.00125, unit: 's' },
    { name: 'bench/test_basket.py::test_add.stddev', value: 0.00025, unit: 's' },
    { name: 'bench/test_basket.py::test_add.ops', value: 1 / 0.0015, unit: '1/s' },
  ])
  expect(facts.samples).toBe(100)
  expect(info).toEqual({
    producer: 'pytest-benchmark 5.1.0',
    commit: `c0ffee${'0'.repeat(34)}`,
    createdAt: '2026-01-05T10:00:00.250Z',
  })
})

it('pytest-benchmark: figures of a changed work tree are bound to no commit', () => {
  expect(ofPytest(fixture('pytest-benchmark/failing.json')).info.commit).toBeNull()
})

it.each([
  '{"benchmarks":[{"name":"a"}]}',
  '{"benchmarks":[{"stats":{}}]}',
  '{"machine_info":{}}',
  '{"benchmarks":[{"name":"a","stats":{"min":"1"}}]}',
])('pytest-benchmark: refused %s', (text) => expect(() => ofPytest(text)).toThrow())

it('BenchmarkDotNet: statistics in ns by full name; a benchmark without them is left out and said', () => {
  const { facts, info, problems } = benchmarkdotnet.read(sourceOf(fixture('benchmarkdotnet/failing.json')), DEFAULT_LIMITS)
  expect(facts.metrics).toEqual([
    { name: 'Shop.Basket.Add.Mean', value: 2500000, unit: 'ns' },
    { name: 'Shop.Basket.Add.Median', value: 2500000, unit: 'ns' },
    { name: 'Shop.Basket.Add.Min', value: 2499999, unit: 'ns' },
    { name: 'Shop.Basket.Add.Max', value: 2500001, unit: 'ns' },
    { name: 'Shop.Basket.Add.StandardDeviation', value: 1, unit: 'ns' },
  ])
  expect([facts.samples, info.producer]).toEqual([3, 'BenchmarkDotNet 0.14.0'])
  expect(problems).toMatchObject([{ code: 'no_value', message: expect.stringContaining('Shop.Basket.Total') }])
})

it('vegeta: figures as it writes them, and the share that succeeded as events', () => {
  const { facts } = vegeta.read(sourceOf(fixture('vegeta/failing.json')), DEFAULT_LIMITS)
  expect(facts.metrics).toContainEqual({ name: 'latencies.95th', value: 2900000, unit: 'ns' })
  expect(facts.metrics).toContainEqual({ name: 'throughput', value: 25, unit: '1/s' })
  expect(facts).toMatchObject({ errors: 375, events: { good: 125, total: 500 } })
})

it('vegeta: no request is nothing measured, and a success above 1 is refused', () => {
  expect(vegeta.read(sourceOf(fixture('vegeta/empty.json')), DEFAULT_LIMITS).facts).toMatchObject({ metrics: [], events: null })
  const text = new TextDecoder().decode(fixture('vegeta/valid.json')).replace('"success": 1', '"success": 2')
  expect(() => vegeta.read(sourceOf(text), DEFAULT_LIMITS)).toThrow()
})
