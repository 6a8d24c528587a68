// What a Markdown document holds: words, headings with the words below them, placeholders left in, relative links.
import type { DocumentFacts, DocumentHeading } from '../model/evidence.ts'
import { decoded, linksIn } from './document-links.ts'
import { placeholdersIn } from './document-placeholders.ts'
import { headingOf, type MarkdownLine, underlineDepth, visibleLines } from './scan/markdown.ts'

export interface DocumentContext {
  path: string
  /** Tracked in git; null: not known. */
  tracked: boolean | null
  /** ISO time of the last commit touching it; null: not known. */
  changedAt: string | null
  /** Does a relative link's target exist? null: not known. The target comes percent-decoded, without fragment and query. */
  resolves(target: string): boolean | null
}

/**
 * Words are counted as a reader sees them: without fenced code, comments, link targets and markup. A heading's `words`
 * are those of the text below it down to the next heading of its depth or above; headings themselves are no text there,
 * so that a tree of headings without a sentence is empty.
 */
export function readDocument(text: string, context: DocumentContext): DocumentFacts {
  const { lines } = visibleLines(text.replace(/^\uFEFF/, ''))
  const blocks = blocksOf(lines)
  const headings: DocumentHeading[] = []
  /** Headings whose section the current line is in, outermost first. */
  const open: DocumentHeading[] = []
  let words = 0
  for (const { heading, line, count } of blocks) {
    words += count
    if (!heading) {
      for (const above of open) above.words += count
      continue
    }
    while (open.length > 0 && open.at(-1)!.depth >= heading.depth) open.pop()
    const found: DocumentHeading = { ...heading, line, words: 0 }
    headings.push(found)
    open.push(found)
  }
  return {
    kind: 'documentation',
    path: context.path,
    words,
    headings,
    placeholders: placeholdersIn(lines),
    links: linksIn(lines).map((link) => ({ ...link, resolves: context.resolves(decoded(link.target)) })),
    tracked: context.tracked,
    changedAt: context.changedAt,
  }
}

interface Block {
  heading: { text: string; depth: number } | null
  text: string
  line: number
  count: number
}

/** Each line as heading or text; a line underlined with = or - is the heading, its underline nothing. */
function blocksOf(lines: readonly MarkdownLine[]): Block[] {
  const blocks: Block[] = []
  for (const { text, number } of lines) {
    const above = blocks.at(-1)
    const depth = underlineDepth(text)
    if (depth !== null && above && !above.heading && above.line === number - 1 && above.count > 0) {
      above.heading = { text: above.text.trim(), depth }
      continue
    }
    const heading = headingOf(text)
    blocks.push({ heading, text, line: number, count: countWords(heading ? heading.text : text) })
  }
  return blocks
}

function countWords(line: string): number {
  const seen = line
    // Link and image targets, link definitions, HTML tags: bounded so that no input makes them search for long.
    .replaceAll(/\]\([^()\s]{0,2000}(?:[ \t]+"[^"]{0,500}")?\)/g, '] ')
    .replace(/^ {0,3}\[[^\]]{1,200}\]:.*$/, ' ')
    .replaceAll(/<[^<>]{0,2000}>/g, ' ')
  // Languages written without spaces: a character counts as a word.
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu
  const single = seen.match(unspaced)?.length ?? 0
  const spaced = seen.replaceAll(unspaced, ' ').split(/\s+/)
  return single + spaced.filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
