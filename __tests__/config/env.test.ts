import { describe, expect, it } from '@jest/globals'
import { variables } from '../../src/config/rules.ts'
import { configOf, resolved, seedVariables } from '../support/resolving.ts'

const PULL_REQUEST = { event: 'pull_request', mayLoosen: false } as const

/** What each variable does when it is given another value than the seed's, as a path into the config and the value there. */
const EFFECTS: [string, string, (config: ReturnType<typeof configOf>) => unknown, unknown][] = [
  ['CERTIFICATION_PROCESS_ENVIRONMENT', 'staging', (c) => c.environment, 'staging'],
  ['CERTIFICATION_PROCESS_TIMEOUT', '5m', (c) => c.timeoutSeconds, 300],
  ['CERTIFICATION_PROCESS_RETRIES', '5', (c) => c.retries, 5],
  ['CERTIFICATION_PROCESS_AUTO_APPROVE', 'TRUE', (c) => c.autoApprove, true],
  ['CERTIFICATION_LEVEL_SEQUENTIAL', 'off', (c) => c.sequential, false],
  ['CERTIFICATION_GATE_AUTO_PROGRESS', 'no', (c) => c.gateAutoProgress, false],
  ...[1, 2, 3, 4].map((n): (typeof EFFECTS)[number] => [
    `CERTIFICATION_LEVEL_${n}_ENABLED`,
    '0',
    (c) => c.levels[n - 1]!.enabled,
    false,
  ]),
  ...[1, 2, 3, 4].map((n): (typeof EFFECTS)[number] => [
    `CERTIFICATION_GATE_${n}_ENABLED`,
    '0',
    (c) => c.gates[n - 1]!.enabled,
    false,
  ]),
  ['CERTIFICATION_VALIDATION_AUTOMATED', 'false', (c) => c.automatedValidation, false],
  ['CERTIFICATION_VALIDATION_MANUAL_REVIEW', 'false', (c) => c.manualReview.enabled, false],
  ['CERTIFICATION_VALIDATION_APPROVAL_REQUIRED', 'false', (c) => c.manualReview.approvalRequired, false],
]

/** Variables of sections without behaviour: they are kept for later. */
const KEPT: [string, string, string, unknown][] = [
  ['CERTIFICATION_VALIDATION_ESCALATION_ENABLED', 'false', 'certification_validation.escalation_process', { enabled: false }],
  ['CERTIFICATION_VALIDATION_ROLLBACK_ENABLED', 'false', 'certification_validation.rollback_process', { enabled: false }],
  ['CERTIFICATION_REPORTING_REAL_TIME', 'false', 'certification_reporting', { real_time_reporting: { enabled: false } }],
  ['CERTIFICATION_REPORTING_SCHEDULED', 'false', 'certification_reporting', { scheduled_reporting: { enabled: false } }],
  ['CERTIFICATION_REPORTING_FORMATS', 'html, json', 'certification_reporting', { formats: ['html', 'json'] }],
  [
    'CERTIFICATION_REPORTING_DISTRIBUTION',
    'email,slack',
    'certification_reporting',
    { report_distribution: { email: { enabled: true }, slack: { enabled: true }, dashboard: { enabled: false } } },
  ],
  ['CERTIFICATION_REPORTING_ARCHIVAL_ENABLED', 'false', 'certification_reporting', { archival: false }],
  ['CERTIFICATION_AUTOMATION_ENABLED', 'false', 'certification_automation', { automation_configuration: { enabled: false } }],
  [
    'CERTIFICATION_AUTOMATION_SCHEDULED',
    'false',
    'certification_automation',
    { automation_configuration: { scheduled_execution: false } },
  ],
  [
    'CERTIFICATION_AUTOMATION_TRIGGERS',
    'manual',
    'certification_automation',
    { automation_triggers: { manual_trigger: { enabled: true }, time_trigger: { enabled: false } } },
  ],
  [
    'CERTIFICATION_AUTOMATION_NOTIFICATIONS',
    'false',
    'certification_automation',
    { automation_notifications: { enabled: false } },
  ],
  ['CERTIFICATION_AUTOMATION_ESCALATION', 'false', 'certification_automation', { automation_escalation: { enabled: false } }],
  ['CERTIFICATION_MAINTENANCE_ENABLED', 'false', 'certification_maintenance', { maintenance_configuration: { enabled: false } }],
  [
    'CERTIFICATION_MAINTENANCE_FREQUENCY',
    'weekly',
    'certification_maintenance',
    { maintenance_configuration: { maintenance_frequency: 'weekly' } },
  ],
  [
    'CERTIFICATION_MAINTENANCE_AUTOMATED',
    'false',
    'certification_maintenance',
    { maintenance_configuration: { automated_maintenance: false } },
  ],
  [
    'CERTIFICATION_MAINTENANCE_NOTIFICATIONS',
    'false',
    'certification_maintenance',
    { maintenance_notifications: { enabled: false } },
  ],
  [
    'CERTIFICATION_MAINTENANCE_DOCUMENTATION',
    'false',
    'certification_maintenance',
    { maintenance_configuration: { documentation: false } },
  ],
  ['CERTIFICATION_COMPLIANCE_ENABLED', 'false', 'certification_compliance', { compliance_configuration: { enabled: false } }],
  [
    'CERTIFICATION_COMPLIANCE_FRAMEWORKS',
    'iso27001,sox',
    'certification_compliance',
    { compliance_configuration: { compliance_frameworks: ['iso27001', 'sox'] } },
  ],
  [
    'CERTIFICATION_COMPLIANCE_AUDITING',
    'false',
    'certification_compliance',
    { compliance_configuration: { compliance_auditing: false } },
  ],
  [
    'CERTIFICATION_COMPLIANCE_REPORTING',
    'false',
    'certification_compliance',
    { compliance_configuration: { compliance_reporting: false } },
  ],
  [
    'CERTIFICATION_COMPLIANCE_ARCHIVAL',
    'false',
    'certification_compliance',
    { compliance_configuration: { compliance_archival: false } },
  ],
]

