// Proof 5: a corrupt or unreachable ledger is an error wherever history is needed, and never a first run.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { canonical, seal } from '../../src/certificate/ledger/seal.ts'
import { HEAD_PATH, recordPath } from '../../src/model/ledger.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { clockAt, copyOf, MemoryLedger, ready, recordAt, runMany, runOnce } from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, world } from '../support/ports.ts'

const level1 = (criteria: string): string => `certification_levels:\n  level_1:\n    validation_criteria:\n      ${criteria}\n`

/** Each needs history somewhere else, and would pass with it. */
const NEEDS: Record<string, string> = {
  'a relative limit': level1('test_coverage: { pass: ["> 95%", ">= -0.5pp"] }'),
  'a relative limit that lets a first run through': level1(
    'test_coverage: { pass: ["> 95%", ">= -0.5pp"], baseline: { missing: bootstrap } }',
  ),
  'a relative warn limit': level1('test_coverage: { pass: "> 99%", warn: ">= -0.5pp" }'),
  'a regression test': level1('test_coverage: { pass: "> 95%", regression: { test: percentage, boundary: 10, min_samples: 3 } }'),
  continuity: `  held: { kind: continuity, level: integration, unit: commits }\n${level1('test_coverage: "> 95%"').replace('level_1', 'level_2').replace('test_coverage: "> 95%"', 'held: ">= 1"')}`,
  'a gate that asks for a baseline':
    'certification_gates:\n  gate_2:\n    entry_criteria: [{ text: "Performance baselines established", check: "baseline:component" }]\n',
}

const DAMAGE: Record<string, (store: MemoryLedger) => void> = {
  unreachable: (store) => {
    store.readable = false
  },
  'the head is no head': (store) => void store.files.set(HEAD_PATH, Buffer.from('{}')),
  'the last record was edited': (store) => edit(store, 3),
  'an earlier record was edited': (store) => edit(store, 2),
  'an earlier record is missing': (store) => void store.files.delete(recordPath(2)),
  'an earlier record was put in anew': (store) => reseal(store, 2),
}

const made = new Map<string, MemoryLedger>()

/** Three runs by the policy, recorded. */
async function past(policy: string): Promise<MemoryLedger> {
  const store = made.get(policy) ?? new MemoryLedger()
  if (!made.has(policy)) {
    const ran = await runMany(store, [ready({}, policy), ready({}, policy), ready({}, policy)])
    expect(ran.map(({ note }) => note.state)).toEqual(['recorded', 'recorded', 'recorded'])
    made.set(policy, store)
  }
  return copyOf(store)
}

describe.each(Object.keys(NEEDS))('%s', (what) => {
  const policy = NEEDS[what]!

  it.each(Object.keys(DAMAGE))('%s: could not judge, with what to do, and nothing is appended', async (how) => {
    const store = await past(policy)
    DAMAGE[how]!(store)
    const before = new Map(store.files)
    const { result, note } = await runOnce(ready({}, policy), store, {
      subject: { ...world({}).subject, commit: 'e'.repeat(40) },
    })
    expect(result.decision).toMatchObject({ verdict: 'error', proceed: false })
    const said = result.levels.flatMap((one) => one.criteria).flatMap((one) => one.reasons)
    const items = result.gates.flatMap((gate) => [...gate.entry, ...gate.exit]).flatMap((one) => one.reasons)
    expect([...said, ...items].map((one) => one.code)).toContain('history_unreadable')
    expect(result.history!.state).toBe('unreadable')
    expect(note).toMatchObject({ state: 'failed', hint: expect.any(String) })
    expect(new Map(store.files)).toEqual(before)
  })

  it('the same with a ledger that holds is judged', async () => {
    const { result } = await runOnce(ready({}, policy), await past(policy))
    expect(result.decision.verdict).not.toBe('error')
    expect(JSON.stringify(result)).not.toContain('history_unreadable')
  })
})

describe('a policy that needs no history', () => {
  it.each(Object.keys(DAMAGE))('%s: the verdict stands, and it is said', async (how) => {
    const store = await past('')
    DAMAGE[how]!(store)
    const before = new Map(store.files)
    const w = world(ready(), { clock: clockAt(), ledger: ledgerOf(store) })
    const ended = await run(invocation(), w)
    expect(ended).toMatchObject({ exit: 0, result: { decision: { verdict: 'passed', level: 2 } } })
    expect(ended.output).toMatch(/not compared/)
    expect(ended.output).toMatch(/Not recorded/)
    expect(ended.result!.history).toMatchObject({ state: 'unreadable', baseline: null, continuity: null, trends: [] })
    expect(new Map(store.files)).toEqual(before)
  })
})

it('a place that is none is no history either: an error where it is needed, else the verdict stands', async () => {
  const open = () => Promise.reject(new CertifyError('ledger_place', 'nowhere is no place', { hint: 'name another' }))
  const judge = async (policy: string) => {
    const w = world(ready({}, policy), { clock: clockAt(), ledger: ledgerOf(null, { open }) })
    return (await run(invocation(), w)).result!.decision.verdict
  }
  expect(await judge('')).toBe('passed')
  expect(await judge(NEEDS['a relative limit']!)).toBe('error')
})

it('a baseline is not stored into it either', async () => {
  const store = await past('')
  store.readable = false
  const w = world(ready(), { clock: clockAt(), ledger: ledgerOf(store) })
  await expect(run(invocation({ command: 'baseline' }), w)).rejects.toMatchObject({ code: 'baseline_not_stored' })
})

function edit(store: MemoryLedger, seq: number): void {
  const record = structuredClone(recordAt(store, seq))
  record.data.outcome.criteria.test_coverage!.value = 1
  store.files.set(recordPath(seq), Buffer.from(canonical(record)))
}

/** Whole by its own hashes, but not the one that the next record follows. */
function reseal(store: MemoryLedger, seq: number): void {
  const { header, data } = structuredClone(recordAt(store, seq))
  data.outcome.criteria.test_coverage!.value = 1
  const other = seal({ ...header, data }, { seq: seq - 1, hash: header.prev }, new Date(header.at))
  store.files.set(recordPath(seq), Buffer.from(canonical(other)))
}
