// What the coverage formats that are lines or XML promise: what is counted, from which dialect, and what is refused.
import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { clover } from '../../../src/evidence/formats/coverage/clover.ts'
import { cobertura } from '../../../src/evidence/formats/coverage/cobertura.ts'
import { goCoverprofile } from '../../../src/evidence/formats/coverage/go-coverprofile.ts'
import { jacoco } from '../../../src/evidence/formats/coverage/jacoco.ts'
import { lcov } from '../../../src/evidence/formats/coverage/lcov.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (format: Format<'coverage'>, content: string | Uint8Array) =>
  format.read(sourceOf(content, 'report'), DEFAULT_LIMITS)
const readFile = (format: Format<'coverage'>, name: string) => read(format, fixture(`${format.id}/${name}`))

function refusalOf(format: Format<'coverage'>, content: string | Uint8Array) {
  try {
    read(format, content)
  } catch (error) {
    if (error instanceof CertifyError) return error.problems[0]
    throw error
  }
  return null
}

const linesOf = (result: ReturnType<typeof read>, path: string) => {
  const file = result.facts.files.find((one) => one.path === path)
  return file?.lines && Object.fromEntries([...file.lines.lines].map((line, at) => [line, file.lines!.hits[at]]))
}

describe('the figures the tools print', () => {
  it.each([
    // lcov --summary: lines 16 of 17, functions 5 of 5, branches 15 of 28.
    ['valid-template.info', lcov, [16, 17], [15, 28], [5, 5]],
    // gcovr: lines 16 of 20, branches 8 of 14; its Clover has no branches.
    ['valid-gcovr.xml', jacoco, [16, 20], [8, 14], [3, 3]],
    ['valid-gcovr.xml', clover, [16, 20], null, null],
    // vitest: lines 66.66 %, branches 46.66 %.
    ['valid-vitest.xml', cobertura, [8, 12], [7, 15], null],
    // nyc: lines 90 %, branches 54.54 %, functions 75 %.
    ['valid-nyc.xml', clover, [9, 10], [6, 11], [3, 4]],
  ] as const)('%s', (name, format, lines, branches, functions) => {
    const { totals } = readFile(format, name).facts
    const ratio = (pair: readonly [number, number] | null) => pair && { covered: pair[0], total: pair[1] }
    expect(totals).toMatchObject({ lines: ratio(lines), branches: ratio(branches), functions: ratio(functions) })
  })
})

