import { describe, expect, it } from '@jest/globals'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import type { Config } from '../../src/model/config.ts'
import type { LevelResult } from '../../src/model/judgement.ts'
import { LEVEL_IDS, type LevelId } from '../../src/model/level.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import type { LevelState } from '../../src/model/outcome.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionOf, limit, requirement, SEED_CRITERIA, seedConfig } from '../support/config.ts'
import { NOW, seedMetrics, without } from '../support/judged.ts'

function run(change: Record<string, Partial<MetricValue>> = {}, edit: (config: Config) => void = () => {}): LevelResult[] {
  const config = seedConfig(edit)
  return evaluateLevels({ config, metrics: seedMetrics(change), now: NOW, ...without(config) })
}

const states = (results: LevelResult[]): LevelState[] => results.map((one) => one.state)
const level = (config: Config, id: LevelId) => config.levels.find((one) => one.id === id)!
const lost = { state: 'no_evidence', value: null } as const
const broken = { state: 'error', value: null } as const
const noReview = (config: Config): void => {
  for (const one of config.levels) one.manualReview = false
}

describe('states', () => {
  it('the best a run can do before any approval', () => {
    expect(states(run())).toEqual(['passed', 'passed', 'pending_review', 'blocked'])
  })

  it('a warn in the level is shown in its state', () => {
    expect(states(run({ test_coverage: { capped: 'warn' } }))[0]).toBe('passed_with_warnings')
  })

  it.each([
    ['fail', { value: 10 }],
    ['no_evidence', lost],
  ] as const)('one criterion with outcome %s fails the level and blocks those above', (_outcome, change) => {
    expect(states(run({ security_score: change }))).toEqual(['failed', 'blocked', 'blocked', 'blocked'])
  })

  it('an error beats failures, and is shown even above a level that failed', () => {
    expect(states(run({ security_score: broken, test_coverage: { value: 10 } }))[0]).toBe('error')
    expect(states(run({ test_coverage: { value: 10 }, service_security: broken }))).toEqual([
      'failed',
      'blocked',
      'error',
      'blocked',
    ])
  })

  it('pending evidence is neither passed nor failed, and a failure beside it fails', () => {
    const pending = (config: Config): void => {
      criterionOf(config, 'security_score').onMissing = 'pending'
    }
    expect(states(run({ security_score: lost }, pending)).slice(0, 2)).toEqual(['evidence_pending', 'blocked'])
    expect(states(run({ security_score: lost, test_coverage: { value: 10 } }, pending))[0]).toBe('failed')
  })

  it('a review is only pending where nothing else is: criteria come first', () => {
    expect(states(run({ service_security: { value: 99 } }))[2]).toBe('failed')
    const [, , service] = run()
    expect(service!.reasons).toEqual([reason('awaiting_approval', { gate: 3, environment: 'certify-gate-3' })])
  })

  it('the sign-offs of level 4 are its review', () => {
    const alone = run({}, (config) => {
      level(config, 'service').manualReview = false
    })
    expect(states(alone)).toEqual(['passed', 'passed', 'passed', 'pending_review'])
  })

  it('every criterion declared not applicable: the level is, and others may stand on it', () => {
    const exempt = (config: Config): void => {
      for (const one of level(config, 'component').criteria) {
        one.notApplicable = { reason: 'nothing of the sort here', expires: '2027-01-01', approvedBy: null }
      }
    }
    expect(states(run({}, exempt)).slice(0, 2)).toEqual(['not_applicable', 'passed'])
  })

  it('a level without criteria has evaluated nothing and never passes', () => {
    const empty = run({}, (config) => {
      level(config, 'component').criteria = []
    })
    expect(states(empty)[0]).toBe('failed')
    expect(empty[0]!.reasons).toEqual([reason('level_without_criteria', { level: 'component' })])
  })

  it('without any evidence a level is pending in advisory mode, failed otherwise', () => {
    const nothing = Object.fromEntries(SEED_CRITERIA.map(({ id }) => [id, lost]))
    expect(states(run(nothing))[0]).toBe('failed')
    const advisory = (config: Config): void => {
      config.mode = 'advisory'
    }
    expect(states(run(nothing, advisory))).toEqual(['evidence_pending', 'blocked', 'blocked', 'blocked'])
    expect(states(run({ ...nothing, test_coverage: { value: 10 } }, advisory))[0]).toBe('failed')
  })
})

