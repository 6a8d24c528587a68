// vitest bench --outputJson: the statistics of each benchmark, as tinybench has worked them out.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, countAt, field, inside, textAt } from '../../scan/json-fields.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

const STATS = {
  hz: '1/s',
  min: 'ms',
  max: 'ms',
  mean: 'ms',
  median: 'ms',
  p75: 'ms',
  p99: 'ms',
  p995: 'ms',
  p999: 'ms',
  sd: 'ms',
  rme: '%',
} as const
/** Older versions have no median. */
const ALWAYS: ReadonlySet<string> = new Set(['hz', 'min', 'max', 'mean'])

/**
 * - For each benchmark `GROUP > NAME.hz` in operations a second, `.min`, `.max`, `.mean`, `.median`, `.p75`, `.p99`, `.p995`,
 *   `.p999`, `.sd` in ms, `.rme` in percent. GROUP is Vitest's full name: the file, then its `describe` blocks.
 * - A benchmark that threw is written with a rank and without figures, and `vitest bench` ends with 0 all the same: it has no
 *   value, is an error, and is said. Skipped ones are not in the file.
 * - Samples: `sampleCount`.
 * - Refused: a figure that is negative or none, two benchmarks of one name.
 */
export const vitestBench: Format<'performance'> = {
  id: 'vitest-bench',
  kind: 'performance',
  title: 'vitest bench (JSON)',
  producers: ['`vitest bench --outputJson`'],
  discovers: ['**/vitest-bench.json', '**/bench-vitest.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('files') === true &&
    /"files"\s{0,20}:\s{0,20}\[\s{0,20}\{\s{0,20}"filepath"\s{0,20}:/.test(text) &&
    /"groups"\s{0,20}:\s{0,20}\[/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const { path } = source
    const metrics: PerformanceMetric[] = []
    const problems: Problem[] = []
    const names = new Set<string>()
    let samples = 0
    let errors = 0
    const one = (group: string, value: unknown) => {
      const entry = asObject(value, 'the benchmark')
      const own = textAt(entry, 'name', limits)
      if (!own) throw refused('wrong_shape', '"name" is absent')
      const name = `${group} > ${own}`.slice(0, limits.textLength)
      if (names.has(name)) {
        const hint = 'Give each benchmark of a group a name of its own.'
        throw refused('duplicate_name', `two benchmarks are named ${JSON.stringify(name.slice(0, 80))}`, { hint })
      }
      names.add(name)
      if ((field(entry, 'hz') ?? null) === null && (field(entry, 'mean') ?? null) === null) {
        errors++
        problems.push(problem('no_value', `${name.slice(0, 200)} has no figures: it failed`, { path }))
        return
      }
      for (const [stat, unit] of Object.entries(STATS)) {
        const figure = field(entry, stat) ?? null
        if (figure === null && !ALWAYS.has(stat)) continue
        metrics.push({ name: `${name}.${stat}`, value: asCount(figure, `"${stat}"`), unit })
      }
      samples += countAt(entry, 'sampleCount') ?? 0
    }
    const root = asObject(readJson(source, limits), 'the report')
    for (const [at, file] of asArray(field(root, 'files'), '"files"').entries())
      for (const [index, value] of asArray(field(asObject(file, `files[${at}]`), 'groups'), '"groups"').entries()) {
        const group = asObject(value, 'the group')
        const fullName = textAt(group, 'fullName', limits)
        const place = () => `files[${at}].groups[${index}]`
        if (!fullName) throw refused('wrong_shape', `${place()}: "fullName" is absent`)
        inside(place, () => {
          for (const benchmark of asArray(field(group, 'benchmarks'), '"benchmarks"')) one(fullName, benchmark)
        })
      }
    if (metrics.length === 0) problems.push(problem('nothing_measured', 'holds no benchmark with figures', { path }))
    return {
      facts: benchmarkFacts(metrics, samples, errors),
      info: { producer: 'Vitest', commit: null, createdAt: null },
      problems: problems.slice(0, limits.problems),
    }
  },
}
