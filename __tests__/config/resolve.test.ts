import { describe, expect, it } from '@jest/globals'
import { child, withValue } from '../../src/config/pointer.ts'
import { followed } from '../../src/config/rules.ts'
import { PROCESS } from '../../src/config/schema/index.ts'
import type { SchemaNode } from '../../src/config/schema/node.ts'
import { notationOf } from '../../src/model/check.ts'
import type { Config } from '../../src/model/config.ts'
import { SEED_CRITERIA } from '../support/config.ts'
import { configOf, fixture, problemsOf, resolved, seedVariables } from '../support/resolving.ts'

function limitsOf(config: Config): Record<string, string> {
  const criteria = config.levels.flatMap((level) => level.criteria)
  return Object.fromEntries(criteria.map((criterion) => [criterion.id, criterion.pass.map((limit) => limit.text).join(' and ')]))
}

function sentences(config: Config) {
  return [
    ...config.levels.flatMap((level) => level.requirements),
    ...config.gates.flatMap((gate) => [...gate.entry, ...gate.exit, ...gate.deliverables]),
  ]
}

const level1 = (criteria: string) => `certification_levels:\n  level_1:\n    validation_criteria: { ${criteria} }\n`

describe('a suppression that has ended', () => {
  const text =
    'version: 1\nsuppressions:\n  - { id: B101, justification: a test fixture only - no real password, owner: ada, expires: 2026-11-01 }\n'
  const at = (now: string) => resolved(text, { now: new Date(now) })

  it('loosens nothing, and is told with its place', () => {
    expect(at('2026-11-01T23:59:59Z')).toMatchObject({ notices: [], loosened: [{ pointer: '/suppressions' }] })
    const { notices, loosened, config } = at('2026-11-02T00:00:00Z')
    expect(loosened).toEqual([])
    expect(notices).toEqual([
      {
        code: 'suppression_expired',
        message: 'the suppression of B101 expired on 2026-11-01, so it suppresses nothing',
        hint: 'have it renewed, or take it out',
        path: '.github/certification.yml',
        line: 3,
      },
    ])
    // What it is compared with, recorded and replayed by is what was written.
    expect(config!.suppressions).toHaveLength(1)
    expect(resolved(text).loosened).toHaveLength(1)
  })
})

describe('no config', () => {
  const config = configOf(null)

  it('holds the sixteen criteria with their limits, levels and metrics', () => {
    const built = config.levels.flatMap((level) => level.criteria)
    expect(built.map(({ id, level, pass }) => ({ id, level, pass: pass.map((limit) => limit.text) }))).toEqual(
      SEED_CRITERIA.map(({ id, level, pass }) => ({ id, level, pass: [pass.text] })),
    )
    expect(config.metrics.map(({ id, family, level }) => ({ id, family, level }))).toEqual(
      // Measured and shown, and judged nowhere unless a policy names it.
      [
        ...SEED_CRITERIA.map(({ id, family, level }) => ({ id, family, level })),
        { id: 'new_code_coverage', family: 'new_code', level: 'component' },
      ],
    )
  })

  it('is advisory, loosens nothing, and leaves no sentence unbound', () => {
    expect(config.mode).toBe('advisory')
    expect(resolved(null)).toMatchObject({ problems: [], notices: [], loosened: [], ignored: [], source: 'defaults' })
    expect(sentences(config)).toHaveLength(16 + 4 * 11)
    expect(sentences(config).filter((one) => one.check.fn === 'unbound')).toEqual([])
  })

  it('has the targets, suites and document of the specification', () => {
    expect(config.target).toEqual({ pull_request: 2, merge_group: 2, push: 2, release: 4, local: 2 })
    expect(config.suites.system).toEqual(['**/system/**', '**/e2e/**'])
    expect(config.metrics.find((metric) => metric.id === 'documentation_completeness')?.documents.map((one) => one.path)).toEqual(
      ['README.md'],
    )
  })
})

