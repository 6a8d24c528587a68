// Issues: those made by us are where approvals are asked for when no environment can.
import type { Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import type { Issue } from '../state.ts'

function shown(issue: Issue, { state, origin }: Asked) {
  const { subIssues = [], movedTo, ...rest } = issue
  const closed = subIssues.filter((number) => state.issues.get(number)?.state === 'closed').length
  return {
    ...rest,
    id: issue.number + 30_000,
    state: issue.state ?? 'open',
    repository_url: `${origin}/repos/${movedTo ?? state.fullName}`,
    sub_issues_summary: { total: subIssues.length, completed: closed, percent_completed: 0 },
    user: { ...state.account(issue.user.login), ...issue.user },
    labels: issue.labels.map((name) => ({ name })),
    html_url: `https://github.com/${state.fullName}/issues/${issue.number}`,
    url: `${origin}/repos/${state.fullName}/issues/${issue.number}`,
  }
}

export const issues: Record<string, Handler> = {
  // To GitHub a pull request is an issue too.
  'GET /repos/{owner}/{repo}/issues/{issue_number}': (asked) => {
    const { state, origin, params } = asked
    const number = Number(params.issue_number)
    const pull = state.pulls.get(number)
    const issue = state.issues.get(number)
    if (issue !== undefined) return { status: 200, body: shown(issue, asked) }
    if (pull === undefined) return notFound()
    const url = `${origin}/repos/${state.fullName}/pulls/${number}`
    const own = { number, title: pull.title, body: '', labels: [], user: { login: pull.author, type: 'User' as const } }
    return { status: 200, body: { ...shown(own, asked), state: 'closed', pull_request: { url } } }
  },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues': (asked) => {
    const { state, params } = asked
    const issue = state.issues.get(Number(params.issue_number))
    if (issue === undefined) return notFound()
    const listed = (issue.subIssues ?? []).flatMap((number) => state.issues.get(number) ?? [])
    const paged = page(listed, asked, `/repos/${state.fullName}/issues/${issue.number}/sub_issues`)
    return { status: 200, body: paged.items.map((one) => shown(one, asked)), headers: paged.headers }
  },
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
