// Element and attribute names, each kept once with what usually stands behind it: a report has few of them, millions of times.
import { decodePlain } from './xml-bytes.ts'

const SLOTS = 1024

/** Once known, a name is found again by the one before it, without a search. */
export interface XmlName {
  readonly text: string
  readonly bytes: Uint8Array
  /** The attribute that stood behind this element or attribute in the last tag. */
  attribute: XmlName | null
  /** The element that was opened after this one the last time. */
  element: XmlName | null
  /** The value that the attribute had last, where it is short: the next one is often the same. */
  value: string
}

/** A fixed table, so that a report with millions of different names takes no more memory than one with ten. */
export class XmlNames {
  private readonly slots: (XmlName | undefined)[] = new Array<XmlName | undefined>(SLOTS).fill(undefined)

  of(bytes: Uint8Array, from: number, to: number): XmlName {
    let hash = to - from
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0
    const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1)
    const held = this.slots[slot]
    if (held !== undefined && held.bytes.length === to - from && pastSame(held, bytes, from, to) === to) return held
    // As a key it is the one string of its content, which compares by address.
    const [text] = Object.keys({ [decodePlain(bytes, from, to)]: 0 })
    const name = { text: text!, bytes: new Uint8Array(bytes.subarray(from, to)), attribute: null, element: null, value: '' }
    this.slots[slot] = name
    return name
  }
}

/** Where the name ends, if it begins at `at` and something follows before `end`; else 0. */
export function pastSame(name: XmlName, bytes: Uint8Array, at: number, end: number): number {
  const own = name.bytes
  const { length } = own
  if (at + length > end) return 0
  for (let i = 0; i < length; i++) if (own[i] !== bytes[at + i]) return 0
  return at + length
}