describe('whole configs', () => {
  it.each(['process.yml', 'everything.yml', 'minimal.yml'])('accepts %s, alone and under the variables', (name) => {
    expect(problemsOf(fixture(name))).toEqual([])
    expect(problemsOf(fixture(name), { env: seedVariables() })).toEqual([])
  })

  it('reads the process as it is: same verdict rules as the defaults, nothing loosened', () => {
    const { config, loosened } = resolved(fixture('process.yml'))
    expect(limitsOf(config!)).toEqual(limitsOf(configOf(null)))
    expect(sentences(config!).map((one) => notationOf(one.check))).toEqual(
      sentences(configOf(null)).map((one) => notationOf(one.check)),
    )
    expect(loosened).toEqual([])
    expect(config!.mode).toBe('enforce')
  })

  it('lists the sections that have no behaviour, and keeps them', () => {
    const config = configOf(fixture('process.yml'))
    expect(config.notInForce).toEqual(
      expect.arrayContaining([
        'certification_reporting',
        'certification_automation',
        'certification_maintenance',
        'certification_compliance',
      ]),
    )
    expect(config.reserved['certification_validation.rollback_process']).toMatchObject({ rollback_timeout: 300 })
    expect(configOf(fixture('minimal.yml')).notInForce).toEqual([])
  })

  it('takes the short ids and booleans of the library form', () => {
    const text = `
certification_levels:
  level_1: { enabled: true, auto_progression: true, manual_review: false }
  level_4: false
certification_gates:
  gate_1: true
  gate_4: { enabled: true, auto_progression: false, manual_approval: true }
certification_validation: { automated_validation: true, manual_review: true, escalation_process: true, rollback_process: true }
certification_reporting: { real_time_reporting: true, scheduled_reporting: true, report_content: true, report_distribution: true }
certification_automation: { automation_configuration: true, automation_triggers: true, automation_notifications: true, automation_escalation: true }
certification_maintenance: { maintenance_configuration: true, maintenance_tasks: true, maintenance_notifications: true }
certification_compliance: { compliance_configuration: true, compliance_requirements: true, compliance_reporting: true }
`
    const config = configOf(text)
    expect(config.levels.map((level) => level.enabled)).toEqual([true, true, true, false])
    expect(config.gates.map((gate) => gate.explicit)).toEqual([true, false, false, true])
  })

  it('takes an empty file for defaults that count, and says so', () => {
    for (const text of ['', '# nothing yet\n', '{}']) expect(configOf(text).mode).toBe('enforce')
    expect(resolved('').notices.map((notice) => notice.code)).toEqual(['config_empty'])
  })

  it('lets x- keys stand anywhere and forgets them', () => {
    const plain = resolved('mode: enforce\ncertification_levels: { level_1: { enabled: true } }\n')
    const marked = resolved(
      'mode: enforce\nx-team: a\ncertification_levels: { x-a: 1, level_1: { enabled: true, x-b: { c: [] } } }\n',
    )
    expect(marked.problems).toEqual([])
    expect(marked.digest).toBe(plain.digest)
  })
})

