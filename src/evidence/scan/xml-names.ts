// Element and attribute names as shared strings: a report has few of them, millions of times.
import { decodePlain } from './xml-bytes.ts'

const SLOTS = 1024

/** A fixed table, so that a report with millions of different names takes no more memory than one with ten. */
export class XmlNames {
  private readonly slots: string[] = new Array<string>(SLOTS).fill('')

  of(bytes: Uint8Array, from: number, to: number): string {
    let hash = to - from
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0
    const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1)
    const held = this.slots[slot]!
    if (held.length === to - from && equals(held, bytes, from)) return held
    const name = decodePlain(bytes, from, to)
    this.slots[slot] = name
    return name
  }
}

/** Only ever true for ASCII names: a non-ASCII byte is no character code of its text. */
function equals(held: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < held.length; i++) {
    const code = held.charCodeAt(i)
    if (code !== bytes[from + i] || code > 127) return false
  }
  return true
}
