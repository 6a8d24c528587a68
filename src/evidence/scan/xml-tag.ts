// One start tag: its name, and attributes that stay bytes until a reader asks for them.
import type { ProblemCode } from '../problems.ts'
import { decodeValue } from './xml-bytes.ts'
import type { XmlName } from './xml-names.ts'

/** Some tools write counts as 3.0 or 1e+06. */
const COUNT = /^\d{1,400}(?:\.\d{0,400})?(?:e\+?\d{1,3})?$/i

const POINT = 46
const MOST_EXACT = 1e15

/** A value up to this length is kept for the next tag that may have the same. */
const SHORT = 256

/** Reused for every tag: valid only until the handler returns. */
export class XmlTag {
  name = ''
  element: XmlName | null = null
  /** Number of attributes. */
  count = 0
  readonly names: string[] = []
  private readonly known: XmlName[] = []
  private readonly from: number[] = []
  private readonly to: number[] = []
  private readonly dirty: boolean[] = []
  private bytes: Uint8Array = new Uint8Array(0)
  private at = 0

  constructor(
    /** Characters kept of one value. */
    private readonly textLength: number,
    /** Raises a problem at a byte of the tag. */
    private readonly refuse: (at: number, message: string, code: ProblemCode) => Error,
  ) {}

  start(bytes: Uint8Array, at: number, name: XmlName): void {
    this.bytes = bytes
    this.at = at
    this.element = name
    this.name = name.text
    this.count = 0
  }

  /** False where the tag has an attribute of that name already. */
  add(name: XmlName, from: number, to: number, dirty: boolean): boolean {
    const fresh = this.find(name.text) === -1
    const at = this.count++
    this.names[at] = name.text
    this.known[at] = name
    this.from[at] = from
    this.to[at] = to
    this.dirty[at] = dirty
    return fresh
  }

  private find(name: string): number {
    for (let i = 0; i < this.count; i++) if (this.names[i] === name) return i
    return -1
  }

  has(name: string): boolean {
    return this.find(name) !== -1
  }

  /** The value, cut at the limit; null where the attribute is absent. */
  text(name: string): string | null {
    const at = this.find(name)
    return at === -1 ? null : this.valueAt(at)
  }

  valueAt(at: number): string {
    const from = this.from[at]!
    const to = this.to[at]!
    const dirty = this.dirty[at]!
    const name = this.known[at]!
    if (!dirty && isText(name.value, this.bytes, from, to)) return name.value
    const text = decodeValue(this.bytes, from, to, dirty)
    if (text.length > this.textLength) return text.slice(0, this.textLength)
    if (text.length <= SHORT) name.value = text
    return text
  }

  /** A count, cut to 2^53; null where the attribute is absent. Throws `bad_number` on anything negative or not a number. */
  int(name: string): number | null {
    const at = this.find(name)
    if (at === -1) return null
    const from = this.from[at]!
    const to = this.to[at]!
    let value = 0
    let i = from
    for (; i < to && i - from < 15; i++) {
      const digit = this.bytes[i]! - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (i === to && to > from) return value
    const text = this.valueAt(at).trim()
    const number = COUNT.test(text) ? Number(text) : Number.NaN
    if (!(number >= 0 && number < Number.POSITIVE_INFINITY))
      throw this.refuse(from, `${name}=${JSON.stringify(text.slice(0, 40))} is not a count`, 'bad_number')
    return Math.floor(Math.min(number, Number.MAX_SAFE_INTEGER))
  }

  /** Digits with or without a fraction, as most tools write times; null where the attribute is absent or anything else. */
  decimal(name: string): number | null {
    const at = this.find(name)
    if (at === -1) return null
    const to = this.to[at]!
    let value = 0
    let scale = 0
    let i = this.from[at]!
    // As exact as Number() of the text: up to 15 digits and a power of ten up to 10^15 are exact, so their quotient is rounded once.
    if (to - i > 16 || i === to || this.bytes[i] === POINT) return null
    for (; i < to; i++) {
      const digit = this.bytes[i]! - 48
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit
        scale *= 10
      } else if (digit === POINT - 48 && scale === 0) scale = 1
      else return null
    }
    return value > MOST_EXACT ? null : scale === 0 ? value : value / scale
  }

  /** An error to throw, placed at this tag. */
  fault(message: string, code: ProblemCode = 'wrong_format'): Error {
    return this.refuse(this.at, message, code)
  }

  /** A number that a report may as well leave out; null where it is absent, negative or not a number. */
  number(name: string): number | null {
    const text = this.text(name)?.trim()
    if (!text) return null
    const number = Number(text)
    return number >= 0 && number < Number.POSITIVE_INFINITY ? number : null
  }
}

/** Only ever true for ASCII: a non-ASCII byte is no character code of its text. */
function isText(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  const { length } = text
  if (length !== to - from) return false
  for (let i = 0; i < length; i++) {
    const byte = bytes[from + i]!
    if (byte > 127 || byte !== text.charCodeAt(i)) return false
  }
  return true
}
