// Proof 6: what was recorded is judged again from its bytes alone, and the same comes out, whatever the run was like.
import { describe, expect, it } from '@jest/globals'
import { resultDigest } from '../../../src/app/ledger/evaluation.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { lastSeq, MemoryLedger, ready, recordAt, replayed, runMany, runOnce } from '../../support/ledger/recorded.ts'
import { WORLDS } from '../../support/ledger/worlds.ts'

describe('a run, recorded and judged again', () => {
  it.each(Object.keys(WORLDS))('%s: gives the same result, byte for byte', async (what) => {
    const { files, change } = WORLDS[what]!
    const store = new MemoryLedger()
    const { result, note } = await runOnce(files, store, change)
    expect(note).toMatchObject({ state: 'recorded', seq: 1 })
    expect(verifyLedger(store.files)).toMatchObject({ ok: true, records: 1 })
    const { data } = recordAt(store)
    expect(data.result).toBe(resultDigest(result))
    expect(data.outcome.verdict).toBe(result.decision.verdict)
    const again = replayed(store)
    expect(again).toMatchObject({ same: true, difference: null, edited: [] })
    expect(again.result.recomputed).toBe(resultDigest(result))
  })
})
