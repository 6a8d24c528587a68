// What a reader has to know about the policy, and what ties the report to its run: loosened, ignored, notices, provenance.

import type { LedgerNote } from '../../model/ledger.ts'
import type { Problem } from '../../model/problem.ts'
import type { Result } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { code, escapeMarkdown, link } from '../escape/markdown.ts'
import { ledgerWords } from '../history-words.ts'
import { type LooseningShown, looseningsOf } from '../loosenings.ts'
import { plural } from '../numbers.ts'
import { folded, rest, table } from './table.ts'

/** Where the reader finds more. Addresses of the run, never from evidence. */
export interface Links {
  /** The full report. */
  report?: string | null
  run?: string | null
  /** What became of the run's record; left out: nothing. */
  ledger?: LedgerNote
}

export function loosenedSection(result: Result): Section {
  const [loosened, ignored] = [looseningsOf(result.config.loosened), looseningsOf(result.config.ignored)]
  const show = (most: number) => (): string =>
    [
      loosened.length === 0
        ? ''
        : `**Loosened (${loosened.length}):** what makes this easier to pass\n\n${looseningTable(loosened, most)}`,
      ignored.length === 0
        ? ''
        : `**Ignored (${ignored.length}):** tried to loosen where only the policy may\n\n${looseningTable(ignored, most)}`,
    ]
      .filter(Boolean)
      .join('\n\n')
  return { name: 'what is loosened', keep: 70, forms: [show(50), show(10), show(3)] }
}

export function policySection(result: Result): Section {
  const changed = result.config.changedInHead
  const show = (most: number) => (): string => {
    if (changed === null || changed.tightened.length + changed.loosened.length === 0) return ''
    const list = (title: string, items: readonly string[]): string =>
      items.length === 0
        ? ''
        : `\n- ${title}: ${items
            .slice(0, most)
            .map((item) => escapeMarkdown(item, 200))
            .join('; ')}${items.length > most ? ` and ${items.length - most} more` : ''}`
    return `**This change edits the policy. The edit did not count here:**\n${list('tightened', changed.tightened)}${list('loosened', changed.loosened)}`
  }
  return { name: "the policy's difference", keep: 65, forms: [show(20), show(5)] }
}

export function noticesSection(result: Result, most: number): Section {
  const idle = result.config.notInForce.map((section) => `${section} is accepted but has no effect in this version`)
  // Without levels the notices are what went wrong, and said above.
  const notices = result.levels.length === 0 ? [] : result.notices
  const all: Omit<Problem, 'code'>[] = [...notices, ...idle.map((message) => ({ message }))]
  const show = (number: number) => (): string => {
    if (all.length === 0) return ''
    const list = all.slice(0, number).map((notice) => `- ${noticeItem(notice)}`)
    return folded(plural(all.length, 'notice'), list.join('\n') + (all.length > number ? `\n\n${rest(all.length - number)}` : ''))
  }
  return { name: 'the notices', keep: 10, forms: [show(most), show(10), () => ''] }
}

export function provenanceSection(result: Result, links: Links = {}): Section {
  const { subject, config } = result
  const commit = subject.commit === null ? 'no commit' : `Commit ${code(subject.commit.slice(0, 12))}`
  const ledger = ledgerWords(result.history, links.ledger ?? { state: 'off' }, { hash: code })
  const parts = [
    `${commit}${subject.tested !== null && subject.tested !== subject.commit ? `, tested as ${code(subject.tested.slice(0, 12))}` : ''}`,
    `evidence ${digest(result.evidenceDigest)}`,
    `policy ${code(config.source, 120)}${config.digest === null ? '' : ` ${digest(config.digest)}`}`,
    `certify ${escapeMarkdown(result.tool.version, 40)}${result.clock === 'fixed' ? ', fixed clock' : ''}`,
    ledger ?? '',
    result.reported === undefined
      ? ''
      : `reported as ${digest(result.reported.digest)} by ${escapeMarkdown(result.reported.from, 140)}`,
    links.report ? link('full report', links.report) : '',
    links.run ? link('run', links.run) : '',
  ]
  return { name: 'the provenance', keep: 95, forms: [() => `<sub>${parts.filter(Boolean).join(' · ')}</sub>`] }
}

function looseningTable(entries: readonly LooseningShown[], most: number): string {
  return table(
    ['What', 'Change', 'By'],
    entries,
    (entry) => [
      code(entry.what, 160),
      `${escapeMarkdown(entry.from, 120) || '–'} → ${escapeMarkdown(entry.to, 120) || '–'}`,
      code(entry.origin, 120),
    ],
    most,
  )
}

function noticeItem(notice: Omit<Problem, 'code'>): string {
  const place = [notice.path, notice.line, notice.column].filter((part) => part !== undefined).join(':')
  return `${place === '' ? '' : `${code(place, 200)} `}${escapeMarkdown(notice.message, 400)}${notice.hint === undefined ? '' : ` (${escapeMarkdown(notice.hint, 300)})`}`
}

function digest(value: string): string {
  return code(value.replace(/^sha256:/, '').slice(0, 12))
}
