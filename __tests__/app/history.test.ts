// Run after run of one repository: the first has nothing to be compared with, the second shows what changed, the sixth a trend.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import {
  clockAt,
  copyOf,
  lastSeq,
  MemoryLedger,
  ready,
  recordAt,
  replayed,
  runMany,
  runOnce,
} from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, world } from '../support/ports.ts'
import { junit, k6, lcov, sarif } from '../support/ready-repository.ts'

const covered = (lines: number, policy = '', p95 = 180) =>
  ready({ 'reports/component/lcov.info': lcov(lines, 1000), 'reports/k6-summary.json': k6(p95) }, policy)
const RELATIVE = `certification_levels:
  level_1:
    validation_criteria:
      test_coverage: { pass: ["> 95%", ">= -0.5pp"] }
`
const subject = (commit: string) => ({ ...world({}).subject, commit: commit.repeat(40) })

function criterion(result: Awaited<ReturnType<typeof runOnce>>['result'], id = 'test_coverage') {
  return result.levels.flatMap((level) => level.criteria).find((one) => one.id === id)!
}

async function shown(store: MemoryLedger, files: ReturnType<typeof ready>): Promise<string> {
  const w = world(files, { clock: clockAt(), ledger: ledgerOf(store), subject: subject('f') })
  return (await run(invocation(), w)).output
}

describe('one run after another', () => {
  it('the first says that nothing is recorded yet', async () => {
    const { result } = await runOnce(covered(960), new MemoryLedger())
    expect(result.history).toMatchObject({ state: 'absent', runs: 0, baseline: null, trends: [], head: null })
    expect(criterion(result)).toMatchObject({ baseline: null, delta: null })
    expect(await shown(new MemoryLedger(), covered(960))).toMatch(/no baseline: no ledger yet at memory/)
  })

  it('the second shows what changed since', async () => {
    const store = new MemoryLedger()
    await runMany(store, [covered(970)])
    const text = await shown(copyOf(store), covered(965))
    const { result } = await runOnce(covered(965), store, { subject: subject('d') })
    expect(criterion(result)).toMatchObject({ value: 96.5, baseline: 97, delta: -0.5 })
    expect(result.history).toMatchObject({ state: 'known', runs: 1, baseline: { records: [{ seq: 1 }] }, head: { seq: 1 } })
    expect(text).toMatch(/▼ +test_coverage +-0\.5 pp +97 % → 96\.5 %/)
  })

  it('the sixth shows where it is going', async () => {
    const store = new MemoryLedger()
    await runMany(
      store,
      [990, 984, 978, 972, 966].map((lines) => covered(lines)),
    )
    const text = await shown(copyOf(store), covered(960))
    const { result } = await runOnce(covered(960), store, { subject: subject('d') })
    const trend = result.history!.trends.find((one) => one.criterion === 'test_coverage')!
    expect(trend).toMatchObject({ direction: 'worsening', unit: '%', points: { length: 6 }, crossing: { runs: 2 } })
    expect(trend.slope).toBeCloseTo(-0.6)
    expect(result.history!.continuity).toMatchObject({ level: 2, runs: 6, commits: 6, seconds: 4 * 3600, complete: true })
    expect(text).toMatch(/test_coverage +\S+ +falling by 0\.6 pp a run, crosses > 95 % in 2 runs/)
    expect(text).toMatch(/level 2 held for .*6 runs, 6 commits/)
  })

  it('a relative limit waits for a first baseline, then holds, then fails', async () => {
    const store = new MemoryLedger()
    const first = await runOnce(covered(970, RELATIVE), store)
    expect(first.result.decision).toMatchObject({ verdict: 'pending', pendingFor: 'evidence' })
    await run(
      invocation({ command: 'baseline' }),
      world(covered(970, RELATIVE), { clock: clockAt(), ledger: ledgerOf(store, { newId: () => 'b'.repeat(32) }) }),
    )
    const second = await runOnce(covered(966, RELATIVE), store, { subject: subject('b') })
    expect(second.result.decision.verdict).toBe('passed')
    const third = await runOnce(covered(960, RELATIVE), store, { subject: subject('c') })
    expect(third.result.decision.verdict).toBe('failed')
    expect(criterion(third.result)).toMatchObject({ outcome: 'fail', baseline: 96.6 })
    // What failed is nothing to be as good as.
    const fourth = await runOnce(covered(960, RELATIVE), store, { subject: subject('e') })
    expect(criterion(fourth.result)).toMatchObject({ outcome: 'fail', baseline: 96.6 })
  })
})

