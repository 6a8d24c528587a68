// The words for what is wrong with a report: missing, stale, foreign, unreadable, or empty of anything measured.
import type { ReasonCode } from '../../model/reason.ts'
import { count, plural } from '../numbers.ts'
import { brief, either, say, shortCommit, some, type WordsFor } from './words.ts'

type EvidenceCode = Extract<
  ReasonCode,
  | `evidence_${string}`
  | 'producer_not_run'
  | 'nothing_measured'
  | 'zero_tests'
  | 'all_tests_skipped'
  | 'suite_errors'
  | 'run_unfinished'
  | 'tests_not_held'
  | 'scan_failed'
  | 'scan_missing'
  | 'requests_all_failed'
  | 'nothing_found'
  | 'declared_recount_differ'
  | `file_${string}`
  | 'diff_incomplete'
  | 'no_change'
  | `new_code_${string}`
>

const JOB_ENDED = { success: 'succeeded', failure: 'failed', cancelled: 'was cancelled', skipped: 'was skipped' } as const

/** What the policy names itself is not looked for by its name: written alone, the report would not be read. */
const toName = (unnamed?: 'metric' | 'evidence'): string =>
  unnamed === undefined ? '' : `, and name it in the policy as ${unnamed === 'metric' ? "the metric's evidence" : 'evidence'}`

