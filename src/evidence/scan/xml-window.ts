// The piece of the stream that an XML token is cut from: bytes kept until the token is whole, and places for faults.
import type { ProblemCode } from '../problems.ts'
import { sequenceLength } from './xml-bytes.ts'

/** Where in the UTF-8 stream the document is at fault. */
export class XmlFault extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly offset: number,
    message: string,
  ) {
    super(message)
  }
}

/** A tag, a document type or a reference that is not complete within so many bytes is refused. */
const TOKEN_BYTES = 16 * 1024 * 1024

/** A buffer this large is kept for the next file. */
const KEPT_BYTES = 4 * 1024 * 1024
let spare: Uint8Array<ArrayBuffer> | null = null

export class XmlWindow {
  buffer: Uint8Array<ArrayBuffer>
  /** First byte not yet dealt with, and the end of what is here. A zero stands there: it stops every scan. */
  at = 0
  end = 0
  /** Offset in the stream of the buffer's first byte. */
  private base = 0
  /** Bytes to wait for before a cut-off token is tried again: doubling keeps that linear. */
  private needed = 0

  constructor() {
    this.buffer = spare ?? new Uint8Array(64 * 1024)
    spare = null
  }

  /** Nothing is read from it any more. */
  release(): void {
    if (this.buffer.length <= KEPT_BYTES) spare = this.buffer
  }

  /** False: not enough yet to try again. */
  append(chunk: Uint8Array): boolean {
    const left = this.end - this.at
    if (this.at > 0) {
      this.buffer.copyWithin(0, this.at, this.end)
      this.base += this.at
      this.at = 0
    }
    if (left + chunk.length >= this.buffer.length) {
      const next = new Uint8Array(Math.max(left + chunk.length + 1, this.buffer.length * 2))
      next.set(this.buffer.subarray(0, left))
      this.buffer = next
    }
    this.buffer.set(chunk, left)
    this.end = left + chunk.length
    this.buffer[this.end] = 0
    if (this.end >= this.needed) return true
    if (this.end > TOKEN_BYTES) throw this.fault(this.at, `a tag is longer than ${TOKEN_BYTES} bytes`, 'xml_limit')
    return false
  }

  /** What is left is the beginning of a token. */
  hold(): void {
    this.needed = (this.end - this.at) * 2
  }

  get atStart(): boolean {
    return this.base + this.at === 0
  }

  fault(at: number, message: string, code: ProblemCode = 'xml_malformed'): XmlFault {
    return new XmlFault(code, this.base + at, message)
  }

  /** Past a control or non-ASCII byte; 0: cut off. Throws where XML does not allow it. */
  past(at: number): number {
    const byte = this.buffer[at]!
    if (byte < 32) throw this.fault(at, `a control character (${byte}) stands in the file`)
    const length = byte < 128 ? 1 : sequenceLength(this.buffer, at, this.end)
    if (length === -1) throw this.fault(at, 'bytes that are not UTF-8', 'invalid_encoding')
    return length === 0 ? 0 : at + length
  }

  startsWith(token: string): boolean {
    if (this.at + token.length > this.end) return false
    for (let i = 0; i < token.length; i++) if (this.buffer[this.at + i] !== token.charCodeAt(i)) return false
    return true
  }
}
