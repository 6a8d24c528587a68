// What every store of a ledger promises, tested alike on each: a folder, a branch, and the one in memory that other tests use.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { append, NotRecorded } from '../../../src/app/ledger/append.ts'
import type { LedgerStore } from '../../../src/app/ports.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { draft, judged, tools } from '../../support/ledger/drafts.ts'
import { branchPlace, folderPlace, memoryPlace, type Place } from '../../support/ledger/places.ts'

const PLACES: [string, () => Place | Promise<Place>][] = [
  ['a folder', folderPlace],
  ['a branch', branchPlace],
  ['memory', memoryPlace],
]

describe.each(PLACES)('%s', (_, make) => {
  let place: Place
  let store: LedgerStore
  beforeEach(async () => {
    place = await make()
    store = await place.open()
  })
  afterEach(() => place.stop())

  const ids = (): string[] =>
    [...place.files()]
      .filter(([path]) => path.startsWith('records/'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, bytes]) => (JSON.parse(String(Buffer.from(bytes))) as { header: { id: string } }).header.id)
  const verified = (): unknown => {
    const { ok, records, problem } = verifyLedger(place.files())
    return { ok, records, problem }
  }
  const write = (seq: number, text = '{}') => ({
    records: new Map([[recordPath(seq), text]]),
    objects: new Map<string, string>(),
    extras: new Map<string, string>(),
    head: '{}',
    message: 'm',
  })

  it('has no end before the first write, and one after it', async () => {
    expect(await store.tip()).toBeNull()
    const { head, tries } = await append(store, [draft('a')], tools())
    expect([head.seq, tries]).toEqual([1, 1])
    expect(verified()).toEqual({ ok: true, records: 1, problem: null })
    expect((await (await place.open()).tip())?.ahead).toEqual([])
  })

  it('takes records one after the other, and several at once, in their order', async () => {
    await append(store, [draft('a')], tools())
    await append(store, [draft('b'), draft('c'), draft('d')], tools())
    await append(await place.open(), [draft('e')], tools())
    expect(ids()).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => draft(name).id))
    expect(verified()).toEqual({ ok: true, records: 5, problem: null })
  })

  it('goes over from one folder of a hundred to the next', async () => {
    const names = Array.from({ length: 102 }, (_, at) => `n${at}`)
    const { head } = await append(
      store,
      names.map((name) => draft(name)),
      tools(),
    )
    await append(store, [draft('last')], tools())
    expect([head.seq, verified()]).toEqual([102, { ok: true, records: 103, problem: null }])
  })

  it('keeps what records share once, however often it is written', async () => {
    for (const name of ['a', 'b']) {
      const { draft: one, objects } = judged(name, { levels: 4 })
      await append(store, [one], tools({ objects }))
    }
    expect([...place.files().keys()].filter((path) => path.startsWith('objects/'))).toHaveLength(1)
    expect(verified()).toEqual({ ok: true, records: 2, problem: null })
  })

  it('gives back every file as it was written, and null for one that is not there', async () => {
    await append(store, [draft('ä€😀', { text: 'ä€😀\u0000\u001f', deep: [{}] }), draft('b')], tools())
    const tip = (await store.tip())!
    const all = await store.all(tip.version)
    expect([...all.keys()].sort()).toEqual([HEAD_PATH, recordPath(1), recordPath(2)])
    const paths = [recordPath(2), recordPath(3), recordPath(1), 'objects/../../../etc/passwd']
    const read = await store.read(tip.version, paths)
    expect(read.map((bytes) => bytes && Buffer.from(bytes))).toEqual(
      paths.map((path) => (all.has(path) ? Buffer.from(all.get(path)!) : null)),
    )
    expect(new Map([...place.files()].map(([path, bytes]) => [path, Buffer.from(bytes)]))).toEqual(
      new Map([...all].map(([path, bytes]) => [path, Buffer.from(bytes)])),
    )
  })

  it('writes nothing onto a state that is no longer so', async () => {
    await append(store, [draft('a')], tools())
    const stale = (await store.tip())!.version
    await append(await place.open(), [draft('b')], tools())
    expect(await store.swap(stale, write(3))).toBe('lost')
    expect(await store.swap(null, write(3))).toBe('lost')
    expect(verified()).toEqual({ ok: true, records: 2, problem: null })
  })

  it('replaces no record that is there', async () => {
    await append(store, [draft('a'), draft('b')], tools())
    const { version } = (await store.tip())!
    expect(await store.swap(version, write(2))).toBe('lost')
    expect(verified()).toEqual({ ok: true, records: 2, problem: null })
  })

  it('lets one of two first writers be first', async () => {
    const stores = await Promise.all([place.open(), place.open()])
    expect(await Promise.all(stores.map((one) => one.tip()))).toEqual([null, null])
    const ends = await Promise.all(stores.map((one, at) => append(one, [draft(`w${at}`)], tools())))
    expect(ends.map(({ head }) => head.seq).sort()).toEqual([1, 2])
    expect(verified()).toEqual({ ok: true, records: 2, problem: null })
  })

  it('lets one of two later writers be next, and the other after it', async () => {
    await append(store, [draft('a')], tools())
    const stores = await Promise.all([place.open(), place.open(), place.open()])
    await Promise.all(stores.map((one, at) => append(one, [draft(`x${at}`), draft(`y${at}`)], tools())))
    expect(new Set(ids()).size).toBe(7)
    expect(verified()).toEqual({ ok: true, records: 7, problem: null })
  })

  it.each([1, 3])('finds a write again whose answer was lost (%i records)', async (count) => {
    await append(store, [draft('a')], tools())
    place.loseNextAnswer()
    const drafts = Array.from({ length: count }, (_, at) => draft(`b${at}`))
    const { head, records, tries } = await append(store, drafts, tools())
    expect([head.seq, records.map(({ header }) => header.id), tries]).toEqual([1 + count, drafts.map(({ id }) => id), 2])
    expect(verified()).toMatchObject({ ok: true, records: 1 + count })
  })

  it('finds the very first write again whose answer was lost', async () => {
    place.loseNextAnswer()
    expect((await append(store, [draft('a')], tools())).tries).toBe(2)
    await append(store, [draft('b')], tools())
    expect(verified()).toEqual({ ok: true, records: 2, problem: null })
  })

  it('records nothing twice that is appended again', async () => {
    await append(store, [draft('a')], tools())
    await append(store, [draft('b'), draft('c')], tools())
    await append(store, [draft('d')], tools())
    const again = await append(await place.open(), [draft('c'), draft('e'), draft('b')], tools({ since: 1 }))
    expect(again.records.map(({ header }) => [header.seq, header.id])).toEqual([
      [2, draft('b').id],
      [3, draft('c').id],
      [5, draft('e').id],
    ])
    expect(verified()).toEqual({ ok: true, records: 5, problem: null })
  })

  it('writes what lies beside the chain together with its records, each time anew, and no chain is the worse for it', async () => {
    const seen: (string | null)[] = []
    const beside = (text: string) => ({
      paths: ['badges/main.svg'],
      write: ([before]: readonly (Uint8Array | null)[]) => {
        seen.push(before == null ? null : String(Buffer.from(before)))
        return new Map([['badges/main.svg', text]])
      },
    })
    await append(store, [draft('a')], tools({ extras: beside('one') }))
    await append(await place.open(), [draft('b')], tools({ extras: beside('two') }))
    await append(await place.open(), [draft('c')], tools())
    expect(seen).toEqual([null, 'one'])
    expect(String(Buffer.from(place.files().get('badges/main.svg')!))).toBe('two')
    expect(verified()).toEqual({ ok: true, records: 3, problem: null })
  })

  it('writes nothing beside the chain where its records were not written', async () => {
    await append(store, [draft('a')], tools())
    const stale = (await store.tip())!.version
    await append(await place.open(), [draft('b')], tools())
    expect(await store.swap(stale, { ...write(3), extras: new Map([['badges/main.svg', 'mine']]) })).toBe('lost')
    expect([...place.files().keys()].filter((path) => path.startsWith('badges'))).toEqual([])
  })

  it('is never empty because it cannot be read', async () => {
    await append(store, [draft('a')], tools())
    const { version } = (await store.tip())!
    place.hide()
    const fresh = await place.open()
    const unreadable = { code: 'ledger_unreadable', hint: expect.any(String) }
    await expect(fresh.tip()).rejects.toMatchObject(unreadable)
    await expect(fresh.read(version, [recordPath(1)])).rejects.toMatchObject(unreadable)
    await expect(fresh.all(version)).rejects.toMatchObject(unreadable)
    await expect(append(fresh, [draft('b')], tools())).rejects.toMatchObject(unreadable)
  })

  it.each([
    ['its last record is gone', recordPath(2), null],
    ['its last record was changed', recordPath(2), (text: string) => text.replace('alice', 'mallory')],
    ['its last record is no JSON', recordPath(2), () => '<html>'],
    ['its head names a record that is not there', HEAD_PATH, (text: string) => text.replace('"seq":2', '"seq":9')],
    ['its head names another hash', HEAD_PATH, (text: string) => text.replace(/[0-9a-f]{64}/, 'a'.repeat(64))],
    ['its head is empty', HEAD_PATH, () => ''],
    ['a record follows that does not belong there', recordPath(3), () => '{}'],
  ])('is not appended to where %s', async (_, path, change) => {
    await append(store, [draft('a'), draft('b')], tools())
    place.put(path, change === null ? null : change(String(Buffer.from(place.files().get(path) ?? []))))
    const before = place.files()
    const error = await append(await place.open(), [draft('c')], tools()).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'ledger_broken', hint: expect.stringContaining('certify ledger verify') })
    expect(place.files()).toEqual(before)
  })

  it('takes in a record that a writer left without its head', async () => {
    await append(store, [draft('a')], tools())
    const head = place.files().get(HEAD_PATH)!
    await append(store, [draft('b')], tools())
    place.put(HEAD_PATH, head)
    expect(verifyLedger(place.files())).toMatchObject({ ok: true, notices: [expect.stringContaining('mends')] })
    await append(await place.open(), [draft('c')], tools())
    expect(ids()).toEqual(['a', 'b', 'c'].map((name) => draft(name).id))
    expect(verifyLedger(place.files())).toMatchObject({ ok: true, records: 3, notices: [] })
  })

  it('keeps the drafts where somebody else is always first', async () => {
    const busy: LedgerStore = {
      place: store.place,
      tip: () => store.tip(),
      read: (version, paths) => store.read(version, paths),
      all: (version) => store.all(version),
      swap: async () => 'lost',
    }
    const error = await append(busy, [draft('a')], tools({ deadlineMs: 20_000 })).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(NotRecorded)
    expect(error).toMatchObject({ code: 'ledger_busy', message: expect.stringContaining('20 s') })
    expect(await store.tip()).toBeNull()
  })
})
