// What a Prometheus server answers: measurements by name, events that reliability is counted from, and nothing out of no value.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../../src/app/run.ts'
import { prometheusQuery } from '../../../src/evidence/formats/reliability/prometheus-query.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { invocation, NOW, world } from '../../support/ports.ts'
import { fixture, sourceOf } from '../../support/source.ts'

type Labels = Record<string, string>
type Pair = [number, unknown]
const T = NOW.getTime() / 1000 - 60

const read = (content: string | Uint8Array) => prometheusQuery.read(sourceOf(content, 'prometheus-x.json'), DEFAULT_LIMITS)
const named = (name: string) => read(fixture(`prometheus-query/${name}`))
const answer = (resultType: string, result: unknown, more: object = {}) =>
  JSON.stringify({ status: 'success', data: { resultType, result }, ...more })
const vector = (...all: [Labels, unknown][]) =>
  answer(
    'vector',
    all.map(([metric, value]) => ({ metric, value: [T, value] })),
  )
const matrix = (...all: [Labels, Pair[]][]) =>
  answer(
    'matrix',
    all.map(([metric, values]) => ({ metric, values })),
  )
const refusalOf = (content: string) => {
  try {
    read(content)
  } catch (error) {
    if (error instanceof CertifyError) return { code: error.code, message: error.message }
    throw error
  }
  return null
}
const metrics = (content: string) => read(content).facts.metrics
const events = (content: string) => read(content).facts.events

describe('answers of the real server', () => {
  it('a vector: each series by its labels, as old as its samples', () => {
    const { facts, info, problems } = named('valid.json')
    expect(facts.metrics).toEqual([
      { name: '{handler="/api/v1/query"}', value: 0.095, unit: null },
      { name: '{handler="/metrics"}', value: 0.095, unit: null },
    ])
    expect(facts.events).toBeNull()
    expect(info.createdAt).toBe('2026-11-26T11:16:12.240Z')
    expect(problems).toEqual([])
  })

  it('a scalar', () => {
    expect(named('valid-scalar.json').facts.metrics).toEqual([{ name: 'value', value: 1, unit: null }])
  })

  it('good and total events', () => {
    expect(named('valid-events.json').facts).toMatchObject({
      metrics: [],
      events: { good: 322, total: 327, source: '{job="shop"}' },
    })
  })

  it('a range of `up`: the slices of a target that is down are bad ones', () => {
    const { facts } = named('failing.json')
    expect(facts.events).toMatchObject({ good: 11, total: 22 })
    expect(facts.metrics).toContainEqual({ name: 'up{instance="127.0.0.1:19099",job="billing"}.max', value: 0, unit: null })
  })

  it('nothing found, or nothing but NaN: no value, and said', () => {
    for (const name of ['empty.json', 'empty-nan.json']) {
      const { facts, problems } = named(name)
      expect([facts.metrics, facts.events]).toEqual([[], null])
      expect(problems.map((one) => one.code)).toContain('nothing_measured')
    }
  })

  it('an error is refused with its words', () => {
    expect(() => named('malformed-error.json')).toThrow(/the query failed: .*parse error: unclosed left/)
  })

  it('a warning is shown', () => {
    expect(named('valid-warned.json').problems.map((one) => one.message)).toEqual([
      'the server warns of its answer: "one of the stores did not answer"',
    ])
  })
})

describe('measurements', () => {
  it('are named by the label sli and have the unit that the label unit gives', () => {
    expect(metrics(vector([{ __name__: 'x', sli: 'http.p95', unit: 'ms' }, '182.5']))).toEqual([
      { name: 'http.p95', value: 182.5, unit: 'ms' },
    ])
  })

  it('of a range are its mean, least and greatest value', () => {
    expect(
      metrics(
        matrix([
          { sli: 'p95' },
          [
            [T, '1'],
            [T + 60, 'NaN'],
            [T + 120, '5'],
          ],
        ]),
      ),
    ).toEqual([
      { name: 'p95.avg', value: 3, unit: null },
      { name: 'p95.min', value: 1, unit: null },
      { name: 'p95.max', value: 5, unit: null },
    ])
  })

  it.each(['NaN', '+Inf', '-Inf', '1e999'])('%s is none, and said', (text) => {
    const { facts, problems } = read(vector([{ a: 'b' }, text], [{ a: 'c' }, '1']))
    expect(facts.metrics.map((one) => one.name)).toEqual(['{a="c"}'])
    expect(problems).toEqual([{ code: 'no_value', message: expect.stringContaining('b') }])
  })

  it.each([1, null, '', 'x', '0x10', ' 1', '1 ', '1,5', 'Infinity', true, ['1']])('%j is refused', (value) => {
    expect(refusalOf(vector([{ a: 'b' }, value]))).toMatchObject({
      code: 'wrong_shape',
      message: expect.stringMatching(/^result\[0\]/),
    })
  })

  it('1.5e-7 and -2 are numbers', () => {
    expect(metrics(vector([{ a: 'b' }, '1.5e-07'], [{ a: 'c' }, '-2'])).map((one) => one.value)).toEqual([1.5e-7, -2])
  })

  it('of one name are refused', () => {
    expect(refusalOf(vector([{ sli: 'a', job: 'x' }, '1'], [{ sli: 'a', job: 'y' }, '9']))?.code).toBe('duplicate_name')
  })

  it('native histograms are left out, and said', () => {
    const { facts, problems } = read(answer('vector', [{ metric: { a: 'b' }, histogram: [T, { count: '1' }] }]))
    expect(facts.metrics).toEqual([])
    expect(problems.map((one) => one.code)).toEqual(['no_value', 'nothing_measured'])
  })
})

