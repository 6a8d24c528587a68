// A repository's environments, and the JSON that GitHub shows of one.
import type { JsonObject } from './description.ts'
import type { State } from './state.ts'

export interface Environment {
  id: number
  name: string
  /** Logins and `org/team`s; null: there is no such rule. */
  reviewers: string[] | null
  preventSelfReview: boolean
  /** undefined: the API leaves it out, as its description does. */
  adminsBypass: boolean | undefined
  waitMinutes: number
  branches: 'any' | 'protected' | 'named'
  patterns: { id: number; name: string; type: 'branch' | 'tag' }[]
}

export interface EnvironmentRules {
  reviewers?: string[] | null
  preventSelfReview?: boolean
  adminsBypass?: boolean | undefined
  waitMinutes?: number
  /** A list names patterns. */
  branches?: 'any' | 'protected' | string[]
}

export function environmentOf(name: string, rules: EnvironmentRules, nextId: () => number): Environment {
  const { branches = 'any' } = rules
  return {
    id: nextId(),
    name,
    reviewers: rules.reviewers ?? null,
    preventSelfReview: rules.preventSelfReview ?? false,
    // On by default (github-facts 3).
    adminsBypass: 'adminsBypass' in rules ? rules.adminsBypass : true,
    waitMinutes: rules.waitMinutes ?? 0,
    branches: Array.isArray(branches) ? 'named' : branches,
    patterns: Array.isArray(branches) ? branches.map((pattern) => ({ id: nextId(), name: pattern, type: 'branch' })) : [],
  }
}

export function shownEnvironment(environment: Environment, state: State, origin: string): JsonObject {
  const { id, name, reviewers, waitMinutes, branches, adminsBypass } = environment
  const rule = (type: string, more: JsonObject = {}): JsonObject => ({ id: id * 10, node_id: `rule${id}`, type, ...more })
  const rules: JsonObject[] = []
  if (waitMinutes > 0) rules.push(rule('wait_timer', { wait_timer: waitMinutes }))
  if (reviewers !== null)
    rules.push(
      rule('required_reviewers', {
        prevent_self_review: environment.preventSelfReview,
        reviewers: reviewers.map((reviewer) => shownReviewer(reviewer, state)),
      }),
    )
  if (branches !== 'any') rules.push(rule('branch_policy'))
  return {
    id,
    node_id: `environment${id}`,
    name,
    url: `${origin}/repos/${state.fullName}/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.com/${state.fullName}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...(adminsBypass === undefined ? {} : { can_admins_bypass: adminsBypass }),
    protection_rules: rules,
    deployment_branch_policy:
      branches === 'any' ? null : { protected_branches: branches === 'protected', custom_branch_policies: branches === 'named' },
  }
}

function shownReviewer(reviewer: string, state: State): JsonObject {
  const team = /^([^/]+)\/(.+)$/.exec(reviewer)
  if (team === null) return { type: 'User', reviewer: { ...state.account(reviewer) } }
  return { type: 'Team', reviewer: { id: teamId(reviewer, state), slug: team[2]!, name: team[2]! } }
}

/** A team that a test names exists. */
export function teamId(team: string, state: State): number {
  const id = state.teams.get(team) ?? 8001 + state.teams.size
  state.teams.set(team, id)
  return id
}
