// Whose word a tick is: `by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01`, in any order. Told apart, not judged.
import type { Vouched } from '../../model/evidence.ts'

const NAMES = { by: 'by', on: 'on', evidence: 'evidence', until: 'expires', expires: 'expires' } as const
const FIELD = /^(by|on|evidence|until|expires)(?:[ \t]*:[ \t]*|[ \t]+)(\S.*)$/i
const DAY = /^\d{4}-\d{1,2}-\d{1,2}$/
const PROGRESS = '(progress)'

/** Words that end in `(progress)`, and the words without it. */
export function unmarked(text: string): { text: string; progress: boolean } {
  const whole = text.trimEnd()
  const plain = whole.toLowerCase().endsWith(PROGRESS) ? whole.slice(0, -PROGRESS.length).trimEnd() : whole
  return plain === '' || plain === whole ? { text: whole, progress: false } : { text: plain, progress: true }
}

/** An item's words, and who vouches for it where its last parentheses say so. */
export function vouchedAtEnd(text: string): { text: string; vouched: Vouched | null } {
  const start = lastGroup(text)
  const vouched = start === null ? null : vouchedIn(text.slice(start))
  return vouched === null ? { text, vouched } : { text: text.slice(0, start!).trimEnd(), vouched }
}

/** null: the words are about something else. Two fields, or one login, are about this; what is said twice in two ways is not said. */
export function vouchedIn(words: string): Vouched | null {
  const trimmed = words.trim()
  const inner = trimmed.startsWith('(') && trimmed.endsWith(')') ? trimmed.slice(1, -1) : trimmed
  const said = new Map<keyof Vouched, string | null>()
  for (const piece of inner.split(/,[ \t]+/)) {
    const field = fieldOf(piece.trim())
    if (field === null) continue
    const [name, value] = field
    said.set(name, said.has(name) && said.get(name) !== value ? null : value)
  }
  const whose = said.get('by')?.startsWith('@') === true
  if (said.size < 2 && !whose) return null
  const of = (name: keyof Vouched): string | null => said.get(name) ?? null
  return { by: of('by'), on: of('on'), evidence: of('evidence'), expires: of('expires') }
}

function fieldOf(piece: string): [keyof Vouched, string] | null {
  if (DAY.test(piece)) return ['on', piece]
  const [, word, value] = FIELD.exec(piece) ?? []
  if (word === undefined || value === undefined) return null
  return [NAMES[word.toLowerCase() as keyof typeof NAMES], bare(value)]
}

/** Where a link leads, what stands in backticks or pointed brackets; else the words themselves. */
function bare(value: string): string {
  const link = /^\[[^\]]*\]\((\S+)\)$/.exec(value) ?? /^<(\S+)>$/.exec(value) ?? /^`([^`]+)`$/.exec(value)
  return (link?.[1] ?? value).trim()
}

/** Where the parentheses begin that the text ends in; null: it does not end in any. */
function lastGroup(text: string): number | null {
  if (!text.endsWith(')')) return null
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++
    else if (text[at] === '(' && --depth === 0) return at
  }
  return null
}
