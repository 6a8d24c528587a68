// Proof 6, the other half: whatever is edited in what a record keeps does not replay, and what was edited is named.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { type Replay, replayRecord } from '../../../src/app/ledger/replay-record.ts'
import type { ResolvedPolicy } from '../../../src/model/config.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import type { CoverageFacts, PerformanceFacts, SecurityFacts, TestFacts } from '../../../src/model/facts.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { everyNumber, everyValue } from '../../support/ledger/edits.ts'
import { MemoryLedger, policyOf, ready, recordAt, runOnce } from '../../support/ledger/recorded.ts'
import { sarif } from '../../support/ready-repository.ts'

const finding = { rule: 'sql-injection', level: 'note', path: 'src/db.js', line: 3, message: 'SQL' } as const
const store = new MemoryLedger()

interface Kept {
  data: EvaluationData
  policy: ResolvedPolicy
}

/** As it lies in the ledger, each time anew. */
function kept(): Kept {
  const { data } = recordAt(store)
  return { data, policy: policyOf(store, data) }
}

function edited(edit: (kept: Kept) => void): Replay {
  const one = kept()
  edit(one)
  return replayRecord(one.data, one.policy, one.data.tool.version)!
}

function factsOf<F>({ data }: Kept, path: string): F {
  return data.facts!.files.find((file) => file.ref.path === path)!.facts as F
}

beforeAll(async () => {
  await runOnce(ready({ 'reports/semgrep.sarif': sarif([finding]) }), store)
})

describe('what was edited is named', () => {
  it('nothing, where nothing was', () => {
    expect(edited(() => {})).toMatchObject({ same: true, difference: null, edited: [] })
  })

  it.each<[string, string, (kept: Kept) => void]>([
    [
      'the covered lines of a report',
      'reports/component/lcov.info',
      (one) => {
        factsOf<CoverageFacts>(one, 'reports/component/lcov.info').totals.lines!.covered -= 1
      },
    ],
    [
      'the covered lines of one file of it',
      'reports/component/lcov.info',
      (one) => {
        factsOf<CoverageFacts>(one, 'reports/component/lcov.info').files[0]!.totals.lines!.covered += 1
      },
    ],
    [
      'the number of tests',
      'reports/component/junit.xml',
      (one) => {
        factsOf<TestFacts>(one, 'reports/component/junit.xml').totals.passed += 1
      },
    ],
    [
      'how many one test stands for',
      'reports/component/junit.xml',
      (one) => {
        factsOf<TestFacts>(one, 'reports/component/junit.xml').cases[0]!.times = 7
      },
    ],
    [
      'a measurement',
      'reports/k6-summary.json',
      (one) => {
        factsOf<PerformanceFacts>(one, 'reports/k6-summary.json').metrics.find(({ value }) => value === 180)!.value = 12
      },
    ],
    [
      'the severity of a finding',
      'reports/semgrep.sarif',
      (one) => {
        factsOf<SecurityFacts>(one, 'reports/semgrep.sarif').findings[0]!.severity = 'critical'
      },
    ],
    [
      'the age of a report',
      'reports/k6-summary.json',
      ({ data: { facts } }) => {
        const at = facts!.files.findIndex((file) => file.ref.path === 'reports/k6-summary.json')
        facts!.admitted.find((one) => one.file === at)!.ageSeconds = 5
      },
    ],
  ])('%s: %s', (_, path, edit) => {
    const again = edited(edit)
    expect(again.same).toBe(false)
    expect(again.edited).toEqual([path])
  })

  it.each<[string, string, (kept: Kept) => void]>([
    [
      'a report, where its numbers come first',
      'evidence.reports/component/lcov.info',
      (one) => {
        factsOf<CoverageFacts>(one, 'reports/component/lcov.info').totals.lines!.covered = 99
      },
    ],
    [
      'a formula, where the report’s own line does not tell',
      'formulas.performance_compliance',
      (one) => {
        factsOf<PerformanceFacts>(one, 'reports/k6-summary.json').metrics.find(({ value }) => value === 180)!.value = 900
      },
    ],
    [
      'a criterion whose limit was lowered or raised',
      'criteria.test_coverage.outcome',
      ({ policy }) => {
        policy.config.levels[0]!.criteria[0]!.pass[0]!.terms[0]!.value = 97
      },
    ],
    [
      'a criterion’s recorded value',
      'criteria.test_coverage.value',
      ({ data }) => {
        data.outcome.criteria.test_coverage!.value = 97
      },
    ],
    [
      'a gate’s recorded state',
      'gates.2',
      ({ data }) => {
        data.outcome.gates['2'] = 'exit_failed'
      },
    ],
    [
      'the recorded verdict',
      'verdict',
      ({ data }) => {
        data.outcome.verdict = 'passed'
      },
    ],
    [
      'the clock',
      'result',
      ({ data }) => {
        data.evaluatedAt = '2026-11-23T12:00:00.000Z'
      },
    ],
    [
      'a limit of the policy that changes no outcome',
      'policy',
      ({ policy }) => {
        policy.config.levels[0]!.criteria[0]!.pass[0]!.terms[0]!.value = 94
      },
    ],
  ])('%s: %s', (_, at, edit) => {
    const again = edited(edit)
    expect(again.same).toBe(false)
    expect(again.difference).toMatchObject({ at })
    expect(again.difference!.recorded).not.toEqual(again.difference!.recomputed)
  })
})

