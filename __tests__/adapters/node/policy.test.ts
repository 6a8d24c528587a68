// Policy on a laptop: the file in the work tree decides; what is there and cannot be read is never "no policy".
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { LocalPolicy } from '../../../src/adapters/node/policy.ts'
import { put, temporaryFolder } from '../../support/clone.ts'

const PATH = '.github/certification.yml'

function policy(): { root: string; policy: LocalPolicy } {
  const root = temporaryFolder()
  return { root, policy: new LocalPolicy(root, async (reference) => ({ text: 'version: 1\n', source: reference })) }
}

describe('the trusted policy of a laptop', () => {
  it('is the file as it lies there', async () => {
    const { root, policy: p } = policy()
    put(root, PATH, 'mode: enforce # größer\n')
    expect(await p.trusted(PATH)).toEqual({ text: 'mode: enforce # größer\n', source: PATH })
  })

  it('is none only where there is no file', async () => {
    expect(await policy().policy.trusted(PATH)).toEqual({ text: null, source: PATH })
  })

  it('is an empty text where the file is empty: a policy of defaults, not none', async () => {
    const { root, policy: p } = policy()
    put(root, PATH, '')
    expect((await p.trusted(PATH)).text).toBe('')
  })

  it('may lie elsewhere, where the user names it', async () => {
    const { root, policy: p } = policy()
    const elsewhere = temporaryFolder()
    put(elsewhere, 'c.yml', 'version: 1\n')
    put(root, 'sub/x', '')
    expect((await p.trusted(join(elsewhere, 'c.yml'))).text).toBe('version: 1\n')
  })

  it('is refused where a folder has its name', async () => {
    const { root, policy: p } = policy()
    mkdirSync(join(root, PATH), { recursive: true })
    await expect(p.trusted(PATH)).rejects.toMatchObject({ code: 'config_unreadable', message: expect.stringContaining(PATH) })
  })

  it('is refused where it is too large to be one', async () => {
    const { root, policy: p } = policy()
    put(root, PATH, '')
    truncateSync(join(root, PATH), 17 * 1024 * 1024)
    await expect(p.trusted(PATH)).rejects.toMatchObject({ code: 'config_too_large', message: expect.stringContaining(PATH) })
  })

  it.each(['certification.yml', 'nowhere.yml'])('is refused where it is a link to %s, which leads nowhere', async (target) => {
    const { root, policy: p } = policy()
    mkdirSync(join(root, '.github'))
    symlinkSync(target, join(root, PATH))
    await expect(p.trusted(PATH)).rejects.toMatchObject({ code: 'config_unreadable', message: expect.stringContaining(PATH) })
  })

  it('is none where a file has the name of its folder', async () => {
    const { root, policy: p } = policy()
    put(root, '.github', '')
    expect((await p.trusted(PATH)).text).toBeNull()
  })

  it('has no head to compare with, and reads a base where it is told to', async () => {
    const { policy: p } = policy()
    expect(await p.head()).toBeNull()
    expect(await p.remote('a/b/c@d')).toEqual({ text: 'version: 1\n', source: 'a/b/c@d' })
  })
})
