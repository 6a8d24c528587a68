// A verdict that a person reads in ten seconds: what it is, what blocks, who acts, levels and gates; then the detail.

import { letsThrough } from '../../model/outcome.ts'
import type { Result, ResultCriterion, ResultLevel } from '../../model/result.ts'
import { actorsOf } from '../actors.ts'
import { type Blocker, blockersOf } from '../blockers.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { columns, padTo } from '../escape/width.ts'
import { nameOf, notesOf } from '../evidence-list.ts'
import { advisory, becauseOf, headline, howOf, levelShown, nextLevel, shortName } from '../headline.ts'
import { amount, plural } from '../numbers.ts'
import { GATE_STATES, OUTCOMES, VERDICTS } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

const MOST_BLOCKERS = 10
const MOST_ROWS = 40

export function renderTerminal(result: Result, look: Look): string {
  const page = new Page(look)
  const blockers = blockersOf(result)
  opening(page, result, blockers)
  ladder(page, result)
  next(page, result)
  for (const level of result.levels)
    if (level.number <= Math.max(result.decision.target, result.decision.level)) criteria(page, level)
  gates(page, result)
  evidence(page, result)
  closing(page, result)
  return page.toString()
}

function opening(page: Page, result: Result, blockers: readonly Blocker[]): void {
  const verdict = VERDICTS[result.decision.verdict]
  page.item(`${page.paint(verdict.tone, verdict.mark)} `, 2, t(`${result.name} · ${headline(result)}`), verdict.tone)
  const note = advisory(result)
  if (note !== null) page.item('  ', 2, t(note), 'quiet')
  if (result.decision.verdict === 'passed') page.item('  ', 2, t(becauseOf(result, [])))
  if (blockers.length === 0) return
  page.title(
    result.decision.verdict === 'pending'
      ? 'What is waited for'
      : result.decision.verdict === 'error'
        ? 'What went wrong'
        : 'What blocks',
  )
  for (const blocker of blockers.slice(0, MOST_BLOCKERS)) {
    const subject = blocker.subject === null ? '' : ` · ${blocker.subject}`
    page.item(`  ${page.mark(OUTCOMES[blocker.outcome])} `, 4, t(`${blocker.place}${subject}: ${blocker.text}`, 600))
    if (blocker.fix !== null) page.item('    → ', 6, t(blocker.fix, 400))
  }
  if (blockers.length > MOST_BLOCKERS) page.line(`  and ${blockers.length - MOST_BLOCKERS} more, below and in the report`)
  const actors = actorsOf(result, blockers)
  if (actors.length === 0) return
  page.title('Who must act')
  for (const { who, what } of actors) page.item('  ', 2, t(`${who}: ${what}`))
}

