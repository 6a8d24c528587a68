// Small typed readers of JSON that anyone may have written: own keys only, the type that is asked for or a refusal.
import { CertifyError } from '../../model/problem.ts'
import type { Limits } from '../format.ts'
import type { ProblemCode } from '../problems.ts'
import { refused } from './json.ts'

export interface JsonObject {
  readonly [key: string]: unknown
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value under an own key (never `constructor` and the like of the prototype); undefined: absent. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The value as an object, or a refusal that calls it `what`. */
export function asObject(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value
  throw wrong(what, value, 'an object')
}

export function asArray(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(what, value, 'a list')
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

export function asCount(value: unknown, what: string): number {
  if (isCount(value)) return value + 0
  throw wrong(what, value, 'a number of 0 or more')
}

export function asNumber(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw wrong(what, value, 'a number')
}

/** null: absent or null. Anything but an object is refused. */
export function objectAt(object: JsonObject, key: string): JsonObject | null {
  const value = field(object, key) ?? null
  return value === null || isObject(value) ? value : asObject(value, quoted(key))
}

export function arrayAt(object: JsonObject, key: string): readonly unknown[] | null {
  const value = field(object, key) ?? null
  return value === null || Array.isArray(value) ? value : asArray(value, quoted(key))
}

/** A finite number of 0 or more; null: absent or null. A number in quotes is refused: it was not counted by a tool. */
export function countAt(object: JsonObject, key: string): number | null {
  const value = field(object, key) ?? null
  return value === null ? null : isCount(value) ? value + 0 : asCount(value, quoted(key))
}

/** A text, cut to the limit; null where it is absent or no text at all. For what is only shown. */
export function textAt(object: JsonObject, key: string, limits: Limits): string | null {
  const value = field(object, key)
  return typeof value === 'string' ? value.slice(0, limits.textLength) : null
}

/** Runs a reader of one part and puts the part's place before what it refuses. */
export function inside<T>(place: () => string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CertifyError) || error.code === 'scan_failed') throw error
    throw refused(error.code as ProblemCode, `${place()}: ${error.message}`, error.hint ? { hint: error.hint } : {})
  }
}

export function wrong(what: string, value: unknown, wanted: string): CertifyError {
  return refused('wrong_shape', `${what} is ${named(value)}, not ${wanted}`)
}

function quoted(key: string): string {
  return JSON.stringify(key.slice(0, 80))
}

function named(value: unknown): string {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`
  return String(value)
}
