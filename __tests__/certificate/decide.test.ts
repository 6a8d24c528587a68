import { describe, expect, it } from '@jest/globals'
import { decide } from '../../src/certificate/decide.ts'
import type { GateInput } from '../../src/gates/input.ts'
import type { Config } from '../../src/model/config.ts'
import type { Decision } from '../../src/model/judgement.ts'
import type { LevelNumber } from '../../src/model/level.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import type { Verdict } from '../../src/model/outcome.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionOf, limit, requirement, SEED_CRITERIA } from '../support/config.ts'
import { evaluateRun, gateInput, readyConfig, seedMetrics } from '../support/judged.ts'

type Edit = (config: Config) => void
interface Setup {
  edit?: Edit
  metrics?: Record<string, Partial<MetricValue>>
  input?: Partial<Omit<GateInput, 'levels' | 'config'>>
}

function decided(target: LevelNumber, { edit = () => {}, metrics = {}, input = {} }: Setup = {}): Decision {
  const whole = gateInput(readyConfig(edit), { metrics: seedMetrics(metrics), ...input })
  const { levels, gates } = evaluateRun(whole)
  return decide({ config: whole.config, target, levels, gates, errors: [] })
}

const lost = { state: 'no_evidence', value: null } as const
const broken = { state: 'error', value: null } as const
const offline = { change: { draft: null, conflict: null, changed: null } }

describe('the verdict for a target', () => {
  it('passed: levels through and gates open up to the target', () => {
    expect(decided(1)).toMatchObject({
      verdict: 'passed',
      level: 2,
      target: 1,
      proceed: true,
      pendingFor: null,
      failedCriteria: [],
    })
    expect(decided(2)).toMatchObject({ verdict: 'passed', level: 2, target: 2, proceed: true })
  })

  it('pending for approval: nothing but approvals is outstanding', () => {
    expect(decided(3)).toMatchObject({ verdict: 'pending', pendingFor: 'approval', level: 2, proceed: false })
    expect(decided(4)).toMatchObject({ verdict: 'pending', pendingFor: 'approval', level: 2, proceed: false })
  })

  it('pending for evidence, also where an approval is awaited beside it', () => {
    expect(decided(1, { input: offline })).toMatchObject({ verdict: 'pending', pendingFor: 'evidence', level: 0 })
    const lenient: Edit = (config) => {
      criterionOf(config, 'service_security').onMissing = 'pending'
    }
    expect(decided(3, { edit: lenient, metrics: { service_security: lost } })).toMatchObject({
      verdict: 'pending',
      pendingFor: 'evidence',
    })
  })

  it('failed, and never softened to pending by what is pending beside it', () => {
    expect(decided(2, { metrics: { test_coverage: { value: 95 } } })).toMatchObject({
      verdict: 'failed',
      level: 0,
      failedCriteria: ['test_coverage'],
      pendingFor: null,
      proceed: false,
    })
    expect(decided(2, { input: offline, metrics: { test_coverage: { value: 95 } } }).verdict).toBe('failed')
    expect(decided(4, { metrics: { end_to_end_validation: { value: 50 } } }).verdict).toBe('failed')
  })

  it('error: what had to be judged could not be, even beside a failure', () => {
    expect(decided(2, { metrics: { test_coverage: broken, security_score: { value: 1 } } }).verdict).toBe('error')
    const whole = gateInput(readyConfig())
    const { levels, gates } = evaluateRun(whole)
    const errors = [reason('config_missing', { path: 'x.yml' })]
    const decision = decide({ config: whole.config, target: 1, levels, gates, errors })
    expect(decision).toMatchObject({ verdict: 'error', proceed: false })
    expect(decision.reasons[0]).toEqual(errors[0])
  })

  it('what lies above the target does not count', () => {
    expect(decided(1, { metrics: { database_integration: broken } })).toMatchObject({
      verdict: 'passed',
      level: 1,
      failedCriteria: [],
    })
    expect(decided(2, { metrics: { end_to_end_validation: { value: 1 } } }).verdict).toBe('passed')
  })

  it('a level or gate that was never judged is an error, not a pass', () => {
    const whole = gateInput(readyConfig())
    const { levels, gates } = evaluateRun(whole)
    const { config } = whole
    expect(decide({ config, target: 2, levels: [], gates: [], errors: [] }).verdict).toBe('error')
    expect(decide({ config, target: 2, levels: levels.slice(0, 1), gates, errors: [] }).verdict).toBe('error')
    expect(decide({ config, target: 2, levels, gates: gates.slice(1), errors: [] })).toMatchObject({ verdict: 'error', level: 0 })
  })

  it('a level without criteria, or all declared not applicable with nothing else evaluated, is no pass', () => {
    const empty: Edit = (config) => {
      config.levels[0]!.criteria = []
      config.gates[0]!.entry = []
      config.gates[0]!.exit = []
    }
    expect(decided(1, { edit: empty }).verdict).toBe('failed')
    const exempt: Edit = (config) => {
      for (const one of config.levels[0]!.criteria) {
        one.notApplicable = { reason: 'nothing of the sort', expires: '2027-01-01', approvedBy: null }
      }
    }
    const metrics = { database_integration: { value: 1 } }
    expect(decided(1, { edit: exempt, metrics })).toMatchObject({ verdict: 'failed', level: 0, proceed: false })
    expect(decided(2, { edit: exempt })).toMatchObject({ verdict: 'passed', level: 2 })
  })
})

