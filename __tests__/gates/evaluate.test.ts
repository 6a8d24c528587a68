import { describe, expect, it } from '@jest/globals'
import type { GateInput } from '../../src/gates/input.ts'
import type { Config, GateConfig } from '../../src/model/config.ts'
import type { GateResult } from '../../src/model/judgement.ts'
import type { LevelNumber } from '../../src/model/level.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import type { GateState, Outcome } from '../../src/model/outcome.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionOf, limit, requirement, SEED_CRITERIA } from '../support/config.ts'
import { evaluateRun, gateInput, readyConfig, seedMetrics } from '../support/judged.ts'

type Edit = (config: Config) => void
const gate = (config: Config, number: LevelNumber): GateConfig => config.gates.find((one) => one.number === number)!

function run(
  edit: Edit = () => {},
  metrics: Record<string, Partial<MetricValue>> = {},
  input: Partial<GateInput> = {},
): GateResult[] {
  return evaluateRun(gateInput(readyConfig(edit), { metrics: seedMetrics(metrics), ...input })).gates
}

const states = (results: GateResult[]): GateState[] => results.map((one) => one.state)
const lost = { state: 'no_evidence', value: null } as const

describe('the order: entry, level, exit, deliverables, approval, open', () => {
  it('at its best before any approval: two open, the third awaits, the fourth stands on the third', () => {
    const results = run()
    expect(states(results)).toEqual(['open', 'open', 'awaiting_approval', 'entry_failed'])
    expect(results.map((one) => one.proceed)).toEqual([true, true, false, false])
    expect(results.map((one) => one.outstanding)).toEqual(['none', 'none', 'approval', 'approval'])
    expect(results[2]!.reasons).toEqual([reason('awaiting_approval', { gate: 3, environment: 'certify-gate-3' })])
    expect(results[3]!.reasons).toContainEqual(reason('gate_not_open', { gate: 3, state: 'awaiting_approval' }))
  })

  /** A sentence whose outcome we choose: a metric of its own. */
  const probe = (text: string) => requirement(text, { fn: 'metric', id: 'probe', limit: limit('>=', 50) })
  const probed = (section: 'entry' | 'exit' | 'deliverables', outcome: Outcome | 'unbound', optional = false): GateResult => {
    const value: Partial<Record<Outcome, Partial<MetricValue>>> = {
      pass: { value: 60 },
      warn: { value: 60, capped: 'warn' },
      fail: { value: 40 },
      no_evidence: lost,
      error: { state: 'error', value: null },
      pending: { state: 'pending', value: null },
      not_applicable: { state: 'not_applicable', value: null },
    }
    const metrics = seedMetrics()
    const base = metrics[0]!
    metrics.push({ ...base, id: 'probe', ...value[outcome === 'unbound' ? 'pass' : outcome] })
    const sentence = outcome === 'unbound' ? requirement('Prose', { fn: 'unbound' }) : probe('Probe')
    const item = { ...sentence, optional, name: sentence.text }
    const config = readyConfig((draft) => {
      gate(draft, 1)[section].push(item)
    })
    return evaluateRun(gateInput(config, { metrics })).gates[0]!
  }
  const failing = { entry: 'entry_failed', exit: 'exit_failed', deliverables: 'deliverables_missing' } as const
  const table: ['entry' | 'exit' | 'deliverables', Outcome | 'unbound', GateState][] = []
  for (const section of ['entry', 'exit', 'deliverables'] as const) {
    for (const outcome of ['pass', 'warn', 'not_applicable'] as const) table.push([section, outcome, 'open'])
    for (const outcome of ['fail', 'no_evidence', 'unbound'] as const) table.push([section, outcome, failing[section]])
    table.push([section, 'pending', 'evidence_pending'], [section, 'error', 'error'])
  }

  it.each(table)('an item in %s with outcome %s: %s', (section, outcome, expected) => {
    const result = probed(section, outcome)
    expect(result.state).toBe(expected)
    expect(result.proceed).toBe(expected === 'open')
    if (expected !== 'open') expect(result.reasons.length).toBeGreaterThan(0)
  })

  it.each(table)('the same optional item in %s with outcome %s holds nothing back', (section, outcome) => {
    expect(probed(section, outcome, true).state).toBe('open')
  })

  it('the first stage in the way gives its name; a failure later beats what is only pending earlier', () => {
    const both: Edit = (config) => {
      gate(config, 1).entry.push(requirement('Prose', { fn: 'unbound' }))
      gate(config, 1).exit.push(requirement('More prose', { fn: 'unbound' }))
    }
    expect(states(run(both))[0]).toBe('entry_failed')
    const unknownChange = { change: { draft: null, conflict: null, changed: null } }
    expect(states(run(() => {}, {}, unknownChange))[0]).toBe('evidence_pending')
    expect(states(run(() => {}, { security_score: { value: 99 } }, unknownChange))[0]).toBe('exit_failed')
  })

  it('what is only pending is said as such, about its sentence, and never as failed', () => {
    const [first] = run(() => {}, {}, { change: { draft: null, conflict: null, changed: null } })
    expect(first!.reasons).toEqual([
      { ...reason('needs_github', { what: 'whether the change is a draft' }), about: 'Code development complete' },
    ])
  })

  it('a missing deliverable is named', () => {
    const [first] = run((config) => {
      gate(config, 1).deliverables = [
        { ...requirement('The plan', { fn: 'file', paths: ['plan.md'], maxAgeSeconds: null }), name: 'The plan' },
      ]
    })
    expect(first!.state).toBe('deliverables_missing')
    expect(first!.reasons).toEqual([reason('deliverable_missing', { name: 'The plan', expected: [] })])
  })

  it('a gate whose sentences all hold stays shut while its level is not through', () => {
    const bare: Edit = (config) => {
      for (const one of config.gates) Object.assign(one, { entry: [], exit: [], deliverables: [] })
    }
    expect(states(run(bare, { security_score: { value: 99 } }))[0]).toBe('exit_failed')
    expect(states(run(bare, { security_score: { state: 'error', value: null } }))[0]).toBe('error')
    const lenient: Edit = (config) => {
      bare(config)
      criterionOf(config, 'security_score').onMissing = 'pending'
    }
    expect(states(run(lenient, { security_score: lost }))[0]).toBe('evidence_pending')
    expect(states(run(bare))).toEqual(['open', 'open', 'awaiting_approval', 'entry_failed'])
  })
})

