// Who had a hand in a change: attempts of a run, pushes, comparisons, reviews of pull requests, accounts and teams.
import type { Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import { teamId } from '../environments.ts'

/** Commits after `base` up to and with `head`, oldest first; null: one of them does not exist. */
function between({ state }: Asked, base: string, head: string): string[] | null {
  if (!state.knowsCommit(head) || !state.knowsCommit(base)) return null
  const older = new Set<string>()
  for (let sha: string | undefined = base; sha !== undefined; sha = state.parents.get(sha)) older.add(sha)
  const found: string[] = []
  for (let sha: string | undefined = head; sha !== undefined && !older.has(sha); sha = state.parents.get(sha)) found.push(sha)
  return found.reverse()
}

function shownCommit(sha: string, { state }: Asked) {
  const [author] = state.commits.get(sha) ?? []
  return { sha, author: author === undefined ? null : state.account(author), committer: null, parents: [] }
}

export const people: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}': ({ state, params }) => {
    const run = state.runs.get(Number(params.run_id))
    const attempt = Number(params.attempt_number)
    if (!run || attempt < 1 || attempt > run.run_attempt) return notFound()
    const { actor, triggering, ...rest } = run
    const body = {
      ...rest,
      run_attempt: attempt,
      actor: state.account(actor),
      triggering_actor: state.account(triggering[attempt - 1] ?? actor),
      repository: { id: state.repositoryId, full_name: state.fullName },
    }
    return { status: 200, body }
  },
  'GET /repos/{owner}/{repo}/compare/{basehead}': (asked) => {
    const { state, params } = asked
    const [base = '', head = ''] = (params.basehead ?? '').split('...')
    const changed = state.changedFiles.get(head)
    const commits = between(asked, base, head) ?? (changed === undefined ? null : [head])
    if (commits === null) return notFound()
    const paged = page(commits, asked, `/repos/${state.fullName}/compare/${params.basehead}`)
    const body = {
      status: commits.length === 0 ? 'identical' : 'ahead',
      total_commits: commits.length,
      merge_base_commit: { sha: changed?.mergeBase ?? base },
      commits: paged.items.map((sha) => shownCommit(sha, asked)),
      // Three hundred at most, and on the first page alone.
      ...((asked.query.get('page') ?? '1') === '1' ? { files: (changed?.files ?? []).slice(0, 300) } : {}),
    }
    return { status: 200, body, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/activity': (asked) => {
    const { state, query } = asked
    const ref = query.get('ref')
    const all = [...state.pushes].reverse().filter((push) => ref === null || push.ref === ref || push.ref === `refs/heads/${ref}`)
    const paged = page(all, asked, `/repos/${state.fullName}/activity`)
    const shown = paged.items.map(({ actor, ...push }, at) => ({
      id: 6000 + at,
      ...push,
      actor: state.account(actor),
      timestamp: '2026-01-01T00:00:00Z',
    }))
    return { status: 200, body: shown, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': (asked) => {
    const all = asked.state.pullsOf(asked.params.commit_sha ?? '')
    const paged = page(all, asked, `/repos/${asked.state.fullName}/commits/${asked.params.commit_sha}/pulls`)
    const shown = paged.items.map((pull) => ({
      number: pull.number,
      state: pull.mergedBy === null ? 'open' : 'closed',
      head: pull.head,
      user: asked.state.account(pull.author),
    }))
    return { status: 200, body: shown, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': (asked) => {
    const number = Number(asked.params.pull_number)
    if (!asked.state.pulls.has(number)) return notFound()
    const all = asked.state.pullReviews.filter((one) => one.pull === number)
    const paged = page(all, asked, `/repos/${asked.state.fullName}/pulls/${number}/reviews`)
    const shown = paged.items.map(({ pull: _, user, ...review }, at) => ({
      id: 4000 + at,
      ...review,
      user: asked.state.account(user),
    }))
    return { status: 200, body: shown, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': ({ state, params }) => {
    const login = params.username ?? ''
    const permission = state.collaborators.get(login) ?? 'read'
    return { status: 200, body: { permission, role_name: permission, user: state.account(login) } }
  },
  'GET /users/{username}': ({ state, params }) => {
    const login = params.username ?? ''
    return state.knowsAccount(login) ? { status: 200, body: state.account(login) } : notFound()
  },
  'GET /orgs/{org}/teams/{team_slug}': ({ state, params }) => {
    const name = `${params.org}/${params.team_slug}`
    if (!state.teams.has(name)) return notFound()
    return { status: 200, body: { id: teamId(name, state), slug: params.team_slug, name: params.team_slug } }
  },
}
