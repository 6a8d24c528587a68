// The change as a laptop knows it (decision 22): the work tree; everything else is GitHub's to know, and not guessed.
import { describe, expect, it } from '@jest/globals'
import { LocalChange } from '../../../src/adapters/node/change.ts'
import { LocalGit } from '../../../src/adapters/node/git.ts'
import { DIFF_READER } from '../../../src/app/diff-reader.ts'
import { Clone, temporaryFolder } from '../../support/clone.ts'

it('knows whether the work tree is clean, and nothing of drafts, conflicts and other jobs', async () => {
  const clone = Clone.of({ 'a.txt': 'a' })
  const change = new LocalChange(new LocalGit(clone.root), DIFF_READER)
  expect(await change.state()).toEqual({ draft: null, conflict: null, changed: [] })
  expect(await change.producers()).toEqual([])
})

it('takes what certify itself wrote for no change, where somebody has committed that', async () => {
  const clone = Clone.of({ 'a.txt': 'a', 'certify-report/result.json': '{}', '.certify/ledger/HEAD': '0', '.certifyx/b': 'b' })
  for (const path of ['certify-report/result.json', '.certify/ledger/HEAD', '.certifyx/b']) clone.put(path, 'changed')
  const change = new LocalChange(new LocalGit(clone.root), DIFF_READER, ['certify-report', '.certify'])
  expect(await change.state()).toMatchObject({ changed: ['.certifyx/b'] })
})

it('knows nothing at all without a repository', async () => {
  const change = new LocalChange(new LocalGit(temporaryFolder()), DIFF_READER)
  expect(await change.state()).toEqual({ draft: null, conflict: null, changed: null })
})

describe('what it changes', () => {
  const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('')
  const diff = (clone: Clone) => new LocalChange(new LocalGit(clone.root), DIFF_READER).diff()

  function feature(): Clone {
    const clone = Clone.of({ 'a.ts': numbered(9), 'b.ts': numbered(3) })
    clone.git('switch', '-q', '-c', 'feature')
    clone.put('a.ts', numbered(9).replace('line 4', 'four'))
    clone.commit()
    return clone
  }

  it('is told from where it left the default branch, with what is not committed yet', async () => {
    const clone = feature()
    clone.git('switch', '-q', 'main')
    clone.put('b.ts', numbered(5))
    clone.commit()
    clone.git('switch', '-q', 'feature')
    clone.put('a.ts', numbered(12).replace('line 4', 'four'))
    expect(await diff(clone)).toMatchObject({
      base: clone.git('rev-parse', 'main^').trim(),
      problem: null,
      files: [
        {
          path: 'a.ts',
          added: [
            [4, 4],
            [10, 12],
          ],
        },
      ],
    })
  })

  it('is told from the remote default branch, wherever the own one is', async () => {
    const clone = feature().cloned()
    clone.git('switch', '-q', '-c', 'mine')
    clone.put('a.ts', numbered(10).replace('line 4', 'four'))
    clone.commit()
    clone.git('remote', 'set-head', 'origin', 'main')
    const found = await diff(clone)
    expect(found?.files).toMatchObject([
      {
        added: [
          [4, 4],
          [10, 10],
        ],
      },
    ])
  })

  it('is the last commit on the default branch itself, and nothing on its first', async () => {
    const clone = Clone.of({ 'a.ts': numbered(2) })
    expect(await diff(clone)).toBeNull()
    clone.put('a.ts', numbered(3))
    clone.commit()
    expect(await diff(clone)).toMatchObject({ files: [{ path: 'a.ts', added: [[3, 3]] }], problem: null })
  })

  it.each([
    [
      'a shallow clone',
      () => {
        const clone = feature()
        clone.git('switch', '-q', 'main')
        return clone.cloned('--depth', '1', '--no-single-branch', '--branch', 'feature')
      },
    ],
    ['a folder that is no clone', () => new Clone(temporaryFolder())],
  ])('is not known in %s, and that is said', async (_, make) => {
    const found = await diff(make())
    expect(found).toMatchObject({ files: [] })
    expect(found?.problem).toMatch(/clone/)
  })

  it('is nothing where no branch is the default one', async () => {
    const clone = Clone.of({ 'a.ts': numbered(2) })
    clone.git('branch', '-q', '-m', 'trunk')
    expect(await diff(clone)).toBeNull()
  })
})