describe('sentences and limits', () => {
  it('tightens a bare 95 by the sentence, and leaves a written comparator alone', () => {
    expect(limitsOf(configOf(level1('test_coverage: 95'))).test_coverage).toBe('> 95 %')
    expect(limitsOf(configOf(level1('test_coverage: ">= 95%"'))).test_coverage).toBe('>= 95 %')
    expect(limitsOf(configOf(level1('performance_compliance: 100'))).performance_compliance).toBe('>= 100 %')
  })

  it('lets the built-in sentences follow a changed limit', () => {
    const config = configOf(level1('test_coverage: "> 80%"'))
    expect(config.levels[0]!.requirements[0]).toMatchObject({
      text: 'Component tests pass with > 80 % coverage',
      origin: '.github/certification.yml:3',
    })
    expect(notationOf(config.gates[0]!.exit[1]!.check)).toBe('test_coverage > 80 %')
    const tighter = resolved(level1('test_coverage: "> 99%"'))
    expect(tighter.loosened).toEqual([])
  })

  it('makes a sentence that nothing checks unbound, with a notice', () => {
    const { config, notices } = resolved('certification_gates: { gate_1: { entry_criteria: ["The stars are right"] } }')
    expect(config!.gates[0]!.entry.map((one) => one.check.fn)).toEqual(['unbound'])
    expect(notices.map((notice) => notice.code)).toEqual(['unbound_sentence'])
  })

  it('binds written checks, manual items and files', () => {
    const config = configOf(`certification_gates:
  gate_3:
    entry_criteria: [{ text: enough tests, check: "tests.count:service >= 20" }, { text: agreed, manual: true }]
    deliverables: [{ name: Reliability, path: "reports/r.*", max_age: 30d }]
`)
    const gate = config.gates[2]!
    expect(gate.entry.map((one) => notationOf(one.check))).toEqual(['tests.count:service >= 20', 'manual'])
    expect(gate.deliverables[0]!.check).toEqual({ fn: 'file', paths: ['reports/r.*'], maxAgeSeconds: 30 * 86_400 })
  })

  it('adds criteria and metrics, and keeps the built-in ones that are not mentioned', () => {
    const config = configOf(
      `${level1('code_quality: ">= 90"')}metrics: { code_quality: { kind: quality, evidence: "lint/*.sarif" } }\n`,
    )
    expect(config.levels[0]!.criteria.map((criterion) => criterion.id)).toContain('code_quality')
    expect(config.levels[0]!.criteria).toHaveLength(5)
    expect(config.metrics.find((metric) => metric.id === 'code_quality')).toMatchObject({ family: 'quality', level: 'component' })
  })

  it('keeps the built-in limit of a criterion written without one', () => {
    expect(limitsOf(configOf(level1('test_coverage: { key: true }'))).test_coverage).toBe('> 95 %')
  })

  it('fills in a regression test, and leaves none where none is written', () => {
    const regressionOf = (text: string) => resolved(level1(`test_coverage: ${text}`)).config!.levels[0]!.criteria[0]!.regression
    const written = (more: string) => regressionOf(`{ pass: "> 90%", regression: { test: iqr, boundary: 1.5${more} } }`)
    expect(written('')).toEqual({ test: 'iqr', boundary: 1.5, minSamples: 5, window: 20 })
    expect(written(', min_samples: 3, window: 10')).toEqual({ test: 'iqr', boundary: 1.5, minSamples: 3, window: 10 })
    expect(written(', min_samples: 30')).toMatchObject({ minSamples: 30, window: 30 })
    expect(regressionOf('"> 90%"')).toBeNull()
    expect(regressionOf('{ pass: "> 90%" }')).toBeNull()
  })

  it('counts how long a level is held in days, unless commits are asked for', () => {
    const held = (more: string, limit: string) =>
      resolved(
        `metrics: { held: { kind: continuity, level: integration${more} } }\ncertification_levels: { level_3: { validation_criteria: { held: "${limit}" } } }`,
      ).config!
    const days = held('', '> 30 d')
    expect(days.metrics.find((one) => one.id === 'held')).toMatchObject({ family: 'continuity', level: 'integration', unit: 'd' })
    const criterion = (config: typeof days) => config.levels[2]!.criteria.find((one) => one.id === 'held')
    expect(criterion(days)?.pass[0]?.terms).toEqual([{ op: '>', value: 30, unit: 'd', mode: 'absolute' }])
    expect(criterion(held(', unit: commits', '>= 50 commits'))?.pass[0]?.terms[0]).toMatchObject({ value: 50, unit: 'commits' })
  })

  it('reads a missing baseline as pending, whatever was hoped for', () => {
    for (const missing of ['warn', 'pass', 'pending']) {
      const { config } = resolved(level1(`test_coverage: { pass: ">= -1pp", baseline: { missing: ${missing} } }`))
      expect(config!.levels[0]!.criteria[0]!.baseline.missing).toBe('pending')
    }
    expect(resolved(level1('test_coverage: { pass: ">= -1pp", baseline: { missing: warn } }')).notices).toHaveLength(1)
  })
})

describe('order', () => {
  const base = { text: 'retries: 1\ntimeout: 60\nenvironment: staging\n', source: 'acme/policy/base.yml' }
  const text = `extends: acme/policy/base.yml@${'a'.repeat(40)}\ntimeout: 120\n`

  it('is defaults < extends < file < variables', () => {
    expect(configOf(text, { base })).toMatchObject({ retries: 1, timeoutSeconds: 120, environment: 'staging', sequential: true })
    expect(configOf(text, { base, env: { CERTIFICATION_PROCESS_TIMEOUT: '30' } }).timeoutSeconds).toBe(30)
  })

  it('refuses a base that was not read, and a base on another base', () => {
    expect(problemsOf(text)).toEqual(['1:10 extends_missing'])
    expect(problemsOf(text, { base: { ...base, text } })).toEqual(['1:10 extends_nested'])
  })

  it('lays what an environment changes over the file', () => {
    const file = `${level1('test_coverage: "> 90%"')}environments: { production: ${JSON.stringify({ retries: 7 })} }\n`
    expect(configOf(file).retries).toBe(3)
    expect(configOf(file, { env: { CERTIFICATION_PROCESS_ENVIRONMENT: 'production' } })).toMatchObject({
      retries: 7,
      environment: 'production',
    })
  })

  it('adds the inputs evidence and artifacts to what the config names', () => {
    const { evidence } = configOf('evidence: a.xml', { inputs: { evidence: ['b/*.xml'], artifacts: ['reports-*'] } })
    expect(evidence.map(({ paths, artifact }) => [paths, artifact])).toEqual([
      [['a.xml'], null],
      [['b/*.xml'], null],
      [['**'], 'reports-*'],
    ])
  })
})

