// Criterion's JSON: estimates.json, named by its folders, and the messages of cargo-criterion, whose groups must be complete.
import { describe, expect, it } from '@jest/globals'
import { cargoCriterion } from '../../../src/evidence/formats/performance/cargo-criterion.ts'
import { criterionEstimates } from '../../../src/evidence/formats/performance/criterion-estimates.ts'
import { headOf } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('estimates.json', () => {
  const read = (content: string | Uint8Array, path = 'target/criterion/basket/total/10/new/estimates.json') =>
    criterionEstimates.read(sourceOf(content, path), DEFAULT_LIMITS).facts
  const one = { point_estimate: 1, standard_error: 0 }
  const all = { mean: one, median: one, median_abs_dev: one, slope: one, std_dev: one }

  it('point estimates in ns, named by the folders', () => {
    expect(read(fixture('criterion-estimates/valid.json')).metrics).toEqual([
      { name: 'basket/total/10.mean', value: 46.00613253837564, unit: 'ns' },
      { name: 'basket/total/10.median', value: 2.7117812443695817, unit: 'ns' },
      { name: 'basket/total/10.std_dev', value: 94.95292786779554, unit: 'ns' },
      { name: 'basket/total/10.median_abs_dev', value: 0.007153360525649046, unit: 'ns' },
      { name: 'basket/total/10.slope', value: 49.3075058512817, unit: 'ns' },
    ])
  })

  it.each([
    ['target/criterion/basket total/new/estimates.json', 'basket total.mean'],
    ['/shop/criterion/target/criterion/a/new/estimates.json', 'a.mean'],
    ['reports/a/b/new/estimates.json', 'reports/a/b.mean'],
    ['new/estimates.json', 'mean'],
    ['estimates.json', 'mean'],
    ['target/criterion/a/base/estimates.json', 'a@base.mean'],
    ['target/criterion/a/main/estimates.json', 'a@main.mean'],
  ])('%s: %s', (path, name) => expect(read(JSON.stringify(all), path).metrics[0]?.name).toBe(name))

  it.each([{ slope: null }, { slope: undefined }])('no slope where Criterion took none: %j', (change) =>
    expect(read(JSON.stringify({ ...all, ...change })).metrics.map(({ name }) => name)).toEqual(
      ['mean', 'median', 'std_dev', 'median_abs_dev'].map((key) => `basket/total/10.${key}`),
    ),
  )

  it('a change against the run before is no measurement', () => {
    const change = sourceOf(JSON.stringify({ mean: one, median: one }))
    expect(criterionEstimates.recognises(headOf(change), 'target/criterion/a/change/estimates.json')).toBe(false)
    expect(() => criterionEstimates.read(change, DEFAULT_LIMITS)).toThrow('std_dev')
  })

  it.each([
    { mean: { point_estimate: '1' } },
    { mean: { point_estimate: -1 } },
    { median: undefined },
    { slope: {} },
    { std_dev: null },
  ])('refused with %j', (change) => expect(() => read(JSON.stringify({ ...all, ...change }))).toThrow())
})

describe('cargo-criterion', () => {
  const read = (content: string | Uint8Array) => cargoCriterion.read(sourceOf(content), DEFAULT_LIMITS)
  const one = { estimate: 1, lower_bound: 1, upper_bound: 1, unit: 'ns' }
  const done = { reason: 'benchmark-complete', id: 'a', iteration_count: [1, 2], typical: one, mean: one, median: one }
  const complete = { ...done, median_abs_dev: one, slope: null, change: null }
  const group = { reason: 'group-complete', group_name: 'a', benchmarks: ['a'] }
  const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('')

  it('the estimates of each benchmark in their units', () => {
    const { facts, problems } = read(fixture('cargo-criterion/valid.jsonl'))
    expect(facts.metrics.slice(0, 5)).toEqual([
      { name: 'basket total.typical', value: 4.238875137691287, unit: 'ns' },
      { name: 'basket total.mean', value: 4.316143755703467, unit: 'ns' },
      { name: 'basket total.median', value: 4.190739897542322, unit: 'ns' },
      { name: 'basket total.median_abs_dev', value: 1.6793161380005357, unit: 'ns' },
      { name: 'basket total.slope', value: 4.238875137691287, unit: 'ns' },
    ])
    expect(facts.metrics).toHaveLength(15)
    expect(facts.samples).toBe(55 * (551252 + 328476 + 86951))
    expect(problems).toEqual([])
  })

  it('a group that a failed benchmark cut off is said', () => {
    const { facts, problems } = read(fixture('cargo-criterion/failing.jsonl'))
    expect(facts.metrics.map(({ name }) => name)).toContain('checkout/sums.typical')
    expect(problems).toMatchObject([{ code: 'truncated', message: expect.stringContaining('checkout/sums') }])
  })

  it('a flat benchmark has no slope, and a complete group is none to speak of', () => {
    const { facts, problems } = read(lines(complete, group))
    expect(facts.metrics.map(({ name }) => name)).toEqual(['a.typical', 'a.mean', 'a.median', 'a.median_abs_dev'])
    expect([facts.samples, problems]).toEqual([3, []])
  })

  it('what is no message of these two kinds is said', () =>
    expect(read(`Compiling\n${lines(complete, group, { reason: 'benchmark-failed' })}`).problems.map(({ code }) => code)).toEqual(
      ['line_malformed', 'line_malformed'],
    ))

  it('no benchmark is nothing measured', () =>
    expect(read(fixture('cargo-criterion/empty.jsonl')).problems.map(({ code }) => code)).toEqual(['nothing_measured']))

  it.each([
    [`${lines(complete, group)}{"reason":"bench`],
    [lines({ ...complete, id: '' })],
    [lines({ ...complete, mean: null })],
    [lines({ ...complete, mean: { ...one, estimate: '1' } })],
    [lines({ ...complete, mean: { ...one, estimate: -1 } })],
    [lines({ ...complete, mean: { ...one, unit: undefined } })],
    [lines({ ...complete, iteration_count: [-1] })],
    [lines({ ...complete, iteration_count: undefined })],
    [lines(complete, complete)],
    [lines({ ...group, benchmarks: undefined })],
  ])('refused %s', (text) => expect(() => read(text)).toThrow())
})
