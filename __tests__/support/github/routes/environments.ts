// Environments, their branch rules, and the reviews of a run that waits at them.
import type { Answer, Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import { type Environment, shownEnvironment } from '../environments.ts'

const invalid = (message: string): Answer => ({ status: 422, body: { message, status: '422' } })

function found({ state, params }: Asked): Environment | undefined {
  return state.environments.get((params.environment_name ?? '').toLowerCase())
}

/** Where the plan has none, GitHub takes the request and says so. */
const NO_PLAN =
  'Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.'

function save(asked: Asked): Answer {
  const { state, params, body, origin } = asked
  const name = params.environment_name ?? ''
  const asks = body.reviewers as { type: string; id: number }[] | null | undefined
  if (asks?.length && state.private && state.plan !== 'enterprise') return invalid(NO_PLAN)
  if ((asks?.length ?? 0) > 6) return invalid('Invalid request.\n\nNo more than 6 reviewers are allowed.')
  const environment = found(asked) ?? state.addEnvironment(name)
  const policy = body.deployment_branch_policy as
    | { protected_branches: boolean; custom_branch_policies: boolean }
    | null
    | undefined
  if (policy && policy.protected_branches === policy.custom_branch_policies)
    return invalid('custom_branch_policies and protected_branches cannot have the same value')
  // What is left out goes back to its default: the request replaces everything.
  environment.waitMinutes = Number(body.wait_timer ?? 0)
  environment.preventSelfReview = body.prevent_self_review === true
  const named = (asks ?? []).map(({ type, id }) => nameOf(type, id, asked))
  if (named.includes(null)) return invalid('Validation Failed')
  environment.reviewers = named.length === 0 ? null : (named as string[])
  environment.branches = !policy ? 'any' : policy.protected_branches ? 'protected' : 'named'
  if (environment.branches !== 'named') environment.patterns = []
  return { status: 200, body: shownEnvironment(environment, state, origin) }
}

function nameOf(type: string, id: number, { state }: Asked): string | null {
  if (type === 'Team') return [...state.teams].find(([, known]) => known === id)?.[0] ?? null
  return state.loginOf(id)
}

export const environments: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/environments': (asked) => {
    const all = [...asked.state.environments.values()]
    const paged = page(all, asked, `/repos/${asked.state.fullName}/environments`)
    const shown = paged.items.map((one) => shownEnvironment(one, asked.state, asked.origin))
    return { status: 200, body: { total_count: all.length, environments: shown }, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}': (asked) => {
    const environment = found(asked)
    return environment ? { status: 200, body: shownEnvironment(environment, asked.state, asked.origin) } : notFound()
  },
  'PUT /repos/{owner}/{repo}/environments/{environment_name}': save,
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': (asked) => {
    const environment = found(asked)
    if (!environment) return notFound()
    const path = `/repos/${asked.state.fullName}/environments/${encodeURIComponent(environment.name)}/deployment-branch-policies`
    const paged = page(environment.patterns, asked, path)
    return {
      status: 200,
      body: { total_count: environment.patterns.length, branch_policies: paged.items },
      headers: paged.headers,
    }
  },
  'POST /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': (asked) => {
    const environment = found(asked)
    if (environment?.branches !== 'named') return notFound()
    const name = String(asked.body.name)
    const type = asked.body.type === 'tag' ? ('tag' as const) : ('branch' as const)
    if (environment.patterns.some((one) => one.name === name && one.type === type)) return { status: 303, body: {} }
    const pattern = { id: asked.state.nextId(), name, type }
    environment.patterns.push(pattern)
    return { status: 200, body: pattern }
  },
  'DELETE /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies/{branch_policy_id}': (asked) => {
    const environment = found(asked)
    const id = Number(asked.params.branch_policy_id)
    if (!environment?.patterns.some((one) => one.id === id)) return notFound()
    environment.patterns = environment.patterns.filter((one) => one.id !== id)
    return { status: 204 }
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals': ({ state, params, origin }) => {
    const run = Number(params.run_id)
    if (!state.runs.has(run)) return notFound()
    const shown = state.reviews
      .filter((one) => one.run === run)
      .map(({ environments: names, user, state: decided, comment }) => ({
        state: decided,
        comment,
        user: state.account(user),
        environments: names.map((name) => {
          const known = state.environments.get(name.toLowerCase())
          return known ? shownEnvironment(known, state, origin) : { id: 0, name }
        }),
      }))
    return { status: 200, body: shown }
  },
}
