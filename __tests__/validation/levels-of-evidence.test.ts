// Which level a report or a test speaks for (spec 2.2, decision 18).
import { describe, expect, it } from '@jest/globals'
import type { Config } from '../../src/model/config.ts'
import type { Evidence, Origin } from '../../src/model/evidence.ts'
import { reason } from '../../src/model/reason.ts'
import { admit } from '../../src/validation/admissibility.ts'
import { seedConfig } from '../support/config.ts'
import { codes, coverageFacts, evidence, lines, testCase, tests } from '../support/facts.ts'
import { claim, NOW } from '../support/judged.ts'

function admission(found: Evidence[], config: Config = seedConfig()) {
  return admit({
    gathered: { evidence: found, rejected: [], unmet: [], notices: [] },
    config,
    commit: null,
    tested: null,
    now: NOW,
    inAction: true,
    run: 1,
  })
}
const levelsOf = (found: Evidence, config?: Config) => admission([found], config).admitted.map((one) => one.level)
const coverage = coverageFacts(lines(1, 2))

describe('a report', () => {
  it.each([
    ['coverage/lcov.info', 'component'],
    ['coverage/integration/lcov.info', 'integration'],
    ['junit-integration.xml', 'integration'],
    ['reports/unit/junit.xml', 'component'],
    ['e2e-results/lcov.info', 'system'],
    ['end-to-end/lcov.info', 'system'],
    ['reports/service.xml', 'service'],
    ['contract-tests/lcov.info', 'service'],
    ['k6-system-load.json', 'system'],
    ['user-service-lcov.info', 'component'],
    ['packages/system-clock/lcov.info', 'component'],
    ['disintegration/lcov.info', 'component'],
    ['unit/integration/lcov.info', 'component'],
  ])('at %s is of the %s level', (path, level) => {
    expect(levelsOf(evidence(path, coverage))).toEqual([level])
  })

  it('is told apart by the name of its artifact too', () => {
    const origin: Origin = { type: 'artifact', name: 'integration-reports', id: 1, runId: 1, digest: null, digestChecked: false }
    expect(levelsOf({ ...evidence('x', coverage), ref: { path: 'lcov.info', origin, sha256: 'a' } })).toEqual(['integration'])
  })

  it('belongs where its entry says, whatever its name', () => {
    expect(levelsOf(evidence('integration/lcov.info', coverage, { declaredBy: claim({ level: 'system' }) }))).toEqual(['system'])
    expect(levelsOf(evidence('integration/lcov.info', coverage, { declaredBy: claim({ metrics: ['test_coverage'] }) }))).toEqual([
      'component',
    ])
  })

  it('named by metrics of two levels speaks for both, because two entries say so', () => {
    const both = claim({ metrics: ['test_coverage', 'service_communication'] })
    const { admitted } = admission([evidence('junit.xml', tests([testCase('a')]), { declaredBy: both })])
    expect(admitted.map((one) => [one.level, one.declaredBy.metrics])).toEqual([
      ['component', ['test_coverage']],
      ['integration', ['service_communication']],
    ])
  })

  it('speaks for each level that its entries state, and for no other', () => {
    const declaredBy = claim({ levels: ['integration', 'service'], discovered: false })
    expect(levelsOf(evidence('all.xml', tests([testCase('a')]), { declaredBy }))).toEqual(['integration', 'service'])
  })

  it('follows the globs of the config', () => {
    const config = seedConfig((it) => {
      it.suites.service = ['contracts/**']
    })
    expect(levelsOf(evidence('contracts/lcov.info', coverage), config)).toEqual(['service'])
  })
})

describe('a test', () => {
  const mixed = tests(
    [
      testCase('adds', 'passed', { file: 'src/add.test.ts' }),
      testCase('stores', 'failed', { file: 'tests/integration/store.test.ts' }),
      testCase('buys', 'passed', { suite: 'e2e/shop' }),
      testCase('checks out', 'skipped', { file: 'tests/unit/integration/x.test.ts' }),
    ],
    { unfinished: true },
  )

  it('counts for exactly one level', () => {
    const { admitted } = admission([evidence('junit.xml', mixed)])
    const names = admitted.map((one) => [one.level, one.facts.kind === 'tests' ? one.facts.cases.map((test) => test.name) : []])
    expect(names).toEqual([
      ['component', ['adds', 'checks out']],
      ['integration', ['stores']],
      ['system', ['buys']],
    ])
  })

  it('leaves each part with totals of its own, and with what is wrong with the whole run', () => {
    const { admitted } = admission([evidence('junit.xml', mixed)])
    const facts = admitted.map((one) => (one.facts.kind === 'tests' ? one.facts : null))
    expect(facts.map((one) => one?.totals)).toEqual([
      { total: 2, passed: 1, failed: 0, errors: 0, skipped: 1, flaky: 0 },
      { total: 1, passed: 0, failed: 1, errors: 0, skipped: 0, flaky: 0 },
      { total: 1, passed: 1, failed: 0, errors: 0, skipped: 0, flaky: 0 },
    ])
    expect(facts.every((one) => one?.unfinished)).toBe(true)
  })

  it('of no known level is the first level’s, and said to be', () => {
    const { admitted } = admission([evidence('junit.xml', mixed)])
    expect(admitted[0]!.reasons).toContainEqual(
      reason('evidence_level_assumed', { path: 'junit.xml', tests: 1, level: 'component' }),
    )
    expect(codes(admitted[1]!)).not.toContain('evidence_level_assumed')
  })

  it('in a class of a package called service stays where it is: packages are not suites', () => {
    const found = tests([
      testCase('pays', 'passed', { classname: 'com.shop.service.PaymentTest', suite: 'com.shop.service.PaymentTest' }),
    ])
    expect(levelsOf(evidence('TEST-x.xml', found))).toEqual(['component'])
  })

  it('with an endless name is matched without end of patience', () => {
    const found = tests([testCase('x', 'passed', { suite: 'a/'.repeat(200_000), file: '*'.repeat(50_000) })])
    expect(levelsOf(evidence('TEST-x.xml', found))).toEqual(['component'])
  })
})

describe('what is missing', () => {
  it('is missing from the level its entry, its metric or its place names', () => {
    const unmet = (pattern: string, change = {}) => ({ pattern, found: 0, expected: null, declaredBy: claim(change) })
    const gathered = {
      evidence: [],
      rejected: [],
      unmet: [
        unmet('artifact integration-reports: **/*.xml'),
        unmet('x.xml', { metrics: ['service_performance'] }),
        unmet('x.xml'),
      ],
      notices: [],
    }
    const placed = admit({ gathered, config: seedConfig(), commit: null, tested: null, now: NOW, inAction: true, run: 1 })
    expect(placed.unmet.map((one) => one.declaredBy.level)).toEqual(['integration', 'service', null])
  })
})
