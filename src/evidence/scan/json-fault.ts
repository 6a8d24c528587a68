// Where and why a text is not JSON that we accept. Slow and exact: only run once a file is known to be faulty.
import type { Limits } from '../format.ts'
import { quote } from '../problems.ts'

export interface Fault {
  code: 'json_malformed' | 'json_truncated' | 'json_limit' | 'json_duplicate_key' | 'bad_number'
  message: string
  /** Offset in the text. */
  offset: number
}

/** The first fault of the text, null where it has none. */
export function findFault(text: string, limits: Limits): Fault | null {
  try {
    const cursor = new Cursor(text, limits)
    cursor.value(0)
    cursor.space()
    if (cursor.at < text.length) cursor.unexpected('the end of the file')
    return null
  } catch (error) {
    if (error instanceof Found) return error.fault
    throw error
  }
}

class Found extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z_+\-.\d]{1,20}/y
const LITERALS = ['true', 'false', 'null']

class Cursor {
  at = 0
  private readonly text: string
  private readonly limits: Limits

  constructor(text: string, limits: Limits) {
    this.text = text
    this.limits = limits
  }

  value(depth: number): void {
    this.space()
    const char = this.text[this.at]
    if (char === '{' || char === '[') {
      if (depth >= this.limits.depth) this.fail('json_limit', `nested more than ${this.limits.depth} levels deep`)
      if (char === '{') this.object(depth + 1)
      else this.array(depth + 1)
    } else if (char === '"') this.string()
    else if (char !== undefined && /[-\d]/.test(char)) this.number()
    else {
      const literal = LITERALS.find((word) => this.text.startsWith(word, this.at))
      if (literal === undefined) this.unexpected('a value')
      else this.at += literal.length
    }
  }

  space(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++
  }

  unexpected(wanted: string): never {
    if (this.at >= this.text.length) this.fail('json_truncated', `ends where ${wanted} should be: it was cut off`)
    WORD.lastIndex = this.at
    const found = WORD.exec(this.text)?.[0] ?? this.text[this.at]
    this.fail('json_malformed', `${JSON.stringify(found)} stands where ${wanted} should be`)
  }

  private object(depth: number): void {
    const keys = new Set<string>()
    this.at++
    this.space()
    if (this.take('}')) return
    do {
      this.space()
      const start = this.at
      if (this.text[start] !== '"') this.unexpected('a key')
      const key = this.string()
      if (key.length > this.limits.nameLength) {
        this.fail('json_limit', `a key has more than ${this.limits.nameLength} characters`, start)
      }
      if (keys.has(key)) this.fail('json_duplicate_key', `the key ${quote(key)} is there twice in one object`, start)
      keys.add(key)
      this.space()
      if (!this.take(':')) this.unexpected('a colon')
      this.value(depth)
      this.space()
    } while (this.take(','))
    if (!this.take('}')) this.unexpected('a comma or the end of the object')
  }

  private array(depth: number): void {
    this.at++
    this.space()
    if (this.take(']')) return
    do {
      this.value(depth)
      this.space()
    } while (this.take(','))
    if (!this.take(']')) this.unexpected('a comma or the end of the list')
  }

  private string(): string {
    const start = this.at++
    for (; this.at < this.text.length; this.at++) {
      const char = this.text.charCodeAt(this.at)
      if (char === 0x5c) this.at++
      else if (char === 0x22) break
      else if (char < 0x20) this.fail('json_malformed', 'a text holds an unescaped control character')
    }
    if (this.at >= this.text.length) {
      this.at = this.text.length
      this.unexpected('the end of a text')
    }
    const raw = this.text.slice(start, ++this.at)
    try {
      return String(JSON.parse(raw))
    } catch {
      this.fail('json_malformed', 'a text holds an escape that JSON does not know', start)
    }
  }

  private number(): void {
    NUMBER.lastIndex = this.at
    const found = NUMBER.exec(this.text)?.[0]
    if (found === undefined) this.unexpected('a number')
    if (!Number.isFinite(Number(found))) this.fail('bad_number', 'a number is too large to be one')
    this.at += found.length
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false
    this.at++
    return true
  }

  private fail(code: Fault['code'], message: string, offset = Math.min(this.at, this.text.length)): never {
    throw new Found({ code, message, offset })
  }
}