describe('gates that stand on gates', () => {
  it('no gate opens above one that is not open', () => {
    const results = run((config) => gate(config, 1).entry.push(requirement('Prose', { fn: 'unbound' })))
    expect(states(results)).toEqual(['entry_failed', 'entry_failed', 'entry_failed', 'entry_failed'])
    expect(results[1]!.reasons).toContainEqual(reason('gate_not_open', { gate: 1, state: 'entry_failed' }))
    expect(results.map((one) => one.outstanding)).toEqual(['failure', 'failure', 'failure', 'failure'])
  })

  it('a disabled gate is skipped, says so, never proceeds, and is looked through', () => {
    const results = run((config) => {
      gate(config, 1).enabled = false
    })
    expect(states(results)).toEqual(['skipped', 'open', 'awaiting_approval', 'entry_failed'])
    expect(results[0]).toMatchObject({ proceed: false, reasons: [reason('gate_disabled', { gate: 1 })] })
    const shut = run((config) => {
      gate(config, 2).enabled = false
      gate(config, 1).entry.push(requirement('Prose', { fn: 'unbound' }))
    })
    expect(states(shut)).toEqual(['entry_failed', 'skipped', 'entry_failed', 'entry_failed'])
  })
})

describe('a disabled level', () => {
  const without =
    (explicit: boolean): Edit =>
    (config) => {
      config.levels[1]!.enabled = false
      gate(config, 2).explicit = explicit
    }

  it('skips its gate', () => {
    const results = run(without(false))
    expect(states(results)[1]).toBe('skipped')
    expect(results[1]!.reasons).toEqual([reason('level_not_enabled_gate_skipped', { gate: 2 })])
  })

  it('does not satisfy a sentence that names it', () => {
    expect(states(run(without(false)))[2]).toBe('entry_failed')
  })

  it('unless the file enables the gate: then the sentences that need no level decide', () => {
    const results = run(without(true))
    expect(states(results)[1]).toBe('open')
    expect(results[1]!.exit.filter((one) => one.check.startsWith('criterion')).map((one) => one.outcome)).toEqual([
      'skipped',
      'skipped',
      'skipped',
    ])
    const failing = run((config) => {
      without(true)(config)
      gate(config, 2).entry.push(requirement('Prose', { fn: 'unbound' }))
    })
    expect(states(failing)[1]).toBe('entry_failed')
  })

  it('and a gate with nothing left to judge has judged nothing', () => {
    const empty = run((config) => {
      without(true)(config)
      Object.assign(gate(config, 2), { entry: [], exit: [], deliverables: [] })
    })
    expect(states(empty)[1]).toBe('exit_failed')
  })
})