describe('any one number', () => {
  it.each(['facts', 'outcome'] as const)('of the %s: one more or less of it does not replay', (part) => {
    const { data, policy } = kept()
    const unnoticed: string[] = []
    let count = 0
    for (const { at, change, restore } of everyNumber(data[part])) {
      change()
      count += 1
      if (replays(data, policy)) unnoticed.push(at)
      restore()
    }
    expect(count).toBeGreaterThan(part === 'facts' ? 80 : 10)
    expect(unnoticed).toEqual([])
    expect(replays(data, policy)).toBe(true)
  })

  it('of the policy: neither', () => {
    const { data, policy } = kept()
    // The whole policy has one hash, so a few numbers from all over it stand for the rest.
    const numbers = [...everyNumber(policy)]
    expect(numbers.length).toBeGreaterThan(100)
    for (const { change, restore } of numbers.filter((_, at) => at % 12 === 0)) {
      change()
      expect(replays(data, policy)).toBe(false)
      restore()
    }
  })
})

describe('what no run leaves', () => {
  const HOSTILE = [null, 'x', -1, [null], { length: 1e9 }]

  it('is refused as that, whatever is put in the place of whatever', () => {
    const { data, policy } = kept()
    let tried = 0
    for (const { set, restore } of everyValue(data.facts, 3)) {
      for (const value of HOSTILE) {
        set(value)
        tried += 1
        try {
          replayRecord(data, policy, 'x')
        } catch (error) {
          if (!(error instanceof CertifyError)) throw error
          expect(error.code).toBe('record_malformed')
        }
      }
      restore()
    }
    expect(tried).toBeGreaterThan(400)
  })

  it.each([[[]], [{}], ['x'], [{ config: {} }], [{ config: { metrics: [null] } }]])('a policy of %j', (policy) => {
    const { data } = kept()
    expect(() => replayRecord(data, policy as unknown as ResolvedPolicy, 'x')).toThrow(CertifyError)
  })
})

it('a run that could not be judged has nothing to judge again', () => {
  const { data, policy } = kept()
  expect(replayRecord({ ...data, facts: null }, policy, 'x')).toBeNull()
})

it('an engine of another version is named, and judges by the version that was recorded', () => {
  const { data, policy } = kept()
  const again = replayRecord(data, policy, '99.0.0')!
  expect(again.engine).toEqual({ recorded: data.tool.version, here: '99.0.0' })
  expect(again.same).toBe(true)
})

function replays(data: EvaluationData, policy: ResolvedPolicy): boolean {
  try {
    return replayRecord(data, policy, data.tool.version)!.same
  } catch (error) {
    if (error instanceof CertifyError) return false
    throw error
  }
}
