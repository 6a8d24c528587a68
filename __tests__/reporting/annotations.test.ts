// Remarks on lines: the gravest first, each matter once, on paths of the repository alone, within what GitHub takes.
import { describe, expect, it } from '@jest/globals'
import type { MetricPart } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import { annotationsOf } from '../../src/reporting/renderers/annotations.ts'
import { resultOf } from '../support/result.ts'
import { SCENARIOS } from '../support/scenarios.ts'

describe('annotations', () => {
  const broken = () => {
    const result = SCENARIOS['one-criterion-short']!()
    result.levels[0]!.criteria[0]!.limit = { text: '> 95 %', origin: '.github/certification.yml:12' }
    return result
  }

  it("put the failed rule on the policy's own line, with its steps, before the lines that the shortest path asks for", () => {
    const notes = annotationsOf(broken())
    expect(notes.map(({ path, startLine, endLine, level }) => [path, startLine, endLine, level])).toEqual([
      ['.github/certification.yml', 12, 12, 'failure'],
      ['src/auth.ts', 31, 44, 'warning'],
    ])
    expect(notes[0]!.message).toBe(
      '94.95 % is not > 95 %\nCover 2 more lines to exceed 95 %: 2 of 14 in src/auth.ts (lines 31-44)',
    )
  })

  it.each(['/etc/passwd', '../up.ts', 'a/../../b', 'C:\\x.ts', 'a\\b', '', './x', 'a\u0000b'])(
    'leave out %j, which is no path of the repository',
    (path) => {
      const result = broken()
      for (const step of result.levels[0]!.criteria[0]!.steps) for (const item of step.items) item.path = path
      result.metrics[0]!.parts = [marked({ kind: 'finding', path, lacks: 25 })]
      expect(annotationsOf(result).map((note) => note.path)).toEqual(['.github/certification.yml'])
    },
  )

  const marked = (change: Partial<MetricPart>): MetricPart => ({
    name: 'sql-injection',
    state: 'short',
    detail: 'high, semgrep',
    path: 'src/db.ts',
    ranges: [[42, 42]],
    ...change,
  })
  const failing = (criteria: Record<string, MetricPart[]>) =>
    annotationsOf(
      resultOf({
        criteria: Object.fromEntries(
          Object.entries(criteria).map(([id, parts]) => [
            id,
            { outcome: 'fail', value: 1, parts, reasons: [reason('note', { text: 'x' })] },
          ]),
        ),
      }),
    )

  it('come the gravest first: findings by their weight, tests between grave and light ones, lines to cover last', () => {
    const test = marked({ kind: 'test', must: true, name: 'suite > t', detail: 'failed: no', path: 'a.test.ts' })
    const of = (lacks: number): MetricPart =>
      marked({ kind: 'finding', name: `weighs ${lacks}`, lacks, ranges: [[lacks, lacks]] })
    const notes = failing({ security_score: [of(1), of(100), of(5), of(25)], test_coverage: [test] })
    expect(notes.map((note) => note.title!.replace(/ \(.*/, ''))).toEqual([
      'weighs 100',
      'weighs 25',
      'suite > t',
      'weighs 5',
      'weighs 1',
    ])
  })

  it('say the same matter once for all criteria that it counts against', () => {
    const part = marked({ kind: 'finding', lacks: 25 })
    expect(failing({ security_score: [part], performance_compliance: [part, part] })).toEqual([
      {
        path: 'src/db.ts',
        startLine: 42,
        endLine: 42,
        level: 'failure',
        message: 'high, semgrep',
        title: 'sql-injection (performance_compliance, security_score)',
      },
    ])
  })

  it('of a failed test hold the lines of its message, and stand at its file’s beginning where no line is known', () => {
    const lines = ['expected 1', '- 1', '+ 2']
    const [note] = failing({ test_coverage: [marked({ kind: 'test', detail: 'failed: expected 1', ranges: [], lines })] })
    expect(note).toMatchObject({ startLine: 1, endLine: 1, message: 'failed: expected 1\n- 1\n+ 2' })
  })

  it('stay within two requests, and each within what GitHub takes', () => {
    const parts = Array.from({ length: 500 }, (_, at) =>
      marked({ kind: 'finding', lacks: 5, ranges: [[at + 1, at + 1]], name: 'n'.repeat(9_000), detail: 'd'.repeat(900_000) }),
    )
    const result = resultOf({ criteria: { security_score: { outcome: 'fail', value: 0, parts, reasons: [] } } })
    result.notices = Array.from({ length: 500 }, (_, index) => ({ code: 'x', message: 'y', path: 'a.yml', line: index + 1 }))
    const notes = annotationsOf(result)
    expect(notes).toHaveLength(100)
    for (const { title, message } of notes) {
      expect(title!.length).toBeLessThanOrEqual(255)
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(64 * 1024)
    }
  })
})
