import { describe, expect, it } from '@jest/globals'
import { comparePolicy } from '../../src/config/compare.ts'
import { looseningsOf } from '../../src/config/loosening.ts'
import type { Config } from '../../src/model/config.ts'
import { criterionOf, metricOf, requirement, seedConfig } from '../support/config.ts'
import { document, evidence, gate, level, limit, objective, SETTINGS, UNTOLD } from '../support/policy-changes.ts'

describe('comparePolicy', () => {
  it('finds nothing between a policy and itself, nor in names, origins and budgets', () => {
    expect(comparePolicy(seedConfig(), seedConfig())).toEqual({ tightened: [], loosened: [] })
    const renamed = seedConfig((config) => {
      level(config, 1).name = 'Parts'
      level(config, 1).description = 'of it'
      gate(config, 1).name = 'Door'
      criterionOf(config, 'test_coverage').pass = [limit('> 95 %', '%', 'elsewhere.yml:1')]
      config.timeoutSeconds = 5
      config.retries = 0
    })
    expect(comparePolicy(seedConfig(), renamed)).toEqual({ tightened: [], loosened: [] })
  })

  it.each(SETTINGS)('%s tightens one way and loosens the other', (_, lax, strict, text) => {
    const [left = '', to] = text.split(' -> ')
    const at = left.lastIndexOf(': ')
    const back = `${left.slice(0, at)}: ${to} -> ${left.slice(at + 2)}`
    expect(comparePolicy(seedConfig(lax), seedConfig(strict))).toEqual({ tightened: [text], loosened: [] })
    expect(comparePolicy(seedConfig(strict), seedConfig(lax))).toEqual({ tightened: [], loosened: [back] })
  })

  it.each(UNTOLD)('%s cannot be told and counts as loosened, both ways', (_, change) => {
    for (const [from, to] of [
      [seedConfig(), seedConfig(change)],
      [seedConfig(change), seedConfig()],
    ] as const) {
      const found = comparePolicy(from, to)
      expect(found.tightened).toEqual([])
      expect(found.loosened).toHaveLength(1)
    }
  })

  it.each([
    ['another kind of test', { test: 'percentage', boundary: 1 }, '5 interquartile ranges -> 1 % of the median'],
    ['another window', { window: 50 }, 'samples looked at: 20 -> 50'],
    ['another minimum of samples', { minSamples: 9 }, 'minimum of samples: 5 -> 9'],
  ] as const)('a regression test of %s cannot be told and counts as loosened', (_, change, said) => {
    const policy = (more: object) =>
      seedConfig((config) => {
        criterionOf(config, 'test_coverage').regression = { test: 'iqr', boundary: 5, minSamples: 5, window: 20, ...more }
      })
    for (const [from, to] of [
      [policy({}), policy(change)],
      [policy(change), policy({})],
    ] as const)
      expect(comparePolicy(from, to)).toEqual({ tightened: [], loosened: [expect.stringContaining('test_coverage, regression')] })
    expect(comparePolicy(policy({}), policy(change)).loosened[0]).toContain(said)
  })

  it('does not take one more objective for stricter where less than all is enough', () => {
    const trusted = seedConfig((config) => {
      criterionOf(config, 'performance_compliance').pass = [limit('>= 80%')]
      metricOf(config, 'performance_compliance').objectives = [objective('a.p95', '< 200ms')]
    })
    const head = structuredClone(trusted)
    metricOf(head, 'performance_compliance').objectives.push(objective('b.p95', '< 1h'))
    expect(comparePolicy(trusted, head)).toEqual({
      tightened: [],
      loosened: ['metric performance_compliance, objective, b.p95: (none) -> < 1 h'],
    })
  })

  it('sees a removed metric and the first evidence of one', () => {
    const head = seedConfig((config) => {
      config.metrics = config.metrics.filter((metric) => metric.id !== 'service_security')
      metricOf(config, 'test_coverage').evidence = [evidence('cov/lcov.info')]
    })
    expect(comparePolicy(seedConfig(), head).loosened).toEqual([
      'metric test_coverage, evidence, cov/lcov.info: (none) -> required',
      'metric service_security: security -> (none)',
    ])
  })

  it('does not lose one of two items of the same name', () => {
    const trusted = seedConfig((config) => {
      metricOf(config, 'performance_compliance').objectives = [objective('a.p95', '< 200ms'), objective('a.p95', '> 1ms')]
      gate(config, 1).exit = ['Code coverage >95%', 'Code coverage >80%'].map((text) => requirement(text, { fn: 'approval' }))
    })
    const head = structuredClone(trusted)
    metricOf(head, 'performance_compliance').objectives.shift()
    gate(head, 1).exit.shift()
    expect(comparePolicy(trusted, head).loosened).toEqual([
      'metric performance_compliance, objective, a.p95: < 200 ms -> > 1 ms',
      'metric performance_compliance, objective, a.p95: > 1 ms -> (none)',
      'gate 1, exit, "Code coverage >80%": approval -> (none)',
    ])
  })

  it('keeps hostile text on one line and short', () => {
    const head = seedConfig((config) => {
      gate(config, 1).exit.push(requirement(`x\n::error::\n${'y'.repeat(10_000)}`, { fn: 'manual' }))
    })
    const [text] = comparePolicy(seedConfig(), head).tightened
    expect(text).not.toContain('\n')
    expect(text!.length).toBeLessThan(400)
  })
})

