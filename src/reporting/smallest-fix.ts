// The smallest step that would meet a limit, in numbers: how many more of what, or how far a value has to move.
import type { Limit, Term } from '../model/limit.ts'
import type { MetricPart } from '../model/metric.ts'
import { linesOf } from './lines.ts'
import { amount, count } from './numbers.ts'

export interface Ratio {
  good: number
  total: number
  what: string
}

/** What coverage counts in. */
export const COVERED_IN =
  /^(?:(?:changed )?lines|statements|branches|functions|conditions)(?: and (?:lines|statements|branches|functions|conditions))*$/

const VERBS: [pattern: RegExp, sentence: (n: number, what: string) => string][] = [
  [COVERED_IN, (n, what) => `Cover ${count(n)} more ${what}`],
  [/tests?$|journeys?$|pairs?$|services?$|databases?$|points?$|scenarios?$/, (n, what) => `Make ${count(n)} more ${what} pass`],
  [/objectives?$/, (n, what) => `Meet ${count(n)} more ${what}`],
  [/events?$/, (n, what) => `Have ${count(n)} more ${what} succeed`],
  [/sign-?offs?$/, (n, what) => `Get ${count(n)} more ${what}`],
  [/items?$/, (n, what) => `Complete ${count(n)} more ${what}`],
]

/** How many more good ones the limit needs; null where the limit is no plain floor in percent or cannot be met. */
export function missing(ratio: Ratio, limits: readonly Limit[]): { more: number; goal: string } | null {
  if (!Number.isInteger(ratio.good) || !Number.isInteger(ratio.total) || ratio.total <= 0) return null
  let worst: { more: number; goal: string } | null = null
  for (const term of limits.flatMap((limit) => limit.terms)) {
    const needed = neededFor(term, ratio.total)
    if (needed === null || needed > ratio.total) return null
    const more = needed - ratio.good
    if (more > 0 && (worst === null || more > worst.more)) worst = { more, goal: goalOf(term) }
  }
  return worst
}

/** `Cover 5 more lines to exceed 95 %; start with src/auth.ts, lines 31-44`; null where no count can be given. */
export function smallestFix(ratio: Ratio | null, limits: readonly Limit[], parts: readonly MetricPart[] = []): string | null {
  const gap = ratio === null ? null : missing(ratio, limits)
  if (ratio === null || gap === null) return null
  const what = gap.more === 1 ? singular(ratio.what) : ratio.what
  const verb = VERBS.find(([pattern]) => pattern.test(ratio.what))?.[1]
  const step = verb ? verb(gap.more, what) : `${count(gap.more)} more ${what} needed`
  return `${step} ${gap.goal}${whereOf(parts)}`
}

/** How far a value is from a limit given as text: `Lower it by 50 ms`. */
export function distance(actual: number, unit: string, limit: string, what = 'it'): string | null {
  const match = /^\s*(>=|<=|>|<)\s*(\d{1,15}(?:\.\d{1,15})?)\s*([^\s\d]{0,10})\s*$/.exec(limit.slice(0, 60))
  if (!match || !Number.isFinite(actual) || (match[3] !== '' && match[3] !== unit)) return null
  const gap = Number((Number(match[2]) - actual).toPrecision(12))
  const floor = match[1]!.startsWith('>')
  if (floor ? gap < 0 : gap > 0) return null
  const strict = match[1]!.length === 1
  if (gap === 0)
    return strict ? `${floor ? 'Raise' : 'Lower'} ${what} ${floor ? 'above' : 'below'} ${amount(Number(match[2]), unit)}` : null
  const size = unit === '%' ? amount(Math.abs(gap), '', '<').concat(' points') : amount(Math.abs(gap), unit, '<')
  return `${floor ? 'Raise' : 'Lower'} ${what} by ${strict ? 'more than' : 'at least'} ${size}`
}

function neededFor(term: Term, total: number): number | null {
  if (term.mode !== 'absolute') return null
  const exact = Number(((term.value * total) / 100).toPrecision(15))
  if (term.op === '>') return Math.floor(exact) + 1
  if (term.op === '>=' || term.op === '==') return Math.ceil(exact)
  return null
}

function goalOf(term: Term): string {
  return `to ${term.op === '>' ? 'exceed' : 'reach'} ${amount(term.value, '%')}`
}

function singular(what: string): string {
  return what
    .replace(/(branch)es$/, '$1')
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')
}

/** The file with most lines to work on. A part named after its path is a file; other parts are tests and the like. */
function whereOf(parts: readonly MetricPart[]): string {
  const size = (part: MetricPart): number => part.ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  const short = parts.filter((part) => part.state === 'short' && part.path === part.name && part.ranges.length > 0)
  const worst = short.reduce<MetricPart | null>((best, part) => (best === null || size(part) > size(best) ? part : best), null)
  if (worst === null) return ''
  return `; start with ${worst.path!.slice(0, 200)}, ${linesOf(worst.ranges, 3)}`
}
