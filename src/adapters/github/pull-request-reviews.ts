// Reviews of the head commit itself, where the policy takes them in place of an environment's.
import type { Review } from '../../model/approval.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { unaskable } from './unaskable.ts'

/** As the environment that these reviews are of. */
export const PULL_REQUEST = 'pull request'

/** The last word of each person on the head commit; what they said of an earlier one never counts. Throws CertifyError. */
export async function pullRequestReviews(client: Client, context: RunContext): Promise<Review[]> {
  const { owner, repo, subject } = context
  const { commit } = subject
  if (commit === null) return []
  try {
    const last = new Map<number, Review>()
    for (const pull_number of await pullsOf(client, context, commit)) {
      const reviews = await client.paginate(client.rest.pulls.listReviews, { owner, repo, pull_number, per_page: 100 })
      for (const { state, user, body, commit_id } of reviews) {
        // A comment changes nothing; a dismissal takes the word back. An app has no say.
        if (!['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(state) || user?.type !== 'User') continue
        last.delete(user.id)
        if (state === 'DISMISSED' || commit_id !== commit) continue
        last.set(user.id, {
          environments: [PULL_REQUEST],
          state: state === 'APPROVED' ? 'approved' : 'rejected',
          user: { id: user.id, login: user.login },
          comment: body ?? '',
        })
      }
    }
    return [...last.values()]
  } catch (error) {
    throw unaskable('the reviews of the pull request cannot be read', error, 'pull-requests: read')
  }
}

async function pullsOf(client: Client, { owner, repo, subject }: RunContext, commit: string): Promise<number[]> {
  if (subject.pullRequest !== null) return [subject.pullRequest]
  const request = { owner, repo, commit_sha: commit, per_page: 100 }
  return (await client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, request)).map(({ number }) => number)
}
