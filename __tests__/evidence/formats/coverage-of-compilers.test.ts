// What compilers and scripting languages write as JSON: llvm-cov, gcovr, Xcode, SimpleCov, coverage.py.
import { describe, expect, it } from '@jest/globals'
import { coveragepyJson } from '../../../src/evidence/formats/coverage/coveragepy-json.ts'
import { gcovrJson } from '../../../src/evidence/formats/coverage/gcovr-json.ts'
import { gcovrSummary } from '../../../src/evidence/formats/coverage/gcovr-summary.ts'
import { llvmCovJson } from '../../../src/evidence/formats/coverage/llvm-cov-json.ts'
import { simplecovLastRun } from '../../../src/evidence/formats/coverage/simplecov-last-run.ts'
import { simplecovResultset } from '../../../src/evidence/formats/coverage/simplecov-resultset.ts'
import { xccovJson } from '../../../src/evidence/formats/coverage/xccov-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { FileCoverage } from '../../../src/model/evidence.ts'
import { fixture, sourceOf } from '../../support/source.ts'

type Content = string | Uint8Array | object
const bytes = (content: Content) =>
  typeof content === 'string' ? content : content instanceof Uint8Array ? content : JSON.stringify(content)
const reading = (format: typeof llvmCovJson) => (content: Content) => format.read(sourceOf(bytes(content)), DEFAULT_LIMITS)
const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)
/** line: hits. */
const hits = (file: FileCoverage | undefined) =>
  Object.fromEntries([...file!.lines!.lines].map((line, at) => [line, file!.lines!.hits[at]]))
/** line: covered/total. */
const branches = (file: FileCoverage | undefined) =>
  Object.fromEntries(
    [...file!.branches!.lines].map((line, at) => [line, `${file!.branches!.covered[at]}/${file!.branches!.total[at]}`]),
  )

describe('llvm-cov', () => {
  const read = reading(llvmCovJson)

  it('says what `llvm-cov report` prints, with the summary alone too', () => {
    const whole = read(fixture('llvm-cov-json/valid.json'))
    expect(whole.facts).toMatchObject({
      totals: {
        lines: { covered: 20, total: 25 },
        branches: { covered: 10, total: 18 },
        functions: { covered: 3, total: 3 },
        statements: null,
      },
      headline: { metric: 'lines', percent: 80 },
    })
    expect(whole.problems).toEqual([])
    const summary = read(fixture('llvm-cov-json/valid-summary.json')).facts
    expect(summary.totals).toEqual(whole.facts.totals)
    expect(summary.files.map(({ path, lines }) => [path, lines])).toEqual([
      ['/shop/basket.c', null],
      ['/shop/check.c', null],
    ])
  })

  it('makes the lines and branches out of segments that `llvm-cov export -format=lcov` writes', () => {
    const [basket, check] = read(fixture('llvm-cov-json/valid.json')).facts.files
    expect(hits(basket)).toEqual({
      1: 1,
      2: 1,
      3: 3,
      4: 2,
      5: 1,
      6: 0,
      7: 1,
      8: 1,
      9: 1,
      10: 1,
      12: 1,
      13: 1,
      14: 0,
      15: 0,
      16: 1,
      17: 1,
    })
    expect(hits(check)).toEqual({ 4: 1, 5: 1, 6: 1, 7: 1, 8: 0, 9: 1, 10: 0, 11: 1, 12: 1 })
    expect(branches(basket)).toEqual({ 3: '2/2', 5: '1/2', 7: '2/4', 13: '1/2', 16: '1/2' })
  })

  it('takes the summary of a Rust crate as it is printed, closures counted twice, and each line once in the line facts', () => {
    const { facts, info, problems } = read(fixture('llvm-cov-json/valid-cargo.json'))
    expect(facts.totals.lines).toEqual({ covered: 23, total: 28 })
    expect(facts.totals.branches).toBeNull()
    expect(info.producer).toBe('cargo llvm-cov 0.9.1')
    expect(problems).toEqual([])
    const lines = hits(facts.files[0])
    expect(Object.keys(lines)).toHaveLength(26)
    expect([lines[2], lines[7], lines[14], lines[15], lines[20]]).toEqual([3, 1, 0, 1, 0])
    expect([lines[11], lines[17]]).toEqual([undefined, undefined])
  })

  const part = (covered: number, count: number) => ({ count, covered, percent: 0 })
  const summary = (covered: number, count: number) => ({
    lines: part(covered, count),
    functions: part(1, 1),
    branches: part(0, 0),
  })
  const of = (files: object[], totals?: object) => ({ data: [{ files, totals }], type: 'llvm.coverage.json.export' })
  const file = (more: object) => ({ filename: 'C:\\a.c', ...more })

  it('uses the lower share where the totals are not those of the files', () => {
    for (const [stated, counted] of [
      [9, 5],
      [5, 9],
    ] as const) {
      const read_ = read(of([file({ summary: summary(counted, 10) })], summary(stated, 10)))
      expect(read_.facts.totals.lines).toEqual({ covered: 5, total: 10 })
      expect(codes(read_)).toEqual(['declared_recount_differ'])
    }
  })

  it('counts files without a summary by their segments, and totals there are none of by their files', () => {
    const { facts } = read(
      of([
        file({
          segments: [
            [1, 1, 1, true, true, false],
            [3, 2, 0, false, false, false],
          ],
        }),
      ]),
    )
    expect(facts).toMatchObject({
      declared: null,
      totals: { lines: { covered: 3, total: 3 } },
      files: [{ path: 'C:/a.c', totals: { lines: { covered: 3, total: 3 } } }],
    })
  })

  it('does not spread out a file that claims more lines than any has', () => {
    const { facts } = read(
      of([
        file({
          summary: summary(1, 2),
          segments: [
            [1, 1, 1, true, true],
            [4_000_000_000, 1, 0, false, false],
          ],
        }),
      ]),
    )
    expect(facts.files[0]!.lines).toBeNull()
    expect(facts.totals.lines).toEqual({ covered: 1, total: 2 })
  })

  it.each([
    ['more covered than there is', of([], summary(3, 2)), '3 covered of 2 lines'],
    ['a count in quotes', of([file({ summary: { lines: { count: '2', covered: 1 } } })]), '"count"'],
    ['a negative count', of([file({ segments: [[1, 1, -1, true, true]] })]), 'count'],
    [
      'segments out of order',
      of([
        file({
          segments: [
            [2, 1, 1, true, true],
            [1, 1, 1, true, true],
            [2, 1, 1, true, true],
          ],
        }),
      ]),
      'order',
    ],
    ['a segment without marks', of([file({ segments: [[1, 1, 1]] })]), 'marks'],
    ['a file without a name', of([{ summary: summary(1, 1) }]), 'filename'],
    ['another type', { ...of([], summary(1, 1)), type: 'x' }, 'type'],
    ['no data', { type: 'llvm.coverage.json.export' }, '"data"'],
  ])('refuses %s', (_, content, message) => expect(() => read(content)).toThrow(message))
})

