// Lighthouse: scores as shares of 1, metrics by the ids of their audits, and no figure of a page that did not load.
import { expect, it } from '@jest/globals'
import { lighthouseLhr } from '../../../src/evidence/formats/performance/lighthouse-lhr.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => lighthouseLhr.read(sourceOf(content), DEFAULT_LIMITS)
const result = (categories: unknown, audits: unknown, more: object = {}) =>
  JSON.stringify({ lighthouseVersion: '6.4.1', fetchTime: '2026-01-05T10:00:00.000Z', categories, audits, ...more })

it('scores and metrics, each once, and no other audit', () => {
  const { facts, info, problems } = read(fixture('lighthouse-lhr/valid-late.json'))
  expect(facts.metrics).toEqual([
    { name: 'category.performance', value: 1, unit: 'ratio' },
    { name: 'category.seo', value: 0.9, unit: 'ratio' },
    { name: 'first-contentful-paint', value: 605.069, unit: 'ms' },
    { name: 'largest-contentful-paint', value: 605.069, unit: 'ms' },
    { name: 'total-blocking-time', value: 0, unit: 'ms' },
    { name: 'cumulative-layout-shift', value: 0.031579, unit: null },
    { name: 'speed-index', value: 1499.1048059972659, unit: 'ms' },
    { name: 'interactive', value: 605.069, unit: 'ms' },
    { name: 'max-potential-fid', value: 16, unit: 'ms' },
  ])
  expect(info).toEqual({ producer: 'Lighthouse 12.8.2', commit: null, createdAt: expect.stringMatching(/^2026-11-26T10:4/) })
  expect(problems).toEqual([])
})

it('a page that did not load has no figure, and the failure is said', () => {
  const { facts, problems } = read(fixture('lighthouse-lhr/failing.json'))
  expect(facts.metrics).toEqual([])
  expect(problems).toMatchObject([{ code: 'scan_failed', message: expect.stringContaining('FAILED_DOCUMENT_REQUEST') }])
})

it('a failed run has no figure even where some are written', () => {
  const error = { runtimeError: { code: 'NO_FCP' } }
  expect(read(result({ seo: { score: 1 } }, {}, error)).facts.metrics).toEqual([])
  expect(read(result({ seo: { score: 1 } }, {}, { runtimeError: {} })).facts.metrics).toEqual([])
})

it('the code of older versions for no error is none', () =>
  expect(read(result({ seo: { score: 1 } }, {}, { runtimeError: { code: 'NO_ERROR' } })).facts.metrics).toHaveLength(1))

it('a category or a metric that came to nothing is left out and said, not 0', () => {
  const { facts, problems } = read(
    result(
      { performance: { score: null }, seo: { score: 0 } },
      { interactive: { scoreDisplayMode: 'error', numericValue: 0 }, 'speed-index': { scoreDisplayMode: 'notApplicable' } },
    ),
  )
  expect(facts.metrics).toEqual([{ name: 'category.seo', value: 0, unit: 'ratio' }])
  expect(problems.map(({ code }) => code)).toEqual(['no_value', 'no_value', 'no_value'])
})

it('no category and no metric is nothing measured', () =>
  expect(read(fixture('lighthouse-lhr/empty.json'))).toMatchObject({
    facts: { metrics: [] },
    problems: [{ code: 'nothing_measured' }],
  }))

it.each([
  [result({ seo: { score: 1.1 } }, {})],
  [result({ seo: { score: -0.1 } }, {})],
  [result({ seo: { score: '1' } }, {})],
  [result({ seo: {} }, {})],
  [result({ seo: 1 }, {})],
  [result([], {})],
  [result({}, undefined)],
  [result({}, { interactive: { numericValue: -1 } })],
  [result({}, { interactive: { numericValue: '1' } })],
  [result({}, { interactive: 1 })],
  [result({}, {}, { runtimeError: 'NO_FCP' })],
])('refused %s', (text) => expect(() => read(text)).toThrow())
