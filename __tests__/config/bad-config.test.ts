import { describe, expect, it } from '@jest/globals'
import { problemsOf, resolved } from '../support/resolving.ts'

/** One mistake each, as the value of a key at top level: text and the problem it must give. */
const MISTAKES: [string, string, RegExp, RegExp?][] = [
  ['modee: enforce', '1:1 unknown_key', /"modee"/, /did you mean mode\?/],
  ['mode: enforced', '1:7 not_allowed', /"enforced".*enforce, advisory/, /enforce\?/],
  ['version: 2', '1:10 not_allowed', /2.*allowed is 1/],
  ['retries: 11', '1:10 out_of_range', /11.*at most 10/],
  ['retries: "3"', '1:10 wrong_type', /"3": expected a whole number/, /quotes: 3/],
  ['sequential: yes', '1:13 wrong_type', /"yes"/, /true or false/],
  ['timeout: 6 months', '1:10 bad_duration', /6 months/],
  ['certification_levels:', '1:1 wrong_type', /null/, /no value/],
  ['certification_levels: { level_5: true }', '1:25 unknown_key', /level_5/, /did you mean level_/],
  ['certification_levels: { level_1: { enbled: true } }', '1:36 unknown_key', /enbled/, /enabled/],
  ['certification_levels: { level_1: true, level_1_component_certification: true }', '1:25 written_twice', /level_1/],
  ['certificate: { valid_until: 2025-11-31 }', '1:29 bad_date', /November 2025 has 30 days/, /2025-11-30/],
  ['certificate: { valid_until: "November 31, 2025" }', '1:29 bad_date', /November 31, 2025/, /2025-11-30/],
  ['certificate: { valid_until: 2027-02-29 }', '1:29 bad_date', /2027-02-29/, /2027-02-28/],
  [
    'certificate: { conditional: { conditions: [{ criterion: test_coverge, owner: a, due: 2027-01-01 }] } }',
    '1:57 unknown_criterion',
    /test_coverge/,
    /test_coverage/,
  ],
  [
    'certificate: { conditional: { conditions: [{ criterion: test_coverage, owner: a, due: 2027-11-31 }] } }',
    '1:87 bad_date',
    /30 days/,
    /2027-11-30/,
  ],
  [
    'certificate: { conditional: { conditions: [{ criterion: test_coverage, owner: a, due: 2027-01-01 }, { criterion: test_coverage, owner: b, due: 2027-02-01 }] } }',
    '1:114 written_twice',
    /test_coverage/,
  ],
  [
    'certificate: { conditional: { conditions: [{ criterion: security_score, owner: a, due: 2027-01-01 }] } }',
    '1:57 not_allowed',
    /about security/,
  ],
  ['certificate: { signers: [acme/certify] }', '1:26 bad_signer', /acme\/certify/, /OWNER\/REPO/],
  ['certificate: { signers: ["acme/certify/.github/workflows/x.yml@"] }', '1:26 bad_signer', /x\.yml@/],
  ['certificate: { signers: ["https://github.com/acme/certify/.github/workflows/x.yml"] }', '1:26 bad_signer', /https/],
  ['certificate: { subjects: ["oci://ghcr.io/acme/shop:latest"] }', '1:27 bad_subject', /latest/, /sha256/],
  ['certificate: { validity: 6 months }', '1:26 bad_duration', /6 months/, /P6M/],
  [
    'certification_compliance: { compliance_configuration: { compliance_frameworks: [ISO 2701] } }',
    '1:81 unknown_framework',
    /ISO 2701/,
    /iso27001/,
  ],
  ['certification_validation: { escalation_process: { auto_approval: true } }', '1:66 auto_approval', /silence/],
  ['certification_validation: { manual_review: { review_timeout: 72 } }', '1:44 contradiction', /72 h.*48 h/],
  [
    'checklists: { own: { items: [{ text: a, check: "test_coverage > 90%", attested: { by: ada, on: 2026-11-01, evidence: a.md, expires: 2027-05-01 } }] } }',
    '1:81 attested_check',
    /cannot be attested/,
  ],
  [
    'checklists: { own: { items: [{ text: a, attested: { by: ada, on: 2026-11-01, expires: 2027-05-01 } }] } }',
    '1:41 missing_key',
    /evidence/,
  ],
  [
    'checklists: { own: { items: [{ text: a, attested: { by: ada, on: 2026-11-31, evidence: a.md, expires: 2027-05-01 } }] } }',
    '1:66 bad_date',
    /30 days/,
  ],
  ['checklists: { own: { items: [{ text: a, check: "issues.closed: none" }] } }', '1:48 bad_check', /issue numbers/, /12, 15/],
  ['locked: [/certification_gate]', '1:10 unknown_pointer', /certification_gate/, /certification_gates/],
  ['evidence: ../reports/*.xml', '1:11 path_outside', /leaves the workspace/],
  ['evidence: [{ path: a.xml, component: web }]', '1:38 unknown_component', /web/],
  ['metrics: { code_quality: { level: component } }', '1:26 missing_key', /no kind/],
  ['metrics: { test_coverge: { evidence: a.info } }', '1:26 missing_key', /no kind/, /did you mean test_coverage\?.*kinds: /],
  ['metrics: { code_quality: { kind: qualty } }', '1:34 not_allowed', /qualty/, /did you mean quality\?/],
  ['metrics: { held: { kind: continuity, level: integration, unit: h } }', '1:64 bad_unit', /in h/, /d, or unit: commits/],
  ['metrics: { x: { kind: composite, parts: { test_coverge: 1 } } }', '1:57 unknown_metric', /test_coverge/, /test_coverage/],
  [
    'suppressions: [{ id: x, path: "", owner: a, justification: not reachable here, expires: 2027-01-01 }]',
    '1:31 out_of_range',
    /path/,
  ],
  ['vex: [{ file: vex.json, owner: a }]', '1:7 missing_key', /expires/],
  ['vex: [{ file: vex.json, expires: 2027-01-01 }]', '1:7 missing_key', /owner/],
  ['vex: [{ file: ../vex.json, owner: a, expires: 2027-01-01 }]', '1:15 path_outside', /vex\.json/],
  ['suppressions: [{ id: CVE-1, owner: a, justification: not reachable here }]', '1:16 missing_key', /expires/],
  ['extends: main', '1:10 bad_extends', /main/, /full commit sha/],
  ['environments: { production: { environments: {} } }', '1:45 not_allowed', /cannot differ/],
  [
    'certification_reporting: { scheduled_reporting: { schedule: every friday } }',
    '1:61 bad_schedule',
    /every friday/,
    /five fields/,
  ],
]