describe('gcovr', () => {
  const [json, summary] = [reading(gcovrJson), reading(gcovrSummary)]

  it.each(['valid', 'valid-cpp', 'failing'])('its tracefile and its summary say the same: %s', (name) => {
    const [one, other] = [json(fixture(`gcovr-json/${name}.json`)).facts, summary(fixture(`gcovr-summary/${name}.json`)).facts]
    expect(one.totals).toEqual(other.totals)
    expect(one.files.map(({ path, totals }) => [path, totals])).toEqual(other.files.map(({ path, totals }) => [path, totals]))
  })

  it('says what gcovr prints', () => {
    expect(summary(fixture('gcovr-summary/valid.json'))).toMatchObject({
      facts: {
        totals: { lines: { covered: 16, total: 20 }, branches: { covered: 8, total: 14 }, functions: { covered: 3, total: 3 } },
        headline: { metric: 'lines', percent: 80 },
      },
      problems: [],
    })
  })

  it('leaves out what is marked as excluded, in the old words too', () => {
    const { facts } = json(fixture('gcovr-json/valid-old.json'))
    expect(hits(facts.files[0])).toEqual({ 1: 2, 2: 2, 4: 0 })
    expect(branches(facts.files[0])).toEqual({ 2: '1/2' })
  })

  it('counts a line once that two functions share, and the branches of both', () => {
    const line = (count: number, taken: number) => ({ line_number: 3, count, branches: [{ count: taken }, { count: 0 }] })
    const { facts } = json({ 'gcovr/format_version': '0.15', files: [{ file: 'a.c', lines: [line(0, 0), line(2, 1)] }] })
    expect(facts.totals).toMatchObject({ lines: { covered: 1, total: 1 }, branches: { covered: 1, total: 4 } })
  })

  it('is nothing where no file is there: 0 of 0, no headline', () => {
    expect(summary(fixture('gcovr-summary/empty.json')).facts).toMatchObject({
      totals: { lines: { covered: 0, total: 0 } },
      headline: null,
    })
    expect(json(fixture('gcovr-json/empty.json')).facts.totals.lines).toEqual({ covered: 0, total: 0 })
  })

  const total = (covered: number, all: number) => ({ line_covered: covered, line_total: all })
  it('uses the lower share where the summary is not the sum of its files', () => {
    const read = summary({
      'gcovr/summary_format_version': '0.6',
      ...total(9, 10),
      files: [{ filename: 'a.c', ...total(5, 10) }],
    })
    expect(read.facts.totals.lines).toEqual({ covered: 5, total: 10 })
    expect(codes(read)).toEqual(['declared_recount_differ'])
  })

  it.each([
    ['a summary without totals', () => summary({ files: [] }), 'line_total'],
    ['more covered than there is', () => summary({ ...total(3, 2), files: [] }), '3 covered of 2'],
    [
      'a line without a count',
      () => json({ 'gcovr/format_version': '1', files: [{ file: 'a', lines: [{ line_number: 1 }] }] }),
      'line 1',
    ],
    [
      'a negative count',
      () => json({ 'gcovr/format_version': '1', files: [{ file: 'a', lines: [{ line_number: 1, count: -1 }] }] }),
      'line 1',
    ],
    [
      'a line number that is none',
      () => json({ 'gcovr/format_version': '1', files: [{ file: 'a', lines: [{ line_number: 1.5, count: 1 }] }] }),
      'line_number',
    ],
    ['files without a version', () => json({ files: [] }), 'format_version'],
  ])('refuses %s', (_, read, message) => expect(read).toThrow(message))
})

