// A page of text for a terminal: coloured only if asked, wrapped to the width, and safe to print under a workflow runner.
import type { LedgerNote } from '../../model/ledger.ts'
import { guardLine } from '../escape/terminal.ts'
import { columns, cutTo, padTo, wrap } from '../escape/width.ts'
import type { Shown, Tone } from '../states.ts'

export interface Look {
  color: boolean
  /** Columns; lines are kept within it. */
  width: number
  /** The folder that the report was written to; null or none: it was not. */
  report?: string | null
  /** What became of the run's record; left out: nothing. */
  ledger?: LedgerNote
}

const SGR: Record<Tone | 'strong', string> = {
  good: '32',
  warn: '33',
  bad: '31',
  unknown: '35',
  waiting: '36',
  quiet: '2',
  strong: '1',
}
const NARROWEST = 40
const NARROWEST_COLUMN = 8

export class Page {
  private readonly lines: string[] = []
  private readonly look: Look
  readonly width: number

  constructor(look: Look) {
    this.look = look
    this.width = Math.max(NARROWEST, look.width)
  }

  paint(tone: Tone | 'strong', text: string): string {
    return this.look.color && text !== '' ? `\u001b[${SGR[tone]}m${text}\u001b[0m` : text
  }

  mark(shown: Shown): string {
    return this.paint(shown.tone, shown.mark)
  }

  state(shown: Shown): string {
    return this.paint(shown.tone, `${shown.mark} ${shown.word}`)
  }

  title(text: string): void {
    if (this.lines.length > 0) this.blank()
    this.titleLines(text)
  }

  /** A title of a page that will be appended to another. */
  section(text: string): void {
    this.blank()
    this.titleLines(text)
  }

  private titleLines(text: string): void {
    this.lines.push(...wrap(text, this.width).map((line) => this.paint('strong', line)))
  }

  blank(): void {
    this.lines.push('')
  }

  /** A line whose parts may be painted: it is not wrapped, so keep it short. */
  line(text: string): void {
    this.lines.push(text)
  }

  /** Lines so far. */
  get height(): number {
    return this.lines.length
  }

  append(page: Page): void {
    this.lines.push(...page.lines)
  }

  /** `first` (painted, `firstWidth` columns wide) before text that wraps under itself, in at most `most` lines. */
  item(first: string, firstWidth: number, text: string, tone?: Tone, most = Number.POSITIVE_INFINITY): void {
    const room = this.width - firstWidth
    const all = wrap(text, room)
    const wrapped = all.slice(0, most)
    if (all.length > most)
      wrapped[most - 1] = `${cutTo(`${wrapped[most - 1]!} `, room - 1)
        .trimEnd()
        .replace(/…$/, '')}…`
    wrapped.forEach((line, index) => {
      const shown = tone === undefined ? line : this.paint(tone, line)
      this.lines.push(index === 0 ? `${first}${shown}` : `${' '.repeat(firstWidth)}${shown}`)
    })
  }

  /** Columns padded to their widest cell; the last one wraps in what is left, over `tall` lines. The painted mark comes first. */
  rows(rows: readonly { shown: Shown; cells: readonly string[] }[], most: number, tall: number): void {
    const visible = rows.slice(0, most)
    const widths = this.widthsOf(visible.map((row) => row.cells))
    for (const { shown, cells } of visible) {
      const fixed = widths.map((width, index) => padTo(cutTo(cells[index] ?? '', width), width)).join('  ')
      const first = `  ${this.mark(shown)} ${fixed}  `
      this.item(first, 4 + columns(fixed) + 2, cells.at(-1) ?? '', undefined, tall)
    }
    if (rows.length > most) this.lines.push(`  and ${rows.length - most} more, in the report`)
  }

  /** Widths of all columns but the last: as wide as their cells, narrowed from the widest until the last has room. */
  private widthsOf(rows: readonly (readonly string[])[]): number[] {
    const count = Math.max(1, ...rows.map((cells) => cells.length)) - 1
    const widths = Array.from({ length: count }, (_, index) => Math.max(0, ...rows.map((cells) => columns(cells[index] ?? ''))))
    const room = Math.floor(this.width * 0.7) - 4 - 2 * count
    while (widths.reduce((sum, width) => sum + width, 0) > room && Math.max(...widths) > NARROWEST_COLUMN) {
      widths[widths.indexOf(Math.max(...widths))]! -= 1
    }
    return widths
  }

  toString(): string {
    return `${this.lines.map((line) => guardLine(line).trimEnd()).join('\n')}\n`
  }
}
