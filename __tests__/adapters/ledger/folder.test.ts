// The folder alone: what a disk can do, a crash at each step, links, and a lock that nobody gives back.
import * as fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { FolderLedger } from '../../../src/adapters/store/folder.ts'
import { append } from '../../../src/app/ledger/append.ts'
import { headText } from '../../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { EMPTY_HEAD, HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { temporaryFolder } from '../../support/clone.ts'
import { draft, judged, tools } from '../../support/ledger/drafts.ts'
import { MemoryLedger } from '../../support/ledger/memory.ts'
import { type FolderPlace, folderPlace } from '../../support/ledger/places.ts'

let place: FolderPlace
beforeEach(() => {
  place = folderPlace()
})
afterEach(() => place.stop())

const failing = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code })
}
const write = async (...names: string[]) =>
  append(
    await place.open(),
    names.map((name) => draft(name)),
    tools(),
  )
const fails = () => write('z').catch((error: unknown) => error)
const verified = () => verifyLedger(place.files())
/** Names below the folder, temporary ones too. */
const names = () => [...place.files().keys()].sort()

describe('a folder that is not there, or empty', () => {
  it('is no ledger yet, and asking makes none', async () => {
    const store = await place.open()
    expect(await store.tip()).toBeNull()
    expect(fs.existsSync(place.root)).toBe(false)
    fs.mkdirSync(place.root)
    expect(await store.tip()).toBeNull()
  })

  it('is one after a writer ended before its first record', async () => {
    place.io.linkSync = (from, to) => (String(to).endsWith('00000001.json') ? failing('EIO')() : fs.linkSync(from, to))
    expect(await fails()).toMatchObject({ code: 'ledger_unwritable' })
    expect(names()).toEqual([HEAD_PATH])
    expect(String(fs.readFileSync(join(place.root, HEAD_PATH)))).toBe(headText(EMPTY_HEAD))
    expect(verified()).toMatchObject({ ok: true, records: 0 })
    place.io.linkSync = fs.linkSync
    await write('a')
    expect(verified()).toMatchObject({ ok: true, records: 1 })
  })
})

describe('never taken for empty', () => {
  const unreadable = (message: RegExp) => ({
    code: 'ledger_unreadable',
    message: expect.stringMatching(message),
    hint: expect.any(String),
  })

  it('records without their head', async () => {
    await write('a', 'b')
    place.put(HEAD_PATH, null)
    expect(await fails()).toMatchObject(unreadable(/^\.certify\/ledger has records but no head\.json/))
    expect(names()).toEqual([recordPath(1), recordPath(2)])
  })

  it('a file where the folder should be', async () => {
    fs.writeFileSync(place.root, '')
    expect(await (await place.open()).tip().catch((e: unknown) => e)).toMatchObject(unreadable(/a file where a folder should be/))
    expect(await fails()).toMatchObject({ code: 'ledger_unreadable' })
  })

  it('a folder where a file should be', async () => {
    await write('a')
    fs.mkdirSync(join(place.root, recordPath(2)))
    expect(await fails()).toMatchObject(unreadable(/00000002\.json cannot be read: there is a folder where a file should be/))
    place.put(HEAD_PATH, null)
    fs.mkdirSync(join(place.root, HEAD_PATH))
    expect(await fails()).toMatchObject(unreadable(/head\.json cannot be read/))
  })

  it.each([
    ['EACCES', /no permission/],
    ['EIO', /EIO/],
  ])('what the disk does not give (%s)', async (code, message) => {
    await write('a')
    place.io.openSync = failing(code)
    expect(await fails()).toMatchObject(unreadable(message))
    place.io.openSync = fs.openSync
    place.io.statSync = failing(code) as unknown as typeof fs.statSync
    expect(await fails()).toMatchObject(unreadable(message))
  })

  it('a pipe, which would never end', async () => {
    await write('a')
    const { execFileSync } = await import('node:child_process')
    execFileSync('mkfifo', [join(place.root, recordPath(2))])
    expect(await fails()).toMatchObject(unreadable(/no regular file/))
  })
})

describe('links', () => {
  it.each([
    ['a record', recordPath(2)],
    ['the head', HEAD_PATH],
    ['a folder among records', 'records/000000'],
    ['the records', 'records'],
  ])('are not followed: %s', async (_, path) => {
    const outside = temporaryFolder()
    fs.writeFileSync(join(outside, 'x'), '{}')
    await write('a')
    const file = join(place.root, path)
    fs.rmSync(file, { recursive: true, force: true })
    fs.symlinkSync(path.endsWith('.json') ? join(outside, 'x') : outside, file)
    expect(await fails()).toMatchObject({ code: 'ledger_unreadable', message: expect.stringContaining('links are not followed') })
    const store = await place.open()
    await expect(store.all('')).rejects.toMatchObject({ code: 'ledger_unreadable' })
    expect(fs.readdirSync(outside)).toEqual(['x'])
    fs.rmSync(outside, { recursive: true })
  })

  it('nothing is written through one', async () => {
    const outside = temporaryFolder()
    fs.mkdirSync(place.root)
    fs.symlinkSync(outside, join(place.root, 'objects'))
    const { draft: one, objects } = judged('a', {})
    const error = await append(await place.open(), [one], tools({ objects })).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'ledger_unwritable', message: expect.stringContaining('links are not followed') })
    expect([fs.readdirSync(outside), await (await place.open()).tip()]).toMatchObject([[], { ahead: [] }])
    fs.rmSync(outside, { recursive: true })
  })
})

