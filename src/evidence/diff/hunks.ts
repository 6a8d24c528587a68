// The hunks of a unified diff: which lines of the new file are added. Lines are counted as the heads announce, so that no line's own text can pass for a head.
import type { LineRange } from '../../model/diff.ts'

/** Lines of a text one after the other, without copying the text. */
export class LineReader {
  private at = 0

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length
  }

  /** The next line without its newline; a carriage return before it stays. It is not taken yet. */
  peek(): string {
    const end = this.text.indexOf('\n', this.at)
    return this.text.slice(this.at, end === -1 ? this.text.length : end)
  }

  /** The next line's first character. */
  first(): string {
    return this.text.charAt(this.at)
  }

  skip(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end === -1 ? this.text.length : end + 1
  }
}

export interface Hunks {
  added: LineRange[]
  /** Number of added lines. */
  plus: number
}

const HEAD = /^@@ -\d{1,10}(?:,(\d{1,10}))? \+(\d{1,10})(?:,(\d{1,10}))? @@/

/** All hunks from here on; null: they are not what their heads announce. */
export function readHunks(lines: LineReader): Hunks | null {
  const hunks: Hunks = { added: [], plus: 0 }
  while (!lines.done && lines.first() === '@') {
    const head = HEAD.exec(lines.peek().slice(0, 100))
    if (head === null) return null
    lines.skip()
    if (!readHunk(lines, hunks, Number(head[1] ?? 1), Number(head[2]), Number(head[3] ?? 1))) return null
  }
  return hunks
}

/** `old` and `fresh`: lines that the hunk has of either file; `line`: the first of the new one. */
function readHunk(lines: LineReader, hunks: Hunks, old: number, line: number, fresh: number): boolean {
  let [oldLeft, newLeft, at] = [old, fresh, line]
  while (oldLeft > 0 || newLeft > 0) {
    if (lines.done) return false
    switch (lines.first()) {
      case '+':
        add(hunks.added, at)
        hunks.plus++
        at++
        newLeft--
        break
      case '-':
        oldLeft--
        break
      // Some programs cut the blank that an empty line of context begins with.
      case ' ':
      case '\n':
      case '\r':
        at++
        oldLeft--
        newLeft--
        break
      case '\\':
        break
      default:
        return false
    }
    lines.skip()
  }
  while (!lines.done && lines.first() === '\\') lines.skip()
  return oldLeft === 0 && newLeft === 0
}

function add(ranges: LineRange[], line: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && last[1] === line - 1) last[1] = line
  else ranges.push([line, line])
}

/** GitHub's `patch` of one file: hunks and nothing else. null: it is none, or cut off. */
export function readPatch(text: string): Hunks | null {
  const lines = new LineReader(text)
  const hunks = readHunks(lines)
  return hunks !== null && lines.done ? hunks : null
}
