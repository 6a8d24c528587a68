// What a pull request changes, on a runner: by its clone where both sides are there, else by one request; never less than all of it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ApiChange } from '../../../src/adapters/github/change.ts'
import type { RunContext } from '../../../src/adapters/github/context.ts'
import { LocalGit } from '../../../src/adapters/node/git.ts'
import { DIFF_READER } from '../../../src/app/diff-reader.ts'
import type { Subject } from '../../../src/app/ports.ts'
import { Clone } from '../../support/clone.ts'
import { HEAD, MERGE, NO_CLONE, type RunOptions, runOn } from '../../support/github/run.ts'
import { GitHub, type GitHubOptions } from '../../support/github/server.ts'
import type { ChangedFile } from '../../support/github/state.ts'

let github: GitHub
const start = async (options: GitHubOptions = {}): Promise<void> => {
  github = await GitHub.start(options)
}
beforeEach(() => start())
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
})

const BASE = 'b'.repeat(40)
const lines = (count: number, word = 'line'): string => Array.from({ length: count }, (_, at) => `${word} ${at + 1}\n`).join('')

interface Options extends RunOptions {
  clone?: Clone
  subject?: Partial<Subject>
  context?: Partial<RunContext>
}

async function diff({ clone, subject = {}, context = {}, ...options }: Options = {}) {
  const run = await runOn(github, options)
  const own = { ...run.context, ...context, subject: { ...run.context.subject, ...subject } }
  const local = clone === undefined ? NO_CLONE : { git: new LocalGit(clone.root), read: DIFF_READER }
  const change = new ApiChange(run.client, own, {}, run.log, local)
  const found = await change.diff()
  return { found, asked: github.requests.map((one) => one.path.replace('/repos/acme/shop/', '')) }
}

const modified = (change: Partial<ChangedFile> = {}): ChangedFile => ({
  filename: 'src/a.ts',
  status: 'modified',
  additions: 2,
  deletions: 1,
  changes: 3,
  sha: 'd'.repeat(40),
  patch: '@@ -4,3 +4,4 @@\n line\n-old\n+new\n+new\n line',
  ...change,
})

/** GitHub knows the merge that was tested, and what it changes. */
function compared(...files: ChangedFile[]): void {
  github.state.merges.set(MERGE, [BASE, HEAD])
  github.state.changedFiles.set(MERGE, { mergeBase: BASE, files })
}

