// OpenSSF Scorecard's JSON: a score of the project and of each of its checks.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asNumber, asObject, field, inside, objectAt, textAt } from '../../scan/json-fields.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'

const BEST = 10

/**
 * `scorecard --format json`.
 * - Figures from 0 to 10, not findings: `scorecard.score`, and `scorecard.NAME` of each check (`scorecard.Code-Review`). Ask for
 *   them as measurements (`scorecard.score: '>= 7'`); no security scan is claimed by it.
 * - -1 is Scorecard's word for a check that came to nothing: it has no value, which a notice says.
 */
export const scorecard: Format<'performance'> = {
  id: 'scorecard',
  kind: 'performance',
  title: 'OpenSSF Scorecard (JSON)',
  producers: ['`scorecard --format json`'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' && ['scorecard', 'repo', 'score'].every((key) => jsonKeys?.has(key)),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const figures = new Figures()
    figures.add('scorecard.score', asNumber(field(root, 'score'), '"score"'))
    for (const [index, value] of asArray(field(root, 'checks'), '"checks"').entries())
      inside(
        () => `checks[${index}]`,
        () => figures.check(asObject(value, 'the check'), limits),
      )
    const repo = objectAt(root, 'repo')
    const tool = objectAt(root, 'scorecard')
    const version = tool && textAt(tool, 'version', limits)
    return {
      facts: { kind: 'performance', metrics: figures.metrics, samples: null, errors: null, events: null, thresholds: [] },
      info: {
        producer: version ? `Scorecard ${version.slice(0, 100)}` : 'Scorecard',
        commit: commitOf(repo && field(repo, 'commit')),
        createdAt: isoOf(field(root, 'date')),
      },
      problems: figures.problems.slice(0, limits.problems),
    }
  },
}

class Figures {
  readonly metrics: PerformanceMetric[] = []
  readonly problems: Problem[] = []
  private readonly seen = new Set<string>()

  check(check: Readonly<Record<string, unknown>>, limits: Limits): void {
    const name = textAt(check, 'name', limits)?.slice(0, limits.nameLength)
    if (!name) throw refused('wrong_shape', '"name" is absent')
    this.add(`scorecard.${name}`, asNumber(field(check, 'score'), '"score"'))
  }

  add(name: string, value: number): void {
    const shown = JSON.stringify(name.slice(0, 80))
    if (this.seen.has(name)) throw refused('duplicate_name', `two figures are named ${shown}`)
    this.seen.add(name)
    if (value === -1) this.problems.push({ code: 'no_value', message: `${shown} was inconclusive: it has no value` })
    else if (value < 0 || value > BEST) throw refused('bad_number', `${shown} is ${value}, not from 0 to ${BEST}`)
    else this.metrics.push({ name, value, unit: null })
  }
}