describe('the 39 variables', () => {
  it('are exactly those of the seed, each with an effect below', () => {
    const names = Object.keys(seedVariables()).sort()
    expect(names).toHaveLength(39)
    expect(
      variables()
        .map((variable) => variable.name)
        .sort(),
    ).toEqual(names)
    expect([...EFFECTS, ...KEPT].map(([name]) => name).sort()).toEqual(names)
  })

  it.each(EFFECTS)('%s=%s', (name, value, read, expected) => {
    expect(read(configOf('mode: enforce'))).not.toEqual(expected)
    expect(read(configOf('mode: enforce', { env: { [name]: value } }))).toEqual(expected)
  })

  it.each(KEPT)('%s=%s', (name, value, section, expected) => {
    expect(configOf('mode: enforce', { env: { [name]: value } }).reserved[section]).toMatchObject(expected as object)
  })

  it('change nothing with the values of the defaults, and an empty one is unset', () => {
    const env = {
      CERTIFICATION_LEVEL_1_ENABLED: 'true',
      CERTIFICATION_VALIDATION_ROLLBACK_ENABLED: 'true',
      CERTIFICATION_PROCESS_RETRIES: ' ',
    }
    expect(resolved('mode: enforce', { env }).digest).toBe(resolved('mode: enforce').digest)
  })

  it.each([
    ['CERTIFICATION_LEVEL_1_ENABLED', 'maybe', /true or false/],
    ['CERTIFICATION_PROCESS_RETRIES', '-1', /0 to 10/],
    ['CERTIFICATION_PROCESS_TIMEOUT', 'soon', /soon/],
    ['CERTIFICATION_PROCESS_ENVIRONMENT', 'prod', /production/],
    ['CERTIFICATION_REPORTING_FORMATS', 'html,docx', /docx/],
    ['CERTIFICATION_REPORTING_DISTRIBUTION', 'pigeon', /pigeon/],
  ])('%s=%s is a problem that names it', (name, value, message) => {
    const { config, problems } = resolved('mode: enforce', { env: { [name]: value } })
    expect(config).toBeNull()
    expect(problems).toMatchObject([{ code: 'bad_variable', message: expect.stringMatching(message) }])
    expect(problems[0]!.message).toContain(name)
  })

  it('an unknown one is told of, with the nearest name; other prefixes are none of ours', () => {
    const { notices } = resolved('mode: enforce', {
      env: { CERTIFICATION_LEVEL_1_ENABLE: 'false', CERTIFY_NEEDS: '{}', PATH: '/bin' },
    })
    expect(notices).toMatchObject([{ code: 'unknown_variable', hint: 'did you mean CERTIFICATION_LEVEL_1_ENABLED?' }])
  })

  it('a framework nobody knows is a problem, also from a variable', () => {
    expect(resolved('mode: enforce', { env: { CERTIFICATION_COMPLIANCE_FRAMEWORKS: 'iso2701' } }).config).toBeNull()
  })
})

