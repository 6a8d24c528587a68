// What is made for a service or by .NET tools: Codecov, Coveralls, Code Climate, SonarQube, OpenCover.
import { describe, expect, it } from '@jest/globals'
import { codecovJson } from '../../../src/evidence/formats/coverage/codecov-json.ts'
import { coverallsJson } from '../../../src/evidence/formats/coverage/coveralls-json.ts'
import { gcovrSummary } from '../../../src/evidence/formats/coverage/gcovr-summary.ts'
import { opencover } from '../../../src/evidence/formats/coverage/opencover.ts'
import { sonarGeneric } from '../../../src/evidence/formats/coverage/sonar-generic.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { FileCoverage } from '../../../src/model/evidence.ts'
import { fixture, sourceOf } from '../../support/source.ts'

type Content = string | Uint8Array | object
const bytes = (content: Content) =>
  typeof content === 'string' ? content : content instanceof Uint8Array ? content : JSON.stringify(content)
const reading = (format: typeof codecovJson) => (content: Content) => format.read(sourceOf(bytes(content)), DEFAULT_LIMITS)
const hits = (file: FileCoverage | undefined) =>
  Object.fromEntries([...file!.lines!.lines].map((line, at) => [line, file!.lines!.hits[at]]))
const branches = (file: FileCoverage | undefined) =>
  Object.fromEntries(
    [...file!.branches!.lines].map((line, at) => [line, `${file!.branches!.covered[at]}/${file!.branches!.total[at]}`]),
  )

describe('Codecov', () => {
  const read = reading(codecovJson)

  it('counts a line of which a part ran as not covered, as Codecov does', () => {
    const { facts } = read(fixture('codecov-json/valid.json'))
    expect(facts.totals).toEqual({ lines: { covered: 21, total: 26 }, branches: null, functions: null, statements: null })
    expect(hits(facts.files[0])).toMatchObject({ 2: 1, 14: 0, 15: 0, 20: 0 })
  })

  it('reads lists, whose first entry is no line, beside objects', () => {
    const { facts } = read(fixture('codecov-json/valid-list.json'))
    expect(facts.files.map(hits)).toEqual([
      { 1: 3, 2: 0, 4: 0, 5: 0, 6: 1 },
      { 1: 1, 4: 0 },
    ])
    expect(facts.totals.lines).toEqual({ covered: 3, total: 7 })
  })

  it('takes no part of none for a covered line', () => {
    expect(read({ coverage: { a: { 1: '0/0' } } }).facts.totals.lines).toEqual({ covered: 0, total: 1 })
  })

  it.each([
    ['hits in quotes', { a: { 1: '1' } }],
    ['more parts than there are', { a: { 1: '3/2' } }],
    ['negative hits', { a: { 1: -1 } }],
    ['false', { a: { 1: false } }],
    ['a key that is no line', { a: { one: 1 } }],
    ['a line out of range', { a: { 9999999999: 1 } }],
    ['lines that are a number', { a: 1 }],
  ])('refuses %s', (_, coverage) => expect(() => read({ coverage })).toThrow('a: '))
})

describe('Coveralls', () => {
  const read = reading(coverallsJson)

  it('agrees with the other reports gcovr makes of the same run', () => {
    const { facts, info } = read(fixture('coveralls-json/valid.json'))
    const { lines, branches: paths } = gcovrSummary.read(sourceOf(fixture('gcovr-summary/valid.json')), DEFAULT_LIMITS).facts
      .totals
    expect(facts.totals).toMatchObject({ lines, branches: paths })
    expect(branches(facts.files[0])).toEqual({ 3: '2/2', 5: '1/2', 7: '2/4', 13: '1/2' })
    expect(info).toMatchObject({ commit: '0123456789abcdef0123456789abcdef01234567', createdAt: '2026-11-26T06:11:34.000Z' })
  })

  it('reads Code Climate, which writes the list into a string, and shows its percentage', () => {
    const { facts, info } = read(fixture('coveralls-json/valid-codeclimate.json'))
    expect(facts).toMatchObject({
      totals: { lines: { covered: 2, total: 3 } },
      declared: null,
      headline: { metric: 'covered_percent', percent: 66.7 },
    })
    expect(info.commit).toBe('0123456789abcdef0123456789abcdef01234567')
  })

  it.each([
    ['2026-11-26 06:11:34 +0100', '2026-11-26T05:11:34.000Z'],
    ['2026-11-26T06:11:34Z', '2026-11-26T06:11:34.000Z'],
    ['yesterday', null],
  ])('reads the time %s', (run_at, createdAt) => expect(read({ run_at, source_files: [] }).info.createdAt).toBe(createdAt))

  it('makes one file of one that is named twice', () => {
    const file = (coverage: unknown[]) => ({ name: 'a.rb', coverage })
    const { facts } = read({ source_files: [file([1, 0]), file([0, 1])] })
    expect(facts.files).toHaveLength(1)
    expect(facts.totals.lines).toEqual({ covered: 2, total: 2 })
  })

  const one = (file: object) => ({ source_files: [{ name: 'a.rb', coverage: [], ...file }] })
  it.each([
    ['hits in quotes', one({ coverage: ['1'] })],
    ['negative hits', one({ coverage: [-1] })],
    ['negative hits in the string', one({ coverage: '[1,-1]' })],
    ['a string that is no list', one({ coverage: '1,1' })],
    ['no coverage', one({ coverage: undefined })],
    ['branches that are not four numbers each', one({ branches: [1, 0, 0] })],
    ['a file without a name', one({ name: '' })],
    ['no files', {}],
  ])('refuses %s', (_, content) => expect(() => read(content)).toThrow())
})

