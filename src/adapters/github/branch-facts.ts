// The rules in force for a branch: those of rulesets, which anybody may read, and the checks of its classic protection.
import type { BranchFacts } from '../../model/setup.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { unaskable } from './unaskable.ts'

/** As far as it is read. */
interface Rule {
  type: string
  ruleset_source_type?: string
  parameters?: { required_status_checks?: { context: string }[]; workflows?: { path: string }[] }
}

/** Throws CertifyError where they cannot be read. */
export async function branchFacts(
  client: Client,
  { owner, repo }: Pick<RunContext, 'owner' | 'repo'>,
  branch: string,
): Promise<BranchFacts> {
  try {
    const request = { owner, repo, branch, per_page: 100 }
    const rules = (await client.paginate(client.rest.repos.getBranchRules, request)) as Rule[]
    const { data } = await client.rest.repos.getBranch({ owner, repo, branch })
    const classic = data.protection?.required_status_checks?.contexts ?? []
    const byRule = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []).map(({ context }) => context)
    return {
      requiredChecks: [...new Set([...byRule, ...classic])],
      requiredWorkflows: rules
        .filter(({ type }) => type === 'workflows')
        .flatMap(({ ruleset_source_type, parameters }) =>
          (parameters?.workflows ?? []).map(({ path }) => ({ path, organization: ruleset_source_type === 'Organization' })),
        ),
      mergeQueue: rules.some(({ type }) => type === 'merge_queue'),
    }
  } catch (error) {
    throw unaskable(`the rules of the branch ${branch} cannot be read`, error, 'contents: read')
  }
}