describe('events', () => {
  it('of several things are put together by their labels and added up', () => {
    const content = vector(
      [{ events: 'good', service: 'a' }, '990'],
      [{ events: 'bad', service: 'b' }, '5'],
      [{ events: 'total', service: 'b' }, '500'],
      [{ events: 'total', service: 'a' }, '1000'],
    )
    expect(events(content)).toEqual({ good: 1485, total: 1500, source: '{service="a"}, {service="b"}' })
  })

  it('may be fractions, as increase gives them, and differ in the last digits', () => {
    expect(events(vector([{ events: 'good' }, '1000.0000000001'], [{ events: 'total' }, '1000']))).toMatchObject({
      good: 1000,
      total: 1000,
    })
  })

  it.each([
    ['no total', [[{ events: 'good' }, '1']], 'wrong_shape'],
    ['no good or bad', [[{ events: 'total' }, '1']], 'wrong_shape'],
    [
      'good and bad',
      [
        [{ events: 'good' }, '1'],
        [{ events: 'bad' }, '1'],
        [{ events: 'total' }, '2'],
      ],
      'wrong_shape',
    ],
    [
      'more good than all',
      [
        [{ events: 'good' }, '1001'],
        [{ events: 'total' }, '1000'],
      ],
      'impossible_total',
    ],
    [
      'more bad than all',
      [
        [{ events: 'bad' }, '1001'],
        [{ events: 'total' }, '1000'],
      ],
      'impossible_total',
    ],
    [
      'NaN',
      [
        [{ events: 'bad' }, 'NaN'],
        [{ events: 'total' }, '1000'],
      ],
      'bad_number',
    ],
    [
      'infinitely many',
      [
        [{ events: 'bad' }, '1'],
        [{ events: 'total' }, '+Inf'],
      ],
      'bad_number',
    ],
    [
      'less than none',
      [
        [{ events: 'bad' }, '-1'],
        [{ events: 'total' }, '1000'],
      ],
      'bad_number',
    ],
    [
      'another mark',
      [
        [{ events: 'ok' }, '1'],
        [{ events: 'total' }, '1'],
      ],
      'wrong_shape',
    ],
    ['slices at one time', [[{ events: 'slices' }, '1']], 'wrong_shape'],
    [
      'total twice',
      [
        [{ events: 'bad', sli: 'a' }, '1'],
        [{ events: 'total', sli: 'a' }, '1'],
        [{ events: 'total', sli: 'a', unit: 's' }, '9'],
      ],
      'duplicate_name',
    ],
  ] as [string, [Labels, string][], string][])('%s: refused', (_, series, code) => {
    expect(refusalOf(vector(...series))?.code).toBe(code)
  })

  it('of a range are refused: its counters overlap', () => {
    expect(refusalOf(matrix([{ events: 'good' }, [[T, '1']]], [{ events: 'total' }, [[T, '1']]]))?.code).toBe('wrong_shape')
  })
})