/** Mistakes in the criterion `test_coverage: ...` of level 1. */
const CRITERIA: [string, string, RegExp, RegExp?][] = [
  ['about ninety', 'bad_limit', /about ninety/],
  ['"> 95% coverage"', 'bad_limit', /coverage/],
  ['0.999', 'bad_limit', /0\.999/, /did you mean 99\.9%\?/],
  ['"> 100%"', 'bad_limit', /100/],
  ['"< 90% and > 95%"', 'bad_limit', /./],
  ['["> 95%", "< 90%"]', 'impossible_limit', /./],
  ['"> 200ms"', 'bad_limit', /ms/],
  ['{ pass: "> 90%", warn: "> 95%" }', 'contradiction', /never be reached/],
  ['{ pass: "> 90%", on_missing: skip }', 'not_allowed', /"skip": allowed are fail, pending/],
  ['{ expr: "value > 95" }', 'reserved_key', /expr/, /reserved/],
  ['{ metric: coverge }', 'unknown_metric', /coverge/],
  ['{ not_applicable: { reason: too short, expires: 2027-01-01 } }', 'out_of_range', /at least 10 characters/],
  ['{ not_applicable: { reason: there is no code in here } }', 'missing_key', /expires/],
  ['{ not_applicable: { reason: there is no code in here, expires: 2027-02-30 } }', 'bad_date', /2027-02-30/, /2027-02-28/],
  ['{ pass: "<= +10%", baseline: { select: fixed } }', 'missing_key', /value/],
  ['{ pass: "> 90%", regression: { test: t, boundary: 5 } }', 'not_allowed', /"t": allowed are percentage, iqr/],
  ['{ pass: "> 90%", regression: { test: iqr } }', 'missing_key', /boundary/],
  ['{ pass: "> 90%", regression: { test: iqr, boundary: -1 } }', 'out_of_range', /-1/],
  ['{ pass: "> 90%", regression: { test: iqr, boundary: 1.5, min_samples: 2 } }', 'out_of_range', /at least 3/],
  ['{ pass: "> 90%", regression: { test: iqr, boundary: 1.5, window: 51 } }', 'out_of_range', /at most 50/],
  [
    '{ pass: "> 90%", regression: { test: iqr, boundary: 1.5, min_samples: 9, window: 8 } }',
    'contradiction',
    /window \(8\) is smaller than min_samples \(9\)/,
    /window: 9/,
  ],
]

function only(text: string) {
  const { config, problems } = resolved(text)
  expect(config).toBeNull()
  expect(problems.map((problem) => problem.message)).toHaveLength(1)
  return problems[0]!
}