function ladder(page: Page, result: Result): void {
  if (result.levels.length === 0) return
  page.title('Levels and gates')
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

function next(page: Page, result: Result): void {
  const level = result.decision.verdict === 'passed' ? nextLevel(result) : null
  const items = level === null ? [] : (result.shortfall.find((entry) => entry.level === level.id)?.items ?? [])
  if (level === null || items.length === 0) return
  page.title(`What level ${level.number} still lacks`)
  for (const item of items.slice(0, MOST_BLOCKERS)) {
    page.item('  · ', 4, t(item.text, 600))
    if (item.fix !== null) page.item('    → ', 6, t(item.fix, 400))
  }
  if (items.length > MOST_BLOCKERS) page.line(`  and ${items.length - MOST_BLOCKERS} more, in the report`)
}

function criteria(page: Page, level: ResultLevel): void {
  if (level.criteria.length === 0) return
  page.title(t(`Level ${level.number} ${level.name}`, 80))
  page.rows(
    level.criteria.map((criterion) => ({
      shown: OUTCOMES[criterion.outcome],
      cells: [t(criterion.id, 60), OUTCOMES[criterion.outcome].word, ...numbers(criterion)],
    })),
    MOST_ROWS,
  )
}

function numbers(criterion: ResultCriterion): string[] {
  const value = criterion.value === null ? '' : amount(criterion.value, criterion.unit, criterion.limit.text)
  return [t(value, 40), t(criterion.limit.text, 60), t(howOf(criterion), 300)]
}

/** What stands in a gate's way beside criteria and levels, which have tables of their own. */
function gates(page: Page, result: Result): void {
  const said = new Set(
    result.levels.flatMap((level) => level.criteria.flatMap((criterion) => criterion.reasons.map((reason) => reason.text))),
  )
  for (const gate of result.gates.filter((entry) => entry.id <= result.decision.target && entry.state !== 'open')) {
    const items = [...gate.entry, ...gate.exit, ...gate.deliverables].filter(
      (item) =>
        !letsThrough(item.outcome) &&
        !item.optional &&
        !/^(?:criterion|level):/.test(item.check) &&
        !said.has(item.reasons[0]?.text ?? ''),
    )
    if (items.length === 0) continue
    page.title(t(`Gate ${gate.id} ${gate.name}: ${GATE_STATES[gate.state].word}`, 80))
    page.rows(
      items.map((item) => ({
        shown: OUTCOMES[item.outcome],
        cells: [t(item.text, 120), OUTCOMES[item.outcome].word, t(item.reasons[0]?.text ?? '', 300)],
      })),
      MOST_ROWS,
    )
  }
}

function evidence(page: Page, result: Result): void {
  if (result.evidence.length === 0) return
  const refused = result.evidence.filter((file) => !file.admitted)
  const admitted = result.evidence.filter((file) => file.admitted)
  page.title(`Evidence: ${plural(admitted.length, 'report')} admitted${refused.length > 0 ? `, ${refused.length} not` : ''}`)
  page.rows(
    [...refused, ...admitted].map((file) => ({
      shown: file.admitted ? OUTCOMES.pass : OUTCOMES.fail,
      cells: [
        t(nameOf(file), 80),
        t(file.format ?? '', 30),
        t([file.summary ?? '', ...notesOf(file)].filter(Boolean).join('; '), 300),
      ],
    })),
    MOST_ROWS,
  )
}

function closing(page: Page, result: Result): void {
  const { config, subject, notices } = result
  const changed = config.changedInHead
  if (config.loosened.length > 0) page.title(`Loosened (${config.loosened.length}): what makes this easier to pass`)
  for (const entry of config.loosened.slice(0, MOST_ROWS))
    page.item('  ⚠ ', 4, t(`${entry.pointer}: ${entry.from} → ${entry.to} (${entry.origin})`, 400))
  if (config.ignored.length > 0) page.title(`Ignored (${config.ignored.length}): only the policy may loosen`)
  for (const entry of config.ignored.slice(0, MOST_ROWS))
    page.item('  – ', 4, t(`${entry.pointer}: ${entry.from} → ${entry.to} (${entry.origin})`, 400))
  if (changed !== null && changed.tightened.length + changed.loosened.length > 0) {
    page.title('This change edits the policy; the edit did not count here')
    for (const [word, items] of [
      ['tightened', changed.tightened],
      ['loosened', changed.loosened],
    ] as const) {
      for (const item of items.slice(0, MOST_BLOCKERS)) page.item('  ', 2, t(`${word}: ${item}`, 300))
    }
  }
  if (notices.length > 0 && result.levels.length > 0) page.title(plural(notices.length, 'notice'))
  for (const notice of result.levels.length > 0 ? notices.slice(0, MOST_BLOCKERS) : []) {
    const place = [notice.path, notice.line, notice.column].filter((part) => part !== undefined).join(':')
    page.item(
      '  · ',
      4,
      t(`${place === '' ? '' : `${place} `}${notice.message}${notice.hint === undefined ? '' : ` (${notice.hint})`}`, 500),
    )
  }
  if (notices.length > MOST_BLOCKERS && result.levels.length > 0)
    page.line(`  and ${notices.length - MOST_BLOCKERS} more, in the report`)
  page.blank()
  const commit = subject.commit === null ? 'no commit' : `commit ${subject.commit.slice(0, 12)}`
  const policy = `policy ${config.source}${config.digest === null ? '' : ` ${config.digest.replace('sha256:', '').slice(0, 12)}`}`
  page.item(
    '',
    0,
    t(
      `${commit} · evidence ${result.evidenceDigest.replace('sha256:', '').slice(0, 12)} · ${policy} · certify ${result.tool.version}${result.clock === 'fixed' ? ' · fixed clock' : ''}`,
    ),
    'quiet',
  )
}
