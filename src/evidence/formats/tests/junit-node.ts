// What `node --test` says of its run only in comments at the end of its JUnit report.
import type { ByteSource } from '../../format.ts'
import { decodePlain } from '../../scan/xml-bytes.ts'

const TAIL_BYTES = 1024

/** A file as it is, whose last bytes are kept on the way. */
export class Tailed implements ByteSource {
  readonly path: string
  readonly size: number
  private tail: Uint8Array = new Uint8Array(0)

  constructor(private readonly source: ByteSource) {
    this.path = source.path
    this.size = source.size
  }

  *chunks(): Iterable<Uint8Array> {
    for (const chunk of this.source.chunks()) {
      // Copied: the chunk is gone when the next one comes.
      if (chunk.length >= TAIL_BYTES) this.tail = new Uint8Array(chunk.subarray(-TAIL_BYTES))
      else this.tail = Buffer.concat([this.tail, chunk]).subarray(-TAIL_BYTES)
      yield chunk
    }
  }

  /**
   * Failed and cancelled tests by the summary: a test that failed after all its subtests passed is a suite in the report,
   * and nothing else in it tells of the failure. 0 where there is no summary of node's.
   */
  failedByNode(): number {
    const text = decodePlain(this.tail, 0, this.tail.length)
    if (!/<!-- tests \d{1,9} -->/.test(text)) return 0
    const of = (word: RegExp) => Number(word.exec(text)?.[1] ?? 0)
    return of(/<!-- fail (\d{1,9}) -->/) + of(/<!-- cancelled (\d{1,9}) -->/)
  }
}
