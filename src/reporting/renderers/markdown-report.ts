// The order that comment, check and summary share: verdict, what blocks, who acts, ladder, details, policy, provenance.

import type { Result } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { link } from '../escape/markdown.ts'
import { type Links, loosenedSection, noticesSection, policySection, provenanceSection } from '../markdown/closing.ts'
import { criteriaSections, worstSection } from '../markdown/criteria.ts'
import { evidenceSection } from '../markdown/evidence.ts'
import { gatesSection } from '../markdown/gates.ts'
import { changesSection, trendsSection } from '../markdown/history.ts'
import { newCodeSection } from '../markdown/new-code.ts'
import {
  actorsSection,
  blockersSection,
  certificateSection,
  ladderSection,
  nextSection,
  verdictSection,
} from '../markdown/opening.ts'
import type { Measure } from '../markdown/table.ts'

export function opening(result: Result, measure: Measure): Section[] {
  return [
    verdictSection(result),
    blockersSection(result, measure.blockers),
    actorsSection(result),
    ladderSection(result),
    certificateSection(result),
    changesSection(result),
    newCodeSection(result),
    nextSection(result),
  ]
}

export function details(result: Result, measure: Measure): Section[] {
  const { level, target } = result.decision
  const highest = measure.all ? 4 : Math.max(target, level + 1)
  return [
    worstSection(result),
    ...criteriaSections(result, measure, highest),
    gatesSection(result, measure, highest),
    trendsSection(result),
    evidenceSection(result, measure.rows),
  ]
}

export function closing(result: Result, measure: Measure, links: Links): Section[] {
  return [loosenedSection(result), policySection(result), noticesSection(result, measure.rows), provenanceSection(result, links)]
}

/** The line that says what a limit made us leave out. */
export function leftOut(links: Links): (names: readonly string[]) => string {
  return (names) =>
    `_Shortened or left out to fit: ${names.join(', ')}. ${links.report ? link('The full report', links.report) : 'The full report (certify-report)'} has all of it._`
}