describe('looseningsOf', () => {
  const originOf = (pointer: string) => `asked for ${pointer}`

  it('lists what was loosened, by the keys of the file and where it was written', () => {
    const over = seedConfig((config) => {
      criterionOf(config, 'test_coverage').pass = [limit('> 80%', '%', 'CERTIFICATION_X')]
      criterionOf(config, 'security_score').severity = 'warn'
      level(config, 4).enabled = false
      gate(config, 1).exit.shift()
      metricOf(config, 'test_coverage').exclude = ['gen/**']
      metricOf(config, 'test_coverage').origin = 'policy.yml:4'
    })
    expect(looseningsOf(seedConfig(), over, originOf)).toEqual([
      { pointer: '/metrics/test_coverage/coverage/exclude', from: '(none)', to: 'gen/**', origin: 'policy.yml:4' },
      {
        pointer: '/certification_levels/level_1_component_certification/validation_criteria/test_coverage',
        from: '> 95 %',
        to: '> 80 %',
        origin: 'CERTIFICATION_X',
      },
      {
        pointer: '/certification_levels/level_1_component_certification/validation_criteria/security_score/severity',
        from: 'fail',
        to: 'warn',
        origin: 'asked for /certification_levels/level_1_component_certification/validation_criteria/security_score/severity',
      },
      {
        pointer: '/certification_levels/level_4_system_certification/enabled',
        from: 'on',
        to: 'off',
        origin: 'asked for /certification_levels/level_4_system_certification/enabled',
      },
      {
        pointer: '/certification_gates/gate_1_component_gate/exit_criteria',
        from: '"All component tests pass": tests.passed:component',
        to: '(none)',
        origin: 'asked for /certification_gates/gate_1_component_gate/exit_criteria',
      },
    ])
  })

  it.each(SETTINGS)('%s: one way only', (_, lax, strict) => {
    expect(looseningsOf(seedConfig(lax), seedConfig(strict), originOf)).toEqual([])
    expect(looseningsOf(seedConfig(strict), seedConfig(lax), originOf)).toHaveLength(1)
  })

  it.each(UNTOLD)('%s: listed, since it cannot be told', (_, change) => {
    expect(looseningsOf(seedConfig(), seedConfig(change), originOf)).toHaveLength(1)
  })

  it('takes a report on the interface beside documents, or documents beside one, for what may make up for them', () => {
    const pointersOf = (...given: Parameters<typeof seedConfig>[0][]) => {
      const [from, to] = given.map((change) => seedConfig(change))
      return looseningsOf(from!, to!, originOf).map(({ pointer }) => pointer)
    }
    const some = (documents: string[], reports: string[], pass: string) => (config: Config) => {
      const metric = metricOf(config, 'documentation_completeness')
      metric.documents = documents.map((id) => document(id))
      metric.evidence = reports.map((path) => evidence(path))
      for (const level of config.levels) for (const one of level.criteria) if (one.metric === metric.id) one.pass = [limit(pass)]
    }
    const at = '/metrics/documentation_completeness'
    expect(pointersOf(some(['a'], [], '>= 80%'), some(['a'], ['r.txt'], '>= 80%'))).toEqual([`${at}/evidence`])
    expect(pointersOf(some([], ['r.txt'], '>= 80%'), some(['a'], ['r.txt'], '>= 80%'))).toEqual([`${at}/documents`])
    expect(pointersOf(some(['a'], [], '>= 100%'), some(['a'], ['r.txt'], '>= 100%'))).toEqual([])
    expect(pointersOf(some([], [], '>= 80%'), some([], ['r.txt'], '>= 80%'))).toEqual([])
  })

  it('does not take the first declaration of what must be declared for a loosening, but committed evidence always', () => {
    const over = seedConfig((config) => {
      metricOf(config, 'test_coverage').evidence = [evidence('cov/lcov.info')]
      metricOf(config, 'performance_compliance').objectives = [objective('a.p95', '< 200ms')]
      metricOf(config, 'documentation_completeness').documents = [document('readme')]
      metricOf(config, 'service_communication').points = [{ id: 'a to b', tests: ['**/a-b/**'] }]
      config.evidence = [evidence('reports/*.xml')]
    })
    expect(looseningsOf(seedConfig(), over, originOf)).toEqual([])
    const committed = seedConfig((config) => {
      metricOf(config, 'test_coverage').evidence = [evidence('cov/lcov.info', { committed: true })]
    })
    expect(looseningsOf(seedConfig(), committed, originOf)).toEqual([
      {
        pointer: '/metrics/test_coverage/evidence',
        from: 'cov/lcov.info: (none)',
        to: 'may be committed',
        origin: 'policy.yml:3',
      },
    ])
  })
})
