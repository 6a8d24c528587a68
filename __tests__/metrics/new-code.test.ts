// New code: covered changed lines of those that hold code; unknown before less, and said where nothing is enforced (decisions 3, 5).
import { describe, expect, it } from '@jest/globals'
import type { MetricConfig } from '../../src/model/config.ts'
import { type ChangedFile, type Diff, unknownDiff } from '../../src/model/diff.ts'
import type { Admitted, FileCoverage } from '../../src/model/evidence.ts'
import { codes, configOf, coverageFacts, file, lines, measured, testCase, tests } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const report = (path: string, ...files: FileCoverage[]): Admitted => admitted(path, 'component', coverageFacts(...files))

/** A file whose lines from..to are new. */
const changed = (path: string, from = 1, to = 10, change: Partial<ChangedFile> = {}): ChangedFile => ({
  path,
  from: null,
  status: 'modified',
  added: [[from, to]],
  unread: null,
  generated: null,
  ...change,
})

interface Change {
  files: ChangedFile[]
  repository?: string[]
  metric?: Partial<MetricConfig>
  found?: Admitted[]
}

function newCode({ files, repository, metric = {}, found = [report('lcov.info', lines(8, 10))] }: Change) {
  const diff: Diff = { base: 'b'.repeat(40), files, problem: null }
  const known = new Set(repository ?? files.map((one) => one.path))
  return measured(configOf({ family: 'new_code', minLines: 1, ...metric }), found, { diff, repository: known })
}

describe('the figure', () => {
  it('is of changed lines that hold code, and of nothing else', () => {
    const found = newCode({
      files: [changed('src/a.ts', 3, 9), changed('src/b.ts', 2, 2)],
      found: [report('lcov.info', lines(6, 10), { ...file('src/b.ts', [0, 1]) })],
    })
    expect(found).toMatchObject({
      state: 'known',
      value: 62.5,
      formula: '5 / 8 changed lines = 62.5 %',
      ratio: { good: 5, total: 8, what: 'changed lines' },
      parts: [{ name: 'src/a.ts', path: 'src/a.ts', state: 'short', detail: '4 of 7 changed lines', ranges: [[7, 9]], lacks: 3 }],
    })
  })

  it('counts a line once over all reports, covered where any covers it', () => {
    const found = newCode({
      files: [changed('src/a.ts', 1, 4)],
      found: [report('1', file('src/a.ts', [1, 0, 0])), report('2', file('/app/src/a.ts', [0, 0, 1, 0]))],
      repository: ['src/a.ts'],
    })
    expect(found.ratio).toEqual({ good: 2, total: 4, what: 'changed lines' })
    expect(found.basis.map((ref) => ref.path)).toEqual(['1', '2'])
  })

  it('names the worst files first, by their paths in the repository, with the lines to cover', () => {
    const found = newCode({
      files: [
        changed('src/a.ts', 1, 3),
        changed('src/b.ts', 1, 9, {
          added: [
            [1, 4],
            [7, 9],
          ],
        }),
      ],
      found: [report('lcov.info', file('/x/src/a.ts', [1, 0, 1]), file('/x/src/b.ts', [0, 0, 1, 0, 0, 0, 0, 1, 0]))],
    })
    expect(found.parts).toMatchObject([
      {
        name: 'src/b.ts',
        ranges: [
          [1, 2],
          [4, 4],
          [7, 7],
          [9, 9],
        ],
        sizes: [2, 1, 1, 1],
        kind: 'file',
        lacks: 5,
      },
      { name: 'src/a.ts', ranges: [[2, 2]] },
    ])
  })

  it('takes what a report knows: tests, too, where they are covered code', () => {
    const found = newCode({
      files: [changed('tests/a.py', 1, 2)],
      found: [report('lcov.info', file('tests/a.py', [1, 0]), file('shop/cart.py', [1]))],
    })
    expect(found.value).toBe(50)
  })

  it('is kept from passing by a failed test, as coverage is', () => {
    const failing = admitted('junit.xml', 'component', tests([testCase('adds up', 'failed')]))
    const found = newCode({ files: [changed('src/a.ts')], found: [report('lcov.info', lines(10, 10)), failing] })
    expect(found).toMatchObject({ value: 100, capped: 'fail' })
  })
})

