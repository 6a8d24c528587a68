// The local clone, asked for real: what git knows is told, what it does not know is null and never guessed.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ALWAYS, LocalGit } from '../../../src/adapters/node/git.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { Clone, temporaryFolder } from '../../support/clone.ts'

describe('no repository', () => {
  it('knows nothing, and says so', () => {
    const git = new LocalGit(temporaryFolder())
    expect([git.head(), git.branch(), git.repository(), git.changed(), git.tracked(), git.defaultBranch()]).toEqual(
      Array(6).fill(null),
    )
    expect(git.changedAt('README.md')).toBeNull()
    expect(() => git.show('HEAD', 'README.md')).toThrow(CertifyError)
  })
})

describe('an empty repository', () => {
  it('has a branch and no commit', () => {
    const git = new LocalGit(Clone.empty().root)
    expect(git.branch()).toBe('main')
    expect(git.head()).toBeNull()
    expect(git.tracked()).toEqual(new Set())
    expect(git.changedAt('README.md')).toBeNull()
  })
})

describe('a repository', () => {
  it('has a head, a branch, and no origin', () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    const git = new LocalGit(clone.root)
    expect(git.head()).toBe(clone.git('rev-parse', 'HEAD').trim())
    expect(git.head()).toMatch(/^[0-9a-f]{40}$/)
    expect(git.branch()).toBe('main')
    expect(git.repository()).toBeNull()
    expect(git.defaultBranch()).toBeNull()
  })

  it('has no branch where a commit is checked out', () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    clone.git('checkout', '-q', '--detach')
    expect(new LocalGit(clone.root).branch()).toBeNull()
  })

  it.each([
    ['https://github.com/acme/shop', 'acme/shop'],
    ['https://github.com/acme/shop.git', 'acme/shop'],
    ['https://github.com/acme/shop/', 'acme/shop'],
    // In two parts, so that a secret scanner of this repository has nothing to find.
    [['https://user:secret', 'github.com/acme/shop.git'].join('@'), 'acme/shop'],
    ['git@github.com:acme/shop.git', 'acme/shop'],
    ['ssh://git@github.example.org:2222/acme/my.shop.git', 'acme/my.shop'],
    ['file:///srv/git/acme/shop.git', null],
    ['/srv/git/acme/shop', null],
    ['../acme/shop', null],
    ['https://github.com/', null],
  ])('with the origin %s is %s', (url, name) => {
    const clone = Clone.empty()
    clone.git('config', 'remote.origin.url', url)
    expect(new LocalGit(clone.root).repository()).toBe(name)
  })

  it('knows the default branch of its origin', () => {
    const clone = Clone.of({ 'a.txt': 'a' }).cloned()
    expect(new LocalGit(clone.root).defaultBranch()).toBe('origin/main')
  })
})

describe('what is asked ahead', () => {
  const MISSING = 'b'.repeat(40)
  const told = (git: LocalGit, base: string) => [git.head(), git.parents(), git.tracked(), git.mergeBase(base)]

  it('is what is told when it is asked for, of a base that the clone has and of one that it lacks', async () => {
    const clone = Clone.of({ 'a.txt': 'a', 'b/c.txt': 'c' })
    const first = clone.git('rev-parse', 'HEAD').trim()
    clone.commit()
    for (const base of [first, MISSING]) {
      const git = new LocalGit(clone.root)
      await git.ahead(base)
      expect(told(git, base)).toEqual(told(new LocalGit(clone.root), base))
      expect(git.mergeBase(base)).toBe(base === first ? first : null)
    }
  })

  it('says nothing of another base than its own', async () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    const first = clone.git('rev-parse', 'HEAD').trim()
    clone.commit()
    const git = new LocalGit(clone.root)
    await git.ahead(MISSING)
    expect(git.mergeBase(first)).toBe(first)
  })

  it('is asked for again where somebody is quicker, and is no answer from where there is none', async () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    const git = new LocalGit(clone.root)
    const ahead = git.ahead(null)
    expect(git.head()).toBe(clone.git('rev-parse', 'HEAD').trim())
    await ahead
    expect([...git.tracked()!]).toEqual(['a.txt'])
    for (const root of [temporaryFolder(), Clone.empty().root, `${clone.root}/gone`, `${clone.root}/a.txt`, `${clone.root}\0`]) {
      const none = new LocalGit(root)
      await none.ahead(MISSING)
      expect(told(none, MISSING)).toEqual(told(new LocalGit(root), MISSING))
    }
  })
})

