// The pieces of Markdown that every surface shares: bounded tables, folded parts, a mark with its word.
import { markdownTable } from 'markdown-table'
import type { Shown } from '../states.ts'

/** How much a surface shows before any budget is pressed. */
export interface Measure {
  blockers: number
  rows: number
  /** Parts of a criterion: files, findings, tests. */
  parts: number
  /** Everything: levels and gates beyond the next one, and what was met. */
  all: boolean
}

const SHORT_WORD = 16

/** The first `most` items as rows (cells are Markdown already escaped); the others are counted in a line below. */
export function table<T>(
  head: readonly string[],
  items: readonly T[],
  row: (item: T) => readonly string[],
  most: number,
): string {
  if (items.length === 0) return ''
  const body = markdownTable([head, ...items.slice(0, most).map(row)], { alignDelimiters: false, padding: true })
  return items.length > most ? `${body}\n\n${rest(items.length - most)}` : body
}

export function rest(number: number): string {
  return `_and ${number} more, in the full report._`
}

/** `summary` is our own text without Markdown: GitHub reads none there. */
export function folded(summary: string, body: string): string {
  return body === '' ? '' : `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

export function marked({ mark, word }: Shown): string {
  return `${mark}\u00a0${unbroken(word)}`
}

/** No-break spaces keep a mark and its word, or a number and its unit, on one line of a narrow cell. */
export function unbroken(text: string): string {
  return text.length <= SHORT_WORD ? text.replaceAll(' ', '\u00a0') : text
}
