// All surfaces of a result as the files of a golden folder.
import type { Conclusion } from '../../src/model/rendered.ts'
import type { Result } from '../../src/model/result.ts'
import { renderCheck } from '../../src/reporting/renderers/check.ts'
import { renderCommands } from '../../src/reporting/renderers/commands.ts'
import { renderComment } from '../../src/reporting/renderers/comment.ts'
import { renderJson } from '../../src/reporting/renderers/json.ts'
import { renderSummary } from '../../src/reporting/renderers/summary.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'

export const LINKS = {
  report: 'https://github.com/octo/shop/actions/runs/4711/artifacts/99',
  run: 'https://github.com/octo/shop/actions/runs/4711',
}

const MARKER = '<!-- certify:sticky:v1:certify -->'

/** The Markdown surfaces, by file name. */
export function markdownOf(result: Result): Record<string, string> {
  const check = renderCheck(result, conclusionOf(result), LINKS)
  return {
    'comment.md': renderComment(result, { marker: MARKER, links: LINKS }),
    'summary.md': renderSummary(result, LINKS),
    'check-summary.md': check.summary,
    'check-text.md': check.text ?? '',
  }
}

export function surfacesOf(result: Result): Record<string, string> {
  const { name, title, conclusion, annotations } = renderCheck(result, conclusionOf(result), LINKS)
  return {
    ...markdownOf(result),
    'check.json': `${JSON.stringify({ name, title, conclusion, annotations }, null, 2)}\n`,
    'commands.txt': `${renderCommands(annotations).join('\n')}\n`,
    'terminal.txt': renderTerminal(result, { color: false, width: 100 }),
    'result.json': renderJson(result),
  }
}

function conclusionOf(result: Result): Conclusion {
  const { verdict } = result.decision
  if (verdict === 'passed') return 'success'
  if (verdict === 'pending') return 'action_required'
  return result.config.mode === 'advisory' ? 'neutral' : 'failure'
}
