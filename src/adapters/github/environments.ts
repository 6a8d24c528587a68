// An environment's protection as GitHub has it now: who is asked, who may go past it, which branches may use it.
import { RequestError } from '@octokit/request-error'
import type { EnvironmentRules } from '../../model/approval.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { unaskable } from './unaskable.ts'

type Place = Pick<RunContext, 'owner' | 'repo' | 'serverUrl'>

/** As far as it is read. `can_admins_bypass` is answered though GitHub's description lacks it; left out, it is not known. */
interface Answered {
  id: number
  name: string
  can_admins_bypass?: boolean
  protection_rules?: {
    type: string
    wait_timer?: number
    prevent_self_review?: boolean
    reviewers?: { type?: string; reviewer?: { id?: number; login?: string; slug?: string } }[]
  }[]
  deployment_branch_policy?: { protected_branches: boolean; custom_branch_policies: boolean } | null
}

export interface BranchPattern {
  id: number
  name: string
  type: 'branch' | 'tag'
}

/** `exists: false` where GitHub has none of that name. Throws CertifyError where it cannot be asked. */
export async function readEnvironment(client: Client, place: Place, name: string): Promise<EnvironmentRules> {
  const { owner, repo, serverUrl } = place
  const settings = `${serverUrl}/${owner}/${repo}/settings/environments`
  try {
    const { data } = await client.rest.repos.getEnvironment({ owner, repo, environment_name: name })
    const found = data as Answered
    return { ...rulesOf(found, `${settings}/${found.id}/edit`), ...(await branchesOf(client, place, found)) }
  } catch (error) {
    if (!(error instanceof RequestError) || error.status !== 404)
      throw unaskable(`environment ${name} cannot be read`, error, 'actions: read')
    return {
      name,
      exists: false,
      url: settings,
      users: [],
      teams: [],
      preventSelfReview: null,
      adminsBypass: null,
      waitMinutes: 0,
      branches: 'any',
      patterns: [],
    }
  }
}

function rulesOf(found: Answered, url: string): Omit<EnvironmentRules, 'branches' | 'patterns'> {
  const rules = found.protection_rules ?? []
  const asked = rules.filter(({ type }) => type === 'required_reviewers')
  const reviewers = asked.flatMap((rule) => rule.reviewers ?? [])
  return {
    name: found.name,
    exists: true,
    url,
    users: reviewers.flatMap(({ type, reviewer }) =>
      type === 'User' && reviewer?.id !== undefined ? [{ id: reviewer.id, login: reviewer.login ?? '' }] : [],
    ),
    teams: reviewers.flatMap(({ type, reviewer }) =>
      type === 'Team' && reviewer?.id !== undefined ? [{ id: reviewer.id, slug: reviewer.slug ?? '' }] : [],
    ),
    preventSelfReview: asked[0]?.prevent_self_review ?? null,
    adminsBypass: typeof found.can_admins_bypass === 'boolean' ? found.can_admins_bypass : null,
    waitMinutes: rules.find(({ type }) => type === 'wait_timer')?.wait_timer ?? 0,
  }
}

async function branchesOf(
  client: Client,
  place: Place,
  { name, deployment_branch_policy: policy }: Answered,
): Promise<Pick<EnvironmentRules, 'branches' | 'patterns'>> {
  if (!policy) return { branches: 'any', patterns: [] }
  if (!policy.custom_branch_policies) return { branches: 'protected', patterns: [] }
  return { branches: 'named', patterns: (await branchPatterns(client, place, name)).map((pattern) => pattern.name) }
}

/** Every pattern, over all pages. Throws as the client does. */
export async function branchPatterns(
  client: Client,
  { owner, repo }: Pick<Place, 'owner' | 'repo'>,
  environment: string,
): Promise<BranchPattern[]> {
  const request = { owner, repo, environment_name: environment, per_page: 100 }
  const found: BranchPattern[] = []
  for await (const { data } of client.paginate.iterator(client.rest.repos.listDeploymentBranchPolicies, request))
    for (const { id, name, type } of data) found.push({ id: id ?? 0, name: name ?? '', type: type === 'tag' ? 'tag' : 'branch' })
  return found
}
