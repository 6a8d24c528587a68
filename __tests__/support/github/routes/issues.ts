// Issues: those made by us are where approvals are asked for when no environment can.
import type { Asked, Handler } from '../answer.ts'
import { page } from '../answer.ts'
import type { Issue } from '../state.ts'

function shown(issue: Issue, { state, origin }: Asked) {
  return {
    ...issue,
    id: issue.number + 30_000,
    state: 'open',
    user: { ...state.account(issue.user.login), ...issue.user },
    labels: issue.labels.map((name) => ({ name })),
    html_url: `https://github.com/${state.fullName}/issues/${issue.number}`,
    url: `${origin}/repos/${state.fullName}/issues/${issue.number}`,
  }
}

export const issues: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/issues': (asked) => {
    const { state, query } = asked
    const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '')
    const all = [...state.issues.values()].filter((issue) => labels.every((label) => issue.labels.includes(label)))
    if (query.get('direction') !== 'asc') all.reverse()
    const paged = page(all, asked, `/repos/${state.fullName}/issues`)
    return { status: 200, body: paged.items.map((issue) => shown(issue, asked)), headers: paged.headers }
  },
  'POST /repos/{owner}/{repo}/issues': (asked) => {
    const { login, type } = asked.state.viewer
    const labels = ((asked.body.labels ?? []) as string[]).map(String)
    const issue = asked.state.addIssue(String(asked.body.title), String(asked.body.body ?? ''), { login, type }, labels)
    return { status: 201, body: shown(issue, asked) }
  },
}
