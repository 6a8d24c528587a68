// What may be judged at all, and for which level: decisions 6, 11, 12, 18 and 20, and the empty reports of the brief.
import { describe, expect, it } from '@jest/globals'
import type { Config } from '../../src/model/config.ts'
import type { Evidence, Facts, Gathered, Origin, TestFacts } from '../../src/model/evidence.ts'
import { type AdmissionInput, admit } from '../../src/validation/admissibility.ts'
import { metricOf, seedConfig } from '../support/config.ts'
import { codes, coverageFacts, evidence, file, lines, performanceFacts, scan, testCase, tests } from '../support/facts.ts'
import { claim, NOW } from '../support/judged.ts'

const COMMIT = 'a'.repeat(40)
const TESTED = 'b'.repeat(40)
const RUN = 77

function admission(found: Evidence[], change: Partial<AdmissionInput> = {}, gathered: Partial<Gathered> = {}) {
  return admit({
    gathered: { evidence: found, rejected: [], unmet: [], notices: [], ...gathered },
    config: seedConfig(),
    commit: COMMIT,
    tested: TESTED,
    now: NOW,
    inAction: true,
    run: RUN,
    ...change,
  })
}

const artifact = (change: Partial<Extract<Origin, { type: 'artifact' }>> = {}): Origin => ({
  type: 'artifact',
  name: 'reports',
  id: 5,
  runId: RUN,
  digest: null,
  digestChecked: false,
  ...change,
})

const one = (facts: Facts = coverageFacts(lines(9, 10)), change: Partial<Evidence> = {}): Evidence =>
  evidence('reports/x', facts, change)
const from = (origin: Origin, path = 'x'): Partial<Evidence> => ({ ref: { path, origin, sha256: 'c'.repeat(64) } })
const said = (info: Partial<Evidence['info']>): Partial<Evidence> => ({
  info: { producer: null, commit: null, createdAt: null, ...info },
})

function refusalOf(found: Evidence, change: Partial<AdmissionInput> = {}): string | null {
  const { admitted, refused } = admission([found], change)
  expect(admitted.length > 0).toBe(refused.length === 0)
  return refused[0]?.reason.code ?? null
}

describe('the commit', () => {
  it.each([
    ['the head commit', COMMIT, null],
    ['the commit checked out', TESTED, null],
    ['the head commit by seven characters', COMMIT.slice(0, 7), null],
    ['six characters of it', COMMIT.slice(0, 6), 'evidence_wrong_commit'],
    ['another commit', 'd'.repeat(40), 'evidence_wrong_commit'],
    ['another commit with the same beginning', `${COMMIT.slice(0, 10)}${'e'.repeat(30)}`, 'evidence_wrong_commit'],
  ])('a report that names %s', (_, commit, expected) => {
    expect(refusalOf(one(undefined, said({ commit })))).toBe(expected)
  })

  it('is also what a SARIF says it scanned, as one of several', () => {
    expect(refusalOf(one(scan([], { revisions: ['d'.repeat(40), COMMIT] })))).toBeNull()
    expect(refusalOf(one(scan([], { revisions: ['d'.repeat(40)] })))).toBe('evidence_wrong_commit')
  })

  it('not named: good from the workspace and from this run, with a note; never from another run', () => {
    expect(codes(admission([one()]).admitted[0]!)).toContain('evidence_unbound')
    expect(codes(admission([one(undefined, from(artifact()))]).admitted[0]!)).toContain('evidence_unbound')
    expect(refusalOf(one(undefined, from(artifact({ runId: 12 }))))).toBe('evidence_unbound')
    expect(refusalOf(one(undefined, from(artifact())), { run: null })).toBe('evidence_unbound')
    expect(refusalOf(one(undefined, { ...from(artifact({ runId: 12 })), ...said({ commit: COMMIT }) }))).toBeNull()
  })

  it('not known to us: what a report names cannot be checked, so another run is no source', () => {
    const unknown = { commit: null, tested: null }
    expect(refusalOf(one(undefined, said({ commit: COMMIT })), unknown)).toBeNull()
    expect(refusalOf(one(undefined, { ...from(artifact({ runId: 12 })), ...said({ commit: COMMIT }) }), unknown)).toBe(
      'evidence_unbound',
    )
  })
})

describe('the bytes', () => {
  it('must be those that were uploaded, where the host has a digest', () => {
    expect(refusalOf(one(undefined, from(artifact({ digest: 'sha256:1', digestChecked: false }))))).toBe('evidence_altered')
    expect(refusalOf(one(undefined, from(artifact({ digest: 'sha256:1', digestChecked: true }))))).toBeNull()
  })

  it('committed to git prove nothing in the Action, unless policy says so', () => {
    const tracked = { tracked: true }
    expect(refusalOf(one(undefined, tracked))).toBe('evidence_tracked')
    expect(refusalOf(one(undefined, { ...tracked, declaredBy: claim({ committed: true }) }))).toBeNull()
    const onLaptop = admission([one(undefined, tracked)], { inAction: false })
    expect(codes(onLaptop.admitted[0]!)).toContain('evidence_tracked')
  })
})

