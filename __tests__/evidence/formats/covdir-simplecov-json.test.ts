// What covdir and SimpleCov's coverage.json promise: every file and line once, and no share better than its lines.
import { describe, expect, it } from '@jest/globals'
import { covdir } from '../../../src/evidence/formats/coverage/covdir.ts'
import { simplecovJson } from '../../../src/evidence/formats/coverage/simplecov-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const tree = (content: unknown) => covdir.read(sourceOf(JSON.stringify(content), 'covdir.json'), DEFAULT_LIMITS)
const simple = (coverage: unknown) => {
  const content = JSON.stringify({ meta: { simplecov_version: '0.22.0' }, coverage })
  return simplecovJson.read(sourceOf(content, 'coverage.json'), DEFAULT_LIMITS)
}
const leaf = (coverage: unknown[]) => ({ children: { 'a.rs': { coverage } } })

describe('covdir', () => {
  it('reads the files of every folder, and -1 as no code', () => {
    const { facts, problems } = covdir.read(sourceOf(fixture('covdir/valid.json'), 'covdir.json'), DEFAULT_LIMITS)
    expect(facts.files.map(({ path, totals }) => [path, totals.lines])).toEqual([
      ['src/basket.rs', { covered: 2, total: 3 }],
      ['src/price/tax.rs', { covered: 2, total: 2 }],
      ['build.rs', { covered: 1, total: 1 }],
    ])
    expect(facts.totals).toEqual({ lines: { covered: 5, total: 6 }, branches: null, functions: null, statements: null })
    expect(facts.headline).toEqual({ metric: 'lines', percent: 83.33 })
    expect(problems).toEqual([])
  })

  it('counts the lower share where the total is not what the files make, and says so', () => {
    const { facts, problems } = tree({ ...leaf([1, 0]), linesCovered: 2, linesTotal: 2 })
    expect(facts.totals.lines).toEqual({ covered: 1, total: 2 })
    expect(problems).toMatchObject([{ code: 'declared_recount_differ' }])
    expect(tree({ ...leaf([1, 1]), linesCovered: 1, linesTotal: 2 }).facts.totals.lines).toEqual({ covered: 1, total: 2 })
  })

  it.each([
    ['more lines covered than there are', { ...leaf([1]), linesCovered: 2, linesTotal: 1 }],
    ['hits in quotes', leaf(['1'])],
    ['hits below -1', leaf([-2])],
    ['an absent number of hits', leaf([null])],
    ['an entry of neither kind', { children: { 'a.rs': {} } }],
    ['an entry of both kinds', { children: { src: { children: {}, coverage: [1] } } }],
    ['a root without children', { coveragePercent: 100 }],
  ])('refuses %s', (_, content) => expect(() => tree(content)).toThrow())
})

describe('simplecov-json', () => {
  it('reads lines and branches, and passes over what is no code or is ignored', () => {
    const { facts, info } = simplecovJson.read(sourceOf(fixture('simplecov-json/valid.json'), 'coverage.json'), DEFAULT_LIMITS)
    expect(facts.totals).toMatchObject({ lines: { covered: 4, total: 5 }, branches: { covered: 1, total: 2 } })
    expect(facts.files.map(({ path }) => path)).toEqual(['/app/lib/basket.rb', '/app/lib/tax.rb'])
    expect(info.producer).toBe('SimpleCov 0.22.0')
  })

  it('has 0 of 0 lines where nothing was loaded, which is no share', () =>
    expect(simple({}).facts.totals.lines).toEqual({ covered: 0, total: 0 }))

  it.each([
    ['a file without lines', { 'a.rb': {} }],
    ['hits in quotes', { 'a.rb': { lines: ['1'] } }],
    ['negative hits', { 'a.rb': { lines: [-1] } }],
    ['a branch without hits', { 'a.rb': { lines: [1], branches: [{ start_line: 1 }] } }],
    ['a branch on no line', { 'a.rb': { lines: [1], branches: [{ start_line: -1, coverage: 1 }] } }],
    ['a list for files', []],
  ])('refuses %s', (_, coverage) => expect(() => simple(coverage)).toThrow())
})
