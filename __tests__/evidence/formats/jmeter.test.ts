import { describe, expect, it } from '@jest/globals'
import { jmeterJtlCsv } from '../../../src/evidence/formats/performance/jmeter-jtl-csv.ts'
import { jmeterJtlXml } from '../../../src/evidence/formats/performance/jmeter-jtl-xml.ts'
import { headOfText } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { PerformanceFacts } from '../../../src/model/evidence.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const csv = (content: string | Uint8Array) => jmeterJtlCsv.read(sourceOf(content, 'results.jtl'), DEFAULT_LIMITS)
const xml = (content: string | Uint8Array) => jmeterJtlXml.read(sourceOf(content, 'results.jtl'), DEFAULT_LIMITS)
const figures = (facts: PerformanceFacts) => Object.fromEntries(facts.metrics.map(({ name, value }) => [name, value]))

const HEADER = 'timeStamp,elapsed,label,success\n'
const START = 1_700_000_000_000

describe('JMeter CSV', () => {
  const rows = (...list: [elapsed: number | string, success?: string, label?: string][]) =>
    HEADER + list.map(([elapsed, ok = 'true', label = 'a'], at) => `${START + at * 1000},${elapsed},${label},${ok}\n`).join('')

  it('counts rows, and every success but true as an error', () => {
    const { facts } = csv(rows([1], [2, 'false'], [3, 'TRUE'], [4, ''], [5, 'maybe']))
    expect(facts).toMatchObject({ samples: 5, errors: 4, events: { good: 1, total: 5 } })
    expect(figures(facts)).toMatchObject({ error_rate: 0.8, avg: 3, min: 1, max: 5 })
  })

  it('has nearest-rank percentiles in milliseconds, of all and of each label', () => {
    const list = Array.from({ length: 100 }, (_, at): [number, string, string] => [at + 1, 'true', at < 10 ? 'fast' : 'slow'])
    const { facts } = csv(rows(...list))
    expect(figures(facts)).toMatchObject({ p50: 50, p90: 90, p95: 95, p99: 99, 'fast.p50': 5, 'fast.max': 10, 'slow.p50': 55 })
    expect(facts.metrics.find(({ name }) => name === 'p95')).toEqual({ name: 'p95', value: 95, unit: 'ms' })
  })

  it('has the throughput from the first start to the last end, and says when it began', () => {
    const { facts, info } = csv(rows([500], [1000]))
    expect(figures(facts).throughput).toBe(1)
    expect(info.createdAt).toBe('2023-11-14T22:13:20.000Z')
  })

  it.each([
    [';', 'timeStamp;elapsed;label;success'],
    ['\t', 'timeStamp\telapsed\tlabel\tsuccess'],
    ['|', 'timeStamp|elapsed|label|success'],
  ])('is delimited by %j as well', (mark, header) => {
    const text = `${header}\r\n${[START, 7, 'a,b', 'true'].join(mark)}\r\n`
    expect(jmeterJtlCsv.recognises(headOfText(text), 'x')).toBe(true)
    expect(figures(csv(text).facts)).toMatchObject({ avg: 7, 'a,b.avg': 7 })
  })

  it('goes by the names of the columns, whatever their order, and reads a quoted field over several lines', () => {
    const text = `label,failureMessage,elapsed,success,timeStamp\n"say ""hi"", twice","expected\n"",\nfound",12,false,${START}\n`
    const { facts } = csv(text)
    expect(facts).toMatchObject({ samples: 1, errors: 1 })
    expect(figures(facts)['say "hi", twice.max']).toBe(12)
  })

  it('knows no errors without success, no throughput without a time in milliseconds', () => {
    const { facts } = csv('timeStamp,elapsed,label\n2024/01/02 10:00:00,5,a\n2024/01/02 10:00:01,6,a\n')
    expect(facts).toMatchObject({ samples: 2, errors: null, events: null })
    expect(Object.keys(figures(facts)).filter((name) => /rate|throughput/.test(name))).toEqual([])
  })

  it('keeps the figures of 100 labels apart and says so', () => {
    const many = Array.from({ length: 101 }, (_, at): [number, string, string] => [1, 'true', `id ${at}`])
    const { facts, problems } = csv(rows(...many))
    expect(facts.samples).toBe(101)
    expect(facts.metrics.filter(({ name }) => name.endsWith('.avg'))).toHaveLength(100)
    expect(problems.map(({ code }) => code)).toEqual(['too_many'])
  })

  it('says that a run without a sample measured nothing', () =>
    expect(csv(HEADER)).toMatchObject({
      facts: { samples: 0, metrics: [], events: null },
      problems: [{ code: 'nothing_measured' }],
    }))

  it.each([
    ['a negative time', rows(['-1']), 'no time', 2],
    ['a time that is no number', rows([1], ['NaN']), 'no time', 3],
    ['a time in quotes with a sign', rows(['"+5"']), 'no time', 2],
    ['a time beyond reason', rows(['999999999999999']), 'no time', 2],
    ['a row that is cut off', `${rows([1])}${START},5,a`, 'cut off', 3],
    ['a quote that never closes', `${rows([1])}${START},5,"a,true\n`, 'inside a quoted field', 3],
    ['a column named twice', 'timeStamp,elapsed,elapsed,success\n', 'named "elapsed"', 1],
    ['a file without header', `${START},5,a,true\n`, 'no column "elapsed"', 1],
  ])('refuses %s', (_, text, message, line) => {
    expect(() => csv(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }))
    try {
      csv(text)
    } catch (error) {
      expect(error).toMatchObject({ problems: [{ line }] })
    }
  })

  it('agrees with the summary that JMeter printed beside its file, which counts no transactions', () => {
    // summary = 8, Avg: 46 Min: 21 Max: 106 Err: 0: the front page alone. Each of eight transactions has a row and two samples.
    const { facts } = csv(fixture('jmeter-jtl-csv/valid.jtl'))
    const { 'front page, plain.avg': avg, ...others } = figures(facts)
    expect(facts).toMatchObject({ samples: 32, errors: 2 })
    expect(Math.floor(avg!)).toBe(46)
    expect(others).toMatchObject({ 'front page, plain.min': 21, 'front page, plain.max': 106, 'checkout.error_rate': 1 / 8 })
    expect(csv(fixture('jmeter-jtl-csv/failing.jtl')).facts).toMatchObject({ errors: 16, events: { good: 0, total: 16 } })
  })

  it('reads what JMeter writes with another delimiter and time format', () =>
    expect(csv(fixture('jmeter-jtl-csv/valid-semicolon.jtl')).facts).toMatchObject({ samples: 32 }))
})

