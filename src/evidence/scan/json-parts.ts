// A large JSON report part by part: its elements or entries are parsed in batches, and never held all at once.
import { CertifyError } from '../../model/problem.ts'
import type { ByteSource, Limits } from '../format.ts'
import { readJson, refused, sound } from './json.ts'
import { isObject, type JsonObject } from './json-fields.ts'
import { LIST, type PathStep, pathSteps } from './json-path.ts'
import { type Batch, JsonScan } from './json-scan.ts'
import { joinedSlices } from './json-slices.ts'
import { utf8Chunks } from './text.ts'

/** Smaller documents are parsed at once. */
const LARGE_BYTES = 8 * 1024 * 1024

/** `key` is the index in a list, from 0, or the name of an entry; `owner` the index of the outermost list's element around it. */
export type TakePart = (value: unknown, key: number | string, owner: number) => void

/**
 * Calls `read` with the document in which the container of the parts is empty, and with a function that hands out the parts
 * in their order, once. `path` is as in json-path.ts; where the document has something else there, it is left in it.
 * Throws what readJson throws, whatever `read` throws itself: a file that is no JSON is refused as that.
 */
export function readJsonParts<T>(
  source: ByteSource,
  limits: Limits,
  path: string,
  read: (rest: unknown, each: (take: TakePart) => void) => T,
  large = LARGE_BYTES,
): T {
  const steps = pathSteps(path)
  const scanned = source.size < large ? null : scan(source, limits, steps)
  if (scanned === null) return readWhole(readJson(source, limits), steps, read)
  const parts = new Parts(source, limits, steps.at(-1)!.kind, scanned.batches)
  try {
    const result = read(scanned.rest, (take) => parts.each(take))
    parts.check()
    return result
  } catch (error) {
    if (error instanceof CertifyError) parts.check()
    throw error
  }
}

/** null: only a reader of the whole document can say what it is. */
function scan(source: ByteSource, limits: Limits, steps: readonly PathStep[]): { rest: unknown; batches: Batch[] } | null {
  const found = new JsonScan(steps, limits)
  for (const chunk of utf8Chunks(source)) {
    found.push(chunk)
    if (found.odd) return null
  }
  const { bytes, colons } = found.finish()
  if (found.odd) return null
  const rest = parsed(bytes, '', '')
  return rest === undefined || !sound(rest, colons, limits) ? null : { rest, batches: found.batches }
}

class Parts {
  private begun = false
  /** Batches that were found well-formed. */
  private checked = 0

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
    private readonly kind: PathStep['kind'],
    private readonly batches: readonly Batch[],
  ) {}

  each(take: TakePart): void {
    if (this.begun) throw new Error('parts are handed out once')
    this.begun = true
    let owner = -1
    let index = 0
    this.run((values, batch) => {
      if (batch.owner !== owner) index = 0
      owner = batch.owner
      handOut(values, index, owner, take)
      index += isObject(values) ? 0 : values.length
    })
  }

  /** Throws where a part that was not handed out is no JSON. */
  check(): void {
    if (this.checked < this.batches.length) this.run(() => {})
  }

  private run(use: (values: Found['values'], batch: Batch) => void): void {
    const first = this.checked
    for (const { bytes, batch } of joinedSlices(this.source, this.batches.slice(first))) {
      const values = (this.kind === LIST ? parsed(bytes, '[', ']') : parsed(bytes, '{', '}')) as Found['values'] | undefined
      if (values === undefined || !this.holds(values, batch)) {
        readJson(this.source, this.limits)
        throw refused('json_malformed', 'is not JSON')
      }
      this.checked++
      use(values, batch)
    }
  }

  /** A batch without anything in it stands behind a comma too many, unless it is all there is. */
  private holds(values: Found['values'], batch: Batch): boolean {
    const at = this.checked
    const follows = at > 0 && this.batches[at - 1]!.to + 1 === batch.from
    if (follows && (isObject(values) ? Object.keys(values) : values).length === 0) return false
    return !batch.look || sound(values, batch.colons, this.limits)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** undefined: no JSON, or not UTF-8. */
function parsed(bytes: Uint8Array, before: string, after: string): unknown {
  try {
    return JSON.parse(`${before}${decoder.decode(bytes)}${after}`)
  } catch {
    return undefined
  }
}

interface Found {
  values: readonly unknown[] | JsonObject
  owner: number
}

function readWhole<T>(root: unknown, steps: readonly PathStep[], read: (rest: unknown, each: (take: TakePart) => void) => T): T {
  const found: Found[] = []
  const rest = emptied(root, steps, 0, found, 0)
  return read(rest, (take) => {
    for (const { values, owner } of found) handOut(values, 0, owner, take)
  })
}

/** `from`: the index of the first one of a list. */
function handOut(values: Found['values'], from: number, owner: number, take: TakePart): void {
  if (isObject(values)) for (const key of Object.keys(values)) take(values[key], key, owner)
  else for (let at = 0; at < values.length; at++) take(values[at], from + at, owner)
}

/** The value without the parts in it, which go to `found`. */
function emptied(value: unknown, steps: readonly PathStep[], at: number, found: Found[], owner: number): unknown {
  const { kind, key } = steps[at]!
  const isLast = at === steps.length - 1
  if (kind === LIST ? !Array.isArray(value) : !isObject(value)) return value
  if (isLast) {
    found.push({ values: value as Found['values'], owner })
    return kind === LIST ? [] : {}
  }
  if (Array.isArray(value)) {
    const outermost = steps.findIndex((step) => step.kind === LIST) === at
    return value.map((one, index) => emptied(one, steps, at + 1, found, outermost ? index : owner))
  }
  const object = value as Record<string, unknown>
  if (key !== null && Object.hasOwn(object, key)) object[key] = emptied(object[key], steps, at + 1, found, owner)
  return object
}
