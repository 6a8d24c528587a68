// The step summary, and summary.md of the report folder: everything, within 1 MiB.

import type { Result } from '../../model/result.ts'
import { fitWithin, inBytes, SUMMARY_BYTES } from '../budget.ts'
import type { Links } from '../markdown/closing.ts'
import { closing, details, leftOut, opening } from './markdown-report.ts'

const MEASURE = { blockers: 20, rows: 500, parts: 50, all: true }

/** `limit`: what is left of the step's 1 MiB where the step wrote before. */
export function renderSummary(result: Result, links: Links = {}, limit: number = SUMMARY_BYTES): string {
  const sections = [...opening(result, MEASURE), ...details(result, MEASURE), ...closing(result, MEASURE, links)]
  return fitWithin(sections, { limit, measure: inBytes, note: leftOut(links) })
}
