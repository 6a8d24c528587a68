// Whose word counts: nobody's who is gone, excluded, no reviewer of the environment, or not on the policy's list for a slot.
import { GONE, type KeyedReview } from '../model/approval.ts'
import type { SignOffRule } from '../model/config.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { ApprovalInput } from './approvals.ts'
import { quotedIn } from './evidence-code.ts'

/** A review beyond the snapshot, in one environment of the gate. */
export interface Fresh {
  review: KeyedReview
  environment: string
}

type Asked = Pick<ApprovalInput, 'gate' | 'environments' | 'excluded' | 'code' | 'mechanism'>

/** Why a review counts for nothing here; null: it may fill a slot. */
export function unfit({ review, environment }: Fresh, input: Asked): Reason | null {
  const { gate, environments, excluded, code } = input
  const { user, comment } = review
  const args = { gate: gate.number, login: user.login, environment }
  if (user.id === GONE) return reason('approver_not_reviewer', args)
  const out = excluded.find((one) =>
    one.id === null ? one.login.toLowerCase() === user.login.toLowerCase() : one.id === user.id,
  )
  if (out !== undefined) return reason('approver_excluded', { ...args, why: out.why })
  const rules = environments.find((one) => one.name === environment)
  // A team's members are for GitHub to know: it let nobody else review (decision 32).
  const reviewer = rules !== undefined && (rules.users.some((one) => one.id === user.id) || rules.teams.length > 0)
  if (input.mechanism === 'environment' && !reviewer) return reason('approver_not_reviewer', args)
  if (quotedIn(comment, code) === 'wrong') return reason('approval_code_wrong', { ...args, code })
  return null
}

/** Whether the policy lets that person speak for that slot. */
export function listed({ review, environment }: Fresh, rule: SignOffRule, { environments, mechanism }: Asked): boolean {
  if (rule.users.length + rule.teams.length === 0) return true
  const { id, login } = review.user
  if (rule.users.some((one) => one.toLowerCase() === login.toLowerCase())) return true
  // Who is in a team GitHub alone knows: theirs is the word of whoever could only have reviewed as one of the teams listed.
  const rules = environments.find((one) => one.name === environment)
  if (mechanism !== 'environment' || rules === undefined || rules.teams.length === 0) return false
  const teams = rule.teams.map(slugOf)
  return rules.teams.every(({ slug }) => teams.includes(slugOf(slug))) && !rules.users.some((one) => one.id === id)
}

/** `acme/release` and `Release` are the same team of the repository's organisation. */
function slugOf(team: string): string {
  return team.toLowerCase().split('/').at(-1)!
}

export function notListed({ review, environment }: Fresh, { gate }: Asked): Reason {
  return reason('approver_not_listed', { gate: gate.number, login: review.user.login, environment })
}
