// The words for people's decisions: environments that would not ask, reviews that do not count, and what became of a gate.
import type { ReasonCode } from '../../model/reason.ts'
import { brief, capital, say, some, type WordsFor } from './words.ts'

type ApprovalCode = Extract<
  ReasonCode,
  `environment_${string}` | `approval_${string}` | `approver_${string}` | 'duties_unknown' | 'gate_rejected' | 'awaiting_go_live'
>

export const APPROVAL_WORDS: WordsFor<ApprovalCode> = {
  environment_unsafe: ({ environment, setting, fix }) =>
    say(`environment ${brief(environment, 80)} holds nothing back: ${brief(setting)}`, capital(brief(fix, 300))),
  environment_warning: ({ environment, setting, fix }) =>
    say(`environment ${brief(environment, 80)}: ${brief(setting)}`, capital(brief(fix, 300))),
  gate_rejected: ({ gate, by, environment }) =>
    say(
      `gate ${gate} was rejected by ${brief(by, 60)} in ${brief(environment, 80)}`,
      'Mend what they ask for, and start a new run',
    ),
  approval_void: ({ gate, what }) =>
    say(
      `void: ${brief(what, 80)} changed since gate ${gate} asked for approval`,
      'Start a new run, or re-run all its jobs, and have it approved again',
    ),
  approval_expired: ({ gate, roles }) =>
    say(`nobody approved gate ${gate} in time: ${some(roles, 6)}`, 'Re-run all jobs when a reviewer is there'),
  approval_bypassed: ({ gate, roles }) =>
    say(
      `gate ${gate} was passed without a review that counts (${some(roles, 6)}): bypassed, or nobody knows`,
      'Re-run all jobs and have a reviewer approve; forbid the bypass in the environment',
    ),
  approver_excluded: ({ login, why }) =>
    say(`${brief(login, 60)} may not approve this change: ${brief(why)}`, 'Have somebody approve who had no hand in it'),
  approver_not_reviewer: ({ login, environment }) =>
    say(`${brief(login, 60)} is no reviewer of ${brief(environment, 80)}`, 'Have one of its required reviewers approve'),
  approver_not_listed: ({ login, environment }) =>
    say(
      `${brief(login, 60)} is not on the policy's list for ${brief(environment, 80)}`,
      'Have somebody approve whom the policy lists under sign_offs',
    ),
  approval_code_wrong: ({ login, code }) =>
    say(
      `${brief(login, 60)} quoted another evidence code: the one asked for is ${brief(code, 12)}`,
      'Look at the current evidence, and approve that',
    ),
  duties_unknown: ({ why }) =>
    say(`who had a hand in this change is not known: ${brief(why)}`, 'Give the job pull-requests: read and contents: read'),
  awaiting_go_live: ({ gate }) =>
    say(
      `gate ${gate} is approved and waits for the go-live dispatch`,
      'Run the go-live workflow with the hash of the approval record',
    ),
}
