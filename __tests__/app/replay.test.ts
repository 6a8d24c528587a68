// `certify replay`: out of a ledger or from a record's file alone, for a person and as JSON, whatever the record is.
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Ended } from '../../src/app/invocation.ts'
import { replay } from '../../src/app/replay.ts'
import { canonical } from '../../src/certificate/ledger/seal.ts'
import type { EvaluationData } from '../../src/model/evaluation.ts'
import { type LedgerRecord, objectPath, recordPath } from '../../src/model/ledger.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { everyNumber } from '../support/ledger/edits.ts'
import { MemoryLedger, ready, recordAt, runOnce } from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, world } from '../support/ports.ts'

let store: MemoryLedger

beforeEach(async () => {
  store = new MemoryLedger()
  await runOnce(ready(), store)
})

/** On another checkout: none of the reports is there. */
function ask(record: string, json = true, files: Record<string, string> = {}): Promise<Ended> {
  return replay(invocation({ command: 'replay', operands: [record], json }), world(files, { ledger: ledgerOf(store) }))
}

function put(path: string, text: string): void {
  store.files.set(path, Buffer.from(text))
}

function edit(change: (record: LedgerRecord<EvaluationData>) => void): void {
  const record = structuredClone(recordAt(store, 1))
  change(record)
  put(recordPath(1), canonical(record))
}

describe('a record of the ledger', () => {
  it('replays: exit 0, with what was measured again', async () => {
    const { exit, output } = await ask('1')
    expect(exit).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ record: 1, same: true, intact: true, problem: null, difference: null, edited: [] })
    expect((await ask('1', false)).output).toMatch(/record 1 replays to the same bytes: passed/)
  })

  it('that was edited: exit 1, and the report is named, for a person too', async () => {
    edit(({ data }) => {
      const file = data.facts!.files.find((one) => one.kind === 'coverage')!
      if (file.facts.kind === 'coverage') file.facts.totals.lines!.covered = 95
    })
    const { exit, output } = await ask('1')
    expect(exit).toBe(1)
    const shown = JSON.parse(output)
    expect(shown).toMatchObject({ same: false, intact: false, edited: ['reports/component/lcov.info'] })
    expect(shown.problem).toMatch(/changed in its data/)
    expect(shown.difference).toMatchObject({ at: 'evidence.reports/component/lcov.info', recorded: '96 of 100 lines' })
    const text = (await ask('1', false)).output
    expect(text).toMatch(/does not replay to what it says/)
    expect(text).toMatch(/reports\/component\/lcov\.info/)
    expect(text).toMatch(/96 of 100 lines[\s\S]*95 of 100 lines/)
  })

  it('never replays where any number of it is another', async () => {
    const record = structuredClone(recordAt(store, 1))
    const numbers = [...everyNumber(record.data)]
    expect(numbers.length).toBeGreaterThan(80)
    for (const { at, change, restore } of numbers.filter((_, index) => index % 5 === 0)) {
      change()
      put(recordPath(1), canonical(record))
      const exit = await ask('1').then((ended) => ended.exit, refusal)
      expect([at, exit === 0]).toEqual([at, false])
      restore()
    }
  })

  it('whose policy was edited: exit 1, and the criterion is named', async () => {
    const path = objectPath(recordAt(store, 1).data.policy!.object)
    const policy = JSON.parse(new TextDecoder().decode(store.files.get(path)))
    policy.config.levels[0].criteria[0].pass[0].terms[0].value = 99
    put(path, canonical(policy))
    const { exit, output } = await ask('1')
    expect(exit).toBe(1)
    expect(JSON.parse(output).difference).toEqual({ at: 'criteria.test_coverage.outcome', recorded: 'pass', recomputed: 'fail' })
  })

  it('by another engine than the one that made it says so', async () => {
    edit(({ data }) => {
      data.tool.version = '0.9.1'
    })
    expect((await ask('1', false)).output).toMatch(
      /recorded by certify 0\.9\.1, recomputed by \S+: a difference may come from that/,
    )
  })
})

describe('a record’s file by itself', () => {
  const copy = (): Record<string, string> =>
    Object.fromEntries([...store.files].map(([path, bytes]) => [`copy/${path}`, new TextDecoder().decode(bytes)]))

  it('replays by the policy that lies beside it, without any ledger', async () => {
    const files = copy()
    store.readable = false
    const { exit, output } = await ask(`copy/${recordPath(1)}`, true, files)
    expect([exit, JSON.parse(output).same]).toEqual([0, true])
  })

  it('without its policy cannot', async () => {
    const files = Object.fromEntries(Object.entries(copy()).filter(([path]) => !path.includes('objects/')))
    await expect(ask(`copy/${recordPath(1)}`, true, files)).rejects.toMatchObject({ code: 'policy_missing' })
  })

  it.each([
    ['nothing', null, 'no_record'],
    ['no JSON', '{', 'record_unreadable'],
    ['null', 'null', 'record_unreadable'],
    ['a list', '[1]', 'record_unreadable'],
    ['no header', '{"data":{"schema":"certify/evaluation/v1"}}', 'record_unreadable'],
    ['no data', '{"header":{"seq":1,"type":"evaluation"},"hash":"00"}', 'not_replayable'],
    ['a gate’s decision', '{"header":{"seq":1,"type":"gate.decision"},"hash":"00","data":{}}', 'not_replayable'],
    [
      'an evaluation of nothing',
      '{"header":{"seq":1,"type":"evaluation"},"hash":"00","data":{"schema":"certify/evaluation/v1"}}',
      'record_malformed',
    ],
  ])('that holds %s: a sentence, never a fault of ours', async (_, text, code) => {
    const files: Record<string, string> = text === null ? {} : { 'a/b/c/r.json': text }
    const error = await ask('a/b/c/r.json', true, files).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CertifyError)
    expect(error).toMatchObject({ code, hint: expect.any(String) })
  })
})

describe('asked for what is not there', () => {
  it.each([
    ['', 'no_record'],
    ['7', 'no_record'],
    ['999999999999999', 'no_record'],
  ])('record %j', async (record, code) => {
    await expect(ask(record)).rejects.toMatchObject({ code })
  })

  it('no record named, no ledger, a ledger that cannot be read', async () => {
    const none = replay(invocation({ command: 'replay' }), world({}, { ledger: ledgerOf(store) }))
    await expect(none).rejects.toMatchObject({ code: 'usage' })
    store.readable = false
    await expect(ask('1')).rejects.toMatchObject({ code: 'ledger_unreadable' })
    store = new MemoryLedger()
    await expect(ask('1')).rejects.toMatchObject({ code: 'no_ledger' })
  })

  it('a run that could not be judged', async () => {
    const broken = world({}).change
    broken.state = () => Promise.reject(new Error('gone'))
    await runOnce(ready(), store, { change: broken })
    await expect(ask('2')).rejects.toMatchObject({ code: 'not_replayable', message: expect.stringMatching(/record 2/) })
  })
})

function refusal(error: unknown): number {
  if (error instanceof CertifyError) return 2
  throw error
}