describe('lcov', () => {
  it('counts what coverage.py wrote, line by line', () => {
    const result = readFile(lcov, 'valid.info')
    expect(result.facts.totals).toEqual({
      lines: { covered: 25, total: 27 },
      branches: { covered: 3, total: 4 },
      functions: { covered: 7, total: 8 },
      statements: null,
    })
    expect(result.facts.files.map((file) => [file.path, file.totals.lines])).toEqual([
      ['basket.py', { covered: 12, total: 13 }],
      ['test_ok.py', { covered: 13, total: 14 }],
    ])
    expect(linesOf(result, 'basket.py')).toMatchObject({ 1: 1, 12: 0, 16: 1 })
    expect([...result.facts.files[0]!.branches!.lines]).toEqual([6, 11])
    expect([...result.facts.files[0]!.branches!.covered]).toEqual([2, 1])
    expect(result.problems).toEqual([])
  })

  it('makes one file of the records of several tests', () => {
    const result = readFile(lcov, 'valid-repeated.info')
    expect(result.facts.totals.lines).toEqual({ covered: 3, total: 3 })
    expect(linesOf(result, 'src/a.c')).toEqual({ 1: 2, 2: 1, 3: 4 })
    expect(result.facts.totals.branches).toEqual({ covered: 1, total: 2 })
    expect(result.problems).toEqual([])
  })

  it('counts a branch once that geninfo lists for each instance of a template, taken where any instance took it', () => {
    const instance = (yes: string, no: string) => `BRDA:7,0,0,${yes}\nBRDA:7,0,1,${no}\nBRDA:9,0,0,-\n`
    const text = (stated: string) =>
      `SF:a.hpp\nDA:7,2\nDA:9,0\n${instance('1', '0')}${instance('0', '0')}${instance('0', '3')}${stated}end_of_record\n`
    const once = read(lcov, text(''))
    expect(once.facts.totals.branches).toEqual({ covered: 2, total: 3 })
    expect([...once.facts.files[0]!.branches!.covered, ...once.facts.files[0]!.branches!.total]).toEqual([2, 0, 2, 1])
    expect(read(lcov, text('BRF:9\nBRH:2\n')).facts.totals.branches).toEqual({ covered: 2, total: 9 })
    // Expressions may hold commas: the last one ends them.
    const expressions = read(lcov, 'SF:a\nDA:1,1\nBRDA:1,0,f(a,b),1\nBRDA:1,0,f(a,c),0\nend_of_record\n')
    expect(expressions.facts.totals.branches).toEqual({ covered: 1, total: 2 })
  })

  it('takes a record without lines by its totals, and says so', () => {
    const result = readFile(lcov, 'valid-summary.info')
    expect(result.facts.totals.lines).toEqual({ covered: 6, total: 8 })
    expect(result.facts.files[0]).toMatchObject({ path: 'src/lib.rs', lines: null })
    expect(result.facts.totals.branches).toBeNull()
    expect(result.problems).toMatchObject([{ code: 'declared_recount_differ' }])
  })

  it('uses the lower share where totals and lines differ', () => {
    const record = (found: number, hit: number) => `SF:a\nDA:1,1\nDA:2,0\nLF:${found}\nLH:${hit}\nend_of_record\n`
    expect(read(lcov, record(1, 1)).facts.totals.lines).toEqual({ covered: 1, total: 2 })
    expect(read(lcov, record(10, 2)).facts.totals.lines).toEqual({ covered: 2, total: 10 })
    expect(read(lcov, record(2, 1)).problems).toEqual([])
    expect(read(lcov, record(1, 1)).problems).toMatchObject([
      { code: 'declared_recount_differ', message: expect.stringContaining('1 of 1 lines') },
    ])
  })

  it('finds lines in any order, and no more than one a number', () => {
    const result = read(lcov, 'SF:a\nDA:9,1\nDA:2,0\nDA:9,3\nDA:1,4294967299\nend_of_record\n')
    expect(linesOf(result, 'a')).toEqual({ 1: 4294967295, 2: 0, 9: 4 })
    expect(result.facts.totals.lines).toEqual({ covered: 2, total: 3 })
  })

  it('passes over keys it has no use for; says 0 of 0 of nothing', () => {
    expect(read(lcov, 'TN:\nSF:a\nVER:1\nMCDC:1,2,t,0,0,x\nDA:1,1\nend_of_record\n').facts.totals.lines).toEqual({
      covered: 1,
      total: 1,
    })
    expect(read(lcov, '').facts.totals.lines).toEqual({ covered: 0, total: 0 })
  })

  it.each([
    ['SF:a\nDA:1,1\n', 'truncated', 2],
    ['SF:a\nSF:b\n', 'truncated', 2],
    ['SF:a\nDA:1,-1\nend_of_record\n', 'line_malformed', 2],
    ['SF:a\nDA:1,NaN\nend_of_record\n', 'line_malformed', 2],
    ['SF:a\nDA:,1\nend_of_record\n', 'line_malformed', 2],
    ['SF:a\nDA:1,\nend_of_record\n', 'line_malformed', 2],
    ['SF:a\nDA:4294967296,1\nend_of_record\n', 'line_malformed', 2],
    ['SF:a\nDA:1,1.5\nend_of_record\n', 'line_malformed', 2],
    ['DA:1,1\n', 'line_malformed', 1],
    ['SF:a\nend_of_record\nBRDA:1,0,0,1\n', 'line_malformed', 3],
    ['SF:\nend_of_record\n', 'line_malformed', 1],
    ['SF:a\nBRDA:1,0,0,x\nend_of_record\n', 'bad_number', 2],
    ['SF:a\nLF:-2\nend_of_record\n', 'bad_number', 2],
    ['SF:a\nLF:1\nLH:2\nend_of_record\n', 'impossible_total', 4],
    ['SF:a\nwhat is this\nend_of_record\n', 'line_malformed', 2],
    [`SF:${'a'.repeat(2_000_000)}`, 'line_too_long', 1],
  ])('refuses %.40j', (text, code, line) => {
    expect(refusalOf(lcov, text)).toMatchObject({ code, line, path: 'report' })
  })

  it('numbers lines right across blocks', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `DA:${at + 1},1\n`).join('')
    expect(refusalOf(lcov, `SF:a\n${many}DA:x\n`)).toMatchObject({ code: 'line_malformed', line: 20_002 })
  })
})

