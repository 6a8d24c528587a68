// A verdict that a person reads in ten seconds: first what fits one screen, then criteria, gates, evidence, policy.

import { letsThrough } from '../../model/outcome.ts'
import type { Result, ResultCriterion, ResultLevel } from '../../model/result.ts'
import { blockersOf } from '../blockers.ts'
import { causeOf } from '../causes.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { nameOf } from '../evidence-list.ts'
import { notesOn } from '../evidence-notes.ts'
import { howOf } from '../headline.ts'
import { ledgerWords } from '../history-words.ts'
import { looseningsOf } from '../loosenings.ts'
import { amount, plural } from '../numbers.ts'
import { GATE_STATES, OUTCOMES } from '../states.ts'
import { historySection } from '../terminal/history.ts'
import { newCodeSection } from '../terminal/new-code.ts'
import { opening } from '../terminal/opening.ts'
import { type Look, Page } from '../terminal/page.ts'

const MOST_NOTICES = 10
const MOST_ROWS = 40

export function renderTerminal(result: Result, look: Look): string {
  const page = new Page(look)
  opening(page, result, look)
  for (const level of result.levels)
    if (level.number <= Math.max(result.decision.target, result.decision.level)) criteria(page, level)
  gates(page, result)
  newCodeSection(page, result)
  historySection(page, result, look.ledger ?? { state: 'off' })
  evidence(page, result)
  policy(page, result)
  notices(page, result)
  closing(page, result, look)
  return page.toString()
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
    2,
  )
}

function numbers(criterion: ResultCriterion): string[] {
  const value = criterion.value === null ? '' : amount(criterion.value, criterion.unit, criterion.limit.text)
  return [t(value, 40), t(criterion.limit.text, 60), t(howOf(criterion), 300)]
}

/** What stands in a gate's way beside criteria and levels, which have tables of their own. */
function gates(page: Page, result: Result): void {
  const said = new Set(
    result.levels.flatMap((level) =>
      level.criteria.flatMap((criterion) => criterion.reasons.map((reason) => `${level.number} ${causeOf(reason, null)}`)),
    ),
  )
  for (const gate of result.gates.filter((entry) => entry.id <= result.decision.target && entry.state !== 'open')) {
    const items = [...gate.entry, ...gate.exit, ...gate.deliverables].filter(
      (item) =>
        !letsThrough(item.outcome) &&
        !item.optional &&
        !/^(?:criterion|level):/.test(item.check) &&
        !(item.reasons[0] !== undefined && said.has(`${gate.id} ${causeOf(item.reasons[0], null)}`)),
    )
    if (items.length === 0) continue
    page.title(t(`Gate ${gate.id} ${gate.name}: ${GATE_STATES[gate.state].word}`, 80))
    page.rows(
      items.map((item) => ({
        shown: OUTCOMES[item.outcome],
        cells: [t(item.text, 120), OUTCOMES[item.outcome].word, t(item.reasons[0]?.text ?? '', 300)],
      })),
      MOST_ROWS,
      2,
    )
  }
}

function evidence(page: Page, result: Result): void {
  if (result.evidence.length === 0) return
  const refused = result.evidence.filter((file) => !file.admitted)
  const admitted = result.evidence.filter((file) => file.admitted)
  const notes = notesOn(result.evidence)
  page.title(`Evidence: ${plural(admitted.length, 'report')} admitted${refused.length > 0 ? `, ${refused.length} not` : ''}`)
  page.rows(
    [...refused, ...admitted].map((file) => ({
      shown: file.admitted ? OUTCOMES.pass : OUTCOMES.fail,
      cells: [
        t(nameOf(file), 80),
        t(file.format ?? '', 30),
        t([file.summary ?? '', ...notes.own(file)].filter(Boolean).join('; '), 300),
      ],
    })),
    MOST_ROWS,
    1,
  )
  for (const note of notes.common.slice(0, MOST_NOTICES)) page.item('  · ', 4, t(note, 300), 'quiet')
}

function policy(page: Page, { config }: Result): void {
  const changed = config.changedInHead
  for (const [word, what, mark, all] of [
    ['Loosened', 'what makes this easier to pass', '⚠', config.loosened],
    ['Ignored', 'only the policy may loosen', '–', config.ignored],
  ] as const) {
    const entries = looseningsOf(all)
    if (entries.length > 0) page.title(`${word} (${entries.length}): ${what}`)
    for (const entry of entries.slice(0, MOST_ROWS))
      page.item(`  ${mark} `, 4, t(`${entry.what}: ${entry.from} → ${entry.to} (${entry.origin})`, 400))
  }
  if (changed === null || changed.tightened.length + changed.loosened.length === 0) return
  page.title('This change edits the policy; the edit did not count here')
  for (const item of changed.tightened.slice(0, MOST_NOTICES)) page.item('  ', 2, t(`tightened: ${item}`, 300))
  for (const item of changed.loosened.slice(0, MOST_NOTICES)) page.item('  ', 2, t(`loosened: ${item}`, 300))
}

/** Without levels they are what went wrong, and said above. */
function notices(page: Page, { notices: all, levels }: Result): void {
  if (levels.length === 0 || all.length === 0) return
  page.title(plural(all.length, 'notice'))
  for (const notice of all.slice(0, MOST_NOTICES)) {
    const place = [notice.path, notice.line, notice.column].filter((part) => part !== undefined).join(':')
    const hint = notice.hint === undefined ? '' : ` (${notice.hint})`
    page.item('  · ', 4, t(`${place === '' ? '' : `${place} `}${notice.message}${hint}`, 500))
  }
  if (all.length > MOST_NOTICES) page.line(`  and ${all.length - MOST_NOTICES} more, in the report`)
}

/** What the report rests on, and where the reader goes from here. */
function closing(page: Page, result: Result, look: Look): void {
  const report = look.report ?? null
  const ledger = ledgerWords(result.history, look.ledger ?? { state: 'off' }, { hash: (hash) => hash })
  const { config, subject } = result
  const short = (digest: string): string => digest.replace('sha256:', '').slice(0, 12)
  page.blank()
  const parts = [
    subject.commit === null ? 'no commit' : `commit ${subject.commit.slice(0, 12)}`,
    `evidence ${short(result.evidenceDigest)}`,
    `policy ${config.source}${config.digest === null ? '' : ` ${short(config.digest)}`}`,
    `certify ${result.tool.version}${result.clock === 'fixed' ? ', fixed clock' : ''}`,
    ...(ledger === null ? [] : [ledger]),
  ]
  page.item('', 0, t(parts.join(' · ')), 'quiet')
  if (report !== null) page.item('Full report: ', 13, t(`${report}/summary.md, for programs ${report}/result.json`, 300))
  const criterion = blockersOf(result).find((blocker) => blocker.ids)?.subjects[0] ?? result.levels[0]?.criteria[0]?.id
  if (criterion !== undefined) page.item('Why a number: ', 14, t(`certify explain ${criterion}`, 200))
}
