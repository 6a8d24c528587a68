// The words for a number that is short of its limit, and for what it was made of: tests, findings, objectives, documents.
import type { ReasonCode } from '../../model/reason.ts'
import { distance } from '../distance.ts'
import { amount, plural } from '../numbers.ts'
import { bound, brief, say, some, type WordsFor } from './words.ts'

type MeasuredCode = Extract<
  ReasonCode,
  | 'limit_not_met'
  | 'in_warn_band'
  | 'severity_downgraded'
  | 'tests_failed'
  | 'tests_flaky'
  | `findings_${string}`
  | `suppression_${string}`
  | `vex_${string}`
  | 'no_objectives'
  | `objective_${string}`
  | 'key_objective_failed'
  | 'sample_too_small'
  | 'no_scope'
  | 'not_declared'
  | 'items_open'
  | 'item_not_manual'
  | 'items_unattested'
  | `issues_${string}`
  | `document_${string}`
  | 'documents_incomplete'
  | 'component_short'
  | 'custom_value'
  | 'unit_mismatch'
  | 'no_limit'
  | 'suppression_too_long'
>

export const MEASURED_WORDS: WordsFor<MeasuredCode> = {
  limit_not_met: ({ actual, unit, limit }) =>
    say(`${amount(actual, unit, limit)} is not ${bound(limit)}`, distance(actual, unit, limit)),
  in_warn_band: ({ actual, unit, limit }) => say(`${amount(actual, unit, limit)} passes with a warning only (${bound(limit)})`),
  severity_downgraded: ({ from, to }) => say(`the policy counts this as ${brief(to)} instead of ${brief(from)}`),
  tests_failed: ({ failed, errors, names }) =>
    say(
      `${[failed > 0 ? `${plural(failed, 'test')} failed` : '', errors > 0 ? plural(errors, 'error') : ''].filter(Boolean).join(', ') || 'tests failed'}${listed(names, failed + errors, 70)}`,
      names.length === 1
        ? `Make ${brief(names[0]!, 120)} pass`
        : `Make ${failed + errors > 1 ? `these ${failed + errors} tests` : 'it'} pass`,
    ),
  tests_flaky: ({ flaky, names }) =>
    say(
      `${plural(flaky, 'test')} failed before passing${listed(names, flaky)}`,
      `Make ${flaky === 1 ? 'it' : 'them'} pass the first time`,
    ),
  findings_open: (found) => {
    const kinds = (['critical', 'high', 'medium', 'low'] as const).filter((kind) => found[kind] > 0)
    const total = kinds.reduce((sum, kind) => sum + found[kind], 0)
    const list = kinds.map((kind) => `${found[kind]} ${kind}`).join(', ')
    return say(
      total === 0 ? 'findings are open' : `${plural(total, 'finding')} open: ${list}`,
      total < 2
        ? 'Fix it'
        : `Fix ${kinds.length > 1 ? `${total} findings, the ${found[kinds[0]!]} ${kinds[0]} first` : `all ${total}`}`,
    )
  },
  findings_suppressed: ({ count }) => say(`${plural(count, 'finding')} suppressed by policy`),
  findings_suppressed_in_source: ({ count }) =>
    say(
      `${plural(count, 'finding')} suppressed in the report, not by policy: still open`,
      'Fix them, or suppress them in the policy with an owner and an expiry',
    ),
  findings_suppressed_by_vex: ({ file, owner, expires, count, names }) =>
    say(
      `${plural(count, 'finding')} suppressed by ${brief(file)}, for which ${brief(owner, 80)} answers until ${brief(expires, 40)}${listed(names)}`,
    ),
  vex_expired: ({ file, expired }) =>
    say(
      `the acceptance of ${brief(file)} expired on ${brief(expired, 40)}, so it suppresses nothing`,
      `Fix the findings, or have ${brief(file)} looked at and its acceptance renewed`,
    ),
  vex_too_long: ({ file, expires, days }) =>
    say(
      `the acceptance of ${brief(file)} runs until ${brief(expires, 40)}, more than ${days} days ahead, so it does not count`,
      `Set an expiry within ${days} days`,
    ),
  suppression_too_long: ({ id, expires, days }) =>
    say(
      `the suppression of ${brief(id)} runs until ${brief(expires, 40)}, more than ${days} days ahead, so it does not count`,
      `Set an expiry within ${days} days`,
    ),
  suppression_expired: ({ id, expired }) =>
    say(`the suppression of ${brief(id)} expired on ${brief(expired, 40)}`, `Fix ${brief(id)}, or have its suppression renewed`),
  no_objectives: () => say('no performance objectives are set', 'Set objectives for this metric in the config'),
  objective_failed: ({ sli, actual, unit, limit }) =>
    say(
      `${brief(sli)} is ${amount(actual, unit, limit)}, not ${bound(limit)}`,
      actual === null ? null : distance(actual, unit, limit, brief(sli, 80)),
    ),
  key_objective_failed: ({ sli, unknown }) =>
    say(
      `key objective ${brief(sli)} ${unknown === undefined ? 'failed' : `is ${brief(unknown, 40)}`}, so the whole counts as 0`,
      `Meet ${brief(sli)}`,
    ),
  objective_unknown: ({ sli, known, near }) => {
    if (near !== undefined)
      return say(
        `no report has ${brief(sli)}; did you mean ${brief(near)}?`,
        `Write ${brief(near)} or have a report measure ${brief(sli)}`,
      )
    return known.length > 0
      ? say(
          `no report has ${brief(sli)}; it has ${some(known)}`,
          `Name one that the report has, or have it measure ${brief(sli)}`,
        )
      : say(`no report has ${brief(sli)}`, `Have a report measure ${brief(sli)}`)
  },
  objective_unit: ({ sli, unit, limit }) =>
    say(
      `${brief(sli)} is measured in ${unit === '' ? 'no stated unit' : brief(unit, 40)}, which cannot be held against ${bound(limit)}`,
      'State the limit in the unit of the report',
    ),
  sample_too_small: ({ found, needed }) =>
    say(
      `sample too small: ${found} of ${needed} events`,
      `Measure at least ${plural(needed - found, 'more event', 'more events')}`,
    ),
  no_scope: ({ metric, looked_for }) => say(`nothing says what ${brief(metric)} is to cover`, `Add ${brief(looked_for)}`),
  not_declared: ({ what }) =>
    say(`${brief(what)} not declared, so every test of the level counts`, `Declare ${brief(what)} in the config`),
  items_open: ({ open, total, items }) =>
    say(
      `${open} of ${plural(total, 'item')} open${listed(items, open)}`,
      open === 1 && items.length === 1 ? `Do: ${brief(items[0]!, 120)}` : `Do the ${plural(open, 'open item')}`,
    ),
  item_not_manual: ({ item }) =>
    say(`${brief(item)} is checked automatically and cannot be ticked by hand`, 'Supply the evidence it is bound to'),
  items_unattested: ({ count, items }) =>
    say(
      `${plural(count, 'tick')} without a word that counts${listed(items, count)}`,
      'Say who vouches for each, when, on what evidence and until when (docs/metrics.md)',
    ),
  issues_open: ({ numbers, of }) =>
    say(
      `${plural(numbers.length, of === null ? 'issue' : 'sub-issue')}${of === null ? '' : ` of #${of}`} open${listed(numbers.map((number) => `#${number}`))}`,
      `Close ${numbers.length === 1 ? `#${numbers[0]}` : 'them'}`,
    ),
  issues_unknown: ({ why }) => say(brief(why, 300), 'Name issues that are there, and let the job read them: `issues: read`'),
  documents_incomplete: ({ path, rules }) => say(`${brief(path)} is incomplete${listed(rules)}`, `Complete ${brief(path)}`),
  document_missing: ({ path }) => say(`${brief(path)} does not exist`, `Write ${brief(path)}`),
  document_untracked: ({ path }) => say(`${brief(path)} is not in git`, `Add ${brief(path)} to git`),
  component_short: ({ component, actual, unit }) =>
    say(
      `component ${brief(component)} is at ${amount(actual, unit)}`,
      actual === null ? `Supply the evidence of ${brief(component)}` : `Raise ${brief(component)}: the lowest component decides`,
    ),
  unit_mismatch: ({ unit, limit }) =>
    say(
      `the value is in ${unit === '' ? 'no unit' : brief(unit, 40)}, the limit is ${brief(limit, 80)}`,
      'Write the limit in the unit of the value',
    ),
  no_limit: ({ criterion }) => say(`${brief(criterion)} has no limit to be held against`, `Give ${brief(criterion)} a limit`),
  custom_value: ({ name, value, unit }) => say(`${brief(name)} is ${amount(value, unit)}`),
}

/** The first names; there may be more than those. */
function listed(names: readonly string[], all = names.length, width?: number): string {
  return names.length > 0 ? `: ${some(names, undefined, { all, width })}` : ''
}
