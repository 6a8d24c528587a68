// The branch alone: what GitHub can answer at each step, what it costs, and that nothing is ever forced.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BranchLedger } from '../../../src/adapters/github/ledger-branch.ts'
import { FolderLedger } from '../../../src/adapters/store/folder.ts'
import { append } from '../../../src/app/ledger/append.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { secondaryLimit, type Trouble } from '../../support/github/faults.ts'
import { draft, judged, tools } from '../../support/ledger/drafts.ts'
import { BRANCH, type BranchPlace, branchPlace, clientOf, folderPlace } from '../../support/ledger/places.ts'

const REF = `refs/heads/${BRANCH}`
let place: BranchPlace
beforeEach(async () => {
  place = await branchPlace()
})
afterEach(() => place.stop())

const verified = () => verifyLedger(place.files())
const commits = () => place.github.state.git.log(BRANCH)
async function fails(name = 'z') {
  return append(await place.open(), [draft(name)], tools()).catch((error: unknown) => error)
}

describe('an append', () => {
  it('costs six requests, the first one four', async () => {
    const store = await place.open()
    const cost = async (name: string) => {
      const before = place.github.requests.length
      await append(store, [draft(name)], tools())
      return place.github.requests.slice(before).map(({ method, route }) => `${method} ${route.replace(/^.*\/git\//, '')}`)
    }
    expect(await cost('a')).toEqual(['GET matching-refs/{ref}', 'POST trees', 'POST commits', 'POST refs'])
    for (const name of ['b', 'c', 'd']) {
      expect(await cost(name)).toEqual([
        'GET matching-refs/{ref}',
        'POST /graphql',
        'POST /graphql',
        'POST trees',
        'POST commits',
        'PATCH refs/{ref}',
      ])
    }
  })

  it('costs no more where a badge goes with it', async () => {
    await append(await place.open(), [draft('a')], tools())
    const before = place.github.requests.length
    const extras = { paths: ['badges/main.svg'], write: () => new Map([['badges/main.svg', '<svg/>']]) }
    await append(await place.open(), [draft('b')], tools({ extras }))
    expect(place.github.requests.length - before).toBe(6)
    expect(commits()).toHaveLength(2)
  })

  it('is one commit however many records it has, onto the last, by whoever the token is', async () => {
    const store = await place.open()
    await append(store, [draft('a')], tools())
    await append(store, [draft('b'), draft('c', {}, { type: 'approval' })], tools())
    expect(commits().map(({ message, parents }) => [message, parents.length])).toEqual([
      ['record 3: evaluation, approval', 1],
      ['Begin the ledger: record 1: evaluation', 0],
    ])
    const made = place.github.requests.filter(({ route }) => route.endsWith('/git/commits'))
    expect(made.every(({ body }) => body?.author === undefined && body?.committer === undefined)).toBe(true)
    const moved = place.github.requests.filter(({ method }) => method === 'PATCH')
    expect(moved.map(({ body }) => body?.force)).toEqual([false])
  })
})

describe('an answer that does not come, or is a server error', () => {
  const steps: [string, RegExp][] = [
    ['of the tree', /POST .*git\/trees/],
    ['of the commit', /POST .*git\/commits/],
    ['of the ref', /(PATCH|POST) .*git\/refs/],
    ['of reading the ref', /GET .*git\/matching-refs\//],
    ['of reading files', /POST \/graphql/],
  ]
  const troubles: [string, Trouble][] = [
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['a broken connection before', 'reset-before'],
    ['a broken connection after', 'reset-after'],
    ['409', { status: 409, message: 'Conflict' }],
  ]
  const cases = steps.flatMap(([step, route]) => troubles.map(([name, trouble]) => [name, step, route, trouble] as const))

  it.each(cases)('%s, %s: each record is there once', async (_, __, route, trouble) => {
    for (const name of ['a', 'b']) {
      place.github.faults.order(route, trouble, 1)
      const { records } = await append(await place.open(), [draft(name)], tools())
      expect(records).toHaveLength(1)
    }
    expect(verified()).toMatchObject({ ok: true, records: 2 })
    expect(commits()).toHaveLength(2)
  })

  it('that hangs after the ref was moved is looked for', async () => {
    await append(await place.open(), [draft('a')], tools())
    place.github.faults.order(/PATCH/, 'hang')
    const { owner, repo } = place.github.state
    const store = new BranchLedger(await clientOf(place.github, 200), { owner, repo, branch: BRANCH })
    await append(store, [draft('b')], tools())
    expect(verified()).toMatchObject({ ok: true, records: 2 })
  })

  it('keeps the drafts where it goes on', async () => {
    await append(await place.open(), [draft('a')], tools())
    place.github.faults.order(/PATCH/, { status: 503 }, 10_000)
    const error = await append(await place.open(), [draft('b')], tools({ deadlineMs: 20_000 })).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'ledger_busy' })
  })

  it('keeps the drafts where nothing can be read after a write that may have happened', async () => {
    await append(await place.open(), [draft('a')], tools())
    const store = await place.open()
    place.github.faults.order(/PATCH/, 'reset-after')
    place.github.faults.order(/GET .*git\/matching-refs\//, { status: 502 }, 10, 1)
    const error = await append(store, [draft('b')], tools()).catch((e: unknown) => e)
    expect((error as object).constructor.name).toBe('NotRecorded')
  })
})

