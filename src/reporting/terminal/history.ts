// History on the terminal: what changed, how long the level is held, a bar for each of the last runs.
import type { Trend } from '../../model/history.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { Result } from '../../model/result.ts'
import { changeItems, changeLines, heldAgainst } from '../change-words.ts'
import { terminalText as t } from '../escape/terminal.ts'
import {
  changesOf,
  comparedWith,
  heldFor,
  isFlat,
  runsOf,
  sparkline,
  TREND_TONES,
  toldTrends,
  trendOf,
} from '../history-words.ts'
import { plural } from '../numbers.ts'
import type { Page } from './page.ts'

const MOST_CHANGES = 4
const MOST_ITEMS = 3
const MOST_TRENDS = 8

export function historySection(page: Page, result: Result, note: LedgerNote): void {
  const { history } = result
  if (history === null || (history.state === 'off' && note.state === 'off')) return
  const { changed, same } = changesOf(result)
  const against = comparedWith(history, result.evaluatedAt, { plain: (text) => text, hash: (hash) => hash })
  if (against !== null) {
    page.title(t(history.baseline === null ? 'History' : `Against ${against}`, 120))
    if (history.baseline === null) page.item('  ', 2, t(against, 300), 'quiet')
    page.rows(
      changed.map(({ id, before, now, delta, tone, mark }) => ({
        shown: { mark, word: '', tone },
        cells: [t(id, 60), t(delta, 40), t(`${before} → ${now}`, 80)],
      })),
      MOST_CHANGES,
      1,
    )
    if (history.baseline !== null)
      page.item(
        '  ',
        2,
        t(
          changed.length === 0
            ? same === 0
              ? 'no number to compare'
              : `no number has changed (${same} compared)`
            : `${plural(same, 'other')} unchanged`,
        ),
        'quiet',
      )
  }
  const held = heldFor(history)
  if (held !== null) page.item('  ', 2, t(held))
  whatChanged(page, result)
  trendRows(page, result)
  failed(page, note)
}

/** Short: what a reviewer has to see, and how much more there is. */
function whatChanged(page: Page, result: Result): void {
  const lines = changeLines(result)
  const other = lines.length === 0 ? null : heldAgainst(result)
  if (other !== null) page.item('  ', 2, t(other), 'quiet')
  for (const { what, text, tone, mark } of lines)
    page.item(`  ${page.paint(tone, mark)} `, 4, t(`${what}: ${text}`, 300), undefined, 2)
  const open = changeItems(result).filter((one) => one.open)
  for (const { what, name, path, line, note } of open.slice(0, MOST_ITEMS)) {
    const place = path === null ? '' : ` in ${path}${line === null ? '' : `:${line}`}`
    page.item('      ', 6, t(`${what}: ${name}${place}${note === '' ? '' : ` (${note})`}`, 300), undefined, 2)
  }
  if (open.length > MOST_ITEMS) page.line(`      and ${open.length - MOST_ITEMS} more, in the report`)
}

function trendRows(page: Page, { history }: Result): void {
  const trends = toldTrends(history)
  if (trends.length === 0) return
  const flat = trends.filter(isFlat)
  const runs = runsOf(trends)
  page.title(t(`Trend of ${history?.branch ?? 'this branch'}, ${plural(runs, 'run')}`, 100))
  page.rows(
    trends
      .filter((trend) => !isFlat(trend))
      .map((trend) => ({
        shown: { mark: '·', word: '', tone: TREND_TONES[trend.direction] },
        cells: [t(trend.criterion, 60), sparkline(trend), t(trendOf(trend, runs), 200)],
      })),
    MOST_TRENDS,
    2,
  )
  if (flat.length > 0)
    page.item('  · ', 4, t(`${sparkline(longest(flat))}  ${plural(flat.length, 'number')} without any change`), 'quiet')
}

function longest([first, ...rest]: readonly Trend[]): Trend {
  return rest.reduce((most, one) => (one.points.length > most.points.length ? one : most), first!)
}

function failed(page: Page, note: LedgerNote): void {
  if (note.state !== 'failed') return
  page.title('Not recorded in the ledger; the verdict stands')
  page.item('  ⚠ ', 4, t(note.message, 400), 'warn')
  if (note.hint !== null) page.item('    → ', 6, t(note.hint, 400))
}
