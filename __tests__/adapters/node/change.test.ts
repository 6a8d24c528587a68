// The change as a laptop knows it (decision 22): the work tree; everything else is GitHub's to know, and not guessed.
import { expect, it } from '@jest/globals'
import { LocalChange } from '../../../src/adapters/node/change.ts'
import { LocalGit } from '../../../src/adapters/node/git.ts'
import { DIFF_READER } from '../../../src/app/diff-reader.ts'
import { Clone, temporaryFolder } from '../../support/clone.ts'

it('knows whether the work tree is clean, and nothing of drafts, conflicts and other jobs', async () => {
  const clone = Clone.of({ 'a.txt': 'a' })
  const change = new LocalChange(new LocalGit(clone.root), DIFF_READER)
  expect(await change.state()).toEqual({ draft: null, conflict: null, cleanWorkTree: true })
  expect(await change.producers()).toEqual([])
})

it('knows nothing at all without a repository', async () => {
  const change = new LocalChange(new LocalGit(temporaryFolder()), DIFF_READER)
  expect(await change.state()).toEqual({ draft: null, conflict: null, cleanWorkTree: null })
})
