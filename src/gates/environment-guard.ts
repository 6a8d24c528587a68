// Whether an environment would really ask a person, for this ref: a name without rules is no gate, however green its job (spec 4).
import type { EnvironmentRules } from '../model/approval.ts'
import type { Config, GateConfig } from '../model/config.ts'
import { type Reason, reason } from '../model/reason.ts'

export interface GuardPolicy {
  gate: number
  /** The policy forbids that somebody approves what they started. */
  preventSelfReview: boolean
  /** The policy allows admins to go past the review. */
  adminBypass: boolean
  /** Refs that the policy lets into the gate; empty: it names none. */
  refs: readonly string[]
}

export interface Guarded {
  /** Each alone keeps the gate shut. */
  refusals: Reason[]
  warnings: Reason[]
}

/** What a gate will say of its environment, for a ref that may come to it. */
export function guardAhead(
  rules: EnvironmentRules,
  { number, refs }: GateConfig,
  { preventSelfReview, adminBypass }: Config['manualReview'],
  defaultBranch: string,
): Guarded {
  return guard(rules, { gate: number, preventSelfReview, adminBypass, refs }, `refs/heads/${refs[0] ?? defaultBranch}`)
}

/** `ref` as the run has it, for example `refs/heads/main`. */
export function guard(rules: EnvironmentRules, policy: GuardPolicy, ref: string | null): Guarded {
  const { name } = rules
  const refusals: Reason[] = []
  const warnings: Reason[] = []
  const refuse = (setting: string, fix: string): void =>
    void refusals.push(reason('environment_unsafe', { gate: policy.gate, environment: name, setting, fix }))
  if (!rules.exists) {
    refuse('it does not exist, and GitHub would make it without any rule', 'create it with required reviewers: certify setup')
    return { refusals, warnings }
  }
  if (rules.users.length + rules.teams.length === 0)
    refuse('it has no required reviewers, so nobody is asked', 'Settings > Environments > Required reviewers')
  if (policy.preventSelfReview && rules.preventSelfReview !== true)
    refuse(
      rules.preventSelfReview === false
        ? 'it lets people approve what they started'
        : 'whether it prevents self-review is not known',
      'tick "Prevent self-review"',
    )
  if (!policy.adminBypass && rules.adminsBypass !== false)
    refuse(
      rules.adminsBypass === true ? 'administrators may bypass it' : 'whether administrators may bypass it is not known',
      'untick "Allow administrators to bypass configured protection rules", or allow it in the policy: admin_bypass: true',
    )
  branches(rules, policy, ref, refuse, warnings)
  return { refusals, warnings }
}

function branches(
  rules: EnvironmentRules,
  { refs, gate }: GuardPolicy,
  ref: string | null,
  refuse: (setting: string, fix: string) => void,
  warnings: Reason[],
): void {
  const fix = `Settings > Environments > Deployment branches and tags: ${refs.length === 0 ? 'name the branches' : refs.join(', ')}`
  if (rules.branches === 'any') {
    if (refs.length > 0) refuse(`any branch may use it, and the policy names ${refs.join(', ')}`, fix)
    else warnings.push(reason('environment_warning', { gate, environment: rules.name, setting: 'any branch may use it', fix }))
    return
  }
  const wider = rules.branches === 'named' ? rules.patterns.filter((pattern) => !refs.includes(pattern)) : []
  if (refs.length > 0 && rules.branches === 'protected')
    refuse(`any protected branch may use it, and the policy names ${refs.join(', ')}`, fix)
  else if (refs.length > 0 && wider.length > 0) refuse(`it also lets ${wider.join(', ')} in, which the policy does not name`, fix)
  const foreign = foreignRef(refs, ref, gate)
  if (foreign !== null) refuse(foreign.setting, foreign.fix)
}

/** A ref that the policy does not let in; null: it does, or names none. */
export function foreignRef(refs: readonly string[], ref: string | null, gate: number): { setting: string; fix: string } | null {
  const short = ref === null ? null : ref.replace(/^refs\/(?:heads|tags)\//, '')
  if (refs.length === 0 || (short !== null && refs.includes(short))) return null
  return {
    setting: `the policy does not let ${short ?? 'this run'} into gate ${gate}`,
    fix: 'run it on one of the refs that the policy names',
  }
}
