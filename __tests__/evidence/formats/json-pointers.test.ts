// JSON of a tool nobody has heard of: what its pointers lead to, or no evidence at all and the place that is wrong.
import { describe, expect, it } from '@jest/globals'
import { pointedJson } from '../../../src/evidence/formats/performance/json-pointers.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { EvidenceClaim, PerformanceFacts } from '../../../src/model/evidence.ts'
import type { JsonReading } from '../../../src/model/json-reading.ts'
import { collect } from '../../support/collect.ts'
import { fileOf } from '../../support/fixtures.ts'

const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }
const NOTHING: JsonReading = { values: [], events: null, generatedAt: null, commit: null }

const value = (pointer: string, name = 'p95', unit: string | null = 'ms') => ({ name, pointer, unit })

function read(content: unknown, ...json: Partial<JsonReading>[]) {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  const readings = json.map((one) => ({ ...NOTHING, ...one }))
  const { evidence, rejected } = collect(
    [{ file: fileOf(text, 'out/load.json'), claim, format: 'json', json: readings }],
    DEFAULT_LIMITS,
  )
  return { evidence: evidence[0], rejected: rejected[0] }
}

const metrics = (content: unknown, ...json: Partial<JsonReading>[]) =>
  (read(content, ...json).evidence?.facts as PerformanceFacts | undefined)?.metrics
const problem = (content: unknown, ...json: Partial<JsonReading>[]) => {
  const { evidence, rejected } = read(content, ...json)
  expect(evidence).toBeUndefined()
  expect(rejected).toMatchObject({ path: 'out/load.json', format: 'json', reason: { code: 'evidence_unreadable' } })
  expect(rejected!.problems.every((one) => one.path === 'out/load.json')).toBe(true)
  return rejected!.problems.map((one) => one.message).join('\n')
}

describe('a pointer', () => {
  const document = { metrics: { http: { p95: 12.5 } }, runs: [{ ms: 1 }, { ms: 2 }], 'a/b': { 'm~n': 3 }, '': { ' ': 4 }, '0': 5 }

  it.each([
    ['/metrics/http/p95', 12.5],
    ['/runs/1/ms', 2],
    ['/a~1b/m~0n', 3],
    ['// ', 4],
    ['/0', 5],
  ])('%s leads to its number', (pointer, number) => {
    expect(metrics(document, { values: [value(pointer)] })).toEqual([{ name: 'p95', value: number, unit: 'ms' }])
  })

  it('~01 is ~1, and no slash', () => {
    expect(metrics({ '~1': 7, '/': 8 }, { values: [value('/~01')] })).toEqual([{ name: 'p95', value: 7, unit: 'ms' }])
  })

  it('a zero that is there is a zero', () => {
    expect(metrics({ a: 0, b: -0 }, { values: [value('/a'), value('/b', 'b', null)] })).toEqual([
      { name: 'p95', value: 0, unit: 'ms' },
      { name: 'b', value: 0, unit: null },
    ])
  })

  it.each([
    ['/metrics/grpc/p95', '/metrics/grpc/p95 leads nowhere: there is no "grpc" in the object at /metrics'],
    ['/nothing', '/nothing leads nowhere: there is no "nothing" in the object that the file is'],
    ['/runs/2/ms', '/runs/2/ms leads nowhere: there is no "2" in the list of 2 at /runs'],
    ['/runs/01/ms', 'leads nowhere'],
    ['/runs/-/ms', 'leads nowhere'],
    ['/runs/-1/ms', 'leads nowhere'],
    ['/runs/length', 'leads nowhere'],
    ['/metrics/http/p95/x', 'there is no "x" in what is no object at /metrics/http/p95'],
    ['/constructor/name', 'leads nowhere'],
    ['/__proto__', 'leads nowhere'],
    ['/metrics/hasOwnProperty', 'leads nowhere'],
  ])('%s is no evidence, and says where the way ends', (pointer, words) => {
    expect(problem(document, { values: [value(pointer)] })).toContain(words)
  })

  it.each([
    [null, 'null'],
    ['12', 'the text "12"'],
    ['NaN', 'the text "NaN"'],
    ['', 'the text ""'],
    [true, 'true'],
    [{ value: 1 }, 'an object'],
    [[1], 'a list'],
  ])('to %j is no evidence, and says what stands there', (there, words) => {
    expect(problem({ p95: there }, { values: [value('/p95')] })).toBe(`p95 at /p95 is ${words}, not a number`)
  })

  it.each([
    ['{"p95": NaN}', 'json_malformed'],
    ['{"p95": Infinity}', 'json_malformed'],
    ['{"p95": 1e999}', 'bad_number'],
    ['{"p95": 900, "p95": 1}', 'json_duplicate_key'],
    ['{"p95": 1', 'json_truncated'],
    ['', 'empty'],
  ])('into %s is no evidence', (text, code) => {
    expect(read(text, { values: [value('/p95')] }).rejected?.problems[0]?.code).toBe(code)
  })

  it('that is wrong takes the others with it, and each that is wrong is told', () => {
    const words = problem({ a: 1, b: null }, { values: [value('/a', 'a'), value('/b', 'b'), value('/c', 'c')] })
    expect(words.split('\n')).toEqual([expect.stringMatching(/^b at \/b is null/), expect.stringMatching(/^\/c leads nowhere/)])
  })

  it('into a file that is cut, wherever, is no evidence', () => {
    const text = JSON.stringify({ p95: 125, runs: [{ 'a b': '\u00e9"' }] })
    for (let end = 1; end < text.length; end++)
      expect([end, read(text.slice(0, end), { values: [value('/p95')] }).evidence]).toEqual([end, undefined])
  })

  it('on hostile keys does not make the message endless', () => {
    expect(problem({ p: 'x'.repeat(100_000) }, { values: [value('/p')] }).length).toBeLessThan(200)
  })
})

