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
const RANK = new Map(LEADING.map((key, index) => [key, index]))

export function renderJson(result: Result): string {
  return `${JSON.stringify(ordered(result), null, 2)}\n`
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(
    ([a], [b]) => (RANK.get(a) ?? LEADING.length) - (RANK.get(b) ?? LEADING.length) || (a < b ? -1 : 1),
  )
  // fromEntries defines own properties, so that a key named __proto__ stays data.
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]))
}
