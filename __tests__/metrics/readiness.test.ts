// Checklists, approvals, composites and single values (spec 2.17, 2.18).
import { describe, expect, it } from '@jest/globals'
import { measure } from '../../src/metrics/measure.ts'
import type { Check } from '../../src/model/check.ts'
import type { ChecklistItemRule, Config, MetricConfig } from '../../src/model/config.ts'
import type { Admitted } from '../../src/model/evidence.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionOf, limit, metricConfig, seedConfig } from '../support/config.ts'
import {
  checklistFacts,
  codes,
  configOf,
  coverageFacts,
  lines,
  measured,
  measureInput,
  performanceFacts,
  testCase,
  tests,
} from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'

const item = (text: string, check: Check | null = null, change: Partial<ChecklistItemRule> = {}): ChecklistItemRule => ({
  id: text,
  text,
  domain: null,
  check,
  blocking: false,
  weight: 1,
  origin: 'default',
  ...change,
})
const list = (...items: [string, boolean][]): Admitted => admitted('READY.md', null, checklistFacts(items))
const junit = (outcome: 'passed' | 'failed' = 'passed'): Admitted =>
  admitted('junit.xml', 'component', tests([testCase('a', outcome)]))

function readiness(
  items: ChecklistItemRule[],
  evidence: Admitted[],
  source: string | null = 'READY.md',
  change: (config: Config) => void = () => {},
) {
  const config = configOf({ family: 'readiness', level: 'system', checklists: ['ready'] }, (it) => {
    it.checklists = [{ id: 'ready', source, items }]
    it.metrics.push(metricConfig('cov', 'coverage', 'component'))
    change(it)
  })
  return measured(config, evidence)
}

describe('a checklist', () => {
  it('counts what is ticked in its file', () => {
    const found = readiness([], [list(['Backups tested', true], ['Alerts set', false], ['Runbook written', true])])
    expect(found).toMatchObject({ state: 'known', formula: '2 / 3 items = 66.66 %', ratio: { good: 2, total: 3, what: 'items' } })
    expect(found.reasons).toEqual([{ code: 'items_open', args: { open: 1, total: 3, items: ['Alerts set'] } }])
  })

  it('knows its items by their words, whatever decorates them', () => {
    expect(readiness([item('Backups tested')], [list(['✅ **Backups**  tested', true])])).toMatchObject({
      value: 100,
      ratio: { total: 1 },
    })
  })

  it('names them without Markdown', () => {
    const found = readiness([], [list(['**Backups**: tested', false], ['Alerts', true])])
    expect(found.reasons).toEqual([{ code: 'items_open', args: { open: 1, total: 2, items: ['Backups: tested'] } }])
    expect(found.parts.find((part) => part.kind === 'item')).toMatchObject({ name: 'Backups: tested' })
  })

  it('ticked in one place and open in another is open', () => {
    expect(readiness([], [list(['Backups', true], ['backups', false], ['Other', true])]).ratio).toMatchObject({
      good: 1,
      total: 2,
    })
  })

  it('weighs its items, and an open blocking one keeps it below 100', () => {
    const items = [item('big', null, { weight: 999 }), item('small', null, { blocking: true })]
    const found = readiness(items, [list(['big', true], ['small', false])])
    expect(found).toMatchObject({
      value: 99,
      ratio: null,
      formula: '1 / 2 items = 99.9 %, capped at 99 % by an open blocking item',
    })
    expect(readiness([items[0]!, item('small')], [list(['big', true], ['small', false])]).value).toBe(99.9)
  })

  it('without its file is unknown, naming it', () => {
    expect(readiness([item('a')], [])).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'evidence_missing', args: { expected: ['READY.md'] } }],
    })
  })

  it('without items, or that nobody wrote, is unknown', () => {
    expect(readiness([], [], null)).toMatchObject({ state: 'no_evidence', value: null, reasons: [{ code: 'no_scope' }] })
    expect(readiness([item('only by hand')], [], null)).toMatchObject({ state: 'no_evidence', value: null })
  })
})