describe('a config with one mistake', () => {
  it.each(MISTAKES)('%s', (text, place, message, hint = /^/) => {
    const problem = only(text)
    expect(`${problem.line}:${problem.column} ${problem.code}`).toBe(place)
    expect(problem.message).toMatch(message)
    expect(problem.hint ?? '').toMatch(hint)
    expect(problem.path).toBe('.github/certification.yml')
  })

  it.each(CRITERIA)('test_coverage: %s', (text, code, message, hint = /^/) => {
    const problem = only(`certification_levels:\n  level_1:\n    validation_criteria:\n      test_coverage: ${text}\n`)
    expect(problem).toMatchObject({ code, line: 4 })
    expect(problem.column).toBeGreaterThanOrEqual(7)
    expect(problem.message).toMatch(message)
    expect(problem.hint ?? '').toMatch(hint)
  })

  it('says the same of the same mistake below the wrapper', () => {
    const problem = only('certification_process:\n  certification_levels:\n    level_2:\n      enbled: true\n')
    expect(problem).toMatchObject({ code: 'unknown_key', line: 4, column: 7, hint: 'did you mean enabled?' })
  })

  it('refuses keys beside the wrapper', () => {
    expect(problemsOf('certification_process: {}\nmetrics: {}\nx-mine: 1\n')).toEqual(['2:1 two_forms'])
  })

  it.each(['- a\n', 'text\n', '7\n'])('refuses %j, which is no group of keys', (text) => {
    expect(problemsOf(text)).toEqual(['1:1 wrong_type'])
  })

  it('names both lines where a sentence and its criterion differ', () => {
    const problem = only(
      'certification_levels:\n  level_1:\n    requirements: ["Component tests pass with >95% coverage"]\n    validation_criteria: { test_coverage: 90 }\n',
    )
    expect(problem).toMatchObject({ code: 'numbers_differ', line: 3 })
    expect(problem.message).toContain('certification.yml:4')
  })

  it('refuses two escalations that differ', () => {
    const text =
      'certification_validation: { escalation_process: { escalation_timeout: 60 } }\ncertification_automation: { automation_escalation: { escalation_timeout: 2h } }\n'
    expect(problemsOf(text)).toEqual(['2:74 contradiction'])
    expect(problemsOf(text.replace('2h', '1h'))).toEqual([])
  })

  it('refuses to switch approval off in production, and automatic approval outside development', () => {
    const off = 'certification_validation: { manual_review: { approval_required: false } }\n'
    expect(problemsOf(off)).toEqual([])
    expect(problemsOf(`${off}environment: production\n`)).toEqual(['1:65 approval_off'])
    expect(problemsOf('auto_approve: true\nenvironment: staging\n')).toEqual(['1:15 auto_approve'])
  })
})

describe('a config with several mistakes', () => {
  it('gives all of them at once, in the order of the file, each once', () => {
    const text = [
      'mode: enforced',
      'retries: 99',
      'certification_levels:',
      '  level_1: { validation_criteria: { test_coverage: 0.95, security_score: many } }',
      '  level_2: { enbled: true }',
      'certificate: { valid_until: 2025-11-31 }',
      'certification_validation: { escalation_process: { auto_approval: true } }',
      'locked: [/nowhere]',
    ].join('\n')
    expect(problemsOf(text)).toEqual([
      '1:7 not_allowed',
      '2:10 out_of_range',
      '4:52 bad_limit',
      '4:74 bad_limit',
      '5:14 unknown_key',
      '6:29 bad_date',
      '7:66 auto_approval',
      '8:10 unknown_pointer',
    ])
  })

  it('keeps the lines of list items after a wrong one', () => {
    const text = 'evidence:\n  - 7\n  - ../a\n  - b.xml\n'
    expect(problemsOf(text)).toEqual(['2:5 wrong_type', '3:5 path_outside'])
  })
})

describe('secrets', () => {
  const SECRETS = [
    // Put together here, so that a secret scanner of this repository has nothing to find.
    [['https://hooks.slack.com/services', 'T0000/B0000/abcdefgh'].join('/'), 'abcdefgh'],
    ['a-plain-password', 'plain'],
    [['https://user:hunter22', 'example.org/hook'].join('@'), 'hunter22'],
  ] as const

  it.each(SECRETS)('refuses %s and shows nothing of it', (secret, inner) => {
    const problem = only(`certification_reporting: { report_distribution: { webhook: { url: "${secret}" } } }`)
    expect(problem.code).toBe('literal_secret')
    expect(JSON.stringify(problem)).not.toContain(inner)
    expect(problem.hint).toContain('env:NAME')
  })

  it('finds one where no secret belongs, whatever else is wrong there', () => {
    const token = `ghp_${'a'.repeat(36)}`
    const { problems } = resolved(`certification_levels: { level_1: { name: ${token} } }\nmode: ${token}\n${token}: 1\n`)
    expect(problems.map((problem) => problem.code)).toEqual(['literal_secret', 'not_allowed', 'unknown_key'])
    expect(JSON.stringify(problems)).not.toContain('aaaa')
  })

  it('takes env:NAME, and a literal ellipsis as not set', () => {
    const text = (url: string) => `certification_reporting: { report_distribution: { slack: { webhook_url: "${url}" } } }`
    expect(problemsOf(text('env:SLACK_HOOK'))).toEqual([])
    const unset = resolved(text('https://hooks.slack.com/services/...'))
    expect(unset.problems).toEqual([])
    expect(unset.notices.map((notice) => notice.code)).toEqual(['secret_unset'])
  })
})
