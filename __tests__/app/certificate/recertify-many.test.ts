// A nightly recertify over a whole ledger: each certificate acted on exactly once, however late, often, at once or cut off the runs are.
import { type ChildProcess, spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import type { IssuedData, NoticeData, RevokedData } from '../../../src/model/certificate.ts'
import type { LedgerRecord } from '../../../src/model/ledger.ts'
import { temporaryFolder } from '../../support/clone.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { type FolderPlace, folderPlace, memoryPlace, type Place } from '../../support/ledger/places.ts'
import { COMMIT } from '../../support/ports.ts'
import { sarif } from '../../support/ready-repository.ts'
import { actions, CERTIFIED, type Looked, OTHER, Recertifying, SARIF, types, VULNERABLE } from '../../support/recertifying.ts'

const WHOLE = { due: 10, vulnerable: 3, over: 2, rest: 185 }
const LEAST = { due: 2, vulnerable: 1, over: 1, rest: 1 }
const FEW = { due: 2, vulnerable: 2, over: 1, rest: 2 }

const places: Place[] = []
afterEach(async () => {
  for (const place of places.splice(0)) await place.stop()
})

/** Moved to that place, where others may write too. */
async function ledgerIn<P extends Place>(place: P, of = WHOLE): Promise<{ one: Recertifying; place: P }> {
  const one = await Recertifying.many(of)
  for (const [path, bytes] of one.files) place.put(path, bytes)
  places.push(place)
  one.movedTo(await place.open(), () => place.files())
  return { one, place }
}

/** What the ledger has of each certificate beside its issue, by id; of whom it has nothing is not in it. */
function doneIn(records: readonly LedgerRecord[]): Map<string, string[]> {
  const done = new Map<string, string[]>()
  const did = (id: string, what: string) => done.set(id, [...(done.get(id) ?? []), what])
  for (const { header, data } of records) {
    if (header.type === 'notification' && 'what' in (data as NoticeData)) did((data as NoticeData).id, (data as NoticeData).what)
    if (header.type === 'certificate.revoked') did((data as RevokedData).id, 'revoked')
    if (header.type === 'certificate.renewed') did((data as IssuedData).renews!, 'renewed')
  }
  return done
}

/** Everything that a whole run does of it, once; and every renewal rests on what the chain holds. */
function expectEachOnce(one: Recertifying, { due, vulnerable, over }: typeof WHOLE): void {
  const { records } = one
  expect(verifyLedger(one.files)).toMatchObject({ ok: true, problem: null })
  const all = [...doneIn(records).values()]
  const number = (...what: string[]) => all.filter((each) => each.join() === what.join()).length
  expect([number('renewed'), number('no_longer_meets'), number('expired'), all.length]).toEqual([
    due,
    vulnerable,
    over,
    due + vulnerable + over,
  ])
  for (const { header, data } of records.filter((each) => each.header.type === 'certificate.renewed')) {
    const { evaluation, ledger } = (data as IssuedData).certificate
    expect(records[evaluation.seq - 1]).toMatchObject({ hash: evaluation.hash, header: { type: 'evaluation' } })
    expect([records[ledger.seq - 1]!.hash, ledger.seq < header.seq]).toEqual([ledger.hash, true])
  }
}

const count = (run: Looked, what: string): number => actions(run).filter((each) => each === what).length

describe.each<[string, () => Place]>([
  ['in memory', memoryPlace],
  ['in a folder', folderPlace],
])('200 certificates %s, of which ten are due, three newly vulnerable and two expired', (_, place) => {
  it('are each acted on once, the rest untouched; run again, at once or a day later, it adds no byte', async () => {
    const { one } = await ledgerIn(place())
    const run = await one.looked()
    expect([count(run, 'renewed'), count(run, 'no_longer_meets'), count(run, 'expired')]).toEqual([10, 3, 2])
    expect([actions(run).length, run.shown.untouched, run.exit]).toEqual([15, 185, 0])
    expectEachOnce(one, WHOLE)
    const before = one.bytes
    expect((await one.looked()).added).toEqual([])
    one.at('2026-12-02T00:00:00Z')
    await one.scanned({ [SARIF]: VULNERABLE }, OTHER, 'vulnerable')
    expect(await one.looked()).toMatchObject({ added: [], shown: { certificates: [], untouched: 210 } })
    expect(one.bytes).toBe(before)
  })
})

describe.each<[string, () => Place]>([
  ['in memory', memoryPlace],
  ['in a folder', folderPlace],
])('a few of each %s', (_, place) => {
  it('are the same where the run comes eighteen days late, by one append', async () => {
    const { one } = await ledgerIn(place(), FEW)
    one.at('2026-12-19T23:59:59Z')
    await one.scanned({ [SARIF]: VULNERABLE }, OTHER, 'vulnerable')
    const before = one.records.length
    expect(types(await one.looked()).filter((type) => type === 'certificate.renewed')).toHaveLength(FEW.due)
    expectEachOnce(one, FEW)
    expect(new Set(one.records.slice(before).map(({ header }) => header.at)).size).toBe(1)
    expect((await one.looked()).added).toEqual([])
  })

  it('are each acted on once by two runs at once', async () => {
    const { one, place: at } = await ledgerIn(place(), FEW)
    const before = one.records.length
    const stores = [await at.open(), await at.open()]
    const runs = await Promise.all(
      stores.map((store) => {
        const { ledger } = one.world()
        return one.looked({}, { ledger: { ...ledger, open: async () => store } })
      }),
    )
    expect(runs.map((run) => actions(run).length).sort((a, b) => a - b)).toEqual([0, FEW.due + FEW.vulnerable + FEW.over])
    expectEachOnce(one, FEW)
    const alone = one.records.length - before
    expect((await one.looked()).added).toEqual([])
    expect(alone).toBe(FEW.due + 2 * FEW.vulnerable + FEW.over)
  })
})

it('what was late by so much that the due ones ended is told so, once, and nothing is renewed', async () => {
  const one = await Recertifying.many(FEW)
  one.at('2026-12-20T00:00:00Z')
  const run = await one.looked()
  expect([count(run, 'renewed'), count(run, 'expired')]).toEqual([0, FEW.due + FEW.over])
  expect((await one.looked()).added).toEqual([])
})

it('a run tells nothing as its own that another wrote, word for word, after it had read the ledger', async () => {
  const one = await Recertifying.many(FEW)
  one.at('2026-12-20T00:00:00Z')
  const { store } = one.jobs
  const all = store.all.bind(store)
  let other: Looked | null = null
  store.all = async () => {
    const read = await all()
    store.all = all
    other = await one.looked()
    return read
  }
  const run = await one.looked()
  expect([actions(other!).length, actions(run), run.shown.head.seq]).toEqual([
    FEW.due + FEW.vulnerable + FEW.over,
    [],
    one.records.length,
  ])
})

it('vulnerable ones are revoked, each once, where the policy says so', async () => {
  const one = await Recertifying.many(FEW)
  one.jobs.policy = CERTIFIED.replace('signers:', 'recertify: { on_failure: revoke }, signers:')
  const run = await one.looked()
  expect([count(run, 'revoked'), types(run).filter((type) => type === 'certificate.revoked').length]).toEqual([2, 2])
  const revoked = JSON.parse(Buffer.from(one.files.get('revocations.json')!).toString()) as { revoked: { id: string }[] }
  expect(revoked.revoked.map(({ id }) => id).sort()).toEqual(
    run.added.flatMap(({ header, data }) => (header.type === 'certificate.revoked' ? [(data as RevokedData).id] : [])).sort(),
  )
  expect((await one.looked()).added).toEqual([])
})

describe('somebody else writes', () => {
  it('in between: each certificate is looked at anew, and acted on once all the same', async () => {
    const one = await Recertifying.many(FEW)
    const { store } = one.jobs
    let others = 2
    store.before = async () => {
      if (others-- <= 0) return
      const { before } = store
      store.before = () => {}
      await one.write([draft(`other ${others}`, {}, { type: 'notification' })])
      store.before = before
    }
    await one.looked()
    expectEachOnce(one, FEW)
    expect((await one.looked()).added).toEqual([])
  })

  it('every time: it is given up, and nothing of it is recorded', async () => {
    const one = await Recertifying.many(FEW)
    const { store } = one.jobs
    let n = 0
    const busy = async (): Promise<void> => {
      store.before = () => {}
      await one.write([draft(`busy ${++n}`, {}, { type: 'notification' })])
      store.before = busy
    }
    store.before = busy
    await expect(one.looked()).rejects.toMatchObject({ code: 'ledger_busy' })
    store.before = () => {}
    expect(doneIn(one.records).size).toBe(0)
    await one.looked()
    expectEachOnce(one, FEW)
  })
})

it.each(['deaf', 'mute'] as const)('an answer that was lost (%s) doubles nothing, and leaves nothing out', async (lost) => {
  const one = await Recertifying.many(FEW)
  one.jobs.store.next.push(lost)
  await one.looked()
  expectEachOnce(one, FEW)
  expect((await one.looked()).added).toEqual([])
})

describe('a run that is cut off', () => {
  /** After so many files of the ledger got their names. */
  function cutOff({ io }: FolderPlace, after: number): void {
    let left = after
    const died = () => {
      throw Object.assign(new Error('EIO'), { code: 'EIO' })
    }
    io.linkSync = (from, to) => (left-- > 0 ? fs.linkSync(from, to) : died())
    io.renameSync = (from, to) => (left > 0 ? fs.renameSync(from, to) : died())
  }

  function mended({ io }: FolderPlace): void {
    io.linkSync = fs.linkSync
    io.renameSync = fs.renameSync
  }

  it('anywhere is made whole by the next one: each certificate is acted on once', async () => {
    // With newer reports for all: each renewal rests on an evaluation of its own, which stands before it.
    const one = await Recertifying.many(LEAST)
    await one.scanned({ [SARIF]: `${sarif()}\n` }, COMMIT, 'fine')
    const begun = new Map(one.files)
    const afresh = async (): Promise<FolderPlace> => {
      const place = folderPlace()
      places.push(place)
      for (const [path, bytes] of begun) place.put(path, bytes)
      one.movedTo(await place.open(), () => place.files())
      return place
    }
    await afresh()
    await one.looked()
    expectEachOnce(one, LEAST)
    const steps = [...one.files.keys()].filter((path) => /^(?:records|objects)/.test(path) && !begun.has(path)).length
    expect(steps).toBeGreaterThan(7)
    for (let after = 0; after < steps; after++) {
      const place = await afresh()
      cutOff(place, after)
      await one.looked().catch(() => {})
      mended(place)
      await one.looked()
      expectEachOnce(one, LEAST)
      const before = one.bytes
      expect((await one.looked()).added).toEqual([])
      expect(one.bytes).toBe(before)
    }
  })

  it('before revocations.json was written is mended by the next one that has something to record', async () => {
    const { one, place } = await ledgerIn(folderPlace(), FEW)
    one.jobs.policy = CERTIFIED.replace('signers:', 'recertify: { on_failure: revoke }, signers:')
    place.io.renameSync = () => {
      throw Object.assign(new Error('EIO'), { code: 'EIO' })
    }
    await one.looked()
    mended(place)
    expect(one.files.has('revocations.json')).toBe(false)
    one.at('2027-06-22T00:00:00Z')
    await one.looked()
    const { revoked } = JSON.parse(Buffer.from(one.files.get('revocations.json')!).toString()) as { revoked: unknown[] }
    expect(revoked).toHaveLength(2)
  })
})

describe('two processes', () => {
  it('that read the same ledger and then write at once act on each certificate once, whoever comes second', async () => {
    const { one, place } = await ledgerIn(folderPlace(), FEW)
    const folder = temporaryFolder()
    const script = join(folder, 'recertifier.mjs')
    await build({
      entryPoints: ['__tests__/support/ledger/recertifier.ts'],
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['@actions/*'],
      banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
      logLevel: 'error',
    })
    const children = [1, 2].map((at) =>
      spawn(process.execPath, [script, place.root, JSON.stringify(FEW), `process ${at}`], { stdio: ['pipe', 'pipe', 'inherit'] }),
    )
    const lines = children.map((child) => createInterface({ input: child.stdout! })[Symbol.asyncIterator]())
    const said = async (at: number) => (await lines[at]!.next()).value as string
    // Both have read the ledger, and neither has written.
    expect(await Promise.all([said(0), said(1)])).toEqual(['read', 'read'])
    for (const child of children) child.stdin!.end('go\n')
    const done = await Promise.all([said(0), said(1)])
    await Promise.all(children.map(ended))
    expect(done.map(Number).sort((a, b) => a - b)).toEqual([0, FEW.due + FEW.vulnerable + FEW.over])
    expectEachOnce(one, FEW)
    expect((await one.looked()).added).toEqual([])
    fs.rmSync(folder, { recursive: true })
  }, 120_000)

  function ended(child: ChildProcess): Promise<void> {
    return new Promise((done) => (child.exitCode === null ? child.once('exit', () => done()) : done()))
  }
})
