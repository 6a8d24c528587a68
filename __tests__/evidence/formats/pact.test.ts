// Contracts verified against a provider, as Pact's core and Pact-JVM report it.
import { describe, expect, it } from '@jest/globals'
import { pactJvm } from '../../../src/evidence/formats/tests/pact-jvm.ts'
import { pactVerifier } from '../../../src/evidence/formats/tests/pact-verifier.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('Pact verification', () => {
  const read = (content: string | Uint8Array) => pactVerifier.read(sourceOf(content), DEFAULT_LIMITS)
  const result = (description: string, word: unknown = 'Error', duration = '16ms') => ({ description, result: word, duration })
  const error = (description: string) => ({
    interaction: `Verifying a pact between web and shop - ${description}`,
    mismatch: { type: 'error', message: 'no answer' },
  })
  const report = (interactionResults: object[], more: object = {}) =>
    JSON.stringify({ result: true, errors: [], pendingErrors: [], interactionResults, ...more })
  const outcomes = (...given: Parameters<typeof report>) => read(report(...given)).facts.cases.map(({ outcome }) => outcome)

  it('reads what the verifier wrote: what is pending and failed is skipped', () => {
    const { facts, problems } = read(fixture('pact-verifier/failing.json'))
    // There were 1 pact failures; 1 non-fatal on pending interactions
    expect(facts).toMatchObject({
      totals: { total: 3, passed: 1, failed: 1, errors: 0, skipped: 1 },
      declared: null,
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[1]).toMatchObject({
      name: 'a till',
      outcome: 'failed',
      seconds: 0.014,
      message: '$.open: Expected false (Boolean) to be equal to true (Boolean)',
    })
    expect(facts.cases[2]).toMatchObject({ name: 'a voucher', outcome: 'skipped', message: 'expected 200 but was 404' })
  })

  it('tells that the provider did not answer', () => {
    expect(read(fixture('pact-verifier/failing-down.json')).facts.cases).toMatchObject([
      { outcome: 'failed', message: 'error sending request for url (http://localhost:18322/basket)' },
    ])
  })

  it('lets nothing pass but OK', () => {
    const words = ['OK', 'Ok', 'ok', 'Error', true, null, undefined]
    expect(outcomes(words.map((word) => ({ description: 'a', result: word })))).toEqual(['passed', ...Array(6).fill('failed')])
  })

  it('skips only what is pending and nothing else: one failure of that name that counts is one that counts', () => {
    expect(outcomes([result('a')], { result: false, errors: [error('a')], pendingErrors: [error('a')] })).toEqual(['failed'])
    expect(outcomes([result('a'), result('a')], { errors: [error('a')], pendingErrors: [error('a')] })).toEqual([
      'failed',
      'skipped',
    ])
    expect(outcomes([result('b')], { pendingErrors: [error('a')] })).toEqual(['failed'])
    expect(outcomes([result('a - b')], { pendingErrors: [error('a - b')] })).toEqual(['skipped'])
  })

  it('loses no error that belongs to no interaction, and no result that is false', () => {
    expect(read(report([result('a', 'OK')], { result: false, errors: [error('load'), error('load')] })).facts.suiteErrors).toBe(2)
    expect(read(report([result('a', 'OK')], { result: false })).facts.suiteErrors).toBe(1)
    expect(read(report([result('a', 'OK')])).facts.suiteErrors).toBe(0)
  })

  it('reads times as it writes them', () => {
    const times = ['16ms', '1.5s', '1s 20ms', '7\u00b5s', '3 parsecs', '-1ms', '', '1e9s'].map((time) => result('a', 'OK', time))
    const seconds = read(report(times)).facts.cases.map((test) => test.seconds)
    expect(seconds.slice(4)).toEqual([null, null, null, null])
    for (const [at, time] of [0.016, 1.5, 1.02, 0.000007].entries()) expect(seconds[at]).toBeCloseTo(time, 9)
  })

  it.each([
    ['a report without its interactions', '{"result":true,"errors":[],"pendingErrors":[]}'],
    ['a report without its result', '{"errors":[],"interactionResults":[]}'],
    ['a result in quotes', report([], { result: 'true' })],
    ['an interaction without a name', report([{ result: 'OK' }])],
    ['errors that are no list', report([], { errors: {} })],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})

describe('Pact-JVM verification', () => {
  const read = (content: string | Uint8Array) => pactJvm.read(sourceOf(content), DEFAULT_LIMITS)
  const interaction = (verification: unknown) => ({ interaction: { description: 'a' }, verification })
  const report = (interactions: unknown, more: object = {}) =>
    JSON.stringify({
      metaData: {},
      provider: { name: 'shop' },
      execution: [{ consumer: { name: 'web' }, interactions, ...more }],
    })

  it('reads what Pact-JVM wrote', () => {
    const { facts, info, problems } = read(fixture('pact-jvm/failing.json'))
    expect(facts).toMatchObject({
      totals: { total: 3, passed: 1, failed: 2, errors: 0, skipped: 0 },
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[2]).toMatchObject({
      suite: 'web',
      name: 'a voucher',
      file: '/repo/bad/web-shop.json',
      message: 'expected status of 200 but was 404',
    })
    expect(info).toEqual({ producer: 'Pact-JVM 4.6.14', commit: null, createdAt: '2026-11-26T06:36:29.569Z' })
    expect(read(fixture('pact-jvm/failing-down.json')).facts.cases[0]?.message).toMatch(/Connection refused/)
  })

  it('lets nothing pass but OK', () => {
    const results = ['OK', 'ok', 'failed', 'FAILED', true, undefined].map((result) => interaction({ result }))
    const { totals } = read(report([...results, interaction(null)])).facts
    expect(totals).toMatchObject({ total: 7, passed: 1, failed: 1, errors: 5 })
  })

  it('skips what failed of a pending contract', () => {
    const both = [interaction({ result: 'OK' }), interaction({ result: 'failed' }), interaction({})]
    expect(read(report(both, { pending: true })).facts.totals).toMatchObject({ passed: 1, skipped: 1, errors: 1 })
    expect(read(report(both, { pending: 'true' })).facts.totals).toMatchObject({ passed: 1, failed: 1, errors: 1 })
  })

  it('takes a contract that could not be loaded, or has no interaction left, for a suite error', () => {
    expect(read(fixture('pact-jvm/failing-state.json')).facts).toMatchObject({ totals: { total: 0 }, suiteErrors: 1 })
    expect(read(report([], { result: { state: 'Pact Load Failure', message: 'no such file' } })).facts.suiteErrors).toBe(1)
  })

  it.each([
    ['no execution', '{"metaData":{}}'],
    ['executions that are no list', '{"execution":{}}'],
    ['interactions that are no list', report({})],
    ['an interaction that is none', report(['OK'])],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})
