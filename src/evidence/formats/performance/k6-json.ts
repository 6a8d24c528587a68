// k6's single measurements as JSON, one object a line: what each metric is, and its points.

import { CertifyError } from '../../../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { type ProblemCode, refusal } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asNumber, asObject, field } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import type { K6Type } from './k6-names.ts'
import { K6Points } from './k6-points.ts'
import { textLines } from './text-lines.ts'

/** A point as k6 writes it, without escapes and without braces in its tags: it needs no second look. */
const POINT =
  /^\{"metric":"([^"\\]{1,200})","type":"Point","data":\{"time":"([^"\\]{1,40})","value":(-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,3})?),"tags":(?:null|\{[^{}\\]{0,8000}\})\}\}$/
const TYPES: ReadonlyMap<unknown, K6Type> = new Map<unknown, K6Type>([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['rate', 'rate'],
  ['trend', 'trend'],
])

/**
 * - Read: lines of the type `Metric` (what a metric is, whether it holds times) and `Point`. The file is read as a stream.
 * - Counted and named as k6's CSV; here the file says what each metric is, and there is no `.avg` but of trends. Tags and submetrics are not told apart. There are no
 *   thresholds: the file names them, but k6 writes their verdicts into its summary alone.
 * - Refused: a line that is no whole object (the file is cut off), a value that its metric cannot have.
 */
export const k6Json: Format<'performance'> = {
  id: 'k6-json',
  kind: 'performance',
  title: 'k6 measurements (JSON lines)',
  producers: ['`k6 run --out json=FILE`'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ['metric', 'type', 'data'].every((key) => jsonKeys?.has(key)) &&
    /"type":\s{0,5}"(?:Metric|Point)"/.test(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

class Reader {
  private readonly points = new K6Points(true)

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'performance'> {
    for (const { text, line } of textLines(this.source)) {
      const point = POINT.exec(text)
      if (point) this.point(point[1]!, Number(point[3]), point[2]!, line)
      else if (text.trim() !== '') this.other(text, line)
    }
    return {
      facts: this.points.facts(),
      info: { producer: 'k6', commit: null, createdAt: isoOf(this.points.began) },
      problems: this.points.problems().slice(0, this.limits.problems),
    }
  }

  private point(name: string, value: number, time: string, line: number): void {
    if (this.points.add(name, value, Date.parse(time))) return
    const message = `${value} can be no value of ${JSON.stringify(name.slice(0, 80))}`
    throw refusal('bad_number', message, { path: this.source.path, line })
  }

  private other(text: string, line: number): void {
    try {
      this.object(text, line)
    } catch (error) {
      if (!(error instanceof CertifyError)) throw error
      const cut = error.code === 'json_truncated'
      const hint = cut ? 'The file is cut off: let k6 run to its end.' : error.hint
      throw refusal(cut ? 'truncated' : (error.code as ProblemCode), error.message, { path: this.source.path, line }, hint)
    }
  }

  private object(text: string, line: number): void {
    const bytes = new TextEncoder().encode(text)
    const source = { path: this.source.path, size: bytes.length, chunks: () => [bytes] }
    const object = asObject(readJson(source, this.limits), 'the line')
    const name = field(object, 'metric')
    if (typeof name !== 'string' || name === '') throw refused('wrong_shape', '"metric" is absent')
    const type = field(object, 'type')
    const data = asObject(field(object, 'data'), '"data"')
    if (type === 'Metric') {
      this.points.declare(name, TYPES.get(field(data, 'type')) ?? null, field(data, 'contains') === 'time')
    } else if (type === 'Point') {
      const time = field(data, 'time')
      this.point(name, asNumber(field(data, 'value'), '"value"'), typeof time === 'string' ? time : '', line)
    } else throw refused('wrong_shape', '"type" is neither Metric nor Point')
  }
}
