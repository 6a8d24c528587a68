// cargo-criterion's messages (--message-format=json): one line a benchmark, one more where its group is complete.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, refusal } from '../../problems.ts'
import { refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, field, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { eachJsonLine } from '../../scan/json-lines.ts'
import { benchmarkFacts } from './benchmark-facts.ts'

const ESTIMATES = ['typical', 'mean', 'median', 'median_abs_dev'] as const

/**
 * - For each benchmark `ID.typical` (the tool's headline: the slope, else the mean), `.mean`, `.median`, `.median_abs_dev`, `.slope`
 *   where there is one: the estimates, in the unit that each states. Bounds, `throughput` and `change` are not kept.
 * - A group that is not said to be complete was cut off by a benchmark that failed: it is said.
 * - Samples: the iterations. Other lines of the output are passed over, and said.
 * - Refused: a last line that is cut off, a benchmark without id, estimate or unit, a number that is negative or none, two benchmarks of one id.
 */
export const cargoCriterion: Format<'performance'> = {
  id: 'cargo-criterion',
  kind: 'performance',
  title: 'cargo-criterion (JSON lines)',
  producers: ['`cargo criterion --message-format=json`'],
  discovers: ['**/cargo-criterion.json', '**/criterion.json', '**/criterion.jsonl'],
  recognises: ({ xmlRoot, text }) =>
    xmlRoot === null && /^\{\s{0,5}"reason"\s{0,5}:\s{0,5}"(?:benchmark|group)-complete"/m.test(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

class Reader {
  private readonly metrics: PerformanceMetric[] = []
  private readonly open = new Set<string>()
  private readonly seen = new Set<string>()
  private samples = 0
  private unknown = 0

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'performance'> {
    const { cut, problems } = eachJsonLine(
      this.source,
      this.limits,
      (event) => this.take(event),
      () => false,
    )
    if (cut)
      throw refusal(
        'truncated',
        'ends in the middle of a message',
        { path: this.source.path },
        'Let cargo criterion run to its end.',
      )
    return {
      facts: benchmarkFacts(this.metrics, this.samples, null),
      info: { producer: 'cargo-criterion', commit: null, createdAt: null },
      problems: [...problems, ...this.problems()].slice(0, this.limits.problems),
    }
  }

  private take(event: JsonObject): void {
    const reason = field(event, 'reason')
    if (reason === 'benchmark-complete') this.benchmark(event)
    else if (reason === 'group-complete')
      for (const id of asArray(field(event, 'benchmarks'), '"benchmarks"')) this.open.delete(this.cut(String(id)))
    else this.unknown++
  }

  private benchmark(event: JsonObject): void {
    const id = this.cut(textAt(event, 'id', this.limits) ?? '')
    if (id === '') throw refused('wrong_shape', '"id" is absent')
    if (this.seen.has(id)) {
      const hint = 'Write the output of each run into a file of its own.'
      throw refused('duplicate_name', `two benchmarks are named ${JSON.stringify(id.slice(0, 80))}`, { hint })
    }
    this.seen.add(id)
    this.open.add(id)
    for (const key of ESTIMATES) this.estimate(`${id}.${key}`, asObject(field(event, key), `"${key}"`))
    const slope = objectAt(event, 'slope')
    if (slope !== null) this.estimate(`${id}.slope`, slope)
    for (const count of asArray(field(event, 'iteration_count'), '"iteration_count"'))
      this.samples += asCount(count, '"iteration_count"')
  }

  private estimate(name: string, estimate: JsonObject): void {
    const unit = textAt(estimate, 'unit', this.limits)
    if (!unit) throw refused('wrong_shape', '"unit" is absent')
    this.metrics.push({ name, value: asCount(field(estimate, 'estimate'), '"estimate"'), unit: unit.slice(0, 40) })
  }

  private cut(name: string): string {
    return name.slice(0, this.limits.nameLength)
  }

  private problems(): Problem[] {
    const { path } = this.source
    const out: Problem[] = []
    if (this.metrics.length === 0) out.push(problem('nothing_measured', 'holds no benchmark', { path }))
    if (this.open.size > 0) {
      const [first] = this.open
      const message = `the group of ${JSON.stringify(first!.slice(0, 80))} is not complete: not all of its benchmarks are there`
      out.push(problem('truncated', message, { path }))
    }
    if (this.unknown > 0) out.push(problem('line_malformed', `messages of another kind: ${this.unknown}, passed over`, { path }))
    return out
  }
}
