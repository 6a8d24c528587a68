// JMeter's results as CSV (JTL), one row a sample; taurus, locust and apiritif write the same.
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { quote, refusal } from '../../problems.ts'
import { type CsvRow, csvRows } from '../../scan/csv.ts'
import { isoOf } from '../../scan/stamps.ts'
import { decodeStart, firstBytes } from '../../scan/text.ts'
import { Samples } from './samples.ts'

/** The header names both columns; what stands between two names is the delimiter. */
const HEADER = /^\s{0,20}"?(?:timeStamp|elapsed|label)"?([,;\t|])/

/**
 * - Read: the columns `elapsed`, `success`, `label` and `timeStamp` by the names in the header, in any order, delimited by
 *   comma, semicolon, tab or bar. Quoted fields may span lines. The file is read as a stream.
 * - Counted: every row is a sample; a `success` other than `true` is an error. `avg`, `min`, `max`, `p50`, `p90`, `p95`,
 *   `p99` in milliseconds, `error_rate`, and `throughput` from the start of the first sample to the end of the last; then
 *   `<label>.<stat>` for the first 100 labels. Good and total events: the samples.
 * - Percentiles are nearest-rank: exact for whole milliseconds below 4096, else never below the true one and at most 0.05 %
 *   above it. JMeter's dashboard interpolates.
 * - The row of a transaction controller stands beside those of its samples, and both are counted; JMeter's console and
 *   dashboard leave the controllers out of their totals. The figures of each label tell them apart.
 * - Without `success` there are no errors and no events; a `timeStamp` that is no number gives no throughput.
 * - Refused: a row with fewer fields than the header (the file is cut off), an `elapsed` that is no whole number, a file
 *   without header (`jmeter.save.saveservice.print_field_names=true` writes it).
 */
export const jmeterJtlCsv: Format<'performance'> = {
  id: 'jmeter-jtl-csv',
  kind: 'performance',
  title: 'JMeter results (JTL, CSV)',
  producers: ['JMeter: `jmeter -n -l results.jtl`', 'Taurus: `kpi.jtl`', 'Apiritif'],
  discovers: ['**/*.jtl'],
  recognises: ({ text }) => {
    const header = text.slice(0, text.search(/[\r\n]|$/))
    return HEADER.test(header) && /\belapsed\b/.test(header) && /\b(?:responseCode|success|label)\b/.test(header)
  },
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Columns {
  count: number
  stamp: number
  elapsed: number
  label: number
  success: number
}

class Reader {
  private readonly samples: Samples
  private columns: Columns | null = null

  constructor(
    private readonly source: ByteSource,
    limits: Limits,
  ) {
    this.samples = new Samples(limits)
  }

  read(): ReadResult<'performance'> {
    for (const row of csvRows(this.source, this.delimiter())) {
      if (this.columns) this.sample(row, this.columns)
      else this.columns = this.header(row)
    }
    if (!this.columns) throw refusal('empty', 'holds nothing', { path: this.source.path })
    return {
      facts: this.samples.facts(),
      info: { producer: null, commit: null, createdAt: isoOf(this.samples.began) },
      problems: this.samples.problems(),
    }
  }

  private delimiter(): string {
    return HEADER.exec(decodeStart(firstBytes(this.source, 128)))?.[1] ?? ','
  }

  private header(row: CsvRow): Columns {
    const names = Array.from({ length: row.count }, (_, field) => row.text(field).trim())
    const at = (name: string) => names.indexOf(name)
    const columns = {
      count: row.count,
      stamp: at('timeStamp'),
      elapsed: at('elapsed'),
      label: at('label'),
      success: at('success'),
    }
    if (columns.elapsed === -1) {
      const hint = 'Have JMeter write the header: jmeter.save.saveservice.print_field_names=true.'
      throw refusal('wrong_format', 'its first line names no column "elapsed"', this.place(row), hint)
    }
    for (const name of ['timeStamp', 'elapsed', 'label', 'success']) {
      if (names.indexOf(name) !== names.lastIndexOf(name))
        throw refusal('duplicate_name', `two columns are named ${quote(name)}`, this.place(row))
    }
    return columns
  }

  private sample(row: CsvRow, columns: Columns): void {
    if (row.count < columns.count)
      throw refusal('truncated', `a row has ${row.count} fields of ${columns.count}: the file is cut off`, this.place(row))
    const elapsed = row.whole(columns.elapsed)
    const ok = columns.success === -1 ? null : row.text(columns.success) === 'true'
    if (!this.samples.add(row.text(columns.label), row.whole(columns.stamp), elapsed, ok))
      throw refusal('bad_number', `elapsed ${quote(row.text(columns.elapsed))} is no time in milliseconds`, this.place(row))
  }

  private place(row: CsvRow) {
    return { path: this.source.path, line: row.line }
  }
}
