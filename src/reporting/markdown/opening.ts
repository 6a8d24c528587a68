// What a reader sees first: the verdict, what blocks with the smallest fix, who must act, and the ladder of levels and gates.

import type { Result, ResultLevel } from '../../model/result.ts'
import { actorsOf } from '../actors.ts'
import { type Blocker, fixesShown, subjectsShown } from '../blocker.ts'
import { blockersOf, lacksOf } from '../blockers.ts'
import type { Section } from '../budget.ts'
import { certificateLine } from '../certificate-words.ts'
import { levelChange } from '../change-words.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { advisory, becauseOf, headline, levelShown, nextLevel, shortName } from '../headline.ts'
import { GATE_STATES, OUTCOMES, VERDICTS } from '../states.ts'
import { folded, marked, rest, table, unbroken } from './table.ts'

export function verdictSection(result: Result): Section {
  const lines = [
    `### ${VERDICTS[result.decision.verdict].emoji} ${escapeMarkdown(result.name, 80)} · ${escapeMarkdown(headline(result), 300)}`,
  ]
  const moved = levelChange(result)
  if (moved !== null) lines.push(`${moved.mark} **${escapeMarkdown(moved.text, 300)}**`)
  const note = advisory(result)
  if (note !== null) lines.push(`_${escapeMarkdown(note)}_`)
  if (result.decision.verdict === 'passed') lines.push(escapeMarkdown(becauseOf(result, [])))
  const text = lines.join('\n\n')
  return { name: 'the verdict', keep: 100, forms: [() => text] }
}

export function blockersSection(result: Result, most: number): Section {
  const blockers = blockersOf(result)
  const show = (number: number) => (): string => {
    if (blockers.length === 0) return ''
    const items = blockers.slice(0, number).map((blocker, index) => `${index + 1}. ${blockerItem(blocker)}`)
    const more = blockers.length > number ? `\n\n${rest(blockers.length - number)}` : ''
    return `**${blocksTitle(result, blockers)}**\n\n${items.join('\n')}${more}`
  }
  return { name: 'what blocks', keep: 90, forms: [...new Set([most, 10, 5, 3])].filter((n) => n <= most).map(show) }
}

export function actorsSection(result: Result): Section {
  const actors = actorsOf(result, blockersOf(result))
  const text = actors.map(({ who, what }) => `${escapeMarkdown(who, 200)}: ${escapeMarkdown(what, 200)}`).join(' · ')
  return { name: 'who must act', keep: 85, forms: [() => (text === '' ? '' : `**Who must act:** ${text}`)] }
}

/** The strips of levels and gates, one row a step, so that a phone shows them whole. */
export function ladderSection(result: Result): Section {
  const { target } = result.decision
  const row = (level: ResultLevel): string[] => {
    const gate = result.gates.find((entry) => entry.id === level.number)
    const name = unbroken(`${level.number} ${escapeMarkdown(shortName(level), 60)}`)
    return [
      level.number === target ? `**${name}** (target)` : name,
      marked(levelShown(level)),
      gate === undefined ? '–' : `${GATE_STATES[gate.state].mark}\u00a0${GATE_STATES[gate.state].word}`,
    ]
  }
  return { name: 'the levels', keep: 80, forms: [() => table(['Level', 'State', 'Gate'], result.levels, row, 4)] }
}

/** Beside the ladder, and no part of the verdict. */
export function certificateSection({ certificate }: Result): Section {
  const show = (): string => {
    if (certificate === null) return ''
    const { shown, text } = certificateLine(certificate, {
      name: (one) => code(one, 80),
      plain: (one) => escapeMarkdown(one, 40),
    })
    const id = certificate.id === null ? '' : ` (${code(certificate.id)})`
    const why = certificate.why === null ? '' : `<br>${escapeMarkdown(certificate.why, 300)}`
    return `${shown.mark} **Certificate:** ${text}${id}${why}`
  }
  return { name: 'the certificate', keep: 78, forms: [show] }
}

/** What the next level lacks, once the target is reached: the way on. */
export function nextSection(result: Result): Section {
  const next = result.decision.verdict === 'passed' ? nextLevel(result) : null
  const items = next === null ? [] : lacksOf(result, next.number)
  const show = (number: number) => (): string => {
    if (next === null || items.length === 0) return ''
    const list = items.slice(0, number).map((item) => `- ${blockerItem(item)}`)
    return folded(
      `What level ${next.number} still lacks (${items.length})`,
      list.join('\n') + (items.length > number ? `\n\n${rest(items.length - number)}` : ''),
    )
  }
  return { name: 'the next level', keep: 60, forms: [show(20), show(5), () => ''] }
}

function blocksTitle(result: Result, blockers: readonly Blocker[]): string {
  if (result.decision.verdict === 'pending') return `What is waited for (${blockers.length})`
  return result.decision.verdict === 'error' ? `What went wrong (${blockers.length})` : `What blocks (${blockers.length})`
}

function blockerItem(blocker: Blocker): string {
  const place =
    blocker.level === 0 && blocker.place.includes(':') ? code(blocker.place) : `**${escapeMarkdown(blocker.place, 200)}**`
  const subjects = subjectsShown(blocker, (subject) => (blocker.ids ? code(subject) : escapeMarkdown(subject, 200)))
  const subject = subjects === '' ? '' : ` ${subjects}`
  const fix = fixesShown(blocker, (text) => `<br>→ ${escapeMarkdown(text, 500)}`).join('')
  return `${OUTCOMES[blocker.outcome].mark} ${place}${subject}: ${escapeMarkdown(blocker.text, 600)}${fix}`
}
