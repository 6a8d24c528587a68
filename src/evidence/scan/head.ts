// What the beginning of a file shows of its structure: the XML root and its first names, the JSON top-level keys. Lenient.

export interface XmlShape {
  root: string
  names: ReadonlySet<string>
}

export interface JsonShape {
  root: 'object' | 'array'
  keys: ReadonlySet<string>
}

/** Codes of characters that end a name: white space, `/`, `>`, `=`. */
const NAME_END = new Uint8Array(128)
for (const character of ' \t\r\n/>=') NAME_END[character.charCodeAt(0)] = 1
const [TAG_END, SLASH, QUOTE, APOSTROPHE] = [0x3e, 0x2f, 0x22, 0x27]

function pastName(text: string, start: number): number {
  let end = start
  while (end < text.length && NAME_END[text.charCodeAt(end)] !== 1) end++
  return end
}

function nameAt(text: string, start: number): string {
  return text.slice(start, pastName(text, start))
}

/** Past `<!DOCTYPE ...>`, its internal subset in brackets included; -1 where the head ends before. */
function pastDoctype(text: string, start: number): number {
  const bracket = text.indexOf('[', start)
  const close = text.indexOf('>', start)
  if (bracket === -1 || (close !== -1 && close < bracket)) return close === -1 ? -1 : close + 1
  const end = text.indexOf(']', bracket)
  const after = end === -1 ? -1 : text.indexOf('>', end)
  return after === -1 ? -1 : after + 1
}

/** Past a comment, declaration, CDATA or doctype at `start`; -1 where it doesn't end; `start` where there is none. */
function pastMarkup(text: string, start: number): number {
  const past = (close: string) => {
    const end = text.indexOf(close, start)
    return end === -1 ? -1 : end + close.length
  }
  if (text.startsWith('<!--', start)) return past('-->')
  if (text.startsWith('<?', start)) return past('?>')
  if (text.startsWith('<![CDATA[', start)) return past(']]>')
  if (text.startsWith('<!', start)) return pastDoctype(text, start)
  return start
}

interface Tag {
  end: number
  empty: boolean
}

/** The end of the tag at `start`; null where the head ends before it does. Its attributes' names are added to `attributes`. */
function tagAt(text: string, start: number, attributes: Set<string> | null): Tag | null {
  let at = pastName(text, start + 1)
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === TAG_END) return { end: at + 1, empty: text.charCodeAt(at - 1) === SLASH }
    if (code === QUOTE || code === APOSTROPHE) {
      const close = text.indexOf(code === QUOTE ? '"' : "'", at + 1)
      if (close === -1) return null
      at = close + 1
    } else if (NAME_END[code] === 1) at++
    else {
      const end = pastName(text, at)
      attributes?.add(text.slice(at, end))
      at = end
    }
  }
  return null
}

/** Root element, its attributes and the names of its children as far as the text goes; null if it is not XML. */
export function xmlShape(text: string): XmlShape | null {
  let at = text.search(/\S/)
  while (at >= 0 && text[at] === '<') {
    const next = pastMarkup(text, at)
    if (next === at) break
    if (next === -1) return null
    const blank = text.slice(next).search(/\S/)
    at = blank === -1 ? -1 : next + blank
  }
  if (at < 0 || text[at] !== '<') return null
  const root = nameAt(text, at + 1)
  // Unicode's own tables load with the first name that needs them.
  if (!/^[A-Za-z_:]/.test(root) && !/^\p{L}/u.test(root)) return null
  const names = new Set<string>()
  const own = new Set<string>()
  let tag = tagAt(text, at, own)
  if (tag) for (const name of own) names.add(name)
  let depth = tag?.empty ? 0 : 1
  while (tag && depth > 0) {
    const open = text.indexOf('<', tag.end)
    if (open === -1) break
    const next = pastMarkup(text, open)
    if (next === -1) break
    if (next !== open) {
      tag = { ...tag, end: next }
      continue
    }
    tag = tagAt(text, open, null)
    if (text[open + 1] === '/') depth--
    else {
      if (depth === 1) names.add(nameAt(text, open + 1))
      if (tag && !tag.empty) depth++
    }
  }
  return { root, names }
}

const JSON_TOKEN = /[ \t\r\n]*(?:([{}[\],:])|"((?:[^"\\\n]|\\.)*)"|(-?\d[\d.eE+-]*|true|false|null))/y

/** Top-level keys (of the first object, in an array) as far as the text goes; null if it does not begin like JSON. */
export function jsonShape(text: string): JsonShape | null {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return null
  const keys = new Set<string>()
  const wanted = first === '{' ? 1 : 2
  let depth = 0
  let objects = 0
  let last = ''
  let token: RegExpExecArray | null = null
  JSON_TOKEN.lastIndex = 0
  for (;;) {
    const from = JSON_TOKEN.lastIndex
    token = JSON_TOKEN.exec(text)
    if (!token) {
      // Nothing but a token that the head cuts off may be left; a few characters in, anything else is not JSON.
      const rest = text.slice(from).trimStart()
      if (rest !== '' && !/^(?:"|[-\d]|t|f|n)/.test(rest)) return null
      if (rest !== '' && !rest.startsWith('"') && rest.length > 40) return null
      break
    }
    const [, mark, word] = token
    if (mark === '{' || mark === '[') {
      depth++
      if (mark === '{' && depth === wanted) objects++
    } else if (mark === '}' || mark === ']') {
      depth--
      if (depth === 0) break
    } else if (mark === ':' && depth === wanted && objects === 1) keys.add(last)
    else if (word !== undefined) last = word
  }
  return { root: first === '{' ? 'object' : 'array', keys }
}
