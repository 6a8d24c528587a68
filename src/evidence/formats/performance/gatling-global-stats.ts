// Gatling's js/global_stats.json: the figures of all requests of a run.
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { asObject } from '../../scan/json-fields.ts'
import { gatlingFacts } from './gatling-figures.ts'

/**
 * - `numberOfRequests`, `minResponseTime`, `maxResponseTime`, `meanResponseTime`, `standardDeviation`, `percentiles1` to `4`
 *   (of Gatling's configuration: 50, 75, 95 and 99 unless changed) and `meanNumberOfRequestsPerSecond`, each `.total`, `.ok`
 *   and `.ko`; `group1.count` to `group4.count`. Times are milliseconds. A figure written `-` has no value and is left out.
 * - Good and total events: `numberOfRequests`. Where `ok` and `ko` do not make up the total there are none, and it is said.
 */
export const gatlingGlobalStats: Format<'performance'> = {
  id: 'gatling-global-stats',
  kind: 'performance',
  title: 'Gatling global statistics (JSON)',
  producers: ['Gatling: `js/global_stats.json` of the report'],
  discovers: ['**/js/global_stats.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' && ['numberOfRequests', 'minResponseTime', 'meanResponseTime'].every((key) => jsonKeys?.has(key)),
  read(source, limits): ReadResult<'performance'> {
    const problems: Problem[] = []
    const facts = gatlingFacts(asObject(readJson(source, limits), 'the report'), [], problems)
    return { facts, info: { producer: 'Gatling', commit: null, createdAt: null }, problems }
  },
}
