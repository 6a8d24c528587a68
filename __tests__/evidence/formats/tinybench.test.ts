// tinybench's table: the first number of each figure in the unit of its column, a task that threw has none.
import { expect, it } from '@jest/globals'
import { tinybench } from '../../../src/evidence/formats/performance/tinybench.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => tinybench.read(sourceOf(content), DEFAULT_LIMITS)
const row = { 'Task name': 'a', 'Latency avg (ns)': '40.77 ± 0.60%', Samples: 5 }
const of = (...rows: unknown[]) => JSON.stringify(rows)

it('the columns that state a unit, under their titles', () => {
  const { facts, problems } = read(fixture('tinybench/valid.json'))
  expect(facts.metrics.slice(0, 4)).toEqual([
    { name: 'total by reduce.Latency avg', value: 40.77, unit: 'ns' },
    { name: 'total by reduce.Latency med', value: 40, unit: 'ns' },
    { name: 'total by reduce.Throughput avg', value: 24947531, unit: 'ops/s' },
    { name: 'total by reduce.Throughput med', value: 25000000, unit: 'ops/s' },
  ])
  expect(facts).toMatchObject({ samples: 490586 + 464228, errors: 0 })
  expect(problems).toEqual([])
})

it('version 2', () =>
  expect(read(fixture('tinybench/valid-2.json')).facts.metrics.slice(0, 2)).toEqual([
    { name: 'total by reduce.ops/sec', value: 19326342, unit: 'ops/s' },
    { name: 'total by reduce.Average Time', value: 51.742848493711826, unit: 'ns' },
  ]))

it('a task that threw has no figure, is an error, and is said', () => {
  const { facts, problems } = read(fixture('tinybench/failing.json'))
  expect(facts.metrics.filter(({ name }) => name.startsWith('pays'))).toEqual([])
  expect(facts.errors).toBe(1)
  expect(problems).toMatchObject([{ code: 'no_value', message: 'pays failed' }])
})

it('one that did not run to its end has no figure either, and is no error', () => {
  const { facts, problems } = read(of(row, { ...row, 'Task name': 'b', Remarks: 'not-started' }))
  expect(facts.metrics.map(({ name }) => name)).toEqual(['a.Latency avg'])
  expect([facts.errors, problems.map(({ code }) => code)]).toEqual([0, ['no_value']])
})

it.each([['[]'], [of({ 'Task name': 'a', Error: 'x' })]])('nothing measured in %s', (text) =>
  expect(read(text).problems.map(({ code }) => code)).toContain('nothing_measured'),
)

it.each([
  [of({ ...row, 'Task name': '' })],
  [of({ ...row, 'Latency avg (ns)': 'N/A' })],
  [of({ ...row, 'Latency avg (ns)': '-1 ± 0.60%' })],
  [of({ ...row, 'Latency avg (ns)': -1 })],
  [of({ ...row, 'Latency avg (ns)': null })],
  [of({ ...row, 'ops/sec': 'NaN' })],
  [of({ 'Task name': 'a', Samples: 5 })],
  [of({ ...row, Samples: '5' })],
  [of(row, row)],
  [of(null)],
  ['{}'],
])('refused %s', (text) => expect(() => read(text)).toThrow())
