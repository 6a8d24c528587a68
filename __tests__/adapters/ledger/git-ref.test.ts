// A ledger branch read from a clone: fetched or checked out, never written, and never empty because it was not fetched.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { GitLedger } from '../../../src/adapters/store/git-ref.ts'
import { append, headAt } from '../../../src/app/ledger/append.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { Clone, temporaryFolder } from '../../support/clone.ts'
import { draft, judged, tools } from '../../support/ledger/drafts.ts'
import { MemoryLedger } from '../../support/ledger/memory.ts'

async function remote(names: string[]): Promise<{ clone: Clone; files: Map<string, Uint8Array> }> {
  const memory = new MemoryLedger()
  for (const name of names) {
    const { draft: one, objects } = judged(name, { levels: 4 })
    await append(memory, [one], tools({ objects }))
  }
  const clone = Clone.of({ 'README.md': 'shop' })
  clone.git('checkout', '-q', '--orphan', 'certify-ledger')
  clone.git('rm', '-q', '-rf', '.')
  for (const [path, bytes] of memory.files) {
    mkdirSync(dirname(join(clone.root, path)), { recursive: true })
    writeFileSync(join(clone.root, path), bytes)
  }
  clone.commit()
  clone.git('checkout', '-q', 'main')
  return { clone, files: memory.files }
}

const unreadable = (hint: RegExp) => ({ code: 'ledger_unreadable', hint: expect.stringMatching(hint) })

describe('a ledger branch in a clone', () => {
  it.each([
    ['certify-ledger', true],
    ['origin/certify-ledger', true],
    ['refs/remotes/origin/certify-ledger', true],
    ['certify-ledger', false],
  ])('is found as %s (fetched: %s), and is the same', async (branch, fetched) => {
    const { clone, files } = await remote(['a', 'b', 'c'])
    const store = new GitLedger(fetched ? clone.cloned().root : clone.root, branch)
    const tip = await store.tip()
    expect(await headAt(store, tip)).toMatchObject({ seq: 3 })
    const all = await store.all(tip.version)
    expect(verifyLedger(all)).toMatchObject({ ok: true, records: 3 })
    expect([...all.keys()].sort()).toEqual([...files.keys()].sort())
    const read = await store.read(tip.version, [recordPath(2), recordPath(4), 'records'.concat('/../x')])
    expect(read.map((bytes) => bytes?.length ?? null)).toEqual([files.get(recordPath(2))?.length, null, null])
  })

  it("of a plain name, origin's is read: a branch of one's own may be behind", async () => {
    const { clone } = await remote(['a', 'b'])
    const copy = clone.cloned()
    copy.git('branch', 'certify-ledger', 'main')
    expect((await new GitLedger(copy.root, 'certify-ledger').tip()).ahead).toEqual([])
    await expect(new GitLedger(copy.root, 'refs/heads/certify-ledger').tip()).rejects.toMatchObject(unreadable(/name the branch/))
  })

  it('tells records that follow the head', async () => {
    const { clone, files } = await remote(['a', 'b', 'c'])
    const early = new MemoryLedger()
    await append(early, [judged('a', { levels: 4 }).draft], tools())
    clone.git('checkout', '-q', 'certify-ledger')
    writeFileSync(join(clone.root, HEAD_PATH), early.files.get(HEAD_PATH)!)
    clone.commit()
    const store = new GitLedger(clone.root, 'certify-ledger')
    const { ahead } = await store.tip()
    expect(ahead.map((bytes) => Buffer.from(bytes))).toEqual([2, 3].map((seq) => Buffer.from(files.get(recordPath(seq))!)))
  })

  it('is not read through objects that were put in the place of others', async () => {
    const { clone } = await remote(['a'])
    const blob = clone.git('rev-parse', `certify-ledger:${recordPath(1)}`).trim()
    const other = clone.git('rev-parse', 'main:README.md').trim()
    clone.git('replace', blob, other)
    const store = new GitLedger(clone.root, 'certify-ledger')
    expect(verifyLedger(await store.all((await store.tip()).version)).ok).toBe(true)
  })

  it('is only read', async () => {
    const { clone } = await remote(['a'])
    await expect(append(new GitLedger(clone.root, 'certify-ledger'), [draft('b')], tools())).rejects.toMatchObject({
      code: 'ledger_unwritable',
      hint: expect.stringContaining('--ledger'),
    })
  })
})

describe('never empty', () => {
  it.each(['certify-ledger', 'origin/certify-ledger'])('%s that was not fetched', async (branch) => {
    const clone = Clone.of({ a: 'x' })
    await expect(new GitLedger(clone.root, branch).tip()).rejects.toMatchObject(
      unreadable(/git fetch origin \+refs\/heads\/certify-ledger:refs\/remotes\/origin\/certify-ledger/),
    )
  })

  it('a folder without a repository', async () => {
    await expect(new GitLedger(temporaryFolder(), 'certify-ledger').tip()).rejects.toMatchObject(unreadable(/clone/))
  })

  it.each(['--upload-pack=x', 'a..b', 'a b', 'HEAD:x', '@{-1}', ''])('the name %s', async (branch) => {
    const { clone } = await remote(['a'])
    await expect(new GitLedger(clone.root, branch).tip()).rejects.toMatchObject({
      code: 'ledger_unreadable',
      message: expect.stringContaining('no name of a branch'),
    })
  })

  it('a link where a record should be', async () => {
    const { clone } = await remote(['a'])
    clone.git('checkout', '-q', 'certify-ledger')
    clone.git('rm', '-q', recordPath(1))
    mkdirSync(dirname(join(clone.root, recordPath(1))), { recursive: true })
    const { symlinkSync } = await import('node:fs')
    symlinkSync('/etc/passwd', join(clone.root, recordPath(1)))
    clone.commit()
    const store = new GitLedger(clone.root, 'certify-ledger')
    await expect(store.all((await store.tip()).version)).rejects.toMatchObject({ code: 'ledger_unreadable' })
  })
})