describe('a level of which nothing applies', () => {
  const declared = { reason: 'there is nothing of it here', expires: '2027-01-01', approvedBy: null }
  const away =
    (number: LevelNumber, lists: Partial<GateConfig> = {}): Edit =>
    (config) => {
      for (const one of config.levels[number - 1]!.criteria) one.notApplicable = declared
      Object.assign(gate(config, number), lists)
    }
  const none = { entry: [], exit: [], deliverables: [] }
  const onlyDeclared = { ...none, exit: [requirement('Covered', { fn: 'criterion', id: 'test_coverage' })] }

  it('opens no first gate by declarations alone', () => {
    expect(run(away(1, none))[0]).toMatchObject({ state: 'exit_failed', proceed: false })
    expect(run(away(1, onlyDeclared))[0]).toMatchObject({ state: 'exit_failed', proceed: false })
  })

  it('opens one where a sentence was judged, or on a gate below that is open', () => {
    const tests = requirement('Tests pass', { fn: 'tests.passed', level: 'component' })
    expect(states(run(away(1, { ...none, exit: [tests] })))[0]).toBe('open')
    expect(states(run(away(2, none)))[1]).toBe('open')
  })
})

describe('approval', () => {
  it('sentences that only the approval can say do not lock the gate that waits for it', () => {
    const results = run((config) => {
      for (const one of config.levels) one.manualReview = false
      Object.assign(gate(config, 3), { manualApproval: false })
    })
    expect(states(results)).toEqual(['open', 'open', 'open', 'awaiting_approval'])
    expect(results[3]!.exit.find((one) => one.text === 'Deployment approved')!.outcome).toBe('pending')
    expect(results[3]!.outstanding).toBe('approval')
  })

  it('a sentence for a person on a gate without approval never lets it open by itself', () => {
    const results = run((config) => gate(config, 1).exit.push(requirement('Looks good', { fn: 'manual' })))
    expect(results[0]).toMatchObject({ state: 'awaiting_approval', proceed: false })
  })

  it('a level that awaits its review keeps its gate from opening even where the gate asks for no approval', () => {
    const results = run((config) => {
      gate(config, 3).manualApproval = false
    })
    expect(results[2]).toMatchObject({ state: 'awaiting_approval', proceed: false })
  })

  it('a gate that takes an approval is at best awaiting it', () => {
    const results = run((config) => {
      gate(config, 1).manualApproval = true
    })
    expect(states(results)).toEqual(['awaiting_approval', 'entry_failed', 'entry_failed', 'entry_failed'])
  })
})

