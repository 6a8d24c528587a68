// Gatling's js/stats.json: the figures of all requests, and of each group and request in it.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { gatlingFacts, gatlingFigures } from './gatling-figures.ts'

/** A record keeps 2000 figures of a report, and each request has some thirty. */
const REQUESTS = 60

/**
 * - As `global_stats.json`, and for the first 60 groups and requests the same figures behind their path:
 *   `checkout / pay.percentiles3.total`. The whole is of requests only; a group's figures are of the group.
 * - Refused: two requests of one path.
 */
export const gatlingStats: Format<'performance'> = {
  id: 'gatling-stats',
  kind: 'performance',
  title: 'Gatling statistics per request (JSON)',
  producers: ['Gatling: `js/stats.json` of the report'],
  discovers: ['**/js/stats.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ['type', 'pathFormatted', 'stats'].every((key) => jsonKeys?.has(key)) &&
    text.includes('"numberOfRequests"'),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const problems: Problem[] = []
    const metrics = new Map<string, PerformanceMetric[]>()
    let passedOver = 0
    const visit = (node: JsonObject): void => {
      for (const [key, value] of Object.entries(objectAt(node, 'contents') ?? {})) {
        inside(
          () => `contents.${key.slice(0, 200)}`,
          () => {
            const child = asObject(value, 'the request')
            const path = textAt(child, 'path', limits) || textAt(child, 'name', limits)
            if (!path) throw refused('wrong_shape', '"path" is absent')
            if (metrics.has(path)) throw refused('duplicate_name', `two requests are named ${JSON.stringify(path.slice(0, 80))}`)
            if (metrics.size >= REQUESTS) passedOver++
            else metrics.set(path, gatlingFigures(asObject(field(child, 'stats'), '"stats"'), `${path}.`))
            visit(child)
          },
        )
      }
    }
    visit(root)
    if (passedOver > 0)
      problems.push({
        code: 'too_many',
        message: `has more than ${REQUESTS} requests: the figures of ${passedOver} are left out`,
      })
    const facts = gatlingFacts(asObject(field(root, 'stats'), '"stats"'), [...metrics.values()].flat(), problems)
    return { facts, info: { producer: 'Gatling', commit: null, createdAt: null }, problems }
  },
}
