// One start tag: its name, and attributes that stay bytes until a reader asks for them.
import type { ProblemCode } from '../problems.ts'
import { decodeValue } from './xml-bytes.ts'

/** Some tools write counts as 3.0 or 1e+06. */
const COUNT = /^\d{1,400}(?:\.\d{0,400})?(?:e\+?\d{1,3})?$/i

/** Reused for every tag: valid only until the handler returns. */
export class XmlTag {
  name = ''
  /** Number of attributes. */
  count = 0
  readonly names: string[] = []
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

  start(bytes: Uint8Array, at: number, name: string): void {
    this.bytes = bytes
    this.at = at
    this.name = name
    this.count = 0
  }

  /** False where the tag has an attribute of that name already. */
  add(name: string, from: number, to: number, dirty: boolean): boolean {
    const fresh = this.find(name) === -1
    const at = this.count++
    this.names[at] = name
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
    const text = decodeValue(this.bytes, this.from[at]!, this.to[at]!, this.dirty[at]!)
    return text.length > this.textLength ? text.slice(0, this.textLength) : text
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
