// History in Markdown: what changed against the baseline, how long the level is held, trends folded.
import type { Result } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { type Change, changesOf, comparedWith, heldFor, isFlat, sparkline, toldTrends, trendWords } from '../history-words.ts'
import { plural } from '../numbers.ts'
import { folded, table } from './table.ts'

const MARKS = { plain: (text: string) => escapeMarkdown(text, 400), hash: (hash: string) => code(hash) }

export function changesSection(result: Result): Section {
  const { history } = result
  const against = history === null ? null : comparedWith(history, result.evaluatedAt, MARKS)
  const { changed, same } = changesOf(result)
  const held = heldFor(history)
  const show = (most: number) => (): string => {
    if (history === null || against === null) return ''
    if (history.state === 'unreadable') return `**History:** ${against}`
    if (history.baseline === null) return `<sub>${against}</sub>`
    const title = `**What changed** against ${against}: ${changed.length === 0 ? 'no number' : plural(changed.length, 'number')}, ${same} unchanged${held === null ? '' : `; ${escapeMarkdown(held)}`}`
    return [title, table(['Criterion', 'Change', 'Before → now'], changed, row, most)].filter(Boolean).join('\n\n')
  }
  return { name: 'what changed', keep: 75, forms: [show(12), show(5), show(0)] }
}

function row({ id, delta, mark, before, now }: Change): string[] {
  return [code(id), `${mark} ${escapeMarkdown(delta)}`.replaceAll(' ', '\u00a0'), escapeMarkdown(`${before} → ${now}`)]
}

export function trendsSection(result: Result): Section {
  const trends = toldTrends(result.history)
  const show = (most: number) => (): string => {
    if (trends.length === 0) return ''
    const moving = trends.filter((one) => one.direction !== 'stable').length
    const title = `Trend over ${plural(trends[0]!.points.length, 'run')}: ${moving === 0 ? 'stable' : `${moving} moving, ${trends.length - moving} stable`}`
    const flat = trends.filter(isFlat).length
    const rows = table(
      ['Criterion', 'Runs', 'Trend'],
      trends.filter((trend) => !isFlat(trend)),
      (trend) => [code(trend.criterion), sparkline(trend), escapeMarkdown(trendWords(trend), 300)],
      most,
    )
    const body = [rows, flat === 0 ? '' : `${plural(flat, 'number')} without any change.`].filter(Boolean).join('\n\n')
    return folded(title, body)
  }
  return { name: 'the trends', keep: 30, forms: [show(20), show(5), () => ''] }
}
