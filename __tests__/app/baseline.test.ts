// `certify baseline`: a run that lacks nothing but something to be compared with becomes what later ones are compared with.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { clockAt, lastSeq, MemoryLedger, newId, ready, recordAt, runOnce } from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, world } from '../support/ports.ts'
import { junit, k6, lcov } from '../support/ready-repository.ts'

const limits = (more: string, id = 'test_coverage') =>
  `certification_levels:\n  level_1:\n    validation_criteria:\n      ${id}: { ${more} }\n`
const RELATIVE = limits('pass: ["> 95%", ">= -0.5pp"]')
const STRICT = limits('pass: ["> 95%", ">= -0.5pp"], baseline: { missing: fail }')
const TESTED = limits('pass: "> 95%", regression: { test: iqr, boundary: 1.5 }')

type Files = ReturnType<typeof ready>

function store(ledger: MemoryLedger, files: Files, change: Parameters<typeof world>[1] = {}, json = true) {
  const w = world(files, { clock: clockAt(), ledger: ledgerOf(ledger, { newId: newId(ledger) }), ...change })
  return run(invocation({ command: 'baseline', json }), w)
}

describe('a run that lacks nothing else', () => {
  it.each([
    ['passes', ''],
    ['waits for a baseline', RELATIVE],
    ['fails for want of one, as the policy says', STRICT],
    ['waits for samples', TESTED],
  ])('%s: is stored, exit 0', async (_, policy) => {
    const ledger = new MemoryLedger()
    const { exit, output } = await store(ledger, ready({}, policy))
    expect(exit).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ stored: { state: 'recorded', seq: 1 }, commit: 'a'.repeat(40) })
    expect(recordAt(ledger).data).toMatchObject({ baseline: true, main: true })
  })

  it.each([
    ['a limit that waited for it', RELATIVE],
    ['a limit that failed without it', STRICT],
  ])('is what the next run is compared with: %s passes', async (_, policy) => {
    const ledger = new MemoryLedger()
    expect((await runOnce(ready({}, policy), ledger)).result.decision.verdict).not.toBe('passed')
    await store(ledger, ready({}, policy))
    const { result } = await runOnce(ready({}, policy), ledger)
    expect(result.decision.verdict).toBe('passed')
    expect(result.history!.baseline!.records).toMatchObject([{ seq: 2 }])
  })

  it('is said for a person, too', async () => {
    expect((await store(new MemoryLedger(), ready(), {}, false)).output).toMatch(/baseline/i)
  })
})

describe('a run that falls short for another reason is none', () => {
  const failing = ready({ 'reports/component/junit.xml': junit([{ suite: 'price', name: 'adds up', failure: 'no' }]) }, RELATIVE)
  const drafted = { ...world({}).change, state: async () => ({ draft: true, conflict: false, changed: [] }) }
  const skipped = { ...world({}).change, producers: async () => [{ job: 'unit', result: 'skipped' as const, needed: true }] }
  const gone = ready()
  delete gone['reports/semgrep.sarif']

  it.each<[string, Files, Parameters<typeof world>[1], RegExp]>([
    ['a failed test', failing, {}, /test_coverage.*1 test failed/],
    [
      'a failed test, where having no baseline is a failure too',
      { ...failing, ...ready({}, STRICT), 'reports/component/junit.xml': failing['reports/component/junit.xml']! },
      {},
      /1 test failed/,
    ],
    ['coverage below its own limit', ready({ 'reports/component/lcov.info': lcov(90, 100) }, RELATIVE), {}, /90 % is not > 95 %/],
    ['a slow answer', ready({ 'reports/k6-summary.json': k6(900) }), {}, /performance_compliance/],
    ['missing evidence', gone, {}, /security_score/],
    ['a draft', ready(), { change: drafted }, /draft/],
    ['a needed job that was skipped', ready(), { change: skipped }, /unit was skipped/],
    [
      'a missing deliverable',
      ready({}, 'certification_gates:\n  gate_1:\n    deliverables: [{ name: Plan, path: "plans/*" }]\n'),
      {},
      /plans/,
    ],
    ['a wrong policy', ready({}, 'mode: [\n'), {}, /problem|could not/],
  ])('%s: refused with the reason, nothing is recorded', async (_, files, change, why) => {
    const ledger = new MemoryLedger()
    const error = (await store(ledger, files, change).catch((e: unknown) => e)) as CertifyError
    expect(error).toBeInstanceOf(CertifyError)
    expect(error.code).toBe('baseline_refused')
    expect(error.problems.map((one) => one.message).join('\n')).toMatch(why)
    expect(lastSeq(ledger)).toBe(0)
  })
})

describe('where it cannot be stored it is an error, never a silent success', () => {
  it.each<[string, Parameters<typeof world>[1], string, string]>([
    ['no ledger is kept', {}, 'ledger: false\n', 'ledger_off'],
    ['no ledger here', { ledger: ledgerOf(null) }, '', 'baseline_not_stored'],
    ['a dry run', { ledger: ledgerOf(new MemoryLedger(), { mode: () => 'read' }) }, '', 'baseline_not_stored'],
    ['a clock set by hand', { clock: { kind: 'fixed', now: () => new Date('2026-11-22T12:00:00Z') } }, '', 'baseline_not_stored'],
  ])('%s', async (_, change, policy, code) => {
    await expect(store(new MemoryLedger(), ready({}, policy), change)).rejects.toMatchObject({ code, hint: expect.any(String) })
  })

  it('a ledger that cannot be written', async () => {
    const ledger = new MemoryLedger()
    ledger.swap = () => Promise.reject(new CertifyError('ledger_unwritable', 'memory is full', { hint: 'make room' }))
    await expect(store(ledger, ready())).rejects.toMatchObject({ code: 'baseline_not_stored', message: 'memory is full' })
  })
})
