// From reports to outcome: each of the seed's criteria just under its limit, at it, just over it, and without evidence.
import { describe, expect, it } from '@jest/globals'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import { measure } from '../../src/metrics/measure.ts'
import type { Config } from '../../src/model/config.ts'
import type { Admitted, Facts } from '../../src/model/evidence.ts'
import type { LevelId } from '../../src/model/level.ts'
import { limit, metricOf, SEED_CRITERIA, seedConfig } from '../support/config.ts'
import {
  checklistFacts,
  coverageFacts,
  documentFacts,
  finding,
  lines,
  measureInput,
  performanceFacts,
  scan,
  testCase,
  tests,
} from '../support/facts.ts'
import { admitted, claim, NOW, without } from '../support/judged.ts'

/** Evidence that gives a value a little below the limit, at it, and a little above (null: there is no such value). */
type Three = [under: Admitted[], at: Admitted[], over: Admitted[] | null]

const report = (level: LevelId, facts: Facts): Admitted[] => [admitted('report', level, facts)]
const covered = (level: LevelId): Three =>
  [949_999, 950_000, 950_001].map((n) =>
    report(
      level,
      coverageFacts({
        ...lines(0, 0),
        totals: { lines: { covered: n, total: 1_000_000 }, branches: null, functions: null, statements: null },
      }),
    ),
  ) as Three
const ran = (level: LevelId, failed: number): Admitted[] =>
  report(level, tests(Array.from({ length: 1000 }, (_, at) => testCase(`t${at}`, at < failed ? 'failed' : 'passed'))))
const all = (level: LevelId): Three => [ran(level, 1), ran(level, 0), null]
const loaded = (level: LevelId): Three => [
  report(level, performanceFacts([['a.p95', 200, 'ms']])),
  report(level, performanceFacts([['a.p95', 199.9, 'ms']])),
  null,
]
const scanned = (level: LevelId): Three => [report(level, scan([finding({ severity: 'low' })])), report(level, scan()), null]
const events = (good: number): Admitted[] =>
  report('service', performanceFacts([['x.rate', 0, 'ratio']], { events: { good, total: 1_000_000, source: 'http_req_failed' } }))
const documented = (words: number): Admitted[] => [
  admitted('README.md', 'component', documentFacts('README.md', { words }), {
    declaredBy: claim({ metrics: ['documentation_completeness'] }),
  }),
]
const ready = (done: boolean): Admitted[] => [
  admitted(
    'READY.md',
    null,
    checklistFacts([
      ['a', true],
      ['b', done],
    ]),
  ),
]

const CASES: Record<string, Three> = {
  test_coverage: covered('component'),
  performance_compliance: loaded('component'),
  security_score: scanned('component'),
  documentation_completeness: [documented(99), documented(100), null],
  integration_test_coverage: covered('integration'),
  service_communication: all('integration'),
  external_integration: all('integration'),
  database_integration: all('integration'),
  service_test_coverage: covered('service'),
  service_performance: loaded('service'),
  service_security: scanned('service'),
  service_reliability: [events(998_999), events(999_000), events(999_001)],
  system_test_coverage: covered('system'),
  end_to_end_validation: all('system'),
  production_readiness: [ready(false), ready(true), null],
}

const config = (): Config =>
  seedConfig((it) => {
    for (const id of ['performance_compliance', 'service_performance']) {
      metricOf(it, id).objectives = [
        { sli: 'a.p95', pass: [limit('<', 200, 'ms')], warn: [], weight: 1, key: false, origin: 'x' },
      ]
    }
    metricOf(it, 'documentation_completeness').documents = [
      { id: 'readme', path: 'README.md', minWords: 100, headings: [], maxAgeSeconds: null, weight: 1, links: false },
    ]
    it.checklists = [{ id: 'production_readiness', source: 'READY.md', items: [] }]
  })

function outcomeOf(id: string, evidence: Admitted[]): string | undefined {
  const metrics = measure(measureInput(config(), evidence))
  const levels = evaluateLevels({ config: config(), metrics, now: NOW, ...without(config()) })
  return levels.flatMap((level) => level.criteria).find((one) => one.criterion.id === id)?.outcome
}

describe.each(SEED_CRITERIA.filter((one) => one.family !== 'approval').map((one) => [one.id, one.pass.text] as const))(
  '%s %s',
  (id, text) => {
    const [under, at, over] = CASES[id]!
    it('just under: fails', () => {
      expect(outcomeOf(id, under)).toBe('fail')
    })
    it('at it', () => {
      expect(outcomeOf(id, at)).toBe(text.startsWith('>=') ? 'pass' : 'fail')
    })
    if (over !== null) {
      it('just over: passes', () => {
        expect(outcomeOf(id, over)).toBe('pass')
      })
    }
    it('missing: never passes', () => {
      expect(outcomeOf(id, [])).toBe('no_evidence')
    })
  },
)

it('deployment_approval waits, whatever lies on the table', () => {
  expect(
    outcomeOf(
      'deployment_approval',
      Object.values(CASES).flatMap((three) => three[1]),
    ),
  ).toBe('pending')
})
