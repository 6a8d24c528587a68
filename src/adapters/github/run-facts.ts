// What GitHub says of a run itself, and where the branch or pull request it is about has got to since.
import { RequestError } from '@octokit/request-error'
import type { RunFacts } from '../../app/ports.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { unaskable } from './unaskable.ts'

/** null: no such run, or one whose commit is not this repository's. Throws CertifyError. */
export async function runFacts(
  client: Client,
  { owner, repo, repositoryId }: RunContext,
  run_id: number,
): Promise<RunFacts | null> {
  try {
    const { data } = await client.rest.actions.getWorkflowRun({ owner, repo, run_id })
    if (repositoryId !== null && data.head_repository?.id !== repositoryId) return null
    const { head_sha, run_attempt, event, head_branch: branch } = data
    return { commit: head_sha.toLowerCase(), attempt: run_attempt ?? 1, event, branch }
  } catch (error) {
    if (isMissing(error)) return null
    throw unaskable(`run ${run_id} cannot be read`, error, 'actions: read')
  }
}

/** As `Reviews.tip` says. Throws CertifyError. */
export async function tipOf(client: Client, { owner, repo, subject }: RunContext): Promise<string | null> {
  const { pullRequest, ref } = subject
  const branch = /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1]
  try {
    if (pullRequest !== null) {
      const { data } = await client.rest.pulls.get({ owner, repo, pull_number: pullRequest })
      return data.head.sha.toLowerCase()
    }
    if (branch === undefined) return null
    const { data } = await client.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })
    return data.object.sha.toLowerCase()
  } catch (error) {
    if (isMissing(error)) return ''
    throw unaskable('where the branch is now cannot be read', error, 'contents: read` and `pull-requests: read')
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof RequestError && error.status === 404
}
