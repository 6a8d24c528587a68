// A file whose sha256 and true size are taken from the very bytes that a reader sees, in the same pass.
import { createHash } from 'node:crypto'
import type { ByteSource, Limits } from './format.ts'
import { refusal } from './problems.ts'

/** Files up to this size are read once and kept while they are looked at: what they are is asked several times. */
const KEPT_BYTES = 1024 * 1024

export class HashedSource implements ByteSource {
  readonly path: string
  private kept: Uint8Array | null = null
  private digest: string | null = null
  private bytes = 0

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Pick<Limits, 'fileBytes'>,
  ) {
    this.path = source.path
  }

  get size(): number {
    return this.source.size
  }

  /** Throws `too_large` where the file has grown past its limit since it was found. */
  *chunks(): Iterable<Uint8Array> {
    if (this.kept === null && this.digest === null && this.source.size <= KEPT_BYTES) this.kept = this.keep()
    if (this.kept === null) yield* this.stream()
    else if (this.kept.length > 0) yield this.kept
  }

  private keep(): Uint8Array {
    const parts: Uint8Array[] = []
    // Copied: the views are of one buffer that is used again.
    for (const chunk of this.stream()) parts.push(new Uint8Array(chunk))
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  private *stream(): Iterable<Uint8Array> {
    const hash = this.digest === null ? createHash('sha256') : null
    let bytes = 0
    for (const chunk of this.source.chunks()) {
      bytes += chunk.length
      if (bytes > this.limits.fileBytes) throw tooLarge(this.path, this.limits.fileBytes)
      hash?.update(chunk)
      yield chunk
    }
    if (hash === null) return
    this.digest = hash.digest('hex')
    this.bytes = bytes
  }

  /** Reads the file to its end if no reader has. */
  finish(): { sha256: string; bytes: number } {
    if (this.digest === null) for (const _ of this.chunks());
    return { sha256: this.digest!, bytes: this.bytes }
  }
}

export function tooLarge(path: string, limit: number) {
  return refusal(
    'too_large',
    `is larger than ${limit} bytes`,
    { path },
    'Split the report, or leave out what is not needed in it.',
  )
}
