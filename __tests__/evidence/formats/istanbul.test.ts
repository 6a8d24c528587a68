import { describe, expect, it } from '@jest/globals'
import { istanbulFinal } from '../../../src/evidence/formats/coverage/istanbul-final.ts'
import { istanbulSummary } from '../../../src/evidence/formats/coverage/istanbul-summary.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const summary = (content: string | Uint8Array) => istanbulSummary.read(sourceOf(content), DEFAULT_LIMITS)
const final = (content: string | Uint8Array) => istanbulFinal.read(sourceOf(content), DEFAULT_LIMITS)
const part = (covered: number, total: number) => ({ covered, total, skipped: 0, pct: 0 })
const entry = (covered: number, total: number) => ({
  lines: part(covered, total),
  branches: part(0, 0),
  functions: part(1, 1),
  statements: part(covered, total),
})

describe('summary and map of one run', () => {
  it.each(['valid', 'failing'])('say the same: %s', (name) => {
    const [one, other] = [
      summary(fixture(`istanbul-summary/${name}.json`)).facts,
      final(fixture(`istanbul-final/${name}.json`)).facts,
    ]
    expect(one.totals).toEqual(other.totals)
    expect(one.files.map(({ path, totals }) => [path, totals])).toEqual(other.files.map(({ path, totals }) => [path, totals]))
  })
})

it('a statement without a count is not known to have run, nor to be none', () => {
  const place = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } })
  const of = (s: object) =>
    final(
      JSON.stringify({
        'a.js': { path: 'a.js', statementMap: { 0: place(1), 1: place(2) }, fnMap: {}, branchMap: {}, s, f: {}, b: {} },
      }),
    )
  expect(of({ 0: 1, 1: 0 }).facts.totals.lines).toEqual({ covered: 1, total: 2 })
  expect(() => of({ 0: 1 })).toThrow('statement 1 has a place but no hits')
})

describe('summary', () => {
  it('counts the lower share where the totals are not the sum of the files, and says so', () => {
    for (const [declared, counted] of [
      [9, 5],
      [5, 9],
    ]) {
      const { facts, problems } = summary(JSON.stringify({ total: entry(declared!, 10), '/a.js': entry(counted!, 10) }))
      expect(facts.totals.lines).toEqual({ covered: 5, total: 10 })
      expect(facts.declared!.lines).toEqual({ covered: declared, total: 10 })
      expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
    }
  })

  it('lets no file have more covered than it holds', () => {
    expect(summary(JSON.stringify({ '/a.js': entry(3, 2), '/b.js': entry(0, 2) })).facts.files[0]!.totals.lines).toEqual({
      covered: 2,
      total: 2,
    })
  })

  it('takes the totals where no file is listed, the files where no totals are', () => {
    expect(summary(JSON.stringify({ total: entry(1, 2) })).facts).toMatchObject({
      totals: { lines: { covered: 1, total: 2 } },
      files: [],
    })
    expect(summary(JSON.stringify({ 'C:\\a.js': entry(1, 2) })).facts).toMatchObject({
      declared: null,
      files: [{ path: 'C:/a.js' }],
    })
  })

  it('keeps 0 of 0 as it is: nobody may read it as all', () => {
    expect(summary(fixture('istanbul-summary/empty.json')).facts).toMatchObject({
      totals: { lines: { covered: 0, total: 0 } },
      headline: null,
    })
  })

  it.each(['{}', '{"total":{}}', '{"a.js":{"branchesTrue":{"covered":1,"total":1}}}'])('refuses %s', (text) =>
    expect(() => summary(text)).toThrow(),
  )
})

describe('map', () => {
  const place = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } })
  const file = (more: object = {}) => ({
    path: '/a.js',
    statementMap: { 0: place(1), 1: place(1), 2: place(3) },
    s: { 0: 0, 1: 4, 2: 0 },
    fnMap: {},
    f: { 0: 1, 1: 0 },
    branchMap: { 0: { type: 'if', line: 3, locations: [place(3), { start: {}, end: {} }] } },
    b: { 0: [2, 0] },
    ...more,
  })

  it('takes a line as where statements start, with the most hits of them', () => {
    const [read] = final(JSON.stringify({ '/a.js': file() })).facts.files
    expect(read!.totals).toEqual({
      lines: { covered: 1, total: 2 },
      statements: { covered: 1, total: 3 },
      functions: { covered: 1, total: 2 },
      branches: { covered: 1, total: 2 },
    })
    expect([...read!.lines!.lines]).toEqual([1, 3])
    expect([...read!.lines!.hits]).toEqual([4, 0])
    expect([...read!.branches!.lines, ...read!.branches!.covered, ...read!.branches!.total]).toEqual([3, 1, 2])
  })

  it('caps hits at what the facts can hold', () => {
    const [read] = final(JSON.stringify({ '/a.js': file({ s: { 0: 1e15, 1: 0, 2: 0 } }) })).facts.files
    expect(read!.lines!.hits[0]).toBe(0xffffffff)
  })

  it.each([
    ['hits without a place', file({ statementMap: {} })],
    ['a line of zero', file({ statementMap: { 0: place(0), 1: place(1), 2: place(3) } })],
    ['no hits at all', file({ s: undefined })],
    ['branch hits that are no list', file({ b: { 0: 1 } })],
  ])('refuses %s', (_, broken) => expect(() => final(JSON.stringify({ '/a.js': broken }))).toThrow('/a.js'))

  it('refuses a map of nothing', () => expect(() => final('{}')).toThrow('no file'))
})
