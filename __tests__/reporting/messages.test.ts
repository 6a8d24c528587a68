// Every code has words that say what, where and the smallest fix; none grows with hostile or endless arguments.
import { describe, expect, it } from '@jest/globals'
import { type Reason, reason } from '../../src/model/reason.ts'
import { REASON_CODES, state } from '../../src/reporting/messages.ts'

/** Stands for any arguments: each property is the given text, yet counts, maps and compares as a list or number would. */
function anyArgs(text: string): Reason['args'] {
  const list = new Set([
    'expected',
    'formats',
    'names',
    'kinds',
    'known',
    'items',
    'rules',
    'roles',
    'criteria',
    'tightened',
    'loosened',
    'looked_for',
    'looked',
  ])
  const numbers = new Set([
    'actual',
    'found',
    'needed',
    'failed',
    'errors',
    'flaky',
    'skipped',
    'requests',
    'count',
    'open',
    'total',
    'critical',
    'high',
    'medium',
    'low',
    'gate',
    'problems',
    'tests',
    'days',
    'value',
  ])
  return new Proxy(
    {},
    { get: (_, key) => (list.has(String(key)) ? Array(50).fill(text) : numbers.has(String(key)) ? 7 : text) },
  ) as Reason['args']
}

describe.each(REASON_CODES)('%s', (code) => {
  const said = (text: string) => {
    const against = { value: 8, samples: 12, by: text, passing: true, branch: text }
    // Names that stand for a list elsewhere and for one thing here.
    const own: Partial<Record<string, unknown>> = {
      evidence_count: { what: text, found: 1, expected: 3 },
      evidence_wrong_commit: { path: text, found: text, expected: text },
      baseline_not_met: { sli: text, actual: 7, unit: text, limit: text, bound: 9, against },
      regressed: { actual: 7, unit: text, test: text, boundary: 3, line: 9, against },
      issues_open: { numbers: Array(50).fill(7), of: 7 },
      tests_not_held: { path: text, declared: 9, counted: 3 },
      no_scope: { metric: text, looked_for: text },
      file_unclear: { file: text, report: text, name: text, others: Array(50).fill(text) },
      new_code_small: { lines: 7, needed: 20 },
      new_code_excluded: { files: Array(10).fill(text), count: 50, why: text },
    }
    return state({ code, args: own[code] ?? anyArgs(text) } as Reason)
  }

  it('has a sentence and, where something can be done, a fix', () => {
    const { text, fix } = said('something')
    expect(text).not.toMatch(/undefined|NaN|null|\[object/)
    expect(text.length).toBeGreaterThan(4)
    expect(text).not.toMatch(/\.$/)
    if (fix !== null) {
      expect(fix).not.toMatch(/undefined|NaN|null|\[object/)
      expect(fix.length).toBeGreaterThan(5)
    }
  })

  it('stays short with endless arguments', () => {
    const { text, fix } = said('long '.repeat(100_000))
    expect(text.length).toBeLessThan(1_200)
    expect((fix ?? '').length).toBeLessThan(900)
    expect(`${text}${fix}`).not.toContain('\n')
  })
})

describe('sentences', () => {
  it.each([
    [
      reason('limit_not_met', { actual: 94.996, unit: '%', limit: '> 95 %' }),
      '94.99 % is not > 95 %',
      'Raise it by more than 0.004 points',
    ],
    [
      reason('evidence_wrong_commit', { path: 'a.xml', found: 'abcdef0123', expected: '0123456789' }),
      'a.xml was made for commit abcdef0, not for 0123456',
      'Run the step that writes it on commit 0123456',
    ],
    [
      reason('producer_not_run', { job: 'e2e', result: 'skipped' }),
      'job e2e was skipped, so its reports are missing',
      'Let job e2e run and succeed',
    ],
    [
      reason('findings_open', { critical: 1, high: 2, medium: 0, low: 0 }),
      '3 findings open: 1 critical, 2 high',
      'Fix 3 findings, the 1 critical first',
    ],
    [
      reason('evidence_count', { what: 'reports/*.xml', found: 2, expected: 3 }),
      'reports/*.xml matched 2 files, 3 expected',
      'Produce the missing 1 file',
    ],
    [
      reason('needs_more_samples', { found: 2, needed: 5 }),
      'needs 3 more samples (2 of 5)',
      'Let 3 more runs of the branch pass, or store them with certify baseline',
    ],
  ])('%j', (given, text, fix) => expect(state(given)).toEqual({ text, fix }))

  const runs = { value: 97.4, samples: 12, by: 'median', passing: true, branch: 'main' }
  it.each([
    [
      reason('baseline_not_met', { sli: null, actual: 94.2, unit: '%', limit: '>= -1pp', bound: 96.4, against: runs }),
      '94.2 % is 3.2 pp below the median of the last 12 passing runs of main (97.4 %); the limit is >= -1pp',
      'Raise it to 96.4 %',
    ],
    [
      reason('baseline_not_met', {
        sli: 'http_req_duration.p95',
        actual: 225,
        unit: 'ms',
        limit: '<= +10%',
        bound: 220,
        against: { ...runs, value: 200, samples: 1, passing: false },
      }),
      'http_req_duration.p95 is 225 ms, 25 ms (12.5 %) above the last run of main (200 ms); the limit is <= +10%',
      'Lower http_req_duration.p95 to 220 ms',
    ],
    [
      reason('baseline_not_met', {
        sli: null,
        actual: 96,
        unit: '%',
        limit: '>= +0pp',
        bound: 97.123456,
        against: { ...runs, value: 97.123456, samples: 0 },
      }),
      '96 % is 1.12 pp below the fixed baseline (97.12 %); the limit is >= +0pp',
      'Raise it to 97.13 %',
    ],
    [
      reason('regressed', { actual: 94, unit: '%', test: 'percentage', boundary: 2, line: 95.452, against: runs }),
      '94 % is 3.4 pp below the median of the last 12 passing runs of main (97.4 %), a regression: more than 2 % worse',
      'Raise it to 95.46 %',
    ],
    [
      reason('history_unreadable', { what: 'record 7 does not follow record 6', hint: 'restore the branch certify-ledger' }),
      'history cannot be used: record 7 does not follow record 6',
      'restore the branch certify-ledger',
    ],
    [
      reason('no_baseline', { metric: 'test_coverage', looked: ['2 runs of main: 0 passed'] }),
      'no baseline for test_coverage yet (2 runs of main: 0 passed)',
      'Let a run of the branch pass, store one with certify baseline, or set baseline.value',
    ],
  ])('%j', (given, text, fix) => expect(state(given)).toEqual({ text, fix }))

  it('names what is unknown as unknown', () => {
    expect(state(reason('objective_failed', { sli: 'p95', actual: null, unit: 'ms', limit: '< 200 ms' })).text).toBe(
      'p95 is unknown, not < 200 ms',
    )
  })
})

it('counts what a list leaves out by how many there are, not by how many were kept', () => {
  const items = Array.from({ length: 10 }, (_, at) => `item ${at}`)
  expect(state(reason('items_open', { open: 79, total: 85, items })).text).toBe(
    '79 of 85 items open: item 0, item 1, item 2 and 76 more',
  )
  expect(state(reason('items_unattested', { count: 12, items })).text).toMatch(/ and 9 more$/)
  expect(state(reason('tests_flaky', { flaky: 40, names: items })).text).toMatch(/ and 37 more$/)
})

it('says of an objective that nobody measured so, and what may have been meant', () => {
  const sli = 'http_req_duraton.p95'
  expect(state(reason('key_objective_failed', { sli, unknown: 'not measured' })).text).toBe(
    'key objective http_req_duraton.p95 is not measured, so the whole counts as 0',
  )
  expect(state(reason('objective_unknown', { sli, known: [], near: 'http_req_duration.p95' }))).toEqual({
    text: 'no report has http_req_duraton.p95; did you mean http_req_duration.p95?',
    fix: 'Write http_req_duration.p95 or have a report measure http_req_duraton.p95',
  })
})

it('says once that a file cannot be read', () => {
  const said = (why: string) => state(reason('evidence_unreadable', { path: 'a.xml', why })).text
  expect(said('cannot be read (ENOENT)')).toBe('a.xml cannot be read (ENOENT)')
  expect(said('is empty')).toBe('a.xml cannot be read: is empty')
})
