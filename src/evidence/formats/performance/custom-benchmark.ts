// The plain benchmark list of github-action-benchmark's custom tools: [{ name, unit, value, range?, extra? }].
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asNumber, asObject, field, inside, textAt } from '../../scan/json-fields.ts'

/**
 * `[{ "name", "unit", "value" }]`, as github-action-benchmark's custom tools take it, from any script. Names must differ.
 * - `NAME.good` and `NAME.total`, both with the unit `events`, are good and total events: reliability is counted from them.
 *   Several pairs are added up; one half without the other is refused.
 */
export const customBenchmark: Format<'performance'> = {
  id: 'custom-benchmark',
  kind: 'performance',
  title: 'Custom benchmark list (JSON)',
  producers: ['any script', 'github-action-benchmark customSmallerIsBetter and customBiggerIsBetter'],
  discovers: ['**/benchmark.json', '**/benchmarks.json'],
  recognises: ({ jsonRoot, jsonKeys }) => jsonRoot === 'array' && ['name', 'unit', 'value'].every((key) => jsonKeys?.has(key)),
  read(source, limits): ReadResult<'performance'> {
    const list = asArray(readJson(source, limits), 'the report')
    const problems: Problem[] = []
    const seen = new Set<string>()
    const metrics = list.map((value, index) =>
      inside(
        () => `[${index}]`,
        (): PerformanceMetric => {
          const entry = asObject(value, 'the entry')
          const name = textAt(entry, 'name', limits)
          if (name === null || name.trim() === '') throw refused('wrong_shape', '"name" is absent')
          if (seen.has(name))
            throw refused('duplicate_name', `two entries are named ${JSON.stringify(name.slice(0, 80))}`, {
              hint: 'Name each once.',
            })
          seen.add(name)
          return { name, value: asNumber(field(entry, 'value'), '"value"'), unit: textAt(entry, 'unit', limits) }
        },
      ),
    )
    if (metrics.length === 0) problems.push({ code: 'nothing_measured', message: 'holds no benchmark' })
    return {
      facts: { kind: 'performance', metrics, samples: null, errors: null, events: eventsOf(metrics), thresholds: [] },
      info: { producer: null, commit: null, createdAt: null },
      problems,
    }
  },
}

/** `NAME.good` and `NAME.total`, in the unit `events`, are what reliability is counted from. One without the other is refused. */
function eventsOf(metrics: readonly PerformanceMetric[]): PerformanceFacts['events'] {
  const counts = new Map(metrics.flatMap(({ name, value, unit }) => (unit === 'events' ? [[name, value] as const] : [])))
  const sources = new Set([...counts.keys()].flatMap((name) => /^(.+)\.(?:good|total)$/s.exec(name)?.[1] ?? []))
  if (sources.size === 0) return null
  const sum = { good: 0, total: 0, source: [...sources].join(', ').slice(0, 200) }
  for (const source of sources) {
    const shown = source.slice(0, 80)
    const [good, total] = [counts.get(`${source}.good`), counts.get(`${source}.total`)]
    if (good === undefined || total === undefined)
      throw refused('wrong_shape', `"${shown}" lacks its ${good === undefined ? 'good' : 'total'} events`, {
        hint: 'Write both NAME.good and NAME.total.',
      })
    if (![good, total].every((count) => Number.isSafeInteger(count) && count >= 0))
      throw refused('bad_number', `"${shown}" counts no whole number of events`)
    if (good > total) throw refused('impossible_total', `"${shown}" has more good events than events`)
    sum.good += good
    sum.total += total
  }
  return sum
}
