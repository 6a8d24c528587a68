// Which lines a diff adds: by what real git writes, and by what nobody should write.
import { describe, expect, it } from '@jest/globals'
import { LocalGit } from '../../../src/adapters/node/git.ts'
import { readGitDiff } from '../../../src/evidence/diff/git-diff.ts'
import { readPatch } from '../../../src/evidence/diff/hunks.ts'
import { Clone } from '../../support/clone.ts'

const numbered = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at + 1}\n`).join('')

/** What git says of everything that `change` does to these files. */
function changed(before: Record<string, string>, change: (clone: Clone) => void) {
  const clone = Clone.of(before)
  const base = clone.git('rev-parse', 'HEAD').trim()
  change(clone)
  clone.commit()
  return readGitDiff(new LocalGit(clone.root).diff(base, 'commit')!)
}

const plain = { from: null, status: 'modified', unread: null, generated: null }

describe("git's own diff", () => {
  it('gives the added lines of several hunks, numbered as in the new file', () => {
    const read = changed({ 'a.ts': numbered(30) }, (clone) => {
      const lines = numbered(30).split('\n')
      lines.splice(20, 2, 'changed', 'changed', 'changed')
      lines.splice(4, 0, 'new')
      clone.put('a.ts', lines.join('\n'))
    })
    expect(read).toEqual({
      problem: null,
      files: [
        {
          ...plain,
          path: 'a.ts',
          added: [
            [5, 5],
            [22, 24],
          ],
        },
      ],
    })
  })

  it.each([
    ['a new file', {}, { 'b.ts': numbered(3) }, { path: 'b.ts', status: 'added', added: [[1, 3]] }],
    ['an empty new file', {}, { 'b.ts': '' }, { path: 'b.ts', status: 'added', added: [] }],
    ['no newline at the end', { 'b.ts': 'a\nb' }, { 'b.ts': 'a\nb\nc' }, { path: 'b.ts', added: [[2, 3]] }],
    ['a newline at the end alone', { 'b.ts': 'a\nb' }, { 'b.ts': 'a\nb\n' }, { path: 'b.ts', added: [[2, 2]] }],
    ['lines taken away alone', { 'b.ts': numbered(9) }, { 'b.ts': numbered(5) }, { path: 'b.ts', added: [] }],
    ['CRLF', { 'b.ts': 'a\r\nb\r\n' }, { 'b.ts': 'a\r\nx\r\nb\r\n' }, { path: 'b.ts', added: [[2, 2]] }],
    ['CRLF instead of LF', { 'b.ts': 'a\nb\n' }, { 'b.ts': 'a\r\nb\r\n' }, { path: 'b.ts', added: [[1, 2]] }],
    ['bytes that are no text', {}, { 'b.ts': 'a\0b' }, { path: 'b.ts', status: 'added', unread: 'binary', added: [] }],
  ])('%s', (_, before, after, expected) => {
    const read = changed({ 'z.md': 'z', ...before }, (clone) => {
      for (const [path, content] of Object.entries(after)) clone.put(path, content)
    })
    expect(read).toEqual({ problem: null, files: [{ ...plain, ...expected }] })
  })

  it.each([
    'a b.ts',
    'ä/ö.ts',
    'with"quote.ts',
    'with\ttab.ts',
    'back\\slash.ts',
    'a/b b/c.ts',
    ' b/x.ts',
    'emoji 🎈.ts',
    'new\nline.ts',
  ])('names %j as it is', (path) => {
    const added = changed({ 'z.md': 'z' }, (clone) => clone.put(path, 'x\n'))
    expect(added.files).toMatchObject([{ path, status: 'added', added: [[1, 1]] }])
    const binary = changed({ 'z.md': 'z' }, (clone) => clone.put(path, '\0'))
    expect(binary.files).toMatchObject([{ path, unread: 'binary' }])
    const gone = changed({ 'z.md': 'z', [path]: 'x\n' }, (clone) => void clone.git('rm', '-q', '--', path))
    expect(gone.files).toMatchObject([{ path, status: 'deleted', added: [] }])
    const mode = changed({ 'z.md': 'z', [path]: 'x\n' }, (clone) => {
      clone.git('update-index', '--chmod=+x', '--', path)
      clone.git('config', 'core.fileMode', 'false')
    })
    expect(mode.files).toMatchObject([{ path, status: 'modified', added: [], unread: null }])
    const moved = changed({ 'z.md': 'z', [path]: numbered(9) }, (clone) => void clone.git('mv', '--', path, 'moved to.ts'))
    expect(moved.files).toMatchObject([{ path: 'moved to.ts', from: path, status: 'renamed', added: [] }])
  })

  it('of a file that moved and changed is the changed lines alone', () => {
    const read = changed({ 'src/a.ts': numbered(20) }, (clone) => {
      clone.git('mv', 'src/a.ts', 'b.ts')
      clone.put('b.ts', numbered(20).replace('line 7\n', 'line seven\n'))
    })
    expect(read.files).toEqual([{ ...plain, path: 'b.ts', from: 'src/a.ts', status: 'renamed', added: [[7, 7]] }])
  })

  it('is not led astray by what the lines themselves say', () => {
    const lines = ['diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1 +1 @@', '\\ No newline at end of file', 'rename to y', '']
    const read = changed({ 'a.ts': `${lines.join('\n')}\nend\n` }, (clone) => {
      clone.put('a.ts', `${lines.map((line) => `${line} `).join('\n')}\n${lines.join('\n')}\nend`)
    })
    expect(read.problem).toBeNull()
    expect(read.files).toHaveLength(1)
    expect(read.files[0]).toMatchObject({ path: 'a.ts', status: 'modified' })
    expect(read.files[0]!.added.flat().at(-1)).toBe(15)
  })

  it("keeps out of the user's own settings", () => {
    const clone = Clone.of({ 'a.ts': numbered(9) })
    const base = clone.git('rev-parse', 'HEAD').trim()
    for (const [key, value] of [
      ['diff.external', 'false'],
      ['diff.noprefix', 'true'],
      ['diff.mnemonicPrefix', 'true'],
      ['diff.interHunkContext', '9'],
      ['diff.context', '9'],
      ['color.diff', 'always'],
      ['core.quotePath', 'false'],
      ['diff.suppressBlankEmpty', 'true'],
    ])
      clone.git('config', key!, value!)
    clone.put('a.ts', numbered(9).replace('line 2', 'x').replace('line 6', 'y'))
    clone.commit()
    expect(readGitDiff(new LocalGit(clone.root).diff(base, 'commit')!).files).toMatchObject([
      {
        path: 'a.ts',
        added: [
          [2, 2],
          [6, 6],
        ],
      },
    ])
  })
})

const HEAD = 'diff --git a/a.ts b/a.ts\nindex 1..2 100644\n--- a/a.ts\n+++ b/a.ts\n'

describe('what is no whole diff', () => {
  it.each([
    ['a head that announces more lines', `${HEAD}@@ -0,0 +1,3 @@\n+a\n+b\n`],
    ['a head that announces fewer', `${HEAD}@@ -0,0 +1 @@\n+a\n+b\n`],
    ['a head that is none', `${HEAD}@@ what @@\n+a\n`],
    ['a line of another kind', `${HEAD}@@ -0,0 +1,2 @@\n+a\n?b\n`],
    ['a conflict', '* Unmerged path a.ts\n'],
    ['a merge of three', 'diff --cc a.ts\nindex 1,2..3\n'],
    ['text', 'fatal: bad revision\n'],
    ['a path that never ends', 'diff --git "a/a.ts b/a.ts\nnew file mode 100644\n'],
    ['no path at all', 'diff --git a/a.ts b/b.ts\nold mode 100644\nnew mode 100755\n'],
  ])('%s is said to be incomplete, and nothing is told of it', (_, text) => {
    const read = readGitDiff(text)
    expect(read.files).toEqual([])
    expect(read.problem).toMatch(/cannot be read/)
  })

  it('an empty one is whole', () => {
    expect(readGitDiff('')).toEqual({ files: [], problem: null })
  })
})

describe("GitHub's patch", () => {
  it('gives the added lines between those that stay', () => {
    const patch = '@@ -1,4 +1,5 @@ class A {\n a\n-b\n+c\n+d\n \n e\n\\ No newline at end of file'
    expect(readPatch(patch)).toEqual({ added: [[2, 3]], plus: 2 })
  })

  it.each(['', '@@ -1 +1 @@\n-a\n+b'])('%j is whole', (patch) => {
    expect(readPatch(patch)).not.toBeNull()
  })

  it.each(['@@ -1 +1,9 @@\n-a\n+b', 'Binary files differ', '@@ -1 +1 @@\n-a\n+b\ntail'])('%j is not', (patch) => {
    expect(readPatch(patch)).toBeNull()
  })
})

it('ten megabytes are read without a hang, whatever they are', () => {
  const many = `${HEAD}@@ -0,0 +1,1000000 @@\n${'+123456789\n'.repeat(1_000_000)}`
  expect(readGitDiff(many).files[0]!.added).toEqual([[1, 1_000_000]])
  expect(readGitDiff('x'.repeat(10_000_000)).problem).not.toBeNull()
  expect(readGitDiff(`diff --git "${'\\303'.repeat(2_000_000)}`).problem).not.toBeNull()
  expect(readGitDiff(`diff --git ${'a/ b/'.repeat(2_000_000)}\n`).problem).not.toBeNull()
})
