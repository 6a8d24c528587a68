// Links of a Markdown document that point to files beside it.
import type { MarkdownLine } from './scan/markdown.ts'
import { withoutCode } from './scan/markdown.ts'

/** Inline links and images, definitions, and the two HTML attributes that READMEs use. Bounded repetitions: no search runs away. */
const FORMS: readonly RegExp[] = [
  /\]\([ \t]*(?:<([^<>\n]{1,2000})>|([^()\s<>]{1,2000}(?:\([^()\s<>]{0,200}\)[^()\s<>]{0,200})?))/g,
  /^ {0,3}\[(?!\^)[^\]]{1,200}\]:[ \t]{0,20}(?:<([^<>\n]{1,2000})>|([^\s<>]{1,2000}))/g,
  /<(?:a|img)\b[^<>]{0,500}?\b(?:href|src)[ \t]*=[ \t]*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')/gi,
]

/** In order of line, targets as written without fragment and query; not those with a scheme, of another host, or of this page. */
export function linksIn(lines: readonly MarkdownLine[]): { target: string; line: number }[] {
  return lines.flatMap(({ text, number }) => {
    const plain = withoutCode(text)
    return FORMS.flatMap((form) => [...plain.matchAll(form)])
      .sort((a, b) => a.index - b.index)
      .map((match) => (match[1] ?? match[2] ?? '').trim())
      .filter((target) => !/^[a-z][a-z0-9+.-]{0,40}:/i.test(target) && !target.startsWith('//'))
      .map((target) => ({ target: target.replace(/[?#].*$/, ''), line: number }))
      .filter(({ target }) => target !== '')
  })
}

export function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
