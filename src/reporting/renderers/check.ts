// The check run: title, summary with what matters, text with the details, annotations on lines.

import type { Conclusion, RenderedCheck } from '../../model/rendered.ts'
import type { Result } from '../../model/result.ts'
import { blockersOf } from '../blockers.ts'
import { CHECK_BYTES, fitWithin, inBytes } from '../budget.ts'
import { plain } from '../escape/plain.ts'
import { becauseOf, headline } from '../headline.ts'
import type { Links } from '../markdown/closing.ts'
import { annotationsOf } from './annotations.ts'
import { closing, details, leftOut, opening } from './markdown-report.ts'

const MEASURE = { blockers: 15, rows: 200, parts: 20, all: true }
const LONGEST_TITLE = 255

export function renderCheck(result: Result, conclusion: Conclusion, links: Links = {}): RenderedCheck {
  const budget = { limit: CHECK_BYTES, measure: inBytes, note: leftOut(links) }
  const text = fitWithin(details(result, MEASURE), budget).trim()
  return {
    name: `${plain(result.name, 80)} verdict`,
    title: titleOf(result),
    conclusion,
    summary: fitWithin([...opening(result, MEASURE), ...closing(result, MEASURE, links)], budget),
    text: text === '' ? null : `${text}\n`,
    annotations: annotationsOf(result),
  }
}

/** Plain text: GitHub reads no Markdown in a title. Mentions are broken all the same. */
function titleOf(result: Result): string {
  const because = becauseOf(result, blockersOf(result))
  return plain(`${headline(result)}. ${because}`, LONGEST_TITLE)
    .replace(/@(?=\w)/g, '@ ')
    .slice(0, LONGEST_TITLE)
}
