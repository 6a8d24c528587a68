// result.json: the same result gives the same bytes, whatever order its objects were built in.
import type { Result } from '../../model/result.ts'

/** Keys a reader wants first, in this order; all others follow by name. */
const LEADING = [
  'schema',
  'tool',
  'name',
  'evaluatedAt',
  'clock',
  'subject',
  'config',
  'decision',
  'evidenceDigest',
  'levels',
  'gates',
  'shortfall',
  'history',
  'newCode',
  'metrics',
  'evidence',
  'notices',
  'certificate',
  'code',
  'id',
  'number',
  'type',
  'path',
  'line',
  'column',
  'text',
  'fix',
  'verdict',
  'level',
  'state',
  'outcome',
  'value',
  'unit',
  'limit',
]
/** A letter before each key brings them in order where strings are sorted without asking us. */
const RANK = new Map(LEADING.map((key, index) => [key, String.fromCharCode(index)]))
const AFTER = String.fromCharCode(LEADING.length)

export function renderJson(result: Result): string {
  return `${JSON.stringify(ordered(result), null, 2)}\n`
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value).map((key) => (RANK.get(key) ?? AFTER) + key)
  // fromEntries defines own properties, so that a key named __proto__ stays data.
  return Object.fromEntries(keys.sort().map((key) => [key.slice(1), ordered((value as Record<string, unknown>)[key.slice(1)])]))
}
