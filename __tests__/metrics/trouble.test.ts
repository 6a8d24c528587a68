// Missing, refused and unreadable evidence: the metric is unknown, names the file, and is never measured on the rest.
import { describe, expect, it } from '@jest/globals'
import { type MeasureInput, measure } from '../../src/metrics/measure.ts'
import type { EvidenceEntry } from '../../src/model/config.ts'
import type { EvidenceClaim, Kind, Rejected } from '../../src/model/evidence.ts'
import { type Reason, reason } from '../../src/model/reason.ts'
import { metricConfig, metricOf, seedConfig } from '../support/config.ts'
import { codes, configOf, coverageFacts, evidence, lines, measured, measureInput, testCase, tests } from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'

const good = admitted('lcov.info', 'component', coverageFacts(lines(10, 10)))
const entry = (...paths: string[]): EvidenceEntry => ({
  paths,
  artifact: null,
  format: null,
  level: null,
  component: null,
  expect: null,
  required: true,
  committed: false,
  origin: 'default',
})
const declared = claim({ discovered: false })
const mine = claim({ discovered: false, metrics: ['m'] })

function rejected(
  path: string,
  declaredBy: EvidenceClaim,
  kind: Kind | null,
  why: Reason = reason('evidence_unreadable', { path, why: 'cut short' }),
): Rejected {
  return {
    path,
    origin: { type: 'workspace' },
    sha256: null,
    bytes: null,
    format: kind,
    kind,
    declaredBy,
    problems: [],
    reason: why,
  }
}
const refused = (path: string, declaredBy: EvidenceClaim, why: Reason) => ({
  evidence: evidence(path, tests([]), { declaredBy }),
  reason: why,
})

const config = configOf({ family: 'coverage', evidence: [entry('a.info', 'b.info')] })
const named = { ...good, declaredBy: mine }
const on = (change: Partial<MeasureInput>) => measured(config, [named], change)

describe('declared for the metric', () => {
  it('and complete: known', () => {
    expect(on({})).toMatchObject({ state: 'known', value: 100 })
  })

  it.each<[string, Partial<MeasureInput>, string, string, string]>([
    [
      'missing',
      { unmet: [{ pattern: 'b.info', found: 0, expected: null, declaredBy: mine }] },
      'no_evidence',
      'evidence_missing',
      'b.info',
    ],
    [
      'too few',
      { unmet: [{ pattern: '*.info', found: 1, expected: 2, declaredBy: mine }] },
      'no_evidence',
      'evidence_count',
      '*.info',
    ],
    ['unreadable', { rejected: [rejected('b.info', mine, 'coverage')] }, 'error', 'evidence_unreadable', 'b.info'],
    [
      'of no known format',
      { rejected: [rejected('b.info', mine, null, reason('evidence_unrecognised', { path: 'b.info' }))] },
      'error',
      'evidence_unrecognised',
      'b.info',
    ],
    [
      'of another commit',
      { refused: [refused('b.info', mine, reason('evidence_wrong_commit', { path: 'b.info', found: 'a', expected: 'b' }))] },
      'no_evidence',
      'evidence_wrong_commit',
      'b.info',
    ],
    [
      'stale',
      { refused: [refused('b.info', mine, reason('evidence_stale', { path: 'b.info', age: '2 d', max: '1 d' }))] },
      'no_evidence',
      'evidence_stale',
      'b.info',
    ],
    [
      'a failed scan',
      { refused: [refused('b.info', mine, reason('scan_failed', { path: 'b.info', tool: 'x', why: '' }))] },
      'error',
      'scan_failed',
      'b.info',
    ],
    [
      'without a test',
      { refused: [refused('junit.xml', mine, reason('zero_tests', { path: 'junit.xml' }))] },
      'no_evidence',
      'zero_tests',
      'junit.xml',
    ],
  ])('and %s: unknown, however good the rest, naming the file', (_, change, state, code, path) => {
    const found = on(change)
    expect(found).toMatchObject({ state, value: null })
    expect(codes(found)).toContain(code)
    expect(JSON.stringify(found.reasons)).toContain(path)
  })

  it('twice the same bytes: measured once', () => {
    const copy = refused('copy.info', mine, reason('evidence_duplicate', { path: 'copy.info', same_as: 'lcov.info' }))
    copy.evidence = { ...copy.evidence, ref: { ...copy.evidence.ref, sha256: named.ref.sha256 } }
    expect(on({ refused: [copy] })).toMatchObject({ state: 'known' })
  })

  it('twice the same bytes where so many were promised: one is missing', () => {
    const copy = (kind: Kind) => ({
      evidence: {
        ...evidence('out/b.info', coverageFacts(lines(10, 10)), { declaredBy: mine, ref: { ...named.ref, path: 'out/b.info' } }),
        kind,
      },
      reason: reason('evidence_duplicate', { path: 'out/b.info', same_as: 'lcov.info' }),
    })
    const of = (expect: number | null) => configOf({ family: 'coverage', evidence: [{ ...entry('out/*.info'), expect }] })
    expect(measured(of(2), [named], { refused: [copy('coverage')] })).toMatchObject({ state: 'no_evidence', value: null })
    expect(measured(of(null), [named], { refused: [copy('coverage')] }).state).toBe('known')
    expect(measured(of(2), [named], { refused: [copy('security')] }).state).toBe('known')
  })

  it('of a kind that cannot serve: unknown', () => {
    const wrong = admitted(
      'hyperfine.json',
      'component',
      { kind: 'performance', metrics: [], samples: 1, errors: 0, events: null, thresholds: [] },
      { declaredBy: mine },
    )
    expect(measured(config, [named, wrong])).toMatchObject({ state: 'error', value: null })
  })

  it('too old for this metric, though not for another: unknown', () => {
    const aged = configOf({ family: 'coverage', maxAgeSeconds: 30, evidence: [entry('a.info')] })
    expect(codes(measured(aged, [named]))).toEqual(['evidence_stale'])
    expect(measured(aged, [{ ...named, ageSeconds: null }]).state).toBe('no_evidence')
  })

  it('keeps the level’s other reports out', () => {
    expect(measured(config, [good])).toMatchObject({ state: 'no_evidence', value: null })
    expect(measured(config, [good]).reasons[0]).toEqual(reason('evidence_missing', { what: 'm', expected: ['a.info', 'b.info'] }))
  })
})

