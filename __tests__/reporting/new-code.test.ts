// New code in words: one line and what is left to say; foreign paths in it are text and nothing else.
import { describe, expect, it } from '@jest/globals'
import type { MetricState } from '../../src/model/metric.ts'
import { type Reason, reason } from '../../src/model/reason.ts'
import type { Result, ResultNewCode } from '../../src/model/result.ts'
import { isWorthSaying, newCodeLine, newCodeNotes, newCodeOf } from '../../src/reporting/new-code.ts'
import { annotationsOf } from '../../src/reporting/renderers/annotations.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { stated } from '../../src/reporting/stated.ts'
import { configOf } from '../support/facts.ts'
import { metricValue } from '../support/judged.ts'
import { newCodeShort } from '../support/new-code-scenario.ts'
import { resultOf } from '../support/result.ts'
import { HOSTILE } from '../support/scenarios.ts'
import { LINKS, markdownOf } from '../support/surfaces.ts'
import { flawsOf } from '../support/well-formed.ts'

const newCode = (change: Partial<ResultNewCode> = {}): ResultNewCode => ({
  metric: 'new_code_coverage',
  lines: 40,
  covered: 31,
  value: 77.5,
  files: [],
  reasons: [],
  ...change,
})
const none = { lines: 0, covered: 0, value: null }

describe('the line', () => {
  it.each([
    [newCode(), '31 of 40 changed lines covered (77.5 %)'],
    [newCode({ covered: 1, lines: 1, value: 100 }), '1 of 1 changed line covered (100 %)'],
    // Never rounded to the better side.
    [newCode({ covered: 1999, lines: 2000, value: 99.999 }), '1999 of 2000 changed lines covered (99.99 %)'],
    [newCode(none), 'no changed line holds code'],
    [newCode({ lines: null, covered: null, value: null }), 'not known'],
    [newCode({ lines: 1, covered: 1, value: null }), 'not known as a whole; of what is known 1 of 1 changed line covered'],
  ])('%#', (found, line) => expect(newCodeLine(found)).toBe(line))

  it('is left away where a change touches no code and nothing else is to be said', () => {
    const nothing = [stated(reason('new_code_nothing', {}))]
    const unknown = [stated(reason('file_not_in_report', { file: 'src/a.ts' }))]
    expect(isWorthSaying(newCode({ ...none, reasons: nothing }))).toBe(false)
    expect(isWorthSaying(newCode({ ...none, reasons: unknown }))).toBe(true)
    expect(isWorthSaying(newCode({ lines: null, covered: null, value: null, reasons: unknown }))).toBe(true)
  })

  it('says that too little is changed, and how many files are not known', () => {
    const small = stated(reason('new_code_small', { lines: 7, needed: 20 }))
    expect(newCodeNotes(newCode({ reasons: [small] }), 5)).toEqual(['not enforced (7 of 20 lines)'])
    const many = Array.from({ length: 9 }, (_, at) => stated(reason('file_not_in_report', { file: `src/${at}.ts` })))
    expect(newCodeNotes(newCode({ reasons: many }), 5)).toHaveLength(6)
    expect(newCodeNotes(newCode({ reasons: many }), 5).at(-1)).toBe('and 4 more')
  })
})

describe('the share', () => {
  const config = configOf({ family: 'new_code' })
  const measured = (state: MetricState, reasons: Reason[]) =>
    newCodeOf(config, [
      metricValue('m', 'component', 0, { state, value: null, ratio: { good: 1, total: 1, what: 'changed lines' }, reasons }),
    ])

  it('is not told where a changed file is in no report: 1 of 1 line beside 200 that nobody looked at is not 100 %', () => {
    const absent = measured('no_evidence', [reason('file_not_in_report', { file: 'src/new.js' })])
    expect(absent).toMatchObject({ lines: 1, covered: 1, value: null })
    expect(absent!.reasons.map((one) => one.text)).toEqual(['src/new.js is not in the coverage report'])
  })

  it('is told where the change is only too small to be held to it', () => {
    expect(measured('not_applicable', [reason('new_code_small', { lines: 1, needed: 20 })])).toMatchObject({ value: 100 })
  })
})

describe('remarks on lines', () => {
  const files: ResultNewCode['files'] = [{ path: 'src/a.ts', detail: '1 of 3 changed lines', ranges: [[4, 5]] }]

  it('are notices where nothing turns on them', () => {
    const result: Result = { ...resultOf(), newCode: newCode({ files }) }
    expect(annotationsOf(result)).toEqual([
      {
        path: 'src/a.ts',
        startLine: 4,
        endLine: 5,
        level: 'notice',
        title: 'New code, not covered',
        message: 'No test runs lines 4-5',
      },
    ])
  })

  it('are made once where a criterion is short of it', () => {
    const places = annotationsOf(newCodeShort()).map((one) => `${one.level} ${one.path}:${one.startLine}`)
    expect(places).toEqual(['failure .github/certification.yml:14', 'warning src/auth.ts:31', 'warning src/cart/total.ts:12'])
  })
})

it.each([...HOSTILE.split('\n'), HOSTILE, 'a|b', '`', '</sub>', '--'])('a path %j stays text', (text) => {
  const reasons = [
    reason('file_not_in_report', { file: text }),
    reason('file_unclear', { file: text, report: text, name: text, others: [text, text] }),
    reason('file_lines_unknown', { file: text, why: text }),
    reason('diff_incomplete', { why: text }),
    reason('new_code_excluded', { files: [text], count: 1, why: text }),
  ].map(stated)
  for (const change of [{}, none]) {
    const files: ResultNewCode['files'] = [{ path: text, detail: text, ranges: [[1, 2]] }]
    const result: Result = { ...resultOf(), newCode: newCode({ ...change, files, reasons }) }
    for (const [file, markdown] of Object.entries(markdownOf(result)))
      expect({ file, flaws: flawsOf(markdown, Object.values(LINKS)) }).toEqual({ file, flaws: [] })
    const shown = renderTerminal(result, { color: false, width: 80 })
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^::|^##\[/m)
  }
})
