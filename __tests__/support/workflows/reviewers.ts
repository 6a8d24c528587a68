// The people at a gate, by a script: what happens while a job waits for its environment, in the order it happens.
import type { GitHub } from '../github/server.ts'

export type Act =
  /** `afterwards`: what happens before the job that starts has looked. */
  | { approve: string; comment?: string | (() => string); afterwards?: () => void }
  | { reject: string; comment?: string }
  /** An administrator starts the waiting job. That it shows among the reviews is not known of GitHub, so it does not. */
  | { bypass: string }
  /** Something else happens while the job waits. */
  | { meanwhile: () => void | Promise<void> }
  /** Thirty days pass. So they do where a script is at its end. */
  | 'nobody'
  /** Somebody cancels the run. */
  | 'cancel'

/** By environment. What one attempt has not used is there for the next. */
export type Script = Record<string, Act[]>

export interface Waiting {
  github: GitHub
  script: Script
  /** Who belongs to a team, by the team's name as a reviewer. */
  members: Record<string, string[]>
  run: number
  /** Those who started this run or attempt: an environment may keep them from reviewing it. */
  started: string[]
  /** Reviews that GitHub does not let them give are noted here. */
  refused: string[]
}

/** Names are not told apart by their case. */
function environmentIn(state: GitHub['state'], name: string) {
  return state.environments.get(name.toLowerCase())
}

/** What becomes of the job. An environment that does not exist comes into being without a rule, and stops nobody. */
export async function waitedFor(
  environment: string,
  { github, script, members, run, started, refused }: Waiting,
): Promise<'starts' | 'ends' | 'cancelled'> {
  const { state } = github
  const rules = environmentIn(state, environment) ?? state.addEnvironment(environment)
  if ((rules.reviewers ?? []).length === 0) return 'starts'
  for (let act = script[environment]?.shift(); act !== undefined; act = script[environment]?.shift()) {
    if (act === 'nobody') return 'ends'
    if (act === 'cancel') return 'cancelled'
    if ('meanwhile' in act) {
      await act.meanwhile()
      if ((environmentIn(state, environment)?.reviewers ?? []).length === 0) return 'starts'
      continue
    }
    const now = environmentIn(state, environment)
    if ('bypass' in act) {
      if (now?.adminsBypass === false) refused.push(`${act.bypass} may not bypass ${environment}`)
      else return 'starts'
      continue
    }
    const login = 'approve' in act ? act.approve : act.reject
    const asked = now?.reviewers?.some((one) => one === login || members[one]?.includes(login)) ?? false
    if (!asked || (now?.preventSelfReview === true && started.includes(login))) {
      refused.push(`${login} may not review ${environment}`)
      continue
    }
    const comment = typeof act.comment === 'function' ? act.comment() : act.comment
    state.review(run, environment, login, 'approve' in act ? 'approved' : 'rejected', comment)
    if ('approve' in act) act.afterwards?.()
    return 'approve' in act ? 'starts' : 'ends'
  }
  return 'ends'
}
