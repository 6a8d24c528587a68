// Who had a hand in a change and so may not approve it: authors and mergers of its pull requests, pushers, starters (decision 32).
import { RequestError } from '@octokit/request-error'
import type { Excluded } from '../../model/approval.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { type CommitHands, type Hand, handsOfCommits, handsOfPulls } from './hands.ts'
import { type Pushes, pushesOf } from './pushes.ts'
import { unaskable } from './unaskable.ts'

/** Commits since the last certified one that are looked at. */
const MAX_COMMITS = 500
const MAX_ATTEMPTS = 50

interface Told {
  people: Excluded[]
  problems: string[]
}

/**
 * `since` null: nothing was certified yet, so the change is what this run's push or pull request brought. `included`: that commit is
 * a part of it. Throws CertifyError where GitHub cannot be asked; `problem` says what it could not tell completely.
 */
export async function excludedFrom(
  client: Client,
  context: RunContext,
  since: string | null,
  included = false,
): Promise<{ people: Excluded[]; problem: string | null }> {
  const { subject } = context
  const head = subject.commit
  if (head === null || subject.run === null) return { people: [], problem: 'which commit and run this is about is not known' }
  const started = await starters(client, context, subject.run)
  const pushes = await pushesOf(client, context)
  // A run of the same commit that passed before says nothing of who brought it.
  const known = since === head ? null : since
  const commits = await commitsOf(client, context, known ?? pushes.before(head), head, known !== null && included)
  const parts = [await handsOf(client, context, commits), pushers(commits.hands, pushes, started.pushed, head), started]
  if (known === null && pushes.problem !== null && commits.hands.some((one) => one.pulls.length === 0))
    commits.problems.push(`what this push brought is not known: ${pushes.problem}`)
  const problems = [...commits.problems, ...parts.flatMap((part) => part.problems)]
  return { people: onceEach(parts.flatMap((part) => part.people)), problem: problems[0] ?? null }
}

/** Who caused the run, and who started each of its attempts; `pushed`: the run's own event is the push of its commit. */
async function starters(
  client: Client,
  { owner, repo, subject }: RunContext,
  run: number,
): Promise<Told & { pushed: Hand | null }> {
  const attempts = Math.max(1, subject.attempt ?? 1)
  const people: Excluded[] = []
  let pushed: Hand | null = null
  try {
    for (let attempt = 1; attempt <= Math.min(attempts, MAX_ATTEMPTS); attempt += 1) {
      const request = { owner, repo, run_id: run, attempt_number: attempt }
      const { data } = await client.rest.actions.getWorkflowRunAttempt(request)
      if (data.actor) people.push(because(data.actor, 'caused this run'))
      if (data.triggering_actor) people.push(because(data.triggering_actor, `started attempt ${attempt} of this run`))
      if (data.event === 'push' && data.head_sha === subject.commit) pushed = data.actor ?? null
    }
  } catch (error) {
    throw unaskable(`who started run ${run} cannot be read`, error, 'actions: read')
  }
  const problems = attempts > MAX_ATTEMPTS ? [`of ${attempts} attempts only the first ${MAX_ATTEMPTS} were looked at`] : []
  return { people, problems, pushed }
}

interface Commits {
  hands: CommitHands[]
  problems: string[]
}

/** All commits after `since` up to the head; with `since` null the head alone. */
async function commitsOf(
  client: Client,
  context: RunContext,
  since: string | null,
  head: string,
  included: boolean,
): Promise<Commits> {
  const { owner, repo } = context
  const shas = included && since !== null ? [head, since] : [head]
  const problems: string[] = []
  try {
    if (since !== null && since !== head) {
      const request = { owner, repo, basehead: `${since}...${head}`, per_page: 100 }
      for (let page = 1, more = true; more; page += 1) {
        const { data } = await client.rest.repos.compareCommitsWithBasehead({ ...request, page })
        for (const { sha } of data.commits) if (!shas.includes(sha)) shas.push(sha)
        more = page * 100 < data.total_commits && page * 100 < MAX_COMMITS
        if (!more && page * 100 < data.total_commits)
          problems.push(`of ${data.total_commits} commits since ${short(since)} only ${page * 100} were looked at`)
      }
    }
    const hands = await handsOfCommits(client, context, shas)
    for (const [at, one] of hands.entries())
      if (one === null) problems.push(`GitHub shows no commit ${short(shas[at]!)}`)
      else if (one.incomplete) problems.push(`commit ${short(one.sha)} has more authors or pull requests than can be listed`)
    return { hands: hands.filter((one) => one !== null), problems }
  } catch (error) {
    if (since !== null && error instanceof RequestError && error.status === 404)
      throw new CertifyError(
        'github_unaskable',
        `GitHub cannot compare ${short(since)} with ${short(head)}: one of them is gone`,
        {
          hint: 'certify the branch anew, or bring the commit back',
          cause: error,
        },
      )
    throw unaskable('who wrote this change cannot be read', error, 'contents: read` and `pull-requests: read')
  }
}

async function handsOf(client: Client, context: RunContext, { hands }: Commits): Promise<Told> {
  const { pullRequest } = context.subject
  const numbers = [...new Set([...(pullRequest === null ? [] : [pullRequest]), ...hands.flatMap((one) => one.pulls)])]
  try {
    const pulls = await handsOfPulls(client, context, numbers)
    const of = (hand: Hand | null, why: string): Excluded[] => (hand === null ? [] : [because(hand, why)])
    return {
      people: [
        ...pulls.flatMap(({ number, author }) => of(author, `author of pull request ${number}`)),
        ...pulls.flatMap(({ number, mergedBy }) => of(mergedBy, `merged pull request ${number}`)),
        ...pulls.flatMap(({ number, authors }) =>
          authors.flatMap((hand) => of(hand, `wrote a commit of pull request ${number}`)),
        ),
        ...hands.flatMap(({ sha, authors }) => authors.flatMap((hand) => of(hand, `wrote commit ${short(sha)}`))),
      ],
      problems: pulls
        .filter((pull) => pull.incomplete)
        .map(({ number }) => `pull request ${number} has more commits or authors than can be listed`),
    }
  } catch (error) {
    throw unaskable('the pull requests of this change cannot be read', error, 'pull-requests: read')
  }
}

/** Commits that came with no pull request were pushed by somebody: not knowing who leaves the list open. */
function pushers(hands: readonly CommitHands[], pushes: Pushes, pushed: Hand | null, head: string): Told {
  const shas = new Set(hands.map((one) => one.sha))
  const people: Excluded[] = pushed === null ? [] : [because(pushed, `pushed ${short(head)}`)]
  for (const push of pushes.of(shas)) people.push(because(push.actor, `pushed ${short(push.after)}`))
  const bare = hands.filter((one) => one.pulls.length === 0 && !(one.sha === head && pushed !== null))
  if (bare.length === 0 || pushes.reach(head, shas)) return { people, problems: [] }
  const why = pushes.problem === null ? '' : `: ${pushes.problem}`
  return { people, problems: [`who pushed ${short(bare[0]!.sha)}, which came with no pull request, is not known${why}`] }
}

function because({ id, login }: { id: number | null; login: string }, why: string): Excluded {
  return { id, login, why }
}

/** The first reason of each person. */
function onceEach(people: readonly Excluded[]): Excluded[] {
  const seen = new Map<string, Excluded>()
  for (const one of people) {
    const key = one.id === null ? one.login.toLowerCase() : String(one.id)
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
}

function short(sha: string): string {
  return sha.slice(0, 7)
}