describe('parents', () => {
  it('are those that the commit names, also where a shallow clone has none of them', () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    const first = clone.git('rev-parse', 'HEAD').trim()
    const second = clone.commit()
    expect(new LocalGit(clone.root).parents()).toEqual([first])
    const shallow = new LocalGit(clone.cloned('--depth=1').root)
    expect([shallow.head(), shallow.parents()]).toEqual([second, [first]])
  })

  it('are both sides of a merge, in their order, whatever its message says', () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    clone.git('checkout', '-q', '-b', 'feature')
    const feature = clone.commit('2026-11-02T00:00:00Z')
    clone.git('checkout', '-q', 'main')
    const main = clone.commit('2026-11-03T00:00:00Z')
    clone.git('merge', '-q', '--no-ff', '-m', `merge\n\nparent ${'f'.repeat(40)}`, 'feature')
    expect(new LocalGit(clone.root).parents()).toEqual([main, feature])
  })

  it('are none where nothing is committed, and of a first commit', () => {
    expect(new LocalGit(temporaryFolder()).parents()).toEqual([])
    expect(new LocalGit(Clone.empty().root).parents()).toEqual([])
    expect(new LocalGit(Clone.of({ 'a.txt': 'a' }).root).parents()).toEqual([])
  })
})

describe('mergeBase', () => {
  const history = () => {
    const clone = Clone.of({ 'a.txt': 'a' })
    const base = clone.commit('2026-11-02T00:00:00Z')
    clone.commit('2026-11-03T00:00:00Z')
    return { clone, base }
  }

  it('is where the commit checked out left the other; null where this clone does not have that one', () => {
    const { clone, base } = history()
    const git = new LocalGit(clone.root)
    expect(git.mergeBase(base)).toBe(base)
    expect(git.mergeBase('f'.repeat(40))).toBeNull()
  })

  it('is not known in a shallow clone, also where that has both', () => {
    const { clone, base } = history()
    const shallow = clone.cloned('--depth=2')
    expect(shallow.git('cat-file', '-t', base).trim()).toBe('commit')
    expect(new LocalGit(shallow.root).mergeBase(base)).toBeNull()
  })
})

describe('changed', () => {
  const SUB = 'packages/api'
  const both = (): Clone => Clone.of({ [`${SUB}/a.txt`]: 'a', 'other/b.txt': 'b' })

  it('is nothing after a commit, whatever untracked reports lie about', () => {
    const clone = both()
    clone.put('reports/junit.xml')
    expect(new LocalGit(clone.root).changed()).toEqual([])
  })

  it.each([
    ['changed', (clone: Clone) => clone.put(`${SUB}/a.txt`, 'other')],
    ['deleted', (clone: Clone) => void clone.git('rm', '-q', '--cached', `${SUB}/a.txt`)],
    [
      'staged',
      (clone: Clone) => {
        clone.put(`${SUB}/new.txt`)
        clone.git('add', '--all')
      },
    ],
  ])('names a tracked file that is %s', (what, change) => {
    const clone = both()
    change(clone)
    expect(new LocalGit(clone.root).changed()).toEqual([`${SUB}/${what === 'staged' ? 'new' : 'a'}.txt`])
  })

  it('speaks of the folder that is judged: a change beside it is not its own', () => {
    const clone = both()
    clone.put('other/b.txt', 'changed')
    expect(new LocalGit(join(clone.root, SUB)).changed()).toEqual([])
    expect(new LocalGit(join(clone.root, 'other')).changed()).toEqual(['b.txt'])
    expect(new LocalGit(clone.root).changed()).toEqual(['other/b.txt'])
  })

  it('names files as they are, renamed ones by both names', () => {
    const clone = Clone.of({ 'größe "x".txt': 'a', 'b.txt': 'long enough to be found again' })
    clone.put('größe "x".txt', 'b')
    clone.git('mv', 'b.txt', 'c\nd.txt')
    expect(new LocalGit(clone.root).changed()?.sort()).toEqual(['b.txt', 'c\nd.txt', 'größe "x".txt'])
  })
})

describe('tracked', () => {
  const names = ['with space.xml', 'größe/ünï.xml', 'quo"te.xml', 'tab\there.xml', 'new\nline.xml', '-dash.xml']

  it('names files as they are, whatever their names', () => {
    const clone = Clone.of(Object.fromEntries(names.map((name) => [name, 'x'])))
    clone.put('untracked.xml')
    expect([...new LocalGit(clone.root).tracked()!].sort()).toEqual([...names].sort())
  })

  it('in a folder of a repository: the paths below that folder, relative to it', () => {
    const clone = Clone.of({ 'a/b/report.xml': 'x', 'a/other.xml': 'x', 'top.xml': 'x' })
    expect(new LocalGit(join(clone.root, 'a')).tracked()).toEqual(new Set(['b/report.xml', 'other.xml']))
  })

  it('holds a file that is only staged: it would be committed with the change', () => {
    const clone = Clone.of({ 'a.xml': 'x' })
    clone.put('b.xml')
    clone.git('add', 'b.xml')
    expect(new LocalGit(clone.root).tracked()).toContain('b.xml')
  })
})

