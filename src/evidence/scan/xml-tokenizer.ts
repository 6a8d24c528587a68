// A strict, streaming XML 1.0 tokenizer over UTF-8 bytes: no DTD is read, no entity but the five is known (performance.md).
import type { Limits } from '../format.ts'
import { AMP, BANG, CR, DASH, decodePlain, GT, isBlank, LT, QUESTION, RBRACKET, referenceEnd, SLASH, stops } from './xml-bytes.ts'
import { pastSame, type XmlName, XmlNames } from './xml-names.ts'
import { CDATA, COMMENT, INSTRUCTION, type Section } from './xml-sections.ts'
import { pastDocumentType, pastName, startTag, unknownReference } from './xml-start-tag.ts'
import { XmlTag } from './xml-tag.ts'
import { XmlWindow } from './xml-window.ts'

export interface XmlSink {
  /** Whether `text` is called at all; may change at any call. */
  wantsText: boolean
  open(tag: XmlTag): void
  /** A piece of character data, found valid: decode with decodeText. */
  text(bytes: Uint8Array, from: number, to: number, dirty: boolean): void
  close(name: string): void
}

const TEXT_STOP = stops(LT, AMP, RBRACKET)
/** Of all files: those of one kind use the same ones. */
const NAMES = new XmlNames()
const DECLARATIONS = ['<!--', '<![CDATA[', '<!DOCTYPE']

export class XmlTokenizer {
  private readonly stack: XmlName[] = []
  /** The element opened last. */
  private last: XmlName | null = null
  private readonly tag: XmlTag
  private section: Section | null = null
  private rootSeen = false

  constructor(
    private readonly limits: Limits,
    private readonly sink: XmlSink,
    private readonly window = new XmlWindow(),
  ) {
    this.tag = new XmlTag(limits.textLength, (at, message, code) => this.window.fault(at, message, code))
  }

  /** Throws XmlFault at the first byte that is not well-formed XML. */
  push(chunk: Uint8Array): void {
    if (!this.window.append(chunk)) return
    this.run(false)
    this.window.hold()
  }

  /** Throws XmlFault where the document is not complete. */
  finish(): void {
    this.run(true)
    const { window } = this
    if (window.at < window.end || this.section || this.stack.length > 0) {
      const inside = this.stack.at(-1)
      throw window.fault(
        window.end,
        inside === undefined ? 'ends in the middle of a tag' : `ends inside <${inside.text.slice(0, 60)}>`,
        'xml_truncated',
      )
    }
    if (!this.rootSeen) throw window.fault(window.end, 'holds no element', 'empty')
  }

  private run(final: boolean): void {
    const { window } = this
    while (window.at < window.end) {
      const whole = this.section
        ? this.inSection(this.section, final)
        : window.buffer[window.at] === LT
          ? this.markup()
          : this.characters(final)
      if (!whole) return
    }
  }

  /** Character data up to the next tag. False: its end is not here yet. */
  private characters(final: boolean): boolean {
    const { window } = this
    const { buffer, end, at } = window
    let dirty = false
    let i = at
    while (i < end) {
      const byte = buffer[i]!
      if (TEXT_STOP[byte] === 0) i++
      else if (byte === LT) break
      else if (byte === CR) {
        if (i + 1 === end && !final) break
        dirty = true
        i++
      } else if (byte === AMP) {
        const past = referenceEnd(buffer, i, end)
        if (past === -1) throw window.fault(i, unknownReference(window, i), 'xml_entity')
        if (past === 0) break
        dirty = true
        i = past
      } else if (byte === RBRACKET) {
        if (i + 2 >= end && !final) break
        if (i + 2 < end && buffer[i + 1] === RBRACKET && buffer[i + 2] === GT) throw window.fault(i, ']]> stands in the text')
        i++
      } else {
        const past = window.past(i)
        if (past === 0) break
        i = past
      }
    }
    if (this.stack.length === 0) this.nothingBut(at, i, dirty)
    else if (i > at && this.sink.wantsText) this.sink.text(buffer, at, i, dirty)
    window.at = i
    return i < end && buffer[i] === LT
  }

  /** White space is all that may stand outside the root element. */
  private nothingBut(from: number, to: number, dirty: boolean): void {
    const { window } = this
    let i = from
    while (i < to && isBlank(window.buffer[i]!)) i++
    if (
      i < to ||
      (i === to && i < window.end && window.buffer[i] === AMP) ||
      (dirty && window.buffer.subarray(from, to).includes(AMP))
    ) {
      throw window.fault(i, this.rootSeen ? 'text stands after the root element' : 'does not begin with a tag')
    }
  }

