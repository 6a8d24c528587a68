// `certify setup`: makes the environments of the gates as the policy wants them, with a token that may, and only when told to.
import { environmentsOf, slotsOf } from '../gates/approvals.ts'
import { guardAhead } from '../gates/environment-guard.ts'
import type { EnvironmentRules } from '../model/approval.ts'
import type { Config, GateConfig } from '../model/config.ts'
import { CertifyError } from '../model/problem.ts'
import type { LeftToDo, PlannedEnvironment, SetupDone } from '../model/setup.ts'
import { escapeTerminal } from '../reporting/escape/terminal.ts'
import { renderSetupDone, renderSetupPlan } from '../reporting/renderers/setup.ts'
import type { Ended, Invocation } from './invocation.ts'
import { decidePolicy } from './policy.ts'
import type { Ports } from './ports.ts'
import type { Reviewer, Setup, WantedEnvironment } from './setup-port.ts'

/** GitHub's own limit. */
const MOST_REVIEWERS = 6

interface Planned extends PlannedEnvironment {
  of: GateConfig
  wanted: WantedEnvironment
}

export interface SetupAsked extends Invocation {
  /** Logins, and teams as org/team. */
  reviewers: string[]
  /** Consent was given on the command line. */
  yes: boolean
}

/**
 * Nothing is changed before somebody said yes. Exit 1 where they did not, or where something is left that the API cannot do.
 * Throws CertifyError where it cannot be planned or GitHub refuses it.
 */
export async function setup(invocation: SetupAsked, ports: Ports, host: Setup | null): Promise<Ended> {
  if (host === null)
    throw new CertifyError('needs_github', 'environments are made on GitHub, and there is no token to do it with', {
      hint: 'set GH_TOKEN to a token of an administrator, in a clone of the repository',
    })
  const { resolved } = await decidePolicy(invocation, ports)
  const { config } = resolved
  if (config === null)
    throw new CertifyError('config_invalid', `${resolved.source} cannot be used`, {
      hint: 'certify validate',
      problems: resolved.problems,
    })
  const { defaultBranch, requiredReviewers } = await host.repository()
  const plan = await planOf(config, invocation.reviewers, defaultBranch, host)
  if (requiredReviewers === false && plan.length > 0)
    throw new CertifyError('plan_lacks_reviewers', 'environments of this private repository cannot have required reviewers', {
      hint: 'make it public, take a plan that has them (Enterprise), or name a fallback in the policy: mechanism: issue',
    })
  const look = { color: invocation.colour, width: invocation.width }
  const due = plan.filter((one) => one.changes.length > 0)
  const shown = renderSetupPlan(plan, look)
  const changed = due.length === 0 ? 'none' : (await consented(invocation, shown, host)) ? 'all' : 'refused'
  if (changed === 'all') for (const one of due) await saved(one, ports, () => host.saveEnvironment(one.wanted))
  const left = changed === 'refused' ? [] : await leftOf(plan, config, defaultBranch, host)
  const done: SetupDone = { plan: plan.map(({ name, gate, changes }) => ({ name, gate, changes })), changed, left }
  return {
    exit: changed === 'refused' || left.length > 0 ? 1 : 0,
    output: invocation.json ? `${JSON.stringify(done, null, 2)}\n` : `${shown}${renderSetupDone(done, look)}`,
    result: null,
  }
}

async function consented({ yes, dryRun, json }: SetupAsked, plan: string, host: Setup): Promise<boolean> {
  if (dryRun) return false
  if (yes) return true
  return host.confirm !== null && !json && (await host.confirm(plan, 'Change these environments?'))
}

/** What was done before one failed is said: a half-made set-up is not a mystery. */
async function saved(one: Planned, { log }: Ports, save: () => Promise<void>): Promise<void> {
  await save()
  log.info(escapeTerminal(`environment ${one.name} is set up`))
}

