// Paths as git writes them in a diff: plain, or between quotes with C escapes where a byte is not printable.

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 }
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A path at the beginning of `text`, and where it ends; an unquoted one goes to the end. null: the quotes do not close. */
export function readPath(text: string): { path: string; end: number } | null {
  if (!text.startsWith('"')) {
    // A tab is written after a path with a blank in it, to tell where it ends; one that has a tab itself is quoted.
    const tab = text.indexOf('\t')
    return { path: tab === -1 ? text : text.slice(0, tab), end: text.length }
  }
  const bytes: number[] = []
  for (let at = 1; at < text.length; at++) {
    const character = text[at]!
    if (character === '"') return { path: decoder.decode(Uint8Array.from(bytes)), end: at + 1 }
    if (character !== '\\') {
      const point = text.codePointAt(at)!
      bytes.push(...encoder.encode(String.fromCodePoint(point)))
      if (point > 0xffff) at++
      continue
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))
    const single = ESCAPES[text[at + 1] ?? '']
    if (octal !== null) bytes.push(Number.parseInt(octal[0], 8))
    else if (single !== undefined) bytes.push(single)
    else return null
    at += octal === null ? 1 : 3
  }
  return null
}

/** The same without the `a/` or `b/` before it; null: there is none, or it is `/dev/null`. */
export function sidePath(text: string): string | null {
  const path = readPath(text)?.path ?? ''
  return /^[ab]\//.test(path) ? path.slice(2) : null
}
