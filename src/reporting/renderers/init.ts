// `certify init` for a person: what was found and where, what was written, what is still missing, what to do next.
import { terminalText as t } from '../escape/terminal.ts'
import { plural } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export interface InitShown {
  reports: readonly { path: string; kind: string; level: string; by: string; lying: unknown }[]
  commands: readonly string[]
  lacking: readonly { level: number; what: readonly string[] }[]
  notes: readonly string[]
  written: readonly string[]
  /** Files whose certify has a placeholder for its owner. */
  unowned: readonly string[]
  /** Files that are there already: nothing was written. */
  existing: readonly string[]
  /** What to add by hand to a file that is there. */
  toAdd: { path: string; text: string } | null
}

export function renderInit(shown: InitShown, look: Look): string {
  const page = new Page(look)
  const { reports, written, existing } = shown
  if (existing.length > 0) {
    const head = `${existing.join(' and ')} ${existing.length === 1 ? 'is' : 'are'} there already: nothing was written`
    page.item(`${page.mark(OUTCOMES.fail)} `, 2, t(head, 300), OUTCOMES.fail.tone)
    page.item('  → ', 4, 'certify init --dry-run shows them; certify init config, or workflow, writes that one alone')
  } else page.item(`${page.mark(OUTCOMES.pass)} `, 2, t(`wrote ${written.join(' and ')}`, 300), OUTCOMES.pass.tone)
  page.title(reports.length === 0 ? 'No reports found' : `${plural(reports.length, 'report')} found`)
  const rows = reports.map((one) => ({
    shown: one.lying === null ? OUTCOMES.pending : OUTCOMES.pass,
    cells: [one.path, one.kind, one.level, one.lying === null ? `${one.by}; not made yet` : one.by].map((cell) => t(cell, 120)),
  }))
  page.rows(rows, 40, 2)
  for (const command of shown.commands) page.item('  $ ', 4, t(command.split('\n').join('; '), 200), 'quiet')
  if (shown.lacking.length + shown.notes.length > 0) page.title('Still missing')
  for (const { level, what } of shown.lacking) page.item('  … ', 4, t(`level ${level}: ${what.join(', ')}`, 300))
  for (const note of shown.notes) page.item('  · ', 4, t(note, 300))
  if (shown.toAdd !== null) {
    page.title(t(`Add to ${shown.toAdd.path}`, 200))
    for (const line of shown.toAdd.text.trimEnd().split('\n')) page.line(line)
  }
  if (existing.length === 0) {
    page.title('Next')
    if (shown.unowned.length > 0)
      page.item(
        '  → ',
        4,
        t(`put the account that publishes your certify in place of OWNER in ${shown.unowned.join(' and ')}`, 300),
      )
    page.item('  → ', 4, 'run your tests, then: certify validate, certify evaluate')
    page.item('  → ', 4, 'read both files: where a comment asks, the choice is yours')
  }
  return page.toString()
}
