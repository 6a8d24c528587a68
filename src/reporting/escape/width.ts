// How many terminal columns a text takes: wide for CJK and emoji, none for what combines.

/**
 * One column each, and one unit of the string each: Latin, and the dashes, arrows, operators, boxes and marks that the product itself
 * writes. Unicode's own tables load with the first text that has anything else.
 */
const NARROW = /^[\0-\u02ff\u2010-\u2027\u2190-\u22ff\u2500-\u25fc\u26a0\u2713\u2717]*$/

export function columns(text: string): number {
  if (NARROW.test(text)) return text.length
  let width = 0
  for (const character of text) width += columnsOf(character)
  return width
}

/** Cut to at most `width` columns, with an ellipsis where something is missing. */
export function cutTo(text: string, width: number): string {
  if (columns(text) <= width) return text
  let used = 0
  let kept = ''
  for (const character of text) {
    used += columnsOf(character)
    if (used > width - 1) break
    kept += character
  }
  return `${kept}…`
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

/** Broken at spaces into lines of at most `width` columns; a word longer than that is broken where it must be. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (columns(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (columns(line) + columnsOf(character) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

function columnsOf(character: string): number {
  if (NARROW.test(character)) return 1
  const point = character.codePointAt(0)!
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) return 0
  const wide =
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2e80 && point <= 0xa4cf) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x1f300 && point <= 0x1faff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  return wide || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1
}
