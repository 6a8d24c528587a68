import { describe, expect, it } from '@jest/globals'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { inspect } from '../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../support/source.ts'

const look = (content: string | Uint8Array, path = 'report.json') => inspect(sourceOf(content, path), DEFAULT_LIMITS)
const BLOCKS = ['coverage', 'tests', 'performance', 'security', 'documentation', 'checklist', 'reliability']

describe('inspect', () => {
  it('says all of one file, in the published shape', () => {
    const { sha256, ...rest } = look(fixture('istanbul-summary/failing.json'), 'coverage/coverage-summary.json')
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(rest).toEqual({
      path: 'coverage/coverage-summary.json',
      ok: true,
      format: 'istanbul-summary',
      kind: 'coverage',
      producer: null,
      bytes: fixture('istanbul-summary/failing.json').length,
      problems: [],
      coverage: {
        lines: { covered: 1, total: 6 },
        branches: { covered: 0, total: 4 },
        functions: { covered: 0, total: 3 },
        statements: { covered: 1, total: 9 },
        files: 1,
        declared: {
          lines: { covered: 1, total: 6 },
          branches: { covered: 0, total: 4 },
          functions: { covered: 0, total: 3 },
          statements: { covered: 1, total: 9 },
        },
        agree: true,
      },
    })
  })

  it.each([
    [
      'ctrf/failing.json',
      {
        tests: {
          total: 4,
          passed: 2,
          failed: 1,
          errors: 0,
          skipped: 1,
          flaky: 0,
          duration_s: 0.694,
          suite_errors: 0,
          unfinished: false,
        },
      },
    ],
    [
      'sarif/failing.sarif',
      {
        security: {
          counts: { critical: 0, high: 1, medium: 0, low: 2, info: 0, unknown: 0 },
          active: 3,
          suppressed: 0,
          tools: ['Bandit'],
          scan_failed: false,
        },
      },
    ],
    ['checklist-md/failing.md', { checklist: { items: 3, checked: 1 } }],
    [
      'custom-benchmark/failing.json',
      { performance: { metrics: [{ name: 'parse', value: 9000, unit: 'ms' }], samples: null, errors: null } },
    ],
  ])('gives %s the block of its kind alone', (path, block) => {
    const entry = look(fixture(path), path)
    expect(Object.keys(entry).filter((key) => BLOCKS.includes(key))).toEqual(Object.keys(block))
    expect(entry).toMatchObject({ ok: true, ...block })
  })

  it.each([
    ['nothing', '', 'empty'],
    ['what no format knows', '{"hello":1}', 'evidence_unrecognised'],
    ['a binary', new Uint8Array([0, 1, 2, 3, 255]), 'evidence_unrecognised'],
    ['a broken report', '{"auditReportVersion":2,"vulnerabilities":{', 'json_truncated'],
  ])('has no block for %s', (_, content, code) => {
    const entry = look(content)
    expect(entry).toMatchObject({ ok: false, problems: [{ code }] })
    expect(entry.sha256).not.toBeNull()
    expect(Object.keys(entry).filter((key) => BLOCKS.includes(key))).toEqual([])
  })

  it('calls a zero-byte file unusable whatever its name', () => {
    for (const path of ['lcov.info', 'junit.xml', 'a.sarif', 'list.md', 'cover.out'])
      expect(look('', path)).toMatchObject({ ok: false, bytes: 0 })
  })

  it('says that declared and counted differ', () => {
    const part = (covered: number) => ({ lines: { covered, total: 4 } })
    expect(look(JSON.stringify({ total: part(4), 'a.js': part(1) })).coverage).toMatchObject({
      lines: { covered: 1, total: 4 },
      declared: { lines: { covered: 4, total: 4 } },
      agree: false,
    })
    expect(look(fixture('istanbul-final/valid.json')).coverage).toMatchObject({ declared: null, agree: null })
  })

  it('reads a file as the format it is told', () => {
    const entry = inspect(sourceOf('{"results":[]}'), DEFAULT_LIMITS, FORMATS.find(({ id }) => id === 'hyperfine')!)
    expect(entry).toMatchObject({ ok: true, format: 'hyperfine', problems: [{ code: 'nothing_measured' }] })
  })
})
