// The last guard on a text's size. Renderers keep within GitHub's limits themselves; a cut here is only better than a refusal.

const NOTE = '\n\n(cut: the report folder has the whole text)\n'

/** At most `max` bytes of UTF-8, cut at the end of a line where there is one, with a note. */
export function withinBytes(text: string, max: number): string {
  if (text.length * 3 <= max || Buffer.byteLength(text) <= max) return text
  const bytes = Buffer.from(text).subarray(0, max - Buffer.byteLength(NOTE))
  // A character cut in two decodes to the replacement character.
  return wholeLines(bytes.toString('utf8').replace(/\ufffd{1,3}$/, ''))
}

/** The same in UTF-16 units, of which a text never has fewer than characters. */
export function withinCharacters(text: string, max: number): string {
  if (text.length <= max) return text
  return wholeLines(text.slice(0, max - NOTE.length).replace(/[\ud800-\udbff]$/, ''))
}

function wholeLines(text: string): string {
  const line = text.lastIndexOf('\n')
  return `${line > text.length / 2 ? text.slice(0, line) : text}${NOTE}`
}