describe('age', () => {
  const aged = (seconds: number | null): Config =>
    seedConfig((config) => {
      metricOf(config, 'test_coverage').maxAgeSeconds = seconds
    })
  const made = (createdAt: string): Partial<Evidence> => said({ createdAt })

  it.each([
    ['at the limit', '2026-11-22T08:00:00Z', null],
    ['a second past it', '2026-11-22T07:59:59Z', 'evidence_stale'],
    ['a little in the future', '2026-11-22T09:05:00Z', null],
    ['in the future', '2026-11-22T10:00:00Z', 'evidence_from_future'],
  ])('%s', (_, createdAt, expected) => {
    expect(refusalOf(one(undefined, made(createdAt)), { config: aged(3600) })).toBe(expected)
  })

  it('is told by the file where the report does not say, and unknown is too old', () => {
    expect(refusalOf(one(undefined, { modifiedAt: '2026-11-20T09:00:00Z' }), { config: aged(3600) })).toBe('evidence_stale')
    expect(refusalOf(one(undefined, { modifiedAt: null }), { config: aged(3600) })).toBe('evidence_stale')
    expect(refusalOf(one(undefined, { modifiedAt: null }), { config: aged(null) })).toBeNull()
  })

  it('of a report that gives local time without its zone is told by the file, on a laptop only', () => {
    const local = one(undefined, { ...made('2026-11-22T11:00:00Z'), modifiedAt: '2026-11-22T08:00:00Z' })
    expect(admission([local], { inAction: false }).admitted[0]!.ageSeconds).toBe(3600)
    expect(refusalOf(local)).toBe('evidence_from_future')
    expect(refusalOf(one(undefined, made('2026-11-24T09:00:00Z')), { inAction: false })).toBe('evidence_from_future')
  })

  it('too much for one of two metrics is the other one all right', () => {
    const both = seedConfig((config) => {
      metricOf(config, 'test_coverage').maxAgeSeconds = 60
      metricOf(config, 'integration_test_coverage').maxAgeSeconds = 86_400
    })
    const shared = one(undefined, {
      ...made('2026-11-22T08:00:00Z'),
      declaredBy: claim({ metrics: ['test_coverage', 'integration_test_coverage'] }),
    })
    expect(refusalOf(shared, { config: both })).toBeNull()
  })
})

describe('nothing inside', () => {
  const skipped = testCase('a', 'skipped')
  it.each<[string, Facts, string | null]>([
    ['no tests', tests([]), 'zero_tests'],
    ['all tests skipped', tests([skipped, skipped]), 'all_tests_skipped'],
    ['coverage of nothing', coverageFacts(file('a', [])), 'nothing_measured'],
    ['coverage without any total', coverageFacts(), 'nothing_measured'],
    ['a scan that failed', scan([], { scanFailed: true, failure: 'no network' }), 'scan_failed'],
    [
      'every request failed',
      performanceFacts([['http_reqs.count', 10, 'count']], { samples: 10, errors: 10 }),
      'requests_all_failed',
    ],
    [
      'no good event',
      performanceFacts([['x.rate', 1, null]], {
        samples: null,
        errors: null,
        events: { good: 0, total: 9, source: 'http_req_failed' },
      }),
      'requests_all_failed',
    ],
    ['a load test without a request', performanceFacts([['x.avg', 0, 'ms']], { samples: 0 }), 'nothing_measured'],
    ['a load test without a figure', performanceFacts([]), 'nothing_measured'],
    ['no events', { kind: 'reliability', events: { good: 0, total: 0, source: 'probe' }, window: null }, 'nothing_measured'],
    ['an empty checklist', { kind: 'checklist', items: [] }, 'nothing_measured'],
    ['a clean scan', scan([]), null],
    ['one failing test', tests([testCase('a', 'failed')]), null],
  ])('%s', (_, facts, expected) => {
    expect(refusalOf(one(facts))).toBe(expected)
  })

  it.each<[string, Facts]>([
    ['NaN', coverageFacts({ ...lines(1, 2), totals: { ...lines(1, 2).totals, lines: { covered: Number.NaN, total: 2 } } })],
    ['less than nothing', coverageFacts({ ...lines(1, 2), totals: { ...lines(1, 2).totals, lines: { covered: -1, total: 2 } } })],
    ['more than all', coverageFacts({ ...lines(1, 2), totals: { ...lines(1, 2).totals, lines: { covered: 3, total: 2 } } })],
    ['a measurement that is none', performanceFacts([['a', Number.POSITIVE_INFINITY, 'ms']])],
    ['more good events than events', { kind: 'reliability', events: { good: 5, total: 2, source: 'probe' }, window: null }],
  ])('impossible counts: %s', (_, facts) => {
    expect(refusalOf(one(facts))).toBe('evidence_unreadable')
  })

  it('green tests with an error outside them, or cut short, count as failing evidence', () => {
    const broken = admission([one(tests([testCase('a')], { suiteErrors: 1, unfinished: true }))]).admitted[0]!
    expect(codes(broken)).toEqual(expect.arrayContaining(['suite_errors', 'run_unfinished']))
    expect(refusalOf(one(tests([], { suiteErrors: 1 })))).toBeNull()
  })

  it('more tests in the head than the report holds is told, where the reader saw it and nothing graver says why', () => {
    const declared = { total: 500, failed: 0, errors: 0, skipped: 0 }
    const problems = [{ code: 'declared_recount_differ', message: 'the report states tests 500, counted 1' }]
    const told = (facts: Partial<TestFacts>, seen = problems) =>
      codes(admission([{ ...one(tests([testCase('a')], facts)), problems: seen }]).admitted[0]!)
    expect(told({ declared })).toContain('tests_not_held')
    expect(told({ declared, unfinished: true })).not.toContain('tests_not_held')
    expect(told({ declared: { ...declared, total: 1 } })).not.toContain('tests_not_held')
    expect(told({ declared }, [])).not.toContain('tests_not_held')
  })

  it('a class that is switched off is fine beside others of the same run, not alone', () => {
    const off = evidence('out/TEST-Off.xml', tests([skipped]))
    const on = evidence('out/TEST-On.xml', tests([testCase('runs')]))
    const elsewhere = evidence('other/TEST-On.xml', tests([testCase('runs')]))
    expect(admission([off, on]).refused).toEqual([])
    expect(admission([off, elsewhere]).refused.map((r) => r.reason.code)).toEqual(['all_tests_skipped'])
  })
})

