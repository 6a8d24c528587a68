// tinybench's table in JSON (JSON.stringify(bench.table())): one row a task, its figures written out as texts.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asObject, countAt, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

/** `Latency avg (ns)`; of version 2 `ops/sec` and `Average Time (ns)`. */
const COLUMN = /^([A-Za-z][A-Za-z ]{0,60}) \((ns|ops\/s)\)$/
/** `22067749 ± 0.04%`, of which the first number counts; `1,234,567`. */
const FIGURE = /^(\d{1,30}(?:,\d{3}){0,10}(?:\.\d{1,20})?)(?: ± \S{1,40})?$/

/**
 * - For each task and each column that states its unit, `TASK.Latency avg`, `TASK.Latency med` in ns, `TASK.Throughput avg`,
 *   `TASK.Throughput med` in operations a second, as the table calls them; in version 2 `TASK.Average Time` and `TASK.ops/sec`.
 *   What stands behind `±` is not kept. The table has no percentiles and is rounded.
 * - A task that threw, or that did not run to its end, has no value and is said; one that threw is an error.
 * - Samples: `Samples`. `bench.results` and `bench.tasks` are not read: as JSON they do not name their tasks.
 * - Refused: a figure that is no number, a row without figures or error, two tasks of one name.
 */
export const tinybench: Format<'performance'> = {
  id: 'tinybench',
  kind: 'performance',
  title: 'tinybench (JSON of its table)',
  producers: ['tinybench: `JSON.stringify(bench.table())`'],
  discovers: ['**/tinybench.json'],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'array' &&
    (jsonKeys?.has('Task name') === true || jsonKeys?.has('Task Name') === true) &&
    ['Samples', 'Error', 'Remarks'].some((key) => jsonKeys.has(key)),
  read(source, limits): ReadResult<'performance'> {
    const { path } = source
    const metrics: PerformanceMetric[] = []
    const problems: Problem[] = []
    const names = new Set<string>()
    let samples = 0
    let errors = 0
    for (const [index, value] of asArray(readJson(source, limits), 'the report').entries())
      inside(
        () => `[${index}]`,
        () => {
          const row = asObject(value, 'the row')
          const name = textAt(row, 'Task name', limits) || textAt(row, 'Task Name', limits)
          if (!name) throw refused('wrong_shape', '"Task name" is absent')
          if (names.has(name)) throw refused('duplicate_name', `two tasks are named ${JSON.stringify(name.slice(0, 80))}`)
          names.add(name)
          const failed = field(row, 'Error') !== undefined
          if (failed || field(row, 'Remarks') !== undefined) {
            if (failed) errors++
            problems.push(problem('no_value', `${name.slice(0, 200)} ${failed ? 'failed' : 'did not run to its end'}`, { path }))
            return
          }
          const found = figuresOf(row, name)
          if (found.length === 0) throw refused('wrong_shape', 'has neither figures nor an error')
          metrics.push(...found)
          samples += countAt(row, 'Samples') ?? 0
        },
      )
    if (metrics.length === 0) problems.push(problem('nothing_measured', 'holds no task with figures', { path }))
    return {
      facts: benchmarkFacts(metrics, samples, errors),
      info: { producer: 'tinybench', commit: null, createdAt: null },
      problems: problems.slice(0, limits.problems),
    }
  },
}

function figuresOf(row: JsonObject, name: string): PerformanceMetric[] {
  return Object.entries(row).flatMap(([column, value]) => {
    const [, title = column, unit = null] = COLUMN.exec(column) ?? []
    if (unit === null && column !== 'ops/sec') return []
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? FIGURE.exec(value)?.[1] : undefined
    const figure = Number(text?.replaceAll(',', '') ?? Number.NaN)
    if (!Number.isFinite(figure) || figure < 0) throw refused('bad_number', `${JSON.stringify(column.slice(0, 80))} is no figure`)
    return [{ name: `${name}.${title}`, value: figure, unit: unit ?? 'ops/s' }]
  })
}
