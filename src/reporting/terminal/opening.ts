// The first screen: verdict, what blocks with its smallest fix, who must act, levels and gates. The rest may be scrolled to.
import type { Result, ResultLevel } from '../../model/result.ts'
import { actorsOf } from '../actors.ts'
import { type Blocker, fixesShown, subjectsShown } from '../blocker.ts'
import { blockersOf, lacksOf } from '../blockers.ts'
import { certificateLine } from '../certificate-words.ts'
import { levelChange } from '../change-words.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { columns, padTo } from '../escape/width.ts'
import { advisory, becauseOf, headline, levelShown, nextLevel, shortName } from '../headline.ts'
import { GATE_STATES, OUTCOMES, VERDICTS } from '../states.ts'
import { type Look, Page } from './page.ts'

/** Lines of a small terminal, less one for the prompt. */
const SCREEN = 23
const MOST_LACKING = 12
/** Lines of one blocker's text and of its fix; the report has them whole. */
const TALL = 3

export function opening(page: Page, result: Result, look: Look): void {
  const verdict = VERDICTS[result.decision.verdict]
  const blockers = blockersOf(result)
  page.item(`${page.paint(verdict.tone, verdict.mark)} `, 2, t(`${t(result.name, 80)} · ${headline(result)}`), verdict.tone)
  if (result.decision.verdict === 'passed') page.item('  ', 2, t(becauseOf(result, [])))
  const moved = levelChange(result)
  if (moved !== null) page.item(`${page.paint(moved.tone, moved.mark)} `, 2, t(moved.text, 300), moved.tone)
  const note = advisory(result)
  if (note !== null) page.item('  ', 2, t(note), 'quiet')

  const beneath = new Page(look)
  actors(beneath, result, blockers)
  ladder(beneath, result)
  certificate(beneath, result)
  if (blockers.length > 0) {
    page.title(titleOf(result))
    list(page, blockers, SCREEN - beneath.height, look)
  }
  page.append(beneath)
  lacking(page, result, look)
}

function titleOf({ decision: { verdict } }: Result): string {
  return verdict === 'pending' ? 'What is waited for' : verdict === 'error' ? 'What went wrong' : 'What blocks'
}

/** As many as end before line `until` of the page, and at least one. */
function list(page: Page, blockers: readonly Blocker[], until: number, look: Look): void {
  for (const [index, blocker] of blockers.entries()) {
    const own = new Page(look)
    const subject = subjectsShown(blocker, (name) => t(name, 100))
    const place = `${blocker.place}${subject === '' ? '' : ` · ${subject}`}`
    own.item(`  ${own.mark(OUTCOMES[blocker.outcome])} `, 4, t(`${place}: ${blocker.text}`, 600), undefined, TALL)
    for (const fix of fixesShown(blocker, (text) => t(text, 400))) own.item('    → ', 6, fix, undefined, TALL)
    const lineForRest = index === blockers.length - 1 ? 0 : 1
    if (index > 0 && page.height + own.height + lineForRest > until) {
      page.line(`  and ${blockers.length - index} more, in the report`)
      return
    }
    page.append(own)
  }
}

function actors(page: Page, result: Result, blockers: readonly Blocker[]): void {
  const all = actorsOf(result, blockers).map(({ who, what }) => `${who}: ${what}`)
  if (all.length === 0) return
  page.section('Who must act')
  page.item('  ', 2, t(all.join(' · ')), undefined, 2)
}

function ladder(page: Page, result: Result): void {
  if (result.levels.length === 0) return
  page.section('Levels and gates')
  const { target } = result.decision
  const name = (level: ResultLevel): string =>
    t(`${level.number} ${shortName(level)}${level.number === target ? ' (target)' : ''}`, 40)
  const width = Math.max(...result.levels.map((level) => columns(name(level))))
  const stateWidth = Math.max(...result.levels.map((level) => columns(levelShown(level).word) + 2))
  for (const level of result.levels) {
    const gate = result.gates.find((entry) => entry.id === level.number)
    const shown = levelShown(level)
    const gateState = gate === undefined ? '' : `gate ${page.state(GATE_STATES[gate.state])}`
    page.line(
      `  ${padTo(name(level), width)}  ${page.paint(shown.tone, padTo(`${shown.mark} ${shown.word}`, stateWidth))}  ${gateState}`,
    )
  }
}

function certificate(page: Page, { certificate: known }: Result): void {
  if (known === null) return
  const { shown, text } = certificateLine(known, { name: (one) => t(one, 80), plain: (one) => t(one, 40) })
  page.blank()
  page.item(`${page.mark(shown)} `, 2, t(text, 300), shown.tone)
}

/** The way on, once the target is reached. */
function lacking(page: Page, result: Result, look: Look): void {
  const level = result.decision.verdict === 'passed' ? nextLevel(result) : null
  const items = level === null ? [] : lacksOf(result, level.number)
  if (level === null || items.length === 0) return
  page.title(`What level ${level.number} still lacks`)
  list(page, items, page.height + MOST_LACKING, look)
}