  private inSection(section: Section, final: boolean): boolean {
    const { window } = this
    const { buffer, end, at } = window
    const { stop, close, kind } = section
    let dirty = false
    let closed = false
    let i = at
    while (i < end) {
      const byte = buffer[i]!
      if (stop[byte] === 0) i++
      else if (byte === close[0]) {
        if (i + close.length > end) break
        closed = buffer[i + 1] === close[1] && (close.length === 2 || buffer[i + 2] === close[2])
        if (closed) break
        if (kind === 'comment' && buffer[i + 1] === DASH) throw window.fault(i, '-- stands inside a comment')
        i++
      } else if (byte === CR) {
        if (i + 1 === end && !final) break
        dirty = true
        i++
      } else {
        const past = window.past(i)
        if (past === 0) break
        i = past
      }
    }
    if (kind === 'cdata' && this.sink.wantsText && i > at) this.literal(at, i, dirty)
    window.at = closed ? i + close.length : i
    if (closed) this.section = null
    return closed
  }

  /** CDATA has no references: an ampersand in it is itself. Only line ends are made even. */
  private literal(from: number, to: number, dirty: boolean): void {
    const { buffer } = this.window
    if (!dirty) {
      this.sink.text(buffer, from, to, false)
      return
    }
    const even = new TextEncoder().encode(decodePlain(buffer, from, to).replace(/\r\n?/g, '\n'))
    this.sink.text(even, 0, even.length, false)
  }

  /** At `<`. False: the token is cut off. */
  private markup(): boolean {
    const { window } = this
    if (window.at + 1 >= window.end) return false
    const next = window.buffer[window.at + 1]!
    if (next === SLASH) return this.closeTag()
    if (next === QUESTION) return this.instruction()
    if (next !== BANG) return this.openTag()
    if (window.startsWith('<!--')) return this.enter(COMMENT, 4)
    if (window.startsWith('<![CDATA[') && this.stack.length > 0) return this.enter(CDATA, 9)
    if (window.startsWith('<!DOCTYPE') && !this.rootSeen) {
      const past = pastDocumentType(window)
      if (past > 0) window.at = past
      return past > 0
    }
    const text = decodePlain(window.buffer, window.at, Math.min(window.end, window.at + 9))
    if (text.length < 9 && DECLARATIONS.some((token) => token.startsWith(text))) return false
    throw window.fault(window.at, '<! begins nothing that XML knows here')
  }

  private enter(section: Section, skip: number): boolean {
    this.section = section
    this.window.at += skip
    return true
  }

  private instruction(): boolean {
    const { window } = this
    const past = pastName(window, window.at + 2, this.limits)
    if (past === 0) return false
    const target = decodePlain(window.buffer, window.at + 2, past)
    if (!isBlank(window.buffer[past]!) && window.buffer[past] !== QUESTION)
      throw window.fault(past, 'a processing instruction lacks a space after its name')
    if (target.toLowerCase() === 'xml' && !window.atStart)
      throw window.fault(window.at, 'an XML declaration stands after the beginning of the file')
    return this.enter(INSTRUCTION, past - window.at)
  }

  private openTag(): boolean {
    const { window, tag, stack, last } = this
    const { past, empty } = startTag(window, tag, NAMES, this.limits, last === null ? null : last.element)
    if (past === 0) return false
    if (stack.length === 0 && this.rootSeen) throw window.fault(window.at, 'a second root element begins')
    if (stack.length >= this.limits.depth)
      throw window.fault(window.at, `elements are nested more than ${this.limits.depth} deep`, 'xml_limit')
    this.rootSeen = true
    const name = tag.element!
    if (last !== null) last.element = name
    this.last = name
    this.sink.open(tag)
    if (empty) this.sink.close(name.text)
    else stack.push(name)
    window.at = past
    return true
  }

  private closeTag(): boolean {
    const { window, stack } = this
    const { buffer, end } = window
    const from = window.at + 2
    const open = stack.length === 0 ? null : stack[stack.length - 1]!
    let i = open === null ? 0 : pastSame(open, buffer, from, end)
    let name = open
    if (i === 0 || buffer[i] !== GT) {
      i = pastName(window, from, this.limits)
      if (i === 0) return false
      name = NAMES.of(buffer, from, i)
      while (isBlank(buffer[i]!)) i++
      if (i >= end) return false
      if (buffer[i] !== GT) throw window.fault(i, 'a closing tag holds more than its name')
    }
    if (open === null || open.text !== name!.text) {
      const expected = open === null ? 'nothing is open' : `<${open.text.slice(0, 60)}> is open`
      throw window.fault(window.at, `</${name!.text.slice(0, 60)}> closes nothing: ${expected}`)
    }
    stack.pop()
    this.sink.close(open.text)
    window.at = i + 1
    return true
  }
}
