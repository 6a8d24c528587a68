// The words for the order of things: levels, gates, approvals, and the policy itself.
import type { ReasonCode } from '../../model/reason.ts'
import { plural } from '../numbers.ts'
import { brief, say, some, type WordsFor } from './words.ts'

type ProcessCode = Extract<
  Exclude<ReasonCode, 'gate_rejected' | 'awaiting_go_live'>,
  | `not_applicable_${string}`
  | 'no_check_bound'
  | 'needs_github'
  | 'change_not_ready'
  | `awaiting_${string}`
  | 'automated_validation_off'
  | `level_${string}`
  | 'criteria_short'
  | `gate_${string}`
  | 'deliverable_missing'
  | `config_${string}`
  | 'policy_changed_in_head'
  | 'could_not_judge'
  | 'reported_not_verified'
  | 'note'
>

export const PROCESS_WORDS: WordsFor<ProcessCode> = {
  not_applicable_until: ({ reason, expires }) => say(`declared not applicable until ${brief(expires, 40)}: ${brief(reason)}`),
  not_applicable_expired: ({ reason, expired }) =>
    say(
      `was declared not applicable only until ${brief(expired, 40)} (${brief(reason)})`,
      'Meet it, or have the policy renew its date',
    ),
  no_check_bound: ({ text }) => say(`nothing checks "${brief(text)}"`, 'Give it a check: in the config'),
  needs_github: ({ what }) => say(`${brief(what)} can only be told on GitHub`, 'Run certify in the workflow'),
  change_not_ready: ({ why }) => say(`the change is not ready: ${brief(why)}`, 'Finish the change'),
  awaiting_approval: ({ gate, environment }) =>
    say(
      `gate ${gate} waits for approval${environment === '' ? '' : ` in environment ${brief(environment, 80)}`}`,
      environment === '' ? `Approve gate ${gate}` : `Have a reviewer of ${brief(environment, 80)} approve gate ${gate}`,
    ),
  awaiting_sign_off: ({ roles }) => say(`waits for sign-off: ${some(roles, 6)}`, `Have ${some(roles, 6)} sign off`),
  automated_validation_off: () => say('automatic validation is switched off', 'Switch it on: VALIDATION_AUTOMATED=true'),
  level_below_not_reached: ({ level, state }) =>
    say(`${brief(level)} is not reached yet: ${stateName(state)}`, `Reach ${brief(level)} first`),
  level_disabled: ({ level }) =>
    say(`${brief(level)} is disabled by policy`, 'Enable the level, or leave it out of what the gate asks for'),
  level_not_enabled_gate_skipped: ({ gate }) => say(`gate ${gate} is skipped because its level is disabled`),
  level_reached: ({ level }) => say(`${brief(level)} is reached`),
  criteria_short: ({ level, criteria }) => say(`${brief(level)} is short of ${some(criteria, 4)}`, `Meet ${some(criteria, 4)}`),
  level_without_criteria: ({ level }) =>
    say(
      `${brief(level)} has no criteria, so nothing can be judged`,
      `Give ${brief(level)} a criterion, or disable it in the policy`,
    ),
  gate_disabled: ({ gate }) => say(`gate ${gate} is disabled by policy`),
  gate_entry_failed: ({ gate, items }) =>
    say(`gate ${gate}, entry not met: ${some(items)}`, `Meet the entry criteria of gate ${gate}`),
  gate_exit_failed: ({ gate, items }) =>
    say(`gate ${gate}, exit not met: ${some(items)}`, `Meet the exit criteria of gate ${gate}`),
  gate_not_open: ({ gate, state }) => say(`gate ${gate} is not open: ${stateName(state)}`, null),
  deliverable_missing: ({ name, expected }) =>
    say(`${brief(name)} is missing`, expected.length > 0 ? `Supply ${some(expected)}` : `Supply the ${brief(name)}`),
  config_missing: ({ path }) =>
    say(`${brief(path)} does not exist at the trusted ref`, 'Add it to the default branch, or correct the config input'),
  config_invalid: ({ path, problems }) =>
    say(`${brief(path)} has ${plural(problems, 'problem')}`, 'Run certify validate: it names each with its line and fix'),
  policy_changed_in_head: ({ tightened, loosened }) =>
    say(`this change edits the policy (${tightened.length} tightened, ${loosened.length} loosened); the edit did not count here`),
  could_not_judge: ({ message, hint }) => say(brief(message, 500), hint === null ? null : brief(hint, 300)),
  reported_not_verified: ({ verdict, level, run }) =>
    say(
      `run ${brief(String(run), 20)} reports "${brief(verdict, 20)}", level ${brief(String(level), 2)}, by itself: no trusted run has measured it`,
      'Let the merge queue, or a run that a maintainer starts on this commit, measure it again',
    ),
  note: ({ text }) => say(brief(text, 500)),
}

function stateName(state: string): string {
  return brief(state, 40).replaceAll('_', ' ')
}