describe('xccov', () => {
  const read = reading(xccovJson)

  it('reads the whole, the files of all targets, and the functions that ran', () => {
    const { facts, problems } = read(fixture('xccov-json/valid.json'))
    expect(facts).toMatchObject({
      totals: { lines: { covered: 9, total: 12 }, functions: { covered: 2, total: 3 }, branches: null },
      headline: { metric: 'lines', percent: 75 },
      files: [
        { path: '/shop/Sources/Shop/Basket.swift', totals: { lines: { covered: 5, total: 8 } } },
        { totals: { lines: { covered: 4, total: 4 } } },
      ],
    })
    expect(problems).toEqual([])
  })

  it('reads the lines of an archive that are executable', () => {
    const { facts } = read(fixture('xccov-json/valid-archive.json'))
    expect(hits(facts.files[0])).toEqual({ 2: 2, 3: 3, 4: 0 })
    expect(facts).toMatchObject({ totals: { lines: { covered: 2, total: 3 } }, declared: null })
  })

  it('uses the lower share where the whole is not the sum of its files', () => {
    const one = (covered: number) => ({ coveredLines: covered, executableLines: 10 })
    const result = read({ ...one(9), targets: [{ files: [{ path: 'a.swift', ...one(5) }] }] })
    expect(result.facts.totals.lines).toEqual({ covered: 5, total: 10 })
    expect(codes(result)).toEqual(['declared_recount_differ'])
  })

  it.each([
    ['no numbers of lines', { lineCoverage: 1, targets: [] }],
    ['more covered than there is', { coveredLines: 3, executableLines: 2, targets: [] }],
    ['a line that does not say whether it is executable', { 'a.swift': [{ line: 1, executionCount: 1 }] }],
    ['an executable line without a count', { 'a.swift': [{ line: 1, isExecutable: true }] }],
  ])('refuses %s', (_, content) => expect(() => read(content)).toThrow())
})

