import { describe, expect, it } from '@jest/globals'
import { judgeItem } from '../../src/gates/checks.ts'
import type { GateInput, Place } from '../../src/gates/input.ts'
import { baselinesOf } from '../../src/history/baseline.ts'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import type { Check } from '../../src/model/check.ts'
import type { Config } from '../../src/model/config.ts'
import type { Rejected } from '../../src/model/evidence.ts'
import type { History } from '../../src/model/history.ts'
import type { GateItemResult } from '../../src/model/judgement.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { reason } from '../../src/model/reason.ts'
import { criterionOf, limit, metricOf, requirement } from '../support/config.ts'
import { broken, historyOf, runsOf } from '../support/history.ts'
import { admitted, claim, gateInput, readyConfig, seedEvidence, seedMetrics, testFacts } from '../support/judged.ts'

const PLACE: Place = { level: 'component', gate: 1, environment: '', reviewIsApproval: false }

interface Setup {
  input?: Partial<Omit<GateInput, 'levels' | 'config'>>
  config?: (config: Config) => void
  place?: Partial<Place>
}

function judge(check: Check, { input = {}, config, place = {} }: Setup = {}): GateItemResult {
  const whole = gateInput(readyConfig(config), input)
  const levels = evaluateLevels(whole)
  return judgeItem(requirement('A sentence', check), { ...PLACE, ...place }, { ...whole, levels })
}

const outcome = (check: Check, setup?: Setup): Outcome => judge(check, setup).outcome
const withTests = (...facts: ReturnType<typeof testFacts>[]): Setup => ({
  input: { admitted: facts.map((one, index) => admitted(`t${index}.xml`, 'component', one)) },
})

describe('criterion', () => {
  const check: Check = { fn: 'criterion', id: 'test_coverage' }
  it('is what the level made of it', () => {
    expect(outcome(check)).toBe('pass')
    expect(outcome(check, { input: { metrics: seedMetrics({ test_coverage: { value: 95 } }) } })).toBe('fail')
    expect(outcome(check, { input: { metrics: seedMetrics({ test_coverage: { state: 'no_evidence', value: null } }) } })).toBe(
      'no_evidence',
    )
  })
  it('of a disabled level is skipped; of no level an error', () => {
    expect(outcome(check, { config: (config) => Object.assign(config.levels[0]!, { enabled: false }) })).toBe('skipped')
    expect(outcome({ fn: 'criterion', id: 'nobody_knows' })).toBe('error')
  })
})

describe('metric', () => {
  const check: Check = { fn: 'metric', id: 'test_coverage', limit: limit('>', 98) }
  const value = (change: object): Setup => ({ input: { metrics: seedMetrics({ test_coverage: change }) } })
  it('is held against its own limit, whatever the criterion says', () => {
    expect(outcome(check, value({ value: 98.1 }))).toBe('pass')
    expect(outcome(check, value({ value: 98 }))).toBe('fail')
    expect(outcome(check, value({ value: 100, capped: 'fail' }))).toBe('fail')
  })
  it('against the baseline is held against its criterion’s, and is an error where that cannot be read', () => {
    const noWorse: Check = {
      fn: 'metric',
      id: 'test_coverage',
      limit: { terms: [{ op: '>=', value: -1, unit: 'pp', mode: 'delta' }], text: '>= -1pp', origin: 'x' },
    }
    const since = (history: History, change: object): Outcome =>
      outcome(noWorse, { input: { ...value(change).input, history, baselines: baselinesOf(readyConfig(), history) } })
    const past = historyOf(runsOf('test_coverage', [98]))
    expect([97, 96.9].map((one) => since(past, { value: one }))).toEqual(['pass', 'fail'])
    expect(since(historyOf([]), { value: 97 })).toBe('pending')
    expect(since(broken(), { value: 97 })).toBe('error')
  })
  it('unknown is what the criterion makes of unknown', () => {
    expect(outcome(check, value({ state: 'no_evidence', value: null }))).toBe('no_evidence')
    expect(outcome(check, value({ state: 'error', value: null }))).toBe('error')
    const lenient = (config: Config): void => {
      criterionOf(config, 'test_coverage').onMissing = 'pending'
    }
    expect(outcome(check, { ...value({ state: 'no_evidence', value: null }), config: lenient })).toBe('pending')
  })
  it('not applicable and switched off hold here too', () => {
    const exempt = (config: Config): void => {
      criterionOf(config, 'test_coverage').notApplicable = { reason: 'none of it here', expires: '2027-01-01', approvedBy: null }
    }
    expect(outcome(check, { config: exempt })).toBe('not_applicable')
    expect(outcome(check, { config: (config) => Object.assign(config, { automatedValidation: false }) })).toBe('pending')
  })
  it('not applicable for one criterion leaves it judged for another that does apply', () => {
    const config = (config: Config): void => {
      const declared = { reason: 'there is no code yet', expires: '2027-01-01', approvedBy: null }
      config.levels[1]!.criteria.push({ ...criterionOf(config, 'test_coverage'), id: 'other', notApplicable: declared })
    }
    expect(outcome(check, { ...value({ value: 50 }), config })).toBe('fail')
  })
  it('of an unknown name, or in another unit, is an error', () => {
    expect(outcome({ ...check, id: 'nobody_knows' })).toBe('error')
    expect(outcome(check, value({ unit: 'ms' }))).toBe('error')
  })
})

