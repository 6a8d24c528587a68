// What people leave in a document for later: TODO, TBD, `[Name, Title]`.
import type { MarkdownLine } from './scan/markdown.ts'
import { withoutCode } from './scan/markdown.ts'

const PHRASES = /\b(?:lorem ipsum|to be (?:determined|announced|confirmed))\b/gi
/** Text in brackets that is no link: neither `(`, `[` nor `:` follows, no `]`, `!` or `\` comes before. */
const BRACKETS = /(?<![\]!\\\w])\[([^[\]\n]{2,120})\](?![[(:])/g
/** What a form asks for. */
const ASKED = new Set(
  'name title date email phone role signature team company organisation organization placeholder insert your describe description fill address department owner author version'.split(
    ' ',
  ),
)

export function placeholdersIn(lines: readonly MarkdownLine[]): { text: string; line: number }[] {
  const defined = new Set(lines.flatMap(({ text }) => /^ {0,3}\[([^\]]{1,200})\]:/.exec(text)?.[1]?.toLowerCase() ?? []))
  // In capitals: "a todo app" is prose.
  const marks = /(?<![\p{L}\p{N}_/-])(?:TODO|TBD|TBC|TBA|FIXME|XXX)(?![\p{L}\p{N}_-])/gu
  return lines.flatMap(({ text, number }) => {
    const plain = withoutCode(text)
    const found = [
      ...plain.matchAll(marks),
      ...plain.matchAll(PHRASES),
      ...[...plain.matchAll(BRACKETS)].filter((match) => !defined.has(match[1]!.toLowerCase()) && asks(match[1]!)),
    ]
    return found.sort((a, b) => a.index - b.index).map((match) => ({ text: match[0], line: number }))
  })
}

/** `[Name, Title]`, `[YOUR EMAIL]`, `[YYYY-MM-DD]`; neither a footnote nor an alert such as `[!NOTE]`. */
function asks(text: string): boolean {
  if (/^[\^!@#]/.test(text)) return false
  if (/^Y{2,4}[-/.]M{1,2}[-/.]D{1,2}$/i.test(text)) return true
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  return words.length <= 8 && words.some((word) => ASKED.has(word))
}
