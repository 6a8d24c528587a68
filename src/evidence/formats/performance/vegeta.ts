// vegeta's JSON report: latencies, rates and how many requests succeeded.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asCount, asObject, field } from '../../scan/json-fields.ts'

const LATENCIES = ['total', 'mean', '50th', '90th', '95th', '99th', 'max', 'min']
const FIGURES = { rate: '1/s', throughput: '1/s', success: 'ratio', requests: 'count', duration: 'ns' } as const

/**
 * - `latencies.total`, `.mean`, `.50th`, `.90th`, `.95th`, `.99th`, `.max`, `.min` and `duration` in ns as vegeta writes them,
 *   `rate` and `throughput` in requests a second, `success` as a share of 1, `requests`.
 * - Reliability: `success` of `requests` succeeded; the others are the errors.
 * - Refused: a report without requests' number or success, a success above 1.
 */
export const vegeta: Format<'performance'> = {
  id: 'vegeta',
  kind: 'performance',
  title: 'vegeta (JSON)',
  producers: ['`vegeta report -type=json`'],
  discovers: ['**/vegeta.json', '**/vegeta-report.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' && ['latencies', 'bytes_in', 'bytes_out', 'status_codes'].every((key) => jsonKeys?.has(key) === true),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const latencies = asObject(field(root, 'latencies'), '"latencies"')
    const requests = asCount(field(root, 'requests'), '"requests"')
    const success = asCount(field(root, 'success'), '"success"')
    if (success > 1) throw refused('bad_number', '"success" is above 1')
    if (!Number.isSafeInteger(requests)) throw refused('bad_number', '"requests" is no whole number')
    const metrics: PerformanceMetric[] = []
    for (const name of LATENCIES) {
      const value = field(latencies, name)
      if (value !== undefined) metrics.push({ name: `latencies.${name}`, value: asCount(value, `"${name}"`), unit: 'ns' })
    }
    for (const [name, unit] of Object.entries(FIGURES))
      metrics.push({ name, value: asCount(field(root, name), `"${name}"`), unit })
    const good = Math.round(success * requests)
    const problems: Problem[] =
      requests === 0 ? [problem('nothing_measured', 'not one request was sent', { path: source.path })] : []
    return {
      facts: {
        kind: 'performance',
        metrics: requests === 0 ? [] : metrics,
        samples: requests,
        errors: requests - good,
        events: requests === 0 ? null : { good, total: requests, source: 'success' },
        thresholds: [],
      },
      info: { producer: 'vegeta', commit: null, createdAt: null },
      problems,
    }
  },
}
