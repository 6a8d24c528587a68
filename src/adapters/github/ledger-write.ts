// One commit onto a ledger branch, by the Git Data API. The branch moves forward or not at all: nothing is ever forced.
import type { RequestError } from '@octokit/request-error'
import type { LedgerWrite } from '../../app/ports.ts'
import { HEAD_PATH } from '../../model/ledger.ts'
import type { Client } from './client.ts'
import type { Repository } from './ledger-read.ts'
import { isEmptyRepository, unwritableBranch } from './ledger-trouble.ts'
import { isLimit, mayHaveHappened } from './trouble.ts'

export interface Branch extends Repository {
  branch: string
  place: string
}

/** The caller reads again and repeats all of it, so the client repeats none: a lost answer must not look like a lost race. */
const ONCE = { request: { retries: 0 } }

/** What was just made is sometimes not known to the next server asked. */
const NOT_YET_KNOWN = /does not exist|bad ?object|could not be found/i

/** The new commit's id; null: it was not made, and trying again may help. Throws CertifyError where it cannot. */
export async function buildCommit(
  client: Client,
  { owner, repo, branch, place }: Branch,
  onto: { commit: string; tree: string } | null,
  files: LedgerWrite,
): Promise<string | null> {
  const entries = [...files.objects, ...files.records, ...files.extras, [HEAD_PATH, files.head] as const]
  try {
    const tree = await client.rest.git.createTree({
      owner,
      repo,
      ...(onto === null ? {} : { base_tree: onto.tree }),
      tree: entries.map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
      ...ONCE,
    })
    // No author: the commit is the token's, and GitHub signs it where it can.
    const commit = await client.rest.git.createCommit({
      owner,
      repo,
      message: files.message,
      tree: tree.data.sha,
      parents: onto === null ? [] : [onto.commit],
      ...ONCE,
    })
    return commit.data.sha
  } catch (error) {
    if (mayHaveHappened(error)) return null // A tree or commit that nothing names is nothing.
    return lostOrThrow(error as RequestError, branch, place, NOT_YET_KNOWN)
  }
}

/** `first`: the branch comes into being with it. */
export async function moveBranch(
  client: Client,
  { owner, repo, branch, place }: Branch,
  first: boolean,
  sha: string,
): Promise<'written' | 'lost' | 'uncertain'> {
  try {
    if (first) await client.rest.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha, ...ONCE })
    else await client.rest.git.updateRef({ owner, repo, ref: `heads/${branch}`, sha, force: false, ...ONCE })
    return 'written'
  } catch (error) {
    if (mayHaveHappened(error)) return 'uncertain'
    lostOrThrow(error as RequestError, branch, place, /fast.?forward|reference already exists|does not exist/i)
    return 'lost'
  }
}

function lostOrThrow(error: RequestError, branch: string, place: string, again: RegExp): null {
  if (error.status === 409 && !isEmptyRepository(error)) return null
  if (error.status === 422 && !isLimit(error) && again.test(error.message)) return null
  throw unwritableBranch(place, branch, error)
}
