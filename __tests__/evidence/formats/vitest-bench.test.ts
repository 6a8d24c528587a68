// vitest bench: figures by file, group and name; a benchmark that threw has none, though it is in the file and ranked.
import { expect, it } from '@jest/globals'
import { vitestBench } from '../../../src/evidence/formats/performance/vitest-bench.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => vitestBench.read(sourceOf(content), DEFAULT_LIMITS)
const of = (...benchmarks: unknown[]) =>
  JSON.stringify({ files: [{ filepath: '/a.bench.ts', groups: [{ fullName: 'a.bench.ts', benchmarks }] }] })
const entry = { name: 'a', rank: 1, rme: 1, samples: [], hz: 4, min: 200, max: 300, mean: 250, sampleCount: 5 }

it('names, units and samples', () => {
  const { facts, info, problems } = read(fixture('vitest-bench/valid.json'))
  const name = 'bench/basket.bench.js > basket > total by reduce'
  expect(facts.metrics.slice(0, 11)).toEqual([
    { name: `${name}.hz`, value: 7554056.2229672605, unit: '1/s' },
    { name: `${name}.min`, value: 0.00006999999993695383, unit: 'ms' },
    { name: `${name}.max`, value: 13.548853999999892, unit: 'ms' },
    { name: `${name}.mean`, value: 0.00013237921064971852, unit: 'ms' },
    { name: `${name}.median`, value: 0.00008000000002539309, unit: 'ms' },
    { name: `${name}.p75`, value: 0.00008000000002539309, unit: 'ms' },
    { name: `${name}.p99`, value: 0.00010000000003174137, unit: 'ms' },
    { name: `${name}.p995`, value: 0.00011000000000649379, unit: 'ms' },
    { name: `${name}.p999`, value: 0.00018000000000029104, unit: 'ms' },
    { name: `${name}.sd`, value: 0.02278335540783646, unit: 'ms' },
    { name: `${name}.rme`, value: 54.88817007408676, unit: '%' },
  ])
  expect(facts.metrics).toHaveLength(22)
  expect(facts).toMatchObject({ samples: 377703 + 319722, errors: 0 })
  expect(info.producer).toBe('Vitest')
  expect(problems).toEqual([])
})

it('a benchmark that threw has no figure, is an error, and is said', () => {
  const { facts, problems } = read(fixture('vitest-bench/failing.json'))
  expect(new Set(facts.metrics.map(({ name }) => name.split(/\.(?=[a-z0-9]+$)/)[0]))).toEqual(
    new Set(['bench/broken.bench.js > checkout > sums']),
  )
  expect(facts.errors).toBe(1)
  expect(problems).toMatchObject([{ code: 'no_value', message: expect.stringContaining('pays') }])
})

it('without the statistics that older versions lack', () =>
  expect(read(of(entry)).facts.metrics.map(({ name }) => name)).toEqual(
    ['hz', 'min', 'max', 'mean', 'rme'].map((stat) => `a.bench.ts > a.${stat}`),
  ))

it.each([['{"files":[]}'], [of()], [of({ name: 'a', rank: 1, samples: [] })]])('nothing measured in %s', (text) => {
  const { facts, problems } = read(text)
  expect(facts).toMatchObject({ metrics: [], samples: null })
  expect(problems.map(({ code }) => code)).toContain('nothing_measured')
})

it.each([
  [of({ ...entry, name: '' })],
  [of({ ...entry, hz: '4' })],
  [of({ ...entry, mean: -1 })],
  [of({ ...entry, hz: null })],
  [of({ ...entry, max: undefined })],
  [of({ ...entry, p99: 'x' })],
  [of({ ...entry, sampleCount: -1 })],
  [of(entry, entry)],
  [of(1)],
  ['{"files":{}}'],
  ['{"files":[{}]}'],
  ['{"files":[{"groups":[{"benchmarks":[]}]}]}'],
  ['{"files":[{"groups":[{"fullName":"a"}]}]}'],
])('refused %s', (text) => expect(() => read(text)).toThrow())
