// Good and total events out of Prometheus series: counters that the query marks, or the slices of time in which something was up.
import type { PerformanceFacts } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { refused } from '../../scan/json.ts'
import { braced, type Series } from './prometheus-series.ts'

export type Events = NonNullable<PerformanceFacts['events']>

/** Gauges that are 1 while the target answers and 0 while it does not. */
const UP = ['up', 'probe_success']
const MARKS = ['good', 'bad', 'total'] as const
/** `increase` extrapolates, so that sums of the same events may differ in their last digits. */
const NOISE = 1e-9

export function isMarked({ labels }: Series): boolean {
  return labels.has('events')
}

/** Counters marked `events="good"`, `"bad"` or `"total"`, put together by their other labels and added up. */
export function countedEvents(series: readonly Series[]): Events {
  const groups = new Map<string, Partial<Record<(typeof MARKS)[number], number>>>()
  for (const { labels, samples } of series) {
    const mark = MARKS.find((one) => one === labels.get('events'))
    if (mark === undefined)
      throw refused('wrong_shape', `the label events is ${JSON.stringify(labels.get('events')!.slice(0, 40))}`, {
        hint: 'Mark a series by events="good", "bad" or "total"; in a range query by "slices".',
      })
    const key = (labels.get('sli') ?? '') + braced(labels)
    const group = groups.get(key) ?? {}
    if (group[mark] !== undefined) throw refused('duplicate_name', `two series are the ${mark} events of ${shown(key)}`)
    group[mark] = countOf(samples[0]?.value, mark, key)
    groups.set(key, group)
  }
  const sum: Events = { good: 0, total: 0, source: [...groups.keys()].map(shown).join(', ').slice(0, 200) }
  for (const [key, { good, bad, total }] of groups) {
    if (total === undefined || (good === undefined) === (bad === undefined))
      throw refused('wrong_shape', `the events of ${shown(key)} are not total and either good or bad`, {
        hint: 'Let the query give both; where nothing was counted it gives no series: add `or vector(0)`.',
      })
    const part = (good ?? bad)!
    if (part > total * (1 + NOISE)) throw refused('impossible_total', `${shown(key)} has ${part} of ${total} events`)
    sum.good += good === undefined ? Math.max(0, total - part) : Math.min(part, total)
    sum.total += total
  }
  return sum
}

/** null: the series tell nothing of being up. A slice without a sample, or with one that is no number, is not known to be good. */
export function upSlices(series: readonly Series[], problems: Problem[]): Events | null {
  const told = series.filter(({ labels }) => UP.includes(labels.get('__name__') ?? '') || labels.get('events') === 'slices')
  if (told.length === 0) return null
  const times = told.flatMap(({ samples }) => (samples.length === 0 ? [] : [samples[0]!.at, samples.at(-1)!.at]))
  const step = told.reduce((least, { samples }) => leastStep(samples, least), Number.POSITIVE_INFINITY)
  const range = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b))
  if (range > 0 && step === Number.POSITIVE_INFINITY)
    throw refused('wrong_shape', 'no series has two samples: nothing tells how long a slice is')
  const slices = Math.round(range / step) + 1
  const events: Events = {
    good: 0,
    total: 0,
    source: told
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200),
  }
  for (const { name, samples } of told) {
    for (const { value } of samples)
      if (value !== 0 && value !== 1 && !Number.isNaN(value))
        throw refused('bad_number', `${name.slice(0, 80)} is ${value} at some time, neither 0 nor 1`)
    const known = samples.filter(({ value }) => !Number.isNaN(value)).length
    if (known < slices)
      problems.push({
        code: 'no_value',
        message: `${name.slice(0, 80)} has no value in ${slices - known} of ${slices} slices: they count as not good`,
      })
    events.good += samples.filter(({ value }) => value === 1).length
    events.total += Math.max(slices, samples.length)
  }
  return events
}

function leastStep(samples: Series['samples'], least: number): number {
  let step = least
  for (let at = 1; at < samples.length; at++) step = Math.min(step, samples[at]!.at - samples[at - 1]!.at)
  return step
}

function countOf(value: number | undefined, mark: string, key: string): number {
  if (value === undefined || !(value >= 0) || !Number.isFinite(value))
    throw refused('bad_number', `the ${mark} events of ${shown(key)} are ${value ?? 'absent'}, no count`)
  return value
}

function shown(key: string): string {
  return key === '' ? 'all series' : key.slice(0, 80)
}
