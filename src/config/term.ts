// Reading the text of a limit into its terms, before anything is known of the metric: operator, sign, number, unit.
import type { Comparator } from '../model/limit.ts'

export interface RawTerm {
  op: Comparator
  sign: 1 | -1 | null
  /** Without its sign. */
  value: number
  /** As written; empty where none was. */
  unit: string
}

export type Refused = { problem: string; hint?: string }

/** Longer than any limit a person would write. */
const MAX_LENGTH = 200
const MAX_TERMS = 8

/** Longest first: ">=" must not be read as ">". */
const OPERATORS: readonly (readonly [string, Comparator])[] = [
  ['===', '=='],
  ['==', '=='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
  ['=', '=='],
]

const MISSPELT: readonly (readonly [string, string])[] = [
  ['!==', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['<>', '!='],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
]

const SPACE = /\s*/y
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/y
const UNIT = /[^\s&|<>=!,;]+/y

/** `text` in quotes, short enough for a message. */
export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`
}

/** The terms of "op [sign] number [unit] { and|&& ... }". A number alone is ">= number". */
export function readTerms(text: string): { terms: RawTerm[] } | Refused {
  if (text.length > MAX_LENGTH) return { problem: `a limit has at most ${MAX_LENGTH} characters, this one has ${text.length}` }
  const trimmed = text.trim()
  if (trimmed === '') return { problem: 'the limit is empty', hint: 'write a number, or a comparison such as "> 95%"' }
  if (matchAt(NUMBER, trimmed, 0) === trimmed) {
    const value = Number(trimmed)
    return Number.isFinite(value) ? { terms: [{ op: '>=', sign: null, value, unit: '' }] } : tooLarge(trimmed)
  }
  const terms: RawTerm[] = []
  let at = 0
  for (;;) {
    const read = readTerm(trimmed, at)
    if ('problem' in read) return read
    terms.push(read.term)
    if (terms.length > MAX_TERMS) return { problem: `a limit has at most ${MAX_TERMS} terms` }
    at = skipSpace(trimmed, read.end)
    if (at === trimmed.length) return { terms }
    const joined = readJoin(trimmed, at)
    if (typeof joined !== 'number') return joined
    at = joined
  }
}

function readTerm(text: string, start: number): { term: RawTerm; end: number } | Refused {
  let at = skipSpace(text, start)
  const rest = text.slice(at)
  const misspelt = MISSPELT.find(([wrong]) => rest.startsWith(wrong))
  if (misspelt !== undefined) return { problem: `unknown operator ${quoted(misspelt[0])}`, hint: `write ${misspelt[1]}` }
  const operator = OPERATORS.find(([spelling]) => rest.startsWith(spelling))
  if (operator === undefined) return withoutOperator(rest)
  at = skipSpace(text, at + operator[0].length)
  let sign: RawTerm['sign'] = null
  if (text[at] === '−') return { problem: 'unknown sign "−"', hint: 'write the hyphen: -' }
  if (text[at] === '+' || text[at] === '-') {
    sign = text[at] === '+' ? 1 : -1
    at = skipSpace(text, at + 1)
  }
  const digits = matchAt(NUMBER, text, at)
  if (digits === null)
    return { problem: `no number after ${quoted(text.slice(start, at).trim())}`, hint: 'for example "> 95%" or "< 0.5 s"' }
  const value = Number(digits)
  if (!Number.isFinite(value)) return tooLarge(digits)
  at += digits.length
  if (/^[,.'_]\d?/.test(text.slice(at, at + 2))) {
    return {
      problem: `${quoted(text.slice(at - digits.length, at + 8))} is not a number`,
      hint: 'write 1000 for a thousand, 0.5 for a half',
    }
  }
  const unitAt = skipSpace(text, at)
  const word = matchAt(UNIT, text, unitAt)
  if (word === null || isJoin(word)) return { term: { op: operator[1], sign, value, unit: '' }, end: at }
  return { term: { op: operator[1], sign, value, unit: word }, end: unitAt + word.length }
}

function tooLarge(digits: string): Refused {
  return { problem: `${quoted(digits)} is too large a number` }
}

function withoutOperator(rest: string): Refused {
  const number = matchAt(NUMBER, rest, 0)
  if (number !== null) {
    return {
      problem: `${quoted(rest)} has no comparison`,
      hint: `write ">= ${rest.slice(0, 40).trim()}" or another of < <= > >= == !=`,
    }
  }
  if (rest.startsWith('-') || rest.startsWith('+'))
    return { problem: `${quoted(rest)} has a sign, but no comparison`, hint: 'for example ">= -0.5pp" or "<= +10%"' }
  return { problem: `${quoted(rest)} is not a limit`, hint: 'write a number, or one of < <= > >= == != with a number: "> 95%"' }
}

function isJoin(word: string): boolean {
  return /^(?:and|or)$/i.test(word)
}

/** Where the next term begins, or why none may follow. */
function readJoin(text: string, at: number): number | Refused {
  const rest = text.slice(at)
  if (rest.startsWith('&&')) return at + 2
  if (/^and(?![^\s<>=!])/i.test(rest)) return at + 3
  if (rest.startsWith('||') || /^or(?![^\s<>=!])/i.test(rest)) {
    return { problem: 'a limit has no "or"', hint: 'all terms of a limit must hold; state a warn band under warn:' }
  }
  return { problem: `${quoted(rest)} does not belong here`, hint: 'join two comparisons by "and"' }
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at) ?? '').length
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
