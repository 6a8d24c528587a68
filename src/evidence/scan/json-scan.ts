// One pass over the bytes of a JSON document: where its parts lie, what is left without them, and whether all of it is plain.
import type { Limits } from '../format.ts'
import { GrowingBytes } from './growing-bytes.ts'
import { JsonKeys } from './json-keys.ts'
import { keyHashes, LIST, OBJECT, type PathStep } from './json-path.ts'
import { OPEN, textEnd } from './json-text.ts'

/** Parts are parsed together until they are as long as this. */
const BATCH_BYTES = 64 * 1024
/** A number shorter than this, without an exponent, is finite. */
const SHORT_NUMBER = 300

export interface Batch {
  /** Offsets in the UTF-8 stream, the separators around it left out. */
  from: number
  to: number
  /** Index of the outermost list's element that it lies in. */
  owner: number
  /** Colons outside of texts. */
  colons: number
  /** Keys and numbers have to be looked at one by one. */
  look: boolean
}

const QUOTE = 0x22
/** 1: white space, and what numbers and words are made of. An `e` may be an exponent. */
const PLAIN = new Uint8Array(256).fill(1)
for (const character of '",:{}[]eE') PLAIN[character.charCodeAt(0)] = 0

/** What the next byte is part of. */
const [STRUCTURE, TEXT, KEY] = [0, 1, 2]

export class JsonScan {
  readonly batches: Batch[] = []
  /** Something that only a reader of the whole document can judge, a fault most likely. */
  odd = false
  /** Colons outside of texts: so far, and in batches. */
  private seen = 0
  private inBatches = 0
  private readonly rest = new GrowingBytes()
  private readonly last: number
  private readonly wanted: ({ one: number; two: number } | null)[]
  private readonly outer: number
  private readonly kinds: Uint8Array
  private readonly keys: JsonKeys
  private depth = 0
  /** Containers open that lie on the way, and whether the last key leads on. */
  private along = 0
  private leads = false
  private owner = 0
  private batch: Batch | null = null
  /** Offset of the chunk's first byte. */
  private base = 0
  /** Bytes since the last structure or text, and the last byte of the chunk before. */
  private run = 0
  private before = 0
  private state: number = STRUCTURE
  private escaped = false
  private expectKey = false
  private one = 0
  private two = 0
  private keyLength = 0
  private keyEscaped = false

  constructor(
    private readonly steps: readonly PathStep[],
    private readonly limits: Limits,
  ) {
    this.last = steps.length
    this.outer = steps.findIndex(({ kind }) => kind === LIST) + 1
    this.wanted = steps.map(({ key }) => (key === null ? null : keyHashes(new TextEncoder().encode(key))))
    this.kinds = new Uint8Array(limits.depth + 2)
    this.keys = new JsonKeys(limits.depth)
  }

  /** The document without its parts and the colons in it, once all chunks were pushed. */
  finish(): { bytes: Uint8Array; colons: number } {
    if (this.depth > 0 || this.state !== STRUCTURE) this.odd = true
    return { bytes: this.rest.all(), colons: this.seen - this.inBatches }
  }

  push(bytes: Uint8Array): void {
    const end = bytes.length
    let from = this.batch === null ? 0 : -1
    let i = this.state === STRUCTURE ? 0 : this.state === KEY ? this.inKey(bytes, 0) : this.inText(bytes, 0)
    while (i < end && !this.odd) {
      const start = i
      while (i < end && PLAIN[bytes[i]!] === 1) i++
      this.run += i - start
      if (this.run > SHORT_NUMBER) this.look()
      if (i === end) break
      const byte = bytes[i]!
      if (byte === QUOTE) {
        this.run = 0
        i = this.expectKey ? this.beginKey(bytes, i + 1) : this.inText(bytes, i + 1)
        continue
      }
      i++
      if ((byte | 0x20) === 0x65) {
        if (isNumeral(i === 1 ? this.before : bytes[i - 2]!)) this.look()
        this.run++
        continue
      }
      this.run = 0
      if (byte === 0x2c) {
        this.expectKey = this.kinds[this.depth] === OBJECT
        if (this.along === this.depth) this.comma(i - 1)
      } else if (byte === 0x3a) {
        this.expectKey = false
        this.seen++
      } else if (byte === 0x7b || byte === 0x5b) {
        if (this.open(byte === 0x7b ? OBJECT : LIST, i)) {
          this.rest.add(bytes, from, i)
          from = -1
        }
      } else if (this.close(byte === 0x7d ? OBJECT : LIST, i - 1)) from = i - 1
    }
    if (end > 0) this.before = bytes[end - 1]!
    if (from >= 0) this.rest.add(bytes, from, end)
    this.base += end
  }

