// The reviewer's brief: one screen before the decision. What is asked, what changed, what is short, waived or stale, who else must sign.
import type { Reason } from '../../model/reason.ts'
import type { Result, ResultGate } from '../../model/result.ts'
import { changeLines } from '../change-words.ts'
import { code, link, escapeMarkdown as md } from '../escape/markdown.ts'
import { headline } from '../headline.ts'
import { changesOf, comparedWith, heldFor } from '../history-words.ts'
import { looseningsOf } from '../loosenings.ts'
import { duration, plural } from '../numbers.ts'
import { stated } from '../stated.ts'
import { OUTCOMES } from '../states.ts'

export interface Brief {
  result: Result
  gate: number
  /** Eight characters that stand for exactly this evidence, policy and commit. */
  code: string
  refusals: readonly Reason[]
  warnings: readonly Reason[]
  runUrl: string
}

const MOST = 5

export function renderBrief({ result, gate: number, code: evidence, refusals, warnings, runUrl }: Brief): string {
  const gate = result.gates.find((one) => one.id === number)
  const lines = [
    `### ${refusals.length > 0 ? '⛔' : '✋'} ${md(result.name, 80)} · Gate ${number} ${md(gate?.name ?? '', 80)}: ${refusals.length > 0 ? 'nobody can be asked' : 'your decision'}`,
    refusals.length > 0 ? '' : asked(result, number, evidence),
    ...refusals.map((one) => reasonLine(one, OUTCOMES.error.mark)),
    bullet('What changed', changed(result)),
    bullet('What is short', short(result, number)),
    bullet('What is loosened', loosened(result)),
    bullet('Oldest evidence', oldest(result)),
    bullet('Who must sign', gate === undefined ? '' : signers(gate)),
    ...warnings.map((one) => reasonLine(one, OUTCOMES.warn.mark)),
    `<sub>Commit ${code(result.subject.commit?.slice(0, 12) ?? 'none')} · evidence ${code(result.evidenceDigest.slice(7, 19))} · ${link('the whole report', runUrl)}</sub>`,
  ]
  return `${lines.filter((line) => line !== '').join('\n\n')}\n`
}

function asked(result: Result, number: number, evidence: string): string {
  return `You are asked to let ${code(result.subject.commit?.slice(0, 12) ?? 'this commit')} through gate ${number}: ${md(headline(result), 200)}. To say that you mean exactly this evidence, put ${code(evidence)} into your comment.`
}

function bullet(title: string, text: string): string {
  return text === '' ? '' : `**${title}:** ${text}`
}

function reasonLine(reason: Reason, mark: string): string {
  const { text, fix } = stated(reason)
  return `${mark} ${md(text, 400)}${fix === null ? '' : `<br>→ ${md(fix, 400)}`}`
}

function changed(result: Result): string {
  const { history } = result
  const against =
    history === null ? null : comparedWith(history, result.evaluatedAt, { plain: (text) => md(text, 300), hash: code })
  if (history === null || against === null) return ''
  const others = changeLines(result).map(({ what, text }) => `; ${what.toLowerCase()}: ${md(text, 200)}`)
  if (history.baseline === null) return `${against}${others.join('')}`
  const { changed: all, same } = changesOf(result)
  const items = all.slice(0, MOST).map(({ id, delta, mark, now }) => `${mark} ${code(id)} ${md(delta)} (${md(now)})`)
  const more = all.length > MOST ? ` and ${all.length - MOST} more` : ''
  const held = heldFor(history)
  return `against ${against}: ${items.length === 0 ? 'no number' : `${items.join(', ')}${more}`}, ${same} unchanged${held === null ? '' : `; ${md(held)}`}${others.join('')}`
}

function short(result: Result, number: number): string {
  const criteria = result.levels
    .filter((level) => level.number <= number)
    .flatMap((level) => level.criteria)
    .filter((one) => one.outcome !== 'pass' && one.metric !== 'deployment_approval')
  if (criteria.length === 0) return 'nothing'
  const items = criteria
    .slice(0, MOST)
    .map((one) => `${OUTCOMES[one.outcome].mark} ${code(one.id)} ${OUTCOMES[one.outcome].word}`)
  return items.join(', ') + (criteria.length > MOST ? ` and ${criteria.length - MOST} more` : '')
}

function loosened(result: Result): string {
  const all = looseningsOf(result.config.loosened)
  if (all.length === 0) return 'nothing'
  const items = all
    .slice(0, MOST)
    .map((one) => `${code(one.what.split('/').at(-1) ?? one.what, 80)} ${md(one.from, 60)} → ${md(one.to, 60)}`)
  return `${plural(all.length, 'setting')}: ${items.join(', ')}${all.length > MOST ? ` and ${all.length - MOST} more` : ''}`
}

function oldest(result: Result): string {
  const aged = result.evidence.filter((one) => one.admitted && one.age !== null).sort((a, b) => (b.age ?? 0) - (a.age ?? 0))
  const first = aged[0]
  return first === undefined ? '' : `${code(first.path, 120)}, ${duration(first.age)} old`
}

function signers({ approval }: ResultGate): string {
  const slots = approval.given?.slots ?? []
  if (slots.length > 0)
    return slots.map((slot) => `${md(slot.role)} in ${code(slot.environment)}${slot.filledBy === null ? '' : ' ✓'}`).join(', ')
  const roles = approval.roles.length > 0 ? approval.roles.map((role) => md(role, 60)).join(', ') : 'one reviewer'
  return `${roles} in ${code(approval.environment ?? '')}`
}
