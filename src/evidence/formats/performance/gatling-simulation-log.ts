// Gatling's simulation.log as text (up to 3.10): tab-separated records, whose columns moved from version to version.
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, quote, refusal } from '../../problems.ts'
import { lineBlocks, textAt } from '../../scan/lines.ts'
import { isoOf } from '../../scan/stamps.ts'
import { Samples } from './samples.ts'

const NEWLINE = 10
const STAMP = /^\d{12,14}$/
const RECORD = /^(?:RUN|USER|REQUEST|GROUP|ERROR|ASSERTION)(?:\t|$)/
/** ASSERTION records may come first. The oldest dialects have the class, then the user, before the kind of record. */
const START = /^(?:ASSERTION\t[^\n]{0,4000}\n){0,200}RUN\t[^\n\t]{1,500}\t/

/**
 * - Read: `REQUEST` records of Gatling 2.2 to 3.10, by their two timestamps: the request's name stands before them, `OK` or
 *   `KO` behind. The file is read as a stream.
 * - Counted: every request is a sample; anything but `OK` is an error. Figures as of JMeter's results; percentiles are
 *   nearest-rank, where Gatling's own report interpolates. Names are `group / name` where a request is in a group.
 * - `ERROR` records are requests that could not be made: they count as failed ones, without a time.
 * - Gatling 3.11 and later write a binary log: give `js/global_stats.json` or `js/stats.json` of its report instead.
 * - Refused: a request without its times or outcome (the file is cut off), or one that ends before it begins.
 */
export const gatlingSimulationLog: Format<'performance'> = {
  id: 'gatling-simulation-log',
  kind: 'performance',
  title: 'Gatling simulation log',
  producers: ['Gatling 2.2 to 3.10: `simulation.log`'],
  discovers: ['**/simulation.log'],
  recognises: ({ text }) => START.test(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

class Reader {
  private readonly samples: Samples
  private producer: string | null = null
  private began: number | null = null
  private errors = 0
  private line = 0
  /** Messages of older versions may hold line ends. */
  private inMessage = false

  constructor(
    private readonly source: ByteSource,
    limits: Limits,
  ) {
    this.samples = new Samples(limits)
  }

  read(): ReadResult<'performance'> {
    for (const { bytes, end } of lineBlocks(this.source)) {
      for (let at = 0; at < end; ) {
        const next = bytes.indexOf(NEWLINE, at)
        this.line++
        this.record(textAt(bytes, at, next))
        at = next + 1
      }
    }
    if (this.line === 0) throw refusal('empty', 'holds nothing', { path: this.source.path })
    const problems = this.samples.problems()
    if (this.errors > 0)
      problems.push(problem('scan_failed', `has ${this.errors} errors outside any request`, { path: this.source.path }))
    return {
      facts: this.samples.facts(this.errors),
      info: { producer: this.producer, commit: null, createdAt: isoOf(this.began ?? this.samples.began) },
      problems,
    }
  }

  private record(text: string): void {
    if (!RECORD.test(text)) {
      if (this.line === 1 || !(this.inMessage || text.trim() === ''))
        throw refusal('line_malformed', `${quote(text)} is no record of a simulation log`, this.place())
      return
    }
    const kind = text.slice(0, text.indexOf('\t'))
    this.inMessage = kind === 'ERROR'
    if (kind === 'ERROR') this.errors++
    else if (kind === 'REQUEST') this.request(text.split('\t'))
    else if (kind === 'RUN') this.run(text.split('\t'))
  }

  private run(columns: string[]): void {
    const version = columns.at(-1)!.trim()
    this.producer = /^\d{1,3}\.\d{1,3}[\w.-]{0,30}$/.test(version) ? `Gatling ${version}` : 'Gatling'
    const stamp = columns.find((column) => STAMP.test(column))
    if (stamp !== undefined) this.began = Number(stamp)
  }

  private request(columns: string[]): void {
    const at = columns.findIndex((column, index) => index >= 2 && STAMP.test(column) && STAMP.test(columns[index + 1] ?? ''))
    const outcome = columns[at + 2]
    if (at === -1 || outcome === undefined)
      throw refusal('truncated', 'a request lacks its times or its outcome: the file is cut off', this.place())
    const [name, groups] = [columns[at - 1]!, columns[at - 2]!]
    const [start, end] = [Number(columns[at]), Number(columns[at + 1])]
    const ok = outcome === 'OK'
    this.inMessage = !ok
    // Before the name stand the groups, parted by commas; with no column between, it is the record's kind.
    const grouped = at > 2 && groups !== '' ? `${groups.replaceAll(',', ' / ')} / ${name}` : name
    if (!this.samples.add(grouped, start, end - start, ok))
      throw refusal('bad_number', 'a request ends before it begins', this.place())
  }

  private place() {
    return { path: this.source.path, line: this.line }
  }
}
