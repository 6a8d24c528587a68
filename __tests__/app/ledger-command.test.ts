// `certify ledger log | show | verify | export`: what is recorded, for a person and for a program, and what is wrong with it.
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Invocation } from '../../src/app/invocation.ts'
import { ledgerCommand } from '../../src/app/ledger-command.ts'
import { canonical, headOf, headText, seal } from '../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../src/certificate/ledger/verify.ts'
import { HEAD_PATH, objectPath, recordPath } from '../../src/model/ledger.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { draft, NOW } from '../support/ledger/drafts.ts'
import { pastOf } from '../support/ledger/evaluations.ts'
import { copyOf, MemoryLedger, ready, recordAt, runMany, runOnce } from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, type World, world } from '../support/ports.ts'

const whole = new MemoryLedger()
let store: MemoryLedger

beforeEach(async () => {
  if (whole.files.size === 0) {
    await runMany(whole, [ready(), ready()])
    const subject = { ...world({}).subject, event: 'pull_request' as const, pullRequest: 41, run: 7, attempt: 1 }
    await runOnce(ready(), whole, { subject, ledger: ledgerOf(whole, { actor: 'alice', newId: () => '7'.repeat(32) }) })
  }
  store = copyOf(whole)
})

async function ask(operands: string[], change: Partial<Invocation> = {}, w: World = world({}, { ledger: ledgerOf(store) })) {
  const { exit, output } = await ledgerCommand(invocation({ command: 'ledger', operands, ...change }), w)
  return { exit, output }
}

const json = async (operands: string[], change: Partial<Invocation> = {}) =>
  JSON.parse((await ask(operands, { ...change, json: true })).output)

describe('log', () => {
  it('as JSON: newest first, with what each was', async () => {
    const shown = await json(['log'])
    expect(shown).toMatchObject({ place: 'memory', records: 3, head: recordAt(store, 3).hash })
    expect(shown.rows.map((row: { seq: number }) => row.seq)).toEqual([3, 2, 1])
    expect(shown.rows[0]).toEqual({
      seq: 3,
      at: recordAt(store, 3).header.at,
      type: 'evaluation',
      hash: recordAt(store, 3).hash,
      sha: 'a'.repeat(40),
      actor: 'alice',
      run: 7,
      verdict: 'passed',
      level: 2,
      branch: 'main',
      pullRequest: 41,
      baseline: false,
    })
  })

  it('for a person: a line each, and how many more there are', async () => {
    const { exit, output } = await ask(['log'], { last: 2 })
    expect(exit).toBe(0)
    expect(output).toMatch(/memory: 3 records, head [0-9a-f]{12}/)
    expect(output).toMatch(/3 +.*pull request 41.*passed, level 2.*run 7 by alice/)
    expect(output).toMatch(/and 1 older: --last N shows more/)
    expect((await json(['log'], { last: 1 })).rows).toHaveLength(1)
  })

  it('names what is no evaluation by its type, and never falls over what a record holds', async () => {
    const odd = [
      { type: 'gate.decision', data: { verdict: 'passed' } },
      { type: 'evaluation', data: null },
      { type: 'evaluation', data: 'x' },
    ]
    let head = headOf(recordAt(store, 3))
    for (const [at, { type, data }] of odd.entries()) {
      const record = seal(draft(`odd${at}`, data, { type: type as 'evaluation' }), head, NOW)
      store.files.set(recordPath(record.header.seq), Buffer.from(canonical(record)))
      head = headOf(record)
    }
    const hostile = { schema: 'certify/evaluation/v1', outcome: { verdict: 'great', level: {} }, branch: [], subject: 7 }
    const last = seal(draft('hostile', hostile), head, NOW)
    store.files.set(recordPath(7), Buffer.from(canonical(last)))
    store.files.set(HEAD_PATH, Buffer.from(headText(headOf(last))))
    expect((await json(['log'])).rows.slice(0, 4).map((row: { verdict: string | null }) => row.verdict)).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect((await ask(['log'])).output).toMatch(/gate\.decision/)
    for (const seq of ['4', '5', '6', '7']) expect((await ask(['show', seq])).exit).toBe(0)
  })

  it('stops at a record that is not as it was written, and names it', async () => {
    store.files.set(recordPath(2), Buffer.from('{}'))
    await expect(ask(['log'])).rejects.toMatchObject({ code: 'ledger_broken', message: expect.stringMatching(/record 2/) })
    expect((await json(['log'], { last: 1 })).rows).toHaveLength(1)
  })

  it('of a long ledger reads no more than it shows', async () => {
    store = pastOf(300)
    let read = 0
    const reading = store.read.bind(store)
    store.read = (version, paths) => {
      read += paths.length
      return reading(version, paths)
    }
    await json(['log'])
    expect(read).toBeLessThanOrEqual(51)
  })
})