describe('cobertura', () => {
  it('reads coverage.py and jest', () => {
    const python = readFile(cobertura, 'valid.xml')
    expect(python.facts.totals).toMatchObject({ lines: { covered: 25, total: 27 }, branches: { covered: 3, total: 4 } })
    expect(python.facts.headline).toEqual({ metric: 'line-rate', percent: expect.closeTo(92.59, 6) })
    expect(python.info.createdAt).toBe('2026-11-22T11:33:21.607Z')
    expect(linesOf(python, 'basket.py')).toMatchObject({ 11: 1, 12: 0 })
    const jest = readFile(cobertura, 'valid-jest.xml')
    // Branches are as stated (3 of 5): the lines show only those of statements.
    expect(jest.facts.totals).toMatchObject({ lines: { covered: 5, total: 5 }, branches: { covered: 3, total: 5 } })
    expect(linesOf(jest, 'basket.cjs')).toEqual({ 3: 2, 6: 2, 7: 2, 10: 2, 13: 1 })
  })

  it('reads UTF-16 and Latin-1 alike', () => {
    expect(readFile(cobertura, 'valid-utf16.xml').facts).toEqual(readFile(cobertura, 'valid.xml').facts)
    expect(readFile(cobertura, 'valid-latin1.xml').facts.files[0]!.path).toBe('körbe.cjs')
  })

  const report = (attributes: string, classes: string) =>
    `<coverage ${attributes}><packages><package name="p"><classes>${classes}</classes></package></packages></coverage>`
  const oneClass = (file: string, lines: string, methods = '') =>
    `<class name="c" filename="${file}"><methods>${methods}</methods><lines>${lines}</lines></class>`

  it('counts a line of two classes once, unless the totals count it twice', () => {
    const classes =
      oneClass('a.cs', '<line number="1" hits="1"/><line number="2" hits="0"/>') + oneClass('a.cs', '<line number="1" hits="0"/>')
    expect(read(cobertura, report('line-rate="1"', classes)).facts.totals.lines).toEqual({ covered: 1, total: 2 })
    const stated = read(cobertura, report('lines-covered="1" lines-valid="3"', classes))
    expect(stated.facts.totals.lines).toEqual({ covered: 1, total: 3 })
    expect(stated.problems).toEqual([])
  })

  it('believes stated branches of which the lines may list some, as those of vitest, and no others', () => {
    const branchy = oneClass('a', '<line number="1" hits="1" branch="true" condition-coverage="50% (1/2)"/>')
    const of = (covered: number, valid: number) =>
      read(cobertura, report(`branches-covered="${covered}" branches-valid="${valid}"`, branchy)).facts.totals.branches
    expect(of(2, 3)).toEqual({ covered: 2, total: 3 })
    expect(of(3, 3)).toEqual({ covered: 1, total: 2 })
    expect(of(0, 1)).toEqual({ covered: 0, total: 1 })
  })

  it('takes lines of methods where the class lists none', () => {
    const method = '<method name="m"><lines><line number="4" hits="2"/></lines></method>'
    expect(read(cobertura, report('', oneClass('a', '', method))).facts.totals.lines).toEqual({ covered: 1, total: 1 })
    expect(read(cobertura, report('', oneClass('a', '<line number="5" hits="0"/>', method))).facts.totals.lines).toEqual({
      covered: 0,
      total: 1,
    })
  })

  it('uses the lower share, and never makes coverage of nothing', () => {
    const half = oneClass('a', '<line number="1" hits="1"/><line number="2" hits="0"/>')
    const boast = read(cobertura, report('lines-covered="9" lines-valid="9"', half))
    expect(boast.facts.totals.lines).toEqual({ covered: 1, total: 2 })
    expect(boast.problems).toMatchObject([{ code: 'declared_recount_differ' }])
    expect(read(cobertura, report('lines-covered="1" lines-valid="9"', half)).facts.totals.lines).toEqual({
      covered: 1,
      total: 9,
    })
    const nothing = readFile(cobertura, 'empty.xml')
    expect(nothing.facts.totals).toMatchObject({ lines: { covered: 0, total: 0 }, branches: null })
    expect(nothing.problems).toMatchObject([{ code: 'nothing_measured' }])
  })

  it('refuses numbers that cannot be', () => {
    expect(refusalOf(cobertura, report('lines-covered="3" lines-valid="2"', ''))).toMatchObject({ code: 'impossible_total' })
    expect(refusalOf(cobertura, report('lines-covered="-1" lines-valid="2"', ''))).toMatchObject({ code: 'bad_number' })
    expect(refusalOf(cobertura, report('', oneClass('a', '<line number="1"/>')))).toMatchObject({ code: 'wrong_format', line: 1 })
    expect(refusalOf(cobertura, report('', oneClass('a', '<line number="4294967296" hits="1"/>')))).toMatchObject({
      code: 'bad_number',
    })
    const three = '<line number="1" hits="1" branch="true" condition-coverage="150% (3/2)"/>'
    expect(refusalOf(cobertura, report('', oneClass('a', three)))).toMatchObject({ code: 'impossible_total' })
    expect(refusalOf(cobertura, '<other/>')).toMatchObject({ code: 'wrong_format' })
  })
})

