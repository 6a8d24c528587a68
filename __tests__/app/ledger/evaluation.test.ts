// Proof 6: what was recorded is judged again from its bytes alone, and the same comes out, whatever the run was like.
import { describe, expect, it } from '@jest/globals'
import { resultDigest } from '../../../src/app/ledger/evaluation.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { MemoryLedger, ready, recordAt, replayed, runOnce } from '../../support/ledger/recorded.ts'
import { WORLDS } from '../../support/ledger/worlds.ts'
import { world } from '../../support/ports.ts'

describe('a run, recorded and judged again', () => {
  it.each(Object.keys(WORLDS))('%s: gives the same result, byte for byte', async (what) => {
    const { files, change } = WORLDS[what]!
    const store = new MemoryLedger()
    const { result, note } = await runOnce(files, store, change)
    expect(note).toMatchObject({ state: 'recorded', seq: 1 })
    expect(verifyLedger(store.files)).toMatchObject({ ok: true, records: 1 })
    const { data } = recordAt(store)
    expect(data.facts).not.toBeNull()
    expect(data.result).toBe(resultDigest(result))
    expect(data.outcome.verdict).toBe(result.decision.verdict)
    const again = replayed(store)
    expect(again).toMatchObject({ same: true, difference: null, edited: [] })
    expect(again.result.recomputed).toBe(resultDigest(result))
  })

  it('gives the same after earlier runs, with a baseline, a trend and a level held', async () => {
    const store = new MemoryLedger()
    for (let run = 1; run <= 6; run++) {
      const subject = { ...world({}).subject, commit: String(run).repeat(40) }
      await runOnce(ready({}, 'x-note: six\n'), store, { subject })
    }
    expect(recordAt(store).data.facts!.comparison.trends.length).toBeGreaterThan(0)
    for (const seq of [1, 2, 6]) expect(replayed(store, seq)).toMatchObject({ same: true, difference: null })
  })
})

it('a figure that only single lines give is taken as it was recorded, and said to be', async () => {
  const store = new MemoryLedger()
  await runOnce(WORLDS['several reports of the same file']!.files, store)
  expect(recordAt(store).data.outcome.formulas.test_coverage).toMatch(/^100 \/ 120 lines/)
  expect(replayed(store)).toMatchObject({ same: true, metrics: { taken: ['test_coverage'] } })
})

describe('a record', () => {
  it('says what came out in numbers, and where it belongs', async () => {
    const store = new MemoryLedger()
    await runOnce(ready(), store)
    const { data, header } = recordAt(store)
    expect(data).toMatchObject({
      name: 'certify',
      branch: 'main',
      main: true,
      earlier: [],
      seen: 0,
      baseline: false,
      clock: 'system',
    })
    expect(data.outcome).toMatchObject({ verdict: 'passed', level: 2, gates: { 1: 'open', 2: 'open' } })
    expect(data.outcome.criteria.test_coverage).toMatchObject({ outcome: 'pass', value: 96, unit: '%', baseline: null })
    expect(data.outcome.slis['performance_compliance http_req_duration.p95']).toEqual({ value: 180, unit: 'ms' })
    expect(header).toMatchObject({ type: 'evaluation', repo: 'acme/shop', sha: 'a'.repeat(40), run: null })
  })

  it('of a policy that another names too adds no second copy of it', async () => {
    const store = new MemoryLedger()
    await runOnce(ready(), store)
    await runOnce(ready(), store)
    const objects = () => [...store.files.keys()].filter((path) => path.startsWith('objects/')).length
    expect(objects()).toBe(1)
    await runOnce(ready({}, 'timeout: 5m\n'), store)
    expect(objects()).toBe(2)
  })

  it('keeps no line of coverage and no passing test by name', async () => {
    const store = new MemoryLedger()
    await runOnce(WORLDS['a great many tests']!.files, store)
    const text = JSON.stringify(recordAt(store))
    expect(text.length).toBeLessThan(40_000)
    expect(text).not.toContain('case 2999')
    expect(text).not.toContain('"hits"')
  })
})
