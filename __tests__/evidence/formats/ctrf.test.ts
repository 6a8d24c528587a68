import { describe, expect, it } from '@jest/globals'
import { ctrf } from '../../../src/evidence/formats/tests/ctrf.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => ctrf.read(sourceOf(content), DEFAULT_LIMITS)
const report = (tests: object[], summary?: object) => JSON.stringify({ results: { tool: { name: 'pytest' }, summary, tests } })
const totals = (tests: object[], summary?: object) => read(report(tests, summary)).facts.totals

describe('CTRF', () => {
  it('reads what jest wrote', () => {
    const { facts, info } = read(fixture('ctrf/failing.json'))
    expect(facts).toMatchObject({
      totals: { total: 4, passed: 2, failed: 1, errors: 0, skipped: 1, flaky: 0 },
      durationSeconds: 0.694,
      suiteErrors: 0,
      unfinished: false,
    })
    expect(facts.cases[3]).toMatchObject({
      name: 'cart refuses a negative count',
      file: '/repo/test/cart.test.js',
      outcome: 'failed',
      seconds: 0.001,
    })
    expect(info.createdAt).toBe('2026-11-22T11:29:34.131Z')
  })

  it('never counts pending, other or an unknown status as passed', () => {
    const tests = ['passed', 'pending', 'other', 'skipped', 'PASSED', 'ok', null, undefined].map((status) => ({
      name: 'a',
      status,
    }))
    expect(totals(tests)).toEqual({ total: 8, passed: 1, failed: 0, errors: 4, skipped: 3, flaky: 0 })
  })

  it('takes a test that passed on a later attempt for flaky, one that failed after all for failed', () => {
    expect(
      totals([
        { name: 'a', status: 'passed', retries: 1 },
        { name: 'b', status: 'passed', flaky: true },
        { name: 'c', status: 'failed', retries: 2, flaky: true },
      ]),
    ).toMatchObject({
      passed: 2,
      failed: 1,
      flaky: 2,
    })
  })

  it('lets no failure disappear that only the summary counts', () => {
    const { facts, problems } = read(
      report([{ name: 'a', status: 'passed' }], { tests: 3, passed: 1, failed: 2, skipped: 0, pending: 0, other: 0 }),
    )
    expect(facts).toMatchObject({ suiteErrors: 2, unfinished: true })
    expect(problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it('says that a run without tests measured nothing', () => {
    expect(read(fixture('ctrf/empty.json'))).toMatchObject({
      facts: { totals: { total: 0 } },
      problems: [{ code: 'nothing_measured' }],
    })
  })

  it('knows the commit the environment names', () => {
    const text = JSON.stringify({ results: { tests: [], environment: { commit: 'ABCDEF0123456789abcdef0123456789abcdef01' } } })
    expect(read(text).info.commit).toBe('abcdef0123456789abcdef0123456789abcdef01')
    expect(read(text.replace('ABCDEF0123456789', 'main')).info.commit).toBeNull()
  })

  it.each([
    ['{"results":{}}'],
    ['{"results":{"tests":{}}}'],
    ['{"results":{"tests":[{"status":"passed"}]}}'],
    ['{"results":{"tests":[],"summary":{"failed":-1}}}'],
  ])('refuses %s', (text) => expect(() => read(text)).toThrow())
})
