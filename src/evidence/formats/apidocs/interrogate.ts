// interrogate's printed tables: how many modules, classes and functions of Python code have a docstring.
import type { ApiDocsFacts, Ratio } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { differs, settle } from '../../coverage/settle.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { quote, refusal } from '../../problems.ts'
import { textLines } from '../performance/text-lines.ts'
import { apiDocsFacts, NAMED, noneToDocument } from './api-docs-facts.ts'

const TITLE = /^={1,200} Coverage for \S/
const RESULT = /^(?:-{1,200} )?RESULT: (?:PASSED|FAILED) \(minimum: [\d.]{1,20}%, actual: [\d.]{1,20}%\)/
const BADGE = /<title>interrogate: /
const TABLE = 'Hand in the table: interrogate -vv -o FILE'

/**
 * The table of `interrogate -v`, printed or written by `-o`; `-vv` also names what has no docstring.
 * - Counted by the row TOTAL: everything that interrogate was told to look at, less its Miss. The rows of the files, or those of
 *   `-vv`, are added up beside it: where they miss more, that counts. Its own verdict (`--fail-under`) is not used.
 * - interrogate calls 0 of 0 100 %; here it is no documentation.
 * - Refused: a table that is cut off (no RESULT below it), a second one in the same file, and what states a percentage alone: a
 *   badge, and the one line that it writes without `-v`.
 */
export const interrogate: Format<'apidocs'> = {
  id: 'interrogate',
  kind: 'apidocs',
  title: 'interrogate (text)',
  producers: ['`interrogate -v`'],
  discovers: [],
  recognises: ({ text, xmlRoot }) => (xmlRoot === 'svg' ? BADGE.test(text) : TITLE.test(text) || RESULT.test(text)),
  read: (source, limits) => new Reader(source, limits).read(),
}

class Reader {
  private readonly undocumented: ApiDocsFacts['undocumented'] = []
  /** Rows of each table: of the files, and of what is in them. */
  private missedByFile = 0
  private missedByName = 0
  private detailed = false
  private module: string | null = null
  private total: Ratio | null = null
  private ended = false

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'apidocs'> {
    const { path } = this.source
    for (const { text, line } of textLines(this.source)) {
      if (line === 1 && !TITLE.test(text))
        throw this.refuse('wrong_shape', 'states a percentage and not of how much', line, TABLE)
      if (this.ended && TITLE.test(text))
        throw this.refuse('wrong_shape', 'holds a second table', line, 'Write each run into its own file.')
      if (text.startsWith('| ')) this.row(text, line)
      else if (RESULT.test(text)) this.ended = this.total !== null
    }
    if (this.total === null || !this.ended)
      throw refusal('truncated', 'ends before the total and the result of its table', { path }, TABLE)
    const { total } = this.total
    const missed = this.detailed ? this.missedByName : this.missedByFile
    const counted = { covered: Math.max(0, total - missed), total }
    const { ratio: used, agree } = settle(this.total, counted)
    const problems: Problem[] = noneToDocument(this.total, path)
    if (agree === false) problems.push(differs('documented', this.total, counted, used!, path))
    return {
      facts: apiDocsFacts(used!, this.undocumented, this.limits),
      info: { producer: 'interrogate', commit: null, createdAt: null },
      problems,
    }
  }

  private row(text: string, line: number): void {
    const cells = text
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const status = cells.at(-1)
    if (status === 'MISSED' || status === 'COVERED') this.named(cells.slice(0, -1).join('|'), status === 'MISSED')
    else if (cells.length >= 5 && status !== 'Cover%') this.counted(cells, line)
  }

  /** A row of `-vv`: a module begins what is in it. */
  private named(name: string, missed: boolean): void {
    this.detailed = true
    const [, module] = /^(.{1,4000}) \(module\)$/.exec(name) ?? []
    const [, item, at] = /^(.{1,4000}) \(L(\d{1,9})\)$/.exec(name) ?? []
    if (module !== undefined) this.module = module
    if (!missed) return
    if (++this.missedByName > NAMED) return
    this.undocumented.push({ name: module ?? item ?? name, path: this.module, line: at === undefined ? null : Number(at) })
  }

  private counted(cells: readonly string[], line: number): void {
    const [total, missed, covered] = cells.slice(-4, -1).map((cell) => (/^\d{1,12}$/.test(cell) ? Number(cell) : Number.NaN))
    if (total === undefined || missed === undefined || covered === undefined || missed + covered !== total)
      throw this.refuse('bad_number', `the row of ${quote(cells[0]!)} does not add up`, line)
    if (cells[0] !== 'TOTAL') this.missedByFile += missed
    else if (this.total === null) this.total = { covered, total }
    else throw this.refuse('wrong_shape', 'holds a second total', line)
  }

  private refuse(code: 'wrong_shape' | 'bad_number', message: string, line: number, hint?: string) {
    return refusal(code, message, { path: this.source.path, line }, hint)
  }
}
