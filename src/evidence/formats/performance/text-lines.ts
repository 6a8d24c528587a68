// The lines of a benchmark's printed output, as text.
import type { ByteSource } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { lineBlocks, textAt } from '../../scan/lines.ts'

const NEWLINE = 10

/** `line` counts from 1. Refuses a file without any. */
export function* textLines(source: ByteSource): Iterable<{ text: string; line: number }> {
  let line = 0
  for (const { bytes, end } of lineBlocks(source)) {
    for (let at = 0; at < end; ) {
      const next = bytes.indexOf(NEWLINE, at)
      yield { text: textAt(bytes, at, next), line: ++line }
      at = next + 1
    }
  }
  if (line === 0) throw refusal('empty', 'holds nothing', { path: source.path })
}