describe('by the API', () => {
  it('compares the merge that was tested with its own parent: there lines are numbered as in the reports', async () => {
    compared(modified())
    const { found, asked } = await diff()
    expect(found).toEqual({
      base: BASE,
      problem: null,
      files: [{ path: 'src/a.ts', from: null, status: 'modified', added: [[5, 6]], unread: null, generated: null }],
    })
    expect(asked).toEqual([`git/commits/${MERGE}`, `compare/${BASE}...${MERGE}`])
  })

  it('asks once where the clone names the parents of what is checked out, too shallow for more', async () => {
    const whole = Clone.of({ 'src/a.ts': lines(9) })
    const base = whole.git('rev-parse', 'HEAD').trim()
    whole.git('switch', '-q', '-c', 'feature')
    whole.put('src/a.ts', lines(9, 'new'))
    const head = whole.commit()
    whole.git('switch', '-q', 'main')
    whole.git('merge', '-q', '--no-ff', '-m', 'merge', 'feature')
    const tested = whole.git('rev-parse', 'HEAD').trim()
    const clone = whole.cloned('--depth', '1')
    github.state.changedFiles.set(tested, { mergeBase: base, files: [modified()] })
    const { found, asked } = await diff({ clone, subject: { commit: head, tested } })
    expect(asked).toEqual([`compare/${base}...${tested}`])
    expect(found?.files).toHaveLength(1)
  })

  it("compares a checked-out head with the pull request's base", async () => {
    github.state.changedFiles.set(HEAD, { mergeBase: '9'.repeat(40), files: [modified()] })
    const { found, asked } = await diff({ subject: { tested: null } })
    expect(asked).toEqual([`compare/${BASE}...${HEAD}`])
    expect(found).toMatchObject({ base: '9'.repeat(40), problem: null })
  })

  it('takes the base from the pull request where the event does not tell it, as for a workflow_run', async () => {
    github.state.changedFiles.set(HEAD, { mergeBase: BASE, files: [modified()] })
    const { found, asked } = await diff({ subject: { tested: null }, context: { baseSha: null } })
    expect(asked).toEqual(['pulls/12', `compare/${BASE}...${HEAD}`])
    expect(found?.problem).toBeNull()
  })

  it('compares the candidate of a merge queue', async () => {
    github.state.changedFiles.set(HEAD, { mergeBase: BASE, files: [modified()] })
    const { found } = await diff({ subject: { tested: null, event: 'merge_group', pullRequest: null } })
    expect(found).toMatchObject({ base: BASE, problem: null, files: [{ path: 'src/a.ts' }] })
  })

  it('works with what a fork may do', async () => {
    await github.stop()
    await start({ permissions: { contents: 'read', actions: 'read', checks: 'read', pull_requests: 'read' } })
    const repo = { id: 999, full_name: 'stranger/shop', fork: true }
    const pull = github.state.addPull(12, { head: { ref: 'feature', sha: HEAD, repo } })
    compared(modified())
    const { found } = await diff({ pull })
    expect(found).toMatchObject({ problem: null, files: [{ added: [[5, 6]] }] })
    expect(github.requests.map((one) => one.status)).toEqual([200, 200])
  })

  const { patch: _, ...silent } = modified({ additions: 0, deletions: 0, changes: 0 })

  it.each<[string, ChangedFile, object]>([
    ['removed', modified({ status: 'removed', additions: 0 }), { status: 'deleted', added: [], unread: null }],
    ['renamed', { ...silent, status: 'renamed', previous_filename: 'b.ts' }, { status: 'renamed', from: 'b.ts', unread: null }],
    ['empty', { ...silent, status: 'added', sha: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' }, { status: 'added', unread: null }],
    ['binary', silent, { status: 'modified', added: [], unread: 'binary' }],
    ['long', { ...silent, additions: 9000, changes: 9000 }, { added: [], unread: 'left_out' }],
    ['cut off', modified({ additions: 3, changes: 4 }), { added: [], unread: 'left_out' }],
    ['no patch at all', modified({ patch: 'Binary files differ' }), { added: [], unread: 'left_out' }],
  ])('a file that is %s', async (_name, file, expected) => {
    compared(file)
    const { found } = await diff()
    expect(found).toMatchObject({ problem: null, files: [{ path: 'src/a.ts', ...expected }] })
  })
})

describe('what is not the whole of it is said, and nothing is concluded', () => {
  it('three hundred files, where there may be more', async () => {
    compared(...Array.from({ length: 301 }, (_, at) => modified({ filename: `src/${at}.ts` })))
    const { found } = await diff()
    expect(found).toMatchObject({ files: [], problem: expect.stringContaining('first 300') })
  })

  it.each([
    ['a commit that GitHub does not know', () => {}, /not found/],
    [
      'a token without contents: read',
      () => {
        github.state.permissions = { contents: 'none' }
      },
      /contents: read/,
    ],
    [
      'an outage',
      () => {
        compared(modified())
        for (let i = 0; i < 9; i++) github.faults.order(/compare/, { status: 500 })
      },
      /500/,
    ],
  ])('%s', async (_, prepare, why) => {
    prepare()
    const { found } = await diff()
    expect(found).toMatchObject({ files: [], problem: expect.stringMatching(why) })
  })

  it('a pull request that nobody knows the base of', async () => {
    const { found } = await diff({ subject: { tested: null, pullRequest: null }, context: { baseSha: null } })
    expect(found?.problem).toMatch(/based on/)
  })
})

describe('by the clone', () => {
  /** A feature that changes line 3, while main has gone on above it; checked out is what GitHub would have merged. */
  function history() {
    const clone = Clone.of({ 'src/a.ts': lines(9) })
    clone.git('switch', '-q', '-c', 'feature')
    clone.put('src/a.ts', lines(9).replace('line 7', 'changed'))
    const head = clone.commit()
    clone.git('switch', '-q', 'main')
    clone.put('src/a.ts', `first\nsecond\n${lines(9)}`)
    clone.put('other.ts', lines(3))
    const base = clone.commit()
    clone.git('merge', '-q', '--no-ff', '-m', 'merge', 'feature')
    return { clone, head, base, tested: clone.git('rev-parse', 'HEAD').trim() }
  }

  it('tells the lines as they are numbered in what was tested, without a request and without what others did', async () => {
    const { clone, head, base, tested } = history()
    const { found, asked } = await diff({ clone: clone.cloned('--depth', '2'), subject: { commit: head, tested } })
    expect(found).toMatchObject({ base, problem: null, files: [{ path: 'src/a.ts', added: [[9, 9]] }] })
    expect(asked).toEqual([])
  })

  it('tells a checked-out head from where it left its base', async () => {
    const { clone, head, base } = history()
    clone.git('switch', '-q', 'feature')
    const { found, asked } = await diff({ clone, subject: { commit: head }, context: { baseSha: base } })
    expect(found).toMatchObject({ base: clone.git('rev-parse', 'HEAD^').trim(), files: [{ added: [[7, 7]] }] })
    expect(asked).toEqual([])
  })

  it('is not asked where it is too shallow to know where that was', async () => {
    const { clone, head, base } = history()
    clone.git('switch', '-q', 'feature')
    github.state.changedFiles.set(head, { mergeBase: BASE, files: [modified()] })
    const { asked } = await diff({ clone: clone.cloned('--depth', '1'), subject: { commit: head }, context: { baseSha: base } })
    expect(asked).toEqual([`compare/${base}...${head}`])
  })
})

it('a run of a branch itself has no change, and asks nobody', async () => {
  const { found, asked } = await diff({ pull: null })
  expect(found).toBeNull()
  expect(asked).toEqual([])
})
