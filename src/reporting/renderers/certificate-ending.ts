// The ending of issue, verify and revoke, for the terminal and for the step summary: the same facts, reasons and next step.
import type { CertificateEnding } from '../certificate-ending.ts'
import type { Fact } from '../certificate-rows.ts'
import { code, escapeMarkdown as md } from '../escape/markdown.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { type Look, Page } from '../terminal/page.ts'

const LONGEST = 400
const NAME = 13
/** A step summary has room for what people read; the terminal and the JSON have all of it. */
const MOST = 50

export function renderEnding({ shown, title, facts, reasons, notes, next }: CertificateEnding, look: Look): string {
  const page = new Page(look)
  page.item(`${page.mark(shown)} `, 2, t(title, 300), shown.tone)
  for (const { name, text } of facts) page.item(`  ${name.padEnd(NAME)}`, 2 + NAME, t(text, LONGEST))
  for (const { code: id, text, fix } of reasons) {
    page.item('  ✗ ', 4, t(id === null ? text : `${id}: ${text}`, LONGEST), 'bad')
    if (fix !== null) page.item('    → ', 6, t(fix, LONGEST), 'quiet')
  }
  for (const note of notes) page.item('  · ', 4, t(note, LONGEST), 'quiet')
  if (next !== null) page.item('  → ', 4, t(next, LONGEST))
  return page.toString()
}

export function renderEndingMarkdown({ shown, title, facts, reasons, notes, next }: CertificateEnding): string {
  const parts = [
    `### ${shown.mark} ${md(title, 300)}`,
    facts.map(factLine).join('\n'),
    reasons.slice(0, MOST).map(reasonLine).join('\n'),
    reasons.length > MOST ? `and ${reasons.length - MOST} more` : '',
    next === null ? '' : `→ ${md(next, LONGEST)}`,
    ...notes.slice(0, MOST).map((note) => `<sub>${md(note, LONGEST)}</sub>`),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function factLine({ name, text, exact }: Fact): string {
  return `- ${md(name, 80)}: ${exact ? code(text, LONGEST) : md(text, LONGEST)}`
}

function reasonLine({ code: id, text, fix }: CertificateEnding['reasons'][number]): string {
  return `- ✗ ${id === null ? '' : `${code(id)}: `}${md(text, LONGEST)}${fix === null ? '' : `<br>→ ${md(fix, LONGEST)}`}`
}