export const EVIDENCE_WORDS: WordsFor<EvidenceCode> = {
  evidence_missing: ({ what, expected, unnamed }) =>
    expected.length > 0
      ? say(`no report found for ${brief(what)}`, `Have an earlier step write ${either(expected)}${toName(unnamed)}`)
      : say(`no report found for ${brief(what)}`, 'Name its report in the config, under evidence'),
  evidence_rejected: ({ path, why }) => say(`${brief(path)} cannot be used: ${brief(why)}`, 'Mend the step that writes it'),
  evidence_stale: ({ path, age, max }) =>
    say(`${brief(path)} is ${brief(age, 40)} old, at most ${brief(max, 40)} is allowed`, 'Make it again in this run'),
  evidence_wrong_commit: ({ path, found, expected }) =>
    say(
      `${brief(path)} was made for commit ${shortCommit(found)}, not for ${shortCommit(expected)}`,
      `Run the step that writes it on commit ${shortCommit(expected)}`,
    ),
  evidence_unbound: ({ path }) =>
    say(`${brief(path)} does not say which commit it is for`, 'Take it from this run instead of another one'),
  evidence_duplicate: ({ path, same_as }) => say(`${brief(path)} has the same bytes as ${brief(same_as)} and counts once`),
  evidence_tracked: ({ path }) =>
    say(
      `${brief(path)} is committed to git, so it proves nothing about this run`,
      'Write it during the run, or allow it in the policy with committed: true',
    ),
  evidence_altered: ({ path }) =>
    say(`${brief(path)} is not the file that was uploaded: its digest differs`, 'Upload it again in this run'),
  evidence_count: ({ what, found, expected }) =>
    found < expected
      ? say(
          `${brief(what)} matched ${plural(found, 'file')}, ${expected} expected`,
          `Produce the missing ${plural(expected - found, 'file')}`,
        )
      : say(
          `${brief(what)} matched ${plural(found, 'file')}, ${expected} expected`,
          `Narrow the pattern, or set expect: ${found}`,
        ),
  evidence_unreadable: ({ path, why }) =>
    say(
      `${brief(path)} ${why.startsWith('cannot be read') ? '' : 'cannot be read: '}${brief(why)}`,
      'Mend the step that writes it',
    ),
  evidence_unrecognised: ({ path }) =>
    say(
      `${brief(path)} is in no format that certify reads`,
      'Write one of the documented formats, or set format: on its evidence entry',
    ),
  evidence_ambiguous: ({ path, formats }) =>
    say(`${brief(path)} could be ${either(formats)}`, 'Set format: on its evidence entry'),
  evidence_from_future: ({ path, date }) =>
    say(
      `${brief(path)} says it was made on ${brief(date, 40)}, which is yet to come`,
      'Set the clock of the machine that makes it',
    ),
  evidence_level_assumed: ({ path, tests, level }) =>
    say(
      `${brief(path)}: ${plural(tests, 'test')} of no stated level, counted for the ${brief(level, 40)} level`,
      'Set the level of its evidence entry, or suites in the config',
    ),
  producer_not_run: ({ job, result }) =>
    say(`job ${brief(job)} ${jobEnded(result)}, so its reports are missing`, `Let job ${brief(job)} run and succeed`),
  nothing_measured: ({ what, path }) =>
    say(`${brief(path)} measured no ${brief(what)}`, 'Check what its tool is pointed at: nothing measured is no pass'),
  zero_tests: ({ path }) => say(`${brief(path)} has no tests in it`, 'Check that the test step finds its tests'),
  all_tests_skipped: ({ path, skipped }) =>
    say(`${brief(path)}: all ${plural(skipped, 'test')} skipped`, 'Let at least one test run'),
  suite_errors: ({ path, errors }) =>
    say(`${brief(path)}: ${plural(errors, 'error')} outside any test`, 'Mend the set-up or tear-down that fails'),
  run_unfinished: ({ path }) => say(`${brief(path)}: the run did not finish`, 'Let it run to its end'),
  tests_not_held: ({ path, declared, counted }) =>
    say(
      `${brief(path)}: states ${plural(declared, 'test')}, holds ${count(counted)}`,
      'See whether the run ended early or a part of its report was lost',
    ),
  scan_failed: ({ path, tool, why }) =>
    say(
      `${brief(tool)} did not complete its scan (${brief(path)})${why === '' ? '' : `: ${brief(why)}`}`,
      'Mend the scan and run it again',
    ),
  scan_missing: ({ kinds }) =>
    say(`no ${either(kinds)} scan was found`, `Add a step that runs ${kinds.length > 1 ? 'each' : 'one'} and keeps its report`),
  requests_all_failed: ({ path, requests }) =>
    say(`${brief(path)}: all ${plural(requests, 'request')} failed`, 'Start what is to be measured before measuring it'),
  nothing_found: ({ looked_for }) =>
    looked_for.length > 0
      ? say(
          `no reports were found; looked for ${looked_for
            .slice(0, 6)
            .map((name) => brief(name, 120))
            .join(', ')} and the like`,
          `Start with one: have an earlier step write ${brief(looked_for[0]!, 120)}, then run certify again`,
        )
      : say('no reports were found', 'Run certify after the steps that write reports'),
  declared_recount_differ: ({ path, declared, counted }) =>
    say(`${brief(path)} says ${brief(declared)} but holds ${brief(counted)}; what it holds counts`),
  file_not_in_report: ({ file }) =>
    say(`${brief(file)} is not in the coverage report`, 'Have the tests load it, or exclude it in the policy'),
  file_unclear: ({ file, report, name, others }) =>
    say(
      `${brief(report)} names ${brief(name)}, which could be ${either([file, ...others])}`,
      'Say which folder its paths mean: path_map in the policy',
    ),
  file_lines_unknown: ({ file, why }) =>
    say(
      `which lines of ${brief(file)} are changed is not known: ${brief(why)}`,
      'Check out with fetch-depth: 0, or exclude it in the policy',
    ),
  diff_incomplete: ({ why }) =>
    say(
      `what this change changes is not known: ${brief(why, 400)}`,
      'Have the whole history: actions/checkout with fetch-depth: 0',
    ),
  no_change: () => say('there is no change to look at: this is a run of the branch itself'),
  new_code_nothing: () => say('nothing to enforce: no changed line holds code'),
  new_code_small: ({ lines, needed }) => say(`not enforced (${lines} of ${needed} lines)`),
  new_code_excluded: ({ files, count, why }) =>
    say(`left out, ${brief(why)}: ${some(files)}${count > files.length ? ` (${plural(count, 'file')} in all)` : ''}`),
}

function jobEnded(result: string): string {
  return JOB_ENDED[result as keyof typeof JOB_ENDED] ?? `ended as ${some([result])}`
}
