// What a token must be allowed for each route (github-facts.md 1.1), in the wording of `x-accepted-github-permissions`.
import type { PermissionLevel, State } from './state.ts'

/** Alternatives divided by `; `, each of them `key=level`. */
export const ACCEPTED: Record<string, string> = {
  'POST /repos/{owner}/{repo}/check-runs': 'checks=write',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': 'checks=write',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': 'checks=read',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': 'checks=read',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': 'checks=read',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': 'issues=read; pull_requests=read',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': 'issues=write; pull_requests=write',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': 'issues=write; pull_requests=write',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': 'issues=write; pull_requests=write',
  'GET /repos/{owner}/{repo}/contents/{path}': 'contents=read',
  'GET /repos/{owner}/{repo}/pulls': 'pull_requests=read',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': 'pull_requests=read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': 'actions=read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': 'actions=read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': 'actions=read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': 'actions=read',
  'GET /repos/{owner}/{repo}/actions/artifacts': 'actions=read',
  'GET /repos/{owner}/{repo}/commits': 'contents=read',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}': 'actions=read',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': 'actions=read',
  'GET /repos/{owner}/{repo}/git/ref/{ref}': 'contents=read',
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': 'contents=read',
  'POST /repos/{owner}/{repo}/git/refs': 'contents=write',
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': 'contents=write',
  'POST /repos/{owner}/{repo}/git/trees': 'contents=write',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': 'contents=read',
  'POST /repos/{owner}/{repo}/git/commits': 'contents=write',
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': 'contents=read',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': 'contents=read',
  'GET /repos/{owner}/{repo}': 'metadata=read',
  'GET /repos/{owner}/{repo}/environments': 'actions=read',
  'GET /repos/{owner}/{repo}/environments/{environment_name}': 'actions=read',
  'PUT /repos/{owner}/{repo}/environments/{environment_name}': 'administration=write',
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': 'actions=read',
  'POST /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': 'administration=write',
  'DELETE /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies/{branch_policy_id}':
    'administration=write',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals': 'actions=read',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}': 'actions=read',
  'GET /repos/{owner}/{repo}/compare/{basehead}': 'contents=read',
  'GET /repos/{owner}/{repo}/activity': 'contents=read',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': 'pull_requests=read',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': 'pull_requests=read',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': 'metadata=read',
  'GET /orgs/{org}/teams/{team_slug}': 'members=read',
  'GET /repos/{owner}/{repo}/issues': 'issues=read',
  'POST /repos/{owner}/{repo}/issues': 'issues=write',
  'GET /repos/{owner}/{repo}/issues/{issue_number}': 'issues=read; pull_requests=read',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues': 'issues=read',
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': 'metadata=read',
  'GET /repos/{owner}/{repo}/rulesets': 'metadata=read',
  'GET /repos/{owner}/{repo}/branches/{branch}': 'contents=read',
  'POST /repos/{owner}/{repo}/attestations': 'attestations=write',
  'GET /repos/{owner}/{repo}/attestations/{subject_digest}': 'attestations=read',
  'GET /repos/{owner}/{repo}/actions/permissions': 'administration=read',
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': 'administration=read',
  'GET /repos/{owner}/{repo}/actions/permissions/artifact-and-log-retention': 'administration=read',
}

const ORDER: readonly PermissionLevel[] = ['none', 'read', 'write']

/** True where one alternative is met. What is public may be read without permission. */
export function allowed(route: string, state: State): boolean {
  const accepted = ACCEPTED[route]
  if (accepted === undefined) return true
  // Settings and an organisation's teams are nobody's to read in a public repository either.
  if (!state.private && route.startsWith('GET ') && !/^(?:administration|members)=/.test(accepted)) return true
  return accepted.split('; ').some((alternative) => {
    const [key = '', needed = 'write'] = alternative.split('=')
    const granted = key === 'metadata' ? 'read' : (state.permissions[key] ?? 'none')
    return ORDER.indexOf(granted) >= ORDER.indexOf(needed as PermissionLevel)
  })
}