describe('who may loosen', () => {
  const env = {
    CERTIFICATION_LEVEL_2_ENABLED: 'false',
    CERTIFICATION_GATE_AUTO_PROGRESS: 'false',
    CERTIFICATION_LEVEL_SEQUENTIAL: 'false',
  }

  it('a variable on the default branch may, and it is recorded', () => {
    const { config, loosened, ignored } = resolved('mode: enforce', { env })
    expect(config).toMatchObject({ sequential: false, gateAutoProgress: false })
    expect(ignored).toEqual([])
    expect(loosened.map((one) => one.origin).sort()).toEqual(['CERTIFICATION_LEVEL_2_ENABLED', 'CERTIFICATION_LEVEL_SEQUENTIAL'])
  })

  it('on a pull request it can only tighten: the rest is listed and ignored', () => {
    const { config, loosened, ignored } = resolved('mode: enforce', { ...PULL_REQUEST, env })
    expect(config).toMatchObject({ sequential: true, gateAutoProgress: false })
    expect(config!.levels[1]!.enabled).toBe(true)
    expect(loosened).toEqual([])
    expect(ignored.map((one) => one.origin).sort()).toEqual(['CERTIFICATION_LEVEL_2_ENABLED', 'CERTIFICATION_LEVEL_SEQUENTIAL'])
  })

  it('the input level may only raise the target there', () => {
    const at = (level: string) => resolved('mode: enforce', { ...PULL_REQUEST, inputs: { level } })
    expect(at('1')).toMatchObject({ config: { target: { pull_request: 2 } }, ignored: [{ origin: 'input level' }] })
    expect(at('service')).toMatchObject({ config: { target: { pull_request: 3 } }, ignored: [] })
    expect(resolved('mode: enforce', { inputs: { level: '1' } })).toMatchObject({
      config: { target: { push: 1 } },
      loosened: [{ origin: 'input level' }],
    })
    expect(at('5').problems).toMatchObject([{ code: 'bad_input' }])
  })

  it('what an environment loosens is no way around that', () => {
    const text = 'environment: production\nenvironments: { staging: { sequential: false } }\n'
    const { config, ignored } = resolved(text, { ...PULL_REQUEST, env: { CERTIFICATION_PROCESS_ENVIRONMENT: 'staging' } })
    expect(config).toMatchObject({ environment: 'production', sequential: true })
    expect(ignored).toMatchObject([{ origin: 'CERTIFICATION_PROCESS_ENVIRONMENT' }])
  })

  it('locked settings stay, for variables and inputs alike, whatever the direction', () => {
    const text = 'locked: [/certification_levels/level_2, /target]\ncertification_levels: { level_2: false }\n'
    const { config, ignored } = resolved(text, { env: { CERTIFICATION_LEVEL_2_ENABLED: 'true' }, inputs: { level: '4' } })
    expect(config!.levels[1]!.enabled).toBe(false)
    expect(config!.target.push).toBe(2)
    expect(ignored.map((one) => one.origin)).toEqual(['CERTIFICATION_LEVEL_2_ENABLED', 'input level'])
  })
})

describe('what the file loosens', () => {
  it.each([
    ['certification_levels: { level_1: { validation_criteria: { test_coverage: "> 80%" } } }', /test_coverage$/],
    ['certification_levels: { level_3: false }', /level_3_service_certification\/enabled/],
    ['certification_gates: { gate_4: { manual_approval: false } }', /manual_approval/],
    ['certification_gates: { gate_4: { auto_progression: true } }', /auto_progression/],
    ['certification_levels: { level_1: { validation_criteria: { security_score: { severity: warn } } } }', /severity/],
    ['certification_levels: { level_1: { validation_criteria: { security_score: { on_missing: pending } } } }', /on_missing/],
    [
      'certification_levels: { level_2: { validation_criteria: { database_integration: { not_applicable: { reason: "there is no database here", expires: 2027-01-01 } } } } }',
      /not_applicable/,
    ],
    ['metrics: { test_coverage: { evidence: [{ path: a.info, committed: true }] } }', /metrics\/test_coverage/],
    ['suppressions: [{ id: CVE-2026-1, justification: not reachable, owner: team, expires: 2027-01-01 }]', /suppressions/],
    ['target: { release: 2 }', /target\/release/],
    ['mode: advisory', /mode/],
    ['policy_refs: [release/*]', /policy_refs/],
  ])('%s', (text, pointer) => {
    const { loosened, problems } = resolved(text)
    expect(problems).toEqual([])
    expect(loosened.map((one) => one.pointer)).toContainEqual(expect.stringMatching(pointer))
    expect(loosened.map((one) => one.origin)).not.toContain('default')
  })
})