describe('standing on other levels', () => {
  it('computes a blocked level for display, and says what blocks it', () => {
    const [, integration] = run({ test_coverage: { value: 10 } })
    expect(integration!.criteria.map((one) => one.outcome)).toEqual(['pass', 'pass', 'pass', 'pass'])
    expect(integration!.reasons).toEqual([reason('level_below_not_reached', { level: 'component', state: 'failed' })])
  })

  it('without sequence every level stands alone', () => {
    const config = (draft: Config): void => {
      draft.sequential = false
      noReview(draft)
    }
    expect(states(run({ test_coverage: { value: 10 } }, config))).toEqual(['failed', 'passed', 'passed', 'pending_review'])
  })

  it('depends_on decides instead of the sequence', () => {
    const config = (draft: Config): void => {
      noReview(draft)
      level(draft, 'service').dependsOn = ['component']
    }
    expect(states(run({ database_integration: { value: 10 } }, config)).slice(0, 3)).toEqual(['passed', 'failed', 'passed'])
    expect(states(run({ test_coverage: { value: 10 } }, config))[2]).toBe('blocked')
  })

  it('a disabled level is left out of the sequence, and never counts where it is named', () => {
    const without = (draft: Config): void => {
      noReview(draft)
      level(draft, 'integration').enabled = false
    }
    expect(states(run({}, without)).slice(0, 3)).toEqual(['passed', 'disabled', 'passed'])
    expect(states(run({ test_coverage: { value: 10 } }, without))[2]).toBe('blocked')
    const named = run({}, (draft) => {
      without(draft)
      level(draft, 'service').dependsOn = ['integration']
    })
    expect(states(named)[2]).toBe('blocked')
  })

  it('levels that wait for one another are blocked, not passed and not hung', () => {
    const circle = run({}, (draft) => {
      noReview(draft)
      level(draft, 'component').dependsOn = ['integration']
      level(draft, 'integration').dependsOn = ['component']
    })
    expect(states(circle).slice(0, 2)).toEqual(['blocked', 'blocked'])
  })
})

describe("requirements beyond the level's own criteria", () => {
  const require =
    (...requirements: ReturnType<typeof requirement>[]) =>
    (config: Config) => {
      level(config, 'component').requirements = requirements
    }

  it('a sentence about an own criterion is judged with it', () => {
    const [component] = run({}, require(requirement('Security', { fn: 'criterion', id: 'security_score' })))
    expect([component!.state, component!.requirements]).toEqual(['passed', []])
  })

  it('a sentence with a number of its own is held against that number', () => {
    const strict = require(requirement('Coverage > 99%', { fn: 'metric', id: 'test_coverage', limit: limit('>', 99) }))
    expect(states(run({}, strict))[0]).toBe('passed')
    const [component] = run({ test_coverage: { value: 98 } }, strict)
    expect(component!.state).toBe('failed')
    expect(component!.reasons).toContainEqual(reason('limit_not_met', { actual: 98, unit: '%', limit: '> 99 %' }))
  })

  it('a sentence that nothing checks lets nothing through, unless it is optional', () => {
    const prose = requirement('We mean well', { fn: 'unbound' })
    expect(states(run({}, require(prose)))[0]).toBe('failed')
    expect(states(run({}, require({ ...prose, optional: true })))[0]).toBe('passed')
  })

  it('what needs a judge is an error without one', () => {
    expect(states(run({}, require(requirement('Tests', { fn: 'tests.passed', level: 'component' }))))[0]).toBe('error')
  })

  it('an approval is covered by the manual review of the level, else it is asked for', () => {
    const approval = requirement('Deployment approval granted', { fn: 'approval' })
    const results = run({}, (config) => {
      level(config, 'service').requirements = [approval]
    })
    expect(results[2]!.state).toBe('pending_review')
    expect(states(run({}, require(approval)))[0]).not.toMatch(/^passed/)
  })
})

describe('properties', () => {
  const worse: Partial<MetricValue>[] = [lost, broken, { state: 'pending', value: null }, { value: 0 }, { capped: 'fail' }]

  it('no criterion of a level can be anything but through in a level that is', () => {
    for (const { id, level: owner } of SEED_CRITERIA.filter((one) => one.family !== 'approval')) {
      for (const change of worse) {
        const results = run({ [id]: change }, noReview)
        const from = LEVEL_IDS.indexOf(owner)
        for (const result of results.slice(from)) expect(result.state).not.toMatch(/^(passed|not_applicable)/)
        for (const result of results.slice(0, from)) expect(result.state).toBe('passed')
      }
    }
  })

  it('the same input gives the same result', () => {
    expect(run({ test_coverage: { value: 12 } })).toEqual(run({ test_coverage: { value: 12 } }))
  })
})
