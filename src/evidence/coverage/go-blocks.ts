// Blocks of a Go cover profile: the same block of several packages' tests counts once, and lines are covered by blocks.
import type { Ratio } from '../../model/evidence.ts'
import type { LineHits } from '../../model/hits.ts'
import { refusal } from '../problems.ts'
import { SpreadRoom } from './spread.ts'

export interface GoBlock {
  startLine: number
  startColumn: number
  endLine: number
  endColumn: number
  statements: number
  count: number
}

const MAX_FILES = 500_000

export interface GoFile {
  path: string
  statements: Ratio
  lines: LineHits | null
}

export class GoBlocks {
  private readonly files = new Map<string, Map<string, GoBlock>>()

  constructor(private readonly reportPath: string) {}

  add(path: string, block: GoBlock): void {
    let file = this.files.get(path)
    if (!file) {
      if (this.files.size >= MAX_FILES)
        throw refusal('too_many', `names more than ${MAX_FILES} source files`, { path: this.reportPath })
      file = new Map()
      this.files.set(path, file)
    }
    const key = `${block.startLine}.${block.startColumn},${block.endLine}.${block.endColumn}`
    const same = file.get(key)
    if (same) same.count = Math.max(same.count, block.count)
    else file.set(key, block)
  }

  finish(): GoFile[] {
    const room = new SpreadRoom()
    return [...this.files].map(([path, blocks]) => {
      const list = [...blocks.values()]
      const lastLine = list.reduce((last, block) => Math.max(last, block.endLine), 0)
      return { path, statements: statementsOf(list), lines: room.take(lastLine) ? linesOf(list, lastLine) : null }
    })
  }
}

function statementsOf(blocks: GoBlock[]): Ratio {
  let covered = 0
  let total = 0
  for (const block of blocks) {
    total += block.statements
    if (block.count > 0) covered += block.statements
  }
  return { covered, total }
}

/** A line is hit where a block that ran touches it; a line that no block touches is not listed. */
function linesOf(blocks: GoBlock[], lastLine: number): LineHits {
  const ran = new Int32Array(lastLine + 2)
  const any = new Int32Array(lastLine + 2)
  for (const { startLine, endLine, count } of blocks) {
    any[startLine]!++
    any[endLine + 1]!--
    if (count > 0) {
      ran[startLine]!++
      ran[endLine + 1]!--
    }
  }
  const lines: number[] = []
  const hits: number[] = []
  let anyNow = 0
  let ranNow = 0
  for (let line = 0; line <= lastLine; line++) {
    anyNow += any[line]!
    ranNow += ran[line]!
    if (anyNow === 0) continue
    lines.push(line)
    hits.push(ranNow > 0 ? 1 : 0)
  }
  return { lines: Uint32Array.from(lines), hits: Uint32Array.from(hits) }
}
