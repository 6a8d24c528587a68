// What doctor found: as a table for a terminal, as one for a step summary, as one JSON document.
import type { Finding } from '../../model/setup.ts'
import { code, escapeMarkdown as m } from '../escape/markdown.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { table } from '../markdown/table.ts'
import { plural } from '../numbers.ts'
import type { Shown } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

const STATES: Record<Finding['state'], Shown> = {
  ok: { mark: '✓', word: 'ok', tone: 'good' },
  risk: { mark: '⚠', word: 'risk', tone: 'warn' },
  broken: { mark: '✗', word: 'broken', tone: 'bad' },
  unknown: { mark: '?', word: 'unknown', tone: 'unknown' },
  not_looked_at: { mark: '–', word: 'not looked at', tone: 'quiet' },
}
/** Worst first; what is well comes last. */
const ORDER: readonly Finding['state'][] = ['broken', 'risk', 'unknown', 'not_looked_at', 'ok']
const MOST = 100
/** What a policy or workflow has nothing of is no fault of theirs: that there has to be a judge is a check of its own. */
const GOOD: ReadonlySet<Finding['state']> = new Set(['ok', 'not_looked_at'])

export function renderDoctor(findings: readonly Finding[], look: Look): string {
  const page = new Page(look)
  const worst = worstOf(findings)
  page.item(`${page.mark(STATES[worst])} `, 2, headline(findings), STATES[worst].tone)
  for (const state of ORDER) {
    const of = findings.filter((one) => one.state === state)
    if (of.length > 0) page.title(STATES[state].word)
    for (const { what, risk, fix } of of) {
      const said = risk === null ? '' : `: ${risk}`
      page.item(`  ${page.mark(STATES[state])} `, 4, t(`${what}${said}`, 600))
      if (fix !== null) page.item('    → ', 6, t(fix, 400))
    }
  }
  return page.toString()
}

export function renderDoctorMarkdown(findings: readonly Finding[]): string {
  const sorted = ORDER.flatMap((state) => findings.filter((one) => one.state === state))
  const rows = table(
    ['what', 'state', 'risk', 'fix'],
    sorted,
    ({ what, state, risk, fix }) => [
      m(what, 200),
      `${STATES[state].mark} ${STATES[state].word}`,
      m(risk ?? '', 600),
      fix === null ? '' : code(fix, 400),
    ],
    MOST,
  )
  return `### Do the gates hold?\n\n${headline(findings)}\n\n${rows}\n`
}

export function doctorDocument(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: findings.every(({ state }) => GOOD.has(state)), findings }, null, 2)}\n`
}

function worstOf(findings: readonly Finding[]): Finding['state'] {
  return ORDER.find((state) => state !== 'not_looked_at' && findings.some((one) => one.state === state)) ?? 'unknown'
}

function headline(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length
  const [broken, risk, unknown, unseen] = [count('broken'), count('risk'), count('unknown'), count('not_looked_at')]
  const parts = [
    broken > 0 ? `${broken} broken` : '',
    risk > 0 ? plural(risk, 'risk') : '',
    unknown > 0 ? `${unknown} unknown` : '',
    unseen > 0 ? `${unseen} with nothing to look at` : '',
  ].filter((part) => part !== '')
  const verdict = broken > 0 ? 'the gates do not hold' : unknown > 0 ? 'not everything could be looked at' : 'the gates hold'
  return parts.length === 0 ? verdict : `${verdict}: ${parts.join(', ')}`
}
