// `certify ledger` for a person: the log, one record, whether the chain holds, what was appended.
import type { Head, LedgerNote, LedgerRecord, Verification } from '../../model/ledger.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { count, plural } from '../numbers.ts'
import { OUTCOMES, type Shown, VERDICTS } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export interface LogRow {
  seq: number
  at: string
  type: string
  hash: string
  sha: string | null
  actor: string | null
  run: number | null
  /** Of an evaluation. */
  verdict: 'passed' | 'pending' | 'failed' | 'error' | null
  level: number | null
  branch: string | null
  pullRequest: number | null
  baseline: boolean
}

export interface Log {
  place: string
  records: number
  head: string | null
  /** Newest first. */
  rows: LogRow[]
}

const PLAIN: Shown = { mark: '·', word: '', tone: 'quiet' }

export function renderLog({ place, records, head, rows }: Log, look: Look): string {
  const page = new Page(look)
  page.item('', 0, t(`${place}: ${plural(records, 'record')}${head === null ? '' : `, head ${head.slice(0, 12)}`}`, 200), 'quiet')
  page.rows(
    rows.map((row) => ({ shown: row.verdict === null ? PLAIN : VERDICTS[row.verdict], cells: cellsOf(row) })),
    rows.length,
    1,
  )
  if (records > rows.length) page.line(`  and ${count(records - rows.length)} older: --last N shows more`)
  return page.toString()
}

function cellsOf(row: LogRow): string[] {
  const what =
    row.verdict === null
      ? row.type
      : `${VERDICTS[row.verdict].word}, level ${row.level ?? 0}${row.baseline ? ', stored as a baseline' : ''}`
  const where = row.pullRequest === null ? (row.branch ?? '') : `pull request ${row.pullRequest}`
  return [
    String(row.seq),
    row.at.replace('T', ' ').slice(0, 16),
    row.sha?.slice(0, 8) ?? '',
    t(where, 40),
    t(what, 80),
    [row.run === null ? '' : `run ${row.run}`, row.actor === null ? '' : `by ${t(row.actor, 40)}`].filter(Boolean).join(' '),
  ]
}

/** The record whole, after a line that says what it is. */
export function renderRecord(record: LedgerRecord, row: LogRow, look: Look): string {
  const page = new Page(look)
  const shown = row.verdict === null ? PLAIN : VERDICTS[row.verdict]
  page.item(
    `${page.mark(shown)} `,
    2,
    t(`record ${row.seq} · ${cellsOf(row).slice(1).filter(Boolean).join(' · ')}`, 300),
    shown.tone,
  )
  page.item('  ', 2, t(`hash ${record.hash}`), 'quiet')
  page.item('  ', 2, t(`prev ${record.header.prev}`), 'quiet')
  page.blank()
  for (const line of JSON.stringify(record.data, null, 2).split('\n')) {
    const indent = line.length - line.trimStart().length
    page.line(`${' '.repeat(indent)}${t(line, 2000)}`)
  }
  return page.toString()
}

export function renderVerification(found: Verification, place: string, look: Look): string {
  const page = new Page(look)
  const shown = found.ok ? OUTCOMES.pass : OUTCOMES.fail
  const what = found.ok
    ? `${place}: ${plural(found.records, 'record')} in one chain, each as it was written`
    : `${place} does not verify: ${found.problem}`
  page.item(`${page.mark(shown)} `, 2, t(what, 600), shown.tone)
  if (found.head !== null) page.item('  ', 2, t(`head ${found.head}${found.ok ? '' : ' (of what holds)'}`), 'quiet')
  if (!found.ok)
    page.item(
      '  → ',
      4,
      t('Restore the files from a copy that verifies; until then nothing is appended and nothing that needs history passes'),
    )
  for (const notice of found.notices.slice(0, 10)) page.item('  · ', 4, t(notice, 300))
  if (found.expected !== undefined) page.item('  ', 2, t(expectation(found.expected, found.records)))
  else if (found.ok)
    page.item(
      '  · ',
      4,
      t('That nothing was taken off its end shows only against a head known from elsewhere: --expect-head HASH'),
      'quiet',
    )
  return page.toString()
}

function expectation(seq: number, records: number): string {
  const where = seq === records ? 'the last' : `${plural(records - seq, 'record')} came after it`
  return `the expected head is in the chain: record ${seq}, ${where}; none up to it was taken away`
}

/** `certify baseline`: where it is stored, or left to be. */
export function renderStored(note: LedgerNote, look: Look): string {
  const page = new Page(look)
  const where =
    note.state === 'recorded'
      ? `stored as a baseline: record ${note.seq} in ${note.place}`
      : `left as a baseline to be stored${note.state === 'left' ? `: ${note.path}` : ''}`
  page.item(`${page.mark(OUTCOMES.pass)} `, 2, t(where, 200), OUTCOMES.pass.tone)
  page.item('  ', 2, t('later runs of this branch are compared with it'), 'quiet')
  if (note.state === 'recorded') page.item('  ', 2, t(`ledger head ${note.hash}`), 'quiet')
  return page.toString()
}

export function renderRecorded(done: { place: string; head: Head; records: number[]; tries: number }, look: Look): string {
  const page = new Page(look)
  const numbers = done.records.join(', ')
  page.item(`${page.mark(OUTCOMES.pass)} `, 2, t(`recorded as ${numbers} in ${done.place}`, 200), OUTCOMES.pass.tone)
  page.item('  ', 2, t(`ledger head ${done.head.hash} (record ${done.head.seq}), ${plural(done.tries, 'try', 'tries')}`), 'quiet')
  return page.toString()
}
