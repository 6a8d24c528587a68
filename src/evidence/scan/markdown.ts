// Markdown line by line: what a reader of the rendered page sees, without fenced code and HTML comments.
export interface MarkdownLine {
  /** From 1, in the file. */
  number: number
  /** The line with comments cut out, as written otherwise. */
  text: string
}

export interface MarkdownText {
  lines: MarkdownLine[]
  /** Line of a fence or comment that never ends and so hides the rest; null: none. */
  unclosed: number | null
}

const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)$/

/** Lines outside fenced code, comments removed. A fence or comment without an end runs to the end of the file, as rendered. */
export function visibleLines(text: string): MarkdownText {
  const lines: MarkdownLine[] = []
  let fence: { mark: string; line: number } | null = null
  let comment: number | null = null
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const number = index + 1
    if (fence) {
      if (closes(raw, fence.mark)) fence = null
      continue
    }
    const opening = comment === null ? FENCE.exec(raw) : null
    // The rest of a backtick fence's line may not hold backticks: then it is inline code.
    if (opening && !(opening[1]!.startsWith('`') && opening[2]!.includes('`'))) {
      fence = { mark: opening[1]!, line: number }
      continue
    }
    const cut = withoutComments(raw, comment !== null)
    comment = cut.open ? (comment ?? number) : null
    lines.push({ number, text: cut.text })
  }
  return { lines, unclosed: fence?.line ?? comment }
}

function closes(line: string, mark: string): boolean {
  const plain = line.replace(/^[ \t>]+/, '').trimEnd()
  return plain.length >= mark.length && plain === mark[0]!.repeat(plain.length)
}

/** Comments of one line cut out, those that begin inside inline code left alone. */
function withoutComments(line: string, inside: boolean): { text: string; open: boolean } {
  let out = ''
  let at = 0
  if (inside) {
    const end = line.indexOf('-->')
    if (end < 0) return { text: '', open: true }
    at = end + 3
  }
  for (;;) {
    const start = line.indexOf('<!--', at)
    if (start < 0) return { text: out + line.slice(at), open: false }
    const code = line.indexOf('`', at)
    if (code >= 0 && code < start) {
      const past = codeEnd(line, code)
      out += line.slice(at, past)
      at = past
      continue
    }
    out += line.slice(at, start)
    const end = line.indexOf('-->', start + 4)
    if (end < 0) return { text: out, open: true }
    at = end + 3
  }
}

/** Past the inline code that begins at `start`; past its backticks alone where nothing ends it on the line. */
export function codeEnd(line: string, start: number): number {
  let run = start
  while (line[run] === '`') run++
  const mark = line.slice(start, run)
  for (let at = line.indexOf(mark, run); at >= 0; ) {
    let end = at
    while (line[end] === '`') end++
    if (end - at === mark.length) return end
    at = line.indexOf(mark, end)
  }
  return run
}

export interface Heading {
  depth: number
  text: string
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/

/** A heading of the `#` form; null: the line is none. */
export function headingOf(line: string): Heading | null {
  const found = ATX.exec(line)
  if (!found) return null
  const words = (found[2] ?? '').trim()
  let end = words.length
  while (words[end - 1] === '#') end--
  const closed = end < words.length && (end === 0 || ' \t'.includes(words[end - 1]!))
  return { depth: found[1]!.length, text: closed ? words.slice(0, end).trimEnd() : words }
}

/** Depth of the heading that a line of `=` or `-` makes of the line before; null: it makes none. */
export function underlineDepth(line: string): 1 | 2 | null {
  const plain = line.trimEnd()
  if (/^ {0,3}=+$/.test(plain)) return 1
  return /^ {0,3}-+$/.test(plain) ? 2 : null
}

/** The line with its inline code blanked out, so that what is shown as code is not taken for text. */
export function withoutCode(line: string): string {
  let out = ''
  let at = 0
  for (let start = line.indexOf('`'); start >= 0; start = line.indexOf('`', at)) {
    const end = codeEnd(line, start)
    let run = start
    while (line[run] === '`') run++
    out += line.slice(at, start) + (end > run ? ' ' : line.slice(start, end))
    at = end
  }
  return out + line.slice(at)
}