describe('an item bound to a check', () => {
  const covered = (good: number): Admitted => admitted('lcov.info', 'component', coverageFacts(lines(good, 100)))
  const metric: Check = { fn: 'metric', id: 'cov', limit: limit('>', 90) }
  it.each<[string, Check, Admitted[], 'done' | 'open']>([
    ['a metric that holds', metric, [covered(91)], 'done'],
    ['a metric at its limit', metric, [covered(90)], 'open'],
    ['a metric that is not known', metric, [], 'open'],
    ['a metric spoiled by a failing test', metric, [covered(100), junit('failed')], 'open'],
    ['a criterion that holds', { fn: 'criterion', id: 'test_coverage' }, [covered(96)], 'done'],
    ['a criterion that does not', { fn: 'criterion', id: 'test_coverage' }, [covered(95)], 'open'],
    ['a criterion there is not', { fn: 'criterion', id: 'nope' }, [covered(100)], 'open'],
    ['tests that pass', { fn: 'tests.passed', level: 'component' }, [junit()], 'done'],
    ['tests that fail', { fn: 'tests.passed', level: 'component' }, [junit('failed')], 'open'],
    ['tests of another level', { fn: 'tests.passed', level: 'system' }, [junit()], 'open'],
    ['enough tests', { fn: 'tests.count', level: 'component', limit: limit('>=', 1, '') }, [junit()], 'done'],
    ['too few tests', { fn: 'tests.count', level: 'component', limit: limit('>=', 2, '') }, [junit()], 'open'],
    ['evidence that is there', { fn: 'evidence', kind: 'tests', level: 'component' }, [junit()], 'done'],
    ['evidence that is not', { fn: 'evidence', kind: 'security', level: null, scan: 'sast' }, [junit()], 'open'],
    ['what only a later job can say', { fn: 'go_live' }, [junit()], 'open'],
    ['nothing that could be checked', { fn: 'unbound' }, [junit()], 'open'],
  ])('%s', (_, check, evidence, expected) => {
    const found = readiness(
      [item('by hand'), item('bound', check)],
      [list(['by hand', true], ['bound', true]), ...evidence],
      'READY.md',
      (config) => {
        criterionOf(config, 'test_coverage').metric = 'cov'
      },
    )
    expect(found.value).toBe(expected === 'done' ? 100 : 50)
    expect(codes(found).includes('item_not_manual')).toBe(expected === 'open')
  })

  it.each<[string, Check]>([
    ['tests that pass', { fn: 'tests.passed', level: 'component' }],
    ['enough tests', { fn: 'tests.count', level: 'component', limit: limit('>=', 1, '') }],
    ['evidence', { fn: 'evidence', kind: 'tests', level: 'component' }],
    ['evidence of any level', { fn: 'evidence', kind: 'tests', level: null }],
  ])('%s: not while a report that was asked for is missing, broken or refused', (_, check) => {
    const config = configOf({ family: 'readiness', level: 'system', checklists: ['ready'] }, (it) => {
      it.checklists = [{ id: 'ready', source: null, items: [item('bound', check)] }]
      it.metrics.push(metricConfig('own', 'tests', 'component'))
    })
    const value = (change: Parameters<typeof measured>[2]) => measured(config, [junit()], change).value
    const declaredBy = claim({ metrics: ['own'], level: 'component', discovered: false })
    const other = { ...junit(), ref: { ...junit().ref, path: 'b.xml', sha256: 'b'.repeat(64) }, declaredBy }
    expect(value({})).toBe(100)
    expect(value({ unmet: [{ pattern: 'b.xml', found: 0, expected: null, declaredBy }] })).not.toBe(100)
    expect(value({ refused: [{ evidence: other, reason: reason('zero_tests', { path: 'b.xml' }) }] })).not.toBe(100)
  })

  it('for a person is done when ticked', () => {
    const manual: Check = { fn: 'manual' }
    expect(readiness([item('a', manual)], [list(['a', true])]).value).toBe(100)
    expect(readiness([item('a', manual)], [list(['a', false])]).value).toBe(0)
  })
})

it('deployment approval waits, and is never known here', () => {
  const config = seedConfig((it) => {
    it.metrics = it.metrics.filter((one) => one.id === 'deployment_approval')
    it.gates[3]!.signOffs = [{ role: 'final', users: [], teams: [], environment: null, required: true, distinct: true }]
  })
  expect(measured(config, [])).toMatchObject({
    state: 'pending',
    value: null,
    reasons: [
      { code: 'awaiting_approval', args: { gate: 4, environment: 'certify-gate-4' } },
      { code: 'awaiting_sign_off', args: { roles: ['final'] } },
    ],
  })
})