describe('level', () => {
  it.each([
    ['component', 'pass'],
    ['integration', 'pass'],
    ['service', 'pending'],
    ['system', 'pending'],
  ] as const)('%s at its best is %s', (level, expected) => {
    expect(outcome({ fn: 'level', level })).toBe(expected)
  })
  it('an awaited review counts as reached at the exit of its own gate only', () => {
    const check: Check = { fn: 'level', level: 'service' }
    expect(outcome(check, { place: { level: 'service', reviewIsApproval: true } })).toBe('pass')
    expect(outcome(check, { place: { level: 'system', reviewIsApproval: true } })).toBe('pending')
    expect(outcome(check, { place: { level: 'service', reviewIsApproval: false } })).toBe('pending')
  })
  it('failed, blocked by a failure, disabled, error', () => {
    const failing: Setup = { input: { metrics: seedMetrics({ test_coverage: { value: 1 } }) } }
    expect(outcome({ fn: 'level', level: 'component' }, failing)).toBe('fail')
    expect(outcome({ fn: 'level', level: 'integration' }, failing)).toBe('fail')
    expect(outcome({ fn: 'level', level: 'component' }, { config: (c) => Object.assign(c.levels[0]!, { enabled: false }) })).toBe(
      'skipped',
    )
    const broken: Setup = { input: { metrics: seedMetrics({ test_coverage: { state: 'error', value: null } }) } }
    expect(outcome({ fn: 'level', level: 'component' }, broken)).toBe('error')
    expect(outcome({ fn: 'level', level: 'integration' }, broken)).toBe('error')
  })
})

describe('tests.passed', () => {
  const check: Check = { fn: 'tests.passed', level: 'component' }
  it('needs a test that ran, and none that failed', () => {
    expect(outcome(check, withTests(testFacts()))).toBe('pass')
    expect(outcome(check, withTests(testFacts({ passed: 0 })))).toBe('no_evidence')
    expect(outcome(check, withTests(testFacts({ passed: 0, skipped: 9 })))).toBe('no_evidence')
    expect(outcome(check, withTests())).toBe('no_evidence')
    expect(outcome(check, withTests(testFacts(), testFacts({ failed: 1 })))).toBe('fail')
    expect(outcome(check, withTests(testFacts({ errors: 1 })))).toBe('fail')
  })
  it('an error outside any test, or a run that broke off, is no pass', () => {
    expect(outcome(check, withTests(testFacts({}, { suiteErrors: 1 })))).toBe('fail')
    expect(outcome(check, withTests(testFacts({}, { unfinished: true })))).toBe('fail')
  })
  it('tests of another level, or of none in particular, do not count', () => {
    expect(outcome(check, { input: { admitted: [admitted('i.xml', 'integration', testFacts())] } })).toBe('no_evidence')
    expect(outcome(check, { input: { admitted: [admitted('i.xml', null, testFacts())] } })).toBe('no_evidence')
  })
  it('names the failing tests', () => {
    const one = { suite: 's', name: '::error::boom', classname: null, file: null, line: null, flaky: false, seconds: 1 }
    const cases = [{ ...one, outcome: 'failed' as const, message: null, trace: null }]
    expect(judge(check, withTests(testFacts({ failed: 1 }, { cases }))).reasons).toEqual([
      reason('tests_failed', { failed: 1, errors: 0, names: ['::error::boom'] }),
    ])
  })
})