describe('slices of time', () => {
  const at = (...values: [number, string][]): Pair[] => values.map(([minute, value]) => [T + 60 * minute, value])

  it('without a sample count as not good, and that is said', () => {
    const { facts, problems } = read(matrix([{ __name__: 'probe_success' }, at([0, '1'], [1, '1'], [4, '1'])]))
    expect(facts.events).toEqual({ good: 3, total: 5, source: 'probe_success' })
    expect(problems).toEqual([
      { code: 'no_value', message: 'probe_success has no value in 2 of 5 slices: they count as not good' },
    ])
  })

  it('of a target that vanishes are missing to the end of the longest range', () => {
    const content = matrix(
      [{ __name__: 'up', job: 'a' }, at([0, '1'], [1, '1'], [2, '1'], [3, '1'])],
      [{ __name__: 'up', job: 'b' }, at([0, '1'])],
    )
    expect(events(content)).toMatchObject({ good: 5, total: 8 })
  })

  it('that are NaN are not good', () => {
    expect(events(matrix([{ __name__: 'up' }, at([0, '1'], [1, 'NaN'])]))).toMatchObject({ good: 1, total: 2 })
  })

  it('of any query that marks its series so', () => {
    expect(events(matrix([{ events: 'slices' }, at([0, '1'], [1, '0'])]))).toMatchObject({ good: 1, total: 2 })
    expect(events(matrix([{ __name__: 'other' }, at([0, '1'], [1, '0'])]))).toBeNull()
  })

  it.each([
    ['a value between 0 and 1', matrix([{ __name__: 'up' }, at([0, '1'], [1, '0.5'])]), 'bad_number'],
    [
      'single samples, of slices of unknown length',
      matrix([{ __name__: 'up', job: 'a' }, at([0, '1'])], [{ __name__: 'up', job: 'b' }, at([9, '1'])]),
      'wrong_shape',
    ],
    ['times that go back', matrix([{ __name__: 'up' }, at([1, '1'], [0, '1'])]), 'wrong_shape'],
    ['one time twice', matrix([{ __name__: 'up' }, at([1, '1'], [1, '1'])]), 'wrong_shape'],
  ])('%s: refused', (_, content, code) => {
    expect(refusalOf(content)?.code).toBe(code)
  })

  it('an instant `up` is a measurement and no event', () => {
    expect(read(vector([{ __name__: 'up' }, '1'])).facts).toMatchObject({ events: null, metrics: [{ name: 'up', value: 1 }] })
  })
})

describe('an answer that is none', () => {
  it.each([
    [JSON.stringify({ status: 'error', errorType: 'timeout', error: 'query timed out' }), 'scan_failed'],
    [JSON.stringify({ data: { resultType: 'vector', result: [] } }), 'scan_failed'],
    [answer('string', [T, 'text']), 'wrong_shape'],
    [answer('vector', {}), 'wrong_shape'],
    [answer('vector', [{ metric: { a: 1 }, value: [T, '1'] }]), 'wrong_shape'],
    [answer('vector', [{ metric: {} }]), 'wrong_shape'],
    [
      answer('vector', [
        {
          metric: {},
          values: [
            [T, '1'],
            [T + 1, '1'],
          ],
        },
      ]),
      'wrong_shape',
    ],
    [answer('scalar', [T]), 'wrong_shape'],
    [answer('scalar', [`${T}`, '1']), 'wrong_shape'],
    ['{"status":"success","data":{"resultType":"scalar","result":[1,"1"],"result":[1,"9"]}}', 'json_duplicate_key'],
  ])('%s is refused', (content, code) => {
    expect(refusalOf(content)?.code).toBe(code)
  })
})

describe('service_reliability', () => {
  const CONFIG = '.github/certification.yml'
  const policy = `version: 1\nmetrics: { service_reliability: { evidence: slo.json } }\n`
  const counted = (good: string, total: string) => vector([{ events: 'good' }, good], [{ events: 'total' }, total])

  it.each([
    ['enough good ones', counted('99950', '100000'), 'pass', 99.95],
    ['too few good ones', counted('99000', '100000'), 'fail', 99],
    ['too few to tell', counted('500', '500'), 'no_evidence', null],
    ['none at all', counted('0', '0'), 'no_evidence', null],
    ['no series', vector(), 'no_evidence', null],
    ['a rate and no events', vector([{ sli: 'availability' }, '0.9999']), 'no_evidence', null],
    ['no number', counted('NaN', '100000'), 'error', null],
    ['an error', JSON.stringify({ status: 'error', errorType: 'timeout', error: 'too slow' }), 'error', null],
  ])('%s', async (_, content, outcome, value) => {
    const files = { [CONFIG]: policy, 'slo.json': content }
    const { result } = await run(invocation({ config: { path: CONFIG, named: true } }), world(files))
    const judged = result!.levels.flatMap((level) => level.criteria).find((one) => one.id === 'service_reliability')
    expect(judged).toMatchObject({ outcome, value })
  })
})
