// Appending, on a ledger in memory: each draft once, whatever happens on the way, and no pause longer than it may be.
import { describe, expect, it } from '@jest/globals'
import { append, DEADLINE_MS, NotRecorded } from '../../../src/app/ledger/append.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { draft, NOW, tools } from '../../support/ledger/drafts.ts'
import { MemoryLedger } from '../../support/ledger/memory.ts'

const ids = ({ records }: { records: { header: { id: string } }[] }) => records.map(({ header }) => header.id)

describe('trying again', () => {
  it('waits longer each time, by chance, up to ten seconds, until ten minutes are over', async () => {
    const ledger = new MemoryLedger()
    ledger.next.push(...Array<'lost'>(500).fill('lost'))
    const given = tools({ random: () => 1 })
    const error = await append(ledger, [draft('a')], given).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(NotRecorded)
    expect(given.slept.slice(0, 8)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
    const total = given.slept.reduce((sum, ms) => sum + ms, 0)
    expect(total).toBeLessThanOrEqual(DEADLINE_MS)
    expect(total).toBeGreaterThan(DEADLINE_MS - 20_000)
    expect(ledger.files.size).toBe(0)
  })

  it('is not put off where chance says so', async () => {
    const ledger = new MemoryLedger()
    ledger.next.push('lost', 'lost')
    const given = tools({ random: () => 0 })
    expect((await append(ledger, [draft('a')], given)).tries).toBe(3)
    expect(given.slept).toEqual([0, 0])
  })

  it('seals anew onto what was written meanwhile', async () => {
    const ledger = new MemoryLedger()
    ledger.before = async () => {
      ledger.before = () => {}
      await append(ledger, [draft('first')], tools())
    }
    const { head, records, tries } = await append(ledger, [draft('second')], tools())
    expect([head.seq, records[0]?.header.seq, tries]).toEqual([2, 2, 2])
    expect(verifyLedger(ledger.files)).toMatchObject({ ok: true, records: 2 })
  })

  it.each([
    ['was written', 'deaf'],
    ['was not written', 'mute'],
  ] as const)('after an answer that was lost, where it %s, each is there once', async (_, how) => {
    const ledger = new MemoryLedger()
    await append(ledger, [draft('a')], tools())
    ledger.next.push(how, 'lost')
    const appended = await append(ledger, [draft('b'), draft('c')], tools())
    expect(ids(appended)).toEqual([draft('b').id, draft('c').id])
    expect(appended.head.seq).toBe(3)
    expect(verifyLedger(ledger.files)).toMatchObject({ ok: true, records: 3 })
  })

  it('what somebody else wrote under its id does not pass for it', async () => {
    const ledger = new MemoryLedger()
    const own = draft('own')
    for (const change of [{ data: { verdict: 'passed' } }, { sha: '5'.repeat(40) }, { run: { id: 5, attempt: 1 } }])
      await append(ledger, [{ ...own, ...change }], tools())
    const { records } = await append(ledger, [own], tools({ since: 0 }))
    expect(records.map(({ header, data }) => [header.seq, data])).toEqual([[4, own.data]])
    expect((await append(ledger, [own], tools({ since: 0 }))).records.map(({ header }) => header.seq)).toEqual([4])
  })

  it('finds its own behind many others', async () => {
    const ledger = new MemoryLedger()
    await append(ledger, [draft('a')], tools())
    ledger.next.push('deaf')
    const sleep = async () =>
      void (await append(
        ledger,
        Array.from({ length: 130 }, (_, at) => draft(`o${at}`)),
        tools(),
      ))
    const { records, head } = await append(ledger, [draft('b')], tools({ sleep }))
    expect([records[0]?.header.seq, head.seq]).toEqual([2, 132])
  })

  it('keeps the drafts where an answer was lost and then nothing can be read', async () => {
    const ledger = new MemoryLedger()
    ledger.next.push('deaf')
    const sleep = async () => {
      ledger.readable = false
    }
    const error = await append(ledger, [draft('a')], tools({ sleep })).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(NotRecorded)
    expect(error).toMatchObject({ code: 'ledger_unreadable', hint: 'look again' })
    ledger.readable = true
    expect(ids(await append(ledger, [draft('a')], tools({ since: 0 })))).toEqual([draft('a').id])
    expect(verifyLedger(ledger.files)).toMatchObject({ ok: true, records: 1 })
  })
})

describe('a ledger that is not what it was', () => {
  it('is not appended to where it became shorter than it was known to be', async () => {
    const ledger = new MemoryLedger()
    await append(ledger, [draft('a'), draft('b')], tools())
    await expect(append(ledger, [draft('c')], tools({ since: 7 }))).rejects.toMatchObject({ code: 'ledger_broken' })
    await expect(append(new MemoryLedger(), [draft('c')], tools({ since: 1 }))).rejects.toMatchObject({ code: 'ledger_broken' })
    expect(ledger.swaps).toBe(1)
  })

  it('is not begun anew where it vanishes while it is written', async () => {
    const ledger = new MemoryLedger()
    await append(ledger, [draft('a')], tools())
    ledger.before = () => ledger.files.clear()
    await expect(append(ledger, [draft('b')], tools())).rejects.toMatchObject({ code: 'ledger_broken' })
    expect(ledger.files.size).toBe(0)
  })

  it('is not appended to where a record among those looked through was changed', async () => {
    const ledger = new MemoryLedger()
    await append(ledger, [draft('a'), draft('b'), draft('c')], tools())
    ledger.files.set(recordPath(2), Buffer.from('{}'))
    const error = await append(ledger, [draft('d')], tools({ since: 0 })).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'ledger_broken', message: expect.stringContaining('record 2') })
    expect(ledger.swaps).toBe(1)
  })

  it('says where and what, and that nothing was appended', async () => {
    const ledger = new MemoryLedger()
    await append(ledger, [draft('a')], tools())
    ledger.files.set(HEAD_PATH, Buffer.from('{}'))
    const error = (await append(ledger, [draft('b')], tools()).catch((e: unknown) => e)) as Error & { hint: string }
    expect(error.message).toBe('the ledger in memory does not verify: head.json is not { hash, seq, v: 1 }')
    expect(error.hint).toMatch(/nothing is appended to it/)
  })
})

it('records carry the time of the clock that is given, and nothing is written for no drafts', async () => {
  const ledger = new MemoryLedger()
  expect(await append(ledger, [], tools())).toMatchObject({ head: { seq: 0 }, records: [] })
  expect(ledger.swaps).toBe(0)
  const { records } = await append(ledger, [draft('a')], tools())
  expect(records[0]?.header.at).toBe(NOW.toISOString())
})
