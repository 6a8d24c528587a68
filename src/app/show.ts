// What each surface shows of a result, for the adapters that put it there.
import type { Result } from '../model/result.ts'
import { renderJson } from '../reporting/renderers/json.ts'
import { renderSummary } from '../reporting/renderers/summary.ts'

/** The files of the report folder. */
export function reportRenderings(): { file: string; render: (result: Result) => string }[] {
  return [
    { file: 'result.json', render: renderJson },
    { file: 'summary.md', render: renderSummary },
  ]
}
