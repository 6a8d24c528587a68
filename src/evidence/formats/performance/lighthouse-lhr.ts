// Lighthouse's result (LHR) in JSON: the scores of the categories and the page's own metrics, of one page load.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asCount, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'

/** The audits that are metrics, in every version that has them. */
const AUDITS: Readonly<Record<string, 'ms' | null>> = {
  'first-contentful-paint': 'ms',
  'largest-contentful-paint': 'ms',
  'total-blocking-time': 'ms',
  'cumulative-layout-shift': null,
  'speed-index': 'ms',
  interactive: 'ms',
  'first-meaningful-paint': 'ms',
  'max-potential-fid': 'ms',
  'interaction-to-next-paint': 'ms',
}

/**
 * - `category.performance` and every other category that was asked for: its score from 0 to 1, as a share, so that `>= 90 %` asks
 *   for what the page of the report shows as 90.
 * - `largest-contentful-paint` and the other metrics under the ids of their audits, in ms; `cumulative-layout-shift` has no unit.
 *   Other audits are not read.
 * - A category or metric that came to nothing (`null`, or an audit in error) has no value: left out, and said.
 * - A run that failed (`runtimeError`: the page did not load) has no figures at all, and it is said.
 * - Time: `fetchTime`.
 * - Refused: a score that is none from 0 to 1, a metric that is negative or none, a result without categories and audits.
 */
export const lighthouseLhr: Format<'performance'> = {
  id: 'lighthouse-lhr',
  kind: 'performance',
  title: 'Lighthouse result (JSON)',
  producers: ['`lighthouse --output=json`', 'Lighthouse CI: `lhr-*.json`'],
  discovers: ['**/lhr-*.json', '**/lighthouse.json', '**/lighthouse.report.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('lighthouseVersion') === true &&
    ['fetchTime', 'requestedUrl', 'finalUrl', 'audits'].some((key) => jsonKeys.has(key)),
  read(source, limits): ReadResult<'performance'> {
    const { path } = source
    const root = asObject(readJson(source, limits), 'the report')
    const problems: Problem[] = []
    const failure = failureOf(root)
    const metrics = failure === null ? metricsOf(root, (what) => problems.push(problem('no_value', what, { path }))) : []
    if (failure !== null) problems.push(problem('scan_failed', `says that the run failed: ${failure}`, { path }))
    else if (metrics.length === 0) problems.push(problem('nothing_measured', 'holds no score and no metric', { path }))
    const version = textAt(root, 'lighthouseVersion', limits)
    return {
      facts: { kind: 'performance', metrics, samples: null, errors: null, events: null, thresholds: [] },
      info: {
        producer: version ? `Lighthouse ${version.slice(0, 100)}` : 'Lighthouse',
        commit: null,
        createdAt: isoOf(field(root, 'fetchTime')),
      },
      problems: problems.slice(0, limits.problems),
    }
  },
}

/** Versions before 5 write the code NO_ERROR where there is none. */
function failureOf(root: JsonObject): string | null {
  const error = objectAt(root, 'runtimeError')
  const code = error && field(error, 'code')
  return error === null || code === 'NO_ERROR' ? null : JSON.stringify(String(code).slice(0, 60))
}

function metricsOf(root: JsonObject, without: (what: string) => void): PerformanceMetric[] {
  const out: PerformanceMetric[] = []
  for (const [id, value] of Object.entries(asObject(field(root, 'categories'), '"categories"')))
    inside(
      () => `categories.${id.slice(0, 200)}`,
      () => {
        const score = field(asObject(value, 'the category'), 'score')
        if (score === null) without(`the category ${JSON.stringify(id.slice(0, 80))} has no score`)
        else if (asCount(score, '"score"') > 1) throw refused('bad_number', '"score" is above 1')
        else out.push({ name: `category.${id}`, value: asCount(score, '"score"'), unit: 'ratio' })
      },
    )
  const audits = asObject(field(root, 'audits'), '"audits"')
  for (const [id, unit] of Object.entries(AUDITS))
    inside(
      () => `audits.${id}`,
      () => {
        const audit = objectAt(audits, id)
        if (audit === null) return
        const value = field(audit, 'numericValue') ?? null
        if (value === null || field(audit, 'scoreDisplayMode') === 'error') without(`${id} has no value`)
        else out.push({ name: id, value: asCount(value, '"numericValue"'), unit })
      },
    )
  return out
}