describe('show', () => {
  it('as JSON: the record as it was written', async () => {
    expect(canonical(await json(['show', '2']))).toBe(new TextDecoder().decode(store.files.get(recordPath(2))))
  })

  it('for a person: what it is, and all of it', async () => {
    const { output } = await ask(['show', '3'])
    expect(output).toMatch(/record 3 .*pull request 41.*passed, level 2/)
    expect(output).toContain(recordAt(store, 3).hash)
    expect(output).toContain(recordAt(store, 3).header.prev)
    expect(output).toContain('"verdict": "passed"')
  })

  it.each([
    [['show'], 'usage'],
    [['show', 'two'], 'usage'],
    [['show', '-1'], 'usage'],
    [['show', '0'], 'no_record'],
    [['show', '4'], 'no_record'],
  ])('%j: an error with what to do', async (operands, code) => {
    await expect(ask(operands)).rejects.toMatchObject({ code, hint: expect.any(String) })
  })

  it('one that was edited is an error, and its content is not shown', async () => {
    const text = new TextDecoder().decode(store.files.get(recordPath(2)))
    store.files.set(recordPath(2), Buffer.from(text.replace('"verdict":"passed"', '"verdict":"failed"')))
    await expect(ask(['show', '2'])).rejects.toMatchObject({ code: 'ledger_broken', message: expect.stringMatching(/record 2/) })
  })
})

describe('verify', () => {
  it('as JSON: { ok, records, head, first_bad, problem }, exit 0', async () => {
    expect((await ask(['verify'])).exit).toBe(0)
    const shown = await json(['verify'])
    expect(shown).toMatchObject({ ok: true, records: 3, head: recordAt(store, 3).hash, first_bad: null, problem: null })
  })

  it.each<[string, () => void, number, RegExp]>([
    ['an edited record', () => void store.files.set(recordPath(2), Buffer.from('{}')), 2, /record 2/],
    ['a record that is gone', () => void store.files.delete(recordPath(1)), 1, /record 1: is missing/],
    [
      'an edited policy',
      () => void store.files.set(objectPath(recordAt(store, 1).data.policy!.object), Buffer.from('{}')),
      1,
      /policy/,
    ],
    [
      'a file that is nobody’s',
      () => void store.files.set('records/000000/00000009.json', Buffer.from('{}')),
      4,
      /record 4: is missing/,
    ],
  ])('%s: exit 1, with the first bad record', async (_, hurt, first, problem) => {
    hurt()
    const { exit, output } = await ask(['verify'], { json: true })
    expect(exit).toBe(1)
    const shown = JSON.parse(output)
    expect(shown).toMatchObject({ ok: false, first_bad: first })
    expect(shown.problem).toMatch(problem)
    expect((await ask(['verify'])).output).toMatch(/does not verify/)
  })

  it('what was taken off the end shows against a head known from elsewhere, and that it shows only so is said', async () => {
    const expectHead = recordAt(store, 3).hash
    store.files.delete(recordPath(3))
    store.files.set(HEAD_PATH, Buffer.from(headText(headOf(recordAt(store, 2)))))
    expect((await ask(['verify'])).exit).toBe(0)
    expect((await ask(['verify'])).output).toMatch(/--expect-head/)
    expect(await json(['verify'], { expectHead })).toMatchObject({ ok: false, first_bad: 3 })
    expect((await ask(['verify'], { expectHead: expectHead.slice(0, 12) })).exit).toBe(1)
    const known = recordAt(store, 2).hash
    const { exit, output } = await ask(['verify'], { expectHead: known })
    expect(exit).toBe(0)
    expect(output).toMatch(/the expected head is in the chain: record 2, the last/)
    expect(output).not.toMatch(/--expect-head/)
    expect((await ask(['verify'], { expectHead: recordAt(store, 1).hash.slice(0, 12) })).output).toMatch(
      /record 1, 1 record came after it/,
    )
    expect(await json(['verify'], { expectHead: known })).toMatchObject({ ok: true, expected: 2 })
  })
})

describe('export', () => {
  it('writes every file, and what was exported verifies by itself', async () => {
    const w = world({}, { ledger: ledgerOf(store) })
    const { exit, output } = await ask(['export'], { out: 'copy', json: true }, w)
    expect(exit).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ out: 'copy', files: store.files.size, verification: { ok: true, records: 3 } })
    const copied = new Map(
      [...w.files.written].map(([path, text]) => [path.slice('copy/'.length), Buffer.from(text) as Uint8Array]),
    )
    expect(verifyLedger(copied)).toMatchObject({ ok: true, records: 3, head: recordAt(store, 3).hash })
  })

  it('of a ledger that does not verify is still written, with what it is worth', async () => {
    store.files.delete(recordPath(1))
    const w = world({}, { ledger: ledgerOf(store) })
    const { exit, output } = await ask(['export'], { out: 'copy' }, w)
    expect([exit, w.files.written.size]).toEqual([1, store.files.size])
    expect(output).toMatch(/does not verify: record 1: is missing/)
  })

  it('needs a folder', async () => {
    await expect(ask(['export'])).rejects.toMatchObject({ code: 'usage', hint: expect.stringMatching(/--out/) })
  })
})

describe('where there is nothing to read', () => {
  it.each([[['log']], [['show', '1']], [['verify']], [['export']]])(
    '%j: no ledger, and one that cannot be read, are errors',
    async (operands) => {
      store = new MemoryLedger()
      await expect(ask(operands, { out: 'copy' })).rejects.toMatchObject({ code: 'no_ledger' })
      store = copyOf(whole)
      store.readable = false
      await expect(ask(operands, { out: 'copy' })).rejects.toMatchObject({ code: 'ledger_unreadable' })
    },
  )

  it.each([[[]], [['lgo']], [['x'.repeat(9999)]]])(
    'another word, or none: an error that names those there are',
    async (operands) => {
      const error = (await ask(operands as string[]).catch((e: unknown) => e)) as CertifyError
      expect(error).toBeInstanceOf(CertifyError)
      expect(error.message.length).toBeLessThan(100)
      expect(error.hint).toMatch(/log, show, verify, export/)
    },
  )
})
