// Line numbers and stated totals of JSON coverage reports: what is none is refused.
import type { Ratio } from '../../model/evidence.ts'
import { refused } from '../scan/json.ts'
import { countAt, type JsonObject } from '../scan/json-fields.ts'

const MAX_LINE = 0xffffffff

/** A line of a source file: a whole number of 0 or more. */
export function lineNumber(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_LINE) return value
  throw refused('bad_number', `${what} is no line number`)
}

/** As lineNumber, of a key. */
export function lineKey(key: string): number {
  return lineNumber(/^\d{1,10}$/.test(key) ? Number(key) : null, JSON.stringify(key.slice(0, 20)))
}

/** null: one of the two is absent. Throws `impossible_total` where more is covered than there is. */
export function statedRatio(object: JsonObject, covered: string, total: string, what: string): Ratio | null {
  const [hit, all] = [countAt(object, covered), countAt(object, total)]
  if (hit === null || all === null) return null
  if (hit > all) throw refused('impossible_total', `states ${hit} covered of ${all} ${what}`)
  return { covered: hit, total: all }
}