describe('a disk that fails while writing', () => {
  it.each([
    ['ENOSPC', /no space left/, /make room/],
    ['EROFS', /read-only/, /name a folder that can be written/],
    ['EACCES', /no permission/, /let this user/],
  ])('%s leaves the ledger as it was, and says so', async (code, message, hint) => {
    await write('a')
    const before = place.files()
    place.io.writeFileSync = ((file: unknown, ...rest: [string]) =>
      typeof file === 'number' ? failing(code)() : fs.writeFileSync(file as string, ...rest)) as typeof fs.writeFileSync
    const told = { code: 'ledger_unwritable', message: expect.stringMatching(message), hint: expect.stringMatching(hint) }
    expect(await fails()).toMatchObject(told)
    expect(place.files()).toEqual(before)
    place.io.writeFileSync = failing(code) as typeof fs.writeFileSync
    expect(await fails()).toMatchObject(told)
    expect(place.files()).toEqual(before)
    Object.assign(place.io, { writeFileSync: fs.writeFileSync })
    await write('b')
    expect(verified()).toMatchObject({ ok: true, records: 2 })
  })

  it('between two records of one write: what is there is found, the rest follows', async () => {
    await write('a')
    let fine = 1
    place.io.linkSync = (from, to) => (String(to).includes('records/') && fine-- === 0 ? failing('EIO')() : fs.linkSync(from, to))
    const { records, tries } = await write('b', 'c', 'd')
    expect([records.map(({ header }) => header.seq), tries]).toEqual([[2, 3, 4], 2])
    expect(verified()).toMatchObject({ ok: true, records: 4, notices: [] })
  })

  it('where hard links are not possible, a record still never replaces another', async () => {
    place.io.linkSync = failing('EPERM')
    await write('a')
    await write('b', 'c')
    const { version } = (await (await place.open()).tip())!
    place.put(recordPath(4), '{}')
    const none = new Map<string, string>()
    const files = { records: new Map([[recordPath(4), 'mine']]), objects: none, extras: none, head: '{}', message: '' }
    expect(await (await place.open()).swap(version, files)).toBe('lost')
    expect(String(fs.readFileSync(join(place.root, recordPath(4))))).toBe('{}')
  })
})

it.each(['ledger', 'records', '000000', 'objects'])(
  'what is written while all of it is read is read whole: once the names in %s are known',
  async (moment) => {
    const whole = new MemoryLedger()
    for (const name of ['a', 'b']) {
      const own = judged(name, { name })
      if (name === 'b') for (const [path, bytes] of whole.files) place.put(path, bytes)
      await append(whole, [own.draft], { ...tools(), objects: own.objects })
    }
    const store = await place.open()
    const later = [...whole.files].filter(([path]) => path === HEAD_PATH || !fs.existsSync(join(place.root, path)))
    let waits = true
    place.io.readdirSync = ((folder: string, options: { withFileTypes: true }) => {
      const found = fs.readdirSync(folder, options)
      // Somebody else, at that moment: the object, its record, and the head.
      if (waits && folder.endsWith(moment)) {
        waits = false
        for (const [path, bytes] of later) place.put(path, bytes)
      }
      return found
    }) as typeof fs.readdirSync
    expect(verifyLedger(await store.all(''))).toMatchObject({ ok: true, problem: null })
    expect(waits).toBe(false)
  },
)

describe('a crash', () => {
  it('before the head was written loses nothing, and the next append mends it', async () => {
    await write('a')
    place.io.renameSync = failing('EIO')
    const { head } = await write('b')
    place.io.renameSync = fs.renameSync
    expect(head.seq).toBe(2)
    expect((await (await place.open()).tip())?.ahead).toHaveLength(1)
    expect(verified()).toMatchObject({ ok: true, records: 2, notices: [expect.stringContaining('the next append mends it')] })
    await write('c')
    expect(verified()).toMatchObject({ ok: true, records: 3, notices: [] })
  })

  it('leaves temporary files that nobody reads', async () => {
    await write('a')
    place.put('.tmp-1', 'half a rec')
    await write('b')
    const store = await place.open()
    expect([...(await store.all('')).keys()]).toEqual([HEAD_PATH, recordPath(1), recordPath(2)])
  })

  it('leaves a lock, which is taken away after a while', async () => {
    await write('a')
    place.put('.lock', 'a process that ended')
    const store = new FolderLedger(place.root, 'l', { staleMs: 30 })
    const { tries } = await append(store, [draft('b')], tools({ sleep: () => new Promise((done) => setTimeout(done, 10)) }))
    expect(tries).toBeGreaterThan(2)
    expect(names()).toEqual([HEAD_PATH, recordPath(1), recordPath(2)])
  })
})

it('needs no lock to be right', async () => {
  // Every writer believes that it holds the lock.
  const { io } = place
  io.writeFileSync = ((file: unknown, text: string, options?: { flag: string }) =>
    fs.writeFileSync(file as string, text, options?.flag === 'wx' ? {} : options)) as typeof fs.writeFileSync
  await write('a')
  const stores = await Promise.all(Array.from({ length: 8 }, () => place.open()))
  await Promise.all(stores.map((store, at) => append(store, [draft(`x${at}`), draft(`y${at}`)], tools())))
  expect(verified()).toMatchObject({ ok: true, records: 17 })
})

it('a writer that was overtaken does not turn the head back', async () => {
  // Meanwhile, between its record and its head, somebody else added two.
  const whole = new MemoryLedger()
  await append(
    whole,
    ['a', 'b', 'c', 'd'].map((name) => draft(name)),
    tools(),
  )
  await write('a')
  place.io.linkSync = (from, to) => {
    fs.linkSync(from, to)
    if (String(to).endsWith('00000002.json'))
      for (const path of [recordPath(3), recordPath(4), HEAD_PATH]) place.put(path, whole.files.get(path)!)
  }
  await write('b')
  expect(verified()).toMatchObject({ ok: true, records: 4, notices: [] })
})