describe('declared for nobody in particular', () => {
  const plain = configOf({ family: 'coverage' })
  const with_ = (change: Partial<MeasureInput>) => measured(plain, [good], change).state

  it('concerns the metrics of its kind and level', () => {
    expect(with_({ rejected: [rejected('x', claim({ discovered: false, level: 'component' }), 'coverage')] })).toBe('error')
    expect(with_({ rejected: [rejected('x', claim({ discovered: false, level: 'integration' }), 'coverage')] })).toBe('known')
    expect(with_({ rejected: [rejected('x', declared, 'performance')] })).toBe('known')
  })

  it('is guessed by its name where nothing could be read, and counts for all where the name says nothing', () => {
    const unread = (path: string) => with_({ rejected: [rejected(path, declared, null)] })
    expect(unread('coverage.xml')).toBe('error')
    expect(unread('k6-summary.json')).toBe('known')
    expect(unread('output.bin')).toBe('error')
  })

  it('tests that cannot be read spoil the coverage they made', () => {
    expect(with_({ rejected: [rejected('junit.xml', declared, 'tests')] })).toBe('error')
    expect(with_({ unmet: [{ pattern: 'reports/junit.xml', found: 0, expected: null, declaredBy: declared }] })).toBe(
      'no_evidence',
    )
  })

  it('tests of no known level might have been of any', () => {
    const higher = configOf({ family: 'coverage', level: 'service' })
    const found = admitted('lcov.info', 'service', coverageFacts(lines(1, 1)))
    expect(measured(higher, [found], { rejected: [rejected('junit.xml', declared, 'tests')] }).state).toBe('error')
    expect(measured(higher, [found], { rejected: [rejected('lcov.info', declared, 'coverage')] }).state).toBe('known')
  })
})

