// Proof 7: one flipped byte anywhere in a ledger is located by its record's number; so is every other way of changing history.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { append } from '../../../src/app/ledger/append.ts'
import { canonical, headText, openRecord, seal, sealObject } from '../../../src/certificate/ledger/seal.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { EMPTY_HEAD, HEAD_PATH, type Head, type LedgerRecord, recordPath, seqOfPath } from '../../../src/model/ledger.ts'
import { draft, judged, NOW, tools } from '../../support/ledger/drafts.ts'
import { MemoryLedger } from '../../support/ledger/memory.ts'

const COUNT = 5
let files: Map<string, Uint8Array>
/** First record that names each object. */
const owners = new Map<string, number>()

beforeAll(async () => {
  const ledger = new MemoryLedger()
  // Two policies: the first of records 1 and 4, the second of record 3.
  for (const [name, policy] of [
    ['a', 'strict'],
    ['b', null],
    ['c', 'lax'],
    ['d', 'strict'],
    ['e', null],
  ] as const) {
    const { draft: one, objects } =
      policy === null ? { draft: draft(name), objects: new Map<string, string>() } : judged(name, { policy })
    const { head } = await append(ledger, [one], tools({ objects }))
    for (const path of objects.keys()) if (!owners.has(path)) owners.set(path, head.seq)
  }
  files = ledger.files
})

const changed = (change: Record<string, string | Uint8Array | null>): Map<string, Uint8Array> => {
  const copy = new Map(files)
  for (const [path, content] of Object.entries(change))
    if (content === null) copy.delete(path)
    else copy.set(path, Buffer.from(content as string))
  return copy
}
const text = (path: string) => String(Buffer.from(files.get(path)!))
const record = (seq: number): LedgerRecord => {
  const opened = openRecord(files.get(recordPath(seq))!)
  if ('problem' in opened) throw new Error(opened.problem)
  return opened.value
}
/** The number of the record that a file belongs to: head.json to the last, an object to the first that names it. */
const ownerOf = (path: string): number => seqOfPath(path) ?? owners.get(path) ?? COUNT

it('a ledger that nobody touched verifies', () => {
  expect(verifyLedger(files)).toEqual({
    ok: true,
    records: COUNT,
    head: record(COUNT).hash,
    first_bad: null,
    problem: null,
    notices: [],
  })
})

it('every byte, each of its bits flipped, is located at its record or before it', () => {
  let flips = 0
  const wrong: string[] = []
  for (const [path, bytes] of files) {
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const flipped = Buffer.from(bytes)
        flipped[at]! ^= bit
        const { ok, first_bad, problem } = verifyLedger(new Map(files).set(path, flipped))
        flips += 1
        if (ok || first_bad === null || first_bad < 1 || first_bad > ownerOf(path) || problem === null)
          wrong.push(`${path} byte ${at} bit ${bit}: ${ok ? 'not seen' : problem}`)
      }
    }
  }
  console.info(`${flips} flips in ${files.size} files`)
  expect(flips).toBeGreaterThan(20_000)
  expect(wrong).toEqual([])
})