describe('events', () => {
  const of = (content: unknown, events: JsonReading['events']) =>
    (read(content, { events }).evidence?.facts as PerformanceFacts | undefined)?.events

  it('are good and total, or bad and total', () => {
    expect(of({ ok: 998, all: 1000 }, { good: '/ok', total: '/all' })).toEqual({ good: 998, total: 1000, source: '/all' })
    expect(of({ failed: 2, all: 1000 }, { bad: '/failed', total: '/all' })).toEqual({ good: 998, total: 1000, source: '/all' })
  })

  it.each([
    [{ failed: 2, all: null }, 'events.total at /all is null'],
    [{ all: 1000 }, '/failed leads nowhere'],
    [{ failed: -1, all: 1000 }, 'events.bad at /failed is -1'],
    [{ failed: 1001, all: 1000 }, 'events.bad at /failed is 1001 of 1000'],
    [{ failed: 0.5, all: 1000 }, 'no whole number of events'],
    [{ failed: '0', all: 1000 }, 'the text "0"'],
  ])('of %j are no evidence', (content, words) => {
    expect(problem(content, { events: { bad: '/failed', total: '/all' } })).toContain(words)
  })
})

describe('what the report says of itself', () => {
  const commit = 'A'.repeat(40)
  const stamps = { values: [value('/p95')], generatedAt: '/at', commit: '/sha' }

  it('its time and commit are taken where the declaration points to them', () => {
    expect(read({ p95: 1, at: '2026-11-26T10:00:00+01:00', sha: commit }, stamps).evidence?.info).toEqual({
      producer: null,
      commit: 'a'.repeat(40),
      createdAt: '2026-11-26T09:00:00.000Z',
    })
    expect(read({ p95: 1, at: Date.UTC(2026, 0, 2), sha: commit }, stamps).evidence?.info.createdAt).toBe(
      '2026-01-02T00:00:00.000Z',
    )
  })

  it.each([
    [{ at: 'yesterday' }, 'generated_at at /at is the text "yesterday", not a time with its zone'],
    [{ at: '2026-11-26T10:00:00' }, 'not a time with its zone'],
    [{ at: 12 }, 'not a time'],
    [{ sha: 'main' }, 'commit at /sha is the text "main", not the full hash of a commit'],
    [{ sha: null }, 'commit at /sha is null'],
  ])('%j is no evidence: its age or commit is asked for and not known', (wrong, words) => {
    expect(problem({ p95: 1, at: '2026-11-26T10:00:00Z', sha: commit, ...wrong }, stamps)).toContain(words)
  })
})

describe('several declarations of one file', () => {
  it('are read as one', () => {
    expect(metrics({ a: 1, b: 2 }, { values: [value('/a', 'a')] }, { values: [value('/b', 'b'), value('/a', 'a')] })).toEqual([
      { name: 'a', value: 1, unit: 'ms' },
      { name: 'b', value: 2, unit: 'ms' },
    ])
  })

  it.each([
    ['pointer', value('/b', 'a')],
    ['unit', value('/a', 'a', 's')],
  ])('that give one name by another %s are no evidence', (_, other) => {
    expect(problem({ a: 1, b: 2 }, { values: [value('/a', 'a')] }, { values: [other] })).toContain('"a" is declared twice')
  })
})

it('no content is told to be of it, and without pointers nothing is', () => {
  expect(pointedJson(NOTHING).recognises({} as never, 'json')).toBe(false)
  const { rejected } = collect([{ file: fileOf('{"a":1}'), claim, format: 'json' }], DEFAULT_LIMITS)
  expect(rejected[0]?.problems[0]?.code).toBe('evidence_unrecognised')
})
