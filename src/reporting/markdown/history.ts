// History in Markdown: what changed against the baseline, how long the level is held, trends folded.
import type { Result } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { type ChangeItem, changeItems, changeLines, heldAgainst } from '../change-words.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import {
  type Change,
  changesOf,
  comparedWith,
  heldFor,
  isFlat,
  runsOf,
  sparkline,
  toldTrends,
  trendOf,
} from '../history-words.ts'
import { capital } from '../messages/words.ts'
import { plural } from '../numbers.ts'
import { folded, table } from './table.ts'

const MARKS = { plain: (text: string) => escapeMarkdown(text, 400), hash: (hash: string) => code(hash) }

const OPEN_ITEMS = 5
const FOLDED_ITEMS = 60

/** Open: the numbers that moved and what a reviewer has to see; folded: everything else that changed. */
export function changesSection(result: Result): Section {
  const { history } = result
  const against = history === null ? null : comparedWith(history, result.evaluatedAt, MARKS)
  const { changed, same } = changesOf(result)
  const held = heldFor(history)
  const show = (rows: number, open: number, folds: number) => (): string => {
    if (history === null || against === null) return ''
    if (history.state === 'unreadable') return `**History:** ${against}`
    const lines = changeLines(result)
    const moved =
      changed.length === 0
        ? same === 0
          ? 'no number to compare'
          : `no number has changed (${same} compared)`
        : `${plural(changed.length, 'number')}, ${same} unchanged`
    const title =
      history.baseline === null
        ? `<sub>${against}</sub>`
        : `**What changed** against ${against}: ${moved}${held === null ? '' : `; ${escapeMarkdown(held)}`}`
    const other = lines.length === 0 ? null : heldAgainst(result)
    return [
      title,
      table(['Criterion', 'Change'], changed, row, rows),
      other === null ? '' : `${capital(escapeMarkdown(other))}:`,
      whatChanged(result, open, folds),
    ]
      .filter(Boolean)
      .join('\n\n')
  }
  return { name: 'what changed', keep: 75, forms: [show(8, OPEN_ITEMS, FOLDED_ITEMS), show(5, 3, 0), show(0, 0, 0)] }
}

/** A line for each kind of thing, what a reviewer has to see of it below it; the rest folded. */
function whatChanged(result: Result, open: number, folds: number): string {
  const all = changeItems(result)
  const first = new Set(all.filter((one) => one.open).slice(0, open))
  const lines = changeLines(result).map(({ what, text, mark }) => {
    const below = [...first].filter((one) => one.kind === what).map((one) => `\n  - ${openItem(one)}`)
    return `- ${mark} **${what}:** ${escapeMarkdown(text, 400)}${below.join('')}`
  })
  const others = all.filter((one) => !first.has(one))
  const rows = table(['', 'What', 'Where', 'Note'], folds === 0 ? [] : others, itemRow, folds)
  return [lines.join('\n'), folded(first.size === 0 ? `${others.length} in detail` : `${others.length} more`, rows)]
    .filter(Boolean)
    .join('\n\n')
}

function openItem({ what, name, path, line, note }: ChangeItem): string {
  const place = path === null ? '' : ` in ${code(line === null ? path : `${path}:${line}`, 200)}`
  return `${escapeMarkdown(what)}: ${code(name, 160)}${place}${note === '' ? '' : ` (${escapeMarkdown(note, 200)})`}`
}

function itemRow({ what, name, path, line, note, mark }: ChangeItem): string[] {
  return [
    `${mark}\u00a0${escapeMarkdown(what).replaceAll(' ', '\u00a0')}`,
    code(name, 160),
    path === null ? '–' : code(line === null ? path : `${path}:${line}`, 200),
    escapeMarkdown(note, 200) || '–',
  ]
}

function row({ id, delta, mark, before, now }: Change): string[] {
  // Two columns, so that a phone shows them whole.
  const by = `${mark} ${escapeMarkdown(delta)}`.replaceAll(' ', '\u00a0')
  return [code(id), `${by} (${escapeMarkdown(`${before} → ${now}`)})`]
}

export function trendsSection(result: Result): Section {
  const trends = toldTrends(result.history)
  const show = (most: number) => (): string => {
    if (trends.length === 0) return ''
    const runs = runsOf(trends)
    const moving = trends.filter((one) => one.direction !== 'stable').length
    const title = `Trend over ${plural(runs, 'run')}: ${moving === 0 ? 'stable' : `${moving} moving, ${trends.length - moving} stable`}`
    const flat = trends.filter(isFlat).length
    const rows = table(
      ['Criterion', 'Runs', 'Trend'],
      trends.filter((trend) => !isFlat(trend)),
      (trend) => [code(trend.criterion), sparkline(trend), escapeMarkdown(trendOf(trend, runs), 300)],
      most,
    )
    const body = [rows, flat === 0 ? '' : `${plural(flat, 'number')} without any change.`].filter(Boolean).join('\n\n')
    return folded(title, body)
  }
  return { name: 'the trends', keep: 30, forms: [show(20), show(5), () => ''] }
}