it('a byte that was taken out or put in is located too', () => {
  const wrong: string[] = []
  for (const [path, bytes] of files) {
    for (let at = 0; at <= bytes.length; at++) {
      const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
      const more = Buffer.concat([bytes.subarray(0, at), Buffer.from(' '), bytes.subarray(at)])
      for (const other of at === bytes.length ? [more] : [without, more]) {
        const { ok, first_bad } = verifyLedger(new Map(files).set(path, other))
        if (ok || first_bad === null || first_bad > ownerOf(path)) wrong.push(`${path} byte ${at}: ${first_bad}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

describe('history that was changed', () => {
  it.each([1, 2, 3, 4, 5])('record %i taken away', (seq) => {
    expect(verifyLedger(changed({ [recordPath(seq)]: null }))).toMatchObject({ ok: false, first_bad: seq })
  })

  it.each([
    [1, 2],
    [2, 5],
    [3, 4],
  ])('records %i and %i put in each other’s place', (a, b) => {
    const swapped = changed({ [recordPath(a)]: text(recordPath(b)), [recordPath(b)]: text(recordPath(a)) })
    expect(verifyLedger(swapped)).toMatchObject({ ok: false, first_bad: a })
  })

  it.each([1, 2, 3, 4, 5])('a record put in at %i, the later ones moved on', (seq) => {
    const before: Head = seq === 1 ? EMPTY_HEAD : { seq: seq - 1, hash: record(seq - 1).hash }
    const change: Record<string, string> = { [recordPath(seq)]: canonical(seal(draft('forged'), before, NOW)) }
    for (let at = seq; at <= COUNT; at++) change[recordPath(at + 1)] = text(recordPath(at))
    expect(verifyLedger(changed(change))).toMatchObject({ ok: false, first_bad: seq + 1 })
  })

  it.each([1, 3])('record %i replaced by another that is sealed properly', (seq) => {
    const before: Head = seq === 1 ? EMPTY_HEAD : { seq: seq - 1, hash: record(seq - 1).hash }
    const forged = canonical(seal(draft('forged'), before, NOW))
    expect(verifyLedger(changed({ [recordPath(seq)]: forged }))).toMatchObject({ ok: false, first_bad: seq + 1 })
  })

  it('the last record replaced, which its head tells', () => {
    const forged = canonical(seal(draft('forged'), { seq: 4, hash: record(4).hash }, NOW))
    expect(verifyLedger(changed({ [recordPath(5)]: forged }))).toMatchObject({ ok: false, first_bad: 5 })
  })

  it('a record put at the end of a ledger that goes on elsewhere', () => {
    expect(verifyLedger(changed({ [recordPath(8)]: text(recordPath(5)) }))).toMatchObject({ ok: false, first_bad: 6 })
  })

  it('a record that was recorded twice', () => {
    const twice = seal(draft('b'), { seq: 5, hash: record(5).hash }, NOW)
    const again = changed({ [recordPath(6)]: canonical(twice), [HEAD_PATH]: headText({ seq: 6, hash: twice.hash }) })
    expect(verifyLedger(again)).toMatchObject({ ok: false, first_bad: 6, problem: expect.stringContaining('the id of record 2') })
  })

  it('a policy taken away, named at the first record that was judged by it', () => {
    for (const [path, seq] of owners)
      expect(verifyLedger(changed({ [path]: null }))).toMatchObject({
        ok: false,
        first_bad: seq,
        problem: expect.stringContaining('policy'),
      })
  })

  it('a file among the records or objects that belongs to none', () => {
    for (const path of ['records/000000/note.json', 'objects/x.json', `objects/${'a'.repeat(64)}.json`])
      expect(verifyLedger(changed({ [path]: '{}' }))).toMatchObject({ ok: false, problem: expect.stringContaining(path) })
    expect(verifyLedger(changed({ 'reports/later.json': '{}' })).ok).toBe(true)
  })

  it('is told, and breaks nothing, where it is an object that is what its name says: a writer ended before it named it', () => {
    const { path, text } = sealObject({ policy: 'of nobody' })
    expect(verifyLedger(changed({ [path]: text }))).toMatchObject({
      ok: true,
      first_bad: null,
      notices: [expect.stringContaining(path)],
    })
    expect(verifyLedger(changed({ [path]: `${text} ` }))).toMatchObject({ ok: false, problem: expect.stringContaining(path) })
  })

  it('the head taken away, or of nothing', () => {
    expect(verifyLedger(changed({ [HEAD_PATH]: null }))).toMatchObject({
      ok: false,
      first_bad: COUNT,
      problem: expect.stringContaining('head.json is missing'),
    })
    expect(verifyLedger(new Map())).toMatchObject({ ok: false })
  })
})

describe('a consistent truncation', () => {
  const truncated = () =>
    changed({
      [recordPath(5)]: null,
      [recordPath(4)]: null,
      [HEAD_PATH]: headText({ seq: 3, hash: record(3).hash }),
    })

  it('cannot be told from inside', () => {
    expect(verifyLedger(truncated())).toMatchObject({ ok: true, records: 3 })
  })

  it.each(['whole', 'the twelve digits that are shown'])('is told by the head that was known: %s', (how) => {
    const known = how === 'whole' ? record(5).hash : record(5).hash.slice(0, 12)
    expect(verifyLedger(truncated(), { head: known })).toMatchObject({
      ok: false,
      first_bad: 4,
      problem: expect.stringContaining('records were taken off its end'),
    })
    expect(verifyLedger(files, { head: known }).ok).toBe(true)
    // A head from earlier is still in the chain.
    expect(verifyLedger(files, { head: record(2).hash }).ok).toBe(true)
  })

  it('an expected head of fewer digits, or of another kind, is none', () => {
    for (const head of ['', record(5).hash.slice(0, 6), record(5).hash.toUpperCase()])
      expect(verifyLedger(files, { head }).ok).toBe(false)
  })
})

it('a clock that went back is said, and breaks nothing', async () => {
  const ledger = new MemoryLedger()
  await append(ledger, [draft('a')], tools())
  await append(ledger, [draft('b')], tools({ clock: { now: () => new Date(NOW.getTime() - 1000) } }))
  expect(verifyLedger(ledger.files)).toMatchObject({ ok: true, notices: [expect.stringContaining('record 2 says it is older')] })
})

it('an empty ledger is one whose head says so', () => {
  const empty = new Map([[HEAD_PATH, Buffer.from(headText(EMPTY_HEAD))]])
  expect(verifyLedger(empty)).toMatchObject({ ok: true, records: 0, head: null })
})
