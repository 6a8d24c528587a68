// New code in Markdown: one line, the files that hurt, and what is not known or not enforced.
import type { Result, ResultNewCode } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { linesOf } from '../lines.ts'
import { isWorthSaying, newCodeLine, newCodeNotes } from '../new-code.ts'
import { table } from './table.ts'

const MOST_NOTES = 5

export function newCodeSection({ newCode }: Result): Section {
  const show = (most: number) => (): string => {
    if (newCode === null || !isWorthSaying(newCode)) return ''
    const notes = newCodeNotes(newCode, MOST_NOTES).map((note) => escapeMarkdown(note, 400))
    // One line is enough where there is nothing to work on.
    if (!newCode.lines) return `<sub>New code: ${newCodeLine(newCode)}${joined(notes)}</sub>`
    const line = `**New code:** ${newCodeLine(newCode)}${joined(notes)}`
    return [line, table(['File', 'Covered', 'Not covered'], newCode.files, row, most)].filter(Boolean).join('\n\n')
  }
  return { name: 'the new code', keep: 74, forms: [show(5), show(0)] }
}

function joined(notes: readonly string[]): string {
  return notes.length === 0 ? '' : `; ${notes.join('; ')}`
}

function row({ path, detail, ranges }: ResultNewCode['files'][number]): string[] {
  return [code(path, 200), escapeMarkdown(detail, 120), linesOf(ranges, 5) || '–']
}
