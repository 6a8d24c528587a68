// Times as attributes of XML reports write them: seconds or milliseconds since 1970, or ISO with or without a zone.
import { isoOf } from './stamps.ts'

/** ISO UTC; null: absent or out of reason. A time without a zone is read as UTC: build machines run on it. */
export function isoOfEpoch(text: string | null): string | null {
  const value = text?.trim()
  if (!value) return null
  if (/^\d{9,14}$/.test(value)) {
    const number = Number(value)
    return isoOf(number < 1e11 ? number * 1000 : number)
  }
  return isoOf(value) ?? isoOf(`${value.replace(' ', 'T')}Z`)
}

/** The earliest of the times a report names: what was measured first is what may be stale. */
export function earliest(times: Iterable<string | null>): string | null {
  let first: string | null = null
  for (const time of times) if (time !== null && (first === null || time < first)) first = time
  return first
}
