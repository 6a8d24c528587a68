// `certify simulate`: the recorded runs under another policy: which would have been stopped or let through, and which nobody can tell.
import { describe, expect, it } from '@jest/globals'
import { simulate } from '../../src/app/simulate.ts'
import { canonical, seal } from '../../src/certificate/ledger/seal.ts'
import { EMPTY_HEAD, HEAD_PATH, objectPath, recordPath } from '../../src/model/ledger.ts'
import { CertifyError } from '../../src/model/problem.ts'
import type { Simulation } from '../../src/model/simulation.ts'
import { CONFIG, lastSeq, MemoryLedger, ready, recordAt, runMany, runOnce } from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, world } from '../support/ports.ts'
import { junit, k6, lcov, POLICY, README } from '../support/ready-repository.ts'

const covered = (lines: number) => ready({ 'reports/component/lcov.info': lcov(lines, 100) })
const limit = (pass: string) =>
  `${POLICY}certification_levels:\n  level_1:\n    validation_criteria:\n      test_coverage: { pass: ${pass} }\n`

interface Asked {
  last?: number
  json?: boolean
  files?: Record<string, string>
}

async function ask(store: MemoryLedger, policy: string, { last, json = true, files = {} }: Asked = {}) {
  const asked = invocation({ command: 'simulate', config: { path: 'new.yml', named: true }, last, json })
  return simulate(asked, world({ 'new.yml': policy, ...files }, { ledger: ledgerOf(store) }))
}

async function simulated(store: MemoryLedger, policy: string, asked: Asked = {}): Promise<Simulation> {
  return JSON.parse((await ask(store, policy, asked)).output) as Simulation
}

async function recorded(...runs: Record<string, string | Uint8Array>[]): Promise<MemoryLedger> {
  const store = new MemoryLedger()
  for (const { note } of await runMany(store, runs)) expect(note.state).toBe('recorded')
  return store
}

describe('which verdicts would differ', () => {
  it('none under the policy they were judged by', async () => {
    const store = await recorded(covered(96), covered(90), covered(98))
    expect(await simulated(store, POLICY)).toMatchObject({
      config: 'new.yml',
      place: 'memory',
      runs: 3,
      blocked: 0,
      released: 0,
      unchanged: 3,
      notReplayable: 0,
      differing: [],
      unreplayed: [],
    })
  })

  it('those that a stricter limit would have blocked, and what holds them back', async () => {
    const store = await recorded(covered(96), covered(99), covered(97), covered(90))
    const found = await simulated(store, limit('"> 98%"'))
    expect(found).toMatchObject({ runs: 4, blocked: 2, released: 0, unchanged: 2 })
    expect(found.differing.map((one) => one.record)).toEqual([3, 1])
    expect(found.differing[0]).toMatchObject({ from: { verdict: 'passed', level: 2 }, to: { verdict: 'failed', level: 0 } })
    expect(found.differing[0]!.reasons.join()).toMatch(/test_coverage: 97 % is not > 98 %/)
    const { output, exit } = await ask(store, limit('"> 98%"'), { json: false })
    expect(exit).toBe(0)
    expect(output).toMatch(/new\.yml would have blocked 2 of the last 4/)
    expect(output).toMatch(/97 % is not > 98 %/)
  })

  it('those that a looser limit would have let through', async () => {
    const store = await recorded(covered(96), covered(90), covered(80))
    const found = await simulated(store, limit('"> 85%"'))
    expect(found).toMatchObject({ blocked: 0, released: 1, unchanged: 2, differing: [{ record: 2, to: { verdict: 'passed' } }] })
    expect((await ask(store, limit('"> 85%"'), { json: false })).output).toMatch(/would have let 1 more pass/)
  })

  it('where another target is set, for the event of each run', async () => {
    const store = await recorded(covered(96))
    const found = await simulated(store, `${POLICY}target: { local: 3 }\n`)
    expect(found).toMatchObject({ blocked: 1 })
    expect(found.differing[0]!.reasons.join()).toMatch(/service/)
    expect(await simulated(store, `${POLICY}target: { release: 3 }\n`)).toMatchObject({ unchanged: 1 })
  })

  it('where a limit of an objective, a weight or a suppression is another', async () => {
    const store = await recorded(ready({ 'reports/k6-summary.json': k6(190) }), ready({ 'reports/k6-summary.json': k6(120) }))
    expect(await simulated(store, POLICY.replace('200ms', '150ms'))).toMatchObject({ blocked: 1, notReplayable: 0 })
  })

  it('only the last so many are looked at', async () => {
    const store = await recorded(covered(96), covered(96), covered(96), covered(96))
    const found = await simulated(store, limit('"> 98%"'), { last: 2 })
    expect(found).toMatchObject({ runs: 2, blocked: 2 })
    expect(found.differing.map((one) => one.record)).toEqual([4, 3])
  })
})

