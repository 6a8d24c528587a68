// k6's single measurements as CSV, one row each.
import type { Format, ReadResult } from '../../format.ts'
import { quote, refusal } from '../../problems.ts'
import { type CsvRow, csvRows } from '../../scan/csv.ts'
import { isoOf } from '../../scan/stamps.ts'
import { K6Points } from './k6-points.ts'

const COLUMNS = ['metric_name', 'timestamp', 'metric_value']
const HEADER = /^metric_name,timestamp,metric_value(?:,|[\r\n]|$)/
const NUMBER = /^-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,3})?$/i

/**
 * - Read: `metric_name`, `timestamp` (seconds, milliseconds or RFC 3339), `metric_value`. The file is read as a stream.
 * - Named as in k6's summary: `http_req_duration.p(95)`, `http_reqs.count`, `http_req_failed.rate`. The file does not say what
 *   a metric is: k6's own are known, any other is taken for a trend without a unit. So every metric, whatever it is, also has
 *   `.avg`, the mean of its values: `http_reqs.avg`, `vus.avg`. Tags are not told apart.
 * - Percentiles are nearest-rank (k6 interpolates): never below the true one and at most 0.05 % above it. `rate` of a counter is
 *   by the time from the first measurement to the last.
 * - Good and total events: as in k6's summary. There are no thresholds: k6 writes their verdicts into its summary alone.
 * - Refused: a row with fewer fields than the header (the file is cut off), a value that its metric cannot have.
 */
export const k6Csv: Format<'performance'> = {
  id: 'k6-csv',
  kind: 'performance',
  title: 'k6 measurements (CSV)',
  producers: ['`k6 run --out csv=FILE`'],
  discovers: [],
  recognises: ({ text }) => HEADER.test(text),
  read(source, limits): ReadResult<'performance'> {
    const points = new K6Points(false)
    const place = (row: CsvRow) => ({ path: source.path, line: row.line })
    let fields = 0
    for (const row of csvRows(source, ',')) {
      if (fields === 0) {
        if (!COLUMNS.every((name, at) => row.text(at) === name))
          throw refusal('wrong_format', `its first columns are not ${COLUMNS.join(', ')}`, place(row))
        fields = row.count
        continue
      }
      if (row.count < fields)
        throw refusal('truncated', `a row has ${row.count} fields of ${fields}: the file is cut off`, place(row))
      const name = row.text(0)
      const text = row.text(2)
      if (name === '') throw refusal('wrong_shape', 'a row names no metric', place(row))
      if (!NUMBER.test(text) || !points.add(name, Number(text), timeOf(row)))
        throw refusal('bad_number', `${quote(text)} can be no value of ${quote(name)}`, place(row))
    }
    if (fields === 0) throw refusal('empty', 'holds nothing', { path: source.path })
    return {
      facts: points.facts(),
      info: { producer: 'k6', commit: null, createdAt: isoOf(points.began) },
      problems: points.problems().slice(0, limits.problems),
    }
  },
}

function timeOf(row: CsvRow): number {
  const whole = row.whole(1)
  if (whole >= 0) return whole < 1e11 ? whole * 1000 : whole
  return Date.parse(row.text(1))
}