describe('evidence that was asked for and is not usable', () => {
  const check: Check = { fn: 'tests.passed', level: 'component' }
  const rejected = (change: Partial<Rejected>): Rejected => ({
    path: 'b.xml',
    origin: { type: 'workspace' },
    sha256: null,
    bytes: 0,
    format: null,
    kind: 'tests',
    declaredBy: claim({ discovered: false }),
    problems: [],
    reason: reason('evidence_unreadable', { path: 'b.xml', why: 'it ends in the middle' }),
    ...change,
  })

  it('a missing declared report keeps the tests from passing beside a good one, and is named', () => {
    const unmet = [
      { pattern: 'reports/more.xml', found: 0, expected: null, declaredBy: claim({ discovered: false, level: 'component' }) },
    ]
    const result = judge(check, { input: { unmet } })
    expect(result.outcome).toBe('no_evidence')
    expect(result.reasons).toEqual([reason('evidence_missing', { what: 'tests', expected: ['reports/more.xml'] })])
  })
  it('fewer files than promised are a gap too', () => {
    const unmet = [{ pattern: 'reports/*.xml', found: 2, expected: 3, declaredBy: claim({ discovered: false }) }]
    expect(judge(check, { input: { unmet } }).reasons).toEqual([
      reason('evidence_count', { what: 'reports/*.xml', found: 2, expected: 3 }),
    ])
  })
  it("a gap of another level or kind is not this check's", () => {
    const unmet = [{ pattern: 'x', found: 0, expected: null, declaredBy: claim({ discovered: false, level: 'system' }) }]
    expect(outcome(check, { input: { unmet } })).toBe('pass')
    expect(outcome(check, { input: { rejected: [rejected({ kind: 'performance' })] } })).toBe('pass')
    const ofMetric = [
      { pattern: 'x', found: 0, expected: null, declaredBy: claim({ metrics: ['security_score'], level: 'component' }) },
    ]
    expect(outcome(check, { input: { unmet: ofMetric } })).toBe('pass')
  })
  it('an unreadable report keeps it from passing, declared or discovered; a discovered file that is no report does not', () => {
    expect(outcome(check, { input: { rejected: [rejected({})] } })).toBe('no_evidence')
    expect(outcome(check, { input: { rejected: [rejected({ kind: null })] } })).toBe('no_evidence')
    expect(outcome(check, { input: { rejected: [rejected({ declaredBy: claim() })] } })).toBe('no_evidence')
    const stray = rejected({ kind: null, declaredBy: claim(), reason: reason('evidence_unrecognised', { path: 'b.xml' }) })
    expect(outcome(check, { input: { rejected: [stray] } })).toBe('pass')
  })
  it('a refused declared report keeps it from passing; a second copy, or a leftover that was discovered, does not', () => {
    const one = admitted('old.xml', 'component', testFacts())
    const stale = reason('evidence_stale', { path: 'old.xml', age: '2 d', max: '1 d' })
    const declared = { ...one, declaredBy: claim({ discovered: false }) }
    expect(outcome(check, { input: { refused: [{ evidence: declared, reason: stale }] } })).toBe('no_evidence')
    expect(outcome(check, { input: { refused: [{ evidence: one, reason: stale }] } })).toBe('pass')
    const copy = reason('evidence_duplicate', { path: 'old.xml', same_as: 'new.xml' })
    expect(outcome(check, { input: { refused: [{ evidence: declared, reason: copy }] } })).toBe('pass')
  })
})

describe('tests.count', () => {
  const check: Check = { fn: 'tests.count', level: 'component', limit: limit('>=', 20, '') }
  it('counts tests that ran, at the boundary', () => {
    expect(outcome(check, withTests(testFacts({ passed: 19, skipped: 5 })))).toBe('fail')
    expect(outcome(check, withTests(testFacts({ passed: 18, failed: 2 })))).toBe('pass')
    expect(outcome(check, withTests(testFacts({ passed: 10 }), testFacts({ passed: 11 })))).toBe('pass')
  })
  it('no test at all is no evidence, even for "fewer than"', () => {
    expect(outcome({ ...check, limit: limit('<', 20, '') }, withTests(testFacts({ passed: 0 })))).toBe('no_evidence')
  })
})

