// Reading one XML report: its encoding, its elements as they come, text of the elements asked for, places of faults.
import type { ByteSource, Limits } from '../format.ts'
import { refusal } from '../problems.ts'
import { encodingOf, firstBytes, utf8Chunks } from './text.ts'
import { decodePlain, decodeText } from './xml-bytes.ts'
import type { XmlTag } from './xml-tag.ts'
import { type XmlSink, XmlTokenizer } from './xml-tokenizer.ts'
import { XmlFault, XmlWindow } from './xml-window.ts'

export type { XmlTag } from './xml-tag.ts'

export interface XmlHandler {
  /** True: the text of this element, its children's included, is wanted by `close`. The tag is valid during the call only. */
  open(tag: XmlTag): boolean
  /** `text` is cut at limits.textLength; null where it was not asked for. */
  close(name: string, text: string | null): void
}

/** Throws CertifyError with a problem at line and column where the file is not well-formed XML within the limits. */
export function readXml(source: ByteSource, limits: Limits, handler: XmlHandler): void {
  const encoding = declaredEncoding(source)
  const window = new XmlWindow()
  const tokenizer = new XmlTokenizer(limits, new Capture(handler, limits.textLength), window)
  try {
    for (const chunk of utf8Chunks(source, encoding)) tokenizer.push(chunk)
    tokenizer.finish()
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    throw refusal(error.code, error.message, { path: source.path, ...placeOf(error.offset, source, encoding) })
  } finally {
    window.release()
  }
}

/** Hands on the text of the outermost element that asked for it. */
class Capture implements XmlSink {
  wantsText = false
  private text_ = ''
  private inside = 0

  constructor(
    private readonly handler: XmlHandler,
    private readonly textLength: number,
  ) {}

  open(tag: XmlTag): void {
    const wanted = this.handler.open(tag)
    if (this.inside > 0) this.inside++
    else if (wanted) {
      this.inside = 1
      this.text_ = ''
      this.wantsText = true
    }
  }

  text(bytes: Uint8Array, from: number, to: number, dirty: boolean): void {
    this.text_ += decodeText(bytes, from, to, dirty)
    if (this.text_.length < this.textLength) return
    this.text_ = this.text_.slice(0, this.textLength)
    this.wantsText = false
  }

  close(name: string): void {
    const ends = this.inside === 1
    if (this.inside > 0) this.inside--
    if (ends) this.wantsText = false
    this.handler.close(name, ends ? this.text_ : null)
  }
}

const DECLARATION = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/

/** A TextDecoder label; null: UTF-8, or what the byte order mark says. */
function declaredEncoding(source: ByteSource): string | null {
  const start = firstBytes(source, 256)
  const found = encodingOf(start)
  if (found.bom > 0 || found.label !== 'utf-8') return null
  const label = DECLARATION.exec(decodePlain(start, 0, start.length))?.[1]?.toLowerCase() ?? 'utf-8'
  // .NET writes utf-16 into the declaration of files that are not: the bytes are the better witness.
  if (label === 'utf-8' || label === 'utf8' || label.startsWith('utf-16') || label === 'us-ascii' || label === 'ascii')
    return null
  try {
    return new TextDecoder(label).encoding
  } catch {
    throw refusal(
      'unsupported_encoding',
      `is declared to be in ${label}, which is not known`,
      { path: source.path, line: 1 },
      'Write the report as UTF-8.',
    )
  }
}

/** Counted only once a file is refused, by reading it again. Columns count characters. */
function placeOf(offset: number, source: ByteSource, encoding: string | null): { line: number; column: number } {
  let line = 1
  let column = 1
  let left = offset
  for (const chunk of utf8Chunks(source, encoding)) {
    const length = Math.min(left, chunk.length)
    for (let i = 0; i < length; i++) {
      const byte = chunk[i]!
      if (byte === 10) {
        line++
        column = 1
      } else if ((byte & 0xc0) !== 0x80) column++
    }
    left -= length
    if (left === 0) break
  }
  return { line, column }
}
