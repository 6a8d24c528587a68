// A file of JSON values one after another, read as one list of them: commas and brackets are put where they are wanting.
import type { ByteSource, Limits } from '../format.ts'
import { readJson } from './json.ts'
import { utf8Chunks } from './text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const [OPEN, COMMA, CLOSE] = [bytes('['), bytes(','), bytes(']')]
const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/** The values; throws what readJson throws. Faults are placed in the line where they are. */
export function readJsonValues(source: ByteSource, limits: Limits): readonly unknown[] {
  return readJson(new Listed(source), limits) as readonly unknown[]
}

class Listed implements ByteSource {
  readonly path: string
  readonly size: number

  constructor(private readonly source: ByteSource) {
    this.path = source.path
    this.size = source.size
  }

  *chunks(): Iterable<Uint8Array> {
    let depth = 0
    let values = 0
    let text = false
    let escaped = false
    yield OPEN
    for (const chunk of utf8Chunks(this.source)) {
      let from = 0
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at]!
        if (text) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) text = false
        } else if (byte === QUOTE) text = true
        else if (byte === 0x7b || byte === 0x5b) {
          if (depth++ > 0 || values++ === 0) continue
          yield chunk.subarray(from, at)
          yield COMMA
          from = at
        } else if (byte === 0x7d || byte === 0x5d) depth--
      }
      yield chunk.subarray(from)
    }
    // Without the last bracket, a file that ends inside of a value is seen to have been cut off.
    if (depth <= 0 && !text) yield CLOSE
  }
}
