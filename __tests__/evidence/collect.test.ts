// Collecting: every file asked for comes back, as evidence or as rejected with a reason, hashed over the bytes that were read.
import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { Format, SourceFile } from '../../src/evidence/format.ts'
import { lcov } from '../../src/evidence/formats/coverage/lcov.ts'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { EvidenceClaim } from '../../src/model/evidence.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { collect } from '../support/collect.ts'
import { fileOf } from '../support/fixtures.ts'

const claim: EvidenceClaim = { metrics: ['test_coverage'], level: null, component: null, discovered: false, committed: false }
const LCOV = 'SF:a.js\nDA:1,1\nend_of_record\n'
const ask = (file: SourceFile, format: string | null = null) => ({ file, claim, format })
const one = (file: SourceFile, format: string | null = null, limits = DEFAULT_LIMITS, formats?: readonly Format[]) => {
  const { evidence, rejected, notices } = collect([ask(file, format)], limits, formats)
  expect(evidence.length + rejected.length).toBe(1)
  return { evidence: evidence[0], rejected: rejected[0], notices }
}

describe('a usable file', () => {
  it('comes with its hash, size, format, claim and origin', () => {
    const origin = { type: 'artifact', name: 'reports', id: 7, runId: 9, digest: null, digestChecked: false } as const
    const file = { ...fileOf(LCOV, 'cov/lcov.info', 3), origin, modifiedAt: '2026-01-01T00:00:00.000Z', tracked: true }
    expect(one(file).evidence).toMatchObject({
      ref: { path: 'cov/lcov.info', origin, sha256: createHash('sha256').update(LCOV).digest('hex') },
      bytes: LCOV.length,
      format: 'lcov',
      kind: 'coverage',
      declaredBy: claim,
      modifiedAt: '2026-01-01T00:00:00.000Z',
      tracked: true,
      problems: [],
    })
  })

  it('is told by its content, whatever its name', () => {
    expect(one(fileOf(LCOV, 'junit.xml')).evidence?.format).toBe('lcov')
    expect(one(fileOf('<testsuite name="a"/>', 'lcov.info')).evidence?.format).toBe('junit')
  })

  it('is hashed over the very bytes that were read, even where its reader stops early', () => {
    const lazy: Format = {
      ...lcov,
      read: (source) => ({
        ...lcov.read({ ...source, chunks: () => [] }, DEFAULT_LIMITS),
        facts: lcov.read(source, DEFAULT_LIMITS).facts,
      }),
    }
    expect(one(fileOf(LCOV), null, DEFAULT_LIMITS, [lazy]).evidence?.ref.sha256).toBe(
      createHash('sha256').update(LCOV).digest('hex'),
    )
  })

  it('of the usual size is opened once, however often its readers look at it', () => {
    let opened = 0
    const xml = fileOf('<?xml version="1.0"?><testsuite name="a"><testcase name="b"/></testsuite>', 'r.xml', 7)
    const chunks = () => {
      opened++
      return xml.chunks()
    }
    const file = { ...xml, chunks }
    expect(one(file).evidence?.facts).toMatchObject({ totals: { passed: 1 } })
    expect(opened).toBe(1)
  })

  it('twice is said, and both are kept for admission to choose from', () => {
    const { evidence, notices } = collect(
      [ask(fileOf(LCOV, 'a')), ask(fileOf(`${LCOV}\n`, 'b')), ask(fileOf(LCOV, 'c'))],
      DEFAULT_LIMITS,
    )
    expect(evidence.map((found) => found.ref.path)).toEqual(['a', 'b', 'c'])
    expect(notices).toMatchObject([{ code: 'evidence_duplicate', path: 'c', message: expect.stringContaining('a') }])
  })
})

