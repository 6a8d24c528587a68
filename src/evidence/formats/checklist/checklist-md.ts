// A Markdown task list (GFM): `- [ ]` and `- [x]`, outside code and comments, each under its nearest heading.
import type { ChecklistItem } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { headingOf, visibleLines } from '../../scan/markdown.ts'
import { textOf } from '../../scan/text.ts'

/** A list marker, a box that is empty or ticked, and something to do. `[]`, `[-]`, `[~]` are no boxes. */
const ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\][ \t]+(\S.*)$/

/**
 * A Markdown task list: a list marker, `[ ]` or `[x]`, a blank, and words. Fenced code and HTML comments are passed over, as
 * they are when rendered; one that never ends is named, for it hides the rest. `[]`, `[-]` and `[~]` are no boxes.
 */
export const checklistMd: Format<'checklist'> = {
  id: 'checklist-md',
  kind: 'checklist',
  title: 'Checklist (Markdown task list)',
  producers: ['people, issue and pull request templates'],
  discovers: [],
  recognises: ({ text, xmlRoot, jsonRoot }, path) =>
    jsonRoot === null &&
    (/\.(?:md|markdown)$/i.test(path) || (xmlRoot === null && text.split('\n').some((line) => ITEM.test(line.trimEnd())))),
  read(source, limits): ReadResult<'checklist'> {
    if (source.size > limits.fileBytes)
      throw refused('too_large', `is larger than ${limits.fileBytes} bytes`, { hint: 'See docs/limits.md.' })
    const text = textOf(source)
    if (text.trim() === '') throw refused('empty', 'holds nothing')
    const { lines, unclosed } = visibleLines(text)
    const items: ChecklistItem[] = []
    let section: string | null = null
    for (const line of lines) {
      const heading = headingOf(line.text)
      if (heading) section = heading.text.slice(0, limits.textLength)
      const item = ITEM.exec(line.text)
      if (item)
        items.push({ text: item[2]!.trimEnd().slice(0, limits.textLength), checked: item[1] !== ' ', section, line: line.number })
    }
    const problems: Problem[] = []
    if (unclosed !== null) {
      problems.push({
        code: 'unclosed_block',
        message: 'a code fence or comment begins here and never ends: what follows is not read',
        line: unclosed,
      })
    }
    if (items.length === 0) problems.push({ code: 'nothing_measured', message: 'holds no task list item' })
    return { facts: { kind: 'checklist', items }, info: { producer: null, commit: null, createdAt: null }, problems }
  },
}
