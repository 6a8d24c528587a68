// What a change did to tests, findings and measurements, in words: the same on every surface, the worst first.
import type { ChangedFinding, ChangedMeasurement, ChangedTest, Changes } from '../model/changes.ts'
import type { Result } from '../model/result.ts'
import { amount, plural } from './numbers.ts'
import type { Tone } from './states.ts'

export type Kind = 'Tests' | 'Findings' | 'Performance'

/** One line for each kind of thing that changed. */
export interface ChangeLine {
  what: Kind
  text: string
  tone: Tone
  mark: string
}

/** One thing that changed. `name`, `path`: foreign text. */
export interface ChangeItem {
  kind: Kind
  what: string
  name: string
  path: string | null
  line: number | null
  note: string
  tone: Tone
  mark: string
  /** A reviewer has to see it without unfolding anything. */
  open: boolean
}

const NEW = { tone: 'bad', mark: '✗', open: true } as const
const OLD = { tone: 'quiet', mark: '·', open: false } as const
const BETTER = { tone: 'good', mark: '✓', open: false } as const
const UNSURE = { tone: 'warn', mark: '⚠', open: false } as const

/** None where nothing can be compared, or nothing is worth a line. */
export function changeLines({ history }: Result): ChangeLine[] {
  const changes = history?.changes ?? null
  if (changes === null) return []
  return [testsLine(changes.tests), findingsLine(changes.findings), performanceLine(changes.performance)].filter(
    (line) => line !== null,
  )
}

function testsLine(tests: Changes['tests']): ChangeLine | null {
  if (tests === null) return null
  const { newly, still, fixed, flaky, gone, complete } = tests
  const parts = [
    [newly.total, 'newly failing'],
    [still.total, 'still failing'],
    [fixed.total, 'fixed'],
    [flaky.total, 'flaky by history'],
    [gone, 'failed before and did not run now'],
  ] as const
  const counts = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  if (counts.length === 0) return null
  const text = [counts.join(', ')]
  if (!complete) text.push('more failed before than are on record, so some may be called new that are not')
  return { what: 'Tests', text: text.join('; '), ...markOf(newly.total > 0, still.total + gone > 0) }
}

function findingsLine(findings: Changes['findings']): ChangeLine | null {
  if (findings === null) return null
  const { added, fixed, uncompared, complete } = findings
  const text: string[] = []
  const counts = [
    added.total > 0 ? `${added.total} new${severities(added.first, added.total)}` : '',
    fixed.total > 0 ? `${fixed.total} fixed` : '',
  ]
  if (added.total + fixed.total > 0) text.push(counts.filter(Boolean).join(', '))
  if (uncompared.length > 0) text.push(`not compared: ${uncompared.slice(0, 3).join(', ')} (only in one of the two runs)`)
  if (text.length === 0) return null
  if (!complete) text.push('there are more than are on record, so some may be missed')
  return { what: 'Findings', text: text.join('; '), ...markOf(added.total > 0, uncompared.length > 0) }
}

function severities(first: readonly ChangedFinding[], total: number): string {
  if (first.length < total) return ''
  const counts = new Map<string, number>()
  for (const { severity } of first) counts.set(severity, (counts.get(severity) ?? 0) + 1)
  return ` (${[...counts].map(([severity, number]) => `${number} ${severity}`).join(', ')})`
}

function performanceLine(performance: Changes['performance']): ChangeLine | null {
  const of = (state: ChangedMeasurement['state']): number => performance.filter((one) => one.state === state).length
  const parts = [
    [of('worse'), 'worse beyond noise'],
    [of('better'), 'better beyond noise'],
    [of('within_noise'), 'within noise'],
  ] as const
  const text = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  if (text.length === 0) return null
  const tone =
    of('worse') > 0
      ? { tone: 'bad' as const, mark: '✗' }
      : of('better') > 0
        ? { tone: 'good' as const, mark: '✓' }
        : { tone: 'quiet' as const, mark: '·' }
  return { what: 'Performance', text: text.join(', '), ...tone }
}

function markOf(bad: boolean, unsure: boolean): Pick<ChangeLine, 'tone' | 'mark'> {
  if (bad) return { tone: 'bad', mark: '✗' }
  return unsure ? { tone: 'warn', mark: '⚠' } : { tone: 'good', mark: '✓' }
}

