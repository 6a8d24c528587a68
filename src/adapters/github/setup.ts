// How a repository is set up, by the API; and, with a token that may, its environments made as they should be.
import { RequestError } from '@octokit/request-error'
import type { Reviewer, Setup, WantedEnvironment } from '../../app/setup-port.ts'
import type { EnvironmentRules } from '../../model/approval.ts'
import { CertifyError } from '../../model/problem.ts'
import type { ActionsFacts, BranchFacts, RepositoryFacts, Retention, WorkflowFile } from '../../model/setup.ts'
import { branchFacts } from './branch-facts.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { branchPatterns, readEnvironment } from './environments.ts'
import { repositoryFacts } from './repository-facts.ts'
import { readFile } from './repository-file.ts'
import { unaskable } from './unaskable.ts'

export type SetupPlace = Pick<RunContext, 'owner' | 'repo' | 'serverUrl'>

const MAX_WORKFLOWS = 200
const DAY = 24 * 60 * 60 * 1000
/** GitHub's own limit. */
const MOST_REVIEWERS = 6

export class ApiSetup implements Setup {
  constructor(
    private readonly client: Client,
    private readonly place: SetupPlace,
    readonly confirm: Setup['confirm'],
  ) {}

  repository(): Promise<RepositoryFacts> {
    return repositoryFacts(this.client, this.place)
  }

  environment(name: string): Promise<EnvironmentRules> {
    return readEnvironment(this.client, this.place, name)
  }

  branch(name: string): Promise<BranchFacts> {
    return branchFacts(this.client, this.place, name)
  }

  async actions(): Promise<ActionsFacts> {
    const { owner, repo } = this.place
    try {
      const { data } = await this.client.rest.actions.getGithubActionsPermissionsRepository({ owner, repo })
      return { enabled: data.enabled, allowed: data.allowed_actions ?? 'all' }
    } catch (error) {
      throw unaskable('what Actions may do here cannot be read', error, 'administration: read')
    }
  }

  /** By the setting, else by how long the newest artifact is kept: a workflow's own token may not read the setting. */
  async retentionDays(): Promise<Retention | null> {
    const { owner, repo } = this.place
    try {
      const route = 'GET /repos/{owner}/{repo}/actions/permissions/artifact-and-log-retention'
      const { data } = await this.client.request(route, { owner, repo })
      return { days: (data as { days: number }).days, atLeast: false }
    } catch (error) {
      if (!(error instanceof RequestError) || ![403, 404].includes(error.status))
        throw unaskable('for how long artifacts are kept cannot be read', error, 'administration: read')
    }
    try {
      const { data } = await this.client.rest.actions.listArtifactsForRepo({ owner, repo, per_page: 30 })
      const days = data.artifacts.flatMap(({ created_at, expires_at }) =>
        created_at && expires_at ? [Math.round((Date.parse(expires_at) - Date.parse(created_at)) / DAY)] : [],
      )
      // Each may have asked for less than the setting gives.
      return days.length === 0 ? null : { days: Math.max(...days), atLeast: true }
    } catch (error) {
      throw unaskable('for how long artifacts are kept cannot be read', error, 'actions: read')
    }
  }

  async workflows(ref: string): Promise<WorkflowFile[]> {
    const { owner, repo } = this.place
    const folder = '.github/workflows'
    let listed: { path: string }[]
    try {
      const { data } = await this.client.rest.repos.getContent({ owner, repo, path: folder, ref })
      listed = Array.isArray(data) ? data : []
    } catch (error) {
      if (error instanceof RequestError && error.status === 404 && /^Not Found\b/.test(error.message)) return []
      throw unaskable('the workflows cannot be read', error, 'contents: read')
    }
    const paths = listed.map(({ path }) => path).filter((path) => /\.ya?ml$/.test(path))
    if (paths.length > MAX_WORKFLOWS)
      throw new CertifyError('too_many_workflows', `${folder} has more than ${MAX_WORKFLOWS} workflows`, {})
    const files: WorkflowFile[] = []
    for (const path of paths) {
      const text = await readFile(this.client, { owner, repo, path, ref })
      if (text !== null) files.push({ path, text })
    }
    return files
  }

  async reviewer(name: string): Promise<Reviewer> {
    const [first = '', team] = name.replace(/^@/, '').split('/')
    try {
      if (team === undefined) {
        const { data } = await this.client.rest.users.getByUsername({ username: first })
        return { type: 'User', id: data.id, name: data.login }
      }
      const { data } = await this.client.rest.teams.getByName({ org: first, team_slug: team })
      return { type: 'Team', id: data.id, name: `${first}/${data.slug}` }
    } catch (error) {
      if (!(error instanceof RequestError) || error.status !== 404)
        throw unaskable(`whether ${name} exists cannot be told`, error, 'members: read')
      throw new CertifyError(
        'reviewer_unknown',
        `there is no ${team === undefined ? 'person' : 'team'} ${name} that the token can see`,
        {
          hint: 'name a login, or a team as org/team',
          cause: error,
        },
      )
    }
  }

  async saveEnvironment(wanted: WantedEnvironment): Promise<void> {
    const { owner, repo } = this.place
    const { name, reviewers, preventSelfReview, waitMinutes, branches } = wanted
    if (reviewers.length > MOST_REVIEWERS)
      throw new CertifyError('too_many_reviewers', `an environment has at most ${MOST_REVIEWERS} reviewers`, {
        hint: 'name a team instead of its members',
      })
    const at = { owner, repo, environment_name: name }
    try {
      await this.client.rest.repos.createOrUpdateEnvironment({
        ...at,
        wait_timer: waitMinutes,
        prevent_self_review: preventSelfReview,
        reviewers: reviewers.map(({ type, id }) => ({ type, id })),
        deployment_branch_policy: {
          protected_branches: branches === 'protected',
          custom_branch_policies: branches !== 'protected',
        },
      })
      if (!Array.isArray(branches)) return
      const there = await branchPatterns(this.client, { owner, repo }, name)
      for (const branch of branches)
        if (!there.some((pattern) => pattern.name === branch))
          await this.client.rest.repos.createDeploymentBranchPolicy({ ...at, name: branch, type: 'branch' })
      for (const pattern of there)
        if (!branches.includes(pattern.name))
          await this.client.rest.repos.deleteDeploymentBranchPolicy({ ...at, branch_policy_id: pattern.id })
    } catch (error) {
      throw refusedChange(name, error)
    }
  }
}

function refusedChange(name: string, error: unknown): CertifyError {
  if (error instanceof RequestError && error.status === 422 && /billing plan/i.test(error.message))
    return new CertifyError(
      'plan_lacks_reviewers',
      `environment ${name} cannot have required reviewers: the plan has none for it`,
      {
        hint: 'make the repository public, take a plan that has them, or name a fallback in the policy: mechanism: issue',
        cause: error,
      },
    )
  if (error instanceof RequestError && (error.status === 403 || error.status === 404))
    return new CertifyError(
      'needs_administration',
      `environment ${name} cannot be changed: the token lacks \`administration: write\``,
      {
        hint: "no workflow's own token can have it: set GH_TOKEN to one of an administrator, or of an app that has it",
        cause: error,
      },
    )
  return unaskable(`environment ${name} cannot be changed`, error, 'administration: write')
}
