// The issue that stands in for an environment (decision 35): one for each commit, evidence and gate, made by us, answered by comments.
import { RequestError } from '@octokit/request-error'
import type { IssueAsked, Review } from '../../model/approval.ts'
import { CertifyError } from '../../model/problem.ts'
import { isActionsBot, viewer } from './author.ts'
import { withinCharacters } from './budget.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { mayHaveHappened } from './trouble.ts'
import { unaskable } from './unaskable.ts'

/** As the environment that these reviews are of. */
export const ISSUE = 'issue'
/** Finds them among all others; it proves nothing. */
const LABEL = 'certify-approval'
const MOST = 65_536
const MAX_PAGES = 10

type Place = Pick<RunContext, 'owner' | 'repo'>

interface Found {
  number: number
  url: string
}

/** Its address; opened where it is not there yet. Throws CertifyError. */
export async function openApprovalIssue(client: Client, place: Place, asked: IssueAsked, text: string): Promise<string> {
  const { owner, repo } = place
  try {
    const found = await findIssue(client, place, asked)
    if (found !== null) return found.url
    const title = `certify: approve gate ${asked.gate} for ${asked.commit.slice(0, 12)}`
    const body = withinCharacters(`${markerOf(asked)}\n${text}`, MOST)
    const { data } = await client.rest.issues.create({ owner, repo, title, body, labels: [LABEL], request: { retries: 0 } })
    return data.html_url
  } catch (error) {
    // After a lost answer it is looked for, so that there are never two.
    const found = mayHaveHappened(error) ? await findIssue(client, place, asked).catch(() => null) : null
    if (found !== null) return found.url
    throw unaskable('the issue that asks for approval cannot be opened', error, 'issues: write')
  }
}

/**
 * Each person's last `/certify approve gate-3 <sha7> [reason]` or `reject`, in the order they were given. Only comments with the
 * evidence code, never edited, by people who may write here. Throws CertifyError.
 */
export async function issueReviews(client: Client, place: Place, asked: IssueAsked): Promise<Review[]> {
  const { owner, repo } = place
  try {
    const issue = await findIssue(client, place, asked)
    if (issue === null) return []
    const request = { owner, repo, issue_number: issue.number, per_page: 100 }
    const last = new Map<number, Review>()
    const comments = await client.paginate(client.rest.issues.listComments, request)
    for (const { body, user, created_at, updated_at } of comments) {
      const state = decisionIn(body ?? '', asked)
      if (state === null || user?.type !== 'User' || created_at !== updated_at) continue
      if (!last.has(user.id) && !(await mayWrite(client, place, user.login))) continue
      last.delete(user.id)
      last.set(user.id, { environments: [ISSUE], state, user: { id: user.id, login: user.login }, comment: body ?? '' })
    }
    return [...last.values()]
  } catch (error) {
    throw unaskable('the issue that asks for approval cannot be read', error, 'issues: read')
  }
}

function markerOf({ gate, commit, evidenceDigest }: IssueAsked): string {
  return `<!-- certify approval gate ${gate} commit ${commit} evidence ${evidenceDigest.replace(/[^0-9a-z:]/g, '')} -->`
}

/** The first line decides: it names this gate and this commit. A comment without the evidence code decides nothing. */
function decisionIn(body: string, { gate, commit, code }: IssueAsked): 'approved' | 'rejected' | null {
  const [line = ''] = body.slice(0, 10_000).split('\n')
  const match = /^\s*\/certify\s+(approve|reject)\s+gate[- ]?([1-4])\s+([0-9a-f]{7,64})(?:\s|$)/i.exec(line)
  if (match === null || Number(match[2]) !== gate || !commit.startsWith(match[3]!.toLowerCase())) return null
  const words = body
    .slice(0, 10_000)
    .toUpperCase()
    .split(/[^0-9A-Z-]+/)
  if (!words.includes(code.toUpperCase())) return null
  return match[1]!.toLowerCase() === 'approve' ? 'approved' : 'rejected'
}

/** The oldest with our marker that we wrote: anybody can write our marker. */
async function findIssue(client: Client, { owner, repo }: Place, asked: IssueAsked): Promise<Found | null> {
  const marker = markerOf(asked)
  const request = { owner, repo, labels: LABEL, state: 'all' as const, per_page: 100 }
  const found: Found[] = []
  let me: Promise<string | null> | null = null
  let pages = 0
  for await (const { data } of client.paginate.iterator(client.rest.issues.listForRepo, request)) {
    for (const { number, body, user, html_url, pull_request } of data) {
      if (pull_request || !body?.startsWith(marker)) continue
      const bot = isActionsBot(user)
      if (!bot) me ??= viewer(client)
      if (bot || (user !== null && user.login === (await me))) found.push({ number, url: html_url })
    }
    pages += 1
    if (pages === MAX_PAGES) {
      throw new CertifyError('too_many_issues', `there are more than ${MAX_PAGES * 100} issues with the label ${LABEL}`, {
        hint: `take the label off old ones`,
      })
    }
  }
  return found.sort((a, b) => a.number - b.number)[0] ?? null
}

async function mayWrite(client: Client, { owner, repo }: Place, username: string): Promise<boolean> {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username })
    return data.permission === 'admin' || data.permission === 'write'
  } catch (error) {
    // GitHub knows no such collaborator.
    if (error instanceof RequestError && error.status === 404) return false
    throw error
  }
}