/** Everything that is named, what a reviewer has to see first. */
export function changeItems({ history }: Result): ChangeItem[] {
  const changes = history?.changes ?? null
  if (changes === null) return []
  const { tests, findings, performance } = changes
  const items = [
    ...(tests?.newly.first ?? []).map((one) => testItem('newly failing', one, NEW)),
    ...(findings?.added.first ?? []).map((one) => findingItem(`new, ${one.severity}`, one, NEW)),
    ...performance.map(measurementItem),
    ...(tests?.still.first ?? []).map((one) => testItem('still failing', one, OLD)),
    ...(tests?.flaky.first ?? []).map((one) => testItem('flaky by history', one, UNSURE)),
    ...(tests?.fixed.first ?? []).map((one) => testItem('fixed', one, BETTER)),
    ...(findings?.fixed.first ?? []).map((one) => findingItem(`fixed, ${one.severity}`, one, BETTER)),
  ]
  return [...items.filter((one) => one.open), ...items.filter((one) => !one.open)]
}

type Look = Pick<ChangeItem, 'tone' | 'mark' | 'open'>

function testItem(what: string, { name, path, since, flaky }: ChangedTest, look: Look): ChangeItem {
  const notes = [
    since === null ? '' : `since record ${since}`,
    flaky === null ? '' : `flaky: failed in ${flaky.failed} of the last ${plural(flaky.runs, 'run')}, on and off`,
  ]
  return { kind: 'Tests', what, name, path, line: null, note: notes.filter(Boolean).join('; '), ...look }
}

function findingItem(what: string, { name, path, line, tool }: ChangedFinding, look: Look): ChangeItem {
  return { kind: 'Findings', what, name, path, line, note: tool, ...look }
}

const MEASURED: Record<ChangedMeasurement['state'], { what: string } & Look> = {
  worse: { what: 'worse', ...NEW },
  better: { what: 'better', ...BETTER },
  within_noise: { what: 'within noise', ...OLD },
  few: { what: 'too few runs for its noise', ...OLD },
}

function measurementItem({ sli, state, ...measured }: ChangedMeasurement): ChangeItem {
  return { kind: 'Performance', name: sli, path: null, line: null, note: measurementNote(measured), ...MEASURED[state] }
}

/** `212 ms, 4 ms above the median of 8 runs, which waver by 2 ms`. */
function measurementNote({ value, median, noise, runs, unit }: Omit<ChangedMeasurement, 'sli' | 'state'>): string {
  const change = Number((value - median).toPrecision(12))
  const where = change === 0 ? 'as' : `${amount(Math.abs(change), unit)} ${change > 0 ? 'above' : 'below'}`
  const of = runs === 1 ? 'the one run before' : `the median of ${plural(runs, 'run')}`
  const waver = runs === 1 ? '' : `, which waver by ${amount(noise, unit)}`
  return `${amount(value, unit)}, ${where} ${of}${waver}`
}

/** `Level 2 is gained: main's last run reached level 1 (record 36)`; null: it is the same level, or nothing is known to compare with. */
export function levelChange({ decision, history }: Result): { text: string; tone: Tone; mark: string } | null {
  const against = history?.changes?.against
  if (against === undefined || decision.verdict === 'error' || against.verdict === 'error' || against.level === decision.level)
    return null
  const gained = decision.level > against.level
  const [was, is] = [against.level, decision.level].map((level) => (level === 0 ? 'no level' : `level ${level}`))
  const before = `the last run of ${history?.branch ?? 'the branch'} reached ${was} (record ${against.seq})`
  const text = gained
    ? `Level ${decision.level} is gained: ${before}`
    : `Level ${against.level} is lost: ${before}, this one reaches ${is}`
  return gained ? { text, tone: 'good', mark: '▲' } : { text, tone: 'bad', mark: '▼' }
}

/** Said where tests and findings are not held against the run that the numbers are; null: they are. */
export function heldAgainst({ history }: Result): string | null {
  const against = history?.changes?.against
  if (against === undefined || history?.baseline?.records[0]?.seq === against.seq) return null
  return `tests and findings against record ${against.seq}, the last run (${against.verdict})`
}
