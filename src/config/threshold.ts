// Limits as people write them: "> 95%", "< 200ms and > 0", "<= +10%" (docs/thresholds.md), and which of two is the stricter.
import type { Limit } from '../model/limit.ts'

export type ParsedLimit = { limit: Limit } | { problem: string; hint?: string }

/** One limit in a metric of `unit` ('' for objectives: the unit is told by each term). A bare number n is ">= n". */
export function parseLimit(_raw: number | string, _unit: string, _origin: string): ParsedLimit {
  return { problem: 'not written yet' }
}

/** Why no value could ever satisfy all these limits at once, as a sentence; null where one can. */
export function contradiction(_limits: readonly Limit[]): string | null {
  return null
}

export type Strictness = 'tighter' | 'looser' | 'equal' | 'unknown'

/** What `to` is, seen from `from`: all limits of a list must hold; an empty list holds for every value. `unknown` is to be treated as looser. */
export function strictness(_from: readonly Limit[], _to: readonly Limit[]): Strictness {
  return 'unknown'
}