  private look(): void {
    if (this.batch !== null) this.batch.look = true
  }

  /** True: the parts begin here. */
  private open(kind: typeof OBJECT | typeof LIST, i: number): boolean {
    const parent = this.depth
    if (parent >= this.limits.depth) {
      this.odd = true
      return false
    }
    const depth = ++this.depth
    this.kinds[depth] = kind
    this.expectKey = kind === OBJECT
    if (kind === OBJECT) this.keys.open(depth)
    const onWay = this.along === parent && parent < this.last && this.steps[parent]!.kind === kind
    if (!onWay || (parent > 0 && this.kinds[parent] === OBJECT && !this.leads)) return false
    this.along = depth
    this.leads = false
    if (depth === this.outer && depth < this.last) this.owner = 0
    if (depth < this.last) return false
    this.begin(i)
    return true
  }

  /** True: the parts end here. */
  private close(kind: typeof OBJECT | typeof LIST, i: number): boolean {
    const { depth } = this
    if (depth === 0 || this.kinds[depth] !== kind) {
      this.odd = true
      return false
    }
    if (kind === OBJECT) this.keys.close(depth)
    this.depth--
    this.expectKey = false
    if (this.along !== depth) return false
    this.along--
    if (depth < this.last) return false
    this.end(i)
    this.batch = null
    return true
  }

  /** In a container on the way. */
  private comma(i: number): void {
    const { depth } = this
    if (depth === this.last) {
      if (this.base + i - this.batch!.from < BATCH_BYTES) return
      this.end(i)
      this.begin(i + 1)
    } else if (depth === this.outer) this.owner++
    else this.leads = false
  }

  private begin(i: number): void {
    this.batch = { from: this.base + i, to: 0, owner: this.owner, colons: -this.seen, look: false }
  }

  private end(i: number): void {
    const batch = this.batch!
    batch.to = this.base + i
    batch.colons += this.seen
    this.inBatches += batch.colons
    this.batches.push(batch)
  }

  private beginKey(bytes: Uint8Array, from: number): number {
    this.one = 0
    this.two = 0
    this.keyLength = 0
    this.keyEscaped = false
    return this.inKey(bytes, from)
  }

  private inKey(bytes: Uint8Array, from: number): number {
    let { one, two } = this
    let i = from
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (this.escaped) this.escaped = false
      else if (byte === 0x22) {
        this.keyLength += i - from
        this.one = one
        this.two = two
        this.key()
        this.state = STRUCTURE
        return i + 1
      } else if (byte === 0x5c) {
        this.escaped = true
        this.keyEscaped = true
      }
      one = (Math.imul(one, 31) + byte) | 0
      two = Math.imul(two, 0x01000193) ^ byte
    }
    this.keyLength += i - from
    this.one = one
    this.two = two
    this.state = KEY
    return i
  }

  private key(): void {
    const { depth, one, two } = this
    const onWay = this.along === depth
    if (this.keyLength > this.limits.nameLength) this.look()
    if (this.keyEscaped) {
      // Its hash says nothing. Within a part its keys are counted; entries that are parts lie in several batches.
      if (onWay) this.odd = true
      else this.look()
    } else if (this.keys.add(depth, one, two)) this.odd = true
    if (!onWay || depth === this.last) return
    const wanted = this.wanted[depth - 1]
    this.leads = wanted !== null && wanted !== undefined && wanted.one === one && wanted.two === two
  }

  private inText(bytes: Uint8Array, from: number): number {
    const end = textEnd(bytes, from, this.escaped)
    this.escaped = end < 0 && end !== OPEN
    this.state = end < 0 ? TEXT : STRUCTURE
    return end < 0 ? bytes.length : end + 1
  }
}

/** What an exponent's `e` stands behind. */
function isNumeral(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2e
}