describe('nothing to enforce', () => {
  it.each<[string, ChangedFile[]]>([
    ['no file at all', []],
    ['documents', [changed('README.md')]],
    ['comments and blank lines', [changed('src/a.ts', 100, 120)]],
    ['a file that only moved', [changed('src/a.ts', 1, 1, { from: 'lib/a.ts', status: 'renamed', added: [] })]],
    ['a file that is gone', [changed('src/z.ts', 1, 1, { status: 'deleted', added: [] })]],
    ['lines that are gone', [changed('src/a.ts', 1, 1, { added: [] })]],
    ['a picture', [changed('logo.png', 1, 1, { added: [], unread: 'binary' })]],
    ['tests that no report knows', [changed('test/a.test.ts'), changed('src/b.spec.ts'), changed('src/types.d.ts')]],
  ])('%s: said, and let through', (_, files) => {
    const found = newCode({ files })
    expect(found).toMatchObject({ state: 'not_applicable', value: null })
    expect(codes(found)).toEqual(['new_code_nothing'])
  })

  it.each([
    [19, 'not_applicable', ['new_code_small'], null],
    [20, 'known', [], 50],
  ] as const)('with %d changed lines and min_lines 20: %s', (total, state, why, value) => {
    const covered = Math.floor(total / 2)
    const found = newCode({
      files: [changed('src/a.ts', 1, 100)],
      found: [report('lcov.info', lines(covered, total))],
      metric: { minLines: 20 },
    })
    expect(found).toMatchObject({ state, value, ratio: { good: covered, total } })
    expect(codes(found)).toEqual(why)
  })

  it('on a run of a branch itself, where there is no change', () => {
    const found = measured(configOf({ family: 'new_code' }), [report('lcov.info', lines(1, 2))], { diff: null })
    expect(found).toMatchObject({ state: 'not_applicable', value: null })
    expect(codes(found)).toEqual(['no_change'])
  })
})

describe('not known', () => {
  it.each<[string, Change, string]>([
    ['a changed source file that no report knows', { files: [changed('src/b.ts')] }, 'file_not_in_report'],
    ['the same in another ending of its language', { files: [changed('src/b.tsx')] }, 'file_not_in_report'],
    [
      'a covered file that is binary to git',
      { files: [changed('src/a.ts', 1, 1, { added: [], unread: 'binary' })] },
      'file_lines_unknown',
    ],
    ['one that GitHub left out', { files: [changed('src/a.ts', 1, 1, { added: [], unread: 'left_out' })] }, 'file_lines_unknown'],
    [
      'one of which the report has totals alone',
      {
        files: [changed('src/b.ts')],
        found: [report('1', lines(1, 1)), report('2', { ...lines(1, 2, 'src/b.ts'), lines: null })],
      },
      'file_lines_unknown',
    ],
    [
      'reports without any lines',
      { files: [changed('src/a.ts')], found: [report('1', { ...lines(1, 2), lines: null }), report('2')] },
      'nothing_measured',
    ],
    [
      'a path that may be two files',
      {
        files: [changed('web/src/x.ts')],
        repository: ['web/src/x.ts', 'api/src/x.ts'],
        found: [report('lcov.info', file('src/x.ts', [1]))],
      },
      'file_unclear',
    ],
  ])('%s', (_, change, code) => {
    // However good the rest is, and however little it is.
    for (const minLines of [1, 20]) {
      const found = newCode({ ...change, files: [...change.files], metric: { minLines } })
      expect(found).toMatchObject({ state: 'no_evidence', value: null })
      expect(codes(found)).toContain(code)
    }
  })

  it('names each file, and still tells what is known of the others', () => {
    const found = newCode({ files: [changed('src/a.ts'), changed('src/b.ts'), changed('src/c.ts')] })
    expect(found.reasons.map((one) => one.args)).toEqual([{ file: 'src/b.ts' }, { file: 'src/c.ts' }])
    expect(found.ratio).toEqual({ good: 8, total: 10, what: 'changed lines' })
  })

  it('a diff that is not whole, whatever is in it', () => {
    const diff = { ...unknownDiff('GitHub lists only the first 300 files of it'), files: [changed('src/a.ts')] }
    const found = measured(configOf({ family: 'new_code' }), [report('lcov.info', lines(9, 9))], { diff })
    expect(found).toMatchObject({ state: 'no_evidence', value: null })
    expect(codes(found)).toEqual(['diff_incomplete'])
  })

  it('no coverage report, also where there is no change', () => {
    for (const diff of [null, { base: null, files: [], problem: null }]) {
      expect(measured(configOf({ family: 'new_code' }), [], { diff }).state).toBe('no_evidence')
    }
  })
})

describe('left out', () => {
  it('is what the policy excludes, or does not include', () => {
    for (const metric of [{ exclude: ['src/gen/**'] }, { include: ['src/*.ts'] }]) {
      const found = newCode({ files: [changed('src/a.ts'), changed('src/gen/b.ts')], metric })
      expect(found).toMatchObject({ state: 'known', value: 80 })
    }
  })

  it('is what a program wrote, known to reports or not, and that is said', () => {
    const generated = 'marked as generated in .gitattributes'
    const found = newCode({
      files: [changed('src/a.ts'), changed('src/b.ts', 1, 9, { generated }), changed('src/c.pb.ts', 1, 9, { generated })],
      found: [report('lcov.info', lines(8, 10), lines(0, 9, 'src/b.ts'))],
    })
    expect(found).toMatchObject({ state: 'known', value: 80 })
    expect(found.reasons).toEqual([])
    expect(found.parts.filter((part) => part.state === 'pass').map((part) => [part.path, part.detail])).toEqual([
      ['src/b.ts', generated],
      ['src/c.pb.ts', generated],
    ])
  })
})
