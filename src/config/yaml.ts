// YAML (and so JSON) text to plain data that knows where each value was written. Bounded: size, nesting, nodes, aliases.
import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml'
import type { Problem } from '../model/problem.ts'
import { child } from './pointer.ts'

export interface Position {
  line: number
  column: number
}

export interface Document {
  /** undefined: the text holds nothing but comments. */
  value: unknown
  /** Where the value of a JSON pointer stands; of its nearest ancestor where it was not written. */
  valueAt(pointer: string): Position
  /** Where its key stands. */
  keyAt(pointer: string): Position
}

export const MAX_BYTES = 1024 * 1024
const MAX_DEPTH = 50
const MAX_ALIASES = 200
/** Nodes once every alias is written out: a YAML bomb is small on paper only. */
const MAX_NODES = 100_000

/** One syntax problem, every duplicate key, or the document. `path` is named in the problems. */
export function readYaml(text: string, path: string): { document: Document } | { problems: Problem[] } {
  // A string of UTF-16 units is never longer than its bytes, so this bound is safe before any copy is made.
  if (text.length > MAX_BYTES) {
    return { problems: [{ code: 'config_too_large', message: `the config is larger than ${MAX_BYTES} bytes`, path }] }
  }
  const lines = new Lines(text)
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH })
    const walk = new Walk(text, lines, path)
    walk.run(events)
    if (walk.problems.length > 0) return { problems: walk.problems }
    const values = constructFromEvents(events, { source: text, schema: CORE_SCHEMA, maxAliases: MAX_ALIASES })
    return { document: { value: values[0], valueAt: walk.at(walk.values), keyAt: walk.at(walk.keys) } }
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const position = lines.at(error.mark?.position ?? 0)
    return {
      problems: [
        { code: 'yaml_syntax', message: `this is not YAML: ${error.reason}`, hint: hintFor(error.reason), path, ...position },
      ],
    }
  }
}

function hintFor(reason: string): string | undefined {
  if (reason.includes('tab')) return 'indent with spaces'
  if (reason.includes('tag')) return 'tags (!!name) are not used in this file'
  if (reason.includes('indentation') || reason.includes('end of the stream or a document separator')) {
    return 'check the indentation, and put text that holds ": " in quotes'
  }
  return undefined
}

class Lines {
  private readonly starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  at(offset: number): Position {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1 }
  }
}

interface Frame {
  pointer: string
  /** Keys seen with their lines; null in a sequence. */
  keys: Map<string, number> | null
  /** The key whose value comes next. */
  key: string | null
  index: number
  anchor: string | null
  /** Nodes below, aliases written out. */
  size: number
}

/** One pass over the events: positions, duplicate keys, and the size with all aliases written out. */
class Walk {
  readonly values = new Map<string, number>()
  readonly keys = new Map<string, number>()
  readonly problems: Problem[] = []
  private readonly stack: Frame[] = []
  private readonly sizes = new Map<string, number>()
  private documents = 0

  constructor(
    private readonly text: string,
    private readonly lines: Lines,
    private readonly path: string,
  ) {}

  at(offsets: Map<string, number>): (pointer: string) => Position {
    return (pointer) => {
      for (let here = pointer; ; here = here.slice(0, here.lastIndexOf('/'))) {
        const offset = offsets.get(here)
        if (offset !== undefined) return this.lines.at(offset)
        if (here === '') return { line: 1, column: 1 }
      }
    }
  }

  run(events: readonly Event[]): void {
    let last = 0
    for (const event of events) {
      if (event.type === EVENT_ID.POP) this.close()
      else if (event.type === EVENT_ID.DOCUMENT) this.open('', false, null, ++this.documents)
      else if (event.type === EVENT_ID.ALIAS) last = this.alias(event.anchorStart, event.anchorEnd)
      else if (event.type === EVENT_ID.SCALAR) last = this.scalar(event, last)
      else {
        last = event.start
        const pointer = this.place(event.start)
        this.open(pointer, event.type === EVENT_ID.MAPPING, this.name(event.anchorStart, event.anchorEnd), 0)
      }
      if (this.problems.length > 20) return
    }
  }

  private open(pointer: string, mapping: boolean, anchor: string | null, document: number): void {
    if (document > 1) this.fail('yaml_documents', 'more than one document in the file', 0, 'remove the line with ---')
    this.stack.push({ pointer, keys: mapping ? new Map() : null, key: null, index: 0, anchor, size: 1 })
  }

  private close(): void {
    const done = this.stack.pop()!
    if (done.anchor !== null) this.sizes.set(done.anchor, done.size)
    this.grow(done.size)
  }

  private grow(size: number): void {
    const parent = this.stack.at(-1)
    if (parent === undefined) return
    parent.size += size
    if (parent.size <= MAX_NODES || this.problems.some((problem) => problem.code === 'yaml_expansion')) return
    this.fail(
      'yaml_expansion',
      `aliases make more than ${MAX_NODES} values of this file`,
      0,
      'write the values out, or use fewer aliases',
    )
  }

  private alias(start: number, end: number): number {
    const name = this.text.slice(start, end)
    this.place(start - 1)
    if (this.stack.some((frame) => frame.anchor === name)) this.fail('yaml_expansion', `*${name} contains itself`, start - 1)
    this.grow(this.sizes.get(name) ?? 1)
    return start
  }

  private scalar(event: ScalarEvent, last: number): number {
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
    const at = event.valueStart < 0 ? last : event.valueStart - (quoted ? 1 : 0)
    const frame = this.stack.at(-1)!
    const anchor = this.name(event.anchorStart, event.anchorEnd)
    if (anchor !== null) this.sizes.set(anchor, 1)
    if (frame.keys !== null && frame.key === null) this.key(frame, getScalarValue(this.text, event), at)
    else this.place(at)
    this.grow(1)
    return at
  }

  private key(frame: Frame, key: string, at: number): void {
    const earlier = frame.keys!.get(key)
    frame.key = key
    if (earlier !== undefined) {
      const line = this.lines.at(earlier).line
      this.fail(
        'yaml_duplicate_key',
        `${JSON.stringify(key.slice(0, 80))} is written twice: also on line ${line}`,
        at,
        'keep one of the two',
      )
      return
    }
    frame.keys!.set(key, at)
    this.keys.set(child(frame.pointer, key), at)
  }

  /** Notes where the next value of the innermost collection stands and gives its pointer. */
  private place(at: number): string {
    const frame = this.stack.at(-1)!
    let pointer = frame.pointer
    if (frame.keys !== null) {
      if (frame.key === null) {
        this.fail('yaml_key', 'a key must be plain text', at)
        frame.key = ''
        return pointer
      }
      pointer = child(frame.pointer, frame.key)
      frame.key = null
    } else if (this.stack.length > 1) {
      pointer = child(frame.pointer, String(frame.index))
      frame.index += 1
      this.keys.set(pointer, at)
    }
    this.values.set(pointer, at)
    return pointer
  }

  private name(start: number, end: number): string | null {
    return start < 0 ? null : this.text.slice(start, end)
  }

  private fail(code: string, message: string, at: number, hint?: string): void {
    this.problems.push({ code, message, path: this.path, ...this.lines.at(at), ...(hint === undefined ? {} : { hint }) })
  }
}