describe('JMeter XML', () => {
  const results = (body: string) => `<?xml version="1.0" encoding="UTF-8"?><testResults version="1.2">${body}</testResults>`
  const one = (attributes: string, inner = '') => `<httpSample ${attributes}>${inner}</httpSample>`

  it('counts samples of the first level only', () => {
    const inner = '<httpSample t="900" s="false" lb="image"/>'
    const { facts } = xml(
      results(`<sample t="10" s="true" lb="all" ts="${START}">${inner}${inner}</sample>${one('t="20" s="false" lb="b"')}`),
    )
    expect(facts).toMatchObject({ samples: 2, errors: 1, events: { good: 1, total: 2 } })
    expect(figures(facts)).toMatchObject({ max: 20, 'all.max': 10 })
    expect(figures(facts)).not.toHaveProperty(['image.max'])
  })

  it('knows no errors where no sample says', () =>
    expect(xml(results('<sample t="1"/>')).facts).toMatchObject({ errors: null, events: null }))

  it('says what it does not know', () => {
    const { facts, problems } = xml(results('<org.example.Result t="1" s="true"/>'))
    expect(facts.samples).toBe(0)
    expect(problems.map(({ code }) => code)).toEqual(['nothing_measured', 'wrong_shape'])
  })

  it.each([
    ['a sample without a time', results('<sample s="true"/>'), '"t"'],
    ['a negative time', results('<sample t="-1" s="true"/>'), 'not a count'],
    ['a run that was killed', '<testResults version="1.2"><sample t="1" s="true"/>', ''],
    ['another root', '<results><sample t="1" s="true"/></results>', 'not testResults'],
  ])('refuses %s', (_, text, message) => expect(() => xml(text)).toThrow(message))

  it('agrees with the summary that JMeter printed beside its file, which counts no transactions', () => {
    // summary = 8 in 00:00:00 = 18.4/s Avg: 26 Min: 8 Max: 53 Err: 0
    const { facts } = xml(fixture('jmeter-jtl-xml/valid.jtl'))
    const { 'front page, plain.avg': avg, ...others } = figures(facts)
    expect(facts).toMatchObject({ samples: 16, errors: 1 })
    expect(Math.floor(avg!)).toBe(26)
    expect(others).toMatchObject({ 'front page, plain.min': 8, 'front page, plain.max': 53 })
    expect(xml(fixture('jmeter-jtl-xml/failing.jtl')).facts).toMatchObject({ samples: 8, errors: 8 })
  })
})
