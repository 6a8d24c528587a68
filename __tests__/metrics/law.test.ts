// The one law for every family: nothing measured is never known, and no number that is none comes out.
import { describe, expect, it } from '@jest/globals'
import { METRICS } from '../../src/metrics/index.ts'
import { measure } from '../../src/metrics/measure.ts'
import type { MetricConfig, MetricFamily } from '../../src/model/config.ts'
import { type Diff, unknownDiff } from '../../src/model/diff.ts'
import type { Admitted, Facts } from '../../src/model/evidence.ts'
import type { LevelId } from '../../src/model/level.ts'
import { limit, metricConfig } from '../support/config.ts'
import {
  checklistFacts,
  configOf,
  coverageFacts,
  documentFacts,
  file,
  finding,
  lines,
  measured,
  measureInput,
  performanceFacts,
  scan,
  testCase,
  tests,
} from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'

const NUMBERS = [
  0,
  1,
  -1,
  100,
  1e308,
  Number.MAX_SAFE_INTEGER,
  5e-324,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
]
const WORDS = [
  '',
  '::error::x',
  '<img src=x>',
  '@everyone',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '\u0000',
  'ａ',
  '(a+)+$',
  '*'.repeat(300),
  'a'.repeat(5000),
]

const CHANGED: Diff = {
  base: null,
  problem: null,
  files: ['src/a.ts', 'a.ts', 'b.ts'].map((path) => ({
    path,
    from: null,
    status: 'modified',
    added: [[1, 40]],
    unread: null,
    generated: null,
  })),
}

/** A small generator with a fixed seed: the same cases on every machine. */
function random(seed: number) {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (n: number): number => Math.floor(next() * n),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}

function facts({ of, below }: ReturnType<typeof random>): Facts {
  const number = (): number => of(NUMBERS)
  const ratio = () => of([null, { covered: number(), total: number() }])
  const kinds: (() => Facts)[] = [
    () => {
      const one = {
        ...file(of(WORDS), [below(2), below(2)]),
        totals: { lines: ratio(), branches: ratio(), functions: ratio(), statements: ratio() },
      }
      return {
        kind: 'coverage',
        totals: { lines: ratio(), branches: ratio(), functions: ratio(), statements: ratio() },
        declared: null,
        headline: of([null, { metric: of(WORDS), percent: number() }]),
        files: of([[], [one], [one, one]]),
      }
    },
    () =>
      tests(
        of([
          [],
          [
            testCase(of(WORDS), of(['passed', 'failed', 'error', 'skipped'] as const), {
              suite: of(WORDS),
              file: of(WORDS),
              message: of(WORDS),
              line: number(),
            }),
          ],
        ]),
        { suiteErrors: below(2) },
      ),
    () =>
      performanceFacts(of([[], [[of([...WORDS, 'a.p95']), number(), of([null, 'ms', 'ratio', of(WORDS)])]]]), {
        samples: of([null, number()]),
        events: of([null, { good: number(), total: number(), source: of(WORDS) }]),
        thresholds: of([[], [{ metric: of(WORDS), text: of(WORDS), ok: true }]]),
      }),
    () =>
      scan(
        of([
          [],
          [
            finding({
              rule: of(WORDS),
              line: number(),
              path: of(WORDS),
              identifiers: [of(WORDS)],
              package: of(WORDS),
              security: of([true, false]),
            }),
          ],
        ]),
        { scans: of([[], ['sast']]) },
      ),
    () => ({ kind: 'reliability', events: of([null, { good: number(), total: number(), source: of(WORDS) }]), window: null }),
    () => checklistFacts(of([[], [[of(WORDS), of([true, false])]]])),
    () => documentFacts(of(['README.md', ...WORDS]), { words: number(), changedAt: of([null, of(WORDS)]) }),
  ]
  return of(kinds)()
}

function metric({ of }: ReturnType<typeof random>, family: MetricFamily): Partial<MetricConfig> & { family: MetricFamily } {
  return {
    family,
    minEvents: of([0, 1, 1000]),
    measure: of(['lines', 'statements', 'branches', 'functions', 'combined'] as const),
    include: of([[], ['**']]),
    objectives: of([
      [],
      [
        {
          sli: 'a.p95',
          pass: [limit('<', 1, 'ms')],
          warn: [],
          weight: of([0, 1, Number.NaN]),
          key: of([true, false]),
          origin: 'x',
        },
      ],
    ]),
    documents: of([
      [],
      [{ id: 'd', path: 'README.md', minWords: 5, headings: [], maxAgeSeconds: of([null, 5]), weight: of([0, 1]), links: true }],
    ]),
    points: of([[], [{ id: 'p', tests: ['**'] }]]),
    tests: of([[], ['**']]),
    sli: of([null, 'a.p95']),
    minLines: 1,
    parts: of([[], [{ metric: 'm', weight: 1 }], [{ metric: 'other', weight: of([0, 1]) }]]),
    checklists: of([[], ['production_readiness']]),
  }
}

describe('every family', () => {
  it('has one line in the index', () => {
    const families = METRICS.map((one) => one.family)
    expect(new Set(families).size).toBe(families.length)
  })

  it.each(METRICS.map((one) => one.family))('%s without evidence is not known', (family) => {
    const found = measured(
      configOf({
        family,
        documents: [{ id: 'd', path: 'README.md', minWords: 0, headings: [], maxAgeSeconds: null, weight: 1, links: false }],
      }),
      [],
    )
    expect(found).toMatchObject({ value: null, basis: [] })
    expect(found.state).not.toBe('known')
    expect(found.reasons.length).toBeGreaterThan(0)
  })

  it.each(METRICS.map((one) => one.family))(
    '%s: whatever reports say, known means a finite number that rests on a file',
    (family) => {
      const kit = random(family.length * 7919)
      let known = 0
      for (let round = 0; round < 400; round++) {
        const found: Admitted[] = Array.from({ length: kit.below(4) }, (_, at) =>
          admitted(`${at}`, kit.of<LevelId | null>(['component', 'integration', null]), facts(kit), {
            declaredBy: claim({ metrics: kit.of([[], ['m']]), component: kit.of([null, null, 'web']) }),
          }),
        )
        const config = configOf(metric(kit, family), (it) => {
          it.metrics.push(metricConfig('other', 'tests', 'component'))
        })
        for (const value of measure(measureInput(config, found, { diff: kit.of([null, CHANGED, unknownDiff('why')]) }))) {
          if (value.state === 'known') {
            known++
            expect(Number.isFinite(value.value)).toBe(true)
            expect(value.basis.length).toBeGreaterThan(0)
            expect(value.ratio === null || value.ratio.total > 0).toBe(true)
            if (value.unit === '%' && value.ratio !== null) expect(value.value).toBeLessThanOrEqual(100)
          } else {
            expect(value.value).toBeNull()
            expect(value.reasons.length + (value.state === 'not_applicable' ? 1 : 0)).toBeGreaterThan(0)
          }
        }
      }
      if (family !== 'approval') expect(known).toBeGreaterThan(0)
    },
  )
})

it('measuring twice gives the same, and changes nothing it was given', () => {
  const config = configOf({ family: 'coverage' })
  const found = [admitted('a', 'component', coverageFacts(lines(1, 3))), admitted('b', 'component', coverageFacts(lines(2, 3)))]
  const before = structuredClone(found)
  expect(measured(config, found)).toEqual(measured(config, found))
  expect(found).toEqual(before)
})