describe('limits against earlier runs', () => {
  const relative = limit('["> 50%", ">= -0.5pp"]')

  it('are held against the runs before each', async () => {
    const store = await recorded(covered(99), covered(98), covered(98), covered(96))
    const found = await simulated(store, relative)
    // The first has nothing before it.
    expect(found).toMatchObject({ runs: 4, blocked: 3, unchanged: 1 })
    expect(found.differing.map((one) => [one.record, one.to!.verdict])).toEqual([
      [4, 'failed'],
      [2, 'failed'],
      [1, 'pending'],
    ])
  })

  it('also against those that lie before the last so many', async () => {
    const store = await recorded(covered(99), covered(98), covered(98), covered(96))
    const found = await simulated(store, relative, { last: 2 })
    expect(found).toMatchObject({ runs: 2, blocked: 1, unchanged: 1, differing: [{ record: 4 }] })
  })

  it('never against a pull request’s, nor another branch’s', async () => {
    const store = await recorded(covered(97))
    const subject = { ...world({}).subject, event: 'pull_request' as const, pullRequest: 1, run: 7, attempt: 1 }
    await runOnce(covered(100), store, { subject })
    await runOnce(covered(100), store, { branch: { name: 'other', isDefault: false } })
    await runMany(store, [covered(97)])
    expect((await simulated(store, relative)).differing.map((one) => one.record)).not.toContain(4)
  })
})

describe('what nobody can tell', () => {
  const many = junit(
    [...Array(30).keys()]
      .map((at) => ({ suite: 'communication', name: `asks ${at}` }))
      .concat([
        { suite: 'external', name: 'pays' },
        { suite: 'database', name: 'keeps' },
      ] as never),
  )
  const files = () => ready({ 'reports/integration/junit.xml': many })

  it.each<[string, string, RegExp]>([
    ['other reports', POLICY.replace('reports/k6-summary.json', 'reports/other.json'), /names other reports/],
    ['other suites', `${POLICY}suites: { integration: ["**/it/**"] }\n`, /suites/],
    [
      'other documents',
      POLICY.replace('README.md }', 'README.md, min_words: 5000 }'),
      /documentation_completeness needs documents/,
    ],
    [
      'new globs over tests that are kept as one',
      POLICY.replace('tests: communication', 'tests: "asks 1*"'),
      /service_communication needs the names of single tests/,
    ],
    [
      'a pattern that nobody looked for',
      `${POLICY}certification_gates:\n  gate_1:\n    deliverables: [{ name: Plan, path: "plans/*.md" }]\n`,
      /files that nobody looked for: plans\/\*\.md/,
    ],
    [
      'a file named like what every object has',
      `${POLICY}certification_gates:\n  gate_1:\n    deliverables: [{ name: Plan, path: constructor }]\n`,
      /nobody looked for: constructor/,
    ],
    [
      'another checklist',
      `${POLICY}checklists: { operational: { items: [{ text: a, domain: operational, check: "test_coverage >= 9%" }] } }\n`,
      /other checklists/,
    ],
  ])('%s: said, and counted as neither', async (_, policy, why) => {
    const store = await recorded(files())
    const found = await simulated(store, policy)
    expect(found).toMatchObject({ runs: 1, blocked: 0, released: 0, unchanged: 0, notReplayable: 1 })
    expect(found.unreplayed[0]).toMatchObject({ record: 1, to: null })
    expect(found.unreplayed[0]!.reasons.join('; ')).toMatch(why)
    expect((await ask(store, policy, { json: false })).output).toMatch(/1 not replayable[\s\S]*Not replayable/)
  })

  it('no run at all: said first, and no success', async () => {
    const other = POLICY.replace('reports/k6-summary.json', 'reports/other.json')
    const none = await ask(await recorded(covered(96), covered(97)), other, { json: false })
    expect(none.output).toMatch(/^new\.yml could judge 0 of the last 2 runs: what it would change is not known/)
    expect(none.output).not.toMatch(/changed no verdict|unchanged/)
    expect(none.exit).toBe(1)
  })

  it('some of them: the others are not counted among those that stay as they were', async () => {
    const store = await recorded({ ...covered(96), [CONFIG]: POLICY.replace('README.md }', 'README.md, min_words: 1 }') })
    await runMany(store, [covered(97)])
    const { output, exit } = await ask(store, POLICY, { json: false })
    expect(output).toMatch(/^new\.yml could judge 1 of the last 2 runs, would have changed no verdict of them/)
    expect(exit).toBe(0)
  })

  describe('coverage that two reports give together', () => {
    const two = POLICY.replace('[reports/component/lcov.info,', '[reports/component/lcov.info, reports/component/b.info,')
    const change = (what: string) => two.replace('test_coverage: {', `test_coverage: { coverage: { ${what} },`)
    const rest = lcov(96, 100).replace(/DA:(\d+),(\d)/g, (_, line, hit) => `DA:${line},${1 - hit}`)

    it('line by line: not of other files', async () => {
      const store = await recorded({ ...ready({ 'reports/component/b.info': rest }), [CONFIG]: two })
      const found = await simulated(store, change('exclude: ["**/gen/**"]'))
      expect(found.unreplayed[0]!.reasons.join()).toMatch(/single lines or tests/)
      expect(await simulated(store, two)).toMatchObject({ unchanged: 1 })
    })

    it('where one covers all that the other does: of other files, but not by another measure', async () => {
      const store = await recorded({ ...ready({ 'reports/component/b.info': lcov(3, 100) }), [CONFIG]: two })
      expect(await simulated(store, change('exclude: ["**/gen/**"]'))).toMatchObject({ unchanged: 1 })
      const found = await simulated(store, change('measure: statements'))
      expect(found.unreplayed[0]!.reasons.join()).toMatch(/single lines of its reports/)
    })
  })

  it('a run that could not be judged when it was made', async () => {
    const store = await recorded(covered(96))
    const change = { ...world({}).change, state: () => Promise.reject(new CertifyError('api', 'no answer')) }
    await runOnce(covered(96), store, { change })
    const found = await simulated(store, POLICY)
    expect(found).toMatchObject({ runs: 2, unchanged: 1, notReplayable: 1, unreplayed: [{ record: 2 }] })
  })

  it('a record whose facts no run leaves: that one alone', async () => {
    const store = await recorded(covered(96), covered(96))
    const { header, data } = structuredClone(recordAt(store, 2))
    Object.assign(data.facts!, { files: [null], history: undefined })
    const other = seal({ ...header, data: JSON.parse(JSON.stringify(data)) }, { seq: 1, hash: header.prev }, new Date(header.at))
    store.files.set(recordPath(2), Buffer.from(canonical(other)))
    store.files.set(HEAD_PATH, Buffer.from(canonical({ v: 1, seq: 2, hash: other.hash })))
    const found = await simulated(store, POLICY)
    expect(found).toMatchObject({ runs: 2, unchanged: 1, notReplayable: 1, unreplayed: [{ record: 2, to: null }] })
  })
})

