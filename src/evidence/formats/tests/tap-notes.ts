// The YAML block below a TAP test point, read as far as producers agree: message, place, time. Not a reader of YAML.

export interface Notes {
  message: string | null
  file: string | null
  line: number | null
  /** node writes how long each test took. */
  milliseconds: number | null
  /** node says of a group of tests that it is none itself. */
  isSuite: boolean
}

const KEY = /^([A-Za-z_]\w{0,40}):(?:\s(.*))?$/
const PLACE = /:(\d{1,9})(?::\d{1,9})?\)?$/

export function notesIn(lines: readonly string[]): Notes {
  // tape indents what is in the block once more.
  const values = valuesOf(dedented(lines).split('\n'))
  const said = (key: string) => values.get(key)?.trim() || null
  const at = valuesOf((values.get('at') ?? '').split('\n'))
  const place = placeOf(said('location')) ?? placeOf(said('at'))
  const line = Number(at.get('line') ?? at.get('lineNumber') ?? said('line') ?? Number.NaN)
  const milliseconds = Number(said('duration_ms') ?? Number.NaN)
  return {
    message: said('message') ?? said('error') ?? said('description'),
    file: place?.file ?? pathOf((at.get('file') ?? at.get('fileName'))?.trim() || said('file')),
    line: place?.line ?? (Number.isSafeInteger(line) && line > 0 ? line : null),
    milliseconds: milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY ? milliseconds : null,
    isSuite: said('type') === 'suite',
  }
}

/** Texts under the keys of a mapping; what is nested below a key is its text, without the indentation. */
function valuesOf(lines: readonly string[]): Map<string, string> {
  const values = new Map<string, string>()
  for (let i = 0; i < lines.length; i++) {
    const found = KEY.exec(lines[i]!)
    if (!found) continue
    const inline = (found[2] ?? '').trim()
    const below: string[] = []
    while (i + 1 < lines.length && (lines[i + 1]!.trim() === '' || lines[i + 1]!.startsWith(' '))) below.push(lines[++i]!)
    const block = inline === '' || inline === '|' || inline === '>' || inline === '|-' || inline === '>-'
    if (!values.has(found[1]!)) values.set(found[1]!, block ? dedented(below) : unquoted(inline))
  }
  return values
}

function dedented(lines: readonly string[]): string {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  const indent = first.length - first.trimStart().length
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join('\n')
}

function unquoted(text: string): string {
  const quote = text[0]
  if (text.length < 2 || (quote !== '"' && quote !== "'") || text.at(-1) !== quote) return text
  const inner = text.slice(1, -1)
  return quote === "'" ? inner.replaceAll("''", "'") : inner.replace(/\\(["\\])/g, '$1').replaceAll('\\n', '\n')
}

/** `/app/a.test.js:12:3`, `Test.<anonymous> (/app/a.js:12:3)`. */
function placeOf(text: string | null): { file: string | null; line: number } | null {
  if (text === null || text.includes('\n')) return null
  const found = PLACE.exec(text)
  if (!found || Number(found[1]) === 0) return null
  const before = text.slice(0, found.index)
  return { file: pathOf(before.slice(before.lastIndexOf('(') + 1)), line: Number(found[1]) }
}

function pathOf(text: string | null): string | null {
  if (!text) return null
  const path = text.startsWith('file:///') ? text.slice(/^file:\/\/\/[A-Za-z]:/.test(text) ? 8 : 7) : text
  return path.replaceAll('\\', '/')
}
