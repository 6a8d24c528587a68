// The step summary, and summary.md of the report folder: everything, within 1 MiB.

import type { Result } from '../../model/result.ts'
import { fitWithin, inBytes, type Section, SUMMARY_BYTES } from '../budget.ts'
import type { Links } from '../markdown/closing.ts'
import { closing, details, leftOut, opening } from './markdown-report.ts'

const MEASURE = { blockers: 20, rows: 500, parts: 50, all: true }

/** The file and the step's summary have the same body: their links alone differ. */
const bodies = new WeakMap<Result, readonly Section[]>()

function bodyOf(result: Result): Section[] {
  return [...opening(result, MEASURE), ...details(result, MEASURE)].map((section) => ({
    ...section,
    forms: section.forms.map(once),
  }))
}

function once(form: () => string): () => string {
  let text: string | undefined
  return () => {
    text ??= form()
    return text
  }
}

/** `limit`: what is left of the step's 1 MiB where the step wrote before. */
export function renderSummary(result: Result, links: Links = {}, limit: number = SUMMARY_BYTES): string {
  const body = bodies.get(result) ?? bodyOf(result)
  bodies.set(result, body)
  return fitWithin([...body, ...closing(result, MEASURE, links)], { limit, measure: inBytes, note: leftOut(links) })
}
