// The main job through all rooms, on ports in memory: the promises that hold whatever the reports say.
import { describe, expect, it } from '@jest/globals'
import type { Result } from '../../src/model/result.ts'
import { renderJson } from '../../src/reporting/renderers/json.ts'
import { evaluate } from '../support/evaluated.ts'
import { invocation, NOW, world } from '../support/ports.ts'
import { junit, lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const ready = (): Record<string, string> => ({ [CONFIG]: POLICY, ...readyFiles() })

async function judge(files: Record<string, string | Uint8Array>, change: Parameters<typeof world>[1] = {}): Promise<Result> {
  return evaluate(invocation(), world(files, change))
}

function gate(result: Result, id: number) {
  return result.gates.find((g) => g.id === id)!
}

function outcomes(result: Result): Record<string, string> {
  return Object.fromEntries(result.levels.flatMap((l) => l.criteria.map((c) => [c.id, c.outcome])))
}

describe('a commit that is ready', () => {
  it('reaches level 2 with gates 1 and 2 open, and says what level 3 lacks', async () => {
    const result = await judge(ready())
    expect(result.decision).toMatchObject({ verdict: 'passed', level: 2, target: 2 })
    expect([gate(result, 1).state, gate(result, 2).state]).toEqual(['open', 'open'])
    const lacks = result.shortfall.find((s) => s.level === 'service')!
    expect(lacks.items.length).toBeGreaterThan(0)
    expect(lacks.items.every((item) => item.text.length > 0)).toBe(true)
  })

  it('never opens gates 3 and 4 by itself', async () => {
    const result = await judge(ready())
    expect([gate(result, 3), gate(result, 4)].map((g) => [g.state === 'open', g.proceed])).toEqual([
      [false, false],
      [false, false],
    ])
  })
})

describe('proof 1: deleting any one declared evidence file turns its gate red, naming the file', () => {
  const declared = Object.keys(readyFiles())

  it.each(declared)('%s', async (path) => {
    const files = ready()
    delete files[path]
    const result = await judge(files)
    expect(result.decision.verdict).not.toBe('passed')
    const number = path.includes('integration') ? 2 : 1
    expect(gate(result, number).state).not.toBe('open')
    expect(JSON.stringify([result.decision, result.gates, result.levels])).toContain(path)
  })
})

describe('proof 1, stronger: a declared file made useless in any way never passes', () => {
  const useless: [string, string | Uint8Array][] = [
    ['zero bytes', ''],
    ['a binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 255, 254])],
    ['another language', 'hello'],
    ['truncated XML', '<?xml version="1.0"?><testsuites><testsuite name="a" tests="1"><testcase name="b"'],
    ['truncated JSON', '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Semg'],
    ['an empty object', '{}'],
    ['null', 'null'],
  ]
  const files = Object.keys(readyFiles()).filter((path) => path !== 'README.md')

  it.each(files.flatMap((path) => useless.map(([what, content]) => [path, what, content] as const)))(
    '%s as %s',
    async (path, _what, content) => {
      const result = await judge({ ...ready(), [path]: content })
      expect(result.decision.verdict).not.toBe('passed')
      expect(gate(result, path.includes('integration') ? 2 : 1).state).not.toBe('open')
      expect(JSON.stringify([result.decision, result.gates, result.levels])).toContain(path)
    },
  )
})

describe('proof 6: the same evidence, policy and clock give the same bytes', () => {
  it('twice, and whatever the order the files are found in', async () => {
    const files = ready()
    const reversed = Object.fromEntries(Object.entries(files).reverse())
    const [a, b, c] = await Promise.all([judge(files), judge(files), judge(reversed)])
    expect(renderJson(a)).toBe(renderJson(b))
    expect(renderJson(a)).toBe(renderJson(c))
  })

  it('stores the clock it was judged by', async () => {
    expect(await judge(ready())).toMatchObject({ evaluatedAt: NOW.toISOString(), clock: 'fixed' })
  })

  it('changes the evidence digest with any byte of evidence', async () => {
    const before = await judge(ready())
    const after = await judge({ ...ready(), 'reports/component/lcov.info': `${readyFiles()['reports/component/lcov.info']}\n` })
    expect(after.evidenceDigest).not.toBe(before.evidenceDigest)
  })
})

describe('evidence that must not count', () => {
  it('zero tests, or only skipped ones, are no evidence', async () => {
    for (const cases of [[], [{ suite: 'price', name: 'adds up', skipped: true }]]) {
      const result = await judge({ ...ready(), 'reports/component/junit.xml': junit(cases) })
      expect(result.decision.verdict).not.toBe('passed')
      expect(gate(result, 1).state).not.toBe('open')
    }
  })

  it('one failed test fails the coverage criterion and the gate', async () => {
    const result = await judge({
      ...ready(),
      'reports/component/junit.xml': junit([{ suite: 'price', name: 'adds up', failure: 'expected 2' }]),
    })
    expect(outcomes(result).test_coverage).toBe('fail')
    expect(result.decision.failedCriteria).toContain('test_coverage')
  })

  it('coverage of nothing is no evidence, not 100 %', async () => {
    const result = await judge({ ...ready(), 'reports/component/lcov.info': lcov(0, 0) })
    expect(outcomes(result).test_coverage).toBe('no_evidence')
  })

  it('a report tracked in git proves nothing in the Action, and is admitted with a notice on a laptop', async () => {
    const path = 'reports/component/lcov.info'
    const inAction = await judge(ready(), { inAction: true, tracked: [path] })
    expect(outcomes(inAction).test_coverage).toBe('no_evidence')
    expect(JSON.stringify(inAction.levels)).toContain(path)
    const onLaptop = await judge(ready(), { tracked: [path] })
    expect(onLaptop.decision.verdict).toBe('passed')
    expect(onLaptop.evidence.find((e) => e.path === path)!.reasons.map((r) => r.code)).toContain('evidence_tracked')
  })

  it('the same bytes twice count once', async () => {
    const policy = POLICY.replace('[reports/component/lcov.info, reports/component/junit.xml]', 'reports/component/*')
    const twice = await judge({
      ...ready(),
      [CONFIG]: policy,
      'reports/component/again.xml': readyFiles()['reports/component/junit.xml']!,
    })
    expect(twice.decision.verdict).toBe('passed')
    expect(JSON.stringify([twice.evidence, twice.notices])).toMatch(/again\.xml/)
  })

  it('a config that is wrong is an error that judges nothing', async () => {
    const result = await judge({ ...ready(), [CONFIG]: 'version: 1\nmetrics: { test_coverag: { evidence: 5 } }\n' })
    expect(result.decision.verdict).toBe('error')
    expect(result.notices.length).toBeGreaterThan(0)
    expect(result.levels).toEqual([])
  })
})

describe('a deliverable that must not be older than so', () => {
  const policy = `${POLICY}certification_gates:
  gate_1:
    deliverables: [{ name: Runbook, path: docs/runbook.md, max_age: 30d }]
`
  const files = { ...ready(), [CONFIG]: policy, 'docs/runbook.md': 'Call somebody.' }
  const changed = (at: string | null) => ({ tracked: ['docs/runbook.md'], git: { ...world({}).git, changedAt: () => at } })
  it.each<[string, Parameters<typeof world>[1], string]>([
    ['written by this run', {}, 'open'],
    ['in git, changed a month ago at most', changed('2026-11-01T00:00:00Z'), 'open'],
    ['in git, changed before that, with the date of its checkout', changed('2026-01-01T00:00:00Z'), 'deliverables_missing'],
    ['in git, nobody knows since when', changed(null), 'deliverables_missing'],
    ['in git, changed tomorrow', changed('2026-11-23T13:00:00Z'), 'deliverables_missing'],
  ])('%s', async (_, change, expected) => {
    expect(gate(await judge(files, change), 1).state).toBe(expected)
  })
})

describe('jobs that did not run', () => {
  it('are named where their evidence is missing (proof 2)', async () => {
    const files = ready()
    delete files['reports/component/junit.xml']
    const result = await judge(files, {
      change: {
        state: async () => ({ draft: false, conflict: false, changed: [] }),
        producers: async () => [{ job: 'unit tests', result: 'cancelled', needed: true }],
        ancestors: async () => ({ commits: null, problem: null }),
        diff: async () => null,
      },
    })
    expect(result.decision.verdict).not.toBe('passed')
    expect(JSON.stringify(result.levels)).toMatch(/unit tests/)
  })

  const skippedJob = (needed: boolean, policy = POLICY) =>
    judge(
      { ...ready(), [CONFIG]: policy },
      {
        change: {
          state: async () => ({ draft: false, conflict: false, changed: [] }),
          producers: async () => [{ job: 'unit tests', result: 'skipped', needed }],
          ancestors: async () => ({ commits: null, problem: null }),
          diff: async () => null,
        },
      },
    )

  it('keep every gate shut where they were needed, though all declared files are there', async () => {
    const result = await skippedJob(true)
    expect(result.decision.verdict).toBe('failed')
    expect(result.gates.map((g) => g.state === 'open')).toEqual([false, false, false, false])
    expect(JSON.stringify(gate(result, 1).entry)).toMatch(/unit tests/)
  })

  it('do not where the policy expects the skip, or where nothing said that they were needed', async () => {
    const expected = await skippedJob(true, `${POLICY}expected_skips: [unit tests]\n`)
    expect(expected.decision.verdict).toBe('passed')
    expect(expected.config.loosened.map((l) => l.pointer)).toContain('/expected_skips')
    expect((await skippedJob(false)).decision.verdict).toBe('passed')
  })
})