describe('evidence', () => {
  it('of the kind, for the level', () => {
    expect(outcome({ fn: 'evidence', kind: 'coverage', level: 'component' })).toBe('pass')
    expect(outcome({ fn: 'evidence', kind: 'coverage', level: 'service' })).toBe('no_evidence')
    expect(outcome({ fn: 'evidence', kind: 'reliability', level: 'component' })).toBe('no_evidence')
  })
  it("without a level: for any level at or below the gate's", () => {
    const check: Check = { fn: 'evidence', kind: 'performance', level: null }
    expect(outcome(check, { place: { level: 'integration' } })).toBe('pass')
    const above = [admitted('i.xml', 'service', testFacts())]
    expect(outcome({ ...check, kind: 'tests' }, { input: { admitted: above }, place: { level: 'integration' } })).toBe(
      'no_evidence',
    )
  })
  it("without a level: a report that only a level above the gate's misses does not shut it, one of its own levels does", () => {
    const check: Check = { fn: 'evidence', kind: 'performance', level: null }
    const missing = (metric: string, place: Partial<Place>): Outcome => {
      const declaredBy = claim({ discovered: false, metrics: [metric], level: null })
      return outcome(check, { input: { unmet: [{ pattern: 'k6.json', found: 0, expected: null, declaredBy }] }, place })
    }
    expect(missing('service_performance', { level: 'integration' })).toBe('pass')
    expect(missing('service_performance', { level: 'service' })).toBe('no_evidence')
    expect(missing('performance_compliance', { level: 'integration' })).toBe('no_evidence')
    expect(missing('nobody_knows', { level: 'integration' })).toBe('no_evidence')
    const ofJob = claim({ discovered: false, level: 'system' })
    const named = { unmet: [{ pattern: 'e2e.xml', found: 0, expected: null, declaredBy: ofJob }] }
    expect(outcome(check, { input: named, place: { level: 'integration' } })).toBe('no_evidence')
  })
  it('of no level in particular serves the level whose metric rests on it', () => {
    const loose = { ...seedEvidence().find((one) => one.kind === 'coverage')!, level: null }
    const check: Check = { fn: 'evidence', kind: 'coverage', level: 'component' }
    expect(outcome(check, { input: { admitted: [loose] } })).toBe('no_evidence')
    const metrics = seedMetrics({ test_coverage: { basis: [loose.ref] } })
    expect(outcome(check, { input: { admitted: [loose], metrics } })).toBe('pass')
  })
  it('an empty test run or a failed scan is no evidence; a kind of scan has to be there', () => {
    const scan = seedEvidence().find((one) => one.kind === 'security')!
    const check = (kind?: 'sast' | 'dast'): Check => ({ fn: 'evidence', kind: 'security', level: 'component', scan: kind })
    expect(outcome(check())).toBe('pass')
    expect(outcome(check('sast'))).toBe('pass')
    expect(judge(check('dast')).reasons).toEqual([reason('scan_missing', { kinds: ['dast'] })])
    const failed = { ...scan, facts: { ...scan.facts, scanFailed: true } as typeof scan.facts }
    expect(outcome(check(), { input: { admitted: [failed] } })).toBe('no_evidence')
    expect(outcome({ fn: 'evidence', kind: 'tests', level: 'component' }, withTests(testFacts({ passed: 0 })))).toBe(
      'no_evidence',
    )
  })
})

describe('file', () => {
  const file = { path: 'a.pdf', size: 1, ageSeconds: 60, tracked: false }
  const check: Check = { fn: 'file', paths: ['a.*'], maxAgeSeconds: 60 }
  const files = (...matches: (typeof file | { path: string; size: number; ageSeconds: null; tracked: boolean })[]): Setup => ({
    input: { files: { 'a.*': matches } },
  })
  it('exists, is not empty and not too old', () => {
    expect(outcome(check, files(file))).toBe('pass')
    expect(outcome(check, files())).toBe('no_evidence')
    expect(outcome(check, { input: { files: {} } })).toBe('no_evidence')
    expect(outcome(check, files({ ...file, size: 0 }))).toBe('no_evidence')
    expect(outcome(check, files({ ...file, ageSeconds: 61 }))).toBe('no_evidence')
    expect(outcome(check, files({ ...file, ageSeconds: null }))).toBe('no_evidence')
    expect(outcome(check, files({ ...file, ageSeconds: 61 }, file))).toBe('pass')
    expect(outcome({ ...check, maxAgeSeconds: null }, files({ ...file, ageSeconds: null }))).toBe('pass')
  })
  it('every pattern needs its file, and no pattern at all is no file', () => {
    expect(outcome({ ...check, paths: ['a.*', 'b.*'] }, files(file))).toBe('no_evidence')
    expect(outcome({ ...check, paths: [] }, files(file))).toBe('no_evidence')
  })
})

