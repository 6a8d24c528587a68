// History in words, the same on every surface: what changed against the baseline, how long a level is held, where numbers are going.
import type { Comparison, Trend } from '../model/history.ts'
import type { LedgerNote } from '../model/ledger.ts'
import type { Result, ResultCriterion } from '../model/result.ts'
import { amount, count, duration, isCeiling, plural } from './numbers.ts'
import type { Tone } from './states.ts'

export interface Change {
  id: string
  before: string
  now: string
  /** Signed, with its unit: `-1.2 pp`. */
  delta: string
  tone: Tone
  mark: string
}

/** Criteria whose value is not that of their baseline, the worse ones first; and how many have stayed as they were. */
export function changesOf(result: Result): { changed: Change[]; same: number } {
  const compared = result.levels.flatMap((level) => level.criteria).filter((one) => one.delta !== null)
  const moved = compared.filter((one) => one.delta !== 0)
  const changed = moved.map(changeOf)
  return {
    changed: [...changed.filter((one) => one.tone === 'bad'), ...changed.filter((one) => one.tone !== 'bad')],
    same: compared.length - moved.length,
  }
}

function changeOf({ id, value, baseline, delta, unit, limit }: ResultCriterion): Change {
  const better = isCeiling(limit.text) ? delta! < 0 : delta! > 0
  return {
    id,
    before: amount(baseline, unit),
    now: amount(value, unit, limit.text),
    delta: signed(delta!, unit === '%' ? 'pp' : unit),
    tone: better ? 'good' : 'bad',
    mark: delta! > 0 ? '▲' : '▼',
  }
}

function signed(value: number, unit: string): string {
  return `${value > 0 ? '+' : '-'}${amount(exact(Math.abs(value)), unit)}`
}

/** A difference of two numbers, without what binary fractions leave of it: amounts are cut, and 0.599999999999994 would show as 0.59. */
function exact(difference: number): number {
  return Number(difference.toPrecision(12))
}

/** How a surface shows what is said: plain words, and a hash. */
export interface Marks {
  plain: (text: string) => string
  hash: (hash: string) => string
}

/** What the numbers are compared with, or why with nothing; null: no ledger is kept. */
export function comparedWith(history: Comparison, now: string, { plain, hash }: Marks): string | null {
  const { baseline, steps, state } = history
  if (state === 'off') return null
  if (state === 'unreadable') return plain(`not compared: ${steps[0] ?? `${history.place} cannot be read`}`)
  if (baseline === null) return plain(`no baseline: ${steps.join('; ') || `nothing recorded in ${history.place} yet`}`)
  const [first] = baseline.records
  const ago = first === undefined ? '' : `, ${duration((Date.parse(now) - Date.parse(first.at)) / 1000)} ago`
  const commit = first?.commit == null ? '' : `, commit ${hash(first.commit.slice(0, 8))}`
  const numbers = baseline.records.map((one) => one.seq).join(', ')
  return baseline.records.length === 1 ? `record ${numbers}${commit}${ago}` : `records ${numbers}`
}

/** `level 2 held for 41 d, 63 commits`; null: nothing is held, or only since this run. */
export function heldFor(history: Comparison | null): string | null {
  const held = history?.continuity ?? null
  if (held === null || held.runs < 2) return null
  const least = held.complete ? '' : 'at least '
  return `level ${held.level} held for ${least}${duration(held.seconds)}, ${plural(held.runs, 'run')}, ${plural(held.commits, 'commit')}`
}

const BARS = '▁▂▃▄▅▆▇█'
const MOST_BARS = 30

/** One bar a run, oldest first; all alike where nothing moved. */
export function sparkline({ points, min, max }: Trend): string {
  const height = (value: number): number => (max === min ? 3 : Math.round(((value - min) / (max - min)) * (BARS.length - 1)))
  return points
    .slice(-MOST_BARS)
    .map((point) => BARS[height(point.value)])
    .join('')
}

/** `falling by 0.3 pp a run, would cross > 95 % in 4 runs`. */
export function trendWords({ direction, slope, unit, points, crossing, median }: Trend): string {
  if (direction === 'few') return `not enough data: ${plural(points.length, 'run')} of 5`
  if (direction === 'stable') return `stable around ${amount(median, unit)}`
  const step = `${slope! > 0 ? 'rising' : 'falling'} by ${amount(exact(Math.abs(slope!)), unit === '%' ? 'pp' : unit)} a run`
  const when = crossing?.at == null ? '' : ` (about ${crossing.at.slice(0, 10)})`
  const end = crossing === null ? '' : `, crosses ${crossing.limit} in ${plural(crossing.runs, 'run')}${when} if it goes on`
  return `${step}${end}`
}

/** How many runs the trends cover together; not each criterion has a value in each of them. */
export function runsOf(trends: readonly Trend[]): number {
  return new Set(trends.flatMap(({ points }) => points.map((point) => point.seq))).size
}

/** The words, and of how many of `runs` they are where that is not all. */
export function trendOf(trend: Trend, runs: number): string {
  return `${trendWords(trend)}${trend.points.length < runs ? `, over ${plural(trend.points.length, 'run')} with a value` : ''}`
}

/** No run differs from another: one line is enough for all of them. */
export function isFlat({ min, max }: Trend): boolean {
  return min === max
}

const ORDER: readonly Trend['direction'][] = ['worsening', 'improving', 'stable']

/** Those that can be told, the worsening ones first. */
export function toldTrends(history: Comparison | null): Trend[] {
  const told = (history?.trends ?? []).filter((one) => one.direction !== 'few')
  return told.sort((a, b) => ORDER.indexOf(a.direction) - ORDER.indexOf(b.direction))
}

export const TREND_TONES: Record<Trend['direction'], Tone> = {
  few: 'quiet',
  stable: 'quiet',
  improving: 'good',
  worsening: 'bad',
}

/** Where the run stands in the ledger, for the line that says what a report rests on; null: no ledger. */
export function ledgerWords(history: Comparison | null, note: LedgerNote, { hash }: Pick<Marks, 'hash'>): string | null {
  if (note.state === 'recorded') return `ledger record ${count(note.seq)}, head ${hash(note.hash.slice(0, 12))}`
  const head = history?.head ?? null
  const seen = head === null ? null : `ledger head ${hash(head.hash.slice(0, 12))}, record ${count(head.seq)}`
  if (note.state === 'left' && (history === null || history.state === 'off')) return null
  if (note.state === 'left')
    return `${seen ?? 'ledger'}, this run's record ${hash(note.digest.slice(7, 19))} waits to be appended`
  // Of a run whose record nobody takes: the digest by which a trusted run names what it reports.
  if (note.state === 'reported')
    return `${seen === null ? '' : `${seen}, `}this run's evaluation ${hash(note.digest.slice(7, 19))}`
  if (note.state === 'failed') return `${seen ?? 'ledger'}, not recorded`
  return seen
}