describe('SonarQube', () => {
  const read = reading(sonarGeneric)

  it('agrees with the other reports gcovr makes of the same run', () => {
    const { facts } = read(fixture('sonar-generic/valid.xml'))
    expect(facts.totals).toMatchObject({ lines: { covered: 16, total: 20 }, branches: { covered: 8, total: 14 } })
  })

  const line = (attributes: string, version = 1) =>
    `<coverage version="${version}"><file path="a.c"><lineToCover ${attributes}/></file></coverage>`

  it('takes no branch as covered that is not said to be', () => {
    const { facts } = read(line('lineNumber="1" covered="true" branchesToCover="2"'))
    expect(facts.totals).toMatchObject({ lines: { covered: 1, total: 1 }, branches: { covered: 0, total: 2 } })
  })

  it.each([
    ['covered in other words', line('lineNumber="1" covered="yes"')],
    ['no word', line('lineNumber="1"')],
    ['no line number', line('covered="true"')],
    ['a negative line', line('lineNumber="-1" covered="true"')],
    ['more branches covered than there are', line('lineNumber="1" covered="true" branchesToCover="1" coveredBranches="2"')],
    ['another version', line('lineNumber="1" covered="true"', 2)],
    ['a line outside any file', '<coverage version="1"><lineToCover lineNumber="1" covered="true"/></coverage>'],
    ['a file without a path', '<coverage version="1"><file/></coverage>'],
    ['another root', '<report version="1"/>'],
  ])('refuses %s', (_, content) => expect(() => read(content)).toThrow())
})

describe('OpenCover', () => {
  const read = reading(opencover)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(fixture('opencover/valid.xml'))

  it('counts sequence points for lines, per file too, and lets a line be hit by any of its points', () => {
    const { facts, info, problems } = read(fixture('opencover/valid.xml'))
    const points = { covered: 6, total: 8 }
    expect(facts).toMatchObject({
      totals: { lines: points, statements: points, branches: { covered: 6, total: 9 }, functions: { covered: 2, total: 3 } },
      headline: { metric: 'sequence points', percent: 75 },
      files: [
        { path: 'C:/shop/Basket.cs', totals: { lines: { covered: 4, total: 6 } } },
        { path: 'C:/shop/Stock.cs', totals: { lines: { covered: 2, total: 2 } } },
      ],
    })
    expect(hits(facts.files[0])).toEqual({ 7: 2, 8: 2, 9: 1, 10: 2, 14: 0 })
    expect(branches(facts.files[0])).toEqual({ 8: '2/2', 9: '1/2' })
    expect([info.producer, info.createdAt, problems]).toEqual(['OpenCover 4.7.1221.0', null, []])
  })

  it('agrees with coverlet, which does not count entries of methods as branches', () => {
    const { facts, problems } = read(fixture('opencover/valid-coverlet.xml'))
    expect(facts.totals.branches).toEqual({ covered: 4, total: 6 })
    expect(problems).toEqual([])
  })

  it('uses the lower share where points and summary differ, and says so', () => {
    const more = read(text.replace('visitedSequencePoints="6"', 'visitedSequencePoints="8"'))
    expect(more.facts.totals.lines).toEqual({ covered: 6, total: 8 })
    expect(more.problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
    const branchy = read(text.replace('visitedBranchPoints="6"', 'visitedBranchPoints="9"'))
    expect(branchy.facts.totals.branches).toEqual({ covered: 4, total: 6 })
  })

  it('counts the points where no summary stands', () => {
    const { facts } = read(text.replace(/<Summary num[^>]*>/, ''))
    expect(facts).toMatchObject({
      declared: null,
      headline: null,
      totals: { lines: { covered: 6, total: 8 }, functions: { covered: 2, total: 3 } },
    })
  })

  it('numbers files anew in each module', () => {
    const module = (path: string) =>
      `<Module><Files><File uid="1" fullPath="${path}"/></Files><Classes><Class><Methods><Method><FileRef uid="1"/><SequencePoints><SequencePoint vc="1" sl="1"/></SequencePoints></Method></Methods></Class></Classes></Module>`
    const { facts } = read(`<CoverageSession><Modules>${module('a.cs')}${module('b.cs')}</Modules></CoverageSession>`)
    expect(facts.files.map(({ path }) => path)).toEqual(['a.cs', 'b.cs'])
  })

  it.each([
    ['negative visits', text.replace('vc="2"', 'vc="-2"')],
    ['visits that are no number', text.replace('vc="2"', 'vc="NaN"')],
    ['a point without visits', text.replace('vc="2" ', '')],
    ['a point without a line', text.replace('sl="7" ', '')],
    ['a point of no file', text.replace('<File uid="1" fullPath="C:\\shop\\Basket.cs" />', '')],
    ['more visited than there is', text.replace('visitedSequencePoints="6"', 'visitedSequencePoints="9"')],
    ['another root', '<coverage/>'],
  ])('refuses %s', (_, content) => expect(() => read(content)).toThrow())
})
