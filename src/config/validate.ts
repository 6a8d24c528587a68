// The written form held against the schema: every mistake as a problem with its place, and the rest of the tree without them.
import type { Problem } from '../model/problem.ts'
import validate, { type SchemaError } from './generated/validator.js'
import { child, keysOf, valueAt, withValue } from './pointer.ts'
import { describe } from './validate-words.ts'
import type { Document } from './yaml.ts'

/** Later mistakes of one file are not shown: nobody reads more. */
const MAX_PROBLEMS = 100

export interface Validated {
  problems: Problem[]
  /** The tree without what is wrong; a wrong item of a list leaves `undefined` behind, so that the others keep their places. */
  value: unknown
  /** Pointers into the file of what was wrong. */
  broken: string[]
}

export function validateWritten(document: Document, path: string): Validated {
  const written = document.value
  if (validate(written)) return { problems: [], value: written, broken: [] }
  const errors = (validate.errors ?? []).filter((error) => !isEcho(error)).slice(0, MAX_PROBLEMS)
  const problems = errors.map((error) => {
    const words = describe(error, written)
    const position = words.at === 'key' ? document.keyAt(words.pointer) : document.valueAt(words.pointer)
    return {
      code: words.code,
      message: words.message,
      path,
      ...position,
      ...(words.hint === undefined ? {} : { hint: words.hint }),
    }
  })
  return { problems: unique(problems), value: errors.reduce(without, written), broken: errors.map(pointerOf) }
}

/** ajv repeats itself: the outcome of if/then/else, and the pattern inside `propertyNames`. */
function isEcho(error: SchemaError): boolean {
  return error.keyword === 'if' || error.propertyName !== undefined
}

function pointerOf(error: SchemaError): string {
  const extra = error.params.additionalProperty ?? (error.keyword === 'propertyNames' ? error.params.propertyName : undefined)
  return extra === undefined ? error.instancePath : child(error.instancePath, extra)
}

function without(value: unknown, error: SchemaError): unknown {
  const pointer = pointerOf(error)
  const keys = keysOf(pointer)
  if (keys.length === 0) return {}
  if (valueAt(value, pointer) === undefined) return value
  const parent = valueAt(value, pointer.slice(0, pointer.lastIndexOf('/')))
  return Array.isArray(parent) ? replaced(value, pointer) : withValue(value, pointer, undefined)
}

function replaced(value: unknown, pointer: string): unknown {
  const end = pointer.lastIndexOf('/')
  const list = [...(valueAt(value, pointer.slice(0, end)) as unknown[])]
  list[Number(pointer.slice(end + 1))] = undefined
  return withValue(value, pointer.slice(0, end), list)
}

function unique(problems: Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const key = JSON.stringify(problem)
    return !seen.has(key) && seen.add(key)
  })
}