describe('what a level requires beyond its criteria', () => {
  const twenty: Edit = (config) => {
    config.levels[0]!.requirements = [
      requirement('Twenty component tests', { fn: 'tests.count', level: 'component', limit: limit('>=', 20, '') }),
    ]
  }
  it("is judged by the gates' judge, and keeps level and gate shut", () => {
    const { levels, gates } = evaluateRun(gateInput(readyConfig(twenty)))
    expect(levels[0]).toMatchObject({ state: 'failed', outstanding: 'failure' })
    expect(levels[0]!.requirements).toMatchObject([{ text: 'Twenty component tests', outcome: 'fail' }])
    expect(levels[0]!.reasons).toContainEqual(reason('limit_not_met', { actual: 3, unit: 'tests', limit: '>= 20' }))
    expect(gates[0]!.state).toBe('exit_failed')
  })
  it('may be a level below', () => {
    const { levels } = evaluateRun(
      gateInput(
        readyConfig((config) => {
          config.levels[1]!.requirements = [requirement('Component first', { fn: 'level', level: 'component' })]
        }),
      ),
    )
    expect(levels[1]).toMatchObject({ state: 'passed', requirements: [{ outcome: 'pass', check: 'level:component' }] })
  })
})

describe('proceed', () => {
  it.each([
    ['the gate', (config: Config) => Object.assign(gate(config, 1), { autoProgression: false })],
    ['the level', (config: Config) => Object.assign(config.levels[0]!, { autoProgression: false })],
  ] as const)('is false where %s does not progress by itself', (_who, edit) => {
    expect(run(edit).slice(0, 2)).toMatchObject([
      { state: 'open', proceed: false },
      { state: 'open', proceed: true },
    ])
  })

  it('is false everywhere where gates do not progress by themselves at all', () => {
    const results = run((config) => {
      config.gateAutoProgress = false
    })
    expect(states(results).slice(0, 2)).toEqual(['open', 'open'])
    expect(results.some((one) => one.proceed)).toBe(false)
  })
})

describe('properties', () => {
  const unknowns: Partial<MetricValue>[] = [
    lost,
    { state: 'error', value: null },
    { state: 'pending', value: null },
    { value: 0 },
  ]

  it('with any single criterion unknown or failed, its gate and all above are shut', () => {
    for (const { id, level, family } of SEED_CRITERIA) {
      if (family === 'approval') continue
      const from = ['component', 'integration', 'service', 'system'].indexOf(level)
      for (const change of unknowns) {
        const results = run(() => {}, { [id]: change })
        for (const result of results.slice(from)) expect(result).not.toMatchObject({ state: 'open' })
        expect(results.slice(from).some((one) => one.proceed)).toBe(false)
      }
    }
  })

  it('with any single sentence unbound, its gate and all above are shut', () => {
    for (const number of [1, 2, 3, 4] as const) {
      for (const section of ['entry', 'exit', 'deliverables'] as const) {
        const count = gate(readyConfig(), number)[section].length
        for (let index = 0; index < count; index++) {
          const results = run((config) => {
            gate(config, number)[section][index]!.check = { fn: 'unbound' }
          })
          for (const result of results.slice(number - 1)) expect(['open', 'awaiting_approval']).not.toContain(result.state)
        }
      }
    }
  })

  it('with no evidence, no file and no value, nothing is open', () => {
    const results = run(
      () => {},
      {},
      { metrics: [], admitted: [], files: {}, change: { draft: null, conflict: null, changed: null } },
    )
    expect(states(results)).toEqual(['error', 'error', 'error', 'error'])
  })

  it('one piece of evidence less never opens or improves a gate', () => {
    const rank: GateState[] = [
      'open',
      'awaiting_approval',
      'evidence_pending',
      'deliverables_missing',
      'exit_failed',
      'entry_failed',
      'error',
    ]
    const whole = gateInput(readyConfig())
    const before = evaluateRun(whole).gates
    for (const index of whole.admitted.keys()) {
      const after = evaluateRun({ ...whole, admitted: whole.admitted.filter((_, at) => at !== index) }).gates
      for (const [at, result] of after.entries())
        expect(rank.indexOf(result.state)).toBeGreaterThanOrEqual(rank.indexOf(before[at]!.state))
      expect(after.some((one) => one.outstanding === 'failure')).toBe(true)
    }
  })

  it('the same input gives the same result', () => {
    expect(run()).toEqual(run())
  })
})
