// Go cover profiles: one line per block, `file:line.col,line.col statements count`. Go counts statements, not lines.
import type { FileCoverage } from '../../../model/evidence.ts'
import { GoBlocks } from '../../coverage/go-blocks.ts'
import { sumOf } from '../../coverage/settle.ts'
import type { ByteSource, Format, ReadResult } from '../../format.ts'
import { quote, refusal } from '../../problems.ts'
import { lineBlocks, textAt } from '../../scan/lines.ts'

const MODE = /^mode: (?:set|count|atomic)\r?(?:\n|$)/
const NEWLINE = 10

/**
 * - Statements, as `go tool cover -func` totals them; they stand for lines. The same block from several packages' tests
 *   counts once and is covered where any of them ran it, in profiles merged with `-coverpkg` or with `cat`.
 * - Line facts: a line is hit where a block that ran touches it.
 * - Refused: any line that is not a block, as `go tool cover` does.
 */
export const goCoverprofile: Format<'coverage'> = {
  id: 'go-coverprofile',
  kind: 'coverage',
  title: 'Go cover profile',
  producers: ['`go test -coverprofile`', '`go tool covdata textfmt`'],
  discovers: ['**/cover.out', '**/coverage.out', '**/*.coverprofile'],
  recognises: (head) => MODE.test(head.text),
  read,
}

function read(source: ByteSource): ReadResult<'coverage'> {
  const blocks = new GoBlocks(source.path)
  let line = 1
  for (const block of lineBlocks(source)) {
    for (let at = 0; at < block.end; line++) {
      const end = block.bytes.indexOf(NEWLINE, at)
      entry(textAt(block.bytes, at, end), line, blocks, source.path)
      at = end + 1
    }
  }
  const files: FileCoverage[] = blocks.finish().map(({ path, statements, lines }) => ({
    path,
    // A cover profile knows statements only: they stand for lines (decision 19).
    totals: { lines: statements, branches: null, functions: null, statements },
    lines,
    branches: null,
  }))
  const total = sumOf(files.map((file) => file.totals.statements)) ?? { covered: 0, total: 0 }
  const headline = total.total > 0 ? { metric: 'statements', percent: (100 * total.covered) / total.total } : null
  return {
    facts: {
      kind: 'coverage',
      totals: { lines: total, branches: null, functions: null, statements: total },
      declared: null,
      headline,
      files,
    },
    info: { producer: null, commit: null, createdAt: null },
    problems: [],
  }
}

/** After the last colon, so that a path may hold colons and spaces. */
const BLOCK = /^(\d{1,9})\.(\d{1,9}),(\d{1,9})\.(\d{1,9}) (\d{1,9}) (\d{1,20})$/

function entry(text: string, line: number, blocks: GoBlocks, path: string): void {
  // Profiles put together with `cat` repeat the mode line.
  if (text === '' || MODE.test(text)) return
  const colon = text.lastIndexOf(':')
  const found = colon > 0 ? BLOCK.exec(text.slice(colon + 1)) : null
  if (!found) {
    throw refusal(
      'line_malformed',
      `${quote(text)} is not a block of a cover profile`,
      { path, line },
      'Write the profile again; do not edit or cut it.',
    )
  }
  const [startLine, startColumn, endLine, endColumn, statements, count] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (endLine < startLine) throw refusal('line_malformed', 'a block ends before it starts', { path, line })
  blocks.add(text.slice(0, colon), { startLine, startColumn, endLine, endColumn, statements, count })
}