describe('a lost race', () => {
  it.each([
    ['Update is not a fast forward', /PATCH/],
    ['Reference already exists', /POST .*git\/refs/],
    ['Reference does not exist', /PATCH/],
    ['Object does not exist', /PATCH/],
  ])('422 "%s" is tried again', async (message, route) => {
    if (route.test('PATCH')) await append(await place.open(), [draft('a')], tools())
    place.github.faults.order(route, { status: 422, message })
    expect((await append(await place.open(), [draft('b')], tools())).tries).toBe(2)
    expect(verified().ok).toBe(true)
  })

  it('a branch that was deleted meanwhile is no new ledger', async () => {
    await append(await place.open(), [draft('a'), draft('b')], tools())
    const { git } = place.github.state
    const error = await append(
      await place.open(),
      [draft('c')],
      tools({
        clock: {
          now: () => {
            git.refs.delete(REF)
            return new Date(0)
          },
        },
      }),
    ).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'ledger_broken', message: expect.stringContaining('ends at record 0, and had 2 before') })
    expect(git.refs.has(REF)).toBe(false)
  })
})

describe('what trying again cannot help is said with its fix', () => {
  const unwritable = (message: RegExp, hint: RegExp) => ({
    code: 'ledger_unwritable',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  })

  it('a token that may only read', async () => {
    place.github.state.permissions = { contents: 'read' }
    expect(await fails()).toMatchObject(unwritable(/certify-ledger of acme\/shop: the token may not/, /`contents: write`/))
    expect(place.github.state.git.refs.has(REF)).toBe(false)
  })

  it('an empty repository', async () => {
    place.github.state.git.refs.clear()
    expect(await (await place.open()).tip()).toBeNull()
    expect(await fails()).toMatchObject(unwritable(/is empty/, /push a first commit/))
  })

  it.each([
    ['Repository rule violations found\n\nCannot update this protected ref.'],
    ['Repository rule violations found\n\nChanges must be made through a pull request.'],
    ['Required status check "ci" is expected.'],
    ['Cannot create ref due to creations being restricted.'],
  ])('a branch that rules protect: %s', async (message) => {
    place.github.state.rules.set(REF, message)
    expect(await fails()).toMatchObject(unwritable(/rules of the branch refuse it/, /"restrict updates".*required pull request/))
    place.github.state.rules.clear()
    await append(await place.open(), [draft('a')], tools())
    place.github.state.rules.set(REF, message)
    const error = (await fails()) as Error
    expect(error).toMatchObject(unwritable(/rules of the branch refuse it/, /deletion and force pushes only/))
    expect(error.message).not.toMatch(/[\r\n]/)
    expect(verified()).toMatchObject({ ok: true, records: 1 })
  })

  it('an archived repository', async () => {
    place.github.faults.order(/POST .*git\/trees/, { status: 403, message: 'Repository was archived so is read-only.' })
    expect(await fails()).toMatchObject(unwritable(/archived/, /contents: write/))
  })

  it('a rate limit that lasts', async () => {
    place.github.faults.order(/POST .*git\/trees/, secondaryLimit(3600), 9)
    expect(await fails()).toMatchObject(unwritable(/rate limit/, /later/))
  })

  it('a short rate limit is waited for, without a second write', async () => {
    await append(await place.open(), [draft('a')], tools())
    place.github.faults.order(/PATCH/, secondaryLimit(1))
    expect((await append(await place.open(), [draft('b')], tools())).tries).toBe(1)
    expect(commits()).toHaveLength(2)
  })
})

