// The directions a setting can go, by what kind of setting it is.
import type { Limit } from '../model/limit.ts'
import { type Direction, type Judge, line, NONE, unchanged } from './change.ts'
import { strictness } from './threshold.ts'

/** A switch that is stricter on, or stricter off. */
export function strictWhen(strict: boolean): Judge<boolean> {
  return (from, to) => (from === to ? null : to === strict ? 'tighter' : 'looser')
}

/** More is stricter. */
export const higher: Judge<number> = (from, to) => (from === to ? null : to > from ? 'tighter' : 'looser')

/** Less is stricter; null is no bound at all. */
export const lower: Judge<number | null> = (from, to) =>
  higher(-(from ?? Number.POSITIVE_INFINITY), -(to ?? Number.POSITIVE_INFINITY))

/** Words in order, the laxest first. */
export function ordered<W extends string>(...laxToStrict: W[]): Judge<W> {
  return (from, to) => higher(laxToStrict.indexOf(from), laxToStrict.indexOf(to))
}

/** A list of what is asked: longer is stricter. */
export const moreIsStricter: Judge<readonly string[]> = (from, to) =>
  direction(gains(from, to), gains(to, from), 'tighter', 'looser')

/** A list of what is let off: longer is laxer. */
export const moreIsLaxer: Judge<readonly string[]> = (from, to) =>
  direction(gains(from, to), gains(to, from), 'looser', 'tighter')

/** A list of those who are allowed, where an empty list allows all. */
export const whoMay: Judge<readonly string[]> = (from, to) => {
  if (from.length === 0 || to.length === 0) return from.length === to.length ? null : to.length > 0 ? 'tighter' : 'looser'
  return moreIsLaxer(from, to)
}

/** A name that is asked for or, as null, not: any other name is another policy. */
export const namedOrNot: Judge<string | null> = (from, to) => {
  if (from === to) return null
  return from === null ? 'tighter' : to === null ? 'looser' : 'unknown'
}

/** Any difference is one that cannot be told. */
export const anyChange: Judge<unknown> = (from, to) => (unchanged(from, to) ? null : 'unknown')

/** As anyChange, but the first entry is only a description of what there is. */
export const described: Judge<readonly unknown[]> = (from, to) =>
  from.length === 0 && to.length > 0 ? 'declared' : anyChange(from, to)

export const limits: Judge<readonly Limit[]> = (from, to) => {
  const found = strictness(from, to)
  return found === 'equal' ? null : found
}

/** A warn band lets through what the limit does not: none is the strictest. */
export const warnBand: Judge<readonly Limit[]> = (from, to) => {
  if (from.length === 0 || to.length === 0) return from.length === to.length ? null : to.length > 0 ? 'looser' : 'tighter'
  return limits(from, to)
}

export function showLimits(list: readonly Limit[]): string {
  return list.length === 0 ? NONE : line(list.map((limit) => limit.text).join(' and '))
}

/** Where the first of these limits was written. */
export function limitOrigin(list: readonly Limit[]): string | null {
  return list[0]?.origin ?? null
}

function gains(from: readonly string[], to: readonly string[]): boolean {
  const had = new Set(from)
  return to.some((one) => !had.has(one))
}

function direction(gained: boolean, lost: boolean, more: Direction, less: Direction): Direction | null {
  if (gained && lost) return 'unknown'
  return gained ? more : lost ? less : null
}