describe('what is switched off', () => {
  const off =
    (n: LevelNumber): Edit =>
    (config) => {
      config.levels[n - 1]!.enabled = false
      for (const gate of config.gates) gate.entry = gate.entry.filter(({ check }) => check.fn !== 'level')
    }

  it('a disabled target cannot be reached', () => {
    const decision = decided(2, { edit: off(2) })
    expect(decision).toMatchObject({ verdict: 'failed', level: 1, proceed: false })
    expect(decision.reasons).toContainEqual(reason('level_disabled', { level: 'integration' }))
  })

  it('a disabled level below the target is left out and named', () => {
    const decision = decided(2, { edit: off(1) })
    expect(decision).toMatchObject({ verdict: 'passed', level: 2 })
    expect(decision.reasons).toContainEqual(reason('level_disabled', { level: 'component' }))
    expect(decision.shortfall).toContainEqual({ level: 'component', items: [reason('level_disabled', { level: 'component' })] })
  })

  it('a disabled gate is left out, named, and lets no next gate start', () => {
    const decision = decided(2, { edit: (config) => Object.assign(config.gates[1]!, { enabled: false }) })
    expect(decision).toMatchObject({ verdict: 'passed', level: 2, proceed: false })
    expect(decision.reasons).toContainEqual(reason('gate_disabled', { gate: 2 }))
  })

  it('automated validation off: pending, whatever the numbers', () => {
    expect(decided(2, { edit: (config) => Object.assign(config, { automatedValidation: false }) })).toMatchObject({
      verdict: 'pending',
      pendingFor: 'evidence',
      level: 0,
    })
  })
})

describe('warnings', () => {
  it('counts criteria that warn at or below the target, not those that only inform', () => {
    const metrics = {
      test_coverage: { value: 50 },
      security_score: { value: 50 },
      database_integration: { capped: 'warn' as const },
    }
    const edit: Edit = (config) => {
      criterionOf(config, 'test_coverage').severity = 'warn'
      criterionOf(config, 'security_score').severity = 'info'
      for (const gate of config.gates) gate.exit = gate.exit.filter(({ check }) => check.fn !== 'metric')
    }
    expect(decided(1, { edit, metrics }).warnings).toBe(1)
    expect(decided(2, { edit, metrics })).toMatchObject({ warnings: 2, verdict: 'passed' })
  })
})