describe('what a change did', () => {
  const state = (failing: string[], findings: number[], p95 = 180) =>
    ready({
      'reports/component/junit.xml': junit(
        ['adds up', 'rounds', 'taxes'].map((name) => ({
          suite: 'price',
          name,
          ...(failing.includes(name) ? { failure: 'no' } : {}),
        })),
      ),
      'reports/semgrep.sarif': sarif(
        findings.map((line) => ({ rule: `r${line}`, level: 'warning', path: 'src/a.js', line, message: 'm' })),
      ),
      'reports/k6-summary.json': k6(p95),
    })

  it('is told from the records of the branch, is part of the result, and replays to the same bytes', async () => {
    const store = new MemoryLedger()
    const past = [180, 182, 178, 181].map((p95) => state([], [], p95))
    await runMany(store, [...past, state(['rounds', 'taxes'], [3, 9])])
    const { result } = await runOnce(state(['adds up', 'rounds'], [9, 30], 190), store, { subject: subject('d') })
    const { against, tests, findings, performance } = result.history!.changes!
    const names = (list: { first: { name: string }[] }) => list.first.map((one) => one.name)
    expect(against).toMatchObject({ seq: 5, verdict: 'failed' })
    expect(tests).toMatchObject({ newly: { total: 1 }, still: { total: 1, first: [{ since: 5 }] }, fixed: { total: 1 }, gone: 0 })
    expect([names(tests!.newly), names(tests!.still), names(tests!.fixed)]).toEqual([
      ['price > adds up'],
      ['price > rounds'],
      ['price > taxes'],
    ])
    expect([names(findings!.added), names(findings!.fixed)]).toEqual([
      [expect.stringContaining('r30')],
      [expect.stringContaining('r3')],
    ])
    expect(performance).toMatchObject([{ sli: 'http_req_duration.p95', value: 190, median: 180, runs: 5, state: 'worse' }])
    expect(replayed(store)).toMatchObject({ same: true, difference: null })
  })

  it('leaves nothing of earlier runs in the record but what was told', async () => {
    const store = new MemoryLedger()
    await runMany(store, [state(['rounds'], [3]), state([], [])])
    const { history } = recordAt(store, lastSeq(store)).data.facts!
    expect(history.runs).toEqual([])
  })
})

describe('a change that wants to get into the branch', () => {
  const pull = (files = covered(960)) => ({
    subject: { ...subject('9'), event: 'pull_request' as const, ref: 'refs/pull/1/merge', pullRequest: 1, run: 77, attempt: 1 },
    policy: { ...world(files).policy, head: async () => null },
  })

  it('is compared with the branch’s runs and becomes none of them', async () => {
    const store = new MemoryLedger()
    await runMany(store, [covered(970)])
    for (let at = 0; at < 3; at++) {
      const { result } = await runOnce(covered(999), store, pull())
      expect(criterion(result)).toMatchObject({ baseline: 97, delta: expect.closeTo(2.9) })
      expect(result.history!.runs).toBe(1)
      expect(result.history!.trends.flatMap((trend) => trend.points.map((point) => point.seq)).every((seq) => seq === 1)).toBe(
        true,
      )
    }
    expect(recordAt(store)).toMatchObject({ data: { main: false, branch: 'main', earlier: [1] } })
    const { result } = await runOnce(covered(970), store, { subject: subject('d') })
    expect(criterion(result)).toMatchObject({ baseline: 97, delta: 0 })
    expect(result.history!.runs).toBe(1)
  })

  it('is compared only with what lies at or before where it branched off', async () => {
    const store = new MemoryLedger()
    await runMany(store, [covered(970), covered(990)])
    const before = recordAt(store, 1).data.subject.commit!
    const change = { ...world({}).change, ancestors: async () => ({ commits: new Set([before]), problem: null }) }
    const { result } = await runOnce(covered(970), store, { ...pull(), change })
    expect(criterion(result)).toMatchObject({ baseline: 97, delta: 0 })
  })

  it('on a shallow clone is compared with nothing, which a relative limit waits for', async () => {
    const store = new MemoryLedger()
    await runMany(store, [covered(970)])
    const ancestors = async () => ({ commits: new Set<string>(), problem: 'history is cut off: check out with fetch-depth: 0' })
    const change = { ...world({}).change, ancestors }
    const { result } = await runOnce(covered(970, RELATIVE), store, { ...pull(covered(970, RELATIVE)), change })
    expect(criterion(result)).toMatchObject({ outcome: 'pending', baseline: null })
    expect(JSON.stringify(criterion(result).reasons)).toMatch(/fetch-depth: 0/)
  })
})

it('a branch of one’s own on a laptop is compared with the default branch until it has runs', async () => {
  const store = new MemoryLedger()
  await runMany(store, [covered(970)])
  const own = { branch: { name: 'feature', isDefault: false }, subject: { ...subject('7'), ref: 'feature' } }
  const first = await runOnce(covered(960), store, own)
  expect(criterion(first.result)).toMatchObject({ baseline: 97, delta: -1 })
  expect(recordAt(store).data).toMatchObject({ branch: 'feature', main: true, earlier: [], seen: 1 })
  const second = await runOnce(covered(965), store, own)
  expect(criterion(second.result)).toMatchObject({ baseline: 96, delta: 0.5 })
  const main = await runOnce(covered(970), store, { subject: subject('8') })
  expect(main.result.history!.runs).toBe(1)
})

it('two uses in one repository each have their own history', async () => {
  const store = new MemoryLedger()
  await runMany(store, [covered(970)])
  const { result } = await runOnce(covered(960), store, {}, { name: 'nightly' })
  expect(result.history).toMatchObject({ state: 'known', runs: 0, baseline: null })
  expect(recordAt(store).data.name).toBe('nightly')
})