describe('change.ready', () => {
  const table: [boolean | null, boolean | null, boolean | null, Outcome][] = []
  for (const draft of [true, false, null]) {
    for (const conflict of [true, false, null]) {
      for (const clean of [true, false, null]) {
        const hosted = draft !== null || conflict !== null
        const expected: Outcome =
          draft === true || conflict === true
            ? 'fail'
            : draft === false && conflict === false
              ? 'pass'
              : hosted || clean === null
                ? 'pending'
                : clean
                  ? 'pass'
                  : 'fail'
        table.push([draft, conflict, clean, expected])
      }
    }
  }
  it.each(table)('draft %s, conflict %s, clean %s: %s', (draft, conflict, clean, expected) => {
    const changed = clean === null ? null : clean ? [] : ['src/a.ts']
    expect(outcome({ fn: 'change.ready' }, { input: { change: { draft, conflict, changed } } })).toBe(expected)
  })
  it('says what is wrong, and what only the host knows', () => {
    const say = (draft: boolean | null, changed: string[] | null) =>
      judge({ fn: 'change.ready' }, { input: { change: { draft, conflict: null, changed } } }).reasons[0]
    expect(say(null, ['a.ts'])).toEqual(reason('change_not_ready', { why: 'not committed: a.ts' }))
    const many = ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts']
    expect(say(null, many)).toEqual(reason('change_not_ready', { why: 'not committed: a.ts, b.ts, c.ts and 2 more' }))
    expect(say(null, null)?.code).toBe('needs_github')
  })
})

describe('baseline', () => {
  const check: Check = { fn: 'baseline', level: 'service' }
  const edit = (change: object) => (config: Config) => {
    const criterion = criterionOf(config, 'service_performance')
    criterion.baseline = { ...criterion.baseline, ...change }
  }
  it('is known where it is fixed; without history every other is pending, or fails where policy says so', () => {
    expect(outcome(check)).toBe('pass')
    expect(outcome(check, { config: edit({ value: null }) })).toBe('pending')
    expect(outcome(check, { config: edit({ select: 'last_passed' }) })).toBe('pending')
    expect(outcome(check, { config: edit({ select: 'last', missing: 'fail' }) })).toBe('fail')
  })
  const since = (history: History, change: object = { select: 'last_passed' }): GateItemResult => {
    const config = readyConfig(edit(change))
    return judge(check, { config: edit(change), input: { history, baselines: baselinesOf(config, history) } })
  }
  it('is known where runs passed, and waits for as many as are asked', () => {
    const two = historyOf(runsOf('service_performance', [100, 100]))
    expect(since(two).outcome).toBe('pass')
    expect(since(two, { select: 'last', count: 2 }).outcome).toBe('pass')
    const three = since(two, { select: 'last_passed', count: 3, missing: 'fail' })
    expect(three).toMatchObject({ outcome: 'pending', reasons: [reason('needs_more_samples', { found: 2, needed: 3 })] })
    expect(since(historyOf([]))).toMatchObject({ outcome: 'pending', reasons: [{ code: 'no_baseline' }] })
  })
  it('unreadable is an error, never a first run, unless the baseline is fixed (proof 5)', () => {
    for (const missing of ['pending', 'fail', 'bootstrap'])
      expect(since(broken(), { select: 'last_passed', missing })).toMatchObject({
        outcome: 'error',
        reasons: [{ code: 'history_unreadable' }],
      })
    expect(since(broken(), {}).outcome).toBe('pass')
  })
  it('of a level without performance is not declared', () => {
    expect(outcome({ ...check, level: 'system' })).toBe('no_evidence')
  })
})

describe('checklist', () => {
  const check: Check = { fn: 'checklist', id: 'production_readiness' }
  const readiness = (change: object): Setup => ({ input: { metrics: seedMetrics({ production_readiness: change }) } })
  it('every item done', () => {
    expect(outcome(check)).toBe('pass')
    expect(outcome(check, readiness({ value: 99.99 }))).toBe('fail')
    expect(outcome(check, readiness({ state: 'no_evidence', value: null }))).toBe('no_evidence')
    expect(outcome(check, readiness({ state: 'error', value: null }))).toBe('error')
  })
  it('that no metric reads is not known', () => {
    expect(
      outcome(check, { config: (config) => Object.assign(metricOf(config, 'production_readiness'), { checklists: [] }) }),
    ).toBe('no_evidence')
  })
})

describe('what no machine can say', () => {
  it.each(['approval', 'go_live', 'manual'] as const)('%s awaits a person', (fn) => {
    const result = judge({ fn }, { place: { gate: 4, environment: 'production' } })
    expect(result.outcome).toBe('pending')
    expect(result.reasons).toEqual([reason('awaiting_approval', { gate: 4, environment: 'production' })])
  })
  it('a sentence that nothing checks, or a check from a newer version, never lets through', () => {
    expect(outcome({ fn: 'unbound' })).toBe('no_evidence')
    expect(outcome({ fn: 'horoscope' } as unknown as Check)).toBe('no_evidence')
  })
})
