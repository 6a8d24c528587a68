// What a pull request or a merge queue's candidate changes: by the runner's clone where it has both sides, else by the compare API.
import type { Git } from '../../app/ports.ts'
import { type ChangedFile, type Diff, type DiffReader, unknownDiff } from '../../model/diff.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { troubleOf } from './trouble.ts'

export interface DiffAsked {
  client: Client
  context: RunContext
  git: Pick<Git, 'head' | 'parents' | 'mergeBase' | 'diff'>
  read: DiffReader
  /** The branch's commit that the pull request was last compared with, where the event does not tell. */
  baseOf: () => Promise<string | null>
}

/** The lines of the commit that was tested, mostly GitHub's own merge of the two: only there they are numbered as reports do. */
interface Span {
  base: string
  tip: string
  /** Base is the tip's own parent, not just a commit of the branch. */
  exact: boolean
}

const LISTED = 300
/** Of a file without a byte. */
const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'

/** null: a run of a branch itself. */
export async function diffOf(asked: DiffAsked): Promise<Diff | null> {
  const { event } = asked.context.subject
  if (event !== 'pull_request' && event !== 'merge_group') return null
  try {
    const span = await spanOf(asked)
    if (span === null) return unknownDiff('GitHub does not say which commit the change is based on')
    return byClone(span, asked) ?? (await byApi(span, asked))
  } catch (error) {
    return unknownDiff(troubleOf(error, 'contents: read').text)
  }
}

async function spanOf({ client, context, git, baseOf }: DiffAsked): Promise<Span | null> {
  const { owner, repo, subject, baseSha } = context
  const { commit, tested } = subject
  if (commit === null) return null
  const checkedOut = git.head()
  if (tested !== null && checkedOut !== commit) {
    const parents =
      checkedOut === tested
        ? git.parents()
        : (await client.rest.git.getCommit({ owner, repo, commit_sha: tested })).data.parents.map((one) => one.sha)
    const [base] = parents
    if (base !== undefined && parents[1] === commit) return { base, tip: tested, exact: true }
  }
  const base = baseSha ?? (await baseOf())
  return base === null ? null : { base, tip: commit, exact: false }
}

function byClone({ base, tip, exact }: Span, { git, read }: DiffAsked): Diff | null {
  if (git.head() !== tip) return null
  const from = exact ? base : git.mergeBase(base)
  const text = from === null ? null : git.diff(from, 'commit')
  return text === null ? null : { base: from, ...read.git(text) }
}

/** One request: GitHub lists at most three hundred files, and always on the first page. */
async function byApi({ base, tip }: Span, { client, context, read }: DiffAsked): Promise<Diff> {
  const { owner, repo } = context
  const request = { owner, repo, basehead: `${base}...${tip}`, per_page: 1, page: 1 }
  const { data } = await client.rest.repos.compareCommitsWithBasehead(request)
  const from = data.merge_base_commit?.sha ?? null
  const files = data.files ?? null
  if (files === null) return unknownDiff('GitHub lists no files of it', from)
  if (files.length >= LISTED) return unknownDiff(`GitHub lists only the first ${LISTED} files of it`, from)
  return { base: from, files: files.map((file) => changedFile(file, read)), problem: null }
}

interface Listed {
  filename: string
  previous_filename?: string
  status: string
  additions: number
  changes: number
  patch?: string
  sha: string | null
}

const STATES: Readonly<Record<string, ChangedFile['status']>> = {
  added: 'added',
  removed: 'deleted',
  renamed: 'renamed',
  copied: 'copied',
}

function changedFile(file: Listed, read: DiffReader): ChangedFile {
  const status = STATES[file.status] ?? 'modified'
  const hunks = file.patch === undefined ? null : read.patch(file.patch)
  // A patch that was cut off has fewer lines than the file's count says.
  const whole = hunks !== null && hunks.plus === file.additions
  return {
    path: file.filename,
    from: file.previous_filename ?? null,
    status,
    added: whole ? hunks.added : [],
    unread: whole ? null : whyUnread(file, status),
    generated: null,
  }
}

/** No patch at all: nothing is changed in it, it is binary, or its patch is too long for GitHub. */
function whyUnread({ patch, changes, sha }: Listed, status: ChangedFile['status']): ChangedFile['unread'] {
  if (patch !== undefined || changes > 0) return status === 'deleted' ? null : 'left_out'
  return sha === EMPTY_BLOB || status === 'deleted' || status === 'renamed' || status === 'copied' ? null : 'binary'
}