describe('the shortfall', () => {
  it('has one entry for every level not reached, each with its criteria by name', () => {
    const decision = decided(2, {
      metrics: { test_coverage: { value: 94 }, security_score: lost, documentation_completeness: { value: 99 } },
    })
    expect(decision.shortfall.map((one) => one.level)).toEqual(['component', 'integration', 'service', 'system'])
    const { items } = decision.shortfall[0]!
    // Small steps first: documentation lacks 1 %, coverage 1.05 %, security cannot be measured.
    expect(items.map((one) => one.about)).toEqual(['documentation_completeness', 'test_coverage', 'security_score'])
    expect(items[1]).toEqual({
      ...reason('limit_not_met', { actual: 94, unit: '%', limit: '> 95 %' }),
      about: 'test_coverage',
    })
  })

  it('is empty of what was reached, and approvals come last', () => {
    const decision = decided(3, { metrics: { service_security: { value: 75 } } })
    expect(decision.shortfall.map((one) => one.level)).toEqual(['service', 'system'])
    expect(decided(3).shortfall[0]!.items.map((one) => one.code)).toEqual(['awaiting_approval'])
    const codes = decided(4).shortfall[1]!.items.map((one) => one.code)
    expect(codes.at(-1)).toMatch(/^awaiting/)
  })

  it('names the sentences of a gate that keep a level, itself through, from being reached', () => {
    const decision = decided(1, {
      edit: (config) => config.gates[0]!.entry.push(requirement('We mean well', { fn: 'unbound' })),
    })
    expect(decision).toMatchObject({ verdict: 'failed', level: 0, failedCriteria: [] })
    expect(decision.shortfall[0]!.items).toEqual([
      { ...reason('no_check_bound', { text: 'We mean well' }), about: 'We mean well' },
    ])
  })

  it('gives two criteria with the same numbers an item each', () => {
    const metrics = { performance_compliance: { value: 50 }, documentation_completeness: { value: 50 } }
    expect(decided(1, { metrics }).shortfall[0]!.items.map((one) => one.about)).toEqual([
      'performance_compliance',
      'documentation_completeness',
    ])
  })
})

describe('properties', () => {
  const RANK: Verdict[] = ['passed', 'pending', 'failed', 'error']
  const bad: Partial<MetricValue>[] = [
    lost,
    broken,
    { state: 'pending', value: null },
    { value: 0 },
    { capped: 'fail' },
    { value: Number.NaN },
  ]
  const ids = SEED_CRITERIA.filter((one) => one.family !== 'approval')

  it('flipping any single required criterion never yields passed, at any target at or above its level', () => {
    for (const { id, level } of ids) {
      const from = (['component', 'integration', 'service', 'system'].indexOf(level) + 1) as LevelNumber
      for (const change of bad) {
        for (const target of [1, 2, 3, 4] as const) {
          const { verdict, level: reached, proceed } = decided(target, { metrics: { [id]: change } })
          if (target >= from) {
            expect(verdict).not.toBe('passed')
            expect(proceed).toBe(false)
          }
          expect(reached).toBeLessThan(from)
        }
      }
    }
  })

  it('is monotone: a second flaw never improves the verdict or the level of the first', () => {
    for (const [index, first] of ids.entries()) {
      const second = ids[(index * 7 + 3) % ids.length]!
      for (const change of bad) {
        for (const other of bad) {
          const one = decided(4, { metrics: { [first.id]: change } })
          const two = decided(4, { metrics: { [second.id]: other, [first.id]: change } })
          expect(RANK.indexOf(two.verdict)).toBeGreaterThanOrEqual(RANK.indexOf(one.verdict))
          expect(two.level).toBeLessThanOrEqual(one.level)
        }
      }
    }
  })

  it('is monotone in the target: aiming higher never gives a better verdict', () => {
    for (const { id } of ids) {
      const verdicts = ([1, 2, 3, 4] as const).map((target) =>
        RANK.indexOf(decided(target, { metrics: { [id]: { value: 0 } } }).verdict),
      )
      expect(verdicts).toEqual([...verdicts].sort((a, b) => a - b))
    }
  })

  it('lowering a value never improves anything, with limits of every mode', () => {
    const pass = [
      limit('>', 90),
      { terms: [{ op: '>=' as const, value: -1, unit: '%', mode: 'relative' as const }], text: '>= -1 %', origin: 'x' },
    ]
    for (const missing of ['pending', 'fail', 'bootstrap'] as const) {
      const edit: Edit = (config) => {
        Object.assign(criterionOf(config, 'security_score'), { pass, warn: [limit('>', 50)] })
        Object.assign(criterionOf(config, 'security_score').baseline, { missing })
      }
      const ranks = [100, 95, 90, 70, 50, 20].map((value) =>
        RANK.indexOf(decided(1, { edit, metrics: { security_score: { value } } }).verdict),
      )
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      expect(ranks).not.toContain(RANK.indexOf('passed'))
    }
  })

  it('the same input gives the same bytes', () => {
    expect(JSON.stringify(decided(4, { metrics: { test_coverage: lost } }))).toBe(
      JSON.stringify(decided(4, { metrics: { test_coverage: lost } })),
    )
  })
})