describe('declared for another metric of the level', () => {
  const other = (level: 'component' | 'integration' = 'component') => claim({ discovered: false, metrics: ['tests'], level })
  const borrowing = configOf({ family: 'scenario' }, (it) => {
    it.metrics.push(metricConfig('tests', 'tests', 'component'))
  })
  const junit = admitted('junit-1.xml', 'component', tests([testCase('a')]), { declaredBy: other() })

  it('is borrowed whole or not at all', () => {
    expect(measured(borrowing, [junit])).toMatchObject({ state: 'known', value: 100 })
    const gone = (path: string, level?: 'component' | 'integration') => [
      { pattern: path, found: 0, expected: null, declaredBy: other(level) },
    ]
    expect(measured(borrowing, [junit], { unmet: gone('junit-2.xml') })).toMatchObject({ state: 'no_evidence', value: null })
    expect(measured(borrowing, [junit], { unmet: gone('second.out') }).state).toBe('no_evidence')
    expect(measured(borrowing, [junit], { unmet: gone('junit-2.xml', 'integration') }).state).toBe('known')
  })

  it('and a copy of a file that counts for another level: the copy’s own level is without it', () => {
    const copy = {
      ...refused(
        'copy.xml',
        claim({ discovered: false, metrics: ['m'], level: 'integration' }),
        reason('evidence_duplicate', { path: 'copy.xml', same_as: 'junit-1.xml' }),
      ),
    }
    const same = { ...copy, evidence: { ...copy.evidence, ref: { ...copy.evidence.ref, sha256: junit.ref.sha256 } } }
    const above = configOf({ family: 'coverage', level: 'integration' })
    const lcov = admitted('int.info', 'integration', coverageFacts(lines(1, 1)))
    expect(measured(above, [junit, lcov], { refused: [same] })).toMatchObject({ state: 'no_evidence', value: null })
  })
})

describe('discovered', () => {
  const found = claim({ discovered: true })
  const plain = configOf({ family: 'coverage' })

  it('and no report at all: said only where nothing else is there', () => {
    const stranger = rejected('notes.info', found, null)
    expect(measured(plain, [good], { rejected: [stranger] }).state).toBe('known')
    expect(codes(measured(plain, [], { rejected: [stranger] }))).toEqual(['evidence_missing', 'evidence_unreadable'])
  })

  it('and broken: unknown', () => {
    expect(measured(plain, [good], { rejected: [rejected('lcov.info', found, 'coverage')] }).state).toBe('error')
  })

  it('and committed: a sample, no evidence, no harm', () => {
    const sample = refused('fixtures/junit.xml', found, reason('evidence_tracked', { path: 'fixtures/junit.xml' }))
    expect(measured(plain, [good], { refused: [sample] }).state).toBe('known')
  })
})

describe('nothing at all', () => {
  it('names the place where it is looked for, and the jobs that did not run', () => {
    const producers: MeasureInput['producers'] = [
      { job: 'unit', result: 'success', needed: true },
      { job: 'integration', result: 'skipped', needed: true },
      { job: 'load', result: 'cancelled', needed: true },
    ]
    const found = measured(configOf({ family: 'coverage', level: 'integration' }), [], { producers })
    expect(found).toMatchObject({ state: 'no_evidence', value: null, basis: [] })
    expect(found.reasons).toEqual([
      reason('evidence_missing', { what: 'm', expected: ['coverage/integration/lcov.info'] }),
      reason('producer_not_run', { job: 'integration', result: 'skipped' }),
      reason('producer_not_run', { job: 'load', result: 'cancelled' }),
    ])
  })

  it('says the job beside a declared file that is missing', () => {
    const found = on({
      unmet: [{ pattern: 'b.info', found: 0, expected: null, declaredBy: mine }],
      producers: [{ job: 'unit', result: 'skipped', needed: true }],
    })
    expect(codes(found)).toEqual(['evidence_missing', 'producer_not_run'])
  })

  it('leaves every seed metric unknown', () => {
    const values = measure(measureInput(seedConfig(), []))
    expect(values).toHaveLength(16)
    expect(values.filter((one) => one.state === 'known' || one.value !== null)).toEqual([])
    expect(values.filter((one) => one.reasons.length === 0)).toEqual([])
  })
})

it('measures every metric on its own level’s evidence', () => {
  const all = seedConfig((config) => {
    metricOf(config, 'test_coverage').evidence = []
  })
  const found = [
    good,
    admitted('int.info', 'integration', coverageFacts(lines(1, 2))),
    admitted('junit.xml', 'integration', tests([testCase('a')])),
  ]
  const values = measure(measureInput(all, found))
  const known = Object.fromEntries(values.filter((one) => one.state === 'known').map((one) => [one.id, one.value]))
  expect(known).toEqual({
    test_coverage: 100,
    integration_test_coverage: 50,
    service_communication: 100,
    external_integration: 100,
    database_integration: 100,
  })
})
