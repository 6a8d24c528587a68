// The files the verdict rests on, and those that were not let in, which come first.

import type { Result, ResultEvidence } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { nameOf } from '../evidence-list.ts'
import { type EvidenceNotes, notesOn } from '../evidence-notes.ts'
import { duration, plural } from '../numbers.ts'
import { folded, table } from './table.ts'

export function evidenceSection(result: Result, most: number): Section {
  const refused = result.evidence.filter((file) => !file.admitted)
  const admitted = result.evidence.filter((file) => file.admitted)
  const title = `Evidence: ${plural(admitted.length, 'report')} admitted${refused.length > 0 ? `, ${refused.length} not` : ''}`
  const notes = notesOn(result.evidence)
  const common = notes.common.map((note) => `- ${escapeMarkdown(note, 300)}`).slice(0, 10)
  const show = (rows: number) => (): string => {
    const row = (file: ResultEvidence): string[] => rowOf(file, notes)
    const list = table(['', 'Report', 'Format', 'Level', 'Says', 'Age'], [...refused, ...admitted], row, rows)
    return folded(title, list === '' ? '' : [list, common.join('\n')].filter(Boolean).join('\n\n'))
  }
  return { name: 'the evidence', keep: 15, forms: [show(most), show(50), show(10), () => ''] }
}

function rowOf(file: ResultEvidence, notes: EvidenceNotes): string[] {
  return [
    file.admitted ? '✓\u00a0admitted' : '✗\u00a0not\u00a0admitted',
    `${code(nameOf(file), 160)}${file.sha256 === null ? '' : `<br>sha256 ${code(file.sha256.slice(0, 12))}`}`,
    `${file.format === null ? '–' : code(file.format, 40)}${file.producer === null ? '' : `<br>${escapeMarkdown(file.producer, 60)}`}`,
    file.level ?? '–',
    escapeMarkdown([file.summary ?? '', ...notes.own(file).slice(0, 2)].filter(Boolean).join('; '), 400) || '–',
    file.age === null ? '–' : duration(file.age),
  ]
}
