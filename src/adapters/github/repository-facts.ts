// Whether environments of this repository can have required reviewers: always in public ones, else by the owner's plan.
import type { RepositoryFacts } from '../../model/setup.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { unaskable } from './unaskable.ts'

type Place = Pick<RunContext, 'owner' | 'repo' | 'serverUrl'>

/** Throws CertifyError where the repository cannot be read. */
export async function repositoryFacts(client: Client, { owner, repo, serverUrl }: Place): Promise<RepositoryFacts> {
  try {
    const { data } = await client.rest.repos.get({ owner, repo })
    const ghes = isEnterpriseServer(serverUrl)
    const known = { fullName: data.full_name, defaultBranch: data.default_branch, private: data.private, ghes }
    // Internal repositories exist in enterprises alone, and a server is one.
    if (!data.private || ghes || data.visibility === 'internal') return { ...known, requiredReviewers: true }
    // The plans that a person's own account can have do not include them (github-facts 3).
    if (data.owner.type !== 'Organization') return { ...known, requiredReviewers: false }
    return { ...known, requiredReviewers: await byPlan(client, owner) }
  } catch (error) {
    throw unaskable(`${owner}/${repo} cannot be read`, error, 'metadata: read')
  }
}

/** Only an owner's token is told the plan. */
async function byPlan(client: Client, org: string): Promise<boolean | null> {
  try {
    const { data } = await client.rest.orgs.get({ org })
    const plan = data.plan?.name
    if (plan === undefined) return null
    if (plan === 'enterprise' || plan === 'business_plus') return true
    return ['free', 'pro', 'team'].includes(plan) ? false : null
  } catch {
    return null
  }
}

/** A server of its own, which has less than github.com and its tenants. */
export function isEnterpriseServer(serverUrl: string): boolean {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : 'github.com'
  return host !== 'github.com' && !host.endsWith('.ghe.com') && !host.endsWith('.localhost')
}
