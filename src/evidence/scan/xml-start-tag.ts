// Start tags and the document type: tokens that are taken whole.
import type { Limits } from '../format.ts'
import {
  AMP,
  APOSTROPHE,
  CR,
  decodePlain,
  EQUALS,
  GT,
  isBlank,
  isNameByte,
  LT,
  QUOTE,
  referenceEnd,
  SLASH,
  startsName,
  stops,
} from './xml-bytes.ts'
import { pastSame, type XmlName, type XmlNames } from './xml-names.ts'
import type { XmlTag } from './xml-tag.ts'
import type { XmlWindow } from './xml-window.ts'

const VALUE_STOP = stops(LT, AMP, QUOTE, APOSTROPHE, 9, 10)

export interface StartTag {
  /** Past the tag; 0: cut off. */
  past: number
  empty: boolean
}

const CUT_OFF: StartTag = { past: 0, empty: false }

/** Past a name at `at`, which must be one; 0: cut off. */
export function pastName(window: XmlWindow, at: number, limits: Limits): number {
  const { buffer, end } = window
  if (at < end && !startsName(buffer[at]!))
    throw window.fault(at, 'a name is missing or begins with a character that none begins with')
  let i = at
  while (i < end && isNameByte(buffer[i]!)) {
    if (buffer[i]! < 128) i++
    else {
      const past = window.past(i)
      if (past === 0) return 0
      i = past
    }
  }
  if (i - at > limits.nameLength * 4) throw window.fault(at, `a name is longer than ${limits.nameLength} characters`, 'xml_limit')
  return i === end ? 0 : i
}

/** Reads the start tag at the window's place into `tag`. `guess`: the element that is likely to be opened. */
export function startTag(window: XmlWindow, tag: XmlTag, names: XmlNames, limits: Limits, guess: XmlName | null): StartTag {
  const { buffer, end } = window
  const begin = window.at + 1
  let i = guess === null ? 0 : pastSame(guess, buffer, begin, end)
  let last = guess!
  if (i === 0 || isNameByte(buffer[i]!) || i === end) {
    i = pastName(window, begin, limits)
    if (i === 0) return CUT_OFF
    last = names.of(buffer, begin, i)
  }
  tag.start(buffer, window.at, last)
  for (;;) {
    const before = i
    while (isBlank(buffer[i]!)) i++
    if (i >= end) return CUT_OFF
    const byte = buffer[i]!
    if (byte === GT) return { past: i + 1, empty: false }
    if (byte === SLASH) {
      if (i + 1 === end) return CUT_OFF
      if (buffer[i + 1] !== GT) throw window.fault(i, 'a / stands inside a tag')
      return { past: i + 2, empty: true }
    }
    if (i === before) throw window.fault(i, `<${tag.name.slice(0, 60)}> lacks a space before an attribute`)
    const nameAt = i
    const likely = last.attribute
    i = likely === null ? 0 : pastSame(likely, buffer, nameAt, end)
    if (i > 0 && buffer[i] === EQUALS) last = likely!
    else {
      i = pastName(window, nameAt, limits)
      if (i === 0) return CUT_OFF
      const name = names.of(buffer, nameAt, i)
      last.attribute = name
      last = name
      while (isBlank(buffer[i]!)) i++
      if (i >= end) return CUT_OFF
      if (buffer[i] !== EQUALS) throw window.fault(i, `the attribute ${name.text.slice(0, 60)} has no value`)
    }
    i++
    while (isBlank(buffer[i]!)) i++
    if (i >= end) return CUT_OFF
    const quote = buffer[i]!
    if (quote !== QUOTE && quote !== APOSTROPHE) throw window.fault(i, `the value of ${last.text.slice(0, 60)} is not quoted`)
    const from = i + 1
    i = from
    while (VALUE_STOP[buffer[i]!] === 0) i++
    dirtyValue = false
    if (buffer[i] !== quote) {
      i = pastValue(window, i, quote)
      if (i === 0) return CUT_OFF
    }
    if (!tag.add(last, from, i, dirtyValue)) throw window.fault(nameAt, `the attribute ${last.text.slice(0, 60)} stands twice`)
    if (tag.count > limits.attributes)
      throw window.fault(nameAt, `a tag has more than ${limits.attributes} attributes`, 'xml_limit')
    i++
  }
}

/** Set by pastValue: the value holds references or white space that XML makes even. Spares an object for each value. */
let dirtyValue = false

/** At the closing quote; 0: cut off. */
function pastValue(window: XmlWindow, from: number, quote: number): number {
  const { buffer, end } = window
  let i = from
  while (i < end) {
    const byte = buffer[i]!
    if (VALUE_STOP[byte] === 0) i++
    else if (byte === quote) return i
    else if (byte === QUOTE || byte === APOSTROPHE) i++
    else if (byte === LT) throw window.fault(i, 'a < stands in an attribute: a quote is missing, or it must be &lt;')
    else if (byte === AMP) {
      const past = referenceEnd(buffer, i, end)
      if (past === -1) throw window.fault(i, unknownReference(window, i), 'xml_entity')
      if (past === 0) return 0
      dirtyValue = true
      i = past
    } else if (byte === 9 || byte === 10 || byte === CR) {
      dirtyValue = true
      i++
    } else {
      const past = window.past(i)
      if (past === 0) return 0
      i = past
    }
  }
  return 0
}

export function unknownReference(window: XmlWindow, at: number): string {
  const text = decodePlain(window.buffer, at, Math.min(window.end, at + 24)).split(/[;\s<"']/, 1)[0]
  return `${text} is not an entity that is read here: only the five of XML and character numbers are`
}

/** Past `<!DOCTYPE ...>`, whose content is skipped, never read: no entity it declares exists. 0: cut off. */
export function pastDocumentType(window: XmlWindow): number {
  const { buffer, end } = window
  let brackets = 0
  let i = window.at + 9
  const skip = (close: string): number => {
    let at = i
    while (at + close.length <= end) {
      let same = 0
      while (same < close.length && buffer[at + same] === close.charCodeAt(same)) same++
      if (same === close.length) return at + close.length
      at++
    }
    return 0
  }
  while (i < end) {
    const byte = buffer[i]!
    if (byte === QUOTE || byte === APOSTROPHE) {
      const close = buffer.indexOf(byte, i + 1)
      if (close === -1 || close >= end) return 0
      i = close + 1
    } else if (byte === LT && buffer[i + 1] === 33 && buffer[i + 2] === 45 && i + 2 < end) {
      i = skip('-->')
      if (i === 0) return 0
    } else if (byte === LT && buffer[i + 1] === 63 && i + 1 < end) {
      i = skip('?>')
      if (i === 0) return 0
    } else if (byte === 91) {
      brackets++
      i++
    } else if (byte === 93) {
      brackets--
      i++
    } else if (byte === GT && brackets <= 0) return i + 1
    else i++
  }
  return 0
}