describe('SimpleCov', () => {
  const [set, last] = [reading(simplecovResultset), reading(simplecovLastRun)]
  const percent = (ratio: { covered: number; total: number } | null) => (100 * ratio!.covered) / ratio!.total

  it('measures what SimpleCov shows of the same run', () => {
    const { totals } = set(fixture('simplecov-resultset/valid.json')).facts
    expect(totals).toMatchObject({ lines: { covered: 15, total: 16 }, branches: { covered: 4, total: 8 } })
    expect(percent(totals.lines)).toBe(last(fixture('simplecov-last-run/valid.json')).facts.headline!.percent)
    expect(percent(set(fixture('simplecov-resultset/failing.json')).facts.totals.lines)).toBe(
      last(fixture('simplecov-last-run/failing.json')).facts.headline!.percent,
    )
  })

  it('adds up the hits of several commands, and their branches one by one', () => {
    const { facts, info } = set(fixture('simplecov-resultset/valid-two.json'))
    expect(facts.totals).toMatchObject({ lines: { covered: 16, total: 16 }, branches: { covered: 4, total: 8 } })
    expect(hits(facts.files[0])).toMatchObject({ 3: 3, 8: 6, 19: 1 })
    expect(info.createdAt).toBe('2026-11-26T06:10:57.000Z')
    const command = (yes: number, no: number) => ({
      coverage: {
        'a.rb': {
          lines: [1],
          branches: { '[:if, 0, 1, 4, 1, 9]': { '[:then, 1, 1, 4, 1, 5]': yes, '[:else, 2, 1, 6, 1, 9]': no } },
        },
      },
    })
    expect(set({ one: command(1, 0), two: command(0, 1) }).facts.totals.branches).toEqual({ covered: 2, total: 2 })
  })

  it('reads lists of the time before 0.18, ignored lines, times with a fraction', () => {
    const { facts, info } = set(fixture('simplecov-resultset/valid-old.json'))
    expect(facts.files.map(hits)).toEqual([{ 1: 1, 2: 1, 4: 0 }, { 2: 2 }])
    expect(info.createdAt).toBe('2026-11-26T06:10:35.250Z')
  })

  it('lets a percentage without its lines count for nothing: SimpleCov says 100 of a run that loaded no file', () => {
    const read = last(fixture('simplecov-last-run/empty.json'))
    expect(read.facts).toMatchObject({ totals: { lines: null, branches: null }, headline: { metric: 'lines', percent: 100 } })
    expect(codes(read)).toEqual(['no_value'])
    expect(last(fixture('simplecov-last-run/valid-old.json')).facts.headline).toEqual({ metric: 'lines', percent: 93.75 })
  })

  const lines = (list: unknown) => ({ rspec: { coverage: { 'a.rb': { lines: list } } } })
  it.each([
    ['hits in quotes', () => set(lines(['1']))],
    ['negative hits', () => set(lines([-1]))],
    ['no lines', () => set(lines(undefined))],
    ['a command without coverage', () => set({ rspec: { timestamp: 1 } })],
    ['a branch at no place', () => set({ rspec: { coverage: { 'a.rb': { lines: [1], branches: { here: {} } } } } })],
    ['a percentage in quotes', () => last({ result: { line: '100' } })],
    ['a percentage over 100', () => last({ result: { line: 101 } })],
    ['no percentage', () => last({ result: {} })],
  ])('refuses %s', (_, read) => expect(read).toThrow())
})

describe('coverage.py', () => {
  const read = reading(coveragepyJson)

  it('says what `coverage report` prints; the headline mixes lines and branches', () => {
    expect(read(fixture('coveragepy-json/valid-branch.json'))).toMatchObject({
      facts: {
        totals: { lines: { covered: 12, total: 13 }, branches: { covered: 1, total: 2 } },
        headline: { metric: 'lines and branches', percent: expect.closeTo(86.67, 2) },
      },
      info: { producer: 'coverage.py 7.17.4', createdAt: '2026-11-26T06:14:19.900Z' },
      problems: [],
    })
    expect(read(fixture('coveragepy-json/valid.json')).facts).toMatchObject({
      totals: { lines: { covered: 12, total: 13 }, branches: null },
      headline: { metric: 'lines', percent: expect.closeTo(92.31, 2) },
    })
  })

  it('does not count an excluded line that ran: older versions list it among the executed', () => {
    const { facts, problems } = read(fixture('coveragepy-json/valid-old.json'))
    expect(hits(facts.files[0])).toEqual({ 1: 1, 2: 1, 3: 1, 9: 0 })
    expect(facts.totals.lines).toEqual({ covered: 3, total: 4 })
    expect(problems.map(({ message }) => message)).toEqual([
      'lists 1 line both as executed and as excluded, which no total counts',
    ])
  })

  it('is nothing where no file is there, though the tool says 100', () => {
    expect(read(fixture('coveragepy-json/empty.json')).facts.totals.lines).toEqual({ covered: 0, total: 0 })
  })

  const file = (more: object = {}) => ({ 'a.py': { executed_lines: [1], missing_lines: [2], ...more } })
  it('uses the lower share where the totals are not those of the files', () => {
    const result = read({ meta: {}, files: file(), totals: { covered_lines: 2, num_statements: 2 } })
    expect(result.facts.totals.lines).toEqual({ covered: 1, total: 2 })
    expect(codes(result)).toEqual(['declared_recount_differ'])
  })

  it.each([
    ['a file without missing lines', file({ missing_lines: undefined })],
    ['a line in quotes', file({ executed_lines: ['1'] })],
    ['a negative line', file({ executed_lines: [-1] })],
    ['branches that are no pairs', file({ executed_branches: [1] })],
  ])('refuses %s', (_, files) => expect(() => read({ meta: {}, files })).toThrow('a.py'))
})
