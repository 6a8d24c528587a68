// The words for what is held against earlier runs: baselines, regressions, samples, and a ledger that cannot be read.
import type { Against, ReasonCode } from '../../model/reason.ts'
import { amount, plural } from '../numbers.ts'
import { brief, bound as limitOf, say, some, type WordsFor } from './words.ts'

type ComparedCode = Extract<
  ReasonCode,
  'no_baseline' | 'needs_more_samples' | 'baseline_not_met' | 'regressed' | 'history_unreadable' | 'no_history'
>

export const COMPARED_WORDS: WordsFor<ComparedCode> = {
  no_baseline: ({ metric, looked }) =>
    say(
      `no baseline for ${brief(metric)} yet${looked.length === 0 ? '' : ` (${some(looked, 4)})`}`,
      'Let a run of the branch pass, store one with certify baseline, or set baseline.value',
    ),
  needs_more_samples: ({ found, needed }) =>
    say(
      `needs ${plural(needed - found, 'more sample', 'more samples')} (${found} of ${needed})`,
      `Let ${plural(needed - found, 'more run')} of the branch pass, or store ${needed - found === 1 ? 'it' : 'them'} with certify baseline`,
    ),
  baseline_not_met: ({ sli, actual, unit, limit, bound, against }) =>
    say(
      `${sli === null ? '' : `${brief(sli)} is `}${amount(actual, unit, limit)}${sli === null ? ' is ' : ', '}${gap(actual, unit, limit, against)}; the limit is ${limitOf(limit)}`,
      step(sli === null ? 'it' : brief(sli, 80), actual, bound, unit),
    ),
  regressed: ({ actual, unit, test, boundary, line, against }) =>
    say(
      `${amount(actual, unit)} is ${gap(actual, unit, '', against)}, a regression: ${allowed(test, boundary)}`,
      step('it', actual, line, unit),
    ),
  history_unreadable: ({ what, hint }) =>
    say(
      `history cannot be used: ${brief(what, 500)}`,
      hint === null ? 'Run certify ledger verify: it names the first broken record' : brief(hint, 300),
    ),
  no_history: ({ what, place }) =>
    say(`${brief(what)} cannot be told: ${brief(place)} has no earlier run of the branch`, 'Record the runs of the branch'),
}

/** `3.2 pp below the median of the last 12 passing runs of main (97.4 %)`. */
function gap(actual: number, unit: string, limit: string, against: Against): string {
  const difference = Number((actual - against.value).toPrecision(12))
  const size = amount(Math.abs(difference), unit === '%' ? 'pp' : unit)
  const share =
    unit !== '%' && against.value !== 0 && limit.includes('%')
      ? ` (${amount(Math.abs((100 * difference) / against.value), '%')})`
      : ''
  const where = difference === 0 ? 'the same as' : `${size}${share} ${difference < 0 ? 'below' : 'above'}`
  return `${where} ${made(against)} (${amount(against.value, unit)})`
}

const BY: Readonly<Record<string, string>> = {
  avg: 'mean',
  median: 'median',
  p90: '90th percentile',
  p95: '95th percentile',
  min: 'lowest',
  max: 'highest',
}

function made({ samples, by, passing, branch }: Against): string {
  if (samples === 0) return 'the fixed baseline'
  const kind = passing ? 'passing run' : 'run'
  const of = branch === null ? '' : ` of ${brief(branch, 80)}`
  return samples === 1 ? `the last ${kind}${of}` : `the ${BY[by] ?? brief(by, 20)} of the last ${plural(samples, kind)}${of}`
}

function allowed(test: string, boundary: number): string {
  return test === 'iqr'
    ? `more than ${amount(boundary, '')} interquartile ranges outside the usual`
    : `more than ${amount(boundary, '%')} worse`
}

/** Rounded to the side that is enough. */
function step(what: string, actual: number, goal: number, unit: string): string | null {
  if (actual === goal || !Number.isFinite(goal)) return null
  return actual < goal ? `Raise ${what} to ${amount(goal, unit, '<')}` : `Lower ${what} to ${amount(goal, unit)}`
}
