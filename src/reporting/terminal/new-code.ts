// New code on the terminal: how much of it ran, the files that hurt, and what is not known or not enforced.
import type { Result } from '../../model/result.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { linesOf } from '../lines.ts'
import { isWorthSaying, newCodeLine, newCodeNotes } from '../new-code.ts'
import type { Page } from './page.ts'

const MOST_FILES = 5
const MOST_NOTES = 5

export function newCodeSection(page: Page, { newCode }: Result): void {
  if (newCode === null || !isWorthSaying(newCode)) return
  page.title(t(`New code: ${newCodeLine(newCode)}`, 120))
  page.rows(
    newCode.files.map(({ path, detail, ranges }) => ({
      shown: { mark: '·', word: '', tone: 'warn' },
      cells: [t(path, 80), t(detail, 60), linesOf(ranges, 5)],
    })),
    MOST_FILES,
    1,
  )
  for (const note of newCodeNotes(newCode, MOST_NOTES)) page.item('  ', 2, t(note, 400), 'quiet')
}