describe('jacoco', () => {
  it('reads counters and lines', () => {
    const { facts, info } = readFile(jacoco, 'valid.xml')
    expect(facts.totals).toEqual({
      lines: { covered: 5, total: 7 },
      branches: { covered: 3, total: 6 },
      functions: { covered: 3, total: 4 },
      statements: null,
    })
    expect(facts.headline).toEqual({ metric: 'instructions', percent: expect.closeTo((100 * 26) / 38, 6) })
    expect(facts.files.map((file) => file.path)).toEqual(['shop/Basket.java'])
    expect([...facts.files[0]!.lines!.hits]).toEqual([1, 1, 0, 1, 1, 1, 0])
    expect([...facts.files[0]!.branches!.total]).toEqual([2, 2, 2])
    expect(info.createdAt).toBe('2026-11-22T11:33:57.701Z')
  })

  it('sums groups where the report has no counters of its own', () => {
    const { facts, problems } = readFile(jacoco, 'valid-groups.xml')
    expect(facts.totals).toEqual({
      lines: { covered: 2, total: 3 },
      branches: { covered: 1, total: 2 },
      functions: { covered: 3, total: 4 },
      statements: null,
    })
    expect(problems).toEqual([])
  })

  it('takes the counters alone where no line says whether it ran, as of gcovr', () => {
    const text = (counters: string) =>
      `<report name="r"><package name=""><sourcefile name="a.c"><line nr="1"/><line nr="2" mb="1" cb="1"/>${counters}</sourcefile>${counters}</package>${counters}</report>`
    const { facts, problems } = read(jacoco, text('<counter type="LINE" missed="1" covered="1"/>'))
    expect(facts).toMatchObject({
      totals: { lines: { covered: 1, total: 2 } },
      files: [{ lines: null, totals: { lines: { covered: 1, total: 2 }, branches: { covered: 1, total: 2 } } }],
    })
    expect(problems).toEqual([])
    expect(read(jacoco, text('')).facts).toMatchObject({ totals: { lines: null }, files: [{ totals: { lines: null } }] })
  })

  it('uses the lower share; has no lines where there are neither counters nor lines', () => {
    const text = (counter: string) =>
      `<report name="r"><package name="p"><sourcefile name="A"><line nr="1" ci="1"/><line nr="2" mi="1"/></sourcefile></package>${counter}</report>`
    const boast = read(jacoco, text('<counter type="LINE" missed="0" covered="9"/>'))
    expect([boast.facts.totals.lines, boast.problems[0]?.code]).toEqual([{ covered: 1, total: 2 }, 'declared_recount_differ'])
    expect(readFile(jacoco, 'empty.xml').facts.totals.lines).toBeNull()
  })
})