describe('measurements below nothing', () => {
  const refusal = (unit: string | null, value = -1) => refusalOf(one(performanceFacts([['x', value, unit]])))
  it.each(['ms', 's', 'MB', 'kB/s', 'req/s', 'ops/min', 'count', '1/s'])('a negative %s cannot be', (unit) => {
    expect(refusal(unit)).toBe('evidence_unreadable')
    expect(refusal(unit, 0)).toBeNull()
  })
  it.each(['%', 'pp', 'ratio', 'points', '', null])('a negative "%s" may be a change', (unit) => {
    expect(refusal(unit)).toBeNull()
  })
})

describe('the same bytes twice', () => {
  const copy = (path: string, facts: Facts, change: Partial<Evidence> = {}): Evidence => ({
    ...evidence(path, facts, change),
    ref: { path, origin: { type: 'workspace' }, sha256: 'f'.repeat(64) },
  })
  const passing = tests([testCase('a')])

  it('count once, with a notice, and serve the metrics of both names', () => {
    const a = copy('a.xml', passing, { declaredBy: claim({ metrics: ['test_coverage'] }) })
    const b = copy('b.xml', passing, { declaredBy: claim({ metrics: ['security_score'] }) })
    const { admitted, refused } = admission([b, a])
    expect(admitted.map((e) => [e.ref.path, e.declaredBy.metrics])).toEqual([['a.xml', ['test_coverage', 'security_score']]])
    expect(refused.map((r) => r.reason)).toEqual([{ code: 'evidence_duplicate', args: { path: 'b.xml', same_as: 'a.xml' } }])
  })

  it('speak for no second level', () => {
    const { admitted } = admission([copy('unit/junit.xml', passing), copy('integration/junit.xml', passing)])
    expect(admitted.map((e) => e.level)).toHaveLength(1)
  })

  it('of a clean scan are two scans where they are of two components or levels', () => {
    const clean = scan([])
    const parts = [
      copy('a/audit.json', clean, { declaredBy: claim({ component: 'a' }) }),
      copy('b/audit.json', clean, { declaredBy: claim({ component: 'b' }) }),
    ]
    expect(admission(parts).admitted).toHaveLength(2)
    expect(admission([copy('a/audit.json', clean), copy('b/audit.json', clean)]).admitted).toHaveLength(1)
  })

  it('found by chance give way to those that were asked for', () => {
    const found = copy('a.xml', passing, { declaredBy: claim({ discovered: true }) })
    const named = copy('z.xml', passing, { declaredBy: claim({ discovered: false, metrics: ['test_coverage'] }) })
    expect(admission([found, named]).admitted.map((e) => e.ref.path)).toEqual(['z.xml'])
  })
})

describe('order', () => {
  it('does not depend on the order of reading', () => {
    const found = ['c', 'a', 'b'].map((path) => evidence(`${path}.info`, coverageFacts(lines(1, 2, path))))
    expect(admission(found)).toEqual(admission([...found].reverse()))
  })
})