describe('an unusable file', () => {
  it.each([
    ['', 'empty', 'evidence_unreadable'],
    ['\0\u0001\u0002', 'evidence_unrecognised', 'evidence_unrecognised'],
    ['hello', 'evidence_unrecognised', 'evidence_unrecognised'],
    ['<html></html>', 'evidence_unrecognised', 'evidence_unrecognised'],
    ['<testsuite><testcase>', 'xml_truncated', 'evidence_unreadable'],
  ])('%j is rejected: %s', (content, code, why) => {
    const { rejected } = one(fileOf(content, 'x'))
    expect(rejected).toMatchObject({
      path: 'x',
      declaredBy: claim,
      problems: [{ code, path: 'x' }],
      reason: { code: why, args: { path: 'x' } },
    })
  })

  it('names the place in its reason', () => {
    const { rejected } = one(fileOf('<testsuite>\n<testcase></a>', 'x'))
    expect(rejected?.reason).toMatchObject({ args: { why: expect.stringContaining('(line 2, column 11)') } })
    expect(rejected).toMatchObject({ format: 'junit', kind: 'tests', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('claimed by two formats is ambiguous, and a declared format settles it', () => {
    const twin: Format = { ...lcov, id: 'tap' }
    const formats = [lcov, twin]
    expect(one(fileOf(LCOV, 'x'), null, DEFAULT_LIMITS, formats).rejected?.reason).toEqual({
      code: 'evidence_ambiguous',
      args: { path: 'x', formats: ['lcov', 'tap'] },
    })
    expect(one(fileOf(LCOV, 'x'), 'tap', DEFAULT_LIMITS, formats).evidence?.format).toBe('tap')
  })

  it('declared in a format that is not known, or that it is not in', () => {
    expect(one(fileOf(LCOV), 'no-such-format').rejected?.problems[0]?.code).toBe('evidence_unrecognised')
    expect(one(fileOf(LCOV), 'trx').rejected).toMatchObject({
      format: 'trx',
      problems: [{ code: 'xml_malformed', line: 1, column: 1 }],
    })
  })

  it('that cannot be opened, or whose reader fails, stops no other file', () => {
    const broken: SourceFile = {
      ...fileOf(LCOV, 'locked'),
      chunks: () => {
        throw new CertifyError('unreadable', 'locked cannot be read (EACCES)')
      },
    }
    const faulty: Format = {
      ...lcov,
      read: () => {
        throw new TypeError('bug')
      },
    }
    const { evidence, rejected } = collect([ask(broken), ask(fileOf(LCOV, 'fine'))], DEFAULT_LIMITS)
    expect(rejected).toMatchObject([{ path: 'locked', sha256: null, problems: [{ code: 'unreadable' }] }])
    expect(evidence.map((found) => found.ref.path)).toEqual(['fine'])
    expect(one(fileOf(LCOV), null, DEFAULT_LIMITS, [faulty]).rejected?.problems[0]?.code).toBe('unreadable')
  })
})

describe('limits', () => {
  it('refuse a file that is too large, also one that grew since it was found', () => {
    const limits = { ...DEFAULT_LIMITS, fileBytes: 10 }
    expect(one(fileOf(LCOV), null, limits).rejected?.problems[0]?.code).toBe('too_large')
    expect(one({ ...fileOf(LCOV), size: 5 }, null, limits).rejected?.problems[0]?.code).toBe('too_large')
    expect(one(fileOf(LCOV), null, { ...DEFAULT_LIMITS, fileBytes: LCOV.length }).rejected).toBeUndefined()
  })

  it('refuse what goes beyond the total, and files beyond the number', () => {
    const files = ['a', 'b', 'c'].map((path) => ask(fileOf(LCOV, path)))
    const total = collect(files, { ...DEFAULT_LIMITS, totalBytes: LCOV.length * 2 })
    expect([total.evidence.length, total.rejected.map((found) => found.problems[0]?.code)]).toEqual([2, ['too_large']])
    const number = collect(files, { ...DEFAULT_LIMITS, files: 1 })
    expect([number.evidence.length, number.rejected.map((found) => found.path)]).toEqual([1, ['b', 'c']])
    expect(number.rejected[0]?.problems[0]?.code).toBe('too_many')
  })

  it('of nothing is nothing', () => {
    expect(collect([], DEFAULT_LIMITS, FORMATS)).toEqual({ evidence: [], rejected: [], notices: [] })
  })
})
