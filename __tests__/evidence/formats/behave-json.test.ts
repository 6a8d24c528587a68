// Behave: a scenario's own status and those of its steps, features that failed by a hook, runs that stopped.
import { describe, expect, it } from '@jest/globals'
import { behaveJson } from '../../../src/evidence/formats/tests/behave-json.ts'
import { cucumberJson } from '../../../src/evidence/formats/tests/cucumber-json.ts'
import { headOf } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => behaveJson.read(sourceOf(content), DEFAULT_LIMITS)
const step = (status: unknown, more: object = {}) => ({ name: 'a', location: 'a.feature:7', result: { status, ...more } })
const scenario = (status: unknown, steps: object[] = []) => ({
  type: 'scenario',
  name: 'a',
  location: 'a.feature:6',
  status,
  steps,
})
const report = (elements: unknown, status = 'passed') => JSON.stringify([{ keyword: 'Feature', name: 'A', status, elements }])
const outcomes = (...scenarios: object[]) => read(report(scenarios)).facts.cases.map(({ outcome }) => outcome)

describe('Behave JSON', () => {
  it('reads what behave wrote', () => {
    const { facts, problems } = read(fixture('behave-json/failing.json'))
    expect(facts).toMatchObject({
      // 5 scenarios passed, 1 failed, 3 error, 1 skipped
      totals: { total: 10, passed: 5, failed: 1, errors: 3, skipped: 1, flaky: 0 },
      declared: null,
      suiteErrors: 0,
      unfinished: false,
    })
    expect(problems).toEqual([])
    expect(facts.cases[2]).toMatchObject({
      suite: 'Basket',
      name: 'Several -- @1.2',
      file: 'features/basket.feature',
      line: 12,
      outcome: 'failed',
      message: 'ASSERT FAILED: 2 things',
    })
    expect(facts.cases[3]).toMatchObject({ outcome: 'error', message: 'undefined: I fly' })
  })

  it('takes a feature that a hook failed for a suite error', () => {
    expect(read(fixture('behave-json/failing-hook.json')).facts).toMatchObject({ totals: { total: 0 }, suiteErrors: 1 })
    expect(read(report([scenario('passed')], 'failed')).facts.suiteErrors).toBe(1)
    expect(read(report([scenario('failed')], 'failed')).facts.suiteErrors).toBe(0)
  })

  it('lets no status pass but passed, of the scenario and of each step', () => {
    expect(
      outcomes(
        ...['passed', 'failed', 'skipped', 'untested', 'PASSED', 'hook_error', 'undefined', null].map((one) => scenario(one)),
      ),
    ).toEqual(['passed', 'failed', 'skipped', 'skipped', 'error', 'error', 'error', 'error'])
    expect(
      outcomes(scenario('passed', [step('failed')]), scenario('passed', [step('ok')]), scenario('failed', [step('undefined')])),
    ).toEqual(['failed', 'error', 'error'])
  })

  it('knows a feature that was not run', () => {
    expect(read(report([scenario('untested', [step('untested')])], 'untested')).facts).toMatchObject({
      unfinished: true,
      totals: { passed: 0, skipped: 1 },
    })
  })

  it('is not taken for Cucumber, nor Cucumber for it', () => {
    const [behave, cucumber] = ['behave-json/valid.json', 'cucumber-json/valid.json'].map((name) =>
      headOf(sourceOf(fixture(name))),
    )
    expect([behaveJson.recognises(behave!, 'x'), cucumberJson.recognises(behave!, 'x')]).toEqual([true, false])
    expect([behaveJson.recognises(cucumber!, 'x'), cucumberJson.recognises(cucumber!, 'x')]).toEqual([false, true])
  })

  it.each([
    ['what is no list', '{}'],
    ['elements that are no list', report({})],
    ['a time in quotes', report([scenario('passed', [step('passed', { duration: '1' })])])],
    ['a negative time', report([scenario('passed', [step('passed', { duration: -1 })])])],
  ])('refuses %s', (_, text) => expect(() => read(text)).toThrow())
})
