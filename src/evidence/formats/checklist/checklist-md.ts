// A Markdown task list (GFM): `- [ ]` and `- [x]`, outside code and comments, each under its nearest heading.
import type { ChecklistItem } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { headingOf, type MarkdownLine, visibleLines } from '../../scan/markdown.ts'
import { textOf } from '../../scan/text.ts'
import { unmarked, vouchedAtEnd, vouchedIn } from '../../scan/vouched.ts'

/** A list marker, a box that is empty or ticked, and something to do. `[]`, `[-]`, `[~]` are no boxes. */
const ITEM = /^([ \t>]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\][ \t]+(\S.*)$/
/** A line below an item, further in than the item: perhaps with a list marker of its own. */
const BELOW = /^([ \t>]*)(?:[-*+][ \t]+)?(\S.*)$/

/**
 * A Markdown task list: a list marker, `[ ]` or `[x]`, a blank, and words. Fenced code and HTML comments are passed over, as
 * they are when rendered; one that never ends is named, for it hides the rest. `[]`, `[-]` and `[~]` are no boxes. Whose word a
 * tick is stands at the item's end or in an indented line below it: `(by @ada, 2026-11-01, evidence: docs/limits.md, until
 * 2027-05-01)`. `(progress)` at the end of an item or heading: it tells how far things are, and holds nothing back.
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
    const items = itemsOf(lines, limits.textLength)
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

interface Above {
  depth: number
  text: string
  progress: boolean
}

function itemsOf(lines: readonly MarkdownLine[], length: number): ChecklistItem[] {
  const items: ChecklistItem[] = []
  let above: Above[] = []
  /** The item that the next lines may belong to, and how far in it stands. */
  let last: { item: ChecklistItem; indent: number } | null = null
  for (const { text: line, number } of lines) {
    const heading = headingOf(line)
    const box = heading === null ? ITEM.exec(line) : null
    if (heading !== null) {
      const { text, progress } = unmarked(heading.text)
      above = [
        ...above.filter((one) => one.depth < heading.depth),
        { depth: heading.depth, text: text.slice(0, length), progress },
      ]
      last = null
    } else if (box !== null) {
      last = { item: itemOf(box, above, { number, length }), indent: box[1]!.length }
      items.push(last.item)
    } else if (last !== null) {
      const [, indent = '', words = ''] = BELOW.exec(line) ?? []
      if (words === '' || indent.length <= last.indent) last = null
      else if (last.item.vouched === undefined) {
        const said = words.slice(0, length).trimEnd()
        const vouched = vouchedAtEnd(said).vouched ?? vouchedIn(said)
        if (vouched !== null) last.item.vouched = vouched
      }
    }
  }
  return items
}

function itemOf(
  [, , tick, words]: RegExpExecArray,
  above: readonly Above[],
  { number, length }: { number: number; length: number },
): ChecklistItem {
  const first = unmarked(words!.trimEnd().slice(0, length))
  const { text: told, vouched } = vouchedAtEnd(first.text)
  const { text, progress } = unmarked(told)
  return {
    text: text === '' ? first.text : text,
    checked: tick !== ' ',
    section: above.at(-1)?.text ?? null,
    line: number,
    ...(above.length > 1 ? { headings: above.map((one) => one.text) } : {}),
    ...(vouched === null ? {} : { vouched }),
    ...(first.progress || progress || above.some((one) => one.progress) ? { progress: true } : {}),
  }
}