async function planOf(config: Config, named: readonly string[], defaultBranch: string, host: Setup): Promise<Planned[]> {
  if (config.manualReview.mechanism !== 'environment') return []
  const asked = new Map<string, GateConfig>()
  for (const gate of config.gates.filter((one) => one.enabled && one.manualApproval))
    for (const name of environmentsOf(gate)) if (!asked.has(name)) asked.set(name, gate)
  const known = new Map<string, Reviewer>()
  const plan: Planned[] = []
  for (const [name, of] of asked) {
    const rules = await host.environment(name)
    const wanted = {
      name,
      reviewers: await reviewersOf([...named, ...bySignOffs(of, name)], rules, known, host),
      preventSelfReview: config.manualReview.preventSelfReview || rules.preventSelfReview === true,
      waitMinutes: rules.waitMinutes,
      branches: branchesOf(of, rules, defaultBranch),
    }
    plan.push({ name, gate: of.number, of, wanted, changes: changesOf(rules, wanted) })
  }
  return plan
}

/** People and teams that the policy itself lists for this environment. */
function bySignOffs(gate: GateConfig, environment: string): string[] {
  return slotsOf(gate)
    .filter((slot) => (slot.environment ?? gate.environment) === environment)
    .flatMap((slot) => [...slot.users, ...slot.teams.filter((team) => team.includes('/'))])
}

/** Those who are reviewers stay; whoever is named is added. */
async function reviewersOf(
  names: readonly string[],
  rules: EnvironmentRules,
  known: Map<string, Reviewer>,
  host: Setup,
): Promise<Reviewer[]> {
  const found: Reviewer[] = [
    ...rules.users.map(({ id, login }) => ({ type: 'User' as const, id, name: login })),
    ...rules.teams.map(({ id, slug }) => ({ type: 'Team' as const, id, name: slug })),
  ]
  for (const name of names) {
    const one = known.get(name) ?? (await host.reviewer(name))
    known.set(name, one)
    if (!found.some(({ type, id }) => type === one.type && id === one.id)) found.push(one)
  }
  if (found.length === 0)
    throw new CertifyError('usage', `nobody is named who reviews in ${rules.name}`, {
      hint: 'certify setup --reviewers LOGIN,ORG/TEAM',
    })
  if (found.length > MOST_REVIEWERS)
    throw new CertifyError(
      'too_many_reviewers',
      `${rules.name} would have ${found.length} reviewers, and GitHub takes ${MOST_REVIEWERS}`,
      {
        hint: 'name a team instead of its members',
      },
    )
  return found
}

/** Those that the policy lets into the gate; where it names none, what there is, or else the default branch. */
function branchesOf({ refs }: GateConfig, rules: EnvironmentRules, defaultBranch: string): WantedEnvironment['branches'] {
  if (refs.length > 0) return [...refs]
  const limited = rules.exists && (rules.branches === 'protected' || rules.patterns.length > 0)
  return limited && rules.branches !== 'any' ? rules.branches : [defaultBranch]
}

function changesOf(rules: EnvironmentRules, wanted: WantedEnvironment): string[] {
  const changes: string[] = rules.exists ? [] : ['create it']
  const had = new Set([...rules.users.map(({ id }) => `User ${id}`), ...rules.teams.map(({ id }) => `Team ${id}`)])
  const added = wanted.reviewers.filter(({ type, id }) => !had.has(`${type} ${id}`)).map(({ name }) => name)
  if (added.length > 0) changes.push(`required reviewers: add ${added.join(', ')}`)
  if (wanted.preventSelfReview && rules.preventSelfReview !== true) changes.push('prevent self-review')
  const names = wanted.branches
  if (!Array.isArray(names)) return changes
  const gone = rules.patterns.filter((pattern) => !names.includes(pattern))
  if (rules.branches !== 'named' || names.some((name) => !rules.patterns.includes(name)))
    changes.push(`only from ${names.join(', ')}`)
  if (gone.length > 0) changes.push(`no longer from ${gone.join(', ')}`)
  return changes
}

/** The rules as they are now, held against the policy as the gate will do it. */
async function leftOf(plan: readonly Planned[], config: Config, defaultBranch: string, host: Setup): Promise<LeftToDo[]> {
  const left: LeftToDo[] = []
  for (const { name, of } of plan) {
    const rules = await host.environment(name)
    const { refusals } = guardAhead(rules, of, config.manualReview, defaultBranch)
    for (const { code, args } of refusals)
      if (code === 'environment_unsafe') left.push({ environment: name, setting: args.setting, fix: args.fix, url: rules.url })
  }
  return left
}