describe('clover', () => {
  it('lets statements stand for lines, as stated', () => {
    const { facts, info } = readFile(clover, 'valid-openclover.xml')
    expect(facts.totals).toEqual({
      lines: { covered: 3, total: 5 },
      branches: { covered: 1, total: 2 },
      functions: { covered: 2, total: 2 },
      statements: { covered: 3, total: 5 },
    })
    expect(info).toMatchObject({ producer: 'Clover 4.5.2', createdAt: '2026-11-22T11:33:54.745Z' })
    expect(facts.files.map((file) => file.path)).toEqual(['C:/shop/Basket.java'])
  })

  it("leaves out the tests' own code and says how much of it", () => {
    const { facts, problems } = readFile(clover, 'valid-testproject.xml')
    expect(facts.totals.lines).toEqual({ covered: 2, total: 3 })
    expect(facts.files.map((file) => file.path)).toEqual(['/shop/src/main/Till.java'])
    const said = (message: string) => [{ code: 'left_out', message, path: 'report' }]
    expect(problems).toEqual(said("2 statements of testproject left out: the tests' own code"))
    const text = (inside: string) =>
      `<coverage><project><metrics statements="1" coveredstatements="1"/><file name="a"><line num="1" count="1" type="stmt"/></file></project><testproject>${inside}</testproject></coverage>`
    const listed = '<file name="b"><line num="1" count="1" type="method"/><line num="2" count="1" type="stmt"/></file>'
    expect(read(clover, text(listed)).problems).toEqual(said("1 statement of testproject left out: the tests' own code"))
    expect(read(clover, text('<metrics statements="0" coveredstatements="0"/>')).problems).toEqual([])
    expect(read(clover, text('')).problems).toEqual([])
  })

  it("takes Istanbul's conditions for statements, and their counts for paths taken and not taken", () => {
    const { facts, problems } = readFile(clover, 'valid.xml')
    expect(facts.totals).toMatchObject({ lines: { covered: 5, total: 5 }, branches: { covered: 3, total: 5 } })
    const { lines, covered, total } = facts.files[0]!.branches!
    expect([[...lines], [...covered], [...total]]).toEqual([
      [6, 10],
      [1, 2],
      [2, 2],
    ])
    expect(problems).toEqual([
      {
        code: 'declared_recount_differ',
        message: 'the report states 5 of 5 statements and lists 2 of them as conditions: all of them count',
        path: 'report',
      },
    ])
    const missed = new TextDecoder().decode(fixture('clover/valid.xml')).replace('num="6" count="2"', 'num="6" count="0"')
    expect(read(clover, missed).facts.totals.lines).toEqual({ covered: 4, total: 5 })
  })

  it("takes Clover's for times that a condition was true and false", () => {
    const text =
      '<coverage><project><file name="a"><line num="1" type="cond" truecount="4" falsecount="0"/><line num="2" type="cond" truecount="0" falsecount="0"/></file></project></coverage>'
    const { facts } = read(clover, text)
    expect(facts.totals.branches).toEqual({ covered: 1, total: 4 })
    expect([...facts.files[0]!.lines!.hits]).toEqual([4, 0])
  })

  it('has no functions where none is counted, as of gcovr', () => {
    const text =
      '<coverage><project><metrics statements="1" coveredstatements="1" methods="0" coveredmethods="0"/><file name="a"><line num="1" count="1" type="stmt"/></file></project></coverage>'
    expect(read(clover, text).facts.totals.functions).toBeNull()
  })

  it('does not believe a total that admits fewer misses than are listed', () => {
    const text =
      '<coverage generated="1"><project><metrics statements="9" coveredstatements="9"/><file name="a"><line num="1" count="0" type="stmt"/></file></project></coverage>'
    const { facts, problems } = read(clover, text)
    expect([facts.totals.lines, problems.length]).toEqual([{ covered: 0, total: 1 }, 1])
  })
})

describe('go-coverprofile', () => {
  it('counts statements as go tool cover does', () => {
    // `go tool cover -func` said 71.4 %.
    expect(readFile(goCoverprofile, 'valid.out').facts.totals).toMatchObject({
      lines: { covered: 5, total: 7 },
      statements: { covered: 5, total: 7 },
      branches: null,
    })
    expect(readFile(goCoverprofile, 'valid-atomic.out').facts.totals).toEqual(readFile(goCoverprofile, 'valid.out').facts.totals)
  })

  it('counts a block of two profiles once, covered where one of them ran it', () => {
    expect(readFile(goCoverprofile, 'valid-merged.out').facts.totals).toEqual(readFile(goCoverprofile, 'valid.out').facts.totals)
  })

  it('spreads blocks over lines, but not those of a file that no one wrote', () => {
    const result = read(goCoverprofile, 'mode: set\na.go:2.1,3.2 1 1\na.go:3.2,4.1 1 0\nb.go:1.1,999999999.1 1 1\n')
    expect(linesOf(result, 'a.go')).toEqual({ 2: 1, 3: 1, 4: 0 })
    expect(result.facts.files[1]!.lines).toBeNull()
    expect(result.facts.totals.lines).toEqual({ covered: 2, total: 3 })
  })

  it.each([
    'mode: set\na.go:1.1,2.2 1\n',
    'mode: set\na.go:1.1,2.2 1 -1\n',
    'mode: set\na.go:9.1,2.2 1 1\n',
    'mode: set\nnonsense\n',
  ])('refuses %j', (text) => {
    expect(refusalOf(goCoverprofile, text)).toMatchObject({ code: 'line_malformed', line: 2 })
  })
})