describe('changedAt', () => {
  it('is the last commit that touched the file, in UTC', () => {
    const clone = Clone.of({ 'a.md': 'a' })
    clone.put('b.md')
    clone.commit('2026-11-20T01:30:00+02:00')
    const git = new LocalGit(clone.root)
    expect(git.changedAt('a.md')).toBe('2026-11-01T08:00:00.000Z')
    expect(git.changedAt('b.md')).toBe('2026-11-19T23:30:00.000Z')
    expect(git.changedAt('never.md')).toBeNull()
  })

  it('takes a path for what it says, not for a pattern', () => {
    const clone = Clone.of({ '[a].md': 'x' })
    clone.put('a.md')
    clone.commit('2026-11-20T00:00:00Z')
    const git = new LocalGit(clone.root)
    expect(git.changedAt('[a].md')).toBe('2026-11-01T08:00:00.000Z')
    expect(git.changedAt('*.md')).toBeNull()
    expect(git.changedAt(':(top)a.md')).toBeNull()
  })

  it('is not known in a shallow clone: its only commit has touched nothing and everything', () => {
    const clone = Clone.of({ 'a.md': 'a' })
    clone.put('b.md')
    clone.commit('2026-11-20T00:00:00Z')
    expect(new LocalGit(clone.cloned('--depth=1').root).changedAt('a.md')).toBeNull()
    expect(new LocalGit(clone.cloned().root).changedAt('a.md')).toBe('2026-11-01T08:00:00.000Z')
  })

  it('is not disturbed by what the user has git show', () => {
    const clone = Clone.of({ 'a.md': 'a' })
    clone.git('config', 'log.showSignature', 'true')
    clone.git('config', 'color.ui', 'always')
    expect(new LocalGit(clone.root).changedAt('a.md')).toBe('2026-11-01T08:00:00.000Z')
  })
})

describe('show', () => {
  it('is the text at a ref, not that of the work tree', () => {
    const clone = Clone.of({ 'docs/größe.md': 'then\n' })
    clone.put('docs/größe.md', 'now\n')
    expect(new LocalGit(clone.root).show('HEAD', 'docs/größe.md')).toBe('then\n')
    expect(new LocalGit(join(clone.root, 'docs')).show('main', 'größe.md')).toBe('then\n')
  })

  it('is null where the ref has no such file: a folder is none', () => {
    const git = new LocalGit(Clone.of({ 'docs/a.md': 'x' }).root)
    expect(git.show('HEAD', 'b.md')).toBeNull()
    expect(git.show('HEAD', 'docs')).toBeNull()
  })

  it('is an empty text where the file is empty', () => {
    expect(new LocalGit(Clone.of({ 'a.md': '' }).root).show('HEAD', 'a.md')).toBe('')
  })

  it('refuses a ref that the clone does not have, and says how to fetch it', () => {
    const git = new LocalGit(Clone.of({ 'a.md': 'x' }).root)
    for (const ref of ['release/9', 'f'.repeat(40), '--help', 'HEAD^{tree}']) {
      expect(() => git.show(ref, 'a.md')).toThrow(expect.objectContaining({ hint: expect.stringMatching(/fetch/) }))
    }
  })
})

it('runs no program that the repository names', () => {
  const clone = Clone.of({ 'a.txt': 'a' })
  const trace = join(clone.root, '.git/ran')
  const hook = join(clone.root, '.git/hook.sh')
  writeFileSync(hook, `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 })
  clone.git('config', 'core.fsmonitor', hook)
  const git = new LocalGit(clone.root)
  expect([git.changed(), git.tracked()?.size]).toEqual([[], 1])
  expect(() => writeFileSync(trace, '', { flag: 'wx' })).not.toThrow()
})

describe('a clone that belongs to another user', () => {
  const asked = (anyOwner: boolean) => {
    const { root } = Clone.of({ 'a.txt': 'a' })
    // git's own switch for testing its check of the owner
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
    try {
      return new LocalGit(root, { anyOwner }).tracked()
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER
    }
  }

  it('is not trusted on a laptop', () => {
    expect(asked(false)).toBeNull()
  })

  it('is read in the Action: a container job must not make committed reports look produced', () => {
    expect(asked(true)).toEqual(new Set(['a.txt']))
  })
})

describe('calls of git', () => {
  /** The subcommands that git is called with meanwhile. */
  const calls = (work: () => void): string[] => {
    const folder = temporaryFolder()
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
    writeFileSync(join(folder, 'git'), `#!/bin/sh\necho "$@" >> '${folder}/calls'\nexec '${real}' "$@"\n`, { mode: 0o755 })
    writeFileSync(join(folder, 'calls'), '')
    const path = process.env.PATH
    process.env.PATH = `${folder}:${path}`
    try {
      work()
    } finally {
      process.env.PATH = path
    }
    const lines = readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => line.slice(ALWAYS.join(' ').length + 1).split(' ', 1)[0]!)
  }

  it('are one for the commit checked out and its parents, one for what is tracked, however often it is asked', () => {
    const git = new LocalGit(Clone.of({ 'a.txt': 'a' }).root)
    const ask = () => [git.head(), git.parents(), git.tracked()]
    expect(calls(() => [ask(), ask()])).toEqual(['cat-file', 'ls-files'])
  })

  it('are one where there is no merge base: that the clone is shallow would tell nothing more', () => {
    const git = new LocalGit(Clone.of({ 'a.txt': 'a' }).cloned('--depth=1').root)
    expect(calls(() => git.mergeBase('f'.repeat(40)))).toEqual(['merge-base'])
  })
})
