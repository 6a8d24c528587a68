// What each surface shows of a result, for the adapters that put it there.
import type { LedgerNote } from '../model/ledger.ts'
import type { Conclusion, RenderedCheck } from '../model/rendered.ts'
import type { Result } from '../model/result.ts'
import { annotationsOf as annotations } from '../reporting/renderers/annotations.ts'
import { renderCheck } from '../reporting/renderers/check.ts'
import { renderCommands } from '../reporting/renderers/commands.ts'
import { renderComment } from '../reporting/renderers/comment.ts'
import { renderJson } from '../reporting/renderers/json.ts'
import { renderSummary } from '../reporting/renderers/summary.ts'

/** Where a reader finds more. */
export interface Where {
  runUrl: string
  ledger: LedgerNote
}

/** The files of the report folder. */
export function reportRenderings(): { file: string; render: (result: Result, ledger: LedgerNote) => string }[] {
  return [
    { file: 'result.json', render: renderJson },
    { file: 'summary.md', render: (result, ledger) => renderSummary(result, { ledger }) },
  ]
}

export function checkOf(result: Result, conclusion: Conclusion, where: Where): RenderedCheck {
  return renderCheck(result, conclusion, { run: where.runUrl, ledger: where.ledger })
}

/** The same annotations as workflow commands, for runs that may not write checks. */
export function annotationsOf(result: Result): string[] {
  return renderCommands(annotations(result))
}

/** `most`: in characters. */
export function commentOf(result: Result, marker: string, where: Where, most?: number): string {
  return renderComment(result, { marker, links: { run: where.runUrl, ledger: where.ledger } }, most)
}

export function summaryOf(result: Result, where: Where, maxBytes: number): string {
  return renderSummary(result, { run: where.runUrl, ledger: where.ledger }, maxBytes)
}

/** The Action's outputs (action.yml): enumerations, ids and JSON of known shape only. */
export function outputsOf(result: Result, ledger: LedgerNote, reportDir: string): Record<string, string> {
  const { decision } = result
  return {
    verdict: decision.verdict,
    level: String(decision.level),
    gates: JSON.stringify(Object.fromEntries(result.gates.map((gate) => [String(gate.id), gate.state]))),
    proceed: decision.proceed ? 'true' : '',
    'failed-criteria': JSON.stringify(decision.failedCriteria),
    'evidence-digest': result.evidenceDigest,
    'certificate-id': '',
    'certificate-path': '',
    'evaluation-digest': ledger.state === 'reported' ? ledger.digest : '',
    'record-digest': ledger.state === 'left' ? ledger.digest : '',
    'ledger-head': ledger.state === 'recorded' ? ledger.hash : (result.history?.head?.hash ?? ''),
    'report-path': `${reportDir}/result.json`,
  }
}
