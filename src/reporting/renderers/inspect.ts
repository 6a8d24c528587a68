// `certify inspect` for a person: what each report says, and what is wrong with those that cannot be used.
import { terminalText as t } from '../escape/terminal.ts'
import { count } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

/** The part of an `inspect --json` entry that is the same for every kind; the block of its kind is shown as it is. */
export interface InspectedFile {
  path: string
  ok: boolean
  format: string | null
  kind: string | null
  producer: string | null
  sha256: string | null
  bytes: number | null
  /** What an evidence bundle says of itself, and the bundle that a file is in. */
  bundle?: object
  from?: string
  problems: readonly { code: string; message: string; line?: number; column?: number }[]
}

export function renderInspect(entries: readonly InspectedFile[], look: Look): string {
  const page = new Page(look)
  for (const entry of entries) {
    const shown = entry.ok ? OUTCOMES.pass : OUTCOMES.fail
    const what = [entry.format, entry.producer, entry.bytes === null ? null : `${count(entry.bytes)} bytes`]
      .filter((part) => part !== null)
      .join(', ')
    const path = entry.from === undefined ? entry.path : `${entry.from}: ${entry.path}`
    page.item(`${page.mark(shown)} `, 2, t(`${path}${what === '' ? '' : `: ${what}`}`, 400))
    for (const [name, value] of Object.entries(blockOf(entry))) {
      const text = wordsOf(value)
      if (text !== '') page.item(`    ${name.replaceAll('_', ' ').padEnd(14)}`, 18, t(text, 400))
    }
    for (const problem of entry.problems) {
      const place =
        problem.line === undefined
          ? ''
          : ` (line ${problem.line}${problem.column === undefined ? '' : `, column ${problem.column}`})`
      page.item(`  ${page.mark(entry.ok ? OUTCOMES.warn : OUTCOMES.fail)} `, 4, t(`${problem.message}${place}`, 500))
    }
  }
  return page.toString()
}

function blockOf(entry: InspectedFile): Record<string, unknown> {
  if (entry.bundle !== undefined) return { ...entry.bundle }
  const block = entry.kind === null ? undefined : Object.entries(entry).find(([key]) => key === entry.kind)?.[1]
  return typeof block === 'object' && block !== null ? { ...block } : {}
}

function wordsOf(value: unknown): string {
  // What did not happen need not be read.
  if (value === null || value === undefined || value === false) return ''
  if (value === true) return 'yes'
  if (typeof value === 'number') return numberOf(value)
  if (Array.isArray(value)) {
    const shown = value
      .slice(0, 10)
      .map((item) =>
        isMetric(item) ? `${item.name} ${numberOf(item.value)}${item.unit === null ? '' : ` ${item.unit}`}` : wordsOf(item),
      )
    return shown.join(', ') + (value.length > 10 ? ` and ${value.length - 10} more` : '')
  }
  if (typeof value !== 'object') return String(value)
  if ('covered' in value && 'total' in value) return `${String(value.covered)} of ${String(value.total)}`
  return Object.entries(value)
    .map(([key, item]) => [key, wordsOf(item)] as const)
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key} ${text}`)
    .join(', ')
}

function isMetric(item: unknown): item is { name: string; value: number; unit: string | null } {
  return typeof item === 'object' && item !== null && 'name' in item && 'value' in item && 'unit' in item
}

/** Six digits tell a person enough; `inspect --json` has them all. */
function numberOf(value: number): string {
  return Number.isFinite(value) ? count(Number.isInteger(value) ? value : Number(value.toPrecision(6))) : 'unknown'
}
