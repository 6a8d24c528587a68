// The bytes of batches, each in one piece, from a second pass over a file.
import type { ByteSource } from '../format.ts'
import { GrowingBytes } from './growing-bytes.ts'
import type { Batch } from './json-scan.ts'
import { utf8Chunks } from './text.ts'

/** `bytes` are valid until the next ones are asked for. Batches come in the order of the file. */
export function* joinedSlices(source: ByteSource, batches: readonly Batch[]): Iterable<{ bytes: Uint8Array; batch: Batch }> {
  /** The beginning of a batch that goes on in the next chunk. */
  const held = new GrowingBytes()
  let next = 0
  let base = 0
  for (const chunk of utf8Chunks(source)) {
    const end = base + chunk.length
    for (let batch = batches[next]; batch !== undefined && batch.from < end; batch = batches[next]) {
      const from = Math.max(0, batch.from - base)
      const to = Math.min(chunk.length, batch.to - base)
      if (held.length === 0 && batch.to <= end) yield { bytes: chunk.subarray(from, to), batch }
      else {
        held.add(chunk, from, to)
        if (batch.to > end) break
        yield { bytes: held.all(), batch }
        held.clear()
      }
      next++
    }
    if (next === batches.length) return
    base = end
  }
}
