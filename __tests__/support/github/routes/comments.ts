// Comments of an issue or pull request. The length limit is not in GitHub's description; its answer is copied from reports of it.
import type { Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import type { Comment } from '../state.ts'

const MAX = 65536

function shown(comment: Comment, asked: Asked) {
  const { state } = asked
  return {
    id: comment.id,
    body: comment.body,
    user: { ...state.account(comment.user.login), ...comment.user },
    created_at: comment.created_at,
    updated_at: comment.updated_at,
    html_url: `https://github.com/${state.fullName}/pull/${comment.issue}#issuecomment-${comment.id}`,
    url: `${asked.origin}/repos/${state.fullName}/issues/comments/${comment.id}`,
  }
}

const tooLong = {
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: `Body is too long (maximum is ${MAX} characters)`,
      },
    ],
    documentation_url: 'https://docs.github.com/rest/issues/comments',
    status: '422',
  },
}

export const comments: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': (asked) => {
    const issue = Number(asked.params.issue_number)
    if (!asked.state.pulls.has(issue) && !asked.state.issues.has(issue)) return notFound()
    const all = asked.state.comments.filter((c) => c.issue === issue)
    const paged = page(all, asked, `/repos/${asked.state.fullName}/issues/${issue}/comments`)
    return { status: 200, body: paged.items.map((c) => shown(c, asked)), headers: paged.headers }
  },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': (asked) => {
    const issue = Number(asked.params.issue_number)
    const body = String(asked.body.body)
    if (!asked.state.pulls.has(issue) && !asked.state.issues.has(issue)) return notFound()
    if (body.length > MAX) return tooLong
    const { login, type } = asked.state.viewer
    return { status: 201, body: shown(asked.state.addComment(issue, body, { login, type }), asked) }
  },
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': ({ state, params }) => {
    const at = state.comments.findIndex((c) => c.id === Number(params.comment_id))
    if (at < 0) return notFound()
    state.comments.splice(at, 1)
    return { status: 204 }
  },
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': (asked) => {
    const comment = asked.state.comments.find((c) => c.id === Number(asked.params.comment_id))
    const body = String(asked.body.body)
    if (!comment) return notFound()
    if (body.length > MAX) return tooLong
    comment.body = body
    comment.updated_at = '2026-01-01T01:00:00Z'
    return { status: 200, body: shown(comment, asked) }
  },
}
