// What holds for a repository: rules of its branches, what Actions may do in it, how long artifacts are kept, the owner's plan.
import type { Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'

export const settings: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': (asked) => {
    const all = asked.state.branchRules.get(asked.params.branch ?? '') ?? []
    const paged = page(all, asked, `/repos/${asked.state.fullName}/rules/branches/${asked.params.branch}`)
    return { status: 200, body: paged.items, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/rulesets': (asked) => {
    const all = [...asked.state.branchRules].map(([branch], at) => ({
      id: at + 1,
      name: `rules of ${branch}`,
      target: 'branch',
      source_type: 'Repository',
      source: asked.state.fullName,
      enforcement: 'active',
    }))
    const paged = page(all, asked, `/repos/${asked.state.fullName}/rulesets`)
    return { status: 200, body: paged.items, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/branches/{branch}': ({ state, params }) => {
    const name = params.branch ?? ''
    if (!state.trees.has(name) && !state.git.refs.has(`refs/heads/${name}`)) return notFound('Branch not found')
    const contexts = state.protectedBranches.get(name)
    return {
      status: 200,
      body: {
        name,
        commit: { sha: state.git.refs.get(`refs/heads/${name}`) ?? 'a'.repeat(40) },
        protected: contexts !== undefined || state.branchRules.has(name),
        protection: {
          enabled: contexts !== undefined,
          required_status_checks: {
            enforcement_level: contexts === undefined ? 'off' : 'everyone',
            contexts: contexts ?? [],
            checks: (contexts ?? []).map((context) => ({ context, app_id: null })),
          },
        },
      },
    }
  },
  'GET /repos/{owner}/{repo}/actions/permissions': ({ state }) => {
    const { enabled, allowed_actions } = state.actionsSettings
    return { status: 200, body: { enabled, allowed_actions } }
  },
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': ({ state }) => {
    const { default_workflow_permissions } = state.actionsSettings
    return { status: 200, body: { default_workflow_permissions, can_approve_pull_request_reviews: false } }
  },
  'GET /repos/{owner}/{repo}/actions/permissions/artifact-and-log-retention': ({ state }) => ({
    status: 200,
    body: { days: state.actionsSettings.retentionDays, maximum_allowed_days: 90 },
  }),
  'GET /orgs/{org}': ({ state, params }) => {
    if (params.org !== state.owner || state.ownerType !== 'Organization') return notFound()
    return {
      status: 200,
      body: { id: 11, login: state.owner, type: 'Organization', ...(state.plan === null ? {} : { plan: { name: state.plan } }) },
    }
  },
}