describe('where there is nothing to go by', () => {
  it.each<[string, string | null, string]>([
    ['no such policy', null, 'config_missing'],
    ['a policy with mistakes', 'mode: [', 'config_invalid'],
    ['a policy that means nothing', 'version: 1\nmetrics: { test_coverag: { evidence: 5 } }\n', 'config_invalid'],
  ])('%s: an error', async (_, policy, code) => {
    const store = await recorded(covered(96))
    const asked = invocation({ command: 'simulate', config: { path: 'new.yml', named: true } })
    const files: Record<string, string> = policy === null ? {} : { 'new.yml': policy }
    await expect(simulate(asked, world(files, { ledger: ledgerOf(store) }))).rejects.toMatchObject({ code })
  })

  it('no ledger, one that cannot be read, one that does not hold, a policy of a record that is gone or edited', async () => {
    await expect(ask(new MemoryLedger(), POLICY)).rejects.toMatchObject({ code: 'no_ledger' })
    const blind = await recorded(covered(96))
    blind.readable = false
    await expect(ask(blind, POLICY)).rejects.toMatchObject({ code: 'ledger_unreadable' })
    const hurt = await recorded(covered(96), covered(96))
    hurt.files.set(recordPath(1), Buffer.from('{}'))
    await expect(ask(hurt, POLICY)).rejects.toMatchObject({ code: 'ledger_broken', message: expect.stringMatching(/record 1/) })
    for (const bytes of [null, Buffer.from('{}')]) {
      const bare = await recorded(covered(96))
      const path = objectPath(recordAt(bare).data.policy!.object)
      if (bytes === null) bare.files.delete(path)
      else bare.files.set(path, bytes)
      await expect(ask(bare, POLICY)).rejects.toMatchObject({ code: 'policy_missing' })
    }
  })

  it('an empty ledger has no run that would differ', async () => {
    const store = new MemoryLedger()
    store.files.set(HEAD_PATH, Buffer.from(canonical({ v: 1, ...EMPTY_HEAD })))
    expect(await simulated(store, POLICY)).toMatchObject({ runs: 0, blocked: 0, released: 0 })
    const { output, exit } = await ask(store, POLICY, { json: false })
    expect(output).toMatch(/^new\.yml could judge nothing: no run is recorded/)
    expect(exit).toBe(1)
    expect(lastSeq(store)).toBe(0)
  })
})

it('nothing is written, and no report is looked at', async () => {
  const store = await recorded(covered(96))
  const before = new Map(store.files)
  await simulated(store, limit('"> 98%"'), { files: { 'README.md': README, 'reports/component/lcov.info': lcov(1, 100) } })
  expect(store.files).toEqual(before)
})
