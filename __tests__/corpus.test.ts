// The corpus of real reports, where it lies beside the repository: every row in our formats agrees or is explained.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import type { InspectEntry } from '../src/evidence/inspect.ts'
import { compareRow, differencesOf, explainedIn, type Row, rowsOf, verdictOf } from './support/corpus.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(process.env.CERTIFY_CORPUS ?? join(root, '..', 'shared', 'corpus'))
const rows = rowsOf(folder)

if (rows === null) {
  console.log('skipped: no corpus beside this repository (CERTIFY_CORPUS names its folder), 0 of its rows were compared')
  it('has nothing to compare without the corpus', () => expect(rowsOf(folder)).toBeNull())
} else {
  const explained = explainedIn(readFileSync(join(root, 'docs/formats.md'), 'utf8'))

  describe('the corpus', () => {
    it.each(rows.map((row) => [row.path, row] as const))('%s', (path, row) => {
      const { differences } = compareRow(folder, row)
      if (!explained.has(path)) expect(differences).toEqual([])
    })

    it('agrees in at least 99 % of its rows', () => {
      const agreeing = rows.filter((row) => compareRow(folder, row).differences.length === 0).length
      expect(verdictOf({ rows: rows.length, agreeing, explained: rows.length - agreeing })).toMatchObject({ ok: true })
    })

    it('has every row that docs/formats.md explains, and each of them still differs', () => {
      const differing = rows.filter((row) => compareRow(folder, row).differences.length > 0).map((row) => row.path)
      expect([...explained].filter((path) => !differing.includes(path))).toEqual([])
    })
  })
}

describe('the verdict on the corpus', () => {
  it.each([
    ['99.1 %, the rest explained', { rows: 550, agreeing: 545, explained: 5 }, true, '545 of 550 agree (99.1 %), 5 explained'],
    ['exactly 99 %', { rows: 100, agreeing: 99, explained: 1 }, true, '(99.0 %)'],
    ['fewer than 99 %, all explained', { rows: 550, agreeing: 544, explained: 6 }, false, 'fewer than 99 % agree'],
    ['a row that nothing explains', { rows: 550, agreeing: 549, explained: 0 }, false, '1 differ'],
    ['no row at all', { rows: 0, agreeing: 0, explained: 0 }, false, '0 of 0 agree (0.0 %)'],
  ])('%s', (_, tally, ok, text) => {
    expect(verdictOf(tally)).toEqual({ ok, text: expect.stringContaining(text) })
  })

  it('fails over a folder without a manifest, which is no absent corpus', () =>
    expect(() => rowsOf(import.meta.dirname)).toThrow('MANIFEST.json'))
})

describe('the comparison with the corpus', () => {
  const nothing = { ok: true, kind: null, producer: null, sha256: null, bytes: null, problems: [] }
  const totals = { lines: { covered: 1, total: 2 }, branches: null, functions: null, statements: null }
  const coverage = (agree: boolean | null, codes: string[] = []): InspectEntry => ({
    ...nothing,
    path: 'report',
    format: 'lcov',
    coverage: { ...totals, files: 1, declared: null, agree },
    problems: codes.map((code) => ({ code, message: '' })),
  })
  const wanted = (agree: boolean, declared: Row['expected']['declared']): Row => ({
    path: 'report',
    format: 'lcov',
    expected: { ok: true, lines: totals.lines, agree, declared },
  })
  const none = { lines: null, branches: null }

  it.each([
    ['true and null are one where nothing is declared', wanted(true, none), coverage(null), true],
    ['false and null are not', wanted(false, none), coverage(null), false],
    ['a difference is one where nothing is declared', wanted(true, none), coverage(false), false],
    ['true and null are not one where something is declared', wanted(true, { lines: totals.lines }), coverage(null), false],
    ['a note of what is left out says so', wanted(false, { lines: totals.lines }), coverage(true, ['left_out']), true],
    ['no other note does', wanted(false, { lines: totals.lines }), coverage(true, ['no_value']), false],
    ['silence does not', wanted(false, { lines: totals.lines }), coverage(true), false],
  ])('%s', (_, row, entry, same) => expect(differencesOf(row, entry).length === 0).toBe(same))

  const performance = (format: string, ...metrics: [name: string, value: number][]): InspectEntry => ({
    ...nothing,
    path: 'report',
    format,
    performance: { metrics: metrics.map(([name, value]) => ({ name, value, unit: 'ns' })), samples: null, errors: null },
  })
  const figure = (format: string, name: string, value: number): Row => ({
    path: 'report',
    format,
    expected: { ok: true, metrics: [{ name, value, unit: null }] },
  })
  const dotnet = figure('benchmarkdotnet', 'None.Mean', 7)

  it.each([
    ['None is a benchmark without a full name', dotnet, performance('benchmarkdotnet', ['Add.Mean', 7]), true],
    ['its value is compared', dotnet, performance('benchmarkdotnet', ['Add.Mean', 8]), false],
    ['of two it could be any', dotnet, performance('benchmarkdotnet', ['Add.Mean', 7], ['Sum.Mean', 7]), false],
    ['elsewhere it is a name', figure('jmh', 'None.Mean', 7), performance('jmh', ['Add.Mean', 7]), false],
    ['a computed figure is rounded', figure('k6-csv', 'a.avg', 1.2346), performance('k6-csv', ['a.avg', 1.23456]), true],
    ['no further than four decimals', figure('k6-csv', 'a.avg', 1.235), performance('k6-csv', ['a.avg', 1.2346]), false],
    ['a stated figure is not', figure('jmh', 'a.avg', 1.2346), performance('jmh', ['a.avg', 1.23456]), false],
    [
      'figures of our own may stand beside it',
      figure('k6-csv', 'a.avg', 1),
      performance('k6-csv', ['a.avg', 1], ['a.min', 1]),
      true,
    ],
  ])('%s', (_, row, entry, same) => expect(differencesOf(row, entry).length === 0).toBe(same))
})
