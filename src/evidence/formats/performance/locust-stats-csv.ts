// Locust's PREFIX_stats.csv: one row a request, the last one of all requests.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, quote, refusal } from '../../problems.ts'
import { type CsvRow, csvRows } from '../../scan/csv.ts'
import { locustNames } from './locust-names.ts'

/** Locust 1 and later; the names of older versions differ. */
const HEADER = /^"?(?:Type|Method)"?,"?Name"?,"?(?:Request Count|# requests)"?,"?(?:Failure Count|# failures)"?,/
const TOTAL = new Set(['Aggregated', 'Total', 'None'])
const NUMBER = /^\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,3})?$/i

/**
 * - `<Name>.<column>`, each column as Locust calls it: `Aggregated.95%`, `/basket.Requests/s`. Times are milliseconds. Where
 *   a name has several methods they go before it: `GET /basket.95%`. Cells of `N/A` have no value and are left out.
 * - The last row, `Aggregated` (`Total` before version 1), is the whole: requests, failures, good and total events.
 * - Refused: a file without that row (it is cut off), a number that is negative or none, two rows of one request.
 */
export const locustStatsCsv: Format<'performance'> = {
  id: 'locust-stats-csv',
  kind: 'performance',
  title: 'Locust statistics (CSV)',
  producers: ['`locust --headless --csv PREFIX`: `PREFIX_stats.csv`'],
  discovers: ['**/*_stats.csv'],
  recognises: ({ text }) => HEADER.test(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Entry {
  method: string
  name: string
  line: number
  /** By column; null: no value. */
  values: Map<string, number>
}

class Reader {
  private columns: string[] = []
  private readonly entries: Entry[] = []

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'performance'> {
    const { path } = this.source
    for (const row of csvRows(this.source, ',')) {
      if (this.columns.length === 0) this.columns = Array.from({ length: row.count }, (_, at) => row.text(at).trim())
      else this.entries.push(this.entry(row))
      if (this.entries.length > this.limits.entries) throw refusal('too_many', 'has more rows than the limit', { path })
    }
    if (this.columns.length === 0) throw refusal('empty', 'holds nothing', { path })
    const whole = this.entries.at(-1)
    if (!whole || !TOTAL.has(whole.name))
      throw refusal('truncated', 'ends without the row of all requests: it is cut off', { path }, 'Let Locust end by itself.')
    const [requests, failures] = [this.count(whole, 2), this.count(whole, 3)]
    if (failures > requests) throw refusal('impossible_total', 'more requests failed than there were', { path, line: whole.line })
    return {
      facts: {
        kind: 'performance',
        metrics: requests === 0 ? [] : this.metrics(),
        samples: requests,
        errors: failures,
        events: requests === 0 ? null : { good: requests - failures, total: requests, source: 'requests' },
        thresholds: [],
      },
      info: { producer: 'Locust', commit: null, createdAt: null },
      problems: [
        ...this.recounted(requests, failures),
        ...(requests === 0 ? [problem('nothing_measured', 'holds no request', { path })] : []),
      ],
    }
  }

  private entry(row: CsvRow): Entry {
    const place = { path: this.source.path, line: row.line }
    if (row.count !== this.columns.length)
      throw refusal('truncated', `a row has ${row.count} fields of ${this.columns.length}`, place)
    const values = new Map<string, number>()
    for (let at = 2; at < row.count; at++) {
      const text = row.text(at).trim()
      if (text === 'N/A' || text === '') continue
      const value = Number(text)
      if (!NUMBER.test(text) || !Number.isFinite(value)) throw refusal('bad_number', `${quote(text)} is no figure`, place)
      values.set(this.columns[at]!, value)
    }
    return { method: row.text(0), name: row.text(1), line: row.line, values }
  }

  private count(entry: Entry, column: number): number {
    const value = entry.values.get(this.columns[column]!)
    if (value === undefined || !Number.isSafeInteger(value))
      throw refusal('bad_number', `${quote(this.columns[column]!)} is no count`, { path: this.source.path, line: entry.line })
    return value
  }

  private metrics(): PerformanceMetric[] {
    const nameOf = locustNames(this.entries)
    const seen = new Set<string>()
    return this.entries.flatMap((entry) => {
      const { values, line } = entry
      const name = nameOf(entry)
      if (seen.has(name)) throw refusal('duplicate_name', `two rows are named ${quote(name)}`, { path: this.source.path, line })
      seen.add(name)
      return [...values].map(([column, value]) => ({ name: `${name}.${column}`, value, unit: unitOf(column) }))
    })
  }

  private recounted(requests: number, failures: number) {
    const rows = this.entries.slice(0, -1)
    const sum = (column: number) => rows.reduce((total, entry) => total + this.count(entry, column), 0)
    if (sum(2) === requests && sum(3) === failures) return []
    const message = `the last row has ${requests} requests and ${failures} failures, the others ${sum(2)} and ${sum(3)}`
    return [problem('declared_recount_differ', message, { path: this.source.path })]
  }
}

function unitOf(column: string): string | null {
  const name = column.toLowerCase()
  if (name.endsWith('/s')) return '1/s'
  if (name.endsWith('count') || name.startsWith('# ')) return 'count'
  if (name.endsWith('content size')) return 'B'
  return name.endsWith('%') || name.endsWith('response time') ? 'ms' : null
}
