// Days or commits that a level has held, as a criterion can ask; checklist items that look back.
import { describe, expect, it } from '@jest/globals'
import { baselinesOf } from '../../src/history/baseline.ts'
import { judgeCriterion } from '../../src/levels/criterion.ts'
import type { Check } from '../../src/model/check.ts'
import type { Config, CriterionConfig } from '../../src/model/config.ts'
import { type History, NO_HISTORY } from '../../src/model/history.ts'
import type { LevelNumber } from '../../src/model/level.ts'
import type { Limit } from '../../src/model/limit.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionConfig, limit, metricConfig } from '../support/config.ts'
import { configOf, measured, performanceFacts } from '../support/facts.ts'
import { broken, historyOf, pastRun, runsOf } from '../support/history.ts'
import { admitted, NOW } from '../support/judged.ts'

const levels = (...reached: (0 | LevelNumber)[]): History => historyOf(reached.map((level, at) => pastRun(at + 1, { level })))

function held(history: History, unit = 'd') {
  const config = configOf({ family: 'continuity', level: 'integration', unit })
  return measured(config, [], { history, baselines: baselinesOf(config, history) })
}

describe('continuity', () => {
  it('is days or commits from the first run of the row to the newest, resting on the ledger', () => {
    expect(held(levels(1, 2, 2, 3))).toMatchObject({
      state: 'known',
      value: 2,
      unit: 'd',
      formula: 'integration level held since 2026-10-03 (3 commits, 3 runs) = 2 d',
      basis: [{ path: '.certify/ledger', sha256: 'ab'.repeat(32) }],
    })
    expect(held(levels(1, 2, 2, 3), 'commits').value).toBe(3)
  })

  it('is at least that much where older runs were not read', () => {
    expect(held({ ...levels(2, 2), complete: false }).formula).toContain('= at least 1 d')
  })

  it('is zero where the newest run broke it', () => {
    expect(held(levels(2, 2, 1))).toMatchObject({ state: 'known', value: 0, formula: 'integration level not held at record 3' })
  })

  it.each([
    ['no ledger', NO_HISTORY, 'the ledger'],
    ['none yet', historyOf([], { state: 'absent' }), '.certify/ledger'],
    ['no run yet', historyOf([]), '.certify/ledger'],
  ])('%s: unknown, not zero', (_, history, place) => {
    expect(held(history)).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [reason('no_history', { what: 'm', place })],
    })
  })

  it('unreadable is an error (proof 5)', () => {
    expect(held(broken())).toMatchObject({ state: 'error', value: null, reasons: [{ code: 'history_unreadable' }] })
  })

  it('can be a criterion: more than 30 d', () => {
    const outcome = (days: number): string => {
      const history = historyOf([pastRun(1), pastRun(1 + days)])
      const criterion = criterionConfig('held', 'service', limit('>', 30, 'd'), { metric: 'm' })
      const config = configOf({ family: 'continuity', level: 'integration', unit: 'd' })
      const baselines = baselinesOf(config, history)
      const metric = measured(config, [], { history, baselines })
      return judgeCriterion({ criterion, metric, config, now: NOW, baselines, history, onDefaultBranch: false }).outcome
    }
    expect([29, 30, 31].map(outcome)).toEqual(['fail', 'fail', 'pass'])
  })
})

describe('a checklist item that looks back', () => {
  const noWorse: Limit = {
    terms: [{ op: '<=', value: 10, unit: '%', mode: 'relative' }],
    text: '<= +10%',
    origin: 'x',
  }
  const report = admitted('k6.json', 'component', performanceFacts([['start.mean', 210, 'ms']]))

  function item(check: Check, history: History, change: Partial<CriterionConfig> = {}): string {
    const config = configOf({ family: 'checklist', checklists: ['list'] }, (draft: Config) => {
      draft.metrics.push(metricConfig('speed', 'value', 'component', { unit: 'ms', sli: 'start.mean' }))
      draft.levels[0]!.criteria = [criterionConfig('speed', 'component', noWorse, change)]
      const rule = { id: 'i', text: 'No slower', domain: null, check, blocking: false, weight: 1, origin: 'x' }
      draft.checklists = [{ id: 'list', source: null, items: [rule] }]
    })
    const found = measured(config, [report], { history, baselines: baselinesOf(config, history) })
    return found.state === 'known' ? String(found.value) : found.state
  }

  const speeds = (...ms: number[]): History => historyOf(runsOf('speed', ms, () => ({}), { unit: 'ms' }))
  it.each<[string, Check]>([
    ['a metric', { fn: 'metric', id: 'speed', limit: noWorse }],
    ['a criterion', { fn: 'criterion', id: 'speed' }],
  ])('%s against the baseline', (_, check) => {
    expect(item(check, speeds(200))).toBe('100')
    expect(item(check, speeds(190))).toBe('0')
    expect(item(check, NO_HISTORY)).toBe('no_evidence')
    expect(item(check, broken())).toBe('error')
  })

  it('holds a criterion to its regression test too', () => {
    const check: Check = { fn: 'criterion', id: 'speed' }
    const change: Partial<CriterionConfig> = {
      pass: [limit('<', 500, 'ms')],
      regression: { test: 'percentage', boundary: 5, minSamples: 3, window: 20 },
    }
    expect(item(check, speeds(200, 200, 200), change)).toBe('100')
    expect(item(check, speeds(199, 199, 199), change)).toBe('0')
    expect(item(check, speeds(200, 200), change)).toBe('no_evidence')
    expect(item(check, broken(), change)).toBe('error')
  })
})
