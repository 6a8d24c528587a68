// The sticky comment: its hidden marker first, then the report, within 65,536 characters.

import type { Result } from '../../model/result.ts'
import { COMMENT_CHARACTERS, fitWithin, inCharacters } from '../budget.ts'
import type { Links } from '../markdown/closing.ts'
import { closing, details, leftOut, opening } from './markdown-report.ts'

const MEASURE = { blockers: 10, rows: 100, parts: 5, all: false }

/** `marker`: a whole HTML comment on one line; the publisher finds its comment by it, together with the author. */
export function renderComment(
  result: Result,
  { marker, links = {} }: { marker: string; links?: Links },
  limit: number = COMMENT_CHARACTERS,
): string {
  const sections = [
    { name: 'the marker', keep: 1_000, forms: [() => marker] },
    ...opening(result, MEASURE),
    ...details(result, MEASURE),
    ...closing(result, MEASURE, links),
  ]
  return fitWithin(sections, { limit, measure: inCharacters, note: leftOut(links) })
}
