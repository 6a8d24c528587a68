// Foreign text for GitHub's Markdown: it renders as the characters it is, and can neither format, link, mention nor break a table.
import { clip, plain } from './plain.ts'

const ZERO_WIDTH = '\u200b'

/** Signs that a backslash does not tame everywhere. */
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' }

/** What may become a link by itself, told at once: most text holds none of it. */
const AUTOLINK = /@|#\d|GH-\d|:\/\/|(?:www|mailto|xmpp)[.:]|[0-9a-f]{7}/i

/** Inline text, safe in a paragraph, a list item or a table cell. One line. */
export function escapeMarkdown(text: string, max?: number): string {
  return breakAutolinks(plain(text, max))
    .replace(/[\\`*_[\](){}#!~$^&<>|]/g, (sign) => ENTITIES[sign] ?? `\\${sign}`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

/**
 * A path, id or name as a code span. Text that a span cannot hold inside a table (a pipe) is escaped instead:
 * tables are split before spans are read, and backslashes count differently in the two.
 */
export function code(text: string, max = 200): string {
  const line = clip(plain(text), max)
  if (line === '') return '–'
  if (line.includes('|')) return escapeMarkdown(line, max)
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** A link to a place of ours; text alone where the address is no plain web address. */
export function link(text: string, url: string | null | undefined): string {
  const label = escapeMarkdown(text, 200)
  return url && /^https?:\/\/[^\s<>()[\]\\"'`]{1,2000}$/.test(url) ? `[${label}](${url})` : label
}

/** GitHub links mentions, issue numbers, commits and addresses in rendered text, so an escape is not enough: break the word. */
function breakAutolinks(text: string): string {
  if (!AUTOLINK.test(text)) return text
  return text
    .replace(/@(?=[\w-])/g, `@${ZERO_WIDTH}`)
    .replace(/#(?=\d)/g, `#${ZERO_WIDTH}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${ZERO_WIDTH}`)
    .replace(/(?<=[a-z]:)(?=\/\/)/gi, ZERO_WIDTH)
    .replace(/\b(www|mailto|xmpp)(?=[.:])/gi, `$1${ZERO_WIDTH}`)
    .replace(/(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/gi, (word) =>
      /^\d+$/.test(word) && word.length < 10 ? word : `${word.slice(0, 4)}${ZERO_WIDTH}${word.slice(4)}`,
    )
}