describe('what cannot be seen is not empty', () => {
  const unreadable = (hint: RegExp) => ({ code: 'ledger_unreadable', hint: expect.stringMatching(hint) })
  const tip = async (repo = 'shop') =>
    new BranchLedger(await clientOf(place.github), { owner: 'acme', repo, branch: BRANCH }).tip().catch((error: unknown) => error)

  it('a repository that is hidden from the token', async () => {
    expect(await tip('elsewhere')).toMatchObject(unreadable(/contents: read/))
  })

  it('a token without permission', async () => {
    place.github.state.permissions = {}
    expect(await tip()).toMatchObject(unreadable(/contents: read/))
  })

  it('files that GraphQL hides although the ref is seen', async () => {
    await append(await place.open(), [draft('a')], tools())
    const store = await place.open()
    const { version } = (await store.tip())!
    place.github.state.permissions = {}
    await expect(store.read(version, [recordPath(77)])).rejects.toMatchObject(unreadable(/contents: read/))
  })

  it('a commit that is not there', async () => {
    await append(await place.open(), [draft('a')], tools())
    await expect((await place.open()).read('f'.repeat(40), [recordPath(1)])).rejects.toMatchObject({ code: 'ledger_unreadable' })
  })

  it('a branch of something else, or one whose head.json was taken away', async () => {
    place.put('README.md', 'not a ledger')
    expect(await tip()).toMatchObject({ code: 'ledger_unreadable', message: expect.stringContaining('has no head.json') })
    expect(await fails()).toMatchObject({ code: 'ledger_unreadable' })
    expect([...place.files().keys()]).toEqual(['README.md'])
  })

  it('a folder where a record should be', async () => {
    await append(await place.open(), [draft('a')], tools())
    place.put(`${recordPath(2)}/x`, 'x')
    expect(await tip()).toMatchObject({ code: 'ledger_unreadable' })
  })

  it('more files than GitHub lists', async () => {
    await append(await place.open(), [draft('a'), draft('b')], tools())
    place.github.state.treeLimit = 3
    const store = await place.open()
    const { version } = (await store.tip())!
    await expect(store.all(version)).rejects.toMatchObject(
      unreadable(/clone.*git fetch origin .*--ledger origin\/certify-ledger/),
    )
  })
})

describe('bytes', () => {
  it.each([
    ['binary', Buffer.from('a\0b')],
    ['longer than GraphQL shows', Buffer.from('ä'.repeat(300_000))],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['half a surrogate pair as three bytes', Buffer.from([0xed, 0xa0, 0x80])],
    ['with a byte order mark', Buffer.from('\ufeff{}')],
    ['empty', Buffer.of()],
  ])('are read as they are: %s', async (_, bytes) => {
    await append(await place.open(), [draft('a')], tools())
    place.put('objects/x', bytes)
    const store = await place.open()
    const { version } = (await store.tip())!
    expect(Buffer.from((await store.read(version, ['objects/x']))[0]!)).toEqual(bytes)
    expect(Buffer.from((await store.all(version)).get('objects/x')!)).toEqual(bytes)
  })

  it('are asked for fifty at a time, in order', async () => {
    const names = Array.from({ length: 120 }, (_, at) => `n${at}`)
    await append(
      await place.open(),
      names.map((name) => draft(name)),
      tools(),
    )
    const store = await place.open()
    const { version } = (await store.tip())!
    const before = place.github.requests.length
    const read = await store.read(
      version,
      names.map((_, at) => recordPath(at + 1)),
    )
    expect(read.map((bytes) => JSON.parse(String(bytes)).data.name)).toEqual(names)
    expect(place.github.requests.length - before).toBe(3)
  })
})

it('exported from the branch, it verifies as a folder', async () => {
  const store = await place.open()
  for (const name of ['a', 'b', 'c']) {
    const { draft: one, objects } = judged(name, { name })
    await append(store, [one], tools({ objects }))
  }
  const { version } = (await store.tip())!
  const folder = folderPlace()
  for (const [path, bytes] of await store.all(version)) folder.put(path, bytes)
  const exported = new FolderLedger(folder.root, 'exported')
  const there = (await exported.tip())!
  expect(verifyLedger(await exported.all(there.version))).toEqual(verified())
  expect(verified()).toMatchObject({ ok: true, records: 3 })
  await append(exported, [draft('d')], tools())
  expect(verifyLedger(folder.files())).toMatchObject({ ok: true, records: 4 })
  expect([...folder.files().keys()]).toContain(HEAD_PATH)
  await folder.stop()
})
