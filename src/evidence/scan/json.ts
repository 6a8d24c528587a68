// A JSON report as one checked value: well-formed, not nested beyond the limit, no key twice, every number finite.
import { CertifyError } from '../../model/problem.ts'
import type { ByteSource, Limits } from '../format.ts'
import type { ProblemCode } from '../problems.ts'
import { findFault } from './json-fault.ts'
import { textOf } from './text.ts'

/**
 * The document's value, of which nothing is known but that it is JSON: take it apart with json-fields.ts alone.
 * Throws CertifyError `empty`, `too_large`, `json_malformed`, `json_truncated`, `json_limit`, `json_duplicate_key`,
 * `bad_number`, with line and column, and what textOf throws on bytes that are not text.
 */
export function readJson(source: ByteSource, limits: Limits): unknown {
  const text = jsonText(source, limits)
  if (text.trim() === '') throw refused('empty', 'holds nothing', { hint: 'Check that the step which writes it ran to its end.' })
  const shape = shapeOf(text, limits.depth)
  if (shape.tooDeepAt >= 0) throw faulty(text, limits)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw faulty(text, limits)
  }
  // Of two equal keys JSON.parse keeps the last one in silence, so the tree then has fewer keys than the text has colons.
  if (!sound(value, shape.colons, limits)) throw faulty(text, limits)
  return value
}

/** As refusal(), for readers that see a value and not the file: who reads the file knows its path. */
export function refused(
  code: ProblemCode,
  message: string,
  more: { hint?: string; line?: number; column?: number } = {},
): CertifyError {
  return new CertifyError(code, message, { ...(more.hint && { hint: more.hint }), problems: [{ code, message, ...more }] })
}

function jsonText(source: ByteSource, limits: Limits): string {
  const tooLarge = () => refused('too_large', `is larger than ${limits.fileBytes} bytes`, { hint: 'See docs/limits.md.' })
  if (source.size > limits.fileBytes) throw tooLarge()
  try {
    return textOf(source)
  } catch (error) {
    // The engine's own bound on the length of a string lies a few bytes below the default limit.
    if (error instanceof RangeError || (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG'))
      throw tooLarge()
    throw error
  }
}

function faulty(text: string, limits: Limits): CertifyError {
  const fault = findFault(text, limits) ?? ({ code: 'json_malformed', message: 'is not JSON', offset: 0 } as const)
  return refused(fault.code, fault.message, placeOf(text, fault.offset))
}

/** Line and column, from 1, of an offset in the text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: offset - start + 1 }
}

/** One pass over the text, jumping over strings: the place where it gets too deep, else -1, and the number of keys. */
function shapeOf(text: string, maxDepth: number): { tooDeepAt: number; colons: number } {
  let depth = 0
  let colons = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x22) at = stringEnd(text, at)
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) return { tooDeepAt: at, colons }
    } else if (char === 0x7d || char === 0x5d) depth--
    else if (char === 0x3a) colons++
  }
  return { tooDeepAt: -1, colons }
}

/** Offset of the quote that ends the string begun at `start`; the text's length where none does. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}

/** Whether the tree has as many keys as the text, none of them too long, and every number is one. Recursion is bounded by the depth checked before. */
export function sound(root: unknown, keys: number, limits: Limits): boolean {
  let found = 0
  const visit = (value: unknown): boolean => {
    if (typeof value === 'number') return Number.isFinite(value)
    if (typeof value !== 'object' || value === null) return true
    if (Array.isArray(value)) {
      for (let at = 0; at < value.length; at++) if (!visit(value[at])) return false
      return true
    }
    // for-in makes no list of the keys, and what JSON.parse returns inherits none that would be seen here.
    for (const key in value) {
      found++
      if (key.length > limits.nameLength || !visit((value as Record<string, unknown>)[key])) return false
    }
    return true
  }
  return visit(root) && found === keys
}
