// Issuing: what a certificate says, each reason why there is none, and that no name gets into one.
import { describe, expect, it } from '@jest/globals'
import { canonical } from '../../src/certificate/ledger/seal.ts'
import { isCertificate } from '../../src/certificate/shape.ts'
import { statementOf } from '../../src/certificate/statement.ts'
import type { MetricPart } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionOf, metricOf } from '../support/config.ts'
import { approvalOf, certificateOf, type IssuingSpec, issued, issuing, NOW, refusedOf } from '../support/issuing.ts'
import { admitted } from '../support/judged.ts'

const SUBJECT = { name: 'dist/shop.tgz', digest: { sha256: 'a'.repeat(64) } }

describe('a certificate', () => {
  it('says what was judged, signed and held against, and is one by its own shape', () => {
    const certificate = certificateOf({ change: { subjects: [SUBJECT], serial: 7 } })
    expect(isCertificate(certificate)).toBe(true)
    expect(certificate).toMatchObject({
      serial: 7,
      system: 'acme/shop',
      authority: null,
      repository: 'acme/shop',
      ref: 'refs/heads/main',
      commit: '1'.padStart(40, '0'),
      subjects: [SUBJECT],
      level: 4,
      policy: { source: '.github/certification.yml@main', digest: `sha256:${'9'.repeat(64)}` },
      evaluation: { seq: 1, run: 1, attempt: 1 },
      conditions: [],
      blockers: [],
      issuedAt: '2026-11-22T09:00:00.000Z',
      validFrom: '2026-11-22T09:00:00.000Z',
      validUntil: '2027-05-22T09:00:00.000Z',
      renewalDue: '2027-04-22T09:00:00.000Z',
      expiresBecause: 'policy',
      supersedes: null,
    })
    expect(certificate.levels.map((one) => one.state)).toEqual(['passed', 'passed', 'passed', 'passed'])
    expect(certificate.levels[0]?.criteria[0]).toEqual({
      id: 'test_coverage',
      outcome: 'pass',
      value: 100,
      unit: '%',
      limit: '> 95 %',
    })
    expect(certificate.gates.map((one) => [one.state, one.decision?.[0] ?? null])).toEqual([
      ['open', null],
      ['open', null],
      ['open', '5'],
      ['open', '6'],
    ])
    expect(certificate.signOffs).toEqual([
      { role: 'technical', gate: 3, record: '3'.repeat(64), before: '2026-11-22T09:00:00.000Z' },
      { role: 'final', gate: 4, record: '4'.repeat(64), before: '2026-11-22T09:00:00.000Z' },
    ])
    expect(certificate.evidence).toContainEqual({ path: 'reports/lcov.info', sha256: expect.any(String), format: 'coverage' })
  })

  it('is the same bytes for the same input', () => {
    expect(canonical(certificateOf())).toBe(canonical(certificateOf()))
  })

  it('holds text that has no canonical form of its own', () => {
    const certificate = certificateOf({ config: (one) => Object.assign(one.certificate, { system: 'half \ud800 pair' }) })
    expect(canonical(JSON.parse(canonical(certificate)))).toBe(canonical(certificate))
    expect(certificate.system).toBe('half \ufffd pair')
  })

  it('names the system as the policy calls it, its authority and its own words before the fixed ones', () => {
    const certificate = certificateOf({
      config: (one) =>
        Object.assign(one.certificate, { system: 'Shop', authority: 'Release office', statement: 'By our rules.' }),
    })
    expect(certificate).toMatchObject({ system: 'Shop', authority: 'Release office' })
    expect(certificate.statement).toMatch(
      /^By our rules\. Commit 0+1 of Shop met the criteria of levels 1 \(.*and 4 \(.*\) in configuration sha256:9+ on 2026-11-22 09:00 UTC, as evaluated by certify 1\.0\.0\. Valid until 2027-05-22 09:00 UTC\. Records evaluation results; not an audit opinion/,
    )
  })

  it('lists what is loosened, excluded and not applicable', () => {
    const certificate = certificateOf({
      loosened: [
        { pointer: '/target/push', from: '4', to: '2', origin: 'policy.yml:3' },
        { pointer: '/certification_gates/gate_4/sign_offs/final/by', from: 'anna', to: 'anna, ben', origin: 'policy.yml:9' },
      ],
      config: (one) => {
        criterionOf(one, 'service_reliability').notApplicable = { reason: 'No server.', expires: '2027-02-01', approvedBy: 'zoe' }
        one.gates[2]!.exit = one.gates[2]!.exit.filter(
          (item) => item.check.fn !== 'criterion' || item.check.id !== 'service_reliability',
        )
        one.suppressions.push({
          id: 'CVE-1',
          path: 'a/**',
          package: null,
          justification: 'Not reached.',
          owner: 'zoe',
          expires: '2027-01-01',
          origin: 'x',
        })
        one.suppressions.push({
          id: 'CVE-0',
          path: null,
          package: null,
          justification: 'Old.',
          owner: 'zoe',
          expires: '2026-01-01',
          origin: 'x',
        })
        // For longer than any may: it hid nothing.
        one.suppressions.push({
          id: 'CVE-2',
          path: null,
          package: null,
          justification: 'For ever.',
          owner: 'zoe',
          expires: '2028-01-01',
          origin: 'x',
        })
      },
    })
    expect(certificate.loosened).toEqual([
      '/certification_gates/gate_4/sign_offs/final/by (policy.yml:9)',
      '/target/push: 4 -> 2 (policy.yml:3)',
    ])
    expect(certificate.excluded).toEqual(['finding CVE-1 in a/**: Not reached. (through 2027-01-01)'])
    expect(certificate.notApplicable).toEqual([{ criterion: 'service_reliability', reason: 'No server.', expires: '2027-02-01' }])
    expect(certificate).toMatchObject({ validUntil: '2027-02-01T00:00:00.000Z', expiresBecause: 'waiver' })
  })

  it('covers a lower level where the policy asks for no more, and says what is switched off', () => {
    const certificate = certificateOf({
      config: (one) => void Object.assign(one.levels[3]!, { enabled: false }),
      approvals: [approvalOf(3)],
    })
    expect(certificate.level).toBe(3)
    expect(certificate.excluded).toEqual(['level 4 (System Certification): switched off'])
  })

  it('ends with the earliest of its evidence, and with suppressions where any were needed', () => {
    const file = admitted('reports/lcov.info', 'component', {
      kind: 'coverage',
      totals: { lines: { covered: 1, total: 1 }, branches: null, functions: null, statements: null },
      declared: null,
      headline: null,
      files: [],
    })
    const facts = {
      files: [file],
      admitted: [{ file: 0, level: null, ageSeconds: 3600, declaredBy: file.declaredBy, reasons: [], facts: null }],
    }
    const spec = (maxAgeSeconds: number | null): IssuingSpec => ({
      config: (one) => void Object.assign(metricOf(one, 'test_coverage'), { maxAgeSeconds }),
      metrics: { test_coverage: { basis: [file.ref] } },
      data: { facts: facts as never },
    })
    expect(certificateOf(spec(86_400))).toMatchObject({
      validUntil: '2026-11-23T08:00:00.000Z',
      expiresBecause: 'evidence',
      renewalDue: NOW.toISOString(),
    })
    expect(certificateOf(spec(null)).expiresBecause).toBe('policy')
    const above: IssuingSpec = {
      config: (one) => {
        Object.assign(metricOf(one, 'end_to_end_validation'), { maxAgeSeconds: 86_400 })
        one.levels[3]!.enabled = false
      },
      metrics: { end_to_end_validation: { basis: [file.ref] } },
      data: { facts: facts as never },
    }
    expect(certificateOf({ ...above, approvals: [approvalOf(3)] }).expiresBecause).toBe('policy')
    expect(refusedOf(spec(3600))).toEqual([
      expect.stringMatching(
        /would have ended before it began: reports\/lcov\.info, evidence of test_coverage \(2026-11-22 09:00 UTC\)\./,
      ),
    ])
    const suppressed: IssuingSpec = {
      config: (one) =>
        one.suppressions.push({
          id: 'CVE-1',
          path: null,
          package: null,
          justification: 'x',
          owner: 'zoe',
          expires: '2026-12-31',
          origin: 'x',
        }) as never,
      metrics: { security_score: { reasons: [reason('findings_suppressed', { count: 1 })] } },
    }
    expect(certificateOf(suppressed)).toMatchObject({ validUntil: '2027-01-01T00:00:00.000Z', expiresBecause: 'waiver' })
    expect(certificateOf({ config: suppressed.config! }).expiresBecause).toBe('policy')
    const late: IssuingSpec = { change: { now: new Date('2027-01-01T00:00:00Z') } }
    expect(refusedOf({ ...suppressed, ...late })).toEqual([
      'It would have ended before it began: the suppression of CVE-1 (2027-01-01).',
    ])
    // It stands in the certificate of what was judged with it, needed or not.
    expect(certificateOf({ config: suppressed.config!, ...late }).excluded).toHaveLength(1)
    const vex = reason('findings_suppressed_by_vex', {
      file: 'vex.json',
      owner: 'zoe',
      expires: '2026-12-30',
      count: 1,
      names: [],
    })
    expect(certificateOf({ metrics: { security_score: { reasons: [vex] } } })).toMatchObject({
      validUntil: '2026-12-31T00:00:00.000Z',
    })
  })

  it('counts the five domains out of criteria and checklist, rounded down, and lists what is open in each', () => {
    const part = (name: string, change: Partial<MetricPart>): MetricPart => ({
      name,
      state: 'short',
      detail: '',
      path: null,
      ranges: [],
      ...change,
    })
    const group = (name: string, good: number, total: number, change: Partial<MetricPart> = {}) =>
      part(name, { group: 'domain', ratio: { good, total, what: 'items' }, ...change })
    const parts = [
      group('functional', 3, 12),
      part('CLI, says @ada', { kind: 'item', of: 'functional', detail: 'not ticked' }),
      group('security', 16, 16),
      group('operational', 0, 1),
      part('On call', { kind: 'item', of: 'operational', detail: 'not ticked' }),
      group('documentation', 0, 9, { progress: true }),
      part('Certification issued', { of: 'documentation', progress: true }),
      part('Phase 1', { group: 'list', ratio: { good: 1, total: 2, what: 'items' } }),
    ]
    const { domains } = certificateOf({ metrics: { production_readiness: { parts } } })
    expect(domains.map((one) => one.id)).toEqual(['functional', 'performance', 'security', 'operational', 'documentation'])
    const [functional, performance, security, operational, documentation] = domains
    expect(functional).toMatchObject({
      name: 'Functional Completeness',
      done: functional!.total - 9,
      open: ['CLI, says …: not ticked'],
    })
    expect(functional!.percent).toBe(Math.floor((100 * functional!.done) / functional!.total))
    expect(performance).toMatchObject({ percent: 100, open: [] })
    expect(security).toMatchObject({ percent: 100, open: [] })
    expect(operational!.open).toEqual(['On call: not ticked'])
    expect(documentation).toMatchObject({ percent: 100, open: [] })
    // Fifteen of the seed's sixteen criteria: readiness is its items.
    expect(domains.reduce((sum, one) => sum + one.total, 0)).toBe(15 + 12 + 16 + 1)
    expect(domains.find((one) => one.percent === 100 && one.done < one.total)).toBeUndefined()
  })

  it('says that nothing of a domain was asked where nothing was', () => {
    const none = certificateOf({
      config: (one) => {
        for (const level of one.levels) level.criteria = level.criteria.filter((criterion) => !/documentation/.test(criterion.id))
        for (const gate of one.gates)
          gate.entry = gate.entry.filter((item) => item.check.fn !== 'criterion' || !/documentation/.test(item.check.id))
      },
    }).domains.at(-1)
    expect(none).toEqual({ id: 'documentation', name: 'Documentation Completeness', done: 0, total: 0, percent: null, open: [] })
  })

  it('ends when somebody’s word for an item of a checklist does', () => {
    const attested = (expires: string) => ({ by: 'ada', on: '2026-11-01', evidence: 'https://example.org', expires })
    const item = (expires: string) => ({
      id: 'a',
      text: 'On call',
      domain: null,
      check: null,
      blocking: false,
      weight: 1,
      origin: 'x',
      attested: attested(expires),
    })
    const inPolicy = (expires: string): IssuingSpec => ({ config: (one) => void one.checklists[0]!.items.push(item(expires)) })
    expect(certificateOf(inPolicy('2026-12-24'))).toMatchObject({
      validUntil: '2026-12-24T00:00:00.000Z',
      expiresBecause: 'evidence',
    })
    expect(certificateOf(inPolicy('2026-11-01')).expiresBecause).toBe('policy')
    const later = new Date('2026-12-24T00:00:00Z')
    expect(refusedOf({ ...inPolicy('2026-12-24'), change: { now: later } })).toEqual([
      'It would have ended before it began: the word for "On call" (2026-12-24).',
    ])
    const facts = (checked: boolean) => ({
      kind: 'checklist',
      items: [
        {
          text: 'On call',
          checked,
          section: null,
          line: 1,
          vouched: { by: 'ada', on: null, evidence: null, expires: '2026-12-25' },
        },
      ],
    })
    const inList = (checked: boolean): IssuingSpec => ({
      data: {
        facts: {
          files: [{ facts: facts(checked), ref: { path: 'list.md', origin: { type: 'workspace' }, sha256: 'x' } }],
          admitted: [{ file: 0, ageSeconds: null, facts: null }],
        } as never,
      },
    })
    expect(certificateOf(inList(true))).toMatchObject({ validUntil: '2026-12-25T00:00:00.000Z', expiresBecause: 'evidence' })
    expect(certificateOf(inList(false)).expiresBecause).toBe('policy')
  })
})

describe('no certificate', () => {
  const CASES: [string, RegExp, IssuingSpec][] = [
    [
      'where the policy switches them off',
      /switches certificates off/,
      { config: (one) => void Object.assign(one.certificate, { enabled: false }) },
    ],
    ['under an advisory policy', /advisory/, { config: (one) => void Object.assign(one, { mode: 'advisory' }) }],
    [
      'by a placeholder for an authority',
      /certificate\.authority still holds a placeholder/,
      { config: (one) => void Object.assign(one.certificate, { authority: '[Name, Title]' }) },
    ],
    [
      'with a placeholder in the statement',
      /certificate\.statement/,
      { config: (one) => void Object.assign(one.certificate, { statement: 'Ask [Email, Phone].' }) },
    ],
    [
      'where a role has not signed',
      /Nobody has signed as business/,
      { config: (one) => void Object.assign(one.certificate, { signOffs: ['business', 'final'] }) },
    ],
    ['where a gate awaits its approval', /Gate 4 is not open, and no criterion/, { approvals: [approvalOf(3)] }],
    [
      'where gate 4 is approved and not live',
      /Gate 4 is not open/,
      { approvals: [approvalOf(3), approvalOf(4, 'final', { goLive: null })] },
    ],
    ['where a gate was rejected', /Gate 3 is not open/, { approvals: [approvalOf(3, 'final', { state: 'rejected' })] }],
    [
      'where a criterion is short and no condition is named',
      /service_performance is open, and the policy names no condition/,
      { metrics: { service_performance: { value: 90 } } },
    ],
    [
      'where a criterion has no evidence',
      /end_to_end_validation is open/,
      { metrics: { end_to_end_validation: { state: 'no_evidence', value: null } } },
    ],
    [
      'where a value could not be judged',
      /could not judge everything/,
      { metrics: { test_coverage: { state: 'error', value: null } } },
    ],
    [
      'after the last day of its policy',
      /would have ended before it began: valid_until 2026-11-22/,
      { config: (one) => void Object.assign(one.certificate, { validUntil: '2026-11-22' }) },
    ],
    [
      'by a last day that is none',
      /would have ended before it began: valid_until 2026-11-31 \(no date\)/,
      { config: (one) => void Object.assign(one.certificate, { validUntil: '2026-11-31' }) },
    ],
    [
      'of a run whose repository is not known',
      /does not say of which repository/,
      { data: { subject: { ...issuing().result.subject, repository: null } } },
    ],
    ['of a run whose policy is not known', /does not say of which repository/, { data: { policy: null } }],
  ]

  it.each(CASES)('%s', (_, why, spec) => {
    const refused = refusedOf(spec)
    expect(refused).toContainEqual(expect.stringMatching(why))
    for (const one of refused) expect(one).toMatch(/^["A-Za-z].*\.$/)
  })

  it('without any level passed, whatever is allowed', () => {
    expect(refusedOf({ metrics: { test_coverage: { value: 10 } } })).toContainEqual('No level is passed with its gate open.')
  })

  it('tells every reason at once', () => {
    const refused = refusedOf({
      config: (one) =>
        void Object.assign(one.certificate, { authority: '[Name, Title]', signOffs: ['lead'], validUntil: '2026-01-01' }),
      metrics: { service_performance: { value: 90 } },
    })
    expect(refused.length).toBeGreaterThanOrEqual(4)
  })

  it('where every level is not applicable: nothing was evaluated', () => {
    const config: IssuingSpec['config'] = (one) => {
      for (const level of one.levels)
        for (const criterion of level.criteria) criterion.notApplicable = { reason: 'x', expires: '2027-01-01', approvedBy: null }
    }
    expect(refusedOf({ config })).not.toEqual([])
  })
})

it('refuses what would be no certificate by its own shape', () => {
  const { subject } = issuing().result
  expect(refusedOf({ data: { subject: { ...subject, commit: 'main' } } })).toEqual([expect.stringMatching(/is not whole/)])
})

describe('names', () => {
  const CANARY = 'canary-login-7'

  it('get into no certificate and no statement, from wherever they are', () => {
    const person = { id: 99, login: CANARY }
    const approval = approvalOf(4, 'final')
    approval.slots[0]!.filledBy = person
    approval.slots[0]!.comment = `by ${CANARY}`
    approval.slots[0]!.answers = [{ question: 'Who is on call?', answer: CANARY }]
    approval.refused = [
      {
        user: person,
        environment: 'certify-gate-4',
        reason: reason('approver_excluded', { gate: 4, login: CANARY, environment: 'x', why: 'x' }),
      },
    ]
    approval.environments = [{ ...approval.environments[0]!, users: [person], teams: [{ id: 1, slug: CANARY }] }]
    approval.goLive!.actor = CANARY
    const issue = issued({
      approvals: [approvalOf(3, 'technical'), approval],
      loosened: [
        { pointer: '/certification_gates/gate_4/sign_offs', from: CANARY, to: `${CANARY}, ben`, origin: 'policy.yml:3' },
        { pointer: '/somewhere/else', from: `@${CANARY}`, to: `team acme/${CANARY}`, origin: 'policy.yml:4' },
      ],
      config: (one) => {
        one.gates[3]!.signOffs = [
          { role: 'final', users: [CANARY], teams: [`acme/${CANARY}`], environment: null, required: true, distinct: true },
        ]
        one.manualReview.approvers = [`@${CANARY}`]
        one.checklists[0]!.items.push({
          id: 'a',
          text: `Asked ${CANARY}`,
          domain: null,
          check: null,
          blocking: false,
          weight: 1,
          origin: 'x',
          attested: { by: CANARY, on: '2026-11-01', evidence: 'https://a.example', expires: '2027-01-01' },
        })
        one.certificate.contacts = { office: `${CANARY}@example.org` }
        one.certificate.conditional.conditions = [{ criterion: 'test_coverage', owner: CANARY, due: '2027-01-01', origin: 'x' }]
        one.suppressions = [
          {
            id: 'CVE-1',
            path: null,
            package: null,
            justification: `${CANARY} says so, mail ${CANARY}@example.org`,
            owner: CANARY,
            expires: '2027-01-01',
            origin: 'x',
          },
        ]
        criterionOf(one, 'service_reliability').notApplicable = {
          reason: `Says @${CANARY}.`,
          expires: '2027-02-01',
          approvedBy: CANARY,
        }
        one.gates[2]!.exit = one.gates[2]!.exit.filter(
          (item) => item.check.fn !== 'criterion' || item.check.id !== 'service_reliability',
        )
      },
    })
    if ('refused' in issue) throw new Error(issue.refused.join(' '))
    const said =
      canonical(issue.certificate) + canonical(statementOf(issue.certificate, 'f'.repeat(64), 'https://github.com/a/b'))
    expect(said).not.toContain(CANARY)
    expect(said).not.toContain('example.org')
    expect(issue.certificate.notApplicable[0]?.reason).toBe('Says ….')
    expect(issue.certificate.excluded).toEqual(['finding CVE-1: … says so, mail … (through 2027-01-01)'])
    expect(issue.certificate.loosened[1]).toBe('/somewhere/else: … -> team … (policy.yml:4)')
  })

  it('leave words alone that only begin like one', () => {
    const certificate = certificateOf({
      config: (one) => {
        one.manualReview.approvers = ['ada']
        one.suppressions = [
          {
            id: 'CVE-1',
            path: null,
            package: null,
            justification: 'The adapter, says Ada.',
            owner: 'x.y',
            expires: '2027-01-01',
            origin: 'x',
          },
        ]
      },
    })
    expect(certificate.excluded).toEqual(['finding CVE-1: The adapter, says …. (through 2027-01-01)'])
  })
})