describe('digest', () => {
  it('changes with what is said, not with where it stands', () => {
    const one = resolved('mode: enforce\nretries: 2\n').digest
    expect(resolved('# a comment\n\nretries: 2\n\nmode: "enforce"\n').digest).toBe(one)
    expect(resolved('{"retries": 2}').digest).toBe(one)
    expect(resolved('certification_process: { retries: 2 }').digest).toBe(one)
    expect(resolved('retries: 1\n').digest).not.toBe(one)
    expect(one).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('is not given for a config with problems', () => {
    expect(resolved('mode: no').digest).toBeNull()
  })
})

/** Every default that the schema states, with its pointer. */
function statedDefaults(node: SchemaNode, pointer = ''): [string, unknown][] {
  const rule = followed(node)
  const own: [string, unknown][] = rule.default === undefined ? [] : [[pointer, rule.default]]
  const keys = Object.entries(rule.properties ?? {}).filter(([key]) => key !== 'environments')
  return [...own, ...keys.flatMap(([key, next]) => statedDefaults(next, child(pointer, key)))]
}

describe('every default', () => {
  const defaults = statedDefaults(PROCESS)

  it('is the value that holds: written out it changes nothing in force', () => {
    const bare = configOf('mode: enforce')
    expect(defaults.length).toBeGreaterThan(80)
    for (const [pointer, value] of defaults) {
      const { config, problems, loosened } = resolved(JSON.stringify(withValue({}, pointer, value)))
      expect({ pointer, problems, loosened }).toEqual({ pointer, problems: [], loosened: [] })
      const gates = config!.gates.map((gate) => ({ ...gate, explicit: false }))
      expect({ ...config, gates, reserved: {}, notInForce: [] }).toEqual(bare)
    }
  })
})

describe('hostile texts', () => {
  it('never throw, wherever a file is cut off', () => {
    const text = fixture('everything.yml')
    for (let end = 0; end < text.length; end += 41) {
      const { config, problems } = resolved(text.slice(0, end))
      expect(config === null).toBe(problems.length > 0)
    }
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a key %s is an unknown key like any other', (key) => {
    expect(problemsOf(`${key}: { a: 1 }\n`)).toEqual(['1:1 unknown_key'])
    expect(resolved(`certification_levels: { level_1: { ${key}: 1 } }\n`).config).toBeNull()
  })
})

describe('checklists', () => {
  const list = (more: string) => `checklists: { own: { source: a.md, ${more} } }\n`

  it('whose plain ticks count are listed as loosened, also where the list is new', () => {
    expect(resolved(list('attestation: false')).loosened).toEqual([
      { pointer: '/checklists/own/attestation', from: 'on', to: 'off', origin: '.github/certification.yml:1' },
    ])
    expect(resolved(list('attestation: true')).loosened).toEqual([])
    expect(resolved(list('items: [a]')).loosened).toEqual([])
  })

  it('keep the word of whoever attests an item, and what only tells how far things are', () => {
    const attested = '{ by: ada, on: 2026-11-01, evidence: a.md, expires: 2027-05-01 }'
    const { checklists } = configOf(list(`items: [{ text: a, attested: ${attested} }, { text: b, progress: true }, c]`))
    expect(checklists[0]!.items.map(({ text, attested: word, progress }) => [text, word, progress])).toEqual([
      ['a', { by: 'ada', on: '2026-11-01', evidence: 'a.md', expires: '2027-05-01' }, undefined],
      ['b', undefined, true],
      ['c', undefined, undefined],
    ])
  })
})