describe('a composite', () => {
  const evidence = [admitted('lcov.info', 'component', coverageFacts(lines(90, 100))), junit()]
  const parts = [
    { metric: 'cov', weight: 3 },
    { metric: 'tests', weight: 1 },
  ]
  const composite = (change: Partial<MetricConfig>, found: Admitted[] = evidence, also: (config: Config) => void = () => {}) =>
    measured(
      configOf({ family: 'composite', parts, ...change }, (config) => {
        config.metrics.push(metricConfig('cov', 'coverage', 'component'), metricConfig('tests', 'tests', 'component'))
        also(config)
      }),
      found,
    )

  it('is the weighted mean of its parts', () => {
    expect(composite({})).toMatchObject({
      state: 'known',
      value: 92.5,
      formula: '(3 × 90 + 1 × 100) / 4 = 92.5 %',
      basis: [{ path: 'lcov.info' }, { path: 'junit.xml' }],
    })
  })

  it('passes on what caps a part', () => {
    expect(composite({}, [evidence[0]!, junit('failed')])).toMatchObject({ capped: 'fail' })
  })

  it('is unknown where a part is, where a part is not there, and where it would need itself', () => {
    expect(composite({}, [junit()])).toMatchObject({ state: 'no_evidence', value: null })
    expect(composite({ parts: [{ metric: 'nope', weight: 1 }] })).toMatchObject({ state: 'error', value: null })
    expect(composite({ parts: [{ metric: 'm', weight: 1 }] })).toMatchObject({ state: 'error', value: null })
    expect(composite({ parts: [] })).toMatchObject({ state: 'no_evidence', value: null })
    expect(composite({ parts: [{ metric: 'cov', weight: 0 }] })).toMatchObject({ state: 'error', value: null })
  })

  it('leaves out a part that is declared not applicable, until that runs out', () => {
    const declare = (expires: string) => (config: Config) => {
      const criterion = criterionOf(config, 'test_coverage')
      criterion.metric = 'cov'
      criterion.notApplicable = { reason: 'there is no code yet', expires, approvedBy: null }
    }
    expect(composite({}, [junit()], declare('2026-12-31'))).toMatchObject({ state: 'known', value: 100 })
    expect(composite({}, [junit()], declare('2026-11-21'))).toMatchObject({ state: 'no_evidence' })
    // From the day it names, as for the criterion itself.
    expect(composite({}, [junit()], declare('2026-11-22'))).toMatchObject({ state: 'no_evidence' })
    expect(composite({ parts: [{ metric: 'cov', weight: 1 }] }, [], declare('2026-12-31'))).toMatchObject({
      state: 'not_applicable',
      value: null,
    })
  })
})

describe('a single value', () => {
  const value = (change: Partial<MetricConfig>, ...metrics: [string, number, string | null][]) =>
    measured(
      configOf({ family: 'value', unit: 'ms', sli: 'start.mean', ...change }),
      metrics.map((one, at) => admitted(`${at}.json`, 'component', performanceFacts([one]))),
    )
  it('is in the metric’s unit', () => {
    expect(value({}, ['start.mean', 0.25, 's'])).toMatchObject({
      state: 'known',
      value: 250,
      unit: 'ms',
      formula: 'start.mean = 250 ms',
    })
    expect(value({ unit: '' }, ['start.mean', 7, null])).toMatchObject({ value: 7 })
  })

  it('is unknown in another kind of unit, given twice differently, not measured, or not named', () => {
    expect(value({}, ['start.mean', 1, 'MB'])).toMatchObject({ state: 'error', value: null })
    expect(value({}, ['start.mean', 1, 's'], ['start.mean', 2, 's'])).toMatchObject({ state: 'error', value: null })
    expect(value({}, ['stop.mean', 1, 's'])).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'objective_unknown' }],
    })
    expect(value({ sli: null }, ['start.mean', 1, 's'])).toMatchObject({ state: 'no_evidence', value: null })
  })
})

it('gives one value for each metric, in the config’s order', () => {
  const config = seedConfig()
  const values = measure(measureInput(config, [junit()]))
  expect(values.map((one) => one.id)).toEqual(config.metrics.map((one) => one.id))
})
